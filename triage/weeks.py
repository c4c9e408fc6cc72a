"""The ledger laid out as a calendar: a row for each week, a cell for each day, lines to show."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from enum import StrEnum
from typing import NamedTuple, TypeAlias

from triage.ledger import Account, Completeness

WIDTH = 80
"""Columns that the lines fit into."""
_DAY = timedelta(days=1)
_WORKDAYS, _ALL_DAYS = 5, 7
_WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_LABEL = 3

RECONSTRUCTED = "reconstructed"
_MARKS = {
    Completeness.FAILED: "!",
    Completeness.MISSING: "?",
    Completeness.CUT_OFF: "…",
    Completeness.STALE: "=",
    Completeness.NOT_OUT: "·",
    RECONSTRUCTED: "≈",
    Completeness.COMPLETE: "✓",
    Completeness.RESTS: "–",
}
"""By the word, the worst first: on a day of several categories the worst one gives the mark."""
_WORST_FIRST = tuple(_MARKS)
_OUT_OF_ORDER = (Completeness.FAILED, Completeness.MISSING, Completeness.CUT_OFF, Completeness.STALE)


class Role(StrEnum):
    """What a piece of a line is, for who gives it a style."""

    HEADING = "heading"
    """The names of weekdays and months."""
    PLAIN = "plain"
    OPEN = "open"
    """A day with open papers."""
    DONE = "done"
    """A complete day without open papers."""
    QUIET = "quiet"
    """A day without a listing, or that is not out yet."""
    TROUBLE = "trouble"
    """A day that is not in order."""
    TODAY = "today"
    """The number of today's day, with its brackets."""


class Piece(NamedTuple):
    """A part of a line."""

    text: str
    role: Role = Role.PLAIN


Line: TypeAlias = tuple[Piece, ...]


class Cell(NamedTuple):
    """One day over all its categories."""

    day: date
    word: str
    """The worst of its categories' states, or `reconstructed`."""
    decided: int = 0
    open: int = 0
    is_today: bool = False

    @property
    def mark(self) -> str:
        """The state in one column."""
        return _MARKS[self.word]

    @property
    def total(self) -> int:
        """Papers to decide on: what the config leaves out is not among them."""
        return self.decided + self.open

    @property
    def told(self) -> str:
        """The word beneath the day; empty for a plain complete one."""
        return "" if self.word == Completeness.COMPLETE else self.word

    @property
    def role(self) -> Role:
        """What the day is to the user."""
        if self.word in _OUT_OF_ORDER:
            return Role.TROUBLE
        if self.word in (Completeness.NOT_OUT, Completeness.RESTS):
            return Role.QUIET
        return Role.OPEN if self.open else Role.DONE

    def counts(self, room: int = 9) -> str:
        """Decided of all while papers are open, else all; short enough for so many columns."""
        if not self.total:
            return ""
        whole, short = f"{self.total}", _thousands(self.total)
        if not self.open:
            return whole if len(whole) <= room else short
        both = (f"{self.decided}/{whole}", f"{_thousands(self.decided)}/{short}")
        return next((text for text in (*both, whole) if len(text) <= room), short)


class Week(NamedTuple):
    """A row of the calendar."""

    monday: date
    cells: tuple[Cell | None, ...]
    """From Monday on, as many in every week; None for a day before the ledger or behind its end."""

    @property
    def month(self) -> str:
        """The month that begins in this week; empty when none does."""
        days = [self.monday + at * _DAY for at in range(len(self.cells))]
        return next((_MONTHS[day.month - 1] for day in days if day.day == 1), "")


def weeks(days: Iterable[tuple[date, Sequence[Account]]], today: date) -> Sequence[Week]:
    """The weeks of a ledger, oldest first: Monday to Friday, and the weekend if a listing bears its date."""
    cells = {day: _cell(day, lines, today) for day, lines in days if lines}
    if not cells:
        return ()
    width = _ALL_DAYS if any(day.weekday() >= _WORKDAYS for day in cells) else _WORKDAYS
    first, last = _monday(min(cells)), _monday(max(cells))
    mondays = (first + at * _DAY for at in range(0, (last - first).days + 1, _ALL_DAYS))
    return [Week(monday, tuple(cells.get(monday + at * _DAY) for at in range(width))) for monday in mondays]


def heading(columns: int = _WORKDAYS) -> Line:
    """The line above the weeks: the names of as many weekdays."""
    width = cell_width(columns)
    names = "".join(f" {name:<{width - 1}}" for name in _WEEKDAYS[:columns])
    return (Piece(" " * _LABEL + names.rstrip(), Role.HEADING),)


def week_lines(week: Week, *, is_first: bool = False) -> Iterator[Line]:
    """A week's lines: days, marks and counts, and beneath them, where there are any, words.

    The first week of a calendar names its month whether that begins in it or not.
    """
    width = cell_width(len(week.cells))
    first = next((cell.day for cell in week.cells if cell is not None), week.monday)
    month = week.month or (_MONTHS[first.month - 1] if is_first else "")
    label = Piece(f"{month:<{_LABEL}}", Role.HEADING)
    yield (label, *(piece for cell in week.cells for piece in cell_pieces(cell, width)))
    if any(cell is not None and cell.told for cell in week.cells):
        yield (Piece(" " * _LABEL), *(_word(cell, width) for cell in week.cells))


def cell_width(columns: int) -> int:
    """Columns of a cell, where a week has so many."""
    return (WIDTH - _LABEL) // columns


def cell_pieces(cell: Cell | None, width: int) -> Line:
    """A day's number, mark and counts in so many columns; today's number stands in brackets."""
    if cell is None:
        return (Piece(" " * width),)
    number = f"[{cell.day.day:>2}]" if cell.is_today else f" {cell.day.day:>2} "
    text = f"{cell.mark} {cell.counts(width - 6)}"
    return (
        Piece(number, Role.TODAY if cell.is_today else cell.role),
        Piece(f"{text:<{width - 4}}", cell.role),
    )


def legend(shown: Iterable[Week]) -> Sequence[tuple[str, str]]:
    """The marks that occur, the worst last, each with its word."""
    cells = [cell for week in shown for cell in week.cells if cell is not None]
    words = {cell.word for cell in cells}
    marks = [(_MARKS[word], str(word)) for word in reversed(_WORST_FIRST) if word in words]
    return [*marks, ("[ ]", "today")] if any(cell.is_today for cell in cells) else marks


def in_order(line: Account) -> bool:
    """Whether a category's day is as it should be; what the user should do something about is not."""
    return line.completeness not in _OUT_OF_ORDER


def why(line: Account) -> str:
    """What is to be said of a category's day besides its state; may be empty."""
    said = [line.sentence] if line.sentence else []
    if line.completeness is Completeness.CUT_OFF and not line.balances:
        said.append(f"{line.announced} papers were announced, {line.tally.archived} are here.")
    if line.completeness is Completeness.MISSING:
        said.append("arXiv was not asked for it yet.")
    return " ".join(said)


def remedy(line: Account) -> Sequence[str]:
    """The words of the command that mends a category's day."""
    return ("triage", "fetch", "--date", line.day.isoformat(), line.category)


def day_name(day: date) -> str:
    """A listing day as it is said: `Fri 20 Nov 2026`; in English, whatever the locale."""
    return f"{_WEEKDAYS[day.weekday()]} {day.day:02d} {_MONTHS[day.month - 1]} {day.year}"


def _cell(day: date, lines: Sequence[Account], today: date) -> Cell:
    words = {RECONSTRUCTED if _is_whole_but_reconstructed(line) else line.completeness for line in lines}
    return Cell(
        day,
        next(word for word in _WORST_FIRST if word in words),
        sum(line.tally.decided for line in lines),
        sum(line.tally.open for line in lines),
        day == today,
    )


def _is_whole_but_reconstructed(line: Account) -> bool:
    return line.completeness is Completeness.COMPLETE and line.is_reconstructed


def _word(cell: Cell | None, width: int) -> Piece:
    if cell is None or not cell.told:
        return Piece(" " * width)
    text = f" {cell.told}"[: width - 1]
    return Piece(f"{text:<{width}}", cell.role)


def _monday(day: date) -> date:
    return day - day.weekday() * _DAY


def _thousands(number: int) -> str:
    return f"{number}" if number < 1000 else f"{number / 1000:.0f}k"
