"""How far the user is with a listing, paper by paper: what the ledger and the open days are made of."""

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from triage import sections
from triage.ledger import Listing, Tally
from triage.paper import Row, Verdict
from triage.replacement import Mark
from triage.settings import LEAVE_OUT

_DECIDED, _OPEN, _LEFT_OUT = range(3)


class Counted(NamedTuple):
    """How far the user is with a listing."""

    papers: Tally
    """Each paper once."""
    by_category: Mapping[str, Tally]
    """The papers that each category was announced with."""


def count(
    listing: Listing | None,
    mark: Callable[[Row], Mark],
    verdict: Callable[[str], Verdict | None],
    cross_lists: str,
    categories: Sequence[str] = (),
) -> Counted:
    """How far the user is with a listing, or with what some categories were announced with on its day.

    `mark` is that of `replacement.marks`, `verdict` the library's; `cross_lists` one of
    `settings.CROSS_LISTS`.
    """
    if listing is None:
        return Counted(Tally(), {})
    places = [_OPEN if mark(row) is Mark.OPEN else _DECIDED for row in listing.rows]
    if cross_lists == LEAVE_OUT:
        for at, row in enumerate(listing.rows):
            if places[at] == _OPEN and sections.is_left_out(row, verdict, cross_lists):
                places[at] = _LEFT_OUT
    by_category = {
        name: _summed([places[at] for at in members])
        for name, members in listing.members.items()
        if not categories or name in categories
    }
    if not categories:
        return Counted(_summed(places), by_category)
    announced = {at for name in by_category for at in listing.members[name]}
    return Counted(_summed([places[at] for at in announced]), by_category)


def _summed(places: Sequence[int]) -> Tally:
    return Tally(places.count(_DECIDED), places.count(_OPEN), places.count(_LEFT_OUT))
