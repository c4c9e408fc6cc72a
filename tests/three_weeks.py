"""Three weeks of listings as arXiv would serve them on a Monday: a holiday, and all that goes wrong."""

import os
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from importlib import import_module
from pathlib import Path

from tests import arxiv_server, at
from tests.arxiv_forms import Written
from tests.arxiv_server import ArxivServer, serving
from tests.library.killing import Tell, Work
from triage.listing_day import Calendar
from triage.paper import Kind, Paper
from triage.sources.http import Limits

FIRST, MONDAY = date(2026, 11, 9), date(2026, 11, 30)
"""The Friday after Thanksgiving, in between, has no listing."""
BEGUN, NOW = "2026-11-09T12:00:00+00:00", "2026-11-30T12:00:00+00:00"
CATEGORIES = ("cs.CL", "cs.LG", "math.NT")
STALE, CUT_OFF = "math.NT", "cs.LG"
"""The category that is not brought up to date on Monday, and the one with too many papers then."""
OUT_OF_ORDER = (date(2026, 11, 17), "cs.CL")
"""The listing page that answers 503 at first, until a fetch gives it up."""
MOST = 2000
"""Papers in a feed, and on a page."""


def listings(a_day: int = 6, monday: int = MOST + 100) -> Mapping[date, list[Paper]]:
    """By day its papers: so many in each category, some in two, some replaced; more on one Monday."""
    days = {}
    for day in Calendar().days(FIRST, MONDAY):
        papers = []
        for place, name in enumerate(CATEGORIES):
            count = monday if (day, name) == (MONDAY, CUT_OFF) else a_day
            papers += [_paper(day, 3000 * place + number, name) for number in range(count)]
        days[day] = papers
    return days


def _paper(day: date, number: int, name: str) -> Paper:
    kinds = (Kind.NEW, Kind.NEW, Kind.NEW, Kind.REPLACE)
    others = tuple(other for other in CATEGORIES if other != name) if number < 100 and number % 3 == 2 else ()
    kind = kinds[number % 4] if number < MOST else Kind.NEW
    return Paper(
        # Replaced papers were listed first long ago.
        f"{'2611' if kind is Kind.NEW else '2501'}.{(day - FIRST).days * 4000 + number:06}"[:11],
        f"{name} of {day}, number {number}",
        ("Ada Author",),
        f"Abstract {number}.",
        1 if kind is Kind.NEW else 2,
        kind,
        (name, *others),
        primary=name,
    )


@contextmanager
def served(days: Mapping[date, list[Paper]]) -> Iterator[ArxivServer]:
    """The server on Monday, in order but for a stale category; `begin` takes it back to the first day."""
    with serving(Written(dict(days), today=FIRST)) as server:
        monday_comes(server)
        yield server


def break_down(server: ArxivServer) -> None:
    """Let one listing page answer 503 for as long as one fetch asks for it."""
    day, name = OUT_OF_ORDER
    # Asked to wait no longer, a fetch tries again at once.
    fault = arxiv_server.status(503, Retry_After="0")
    server.misbehave(f"/catchup/{name}/{day}", fault, times=Limits().tries)


def monday_comes(server: ArxivServer) -> None:
    """Let the server hold all three weeks, and one category that was not brought up to date."""
    assert isinstance(server.content, Written)
    late = {STALE: date(2026, 11, 26)}
    server.content.today, server.content.stale_feeds, server.content.stale_pages = MONDAY, late, late


def begin(server: ArxivServer) -> None:
    """Take the server back to the first day."""
    assert isinstance(server.content, Written)
    server.content.today, server.content.stale_feeds, server.content.stale_pages = FIRST, {}, {}


@dataclass(frozen=True)
class Home:
    """A machine of the test's own, whose clock is set."""

    folder: Path

    @property
    def data(self) -> Path:
        """Where the library is."""
        return self.folder / "data"

    @property
    def env(self) -> Mapping[str, str]:
        """What keeps everything of the user's out."""
        names = ("HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_DATA_HOME")
        return dict.fromkeys(names, str(self.folder)) | {"TZ": "UTC"}

    def argv(self, moment: str, *words: str) -> Sequence[str]:
        """The command that runs triage at a moment."""
        return [sys.executable, "-m", "tests.at", moment, "--data", str(self.data), *words]

    def points_at(self, server: ArxivServer, *categories: str, delay: float = 0.0) -> None:
        """Write the config: the server for arXiv, the categories, and the seconds between two requests."""
        config = self.folder / "triage" / "config.toml"
        config.parent.mkdir(parents=True, exist_ok=True)
        _, _, rest = server.config().partition("\n")
        rest = rest.replace("delay_seconds = 0.0", f"delay_seconds = {delay}")
        config.write_text(f"categories = {list(categories or CATEGORIES)}\n{rest}".replace("'", '"'))

    def work(self, moment: str, *words: str) -> Work:
        """The same to be done in a copy of this process, which tells of its exit status."""

        for name in ("cli.run", "cli.fetching", "sources.feeds", "sources.arxiv_api", "sources.arxiv_mail"):
            import_module(f"triage.{name}")  # once, and not in every child

        def done(tell: Tell) -> None:
            os.environ.update(self.env)
            sys.argv[1:] = self.argv(moment, *words)[3:]
            for handle in (1, 2):
                os.dup2(os.open(os.devnull, os.O_WRONLY), handle)
            tell(str(at.main()))

        return done

    def run(self, moment: str, *words: str) -> subprocess.CompletedProcess[str]:
        """Run a command to its end."""
        return subprocess.run(
            self.argv(moment, *words),
            env={**os.environ, **self.env},
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
