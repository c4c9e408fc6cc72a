"""The ledger laid out as a calendar: a row for each week, a cell for each day, pieces of text to show."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from enum import StrEnum
from typing import NamedTuple, TypeAlias

from triage.account_words import OUT_OF_ORDER, RECONSTRUCTED, WORST_FIRST, word
from triage.day_words import MONTHS, WEEKDAYS, day_name
from triage.ledger import Account, Completeness, Tally

WORKDAYS, ALL_DAYS = 5, 7
"""Days of a week that a calendar shows: weekends only where one of them has something to tell."""
LABEL = 5
"""Columns before the days, for the months and years."""
_DAY, _WEEK = timedelta(days=1), timedelta(days=7)
_FOLDED = 4
"""Weeks of which nothing is known, one after the other, from which on one row stands for all of them."""
_ROOMY, _BOTH = 10, 6
"""Columns from which a cell sets its parts apart, and in which decided of all can be told."""
_ROOMY_LESS = 7
"""Columns of such a cell for number, mark and what keeps them apart."""

_MARKS = {
    Completeness.FAILED: "!",
    Completeness.MISSING: "○",
    Completeness.CUT_OFF: "…",
    Completeness.STALE: "=",
    Completeness.NOT_OUT: "·",
    RECONSTRUCTED: "≈",
    Completeness.COMPLETE: "✓",
    Completeness.RESTS: "–",
}
"""By the word."""
_SHORT = {Completeness.NOT_OUT: "not out", Completeness.RESTS: "rests"}
"""The words that a cell has no room for."""
_EXPLAINED: Mapping[str, str] = {
    Completeness.MISSING: "missing, not here",
    Completeness.CUT_OFF: "cut off, papers are left out",
    Completeness.STALE: "stale, arXiv has not updated it",
    RECONSTRUCTED: "reconstructed from submission dates",
}
"""The words that do not say it all."""


class Role(StrEnum):
    """What a piece of a line is, for who gives it a style."""

    HEADING = "heading"
    """The names of weekdays and months."""
    OPEN = "open"
    """A day with open papers."""
    DONE = "done"
    """A complete day without open papers."""
    QUIET = "quiet"
    """A day without a listing, or that is not out yet; what needs no look."""
    TROUBLE = "trouble"
    """A day that is not in order."""
    TODAY = "today"
    """The number of today's day, with its brackets."""


class Piece(NamedTuple):
    """A part of a line."""

    text: str
    role: Role = Role.QUIET


Line: TypeAlias = tuple[Piece, ...]


class Day(NamedTuple):
    """A listing day of the ledger."""

    day: date
    accounts: Sequence[Account]
    """One for each category that has something to tell of it."""
    papers: Tally | None = None
    """How far the user is with its papers, each once whatever its categories; None until they are counted."""


class Cell(NamedTuple):
    """One day over all its categories."""

    day: date
    word: str
    """The worst of its categories' states, or `reconstructed`."""
    papers: Tally | None = None
    """None until they are counted."""
    is_today: bool = False

    @property
    def mark(self) -> str:
        """The state in one column."""
        return _MARKS[self.word]

    @property
    def open(self) -> int:
        """Open papers, as far as they are counted."""
        return self.papers.open if self.papers is not None else 0

    @property
    def role(self) -> Role:
        """What the day is to the user."""
        if self.word in OUT_OF_ORDER:
            return Role.TROUBLE
        if self.open:
            return Role.OPEN
        return Role.QUIET if self.word in (Completeness.NOT_OUT, Completeness.RESTS) else Role.DONE

    def told(self, room: int) -> str:
        """What there is to tell in so many columns.

        Decided of all while papers are open, else how many there are; of a day without papers its state.
        Where there is room for one number it is that of the open papers.
        """
        total = self.papers.decided + self.papers.open if self.papers is not None else 0
        if not total:
            word = "" if self.word in (Completeness.COMPLETE, RECONSTRUCTED) else str(self.word)
            word = _SHORT.get(Completeness(word), word) if word else ""
            return word if len(word) <= room else ""
        if room < _BOTH:
            return _thousands(self.open) if self.open and room >= len(_thousands(self.open)) else ""
        whole, short = f"{total}", _thousands(total)
        if not self.open:
            return whole if len(whole) <= room else short
        both = f"{total - self.open}/{whole}"
        return both if len(both) <= room else f"{_thousands(total - self.open)}/{short}"

    def pieces(self, width: int) -> Line:
        """Number, mark, and what there is to tell, in so many columns; today's number stands in brackets."""
        number = f"{self.day.day:>2}"
        if width >= _ROOMY:
            number = f"[{number}]" if self.is_today else f" {number} "
            text = f" {self.told(width - _ROOMY_LESS)}"
        else:
            number = f"›{number}" if self.is_today else f" {number}"
            text = self.told(width - len(number) - 1)
        rest = max(0, width - len(number) - 1)
        return (
            Piece(number[:width], Role.TODAY if self.is_today else self.role),
            Piece(self.mark[: max(0, width - len(number))], self.role),
            Piece(f"{text[:rest]:<{rest}}", self.role),
        )


class Week(NamedTuple):
    """A row of the calendar."""

    monday: date
    cells: tuple[Cell | None, ...]
    """From Monday on, as many in every week; None for a day before the ledger or behind its end."""
    label: str = ""
    """The month that begins in this week, else the year where it has to be told."""
    until: date | None = None
    """For a row that stands for many weeks of which nothing is known, the day behind them."""


class Row(NamedTuple):
    """A row without its cells; the fields are those of a `Week`."""

    monday: date
    label: str = ""
    until: date | None = None


def weeks(days: Iterable[Day], today: date) -> Sequence[Week]:
    """The weeks of a ledger, oldest first."""
    cells = {cell.day: cell for day in days if (cell := cell_of(day, today)) is not None}
    columns = columns_of(cells.values())
    return [
        Week(row.monday, tuple(cells.get(day) for day in days_of(row.monday, columns)), row.label, row.until)
        for row in rows_of(cells, columns)
    ]


def cell_of(day: Day, today: date) -> Cell | None:
    """A day's cell; None when there is nothing to tell of it."""
    words = {word(line) for line in day.accounts}
    worst = next((one for one in WORST_FIRST if one in words), None)
    return Cell(day.day, worst, day.papers, day.day == today) if worst is not None else None


def columns_of(cells: Iterable[Cell]) -> int:
    """How many days of a week are shown: the weekend too if one has more to tell than that arXiv rests."""
    told = (cell for cell in cells if cell.day.weekday() >= WORKDAYS and cell.word != Completeness.RESTS)
    return ALL_DAYS if any(told) else WORKDAYS


def rows_of(days: Iterable[date], columns: int) -> Sequence[Row]:
    """A row for every week from the oldest day's to the newest's; one for many of which nothing is known.

    A month is named in the row of its first day (December in that from 30 November to 4 December), where the
    calendar begins, and behind a row that stands for many; the year in the row after, and after January.
    """
    rows: list[Row] = []
    year = ""
    for stretch in _stretches(sorted(day for day in days if day.weekday() < columns)):
        if rows:
            rows.append(Row(rows[-1].monday + _WEEK, year, stretch[0]))
        month, monday = 0, _monday(stretch[0])
        while monday <= stretch[-1]:
            end = min(monday + (columns - 1) * _DAY, stretch[-1])
            if end.month != month:
                label = MONTHS[end.month - 1]
                year = f"{end.year}" if end.month == 1 or not month else year
                month = end.month
            else:
                label, year = year, ""
            rows.append(Row(monday, label))
            monday += _WEEK
    return rows


def _stretches(days: Sequence[date]) -> Sequence[Sequence[date]]:
    """Rising days, apart where many weeks without any lie between."""
    stretches: list[list[date]] = []
    for day in days:
        if not stretches or _monday(day) - _monday(stretches[-1][-1]) > _FOLDED * _WEEK:
            stretches.append([])
        stretches[-1].append(day)
    return stretches


def _monday(day: date) -> date:
    return day - day.weekday() * _DAY


def days_of(monday: date, columns: int) -> Sequence[date]:
    """The days of a week that are shown."""
    return [monday + at * _DAY for at in range(columns)]


def heading(columns: int, width: int) -> Line:
    """The line above the weeks: the names of the weekdays, over cells of so many columns."""
    lead = " " if width >= _ROOMY else ""
    return (
        Piece(" " * LABEL, Role.HEADING),
        *(Piece(f"{lead + name:<{width}}"[:width], Role.HEADING) for name in WEEKDAYS[:columns]),
    )


def week_line(week: Week, width: int) -> Line:
    """A week in one line: its label, and cells of so many columns."""
    if week.until is not None:
        return (Piece(f"{week.label:<{LABEL}}", Role.HEADING), Piece(folded(week.until)))
    cells = (cell.pieces(width) if cell is not None else (Piece(" " * width),) for cell in week.cells)
    return (Piece(f"{week.label:<{LABEL}}", Role.HEADING), *(piece for cell in cells for piece in cell))


def folded(until: date) -> str:
    """What stands in a row for the weeks before a day of which nothing is known."""
    return f"  ⋮ nothing until {day_name(until)}"


def legend(cells: Iterable[Cell]) -> Sequence[tuple[str, str, Role]]:
    """The marks that occur, the best first: mark, word, and the role of a day that has it."""
    roles = {cell.word: cell._replace(papers=None).role for cell in cells}
    return [(_MARKS[word], str(word), roles[word]) for word in reversed(WORST_FIRST) if word in roles]


def explained(shown: Iterable[Week], width: int) -> Sequence[Piece]:
    """What stands in these weeks, in cells of so many columns, the best first, each with what it means."""
    cells = [cell for week in shown for cell in week.cells if cell is not None]
    pieces = [Piece(f"{mark} {_EXPLAINED.get(word, word)}", role) for mark, word, role in legend(cells)]
    if any(cell.open for cell in cells):
        both = width - _ROOMY_LESS >= _BOTH
        pieces.append(Piece("3/9 decided of all" if both else "9 open papers", Role.OPEN))
    return [*pieces, Piece("[ ] today", Role.TODAY)] if any(cell.is_today for cell in cells) else pieces


def _thousands(number: int) -> str:
    return f"{number}" if number < 1000 else f"{number / 1000:.0f}k"
