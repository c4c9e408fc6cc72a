"""What it takes to ask arXiv for a listing, and how what came of it is kept and told."""

from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, date, datetime
from typing import NamedTuple, TypeAlias

from triage import listing_day, owing
from triage.actions.reports import CategoryDone, Progress, Report
from triage.day_words import day_name
from triage.freshness import highest, unread
from triage.ledger import LISTING_PAGES_REACH, Completeness, ListingState, shortfall
from triage.listing_day import Calendar, is_weekend
from triage.network import Announced, Feeds
from triage.paper import Paper, Row
from triage.ports import Archive

Doing: TypeAlias = Callable[[str], Progress]
"""Makes the report of what is asked for next."""
Reports: TypeAlias = Iterator[Report]


class Asking(NamedTuple):
    """The ports a fetch works with, and the moment it began."""

    archive: Archive
    feeds: Feeds
    calendar: Calendar
    now: datetime
    """Aware of its zone."""
    is_named: bool = False
    """Whether the user asked for all days since one: they are owed then, though nothing came."""
    is_one_day: bool = False
    """Whether the user asked for one past day alone: it begins no ledger."""

    @property
    def today(self) -> date:
        """The date at arXiv."""
        return listing_day.today(self.now)

    @property
    def newest(self) -> date:
        """The latest listing day there should be."""
        return self.calendar.newest(self.now)

    def known(self, name: str, day: date) -> ListingState | None:
        """What is known of a category on a day."""
        return self.archive.states(name).get(day)

    def is_in_reach(self, day: date) -> bool:
        """Tell whether arXiv's listing pages still tell of a day."""
        return (self.today - day).days <= LISTING_PAGES_REACH

    def can_be_told(self, day: date) -> bool:
        """Tell whether there can be a listing to ask for: none of a weekend, of a holiday while in reach."""
        return not is_weekend(day) and (self.is_in_reach(day) or self.calendar.has_listing(day))

    def may_ask(self, name: str, day: date) -> bool:
        """Tell whether arXiv may be asked for a category's listing of a day once more today."""
        return owing.is_askable(self.known(name, day), self.today)

    def polls(self, name: str, day: date) -> int:
        """How often it was asked for today and not had whole."""
        return owing.polls(self.known(name, day), self.today)

    def as_known(self, name: str, day: date) -> CategoryDone:
        """How a category stands that may not be asked for on a day."""
        state = self.known(name, day)
        assert state is not None  # noqa: S101  only what the archive knows may not be asked for
        more = "" if state.completeness.is_settled else "arXiv is asked for it again tomorrow."
        return self.ended(state, day, asked=False, more=more)

    def has_failed(self, name: str, day: date) -> bool:
        """Tell whether a category was asked for on a day, and nothing came of it."""
        known = self.known(name, day)
        return known is not None and known.completeness is Completeness.FAILED

    def state(
        self, name: str, day: date, completeness: Completeness, sentence: str = "", **fields: object
    ) -> ListingState:
        """A state of a category on a day, as of now."""
        stamp = self.now.astimezone(UTC).isoformat(timespec="seconds")
        known = self.known(name, day)
        plain = ListingState(
            name,
            completeness,
            day.isoformat(),
            sentence=sentence,
            fetched_at=stamp,
            polls=self.polls(name, day),
            named=self.is_named,
            unasked=known.unasked if known is not None else self.is_one_day,
        )
        return plain._replace(**fields)  # type: ignore[arg-type]  # callers name the fields of the state

    def of(
        self, found: Announced, day: date, completeness: Completeness, sentence: str = "", **fields: object
    ) -> ListingState:
        """The state of a category on a day as an answer tells it."""
        told: dict[str, object] = {"sections": found.sections, "source": found.source, "etag": found.etag}
        more = [part for part in (unread(found), flagged(found)) if part not in sentence]
        said = " ".join(part for part in (sentence, *more) if part)
        return self.state(
            found.category, day, completeness, said, **told | {"highest": highest(found.papers)} | fields
        )

    def keep(
        self, day: date, papers: Sequence[Paper], state: ListingState, *, further: bool = False
    ) -> CategoryDone:
        """Put papers and state into the archive; how the category ended. Raises ArchiveUnusable.

        The papers are the category's whole listing as far as it goes, or `further` ones of it.
        """
        if papers:
            self.archive.store(day, papers, {state.category: state}, anew=not further)
        else:
            self.archive.remember(day, {state.category: state})
        if state.completeness is Completeness.FAILED:
            return self.ended(state, day)  # whatever stands: this asking failed
        # What was known before may stand above what came now.
        return self.ended(self.known(state.category, day) or state, day)

    def ended(self, state: ListingState, day: date, *, asked: bool = True, more: str = "") -> CategoryDone:
        """How a category ended on a day, with what is to be said besides."""
        papers = self.papers(state.category, day)
        is_short = state.completeness is Completeness.CUT_OFF and state.announced != papers
        short = shortfall(state.announced, papers) if is_short else ""
        sentence = " ".join(part for part in (state.sentence, short, more) if part)
        return CategoryDone(state.category, day.isoformat(), state.completeness, sentence, papers, asked)

    def papers(self, name: str, day: date) -> int:
        """How many papers the archive has that a category announced on a day."""
        return len(self.rows(name, day))

    def rows(self, name: str, day: date) -> Sequence[Row]:
        """The rows in the archive of the papers that a category announced on a day."""
        listing = self.archive.listing(day)
        return [listing.rows[at] for at in listing.members.get(name, ())] if listing is not None else ()

    def ids(self, name: str, day: date) -> set[str]:
        """The ids of those papers."""
        return {row.id for row in self.rows(name, day)}


def nothing_listed(name: str, day: date) -> str:
    """What is to be said of a day that arXiv announced nothing on."""
    return f"arXiv listed nothing in {name} on {day_name(day)}."


def flagged(found: Announced) -> str:
    """What is to be said of entries that could not be read whole."""
    if not found.flagged:
        return ""
    if found.flagged == 1:
        return "One entry could not be read whole."
    return f"{found.flagged} entries could not be read whole."
