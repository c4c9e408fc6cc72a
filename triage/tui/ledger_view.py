"""The ledger as the screen of the days shows it, without widgets: cells whose numbers are counted behind."""

from collections.abc import Iterable, Sequence
from datetime import date
from time import monotonic

from triage import weeks
from triage.account_words import in_order
from triage.actions.counting import Counted
from triage.actions.days import Ledger
from triage.day_words import appearing, day_name
from triage.ledger import Completeness, ListingState, Tally
from triage.listing_day import today
from triage.owing import begins
from triage.ports import World
from triage.tui.days import OpenDays
from triage.weeks import Cell, Day, Role

_NOTHING = Counted(Tally(), {})
"""What is counted of a day without a listing."""


class LedgerView:
    """What is known of every day by now; what is not counted yet has its state and no numbers."""

    def __init__(self, world: World, open_days: OpenDays) -> None:
        self._world = world
        self._open = open_days
        self._stamp = world.archive.stamp()
        self._states = self._read()
        self._newest, self._today = self._moment()
        self._ledger = self._made_anew()
        self._known: frozenset[date] = frozenset(open_days.known())
        self._counts: dict[date, Counted | None] = {}
        self._cells: dict[date, Cell] = {}
        self._seen = -1
        self.columns = weeks.WORKDAYS
        """How many days of a week are shown."""
        self.days: Sequence[date] = ()
        """The days that have a cell, oldest first."""
        self._lay_out(self._ledger.days)

    @property
    def categories(self) -> Sequence[str]:
        """The categories that the ledger is about."""
        return self._ledger.categories

    @property
    def begins(self) -> date | None:
        """The first day that is owed of any category; None where no ledger has begun."""
        known = (self._states.get(name, {}) for name in self.categories)
        return min((first for states in known if (first := begins(states)) is not None), default=None)

    def look(self) -> bool:
        """Take in what was fetched since, by whoever; True when anything was, or a day has passed."""
        # The stamp is asked for before the states: what comes in between is seen at the next look.
        stamp, moment = self._world.archive.stamp(), self._moment()
        if (stamp, moment) == (self._stamp, (self._newest, self._today)):
            return False
        self._stamp, states = stamp, self._read()
        if (states, moment) == (self._states, (self._newest, self._today)):
            return False
        changed = _changed(self._states, states)
        for day in changed:
            self._open.came(day)
        before, passed = self._ledger.days, moment != (self._newest, self._today)
        self._states, (self._newest, self._today) = states, moment
        self._known = frozenset(self._open.known())
        self._ledger = self._made_anew()
        self._lay_out(self._ledger.days if passed or before != self._ledger.days else changed)
        return True

    def count_on(self, first: Iterable[date], seconds: float) -> set[date] | None:
        """Count days for about so long, `first` before others: those that were; None when none is left."""
        end = monotonic() + seconds
        wanted = list(first)
        while self._open.count_on(wanted) and monotonic() < end:
            pass
        if self._open.changes == self._seen:
            return None
        self._seen = self._open.changes
        counted = {day for day, known in self._counts.items() if self._count_of(day) is not known}
        for day in counted:
            self._counts[day] = self._count_of(day)
            self._make(day)
        return counted

    def cell(self, day: date) -> Cell | None:
        """A day's cell; None when there is nothing to tell of it."""
        return self._cells.get(day)

    def day(self, day: date) -> Day:
        """A day's accounts."""
        return self._ledger.day(day, self._count_of(day))

    @property
    def in_trouble(self) -> Sequence[date]:
        """The days that are not in order, oldest first."""
        return [day for day in self.days if self._cells[day].role is Role.TROUBLE]

    def to_mend(self, day: date) -> Sequence[str]:
        """The categories that are not in order on a day."""
        return [line.category for line in self.day(day).accounts if not in_order(line)]

    @property
    def legend(self) -> Sequence[tuple[str, str, Role]]:
        """The marks that occur and have no word beside them, the worst first: mark, word, role."""
        told = (Completeness.RESTS, Completeness.NOT_OUT)
        return [one for one in reversed(weeks.legend(self._cells.values())) if one[1] not in told]

    @property
    def open(self) -> int:
        """Open papers of all days, as far as they are counted."""
        return sum(cell.open for cell in self._cells.values())

    def nearest(self, day: date | None) -> date | None:
        """The day nearest to one, or the newest with a listing; None in an empty ledger."""
        if not self.days:
            return None
        if day is None:
            return max((one for one in self.days if one in self._known), default=self.days[-1])
        return min(self.days, key=lambda one: abs((one - day).days))

    def can_open(self, day: date) -> bool:
        """Tell whether there is a listing of a day to go to."""
        return day in self._known

    def why_not(self, day: date) -> str:
        """Why there is no listing of a day to go to, and what to do."""
        name, cell = day_name(day), self._cells.get(day)
        match cell.word if cell is not None else "":
            case Completeness.RESTS:
                return f"arXiv rests on {name}: there is no listing."
            case Completeness.NOT_OUT:
                return f"The listing of {name} is not out yet; it comes {appearing(day)}."
            case Completeness.MISSING:
                return f"The listing of {name} is missing: r fetches it."
            case _:
                return f"There is no listing of {name} here: r tries again."

    def _read(self) -> dict[str, dict[date, ListingState]]:
        archive = self._world.archive
        return {name: dict(archive.states(name)) for name in archive.categories()}

    def _moment(self) -> tuple[date, date]:
        """The newest listing day there should be, and the date at arXiv."""
        now = self._world.now()
        return self._world.calendar.newest(now), today(now)

    def _made_anew(self) -> Ledger:
        world = self._world
        return Ledger(world.archive, world.calendar, world.settings, world.now())

    def _lay_out(self, days: Iterable[date]) -> None:
        """Make the cells of these days anew; others stay, if they are in the ledger still."""
        there = frozenset(self._ledger.days)
        for day in there.intersection(days):
            self._counts[day] = self._count_of(day)
            self._make(day)
        self._cells = {day: cell for day, cell in self._cells.items() if day in there}
        self._counts = {day: counted for day, counted in self._counts.items() if day in there}
        self.columns = weeks.columns_of(self._cells.values())
        self.days = [day for day in self._ledger.days if day in self._cells and day.weekday() < self.columns]

    def _count_of(self, day: date) -> Counted | None:
        return self._open.counted(day) if day in self._known else _NOTHING

    def _make(self, day: date) -> None:
        cell = weeks.cell_of(self.day(day), self._today)
        if cell is not None:
            self._cells[day] = cell


def _changed(
    before: dict[str, dict[date, ListingState]], after: dict[str, dict[date, ListingState]]
) -> set[date]:
    """The days of which something else is known than before."""
    found: set[date] = set()
    for name, states in after.items():
        known = before.get(name, {})
        found |= {day for day, state in states.items() if known.get(day) != state}
    return found
