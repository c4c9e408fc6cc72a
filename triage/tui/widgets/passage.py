"""Where a text that was wrapped stands on the lines of a widget: from cells to its characters, and back."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from rich.cells import cell_len

from triage.tui.widgets.line_widget import Piece

_FAR = 10_000
"""A cell beyond the end of every line."""


class Spot(NamedTuple):
    """A stretch of the text that stands on one line."""

    cell: int
    """The first of its cells."""
    start: int
    """Its first character in the text."""
    end: int


class Passage(NamedTuple):
    """A text, and where its characters stand."""

    text: str = ""
    first: int = 0
    """The first of its lines."""
    lines: Sequence[Sequence[Spot]] = ()
    """What stands on each line from `first` on, from left to right."""

    def place(self, line: int, cell: int) -> int:
        """The character at a cell; where none is, the nearest one to the left or above, else the first."""
        at = min(line - self.first, len(self.lines) - 1)
        while at > 0 and not self.lines[at]:
            at, cell = at - 1, _FAR
        spots = self.lines[at] if at >= 0 else ()
        if not spots:
            return 0
        if line - self.first > at:
            cell = _FAR
        spot = spots[max(0, bisect_right(spots, cell, key=lambda spot: spot.cell) - 1)]
        room = cell - spot.cell
        for place in range(spot.start, spot.end):
            room -= cell_len(self.text[place])
            if room < 0:
                return place
        return spot.end - 1

    def line(self, place: int) -> int:
        """The line a character stands on; the one before it where it stands on none."""
        starts = [(spots[0].start, at) for at, spots in enumerate(self.lines) if spots]
        found = bisect_right(starts, place, key=lambda start: start[0]) - 1
        return self.first + (starts[found][1] if found >= 0 else 0)

    def cells(self, line: int, start: int, end: int) -> Iterator[tuple[int, int]]:
        """The cells of a line, from one to before another, that show a part of the text."""
        if not 0 <= line - self.first < len(self.lines):
            return
        for spot in self.lines[line - self.first]:
            first, last = max(start, spot.start), min(end, spot.end)
            if first < last:
                left = spot.cell + cell_len(self.text[spot.start : first])
                yield left, left + cell_len(self.text[first:last])


def laid(lines: Sequence[Sequence[Piece]], text: str, first: int, others: frozenset[str]) -> Passage:
    """Find a text on the lines it was wrapped to, from line `first` on.

    Pieces in the styles `others` are none of it. Between two words the text has one space, between two
    paragraphs a blank line.
    """
    found: list[tuple[Spot, ...]] = []
    place = 0
    for pieces in lines:
        spots: list[Spot] = []
        cell = 0
        for piece, style in pieces:
            size = cell_len(piece)
            if style not in others:
                bare = piece.strip(" ")
                while place < len(text) and bare and text[place].isspace():
                    place += 1
                if bare and text.startswith(bare, place):
                    before = cell_len(piece[: len(piece) - len(piece.lstrip(" "))])
                    spots.append(Spot(cell + before, place, place + len(bare)))
                    place += len(bare)
            cell += size
        found.append(tuple(_joined(spots, text)))
    return Passage(text, first, found)


def _joined(spots: Sequence[Spot], text: str) -> Iterator[Spot]:
    """Spots that only a space stands between, on the line as in the text, are one."""
    last: Spot | None = None
    for spot in spots:
        if last is None:
            last = spot
            continue
        gap = text[last.end : spot.start]
        if gap in ("", " ") and last.cell + cell_len(text[last.start : spot.start]) == spot.cell:
            last = Spot(last.cell, last.start, spot.end)
        else:
            yield last
            last = spot
    if last is not None:
        yield last
