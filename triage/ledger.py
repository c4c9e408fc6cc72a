"""What arXiv announced for each category and listing day, how much of it is here, and what is decided."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from enum import StrEnum
from types import MappingProxyType
from typing import NamedTuple, Self

from triage.listing_day import Calendar
from triage.paper import Kind, Row

LISTING_PAGES_REACH = 90
"""Days back that arXiv's catch-up pages reach (arXiv/arxiv-browse)."""


class Completeness(StrEnum):
    """What is known of a category on a listing day."""

    COMPLETE = "complete"
    CUT_OFF = "cut off"
    STALE = "stale"
    NOT_OUT = "not out yet"
    RESTS = "arXiv rests"
    FAILED = "failed"
    MISSING = "missing"

    @property
    def is_settled(self) -> bool:
        """Whether there is nothing left to ask arXiv for."""
        return self in (Completeness.COMPLETE, Completeness.RESTS)


WORST_FIRST = (
    Completeness.FAILED,
    Completeness.MISSING,
    Completeness.CUT_OFF,
    Completeness.STALE,
    Completeness.NOT_OUT,
    Completeness.COMPLETE,
    Completeness.RESTS,
)
"""Which of several states is told where there is room for one."""


class Sections(NamedTuple):
    """How many papers each section of a listing has."""

    new: int = 0
    cross: int = 0
    replaced: int = 0

    @property
    def total(self) -> int:
        """Over all sections."""
        return self.new + self.cross + self.replaced

    def plus(self, kind: Kind, count: int = 1) -> Self:
        """With so many more papers of a kind."""
        match kind:
            case Kind.NEW:
                return self._replace(new=self.new + count)
            case Kind.CROSS:
                return self._replace(cross=self.cross + count)
            case _:
                return self._replace(replaced=self.replaced + count)


class ListingState(NamedTuple):
    """What arXiv said of one category on one listing day."""

    category: str
    completeness: Completeness
    listed: str | None = None
    """ISO date of the listing day; None when the category itself could not be asked for."""
    sections: Sections = Sections()
    """What arXiv announced, by its own counts, each paper once."""
    source: str = ""
    """`rss`, `list`, `catchup`, `api` (reconstructed from the days of submission) or `mail`."""
    sentence: str = ""
    """Why it failed, or what else the user should know."""
    fetched_at: str = ""
    """ISO 8601, UTC."""
    details: bool = False
    """True when the API's details (comments, dates, Unicode authors) were added."""
    polls: int = 0
    """How often it was asked for on the day of `fetched_at` at arXiv, answered, and not had whole."""
    page: int = 0
    """The page of the listing to ask for next; 0 when none is left."""
    highest: str = ""
    """The highest id among the new papers: a listing that was made anew has a higher one than the last."""
    etag: str = ""
    """What the feed's server calls this very answer."""
    unasked: bool = False
    """True for a listing that begins no ledger: it came in place of another, or its day was named alone."""
    named: bool = False
    """True where the ledger begins whatever came: all days since were asked for, or what began it is lost."""

    @property
    def announced(self) -> int:
        """Papers arXiv announced, over all sections."""
        return self.sections.total

    @property
    def is_reconstructed(self) -> bool:
        """Whether it was put together from the days of submission: what was held back is not in it."""
        return self.source == "api"

    @property
    def has_listing(self) -> bool:
        """Whether papers came of it, wholly or in part."""
        return self.announced > 0 and self.completeness in (Completeness.COMPLETE, Completeness.CUT_OFF)

    @property
    def begins_ledger(self) -> bool:
        """Whether a category's ledger begins here at the latest: from here on every listing day is owed."""
        # A stale one was looked for on its day: whoever began with it waits for it.
        is_late = self.completeness is Completeness.STALE
        return self.named or ((self.has_listing or is_late) and not self.unasked)

    def as_record(self) -> dict[str, object]:
        """The state as JSON knows it: the fields that are not as they are by default."""
        defaults = self._field_defaults
        return {name: value for name, value in self._asdict().items() if value != defaults.get(name, name)}


class Listing(NamedTuple):
    """One listing day as it lies in the archive."""

    day: date
    rows: tuple[Row, ...]
    """Within New, Cross-lists, Replacements in arXiv's order."""
    states: Mapping[str, ListingState] = MappingProxyType({})
    """By category."""
    members: Mapping[str, Sequence[int]] = MappingProxyType({})
    """By category the rows it was announced with, rising."""
    is_whole: bool = True
    """False when its file is cut short, and some abstracts are lost."""


class Tally(NamedTuple):
    """How far the user is with one category's papers of a day; each paper is in one of the three."""

    decided: int = 0
    open: int = 0
    left_out: int = 0
    """Papers the config keeps out of sight."""

    @property
    def archived(self) -> int:
        """Papers in the archive."""
        return self.decided + self.open + self.left_out


class Account(NamedTuple):
    """One line of the ledger."""

    category: str
    day: date
    completeness: Completeness
    sections: Sections = Sections()
    """What arXiv announced."""
    tally: Tally = Tally()
    source: str = ""
    sentence: str = ""

    @property
    def announced(self) -> int:
        """Papers arXiv announced."""
        return self.sections.total

    @property
    def is_reconstructed(self) -> bool:
        """Whether the day was put together from the days of submission: what was held back is not in it."""
        return self.source == "api"

    @property
    def balances(self) -> bool:
        """Whether every paper announced is decided, open or left out."""
        return self.announced == self.tally.archived


def account(
    category: str, day: date, state: ListingState | None, tally: Tally, calendar: Calendar, now: datetime
) -> Account:
    """A category's line for a day, whether anything is known of it or not."""
    if state is None:
        return Account(category, day, _unasked(day, calendar, now), tally=tally)
    known = as_counted(state, tally.archived)
    return Account(category, day, known.completeness, state.sections, tally, state.source, known.sentence)


def _unasked(day: date, calendar: Calendar, now: datetime) -> Completeness:
    if not calendar.has_listing(day):
        return Completeness.RESTS
    return Completeness.NOT_OUT if day > calendar.newest(now) else Completeness.MISSING


def shortfall(announced: int, here: int) -> str:
    """What is to be said of a listing of which not as many papers are here as were announced."""
    were, are = "was" if announced == 1 else "were", "is" if here == 1 else "are"
    return f"{announced:,} paper{'' if announced == 1 else 's'} {were} announced, {here:,} {are} here."


def as_counted(state: ListingState, here: int) -> ListingState:
    """The state of a listing of which so many papers are here.

    Counts that do not meet are never called complete, whatever was said when they were fetched.
    """
    if state.completeness is not Completeness.COMPLETE or state.announced == here:
        return state
    return state._replace(completeness=Completeness.CUT_OFF, page=0, polls=0)


def damaged(state: ListingState) -> ListingState:
    """The state of a listing some of which is lost: it is owed again, from its first page on."""
    sentence = "Its file is damaged: some abstracts are missing."
    return state._replace(
        completeness=Completeness.CUT_OFF, sentence=sentence, page=0, polls=0, details=False
    )


def lost(state: ListingState) -> ListingState:
    """The state of a listing whose file is gone: it is owed again, though it was the first of its ledger."""
    return ListingState(
        state.category,
        Completeness.MISSING,
        state.listed,
        sentence="Its file is gone.",
        unasked=state.unasked,
        named=not state.unasked,
    )


def newest(states: Mapping[date, ListingState]) -> ListingState | None:
    """What is known of the latest day of which anything is known."""
    return states[max(states)] if states else None


_STANDING = {Completeness.RESTS: 1, Completeness.CUT_OFF: 2, Completeness.COMPLETE: 3}
"""What stands above what; where no listing came, the later word stands."""


def standing(before: ListingState | None, after: ListingState) -> ListingState:
    """Of two states of a category on one day the one that stands: once complete is complete.

    Equally complete, the second stands, which was fetched later; but nothing that was put together from the
    days of submission stands above a listing. Papers that are here stay; why no more came is said of them.
    """
    if before is None:
        return after
    stands = after if _rank(after) >= _rank(before) else before
    if before.completeness is Completeness.CUT_OFF and not after.has_listing:
        stands = before._replace(
            sentence=after.sentence, fetched_at=after.fetched_at, page=after.page, polls=after.polls
        )
    return stands._replace(
        # Whoever waited for a day that was stale still does when it fails.
        named=stands.named or before.named or (before.begins_ledger and not stands.begins_ledger),
    )


def _rank(state: ListingState) -> tuple[int, bool]:
    order = _STANDING.get(state.completeness, 0)
    return order, not order or not state.is_reconstructed
