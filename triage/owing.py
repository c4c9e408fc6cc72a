"""Which listing days of a category are owed, and which of those arXiv may be asked for."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta

from triage import listing_day
from triage.ledger import ListingState
from triage.listing_day import Calendar

CATCH_UP = timedelta(days=30)
"""How far back listings that are owed are fetched without being named."""
RE_POLLS = 2
"""How often a listing that was found stale is asked for again on its day."""


def begins(states: Mapping[date, ListingState]) -> date | None:
    """The day a category's ledger begins with: its first listing, or the first day that the user named.

    Nothing before it is owed.
    """
    return min((day for day, state in states.items() if state.begins_ledger), default=None)


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


def polls(state: ListingState | None, today: date) -> int:
    """How often arXiv was asked for a listing today that it did not have whole: another day may bring it."""
    return state.polls if state is not None and _asked_on(state) == today else 0


def is_askable(state: ListingState | None, today: date) -> bool:
    """Tell whether arXiv may be asked for a listing, by what is known of it; `today` is the date at arXiv."""
    if state is None:
        return True
    return not state.completeness.is_settled and (state.page > 0 or polls(state, today) <= RE_POLLS)


def to_catch_up(states: Mapping[date, ListingState], calendar: Calendar, now: datetime) -> Sequence[date]:
    """The days before the newest that are owed and not too far back to be fetched unasked, oldest first."""
    newest, today = calendar.newest(now), listing_day.today(now)
    return [
        day
        for day in owed(states, calendar, now)
        if newest - CATCH_UP <= day < newest and is_askable(states.get(day), today)
    ]


def is_due(states: Mapping[date, ListingState], calendar: Calendar, now: datetime) -> bool:
    """Tell whether a fetch of a category would have anything to ask arXiv for."""
    newest = states.get(calendar.newest(now))
    return is_askable(newest, listing_day.today(now)) or bool(to_catch_up(states, calendar, now))


def _asked_on(state: ListingState) -> date | None:
    try:
        return listing_day.today(datetime.fromisoformat(state.fetched_at))
    except ValueError:
        return None
