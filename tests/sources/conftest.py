"""What the tests of the sources share: a server on loopback, and a clock that only takes notes."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

import pytest

from tests.arxiv_forms import Written
from tests.arxiv_server import ArxivServer, serving
from triage.paper import Kind, Paper
from triage.sources.http import Http, Limits

DAY = date(2026, 11, 20)
QUICK = Limits(connect=1.0, read=0.3, total=0.6, size=1024 * 1024)


@dataclass
class NotingClock:
    """`network.RequestClock` that lets everything pass at once and notes what it was told."""

    waited: list[str] = field(default_factory=list)
    held: list[tuple[str, float]] = field(default_factory=list)

    def wait(self, host: str) -> None:
        """Note the host."""
        self.waited.append(host)

    def hold_back(self, host: str, seconds: float) -> None:
        """Note the host and the seconds."""
        self.held.append((host, seconds))


def paper(number: int, kind: Kind = Kind.NEW, *categories: str, **fields: str) -> Paper:
    """A paper of ours."""
    named = categories or ("cs.CL",)
    return Paper(
        f"2611.{number:05}",
        fields.get("title", f"Title {number}"),
        ("Ann Author", "Bo Writer"),
        fields.get("abstract", f"Abstract {number}."),
        1,
        kind,
        named,
        primary=named[0],
        arxiv_comments="12 pages",
    )


PAPERS = [
    paper(1),
    paper(2, Kind.NEW, "cs.LG", "cs.CL"),
    paper(3, Kind.CROSS, "math.NT", "cs.CL"),
    paper(4, Kind.REPLACE),
    paper(5, Kind.REPLACE_CROSS, "stat.ML", "cs.CL"),
]


@pytest.fixture
def server() -> Iterator[ArxivServer]:
    """arXiv on loopback, with five papers on a Friday."""
    with serving(Written({DAY: PAPERS}, today=DAY)) as running:
        yield running


@pytest.fixture
def clock() -> NotingClock:
    """A clock that takes notes."""
    return NotingClock()


@pytest.fixture
def http(clock: NotingClock) -> Http:
    """The session, with little patience."""
    return Http(clock, QUICK, jitter=lambda low, high: (low + high) / 2)
