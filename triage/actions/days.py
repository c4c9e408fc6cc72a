"""The ledger of the archive: for each listing day and category what came and what is decided."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime

from triage import replacement
from triage.actions.counting import Counted, count
from triage.ledger import ListingState, Tally, account
from triage.listing_day import Calendar, is_weekend, weekdays
from triage.owing import begins
from triage.ports import Archive, Library
from triage.settings import Settings
from triage.weeks import Day


class Ledger:
    """Which days each category is told of, and what is known of them; no listing is opened for it."""

    def __init__(
        self,
        archive: Archive,
        calendar: Calendar,
        settings: Settings,
        now: datetime,
        *,
        categories: Sequence[str] = (),
        since: date | None = None,
    ) -> None:
        """Every day of which anything is known, and from each category's first listing on every listing day.

        To the one that comes next; `since` leaves out what is before. `categories` are the config's when none
        is given, and behind these what else lies in the archive, of which only the known days are told.
        """
        names = dict.fromkeys(categories or settings.categories or archive.categories())
        others = () if categories else archive.categories()
        self._calendar, self._now = calendar, now
        self._known = {name: archive.states(name) for name in dict.fromkeys([*names, *others])}
        self._begins = {name: begins(self._known[name]) for name in names}
        self.categories = tuple(names)
        """The categories it is about, in the order of the config."""
        self.days = tuple(self._days(since or date.min))
        """The days of which there is something to tell, oldest first."""

    def states(self, day: date) -> Mapping[str, ListingState | None]:
        """What is known of each category that has something to tell of a day."""
        return {
            name: states.get(day)
            for name, states in self._known.items()
            if day in states or self._is_owed(name, day)
        }

    def day(self, day: date, counted: Counted | None) -> Day:
        """A day's accounts; until its listing is counted, all that was announced passes for open."""
        return Day(
            day,
            [
                account(name, day, state, _tally(name, state, counted), self._calendar, self._now)
                for name, state in self.states(day).items()
            ],
            counted.papers if counted is not None else None,
        )

    def _is_owed(self, name: str, day: date) -> bool:
        first = self._begins.get(name)
        return first is not None and day >= first and not is_weekend(day)

    def _days(self, since: date) -> Iterable[date]:
        last = self._calendar.following(self._calendar.newest(self._now))
        # What was said of days to come, while the clock ran ahead, is nothing yet; papers are papers.
        days = {
            day
            for states in self._known.values()
            for day, state in states.items()
            if day <= last or state.has_listing
        }
        first = min(filter(None, self._begins.values()), default=None)
        if first is not None:
            days.update(weekdays(first, last))
        return sorted(day for day in days if day >= since and self.states(day))


def counted_days(
    library: Library,
    archive: Archive,
    calendar: Calendar,
    settings: Settings,
    now: datetime,
    *,
    categories: Sequence[str] = (),
    since: date | None = None,
) -> Iterator[Day]:
    """The ledger's days, counted, newest first; a day's listing is read once, when the day is reached.

    Arguments as for `Ledger`.
    """
    ledger = Ledger(archive, calendar, settings, now, categories=categories, since=since)
    mark = replacement.marks(library.verdict, library.paper)
    there = frozenset(archive.days())
    for day in reversed(ledger.days):
        listing = archive.listing(day) if day in there else None
        yield ledger.day(day, count(listing, mark, library.verdict, settings.listing.cross_lists, categories))


def _tally(name: str, state: ListingState | None, counted: Counted | None) -> Tally:
    if counted is None:
        return Tally(open=state.announced if state is not None else 0)
    return counted.by_category.get(name, Tally())
