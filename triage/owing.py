"""Which listing days of a category are owed, and which of those arXiv may be asked for."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta

from triage import listing_day
from triage.ledger import ListingState
from triage.listing_day import Calendar, weekdays

CATCH_UP = timedelta(days=30)
"""How far back listings that are owed are fetched without being named."""
RE_POLLS = 2
"""How often a listing that was answered and not had whole is asked for again on one day."""


def begins(states: Mapping[date, ListingState]) -> date | None:
    """The day a category's ledger begins with: its first listing, or the first day that the user named.

    Nothing before it is owed.
    """
    return min((day for day, state in states.items() if state.begins_ledger), default=None)


def owed(states: Mapping[date, ListingState], calendar: Calendar, now: datetime) -> Sequence[date]:
    """The listing days of a category that should be here and are not whole, oldest first.

    From its first listing on.
    """
    first = begins(states)
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
    return state.polls if state is not None and asked_on(state) == today else 0


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


def unheard_of(states: Mapping[date, ListingState], calendar: Calendar, now: datetime) -> Sequence[date]:
    """The days before the newest on which nobody expects a listing, and of which arXiv said nothing.

    Weekdays from the first listing on, not too far back: arXiv's own word outweighs what is known of its
    holidays.
    """
    first, newest = begins(states), calendar.newest(now)
    if first is None:
        return ()
    days = weekdays(max(first, newest - CATCH_UP), newest)
    return [day for day in days if not calendar.has_listing(day) and day not in states]


def is_due(states: Mapping[date, ListingState], calendar: Calendar, now: datetime) -> bool:
    """Tell whether a fetch of a category would have anything to ask arXiv for."""
    newest = states.get(calendar.newest(now))
    return is_askable(newest, listing_day.today(now)) or bool(to_catch_up(states, calendar, now))


def asked_on(state: ListingState) -> date | None:
    """The date at arXiv when a listing was asked for last; None when that is not known."""
    try:
        return listing_day.today(datetime.fromisoformat(state.fetched_at))
    except ValueError:
        return None
