"""Which listing days have open papers, without reading them all before the first screen."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from triage.ports import Archive, Library


def day_name(iso: str) -> str:
    """A listing day as the screen says it: `Fri 20 Nov 2026`; in English, whatever the locale."""
    day = date.fromisoformat(iso)
    weekday = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")[day.weekday()]
    months = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
    return f"{weekday} {day.day:02d} {months[day.month - 1]} {day.year}"


class OpenDays:
    """Open papers by listing day: remembered, learned by counting, doubted after changes."""

    def __init__(self, archive: Archive, library: Library) -> None:
        self._archive = archive
        self._library = library
        self._days: Sequence[date] | None = None
        self._open: dict[date, int] = {}
        self._total: dict[date, int] = {}
        self._doubted: set[date] = set()

    def recall(self, remembered: object) -> None:
        """Take over the numbers of the last start; each is counted anew when there is time."""
        if not isinstance(remembered, Mapping):
            return
        for iso, count in remembered.items():
            day = self.of(str(iso))
            if day is not None and isinstance(count, int):
                self._open[day] = count
                self._doubted.add(day)

    def to_remember(self) -> dict[str, Any]:
        """The numbers for the next start."""
        return {day.isoformat(): count for day, count in self._open.items()}

    def known(self) -> Sequence[date]:
        """The listing days in the archive, oldest first."""
        if self._days is None:
            self._days = self._archive.days()
        return self._days

    def of(self, iso: str) -> date | None:
        """The listing day of an ISO date, if it is in the archive."""
        return next((day for day in self.known() if day.isoformat() == iso), None)

    def newest(self) -> date | None:
        """The newest listing day."""
        return self.known()[-1] if self.known() else None

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
        counts = [count for day, count in self._open.items() if day != shown and count]
        return len(counts), sum(counts)

    def totals(self) -> Iterator[tuple[date, int, int]]:
        """Each listing day, newest first, with its papers and how many of them are open."""
        for day in reversed(self.known()):
            if day not in self._total:
                self._count(day)
            yield day, self._total[day], self._open[day]

    def learn(self, day: date, count: int) -> None:
        """Take over a number that the caller knows."""
        self._open[day] = count
        self._doubted.discard(day)

    def doubt(self, day: date | None) -> None:
        """A verdict in this day changed elsewhere."""
        if day is not None:
            self._doubted.add(day)

    def came(self, day: date | None) -> None:
        """A day may have come, or hold more than before."""
        self._days = None
        self.doubt(day)

    def recount(self) -> None:
        """Doubt everything: days may have come or changed."""
        self._days = None
        self._doubted.update(self._open)

    def count_on(self) -> bool:
        """Count one day that is unknown or in doubt; False when there is none."""
        day = next(
            (day for day in reversed(self.known()) if day in self._doubted or day not in self._open), None
        )
        if day is None:
            return False
        self._count(day)
        return True

    def _count(self, day: date) -> None:
        listing = self._archive.listing(day)
        rows = listing.rows if listing is not None else ()
        self._total[day] = len(rows)
        self.learn(day, sum(self._library.verdict(row.id) is None for row in rows))
