"""Which listing days have open papers, without reading them all before the first screen."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from triage import replacement
from triage.actions.counting import Counted, count
from triage.ports import Archive, Library
from triage.settings import LEAVE_OUT, SHOW
from triage.tui.listed_on import ListedOn


class OpenDays:
    """Open papers by listing day: remembered, learned by counting, doubted after changes."""

    def __init__(self, archive: Archive, library: Library, cross_lists: str = SHOW) -> None:
        """`cross_lists` is one of `settings.CROSS_LISTS`: what is left out is not open."""
        self._archive = archive
        self._library = library
        self._mark = replacement.marks(library.verdict, library.paper)
        self._cross_lists = cross_lists
        self._days: dict[str, date] | None = None
        """By ISO date, oldest first; None until somebody asks."""
        self._open: dict[date, int] = {}
        self._counted: dict[date, Counted] = {}
        self._listed = ListedOn()
        """The papers of the days that were counted: one may stand on several."""
        self._doubted: set[date] = set()
        self.changes = 0
        """How often a day was counted: whoever shows counts looks whether there are others."""

    def recall(self, remembered: object) -> None:
        """Take over the numbers of the last start; each is counted anew when there is time."""
        if not isinstance(remembered, Mapping):
            return
        for iso, number in remembered.items():
            day = self.of(str(iso))
            if day is not None and isinstance(number, int):
                self._open[day] = number
                self._doubted.add(day)

    def to_remember(self) -> dict[str, Any]:
        """The numbers for the next start."""
        return {day.isoformat(): number for day, number in self._open.items()}

    def known(self) -> Sequence[date]:
        """The listing days in the archive, oldest first."""
        return tuple(self._by_iso().values())

    def of(self, iso: str) -> date | None:
        """The listing day of an ISO date, if it is in the archive."""
        return self._by_iso().get(iso)

    def newest(self) -> date | None:
        """The newest listing day."""
        return next(reversed(self._by_iso().values()), None)

    def oldest_open(self) -> date | None:
        """The oldest listing day that has open papers."""
        for day in self.known():
            if self.open(day):
                if day in self._doubted:
                    self._count(day)
                if self.open(day):
                    return day
        return None

    def open(self, day: date) -> int:
        """How many papers of a day are open."""
        if day not in self._open:
            self._count(day)
        return self._open[day]

    def others(self, shown: date | None) -> tuple[int, int]:
        """How many days beside the one shown have open papers, and how many papers that is."""
        numbers = [number for day, number in self._open.items() if day != shown and number]
        return len(numbers), sum(numbers)

    def counted(self, day: date) -> Counted | None:
        """How far the user was with a day when it was counted last; None when it never was."""
        return self._counted.get(day)

    def learn(self, day: date, number: int) -> None:
        """Take over how many papers are open from a caller who knows."""
        self._open[day] = number
        self._doubted.discard(day)
        counted = self._counted.get(day)
        if counted is not None and counted.papers.open != number:
            # Its categories' numbers are others now.
            del self._counted[day]

    def doubt(self, day: date | None) -> None:
        """A verdict in this day changed elsewhere."""
        if day is not None:
            self._doubted.add(day)

    def decided(self, keys: Collection[str], shown: date | None) -> None:
        """Papers were decided or opened again: that counts on every day that lists them.

        The day that is shown is counted by who shows it.
        """
        self._doubted.update(day for day in self._listed.days(keys) if day != shown)

    def came(self, day: date | None) -> None:
        """A day may have come, or hold more than before."""
        self._days = None
        self.doubt(day)

    def recount(self) -> None:
        """Doubt everything: days may have come or changed."""
        self._days = None
        self._doubted.update(self._open)

    def count_by(self, cross_lists: str) -> None:
        """Count by another choice of cross-lists; until then no day with open papers is taken for done."""
        before, self._cross_lists = self._cross_lists, cross_lists
        if LEAVE_OUT not in (before, cross_lists) or before == cross_lists:
            return
        if before == LEAVE_OUT:
            # What is open now was open or left out; a day of which that is not known is counted when asked.
            self._open = {
                day: counted.papers.open + counted.papers.left_out for day, counted in self._counted.items()
            }
        self._doubted.update(self._open)

    def count_on(self, first: Iterable[date] = ()) -> bool:
        """Count one day that is unknown or in doubt, of `first` before others; False when there is none."""
        known = self.known()
        wanted = next((day for day in first if self._is_to_count(day) and day in known), None)
        day = wanted or next((day for day in reversed(known) if self._is_to_count(day)), None)
        if day is None:
            return False
        self._count(day)
        return True

    def _by_iso(self) -> dict[str, date]:
        if self._days is None:
            self._days = {day.isoformat(): day for day in self._archive.days()}
        return self._days

    def _is_to_count(self, day: date) -> bool:
        return day in self._doubted or day not in self._counted

    def _count(self, day: date) -> None:
        listing = self._archive.listing(day)
        self._listed.add(day, (row.id for row in listing.rows) if listing is not None else ())
        self._counted[day] = count(listing, self._mark, self._library.verdict, self._cross_lists)
        self._open[day] = self._counted[day].papers.open
        self._doubted.discard(day)
        self.changes += 1
