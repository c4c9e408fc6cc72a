"""The reader: the paper under the cursor, wrapped to the pane, what changed in it, and its notes below."""

from collections.abc import Sequence
from typing import ClassVar

from textual import events
from textual.geometry import Size
from textual.strip import Strip

from triage.tui.widgets.leaf import Leaf, wrapped
from triage.tui.widgets.line_widget import LineWidget, Piece

WIDEST = 80
"""Cells of a line of text: longer ones are hard to read."""


class Reader(LineWidget):
    """Shows one leaf; scrolls by its own, so that a key costs one painting and no layout."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "reader--added",
        "reader--authors",
        "reader--category",
        "reader--dim",
        "reader--heading",
        "reader--more",
        "reader--note",
        "reader--quote",
        "reader--removed",
        "reader--rule",
        "reader--title",
    }

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._leaf = Leaf()
        self._lines: Sequence[Sequence[Piece]] = ()
        self._width = -1
        self._top = 0
        self._at_end = False
        """Whether its end is to be in view, however high it is."""

    def show(self, leaf: Leaf) -> None:
        """Show another leaf; another paper is shown from its top."""
        if leaf == self._leaf:
            return
        before, self._leaf = self._leaf, leaf
        if before.paper is not leaf.paper or before.source != leaf.source:
            self._top = 0
        # An older note stands at the end, above the new one while that is written.
        self._at_end = leaf.noting and bool(leaf.older_notes)
        self._width = -1
        self.refresh()

    def scroll_pages(self, pages: int) -> None:
        """Scroll by screenfuls, two lines of which stay."""
        self._roll_to(self._top + pages * max(1, self.size.height - 2))

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Scroll by the wheel."""
        event.stop()
        self._roll_to(self._top + 2)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Scroll by the wheel."""
        event.stop()
        self._roll_to(self._top - 2)

    def get_content_height(self, _container: Size, _viewport: Size, width: int) -> int:
        """As many lines as the leaf needs, for a sheet that asks for `auto`."""
        return len(wrapped(self._leaf, max(1, min(width, WIDEST))))

    def render_line(self, y: int) -> Strip:
        """One line of the leaf; the last one in view tells when there is more below."""
        width = self.size.width
        self._wrap()
        at = self._top + y
        pieces = self._lines[at] if at < len(self._lines) else ()
        if y == self.size.height - 1 and at < len(self._lines) - 1 and width > 2:
            line = self.strip(pieces, width - 1)
            return Strip.join([line, self.strip([("↓", "reader--more")], 1)])
        return self.strip(pieces, width)

    def _wrap(self) -> None:
        width = self.size.width
        if width != self._width:
            self._width = width
            self._lines = wrapped(self._leaf, max(1, min(width - 1, WIDEST)))
            self._top = max(0, min(self._top, len(self._lines) - self.size.height))
        if self._at_end:
            self._top = max(0, len(self._lines) - self.size.height)

    def _roll_to(self, line: int) -> None:
        self._wrap()
        self._at_end = False
        top = max(0, min(line, len(self._lines) - self.size.height))
        if top != self._top:
            self._top = top
            self.refresh()
