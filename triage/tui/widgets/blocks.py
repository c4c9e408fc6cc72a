"""Blocks: pieces of text that a pane wraps to its width, with what stands before their lines."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from textual.content import EMPTY_CONTENT, Content

from triage.clean import shown
from triage.tui.widgets.line_breaks import breaks
from triage.tui.widgets.table_layout import Bit, Row

_LEAST_ROOM = 8
"""Cells beside what stands before the lines; where there are fewer nothing stands there."""
_GOES_ON = "↪ "
"""Stands before what did not fit in a line of code."""


class LaidOut(NamedTuple):
    """A block's lines at a width, by offsets in its text."""

    first: Content
    """What stands before the first line."""
    rest: Content
    """What stands before every further line."""
    lines: Sequence[Sequence[Bit]]


@dataclass(frozen=True, slots=True)
class Block:
    """One piece of text; a newline in it is a line break."""

    text: Content
    first: Content = EMPTY_CONTENT
    """Stands before the first line: a bullet, a bar."""
    rest: Content = EMPTY_CONTENT
    """Stands before every further line."""
    anchor: str = ""
    """The name a pane scrolls to."""
    fill: str = ""
    """A character that fills each line to the pane's width, as a rule does."""
    code: bool = False
    """Whether a line that is too long is marked where it goes on."""
    row: Row | None = None
    """Set when it is a row of a table."""
    links: tuple[tuple[int, int, str], ...] = ()
    """From where to where in the text a link goes, and its target."""
    line: int = -1
    """The line of the source it begins at, from 0 on; -1 when it has none."""

    def lines(self, width: int) -> Iterator[Content]:
        """The block's lines, none wider than `width` cells (width >= 1)."""
        if self.fill:
            yield self._ruled(width)
            return
        laid = self.laid_out(width)
        for at, line in enumerate(laid.lines):
            content = laid.first if at == 0 else laid.rest
            for bit in line:
                content += styled(bit.before, bit.style) + self.text[bit.start : bit.end]
            yield content

    def laid_out(self, width: int, column: int | None = None) -> LaidOut:
        """The block's lines by offsets.

        A table that is too wide is shown from a `column` on; without one its rows wrap as text does.
        """
        room = self.room(width)
        first, rest = (self.first, self.rest) if room < width else (EMPTY_CONTENT, EMPTY_CONTENT)
        text = self.text.plain
        if self.row is not None and (rows := self.row.lines(text, room, column)) is not None:
            return LaidOut(first, rest, rows)
        mark = _GOES_ON if self.code and room > _LEAST_ROOM else ""
        lines = [
            (Bit(mark if one.continues else "", "dim", one.start, one.end),)
            for one in breaks(text, room, room - len(mark))
        ]
        return LaidOut(first, rest, lines)

    def room(self, width: int) -> int:
        """How many of so many cells are left beside what stands before the lines."""
        indent = max(self.first.cell_length, self.rest.cell_length)
        return width - indent if indent <= width - _LEAST_ROOM else width

    def _ruled(self, width: int) -> Content:
        start = self.text.truncate(width)
        return start + Content.styled(self.fill * (width - start.cell_length), "rule")

    def within(self, first: Content, rest: Content) -> "Block":
        """The same block with more before its lines."""
        return replace(self, first=first + self.first, rest=rest + self.rest)


BLANK = Block(Content(""))


def plain(text: str, style: str = "") -> Block:
    """A block of text from outside or of the user's: shown literally, never as markup."""
    return Block(styled(shown(text), style))


def styled(text: str, style: str = "") -> Content:
    """A piece of text in a named style of the pane."""
    return Content.styled(text, style) if style and text else Content(text)


def cut(text: Content, width: int) -> Content:
    """A text of at most `width` cells; a longer one ends in an ellipsis, with no space before it."""
    if text.cell_length <= width:
        return text
    return text.truncate(width - 1).rstrip() + Content("…") if width > 0 else Content("")


def rule(title: str = "") -> Block:
    """A rule across the pane, with its title in it."""
    start = styled("── ", "rule") + styled(title, "heading") + Content(" ") if title else Content("")
    return Block(start, fill="─")


def spaced(groups: Iterable[list[Block]]) -> list[Block]:
    """Groups of blocks with a blank line between each two."""
    every: list[Block] = []
    for group in groups:
        if group:
            every += [BLANK, *group] if every else group
    return every
