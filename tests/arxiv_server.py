"""A real HTTP server on loopback that answers as arXiv does, and can be told to misbehave.

By hand: `python -m tests.arxiv_server --data FOLDER` serves a folder of captures (rss/, api/, html_listing/,
html_abs/, html_fulltext/, web/) and prints the config to use; without --data it serves the bundled sample.
"""

import argparse
import contextlib
import json
import socket
import struct
import sys
import threading
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Protocol
from urllib.parse import parse_qs, unquote, urlsplit

from tests.arxiv_captures import Captures
from tests.arxiv_forms import Reply, Written
from tests.arxiv_pages import PAGE
from tests.bombs import gzip_bomb
from triage.listing_day import Calendar
from triage.settings import ArxivSettings
from triage.sources import sample


class Content(Protocol):
    """What there is to serve."""

    def feed(self, categories: str, form: str) -> Reply:
        """The feed of the day of categories joined by `+`; form `rss` or `atom`."""

    def query(self, ids: list[str], search: str, start: int, most: int) -> Reply:
        """An answer of the API."""

    def latest(self, category: str, skip: int, show: int) -> Reply:
        """The latest listing page: so many entries from `skip` on."""

    def catchup(self, category: str, day: str, page: int, *, abstracts: bool) -> Reply:
        """One page of the listing of a day, given as ISO date."""

    def page(self, kind: str, name: str) -> Reply:
        """An abs, html, pdf or web page."""

    def categories(self) -> list[str]:
        """The categories that can be asked for."""


@dataclass(frozen=True)
class Fault:
    """One way to misbehave."""

    kind: str
    """hang, drip, reset, short, or reply."""
    reply: Reply | None = None
    """What `reply` sends in place of the right answer, and `reset` and `short` begin to send."""


def hang() -> Fault:
    """Accept, and never answer."""
    return Fault("hang")


def drip() -> Fault:
    """Send the answer byte by byte, for ever."""
    return Fault("drip")


def reset() -> Fault:
    """Break the connection in the middle of the answer."""
    return Fault("reset")


def short() -> Fault:
    """Announce more bytes than are sent."""
    return Fault("short")


def truncated() -> Fault:
    """Send the first half of the answer as if it were whole."""
    return Fault("truncated")


def status(code: int, body: bytes = b"", **headers: str) -> Fault:
    """Answer with a status; `Retry_After="2"` sets a header."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Fault("reply", Reply(body, "text/plain", code, named))


def body(content: bytes, kind: str = "application/xml", **headers: str) -> Fault:
    """Answer 200 with this body."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Fault("reply", Reply(content, kind, 200, named))


def web_page() -> Fault:
    """Answer 200 with a page that says the service is down."""
    return body(b"<!DOCTYPE html><html><body><h1>Down for maintenance</h1></body></html>", "text/html")


def bomb(megabytes: int = 64) -> Fault:
    """Answer with few bytes that unfold into many."""
    return body(gzip_bomb(b"<rss>", megabytes), Content_Encoding="gzip")


def redirect(to: str) -> Fault:
    """Redirect to an address."""
    return status(302, Location=to)


@dataclass(frozen=True)
class Asked:
    """One request that came in."""

    path: str
    at: float
    """Monotonic, in seconds."""
    headers: Mapping[str, str]


@dataclass
class _Rule:
    prefix: str
    fault: Fault
    left: int | None


@dataclass
class ArxivServer:
    """The server, running in threads of this process until `close`."""

    content: Content
    port: int = 0
    requests: list[Asked] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._rules: list[_Rule] = []
        self.closing = threading.Event()
        server = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                with contextlib.suppress(ConnectionError, BrokenPipeError):
                    server.answer(self)

            def log_message(self, format: str, *args: object) -> None:
                """Say nothing: tests read `requests`."""

        self._server = ThreadingHTTPServer(("127.0.0.1", self.port), Handler)
        self._server.daemon_threads = True
        self.port = self._server.server_address[1]
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()

    @property
    def url(self) -> str:
        """Where the server is."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def settings(self) -> ArxivSettings:
        """The settings that point at the server, without delay."""
        return ArxivSettings(f"{self.url}/rss", f"{self.url}/api/query", self.url, 0.0)

    def config(self) -> str:
        """The config.toml that points at the server."""
        settings = self.settings
        return (
            f"categories = {json.dumps(self.content.categories())}\n[arxiv]\n"
            f"rss = {json.dumps(settings.rss)}\napi = {json.dumps(settings.api)}\n"
            f"site = {json.dumps(settings.site)}\ndelay_seconds = 0.0\n"
        )

    def misbehave(self, prefix: str, fault: Fault, times: int | None = None) -> None:
        """Answer requests whose path begins so by the fault, so many times or always."""
        self._rules.append(_Rule(prefix, fault, times))

    def paths(self, prefix: str = "/") -> list[str]:
        """The paths asked for that begin so, in order."""
        return [asked.path for asked in self.requests if asked.path.startswith(prefix)]

    def close(self) -> None:
        """Stop, and let go of requests that hang."""
        self.closing.set()
        self._server.shutdown()
        self._server.server_close()

    def answer(self, handler: BaseHTTPRequestHandler) -> None:
        """Answer one request, rightly or by a fault."""
        self.requests.append(Asked(handler.path, time.monotonic(), dict(handler.headers.items())))
        fault = self._fault(handler.path)
        if fault is None:
            _send(handler, _unless_known(self._right(handler.path), handler.headers.get("If-None-Match")))
        elif fault.kind == "hang":
            self.closing.wait(60)
        elif fault.kind == "drip":
            _head(handler, Reply(b"x" * 10_000_000, "application/xml"))
            while not self.closing.wait(0.02):
                handler.wfile.write(b"<")
        elif fault.kind == "reply" and fault.reply is not None:
            _send(handler, fault.reply)
        else:
            self._broken(handler, fault.kind)

    def _broken(self, handler: BaseHTTPRequestHandler, kind: str) -> None:
        right = self._right(handler.path)
        half = right.body[: len(right.body) // 2]
        if kind == "truncated":
            _send(handler, Reply(half, right.kind))
            return
        _head(handler, right)
        handler.wfile.write(half)
        handler.wfile.flush()
        if kind == "reset":
            # Closing with a linger time of zero sends RST in place of FIN.
            handler.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            handler.connection.close()

    def _fault(self, path: str) -> Fault | None:
        for rule in self._rules:
            if path.startswith(rule.prefix) and rule.left != 0:
                if rule.left is not None:
                    rule.left -= 1
                return rule.fault
        return None

    def _right(self, path: str) -> Reply:
        parts = urlsplit(path)
        asked = {name: values[0] for name, values in parse_qs(parts.query).items()}
        first, _, rest = unquote(parts.path).strip("/").partition("/")
        if first in ("rss", "atom") and rest:
            return self.content.feed(rest, first)
        if first == "api" and rest == "query":
            ids = [name for name in asked.get("id_list", "").split(",") if name]
            return self.content.query(
                ids,
                asked.get("search_query", ""),
                int(asked.get("start", 0)),
                int(asked.get("max_results", 10)),
            )
        category, _, day = rest.rpartition("/")
        if first == "list" and day == "new":
            return self.content.latest(category, int(asked.get("skip", 0)), int(asked.get("show", PAGE)))
        if first == "catchup":
            page, abstracts = int(asked.get("page", 1)), asked.get("abs") == "True"
            return self.content.catchup(category, day, page, abstracts=abstracts)
        if first in ("abs", "html", "pdf", "web"):
            return self.content.page(first, rest)
        return Reply(b"<html><body>Not found</body></html>", "text/html", 404)


def _unless_known(reply: Reply, known: str | None) -> Reply:
    """The answer, or that it is the one which is known already."""
    if known is None or reply.headers.get("ETag") != known:
        return reply
    return Reply(b"", reply.kind, 304, reply.headers)


def _head(handler: BaseHTTPRequestHandler, reply: Reply) -> None:
    handler.send_response(reply.status)
    for name, value in {"Content-Type": reply.kind, **reply.headers}.items():
        handler.send_header(name, value)
    handler.send_header("Content-Length", str(len(reply.body)))
    handler.end_headers()


def _send(handler: BaseHTTPRequestHandler, reply: Reply) -> None:
    _head(handler, reply)
    handler.wfile.write(reply.body)


@contextlib.contextmanager
def serving(content: Content, port: int = 0) -> Iterator[ArxivServer]:
    """The server while the block runs."""
    server = ArxivServer(content, port)
    try:
        yield server
    finally:
        server.close()


def sample_content(day: date) -> Written:
    """The bundled sample as arXiv would list it on a day."""
    papers, _ = sample.listing(day)
    return Written({day: list(papers)}, today=day)


def main() -> None:
    """Serve until interrupted."""
    parser = argparse.ArgumentParser(prog="python -m tests.arxiv_server", description=__doc__)
    parser.add_argument("--data", type=Path, metavar="FOLDER", help="captures to serve (default: the sample)")
    parser.add_argument("--port", type=int, default=0, help="default: any free one")
    chosen = parser.parse_args()
    today = Calendar().newest(datetime.now(UTC))
    content: Content = Captures(chosen.data) if chosen.data else sample_content(today)
    with serving(content, chosen.port) as server, contextlib.suppress(KeyboardInterrupt):
        sys.stdout.write(server.config())
        sys.stdout.flush()
        threading.Event().wait()


if __name__ == "__main__":
    main()
