"""A list of any length with a cursor: only the rows on the screen are made."""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import chain
from typing import ClassVar

from textual import events
from textual.content import Content
from textual.geometry import Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from triage.tui.widgets.blocks import styled
from triage.tui.widgets.painting import CLASSES, painted


class RowList(ScrollView, can_focus=True, inherit_bindings=False):
    """Shows rows by their number; what a row is, the screen knows."""

    COMPONENT_CLASSES: ClassVar[set[str]] = set(CLASSES)

    @dataclass
    class Pointed(Message):
        """A row was clicked; the cursor stands on it."""

        rows: "RowList"
        """The list it was clicked in."""
        at: int
        """The row."""

    def __init__(self, *, id: str | None = None, empty: str = "") -> None:
        """`empty` is shown while there are no rows."""
        super().__init__(id=id)
        self.cursor = -1
        """The row under the cursor; -1 when there is none to stand on."""
        self._count = 0
        self._empty = empty
        self._row: Callable[[int, int], Content] = lambda _at, _width: Content("")
        self._stands: Callable[[int], bool] = lambda _at: True

    def show(
        self,
        count: int,
        row: Callable[[int, int], Content],
        *,
        stands: Callable[[int], bool] = lambda _at: True,
        cursor: int | None = None,
    ) -> None:
        """Show `count` rows instead.

        `row` makes a row for a number and a width in cells, `stands` tells whether the cursor may stand on it
        (not on a heading). The cursor stays, or goes to `cursor`, or to the nearest row it may stand on.
        """
        self._count, self._row, self._stands = count, row, stands
        self.virtual_size = Size(0, count)
        self.cursor = self._nearest(self.cursor if cursor is None else cursor)
        self._follow()
        self.refresh()

    @property
    def count(self) -> int:
        """How many rows there are."""
        return self._count

    def move(self, rows: int) -> None:
        """Move the cursor by so many rows it may stand on, stopping at the ends."""
        step = 1 if rows > 0 else -1
        at = self.cursor
        left = abs(rows)
        while left and 0 <= at + step < self._count:
            at += step
            left -= self._stands(at)
        self.go(at)

    def move_pages(self, pages: int) -> None:
        """Move the cursor by so many screenfuls."""
        height = max(1, self.scrollable_content_region.height - 1)
        self.go(self.cursor + pages * height)

    def go(self, at: int) -> None:
        """Move the cursor to a row, or to the nearest one it may stand on."""
        self.cursor = self._nearest(at)
        self._follow()
        self.refresh()

    def on_click(self, event: events.Click) -> None:
        """Move the cursor to the row that was clicked."""
        at: int = self.scroll_offset.y + event.y - self.gutter.top
        if at < self._count and self._stands(at):
            event.stop()
            self.go(at)
            self.post_message(self.Pointed(self, at))

    def on_resize(self) -> None:
        """Keep the cursor's row on the screen."""
        self._follow()

    def render_line(self, y: int) -> Strip:
        """One row, or an empty line beneath the last."""
        width = self.scrollable_content_region.width
        at = self.scroll_offset.y + y
        if at >= self._count:
            words = self._empty if at == 0 and not self._count else ""
            return painted(self, Content(" ") + styled(words, "dim"), width)
        if at != self.cursor:
            return painted(self, Content(" ") + self._row(at, width - 1), width)
        bar = styled("▌" if self.has_focus else "▏", "accent")
        row = bar + self._row(at, width - 1)
        return painted(self, row, width, self.get_visual_style("text--cursor"))

    def _nearest(self, at: int) -> int:
        at = max(0, min(at, self._count - 1))
        nearby = chain(range(at, self._count), range(at - 1, -1, -1))
        return next((near for near in nearby if self._stands(near)), -1)

    def _follow(self) -> None:
        """Scroll as little as shows the cursor's row, and the heading above the first row."""
        height = self.scrollable_content_region.height
        if self.cursor < 0 or height < 1:
            return
        top: int = self.scroll_offset.y
        first = self.cursor
        while first > 0 and not self._stands(first - 1):
            first -= 1
        if first < top:
            top = first
        top = max(min(top, self.cursor), self.cursor - height + 1)
        if top != self.scroll_offset.y:
            self.scroll_to(y=top, animate=False, immediate=True)
