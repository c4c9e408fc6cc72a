"""What of a long text is in view: lines are laid out where one looks, so that its length costs nothing.

Where one is is told by a place in the text and not by a number of lines, which no one knows and which every
width changes.
"""

from typing import TypeAlias

from triage.tui.text_body import TextBody
from triage.tui.widgets.blocks import Block
from triage.tui.widgets.fragments import Fragment, fragments
from triage.tui.widgets.line_breaks import size
from triage.tui.widgets.table_layout import Table

WIDEST = 80
"""Cells of a line of text: longer ones are hard to read. Tables and code may be wider."""
_MOST_LAID = 4_000
"""Blocks whose lines are kept."""

Line: TypeAlias = tuple[int, int]
"""A line of the text: its block, and which of the block's lines it is."""


class TextWindow:
    """A window on a text, so many cells wide and so many lines high."""

    def __init__(self, body: TextBody) -> None:
        self.body = body
        self._width = self._height = 1
        self._top: Line = (0, 0)
        self._laid: dict[int, list[list[Fragment]]] = {}
        self._columns: dict[Table, int] = {}
        """Of tables that are too wide the column that is shown beside the first."""
        self._turns = 0
        """How often another column was shown."""
        self._seen: list[Line] = []
        self._seen_at: tuple[object, ...] = ()

    def resize(self, width: int, height: int) -> None:
        """Take another size; the text at the top stays there."""
        width, height = max(1, width), max(1, height)
        if width != self._width:
            place = self.place if self.body.blocks else 0
            self._width = width
            self._laid.clear()
            self._height = height
            self.go(place)
        elif height != self._height:
            self._height = height
            self._set(self._top)

    @property
    def place(self) -> int:
        """The place at the top."""
        return self.place_of(self._top)

    @property
    def end(self) -> int:
        """The place behind the last line in view."""
        view = self.view()
        if not view:
            return 0
        block, line = view[-1]
        if line + 1 < len(self.lines(block)):
            return self.place_of((block, line + 1))
        return self.body.starts[block] + len(self.body.blocks[block].text.plain) + 1

    @property
    def stamp(self) -> tuple[object, ...]:
        """Something that is another when anything else may be in view."""
        return (self._top, self._width, self._height, self._turns, len(self.body.blocks))

    def view(self) -> list[Line]:
        """The lines in view, from the top on."""
        stamp = self.stamp
        if stamp != self._seen_at:
            self._seen_at, self._seen = stamp, self._in_view()
        return self._seen

    def _in_view(self) -> list[Line]:
        found: list[Line] = []
        block, line = self._top
        while len(found) < self._height and block < len(self.body.blocks):
            count = len(self.lines(block))
            found += ((block, at) for at in range(line, min(count, line + self._height - len(found))))
            block, line = block + 1, 0
        return found

    def lines(self, block: int) -> list[list[Fragment]]:
        """A block's lines."""
        laid = self._laid.get(block)
        if laid is None:
            if len(self._laid) > _MOST_LAID:
                self._laid.clear()
            one = self.body.blocks[block]
            column = self._columns.get(one.row.table, 0) if one.row is not None else None
            laid = self._laid[block] = fragments(one, self._room(one), column)
        return laid

    def place_of(self, line: Line) -> int:
        """The place a line begins at."""
        block, at = line
        start = self.body.starts[block] if self.body.blocks else 0
        lines = self.lines(block) if self.body.blocks else []
        offsets = (fragment.at for fragment in lines[at] if fragment.at >= 0) if at < len(lines) else iter(())
        return start + min(offsets, default=0)

    def line_of(self, place: int) -> Line:
        """The line that a place is on. There is a block."""
        block = self.body.block_at(place)
        offset = place - self.body.starts[block]
        last = 0
        for at, line in enumerate(self.lines(block)):
            for fragment in line:
                if 0 <= fragment.at <= offset:
                    if offset < fragment.at + len(fragment.text):
                        return block, at
                    last = at
        return block, last

    def scroll(self, lines: int) -> bool:
        """Move by so many lines, down or up; False when there is nowhere to go."""
        return self._set(self._moved(self._top, lines))

    def go(self, place: int) -> bool:
        """Bring a place to the top, as far as the text goes."""
        return self._set(self.line_of(place)) if self.body.blocks else False

    def to_end(self) -> bool:
        """Bring the end into view."""
        return self._set((len(self.body.blocks), 0))

    def bring_into_view(self, start: int, end: int, *, margin: int = 0) -> bool:
        """Move as little as shows what stands from `start` to `end`; its start, if it is too long.

        What is not in view comes `margin` lines from the edge.
        """
        if not self.body.blocks:
            return False
        turned = self._turn_to(start)
        first, last = self.line_of(start), self.line_of(max(start, end - 1))
        view = self.view()
        moved = False
        if view and last > view[-1]:
            moved = self._set(self._moved(last, margin + 1 - self._height))
        if first < self._top:
            moved = self._set(self._moved(first, -margin)) or moved
        return moved or turned

    def place_at(self, row: int, cell: int) -> int:
        """The place at a cell, in the window or above or below it; the nearest one where no text is."""
        if not self.body.blocks:
            return 0
        view = self.view()
        if 0 <= row < len(view):
            block, at = view[row]
        elif row < 0 or not view:
            block, at = self._moved(self._top, row)
        else:
            block, at = self._moved(view[-1], row - len(view) + 1)
        lines = self.lines(block)
        found = 0
        left = 0
        for fragment in lines[at] if at < len(lines) else ():
            if fragment.at >= 0:
                found = fragment.at
                for letter in fragment.text:
                    if left + size(letter) > cell:
                        return self.body.starts[block] + found
                    left += size(letter)
                    found += 1
            else:
                left += size(fragment.text)
            if left > cell:
                break
        return self.body.starts[block] + found

    def turn(self, by: int) -> bool:
        """Show further columns of the tables in view that are too wide, to the right (1) or the left (-1)."""
        changed = False
        for table, room in self._tables().items():
            here = self._columns.get(table, 0)
            after = table.moved(room, here, by)
            if table.fitted(room) is None and table.window(room, after) != table.window(room, here):
                self._columns[table] = after
                changed = True
        if changed:
            self._turned()
            self._set(self._top)
        return changed

    def _turn_to(self, place: int) -> bool:
        """Show the column that a place is in."""
        at = self.body.block_at(place)
        block = self.body.blocks[at]
        if block.row is None or not block.row.cells:
            return False
        table, room = block.row.table, self._room_in(block)
        column = block.row.column_at(place - self.body.starts[at])
        if table.fitted(room) is not None:
            return False
        if column in (shown for shown, _ in table.window(room, self._columns.get(table, 0))):
            return False
        self._columns[table] = column
        self._turned()
        return True

    def _turned(self) -> None:
        self._laid.clear()
        self._turns += 1

    def _tables(self) -> dict[Table, int]:
        """The tables in view, and the cells there are for each."""
        blocks = (self.body.blocks[block] for block, _ in self.view())
        return {block.row.table: self._room_in(block) for block in blocks if block.row is not None}

    def _room(self, block: Block) -> int:
        wide = block.row is not None or block.code
        return self._width if wide else min(self._width, WIDEST)

    def _room_in(self, block: Block) -> int:
        return block.room(self._room(block))

    def _moved(self, line: Line, by: int) -> Line:
        """A line so many further down or up; the first and the last are the ends."""
        block, at = line
        at += by
        last = len(self.body.blocks) - 1
        while at < 0 and block > 0:
            block -= 1
            at += len(self.lines(block))
        while block <= last and at >= (count := len(self.lines(block))):
            if block == last:
                return block, max(0, count - 1)
            at -= count
            block += 1
        return block, max(0, at)

    def _set(self, line: Line) -> bool:
        """Put a line at the top, or one above it so that no line below the last is in view."""
        before, last = self._top, len(self.body.blocks) - 1
        if last < 0:
            return False
        lowest = self._moved((last, len(self.lines(last)) - 1), 1 - self._height)
        self._top = max((0, 0), min(line, lowest))
        return self._top != before
