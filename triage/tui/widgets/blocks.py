"""Blocks: pieces of text that a pane wraps to its width, with what stands before their lines."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from textual.content import EMPTY_CONTENT, Content

from triage.clean import shown


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

    def lines(self, width: int) -> Iterator[Content]:
        """The block's lines, none wider than `width` cells (width >= 1)."""
        if self.fill:
            yield self._ruled(width)
            return
        indent = max(self.first.cell_length, self.rest.cell_length)
        first, rest = (self.first, self.rest) if indent <= width - 8 else (Content(""), Content(""))
        room = max(1, width - max(first.cell_length, rest.cell_length))
        for at, line in enumerate(self.text.wrap(room) or [Content("")]):
            yield (first if at == 0 else rest) + line

    def _ruled(self, width: int) -> Content:
        start = self.text.truncate(width)
        return start + Content.styled(self.fill * (width - start.cell_length), "rule")

    def within(self, first: Content, rest: Content) -> "Block":
        """The same block with more before its lines."""
        return Block(self.text, first + self.first, rest + self.rest, self.anchor, self.fill)


BLANK = Block(Content(""))


def plain(text: str, style: str = "") -> Block:
    """A block of text from outside or of the user's: shown literally, never as markup."""
    return Block(styled(shown(text), style))


def styled(text: str, style: str = "") -> Content:
    """A piece of text in a named style of the pane."""
    return Content.styled(text, style) if style else Content(text)


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
