"""A pane of text to scroll through, wrapped to its width and painted line by line."""

from bisect import bisect_right
from collections.abc import Sequence
from typing import ClassVar

from textual import events
from textual.content import Content
from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.strip import Strip

from triage.tui.widgets.blocks import Block
from triage.tui.widgets.painting import CLASSES, painted


class LinePane(ScrollView, can_focus=True, inherit_bindings=False):
    """Shows blocks; the screen tells it what to show and how far to scroll."""

    COMPONENT_CLASSES: ClassVar[set[str]] = set(CLASSES)

    def __init__(self, *, id: str | None = None, widest: int | None = None) -> None:
        """`widest` is the widest text in cells; a wider pane leaves the rest empty."""
        super().__init__(id=id)
        self._widest = widest
        self._blocks: Sequence[Block] = ()
        self._lines: list[Content] = []
        self._starts: list[int] = []
        self._wrapped_at = -1
        self._wanted = ("", -1)
        """The anchor that was asked for last, and the line at the top when it was."""

    def show(self, blocks: Sequence[Block]) -> None:
        """Show these blocks instead; the place in the text stays."""
        self._blocks = blocks
        self._wrapped_at = -1
        self._wrap()
        self.refresh()

    def scroll_to_anchor(self, anchor: str) -> None:
        """Bring the block with this anchor to the top, as far as the text goes."""
        for block, start in zip(self._blocks, self._starts, strict=False):
            if block.anchor == anchor:
                self.scroll_to(y=max(0, start), animate=False, immediate=True)
                self._wanted = anchor, self.scroll_offset.y
                return

    @property
    def part(self) -> str:
        """The anchor of the part that stands at the top."""
        at = bisect_right(self._starts, self.scroll_offset.y) - 1
        return next((block.anchor for block in reversed(self._blocks[: at + 1]) if block.anchor), "")

    def scroll_lines(self, lines: int) -> None:
        """Scroll by so many lines."""
        self.scroll_to(y=self.scroll_offset.y + lines, animate=False, immediate=True)

    def scroll_pages(self, pages: float) -> None:
        """Scroll by so many of its own heights, less one line to read on by."""
        height = max(1, self.scrollable_content_region.height - 1)
        self.scroll_lines(round(pages * height))

    @property
    def text(self) -> str:
        """All its lines, as wrapped."""
        return "\n".join(line.plain for line in self._lines)

    def on_resize(self, event: events.Resize) -> None:
        """Wrap to the new width; the part asked for, or the one at the top, comes to the top again."""
        event.stop()
        wanted, top = self._wanted
        if top != self.scroll_offset.y:
            wanted = self.part if self.scroll_offset.y else ""
        self._wrap()
        if wanted:
            self.scroll_to_anchor(wanted)

    def render_line(self, y: int) -> Strip:
        """One line of the pane."""
        width = self.scrollable_content_region.width
        at = self.scroll_offset.y + y
        return painted(self, self._lines[at] if at < len(self._lines) else Content(""), width)

    def _wrap(self) -> None:
        width = self.scrollable_content_region.width
        if self._widest is not None:
            width = min(width, self._widest)
        if width < 1 or width == self._wrapped_at:
            return
        self._wrapped_at = width
        self._lines, self._starts = [], []
        for block in self._blocks:
            self._starts.append(len(self._lines))
            self._lines.extend(block.lines(width))
        self.virtual_size = Size(width, len(self._lines))
