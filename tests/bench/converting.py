"""A page of 2.5 MB from its arrival to its first part and to its end; and the same when it is kept."""

import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from statistics import median

from tests.arxiv_forms import Written
from tests.arxiv_server import body, serving
from tests.bench.figures import Figure
from tests.bench.rows import PAGE
from tests.sources.full_text.pages import math, page, para, section

HOUSE = Path(__file__).resolve().parents[2]
REAL = HOUSE.parent / "shared" / "real" / "html_fulltext"
SIZE = 2_500_000
"""Bytes of the page."""
READABLE = 2.0
"""Seconds from its arrival."""
KEY = "2311.00001"


def pages() -> dict[str, bytes]:
    """Pages of that size by name: of each real one, its sections again and again; else one of ours."""
    real = {
        path.stem[:8]: _repeated(path.read_text(encoding="utf-8")) for path in sorted(REAL.glob("*.html"))
    }
    return real or {"ours": _ours()}


def arrival(scratch: Path, runs: int) -> Iterator[Figure]:
    """From the page's arrival, and for the kept one from the start of the command: of the slowest page."""
    taken = [_arrivals(scratch, name, html, runs) for name, html in pages().items()]
    first, last, again = (max(medians) for medians in zip(*taken, strict=True))
    yield _figure(f"{PAGE}, arrival to its first part : 2 s", first)
    yield _figure(f"{PAGE}, arrival to its end : 2 s", last)
    yield _figure(f"{PAGE}, kept, exec to its first part : 2 s", again)


def _arrivals(scratch: Path, name: str, html: bytes, runs: int) -> tuple[float, float, float]:
    """Seconds from a page's arrival to its first part and to its end, and to the first of the kept one."""
    first: list[float] = []
    last: list[float] = []
    again: list[float] = []
    with serving(Written({}, today=date(2026, 11, 20))) as server:
        server.misbehave("/html/", body(html, "text/html; charset=utf-8"))
        for run in range(runs):
            folder = scratch / f"{name}-{run}"
            folder.mkdir(parents=True)
            (folder / "config.toml").write_text(server.config())
            _, parts, end = _read(folder)
            arrived = server.requests[-1].at
            first.append(parts - arrived)
            last.append(end - arrived)
            started, parts, _ = _read(folder)
            again.append(parts - started)
    return median(first), median(last), median(again)


def _figure(what: str, seconds: float) -> Figure:
    return Figure(what, f"{seconds * 1000:.0f} ms", seconds / READABLE, 1.0)


def _read(folder: Path) -> tuple[float, float, float]:
    """When the command was started, when it told of the first part, and when of the end."""
    argv = [
        sys.executable,
        "-m",
        "triage",
        "--data",
        str(folder / "data"),
        "--config",
        str(folder / "config.toml"),
    ]
    env = {"HOME": str(folder), "XDG_STATE_HOME": str(folder / "state"), "PATH": os.environ["PATH"]}
    started = time.monotonic()
    first = 0.0
    with subprocess.Popen(
        [*argv, "full-text", "--json", KEY],
        env=env,
        cwd=HOUSE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    ) as child:
        for line in child.stdout or ():
            event = json.loads(line)["event"]
            first = first or (time.monotonic() if event == "part" else 0.0)
            if event == "end":
                return started, first, time.monotonic()
    raise RuntimeError("the page was not read to its end")


def _repeated(source: str) -> bytes:
    """A page with its sections again and again, each time under other anchors."""
    begin, end = source.index("<section"), source.rindex("</article>")
    sections, size = source[begin:end], 0
    copies: list[str] = []
    while size < SIZE:
        copies.append(re.sub(r'\b(id=|href=)"(#?)(?!https?:)', rf'\g<1>"\g<2>r{len(copies)}.', sections))
        size += len(copies[-1].encode())
    return (source[:begin] + "".join(copies) + source[end:]).encode()


def _ours() -> bytes:
    line = para(f"Tea of {math('x_{1}+y^{2}=z')} degrees, see <a href='#S1'>1</a>. " * 40)
    made = [section(line, f"S{number}", "Tea", str(number)) for number in range(1, 500)]
    while len("".join(made)) < SIZE:
        made += made
    return page("".join(made))
