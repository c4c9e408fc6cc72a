"""Whether arXiv can be reached: one small request to each of the three addresses, at arXiv's own pace."""

import time
from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

from triage import clean
from triage.looked_at import Breaks, Looked
from triage.network import RequestClock
from triage.pace import ARXIV_DELAY
from triage.ports import Unreachable
from triage.settings import ArxivSettings
from triage.sources.http import Http, Limits

_LIMITS = Limits(connect=4.0, read=4.0, total=5.0, size=16 * 1024, cuts=True, tries=1, redirects=2)
_ASKED = "2001.00001"
"""A paper that is there for good."""


class _Timed:
    """A clock that knows when the last request went."""

    def __init__(self, clock: RequestClock) -> None:
        self._clock = clock
        self.began = time.monotonic()

    def wait(self, host: str) -> None:
        """Wait as the clock wants."""
        self._clock.wait(host)
        self.began = time.monotonic()

    def hold_back(self, host: str, seconds: float) -> None:
        """Hold back as the clock does."""
        self._clock.hold_back(host, seconds)


def reach(
    clock: RequestClock, held: Callable[[str], float], arxiv: ArxivSettings, category: str
) -> Iterator[Looked]:
    """How each address answers; `held` tells for how many seconds a host wants to be left alone."""
    timed = _Timed(clock)
    http = Http(timed, _LIMITS)
    for name, url, subject in (
        ("rss", f"{arxiv.rss}/{category}", f"the feed of {category}"),
        ("api", f"{arxiv.api}?id_list={_ASKED}&max_results=1", "the details of a paper"),
        ("site", f"{arxiv.site}/list/{category}/new", f"the listing page of {category}"),
    ):
        host = urlsplit(url).hostname or ""
        thing = f"arXiv {name}"
        # A shorter one is mostly our own, after a failure, and is waited for like the pace.
        if (seconds := held(host)) > ARXIV_DELAY:
            remedy = f"It asked to be left alone for {seconds:.0f} s more; nothing is wrong here."
            yield Looked(thing, f"{clean.name(host)} · not asked", False, remedy, Breaks.NETWORK)
            continue
        timed.began = time.monotonic()
        try:
            answer = http.get(url, subject)
        except Unreachable as refusal:
            yield Looked(thing, str(refusal), False, breaks=Breaks.NETWORK)
        else:
            took = time.monotonic() - timed.began
            yield Looked(thing, f"{clean.name(answer.host)} · {answer.status} in {took:.2f} s")
