"""What arXiv announced for each category and listing day, how much of it is here, and what is decided."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import NamedTuple, Self

from triage.listing_day import Calendar
from triage.paper import Kind, Row

LISTING_PAGES_REACH = 90
"""Days back that arXiv's catch-up pages reach (arXiv/arxiv-browse)."""
CATCH_UP = timedelta(days=30)
"""How far back listings that are owed are fetched without being named."""
RE_POLLS = 2
"""How often a listing that was found stale is asked for again on its day."""


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
    Completeness.RESTS,
    Completeness.COMPLETE,
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
    """How often it was asked for and found stale."""
    page: int = 0
    """The page of the listing to ask for next; 0 when none is left."""
    highest: str = ""
    """The highest id among the new papers: a listing that was made anew has a higher one than the last."""
    etag: str = ""
    """What the feed's server calls this very answer."""
    unasked: bool = False
    """True for a listing that came in place of another, or of one day that was asked for alone: it begins no
    ledger."""
    named: bool = False
    """True when the user asked for all days since one: it is owed from then on, whatever came of it."""

    @property
    def announced(self) -> int:
        """Papers arXiv announced, over all sections."""
        return self.sections.total

    @property
    def has_listing(self) -> bool:
        """Whether papers came of it, wholly or in part."""
        return self.announced > 0 and self.completeness in (Completeness.COMPLETE, Completeness.CUT_OFF)

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
    known = state.completeness
    if known is Completeness.COMPLETE and state.announced != tally.archived:
        # Counts that do not meet are never called complete, whatever was said when they were fetched.
        known = Completeness.CUT_OFF
    return Account(category, day, known, state.sections, tally, state.source, state.sentence)


def as_counted(state: ListingState, here: int) -> ListingState:
    """The state of a listing of which so many papers are here.

    Counts that do not meet are never called complete, whatever was said when they were fetched.
    """
    if state.completeness is not Completeness.COMPLETE or state.announced == here:
        return state
    sentence = f"{state.announced} papers were announced, {here} are here."
    return state._replace(completeness=Completeness.CUT_OFF, sentence=sentence, page=0, polls=0)


def damaged(state: ListingState) -> ListingState:
    """The state of a listing some of which is lost: it is owed again, from its first page on."""
    sentence = "Its file is damaged: some abstracts are missing."
    return state._replace(completeness=Completeness.CUT_OFF, sentence=sentence, page=0, polls=0)


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


def begins(states: Mapping[date, ListingState]) -> date | None:
    """The day a category's ledger begins with: its first listing, or the first day that the user named.

    Nothing before it is owed.
    """
    owed_from = (day for day, state in states.items() if state.named or _begins_one(state))
    return min(owed_from, default=None)


def _begins_one(state: ListingState) -> bool:
    # A stale one was looked for on its day: whoever began with it waits for it.
    return (state.has_listing and not state.unasked) or state.completeness is Completeness.STALE


def newest(states: Mapping[date, ListingState]) -> ListingState | None:
    """What is known of the latest day of which anything is known."""
    return states[max(states)] if states else None


def owed(
    states: Mapping[date, ListingState], calendar: Calendar, now: datetime, since: date | None = None
) -> Sequence[date]:
    """The listing days of a category that should be here and are not whole, oldest first.

    From its first listing on, or from `since` where that is given.
    """
    first = since if since is not None else begins(states)
    if first is None:
        return ()
    last = calendar.newest(now)
    # A day that nobody expected a listing on may have one all the same.
    days = {*calendar.days(first, last), *(day for day in states if first <= day <= last)}
    return sorted(
        day for day in days if (state := states.get(day)) is None or not state.completeness.is_settled
    )


def is_askable(state: ListingState | None) -> bool:
    """Tell whether arXiv may be asked for the newest listing of a category, by what is known of that."""
    return state is None or (not state.completeness.is_settled and state.polls <= RE_POLLS)


def to_catch_up(states: Mapping[date, ListingState], calendar: Calendar, now: datetime) -> Sequence[date]:
    """The days before the newest that are owed and not too far back to be fetched unasked, oldest first."""
    newest = calendar.newest(now)
    return [
        day
        for day in owed(states, calendar, now)
        if newest - CATCH_UP <= day < newest and not _is_exhausted(states.get(day))
    ]


def _is_exhausted(state: ListingState | None) -> bool:
    """Tell whether a past day was asked for to its end so often that another time would bring no more."""
    return (
        state is not None
        and state.completeness is Completeness.CUT_OFF
        and not state.page
        and state.polls > RE_POLLS
    )


def is_due(states: Mapping[date, ListingState], calendar: Calendar, now: datetime) -> bool:
    """Tell whether a fetch of a category would have anything to ask arXiv for."""
    return is_askable(states.get(calendar.newest(now))) or bool(to_catch_up(states, calendar, now))


def _unasked(day: date, calendar: Calendar, now: datetime) -> Completeness:
    if not calendar.has_listing(day):
        return Completeness.RESTS
    return Completeness.NOT_OUT if day > calendar.newest(now) else Completeness.MISSING


_STANDING = (
    Completeness.MISSING,
    Completeness.NOT_OUT,
    Completeness.FAILED,
    Completeness.STALE,
    Completeness.RESTS,
    Completeness.CUT_OFF,
    Completeness.COMPLETE,
)


def standing(before: ListingState | None, after: ListingState) -> ListingState:
    """Of two states of a category on one day the one that stands: once complete is complete.

    Equally complete, the second stands, which was fetched later; but nothing that was put together from the
    days of submission stands above a listing.
    """
    if before is None:
        return after
    stands = after if _rank(after) >= _rank(before) else before
    return stands._replace(details=before.details or after.details)


def _rank(state: ListingState) -> tuple[int, bool]:
    return _STANDING.index(state.completeness), state.source != "api"
