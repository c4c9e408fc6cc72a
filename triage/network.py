"""What the actions ask of arXiv and of the web; each refuses by raising `ports.Unreachable`."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import NamedTuple, Protocol

from triage.ledger import Sections
from triage.paper import Paper

PAGE_SECONDS = 10.0
"""For one web page, from asking for it to knowing what it says."""
YOURSELF = "write its title and description yourself."
"""What is to be done about a page that could not be read; the end of a sentence."""


class Announced(NamedTuple):
    """What one answer of arXiv announced for a category."""

    category: str
    source: str
    """As in `ledger.ListingState.source`."""
    listed: date | None
    """The day the answer itself bears."""
    papers: tuple[Paper, ...] = ()
    sections: Sections = Sections()
    """What arXiv says the whole listing holds, each paper once, unreadable ones included."""
    cut_off: bool = False
    """True when arXiv left papers out: a feed has a limit, a search may give less than it states."""
    unread: int = 0
    """Entries without an id that could be read: their papers cannot be kept."""
    flagged: int = 0
    """Entries that were kept with a part missing."""
    page: int = 0
    """The page to ask for next; 0 when this was the last."""
    etag: str = ""
    """What the server calls this very answer."""
    unchanged: bool = False
    """True when the server says that it has nothing newer than the answer that was named: no papers then."""

    @property
    def lacks_papers(self) -> bool:
        """Whether not all papers that are announced in its place are here."""
        return self.cut_off or self.unread > 0


class Feeds(Protocol):
    """Where listings come from. Each raises Unreachable for anything that is not a listing."""

    def today(self, category: str, etag: str = "") -> Announced:
        """What arXiv's feed of the day announces; `etag` names the answer that is known."""

    def latest(self, category: str) -> Announced:
        """The latest listing page, which stays up while arXiv rests."""

    def on(self, category: str, day: date, page: int = 1) -> Announced:
        """One page of a day's listing; `ledger.LISTING_PAGES_REACH` days back at most."""

    def submitted(
        self, category: str, day: date, since: datetime, until: datetime, page: int = 1
    ) -> Announced:
        """The papers submitted from `since` on and before `until`, announced for `day` as far as is known."""


class Details(Protocol):
    """Where single arXiv papers are looked up by their ids."""

    def details(self, keys: Sequence[str]) -> Sequence[Paper]:
        """What arXiv tells of these, absent ones left out; `pace.BATCH` keys at most. Raises Unreachable."""


class RequestClock(Protocol):
    """Spaces the requests to each host, over all processes of the account and across restarts."""

    def wait(self, host: str) -> None:
        """Return when a request may go to this host. Raises Unreachable when that is too long to wait for."""

    def hold_back(self, host: str, seconds: float) -> None:
        """Let nothing go to this host for so many seconds from now: it asked for that, or failed."""


class Told(NamedTuple):
    """What was found of a paper or a web page."""

    paper: Paper
    host: str = ""
    """Who answered in the end, where redirects led to another host than that of the link."""


class Pages(Protocol):
    """Looks up single papers and web pages by id or link."""

    def look_up(self, keys: Sequence[str]) -> Iterator[Told]:
        """The papers and pages that could be read; Unreachable, raised after them, says what could not."""
