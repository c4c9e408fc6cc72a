"""The one HTTP session: deadlines, sizes, redirects, pace; every failure becomes a sentence."""

import re
import threading
import time
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from random import uniform
from urllib.parse import urlsplit

import requests
import urllib3

from triage import HOMEPAGE, __version__
from triage.network import RequestClock
from triage.pace import LONGEST_HOLD
from triage.ports import Unreachable
from triage.sources.links import checked, redirected
from triage.sources.peers import LocalNetwork, MeetingAdapter, Peers

USER_AGENT = f"paper-triage/{__version__} (+{HOMEPAGE})"
"""Our name, version and a way to reach us, which arXiv asks robots for."""
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_NOT_MODIFIED = 304
_BAD_REQUEST = 400
_BUSY = frozenset({429, 500, 502, 503, 504})
IN_THE_CONFIG = "Check the categories and addresses in the config."
"""What to look at when arXiv says no."""
_ETAG = re.compile(r'(?:W/)?"[\x21\x23-\x7e]{0,200}"')
"""An entity tag (RFC 9110, 8.8.3); anything else a server calls one is passed over."""
_CHUNK = 16 * 1024
"""Bytes read at once: a compressed chunk can unfold a thousandfold."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How long and how much one request may take."""

    connect: float = 10.0
    """Seconds until the connection stands."""
    read: float = 20.0
    """Seconds without a byte."""
    total: float = 60.0
    """Seconds for everything, redirects included."""
    size: int = 20 * 1024 * 1024
    """Bytes, after decompression."""
    cuts: bool = False
    """Whether a body that is longer is cut there instead of refused: its start is enough."""
    tries: int = 3
    redirects: int = 5


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server sent in the end."""

    url: str
    """Where the last redirect led."""
    status: int
    body: bytes
    headers: dict[str, str] = field(default_factory=dict)
    """Names in lower case."""

    @property
    def host(self) -> str:
        """Who answered in the end, fit for a sentence."""
        return urlsplit(self.url).hostname or self.url

    @property
    def etag(self) -> str:
        """What the server calls this very answer, to be named when it is asked for again; else empty."""
        tag = self.headers.get("etag", "")
        return tag if _ETAG.fullmatch(tag) else ""

    @property
    def is_unchanged(self) -> bool:
        """Whether the server holds nothing newer than the answer that was named: the body is empty then."""
        return self.status == _NOT_MODIFIED

    def must_be_right(self, subject: str) -> None:
        """Raise Unreachable for an answer with status 400 that turned out to give no reason of its own."""
        if self.status == _BAD_REQUEST:
            raise Unreachable(f"{self.host} refuses {subject}: it does not say why. {IN_THE_CONFIG}")


class _Refused(Exception):
    """The server or the network refused; the sentence says why, and whether to try again."""

    def __init__(self, sentence: str, *, again: bool, host: str = "", pause: float | None = None) -> None:
        super().__init__(sentence)
        self.host = host
        self.sentence = sentence
        self.again = again
        self.pause = pause


class Http:
    """GET, and nothing else. One request at a time; the clock says when."""

    def __init__(
        self,
        clock: RequestClock,
        limits: Limits | None = None,
        *,
        jitter: Callable[[float, float], float] = uniform,
    ) -> None:
        self._clock = clock
        self.limits = limits or Limits()
        self._jitter = jitter
        self._session: requests.Session | None = None
        self._peers = Peers()

    def get(
        self,
        url: str,
        subject: str,
        *,
        accept: Collection[int] = (),
        advice: str = IN_THE_CONFIG,
        etag: str = "",
    ) -> Answer:
        """The answer to a GET; `subject` says in sentences what was asked for ("the feed of cs.CL").

        Statuses other than 200 are failures but for those in `accept`; `advice` then says what to look at.
        `etag` names the answer that is known: the server may say that it stands (`Answer.is_unchanged`).
        Raises Unreachable.
        """
        self._peers = Peers()
        named = {"If-None-Match": etag} if _ETAG.fullmatch(etag) else {}
        accepted = {*accept, _NOT_MODIFIED} if named else accept
        refused: _Refused | None = None
        for attempt in range(self.limits.tries):
            try:
                return self._follow(url, subject, accepted, advice, named)
            except _Refused as error:
                refused = error
                last = attempt + 1 == self.limits.tries
                if error.pause is not None:
                    # Kept by the clock, so that the next process obeys it too.
                    self._clock.hold_back(error.host, error.pause)
                elif error.again and not last:
                    self._clock.hold_back(error.host, 2.0**attempt * self._jitter(0.5, 1.5))
                if not error.again or last:
                    break
        raise Unreachable(refused.sentence if refused else f"{subject} was not asked for.")

    def _new_session(self) -> requests.Session:
        session = requests.Session()
        # No proxies, no ~/.netrc, no certificates from the environment.
        session.trust_env = False
        session.headers["User-Agent"] = USER_AGENT
        adapter = MeetingAdapter(lambda peer: self._peers.meet(peer))
        session.mount("http://", adapter)
        session.mount("https://", adapter)
        return session

    def _follow(
        self, url: str, subject: str, accept: Collection[int], advice: str, headers: Mapping[str, str]
    ) -> Answer:
        left = self.limits.total
        where = start = checked(url, subject)
        for _ in range(self.limits.redirects + 1):
            self._clock.wait(where.hostname or "")
            started = time.monotonic()
            answer = self._within(where.geturl(), subject, headers, max(0.0, left))
            left -= time.monotonic() - started
            host = where.hostname or ""
            if answer.status in _REDIRECTS and "location" in answer.headers:
                where = redirected(where, answer.headers["location"], subject)
                continue
            if answer.status in _BUSY or answer.body[:40].strip().startswith(b"Rate exceeded"):
                raise _busy(answer, host, subject)
            if answer.status != 200 and answer.status not in accept:
                raise _Refused(
                    f"{host} answered {answer.status} for {subject}: it is not there or not allowed. "
                    + advice,
                    again=False,
                )
            return answer
        raise _Refused(f"{start.hostname} redirects {subject} in a circle; try again later.", again=False)

    def _within(self, url: str, subject: str, headers: Mapping[str, str], seconds: float) -> Answer:
        """Send one request in a thread that is left behind at the deadline.

        Timeouts of sockets bound neither a server that drips nor a name that does not resolve.
        """
        host = urlsplit(url).hostname or ""
        outcome: list[Answer | _Refused] = []
        given_up = threading.Event()
        session = self._session = self._session or self._new_session()
        worker = threading.Thread(
            target=lambda: outcome.append(self._send(session, url, subject, headers, given_up)), daemon=True
        )
        worker.start()
        worker.join(seconds)
        if not outcome:
            given_up.set()
            # The thread left behind still holds this one's connection.
            self._session = None
            total = self.limits.total
            raise _Refused(f"{host} did not send {subject} within {total:g} s; try again later.", again=False)
        result = outcome[0]
        if isinstance(result, _Refused):
            raise result
        return result

    def _send(
        self,
        session: requests.Session,
        url: str,
        subject: str,
        headers: Mapping[str, str],
        given_up: threading.Event,
    ) -> Answer | _Refused:
        host = urlsplit(url).hostname or ""
        try:
            timeout = (self.limits.connect, self.limits.read)
            with session.get(
                url, headers=headers, timeout=timeout, stream=True, allow_redirects=False
            ) as response:
                body = bytearray()
                for chunk in response.iter_content(_CHUNK):
                    body += chunk
                    if len(body) > self.limits.size and self.limits.cuts:
                        del body[self.limits.size :]
                        break
                    if len(body) > self.limits.size:
                        most = f"{self.limits.size / 1024 / 1024:g} MB"
                        return _Refused(
                            f"{host} sent more than {most} for {subject}; it was refused.", again=False
                        )
                    if given_up.is_set():
                        break
                said = {name.lower(): value for name, value in response.headers.items()}
                return Answer(url, response.status_code, bytes(body), said)
        except LocalNetwork:
            return _Refused(
                f"{subject} leads to {host}, which is in the local network; it was refused.", again=False
            )
        except (requests.RequestException, urllib3.exceptions.HTTPError, OSError, ValueError) as error:
            return _explained(error, host, subject, self.limits)


def _busy(answer: Answer, host: str, subject: str) -> _Refused:
    pause = _retry_after(answer.headers.get("retry-after"))
    when = f" and asks to wait {pause:.0f} s" if pause else ""
    many = answer.status == 429 or answer.status < 400
    what = "says it was asked too often" if many else f"is out of order ({answer.status})"
    sentence = f"{host} {what}{when}; {subject} was not sent. Try again later."
    return _Refused(sentence, again=True, host=host, pause=pause)


def _retry_after(value: str | None) -> float | None:
    """Seconds a server asks to wait, from a number or an HTTP date (RFC 9110, 10.2.3), at most an hour."""
    if value is None:
        return None
    if re.fullmatch(r"\s*\d+\s*", value):
        return min(float(value), LONGEST_HOLD)
    try:
        until = parsedate_to_datetime(value)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    until = until if until.tzinfo else until.replace(tzinfo=UTC)
    return max(0.0, min((until - datetime.now(UTC)).total_seconds(), LONGEST_HOLD))


def _explained(error: Exception, host: str, subject: str, limits: Limits) -> _Refused:
    if isinstance(error, requests.exceptions.SSLError):
        return _Refused(
            f"{host} could not prove who it is ({_cause(error)}); {subject} was not asked for.",
            again=False,
        )
    if isinstance(
        error, requests.exceptions.InvalidURL | urllib3.exceptions.LocationValueError | UnicodeError
    ):
        return _Refused(f"{host} is no name that a machine can have; check the link.", again=False)
    if isinstance(error, requests.exceptions.ConnectTimeout):
        return _Refused(
            f"{host} could not be reached in {limits.connect:g} s; try again later.", again=True, host=host
        )
    if isinstance(error, requests.exceptions.ReadTimeout):
        return _Refused(
            f"No reply from {host} in {limits.read:g} s for {subject}; try again later.", again=False
        )
    text = repr(error)
    if "NameResolutionError" in text or "gaierror" in text:
        return _Refused(
            f"{host} was not found: is this machine offline? What was fetched before stays.", again=False
        )
    if "Read timed out" in text:
        return _Refused(
            f"{host} stopped sending {subject} for {limits.read:g} s; try again later.", again=True
        )
    if isinstance(error, requests.exceptions.ContentDecodingError):
        return _Refused(
            f"{host} sent {subject} in a compression that cannot be read; try again later.", again=True
        )
    if isinstance(error, requests.exceptions.ConnectionError) and "refused" in text:
        return _Refused(f"{host} refuses connections; try again later.", again=True, host=host)
    return _Refused(
        f"The connection to {host} broke off before {subject} was whole; try again later.", again=True
    )


def _cause(error: BaseException) -> str:
    """The innermost reason, in one line."""
    while (inner := error.__cause__ or error.__context__) is not None:
        error = inner
    return " ".join(str(error).split())[:120]
