"""arXiv's calendar: which listing day a submission falls on, and when the next listing comes.

help/availability: announced Sunday to Thursday at 20:00 US Eastern, and listed under the next day's date.
"""

from datetime import UTC, date, datetime, time, timedelta, tzinfo
from functools import cache

_CUTOFF = time(14)
_FRIDAY, _SATURDAY, _SUNDAY = 4, 5, 6
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


def has_listing(day: date) -> bool:
    """Tell whether arXiv is expected to list papers under this date; it also rests unannounced."""
    return day.weekday() not in (_SATURDAY, _SUNDAY) and day - _DAY not in HOLIDAYS


def listing_day(submitted: datetime) -> date:
    """The earliest listing day of a submission; moderation may hold a paper for days longer.

    Raises ValueError for a time without a zone.
    """
    if submitted.tzinfo is None:
        raise ValueError("a submission time needs a zone")
    there = submitted.astimezone(eastern())
    cutoff = there.date() + (_DAY if there.time() >= _CUTOFF else timedelta(0))
    while cutoff.weekday() in (_SATURDAY, _SUNDAY):
        cutoff += _DAY
    # Friday's batch is announced on Sunday, every other one on its own evening.
    listed = cutoff + timedelta(days=3 if cutoff.weekday() == _FRIDAY else 1)
    while not has_listing(listed):
        listed += _DAY
    return listed


def expected(now: datetime) -> date:
    """The latest listing day there should be in the feeds, which are made at midnight US Eastern.

    On a day without a listing, the one before it: the feed is empty then.
    """
    day = now.astimezone(eastern()).date()
    while not has_listing(day):
        day -= _DAY
    return day


def next_listing(now: datetime) -> datetime:
    """When the next listing is in the feeds, in UTC; show it in the user's own zone."""
    day = now.astimezone(eastern()).date() + _DAY
    while not has_listing(day):
        day += _DAY
    return datetime.combine(day, time(0), eastern()).astimezone(UTC)
