"""Tables: aligned columns whose cells wrap; a table that is wider still is shown column by column."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from typing import NamedTuple

from triage.tui.widgets.line_breaks import breaks, size

BAR = " │ "
"""Between two columns."""
_GAP = len(BAR)
_CROSSES = {BAR: "─┼─", BAR.strip(): "┼"}
"""What stands below the bars where a rule crosses them."""
_MORE_LEFT, _MORE_RIGHT = " ‹ ", " ›"
_WIDEST_WORD = 24
"""Cells of a word that no column is made narrower for; longer words may be broken."""
_ROOM_FOR_TWO = 24
"""Cells from which the first column stays beside others of a table that is too wide."""


class Bit(NamedTuple):
    """A piece of a line: what stands before it, then the block's text from `start` to `end`."""

    before: str = ""
    style: str = "rule"
    """The look of what stands before it."""
    start: int = 0
    end: int = 0


class Kind(Enum):
    """What a line of a table is."""

    HEAD = auto()
    RULE = auto()
    BODY = auto()
    HINT = auto()
    """Says which columns are shown, when not all are."""


class Cell(NamedTuple):
    """How wide a cell is in cells of the terminal."""

    whole: int
    """Without any break of ours."""
    word: int
    """Its widest word."""


def measured(text: str) -> Cell:
    """Measure one cell's text."""
    whole = max(map(size, text.split("\n")))
    return Cell(whole, max(map(size, text.split()), default=0) if whole > 1 else whole)


@dataclass(frozen=True, eq=False, slots=True)
class Table:
    """The columns of a table."""

    natural: tuple[int, ...]
    """How wide each column is without any break."""
    least: tuple[int, ...]
    """How wide each must be so that no word is broken, but for very long ones."""
    aligned: tuple[str, ...]
    """Where the cells of each stand: left, right or center."""

    @classmethod
    def of(cls, rows: Iterable[Sequence[Cell]], aligned: tuple[str, ...]) -> "Table":
        """The columns that these rows need."""
        natural, least = [1] * len(aligned), [1] * len(aligned)
        for row in rows:
            for at, cell in enumerate(row[: len(aligned)]):
                natural[at] = max(natural[at], cell.whole)
                least[at] = max(least[at], min(cell.word, _WIDEST_WORD))
        return cls(tuple(natural), tuple(least), aligned)

    def fitted(self, room: int) -> tuple[tuple[int, ...], str] | None:
        """The columns' widths in so many cells, and the bar between them; None when they do not fit.

        Cells are wrapped before the bars lose the space around them, and no word is broken.
        """
        for bar in (BAR, BAR.strip()):
            widths = self._widths(room - len(bar) * (len(self.natural) - 1))
            if widths is not None:
                return widths, bar
        return None

    def _widths(self, spare: int) -> tuple[int, ...] | None:
        if sum(self.natural) <= spare:
            return self.natural
        if sum(self.least) > spare:
            return None
        low, high = 1, max(self.natural)
        while low < high:
            cap = (low + high + 1) // 2
            if sum(self._capped(cap)) <= spare:
                low = cap
            else:
                high = cap - 1
        widths = list(self._capped(low))
        left = spare - sum(widths)
        for at, natural in enumerate(self.natural):
            if left and widths[at] < natural:
                widths[at] += 1
                left -= 1
        return tuple(widths)

    def window(self, room: int, first: int) -> tuple[tuple[int, int], ...]:
        """The columns to show where there is too little room for all, each with its width.

        The table's first column stays, beside it are those from `first` on; in very little room there is one.
        """
        most = max(_WIDEST_WORD, room // 4)
        widths = [
            max(least, min(natural, most)) for natural, least in zip(self.natural, self.least, strict=True)
        ]
        left = room - len(_MORE_RIGHT)
        shown: list[tuple[int, int]] = []
        if room >= _ROOM_FOR_TWO:
            head = min(widths[0], room // 3)
            shown, left = [(0, head)], left - head - _GAP
        for at in range(self._beside(room, first), len(widths)):
            if widths[at] > left and shown and shown[-1][0] > 0:
                break
            shown.append((at, max(1, min(widths[at], left))))
            left -= shown[-1][1] + _GAP
            if left < 1:
                break
        return tuple(shown)

    def moved(self, room: int, first: int, by: int) -> int:
        """The first column beside the one that stays after a step to the right (1) or the left (-1)."""
        here = self._beside(room, first)
        if self.fitted(room) is not None or (
            by > 0 and self.window(room, here)[-1][0] == len(self.natural) - 1
        ):
            return here
        return self._beside(room, here + by)

    def _beside(self, room: int, wanted: int) -> int:
        """The column nearest to a wanted one that is not the one that stays."""
        return max(1 if room >= _ROOM_FOR_TWO else 0, min(wanted, len(self.natural) - 1))

    def _capped(self, cap: int) -> Iterator[int]:
        return (
            max(least, min(natural, cap)) for natural, least in zip(self.natural, self.least, strict=True)
        )


class Row(NamedTuple):
    """One row of a table: which part of the block's text each cell is."""

    table: Table
    kind: Kind = Kind.BODY
    cells: tuple[tuple[int, int], ...] = ()

    def lines(self, text: str, room: int, first: int | None) -> list[list[Bit]] | None:
        """The row's lines.

        `first` is the column that stands beside the first one when not all fit; None: the table is not to be
        shown in part, and the answer is None when it does not fit.
        """
        fitted = self.table.fitted(room)
        if fitted is not None:
            widths, bar = fitted
            return self._drawn(text, room, tuple(enumerate(widths)), bar)
        if first is None:
            return [] if self.kind in (Kind.RULE, Kind.HINT) else None
        return self._drawn(text, room, self.table.window(room, first), BAR)

    def column_at(self, offset: int) -> int:
        """The column that a place in the text is in."""
        return next((at for at, (_, end) in enumerate(self.cells) if offset < end), len(self.cells) - 1)

    def _drawn(self, text: str, room: int, shown: Sequence[tuple[int, int]], bar: str) -> list[list[Bit]]:
        last = len(self.table.natural) - 1
        places = [at for at, _ in shown]
        skips, goes_on = places != list(range(len(places))), places[-1] < last
        match self.kind:
            case Kind.RULE:
                return [[Bit(_CROSSES[bar].join("─" * width for _, width in shown))]]
            case Kind.HINT:
                hint = f"columns {_ranges(places)} of {last + 1} · ← →"
                return [[Bit(hint[:room], "dim")]] if skips or goes_on else []
        columns = [self._cell(text, at, width) for at, width in shown]
        lines = []
        for number in range(max(map(len, columns))):
            line: list[Bit] = []
            pad = ""
            for place, ((at, width), column) in enumerate(zip(shown, columns, strict=True)):
                if place:
                    pad += bar if at == places[place - 1] + 1 else _MORE_LEFT
                start, end = column[number] if number < len(column) else (0, 0)
                spare = max(0, width - size(text[start:end]))
                left = {"right": spare, "center": spare // 2}.get(self.table.aligned[at], 0)
                line.append(Bit(pad + " " * left, "rule", start, end))
                pad = " " * (spare - left)
            if goes_on:
                line.append(Bit(pad + _MORE_RIGHT))
            lines.append(line)
        return lines

    def _cell(self, text: str, at: int, width: int) -> list[tuple[int, int]]:
        if at >= len(self.cells):
            return [(0, 0)]
        start, end = self.cells[at]
        return [(one.start, one.end) for one in breaks(text, width, start=start, end=end)]


def _ranges(places: Sequence[int]) -> str:
    """The numbers of some columns, from 1 on: `1, 4–6`."""
    head, rest = (places[:1], places[1:]) if places[-1] != len(places) - 1 else ((), places)
    spans = [part for part in (head, rest) if part]
    return ", ".join(f"{part[0] + 1}–{part[-1] + 1}" if len(part) > 1 else f"{part[0] + 1}" for part in spans)
