"""Fetch listings into the archive: today's, those of past days that are owed, then what the API tells."""

import re
from collections.abc import Generator, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from triage import clean
from triage.actions.ask_day import ask_day
from triage.actions.ask_today import ask_today
from triage.actions.asking import Asking, Reports
from triage.actions.details import complete
from triage.actions.reports import CategoryDone, Progress, Report, Stopped
from triage.ledger import Completeness
from triage.listing_day import weekdays
from triage.network import Details
from triage.owing import CATCH_UP, to_catch_up, unheard_of

_CATEGORY = re.compile(r"[A-Za-z][A-Za-z-]*(?:\.[A-Za-z-]+)?", re.ASCII)
_MOST_FAILURES = 3
"""Listings of several days that may fail in a row: whatever is wrong then is wrong with all of them."""


class Wanted(NamedTuple):
    """Which listing days are fetched; by default today's, and what is owed of the last weeks."""

    on: date | None = None
    """This day only."""
    since: date | None = None
    """This day and all that follow, owed or not."""

    def has_newest(self, asking: Asking) -> bool:
        """Tell whether the newest listing is wanted, which has a feed."""
        return self.on in (None, asking.today, asking.newest)


def fetch(
    asking: Asking, details: Details, categories: Sequence[str], wanted: Wanted | None = None
) -> Generator[Report, None, None]:
    """Fetch what is wanted of each category, today's listing first, then the days before, oldest first.

    Everything is kept as it lands, and what is here is not asked for again: the next fetch goes on where one
    was killed. A failure of one category, of one day or of the API ends nothing else. Two fetches into one
    archive take turns. Raises ArchiveUnusable when the archive cannot be written: what it held stays.
    """
    names = [name for name in dict.fromkeys(categories) if _CATEGORY.fullmatch(name)]
    if asking.archive.is_claimed():
        yield Progress(0, len(names), "another fetch to end")
    chosen = wanted or Wanted()
    mode = asking._replace(is_named=chosen.since is not None, is_one_day=not chosen.has_newest(asking))
    with asking.archive.claim():
        for name in dict.fromkeys(categories):
            if name not in names:
                # A name becomes part of an address: nothing but a category may.
                sentence = f"{clean.line(name)!r} is not a category; they look like cs.CL."
                refused = asking.state(name, asking.newest, Completeness.FAILED, sentence)
                yield asking.ended(refused, asking.newest, asked=False)
        yield from _fetch(mode, details, names, chosen)


def _fetch(asking: Asking, details: Details, names: Sequence[str], wanted: Wanted) -> Reports:
    plan = _Plan(asking, names, wanted)
    ends: set[Completeness] = set()
    for report in _listings(asking, plan):
        if isinstance(report, CategoryDone):
            ends.add(report.state)
        yield report
    if ends == {Completeness.FAILED}:
        return  # whoever did not answer for the listings need not be asked for their details
    yield plan.doing("the details of papers")
    recent = filter(asking.is_in_reach, reversed(asking.archive.days()))
    yield from complete(asking, details, names, recent)


def _listings(asking: Asking, plan: "_Plan") -> Reports:
    for name in plan.names if plan.has_newest else ():
        yield from ask_today(asking, name, plan.doing)
        plan.done += 1
    yield from plan.known()
    failed: list[date] = []
    while plan.days and not _is_out_of_order(failed):
        day, name = plan.days.pop(0)
        if asking.may_ask(name, day):  # a listing may have come meanwhile, in place of a newer one
            has_answered = yield from ask_day(asking, name, day, plan.doing)
            failed = [] if has_answered else [*failed, day]
        plan.done += 1
    if plan.days:
        oldest = min(day for day, _ in plan.days)
        way = (
            "the next fetch asks"
            if oldest >= asking.newest - CATCH_UP
            else f"`triage fetch --since {oldest}` asks"
        )
        left = f"{len(plan.days)} more were not asked for; {way} for them."
        yield Stopped(f"{len(failed)} listings in a row failed, so {left}")


def _is_out_of_order(failed: Sequence[date]) -> bool:
    """Tell by the days that failed in a row whether arXiv is out of order, and not one day of its."""
    return len(failed) >= _MOST_FAILURES and len(set(failed)) > 1


class _Plan:
    """What is still to be asked for, and how far the fetch is."""

    def __init__(self, asking: Asking, names: Sequence[str], wanted: Wanted) -> None:
        self._asking = asking
        self.names = names
        self._wanted = wanted
        self.done = 0
        self.has_newest = wanted.has_newest(asking)
        owed = [(asking.has_failed(name, day), day, name) for name in names for day in self._past(name)]
        self.days = [(day, name) for _, day, name in sorted(owed, key=lambda one: one[:2])]
        """Past days and categories, oldest first: what is owed before the newest listing has come.

        What failed before comes last, so that it never keeps the others from being asked for.
        """

    def known(self) -> Reports:
        """What is known of the one day that is wanted, for those who have it already."""
        day = self._wanted.on
        if day is None or self.has_newest:
            return
        for name in self.names:
            if not self._asking.may_ask(name, day):
                yield self._asking.as_known(name, day)

    def doing(self, what: str) -> Progress:
        """The report of what is asked for next."""
        total = self.done + len(self.days) + 1
        if self.has_newest:
            total = max(total, len(self.names) + len(self.days))
        return Progress(self.done, total, what)

    def _past(self, name: str) -> Sequence[date]:
        asking = self._asking
        if self._wanted.on is not None:
            return [] if self.has_newest or not asking.may_ask(name, self._wanted.on) else [self._wanted.on]
        if self._wanted.since is not None:
            days = weekdays(self._wanted.since, asking.newest - timedelta(days=1))
            return [day for day in days if asking.may_ask(name, day) and asking.can_be_told(day)]
        states = asking.archive.states(name)
        owed = to_catch_up(states, asking.calendar, asking.now)
        return [*owed, *unheard_of(states, asking.calendar, asking.now)]
