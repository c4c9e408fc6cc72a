"""The reader: the paper under the cursor, wrapped to the pane, what changed in it, and its notes below."""

from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.geometry import Size
from textual.strip import Strip

from triage.paper import Paper
from triage.tui.marking import Span
from triage.tui.widgets.leaf import Leaf, Page, wrapped
from triage.tui.widgets.line_widget import LineWidget
from triage.tui.widgets.markable import Markable
from triage.tui.widgets.passage import Passage

WIDEST = 80
"""Cells of a line of text: longer ones are hard to read."""


class Reader(Markable, LineWidget):
    """Shows one leaf; scrolls by its own, so that a key costs one painting and no layout.

    What can be marked is the abstract.
    """

    ALLOW_SELECT = False
    """Textual's own marking knows nothing of where the text stands."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "reader--added",
        "reader--authors",
        "reader--category",
        "reader--dim",
        "reader--heading",
        "reader--marked",
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
        self._page = Page(())
        self._passage: Passage | None = None
        """Where the abstract stands; found when it is asked for."""
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
        if _text(before) != _text(leaf):
            self.drop_mark()
        # An older note stands at the end, above the new one while that is written.
        self._at_end = leaf.noting and bool(leaf.older_notes)
        self._width = -1
        self.refresh()

    @property
    def paper(self) -> Paper | None:
        """The paper that is shown."""
        return self._leaf.paper

    @property
    def markable(self) -> str:
        """The abstract as shown."""
        self._wrap()
        return self._page.abstract

    def place_at(self, x: int, y: int) -> int:
        """The character of the abstract at a cell, or the nearest one."""
        left, top = self.gutter.left, self.gutter.top
        return self._abstract.place(self._top + y - top, max(0, x - left))

    def places_in_view(self) -> Span:
        """The first character of the abstract that is in view, and the last."""
        abstract = self._abstract
        first = max(self._top, self._page.first)
        last = min(self._top + self.size.height, self._page.last) - 1
        return abstract.place(first, 0), abstract.place(max(first, last), self.size.width)

    def bring_into_view(self, start: int, end: int) -> None:
        """Scroll so that a part of the abstract is in view, its start if it is too long."""
        first, last = self._abstract.line(start), self._abstract.line(max(start, end - 1))
        height = max(1, self.size.height)
        if last >= self._top + height:
            self._roll_to(last - height + 1)
        if first < self._top:
            self._roll_to(first)

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
        return len(wrapped(self._leaf, max(1, min(width, WIDEST))).lines)

    def render_line(self, y: int) -> Strip:
        """One line of the leaf; the last one in view tells when there is more below."""
        width = self.size.width
        self._wrap()
        at, lines = self._top + y, self._page.lines
        strip = self.strip(lines[at] if at < len(lines) else (), width)
        if self.mark is not None:
            for start, end in self._abstract.cells(at, self.mark.start, self.mark.end):
                strip = self._marked(strip, start, end)
        if y == self.size.height - 1 and at < len(lines) - 1 and width > 2:
            return Strip.join([strip.crop(0, width - 1), self.strip([("↓", "reader--more")], 1)])
        return strip

    def _marked(self, strip: Strip, start: int, end: int) -> Strip:
        """A line of which some cells are marked."""
        whole = self.get_component_rich_style("reader--marked")
        style = Style(bgcolor=whole.bgcolor, underline=whole.underline)
        inner = [Segment(text, (under or Style()) + style) for text, under, _ in strip.crop(start, end)]
        return Strip.join([strip.crop(0, start), Strip(inner), strip.crop(end)])

    @property
    def _abstract(self) -> Passage:
        self._wrap()
        if self._passage is None:
            self._passage = self._page.passage()
        return self._passage

    def _wrap(self) -> None:
        width = self.size.width
        if width != self._width:
            self._width = width
            self._page = wrapped(self._leaf, max(1, min(width - 1, WIDEST)))
            self._passage = None
            self._top = max(0, min(self._top, len(self._page.lines) - self.size.height))
        if self._at_end:
            self._top = max(0, len(self._page.lines) - self.size.height)

    def _roll_to(self, line: int) -> None:
        self._wrap()
        self._at_end = False
        top = max(0, min(line, len(self._page.lines) - self.size.height))
        if top != self._top:
            self._top = top
            self.refresh()


def _text(leaf: Leaf) -> tuple[object, ...]:
    """What a mark in a leaf hangs on."""
    paper = leaf.paper
    return (paper.id, paper.abstract, leaf.source) if paper is not None else ()
