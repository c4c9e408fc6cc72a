"""Which backups are kept: of each day, week and month the last one, and what no later one holds."""

from collections.abc import Callable, Hashable, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from triage.backup import Reason

DAYS, WEEKS, MONTHS = 7, 4, 6
"""How many days, weeks and months that have a daily backup keep one."""
LAST = 3
"""How many of those before an import, a merge ... are kept of each kind: the last ones are what one goes back
to when that went wrong."""
FIRST_OF_DAYS = 3
"""Of how many days the first of a kind is kept beside them: who imports twenty posts one by one goes back to
where the twenty began."""


class Dated(NamedTuple):
    """What decides whether a backup is kept."""

    name: str
    on: date
    """The day on which it was made, where the user lives."""
    reason: Reason
    steps: Mapping[str, int]
    """By machine, how many Steps it holds."""


def to_drop(backups: Sequence[Dated]) -> Sequence[str]:
    """The names of those that are not kept; `backups` are oldest first.

    What the user asked for stays, and so does what no later backup that stays holds: when Steps were lost,
    the last one that has them.
    """
    newest_first = list(reversed(backups))
    kept: set[str] = set()
    for reason in Reason:
        kind = [one for one in newest_first if one.reason is reason]
        if reason is Reason.ASKED:
            kept |= {one.name for one in kind}
        elif reason is Reason.DAILY:
            for most, period in ((DAYS, _day), (WEEKS, _week), (MONTHS, _month)):
                kept |= _first_of_each(kind, most, period)
        else:
            kept |= {one.name for one in kind[:LAST]}
            days = list(dict.fromkeys(one.on for one in kind))[:FIRST_OF_DAYS]
            kept |= _first_of_each(
                [one for one in backups if one.reason is reason and one.on in days], None, _day
            )
    staying: list[Dated] = []
    for one in newest_first:
        if one.name in kept or not any(holds(later.steps, one.steps) for later in staying):
            staying.append(one)
    names = {one.name for one in staying}
    return [one.name for one in backups if one.name not in names]


def _first_of_each(
    backups: Sequence[Dated], most: int | None, period: Callable[[date], Hashable]
) -> set[str]:
    """The names of the first in each period, of so many periods at most."""
    first: dict[Hashable, str] = {}
    for one in backups:
        first.setdefault(period(one.on), one.name)
    return set(list(first.values())[:most])


def _day(on: date) -> Hashable:
    return on


def _week(on: date) -> Hashable:
    return on.isocalendar()[:2]


def _month(on: date) -> Hashable:
    return on.year, on.month


def holds(later: Mapping[str, int], steps: Mapping[str, int]) -> bool:
    """Tell whether there are as many Steps of every machine as there were."""
    return all(later.get(machine, 0) >= count for machine, count in steps.items())
