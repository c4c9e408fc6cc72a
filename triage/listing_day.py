"""arXiv's calendar: which listing day a submission falls on, and when the next listing comes.

help/availability: announced Sunday to Thursday at 20:00 US Eastern, and listed under the next day's date.
"""

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from functools import cache
from typing import NamedTuple, Self

BEGINNING = date(1991, 8, 14)
"""arXiv's first day."""

_CUTOFF = time(14)
_MONDAY, _FRIDAY = 0, 4
_WEEKEND = (5, 6)
_DAY = timedelta(days=1)

HOLIDAYS = frozenset(
    {
        # help/availability, as published for 2026.
        *(date(2026, 1, day) for day in (1, 19)),
        date(2026, 6, 19),
        date(2026, 7, 3),
        date(2026, 9, 7),
        date(2026, 11, 26),
        *(date(2026, 12, day) for day in (25, 29, 31)),
        # 2027 is not published: the same holidays, on the days the United States keep them.
        *(date(2027, 1, day) for day in (1, 18)),
        date(2027, 6, 18),
        date(2027, 7, 5),
        date(2027, 9, 6),
        date(2027, 11, 25),
        *(date(2027, 12, day) for day in (24, 29, 31)),
    }
)
"""Days on which arXiv's staff rests: nothing is announced in the evening, so the next day has no listing."""


@cache
def eastern() -> tzinfo:
    """The zone of arXiv's days; `zoneinfo` takes 3 ms to import, and nothing before the first paint asks."""
    from zoneinfo import ZoneInfo

    return ZoneInfo("America/New_York")


class Calendar(NamedTuple):
    """Which days have a listing, and which submissions each of them holds.

    What arXiv says of a day itself outweighs it: arXiv also rests unannounced.
    """

    holidays: frozenset[date] = HOLIDAYS

    def with_holidays(self, more: Iterable[date]) -> Self:
        """The calendar with further days on which arXiv's staff rests."""
        return self._replace(holidays=self.holidays | frozenset(more))

    def has_listing(self, day: date) -> bool:
        """Tell whether arXiv is expected to list papers under this date."""
        return not is_weekend(day) and day - _DAY not in self.holidays

    def may_list(self, day: date, now: datetime) -> bool:
        """Tell whether arXiv can have listed papers under this date, up to the listing that comes next.

        A day after a holiday counts, and only a weekend does not: arXiv's word outweighs the calendar.
        """
        next_one = self.following(today(now))
        return BEGINNING <= day <= next_one and not is_weekend(day)

    def listing_day(self, submitted: datetime) -> date:
        """The earliest listing day of a submission; moderation may hold a paper for days longer.

        Raises ValueError for a time without a zone.
        """
        if submitted.tzinfo is None:
            raise ValueError("a submission time needs a zone")
        there = submitted.astimezone(eastern())
        cutoff = there.date() + (_DAY if there.time() >= _CUTOFF else timedelta(0))
        while is_weekend(cutoff):
            cutoff += _DAY
        return self._listed(cutoff)

    def submissions(self, day: date) -> tuple[datetime, datetime]:
        """From when (included) to when (not included) the papers of a listing day were submitted, in UTC.

        Raises ValueError for a day without a listing.
        """
        cutoffs = [cutoff for cutoff in weekdays(day - 14 * _DAY, day) if self._listed(cutoff) == day]
        if not self.has_listing(day) or not cutoffs:
            raise ValueError(f"{day.isoformat()} has no listing")
        before = cutoffs[0] - (3 if cutoffs[0].weekday() == _MONDAY else 1) * _DAY
        return _at(before, _CUTOFF), _at(cutoffs[-1], _CUTOFF)

    def days(self, first: date, last: date) -> Iterator[date]:
        """The listing days there should be from one date to another, both included, oldest first."""
        return (day for day in weekdays(first, last) if self.has_listing(day))

    def newest(self, now: datetime) -> date:
        """The latest listing day there should be in the feeds, which are made at midnight US Eastern.

        On a day without a listing, the one before it: the feed is empty then.
        """
        day = today(now)
        while not self.has_listing(day):
            day -= _DAY
        return day

    def following(self, day: date) -> date:
        """The next listing day there should be after a date."""
        day += _DAY
        while not self.has_listing(day):
            day += _DAY
        return day

    def next_listing(self, now: datetime) -> datetime:
        """When the next listing is in the feeds, in UTC; show it in the user's own zone."""
        return appears(self.following(today(now)))

    def _listed(self, cutoff: date) -> date:
        """The listing day of the batch that ends on a weekday."""
        # Friday's batch is announced on Sunday, every other one on its own evening.
        listed = cutoff + (3 if cutoff.weekday() == _FRIDAY else 1) * _DAY
        while not self.has_listing(listed):
            listed += _DAY
        return listed


def is_weekend(day: date) -> bool:
    """Tell whether arXiv lists nothing under a day whatever happens: it is a Saturday or Sunday."""
    return day.weekday() in _WEEKEND


def today(now: datetime) -> date:
    """The date at arXiv, where days change at midnight US Eastern."""
    return now.astimezone(eastern()).date()


def appears(day: date) -> datetime:
    """When the listing of a day is in the feeds, in UTC: they are made at midnight US Eastern."""
    return _at(day, time(0))


def _at(day: date, hour: time) -> datetime:
    return datetime.combine(day, hour, eastern()).astimezone(UTC)


def weekdays(first: date, last: date) -> Iterator[date]:
    """The days from one date to another, both included, that are no weekend."""
    while first <= last:
        if not is_weekend(first):
            yield first
        first += _DAY
