"""The ledger of the archive: for each listing day and category what came and what is decided."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta

from triage import replacement
from triage.ledger import Account, Listing, ListingState, Tally, account, begins
from triage.listing_day import Calendar
from triage.paper import Kind, Row, Verdict
from triage.ports import Archive, Library
from triage.settings import LEAVE_OUT, Settings

_DAY = timedelta(days=1)
_WEEKEND = (5, 6)


def accounts(
    library: Library,
    archive: Archive,
    calendar: Calendar,
    settings: Settings,
    now: datetime,
    *,
    categories: Sequence[str] = (),
    since: date | None = None,
) -> Iterator[tuple[date, list[Account]]]:
    """Each day's accounts in the order of the categories, newest day first.

    From each category's first listing to the listing that comes next; `since` leaves out days before it.
    `categories` are the config's when none is given. A day's listing is read when the day is reached.
    """
    known = {name: archive.states(name) for name in dict.fromkeys(categories or settings.categories)}
    first = {name: day for name, states in known.items() if (day := _first(states)) is not None}
    if not first:
        return
    verdict = replacement.verdicts(library.verdict, library.paper)
    oldest = max(min(first.values()), since or date.min)
    day = max(calendar.following(calendar.newest(now)), *(max(known[name]) for name in first))
    while day >= oldest:
        here = [name for name in first if day >= first[name] and _is_told(day, known[name])]
        if here:
            listing = archive.listing(day) if any(day in known[name] for name in here) else None
            yield (
                day,
                [
                    account(
                        name,
                        day,
                        known[name].get(day),
                        tally(listing, name, verdict, settings.listing.cross_lists),
                        calendar,
                        now,
                    )
                    for name in here
                ],
            )
        day -= _DAY


def tally(
    listing: Listing | None, category: str, verdict: Callable[[Row], Verdict | None], cross_lists: str
) -> Tally:
    """How far the user is with the papers that a category was announced with on a day.

    `verdict` is that of `replacement.verdicts`; `cross_lists` one of `settings.CROSS_LISTS`.
    """
    if listing is None:
        return Tally()
    decided = still_open = left_out = 0
    for at in listing.members.get(category, ()):
        row = listing.rows[at]
        if row.kind is Kind.CROSS and cross_lists == LEAVE_OUT:
            left_out += 1
        elif verdict(row) is None:
            still_open += 1
        else:
            decided += 1
    return Tally(decided, still_open, left_out)


def _first(states: Mapping[date, ListingState]) -> date | None:
    """The day from which on a category is told of; where no listing came yet, the last that was asked for."""
    return begins(states) or max(states, default=None)


def _is_told(day: date, states: Mapping[date, ListingState]) -> bool:
    """Tell whether a day has a line; no listing comes at a weekend, and without a first one none is owed."""
    return day in states or (day.weekday() not in _WEEKEND and begins(states) is not None)
