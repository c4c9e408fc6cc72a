"""A calendar of listing days, a row a week, with a cursor on one day: only what is on the screen is made."""

from bisect import bisect
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import ClassVar

from textual import events
from textual.content import Content
from textual.geometry import Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from triage import weeks
from triage.tui.widgets.blocks import cut, styled
from triage.tui.widgets.painting import CLASSES, painted
from triage.weeks import ALL_DAYS, Cell, Role, Row

_DAY = timedelta(days=1)
_HEADING = 1
"""Rows above the weeks."""
_WIDEST = 22
"""Columns of a cell, at most: further apart days are no longer a calendar."""
_BAR, _COUNTS = 5, 9
"""Cells of the bar of a day with open papers, and of the counts before it."""
STYLES = {
    Role.OPEN: ("strong", "", ""),
    Role.DONE: ("dim", "kept", "dim"),
    Role.QUIET: ("dim", "dim", "dim"),
    Role.TROUBLE: ("warning", "warning", "warning"),
    Role.TODAY: ("title", "title", "title"),
}
"""By what a day is, the styles of its number, its mark and what is told of it."""


class WeekCalendar(ScrollView, can_focus=True, inherit_bindings=False):
    """Shows weeks, the oldest first, below a row for what came before them."""

    COMPONENT_CLASSES: ClassVar[set[str]] = set(CLASSES)

    @dataclass
    class Pointed(Message):
        """A day was clicked; the cursor stands on it."""

        calendar: "WeekCalendar"
        """The calendar it was clicked in."""
        again: bool
        """Whether the cursor stood on it before."""

    def __init__(self, *, id: str | None = None, empty: str = "") -> None:
        """`empty` is shown while there are no weeks."""
        super().__init__(id=id)
        self.cursor: date | None = None
        """The day under the cursor; None on the row before the first week."""
        self._rows: Sequence[Row] = ()
        self._columns = weeks.WORKDAYS
        self._cell: Callable[[date], Cell | None] = lambda _day: None
        self._before = ""
        self._empty = empty
        self._painted: dict[tuple[Cell, int], Strip] = {}

    def show(
        self,
        days: Sequence[date],
        cell: Callable[[date], Cell | None],
        *,
        columns: int = weeks.WORKDAYS,
        before: str = "",
    ) -> None:
        """Show the weeks of these days (rising) instead; the cursor stays on its day.

        `cell` gives a day's cell; `before` is the row for what came before the first week, if there is one.
        """
        there = bool(self._rows)
        bottom = self.max_scroll_y - self.scroll_offset.y
        self._rows = weeks.rows_of(days, columns)
        self._cell, self._columns, self._before = cell, columns, before
        self.virtual_size = Size(0, _HEADING + len(self._rows) + self._first_row)
        if there:
            # Weeks that come before the others leave these where they are.
            self.scroll_to(y=max(0, self.max_scroll_y - bottom), animate=False, immediate=True)
        self._follow()
        self.refresh()

    def go(self, day: date | None) -> None:
        """Put the cursor on a day, or on the row before the first week."""
        self.cursor = day
        self._follow()
        self.refresh()

    def to_end(self) -> None:
        """Scroll to the last week, or as near as shows the cursor."""
        self.scroll_to(y=self.max_scroll_y, animate=False, immediate=True)
        self._follow()

    @property
    def page(self) -> int:
        """Weeks in a screenful, less one to read on by."""
        return max(1, self.scrollable_content_region.height - _HEADING - 1)

    @property
    def on_screen(self) -> Sequence[date]:
        """The days on the screen, the last first."""
        top = max(0, self.scroll_offset.y - self._first_row)
        rows = self._rows[top : top + self.scrollable_content_region.height]
        return [day for row in reversed(rows) for day in reversed(weeks.days_of(row.monday, self._columns))]

    def step(self, days: int) -> date | None:
        """The day so many days from the cursor's: days of which nothing is told are passed over."""
        known = self._days()
        if not known or (self.cursor is None and days < 0):
            return self.cursor
        if self.cursor is None:
            return known[0]
        at = next((at for at, day in enumerate(known) if day >= self.cursor), len(known) - 1) + days
        if at < 0:
            return None if self._before else known[0]
        return known[min(at, len(known) - 1)]

    def step_weeks(self, by: int) -> date | None:
        """The day so many weeks from the cursor's, or the nearest to it in its week."""
        known = self._days()
        if not known:
            return self.cursor
        first, last = self._first_row, self._first_row + len(self._rows) - 1
        here = min(self._row_of(self.cursor) + by, last)
        while first <= here <= last:
            monday = self._rows[here - first].monday
            within = [day for day in weeks.days_of(monday, self._columns) if self._cell(day) is not None]
            if within:
                wanted = monday + (self.cursor.weekday() if self.cursor is not None else 0) * _DAY
                return min(within, key=lambda day: abs((day - wanted).days))
            # Weeks of which nothing is told are passed over.
            here += 1 if by > 0 else -1
        if here > last:
            return known[-1]
        return None if self._before else known[0]

    def notify_style_update(self) -> None:
        """The theme or the sheets changed."""
        self._painted.clear()
        super().notify_style_update()

    def on_click(self, event: events.Click) -> None:
        """Move the cursor to the day that was clicked."""
        row: int = self.scroll_offset.y + event.y - _HEADING
        if event.y < _HEADING or row >= self._first_row + len(self._rows):
            return
        event.stop()
        day = None
        if row >= self._first_row:
            column = (event.x - 1 - weeks.LABEL) // self._cell_width
            day = self._rows[row - self._first_row].monday + column * _DAY
            if not 0 <= column < self._columns or self._cell(day) is None:
                return
        again = day == self.cursor
        self.go(day)
        self.post_message(self.Pointed(self, again))

    def on_resize(self) -> None:
        """Keep the cursor's week on the screen."""
        self._painted.clear()
        self._follow()

    def render_line(self, y: int) -> Strip:
        """The weekdays, a week, or an empty line beneath the last."""
        width = self.scrollable_content_region.width
        if not self._rows:
            return painted(self, Content(" ") + styled(self._empty if y == 0 else "", "dim"), width)
        if y < _HEADING:
            names = weeks.heading(self._columns, self._cell_width)
            return painted(self, Content(" ") + styled("".join(piece.text for piece in names), "dim"), width)
        row: int = self.scroll_offset.y + y - _HEADING
        if row < self._first_row:
            return self._painted_before(width)
        if row - self._first_row >= len(self._rows):
            return painted(self, Content(""), width)
        return self._painted_week(self._rows[row - self._first_row], width)

    def _painted_before(self, width: int) -> Strip:
        text = cut(styled(self._before, "dim"), width - 1)
        if self.cursor is not None:
            return painted(self, Content(" ") + text, width)
        return painted(self, styled("▌", "accent") + text, width, self.get_visual_style("text--cursor"))

    def _painted_week(self, row: Row, width: int) -> Strip:
        if row.until is not None:
            label = styled(f"{row.label:<{weeks.LABEL}}", "heading")
            return painted(self, Content(" ") + label + styled(weeks.folded(row.until), "dim"), width)
        cell_width = self._cell_width
        start = painted(self, Content(" ") + styled(row.label, "heading"), 1 + weeks.LABEL)
        strips = [start]
        for day in weeks.days_of(row.monday, self._columns):
            cell = self._cell(day)
            if cell is None:
                strips.append(painted(self, Content(""), cell_width))
            elif day != self.cursor:
                strips.append(self._painted_cell(cell, cell_width))
            else:
                bar = styled("▌" if self.has_focus else "▏", "accent")
                content = bar + _content(cell, cell_width)[1 : cell_width - 1]
                strips.append(painted(self, content, cell_width - 1, self.get_visual_style("text--cursor")))
                strips.append(painted(self, Content(""), 1))
        return Strip.join(strips).adjust_cell_length(width, self.visual_style.rich_style)

    def _painted_cell(self, cell: Cell, width: int) -> Strip:
        """A cell without the cursor: painted once, for a key repaints them all."""
        known = self._painted.get((cell, width))
        if known is None:
            known = self._painted[cell, width] = painted(self, _content(cell, width), width)
        return known

    @property
    def _first_row(self) -> int:
        """The row of the first week."""
        return 1 if self._before and self._rows else 0

    @property
    def _cell_width(self) -> int:
        room = self.scrollable_content_region.width - 1 - weeks.LABEL
        return max(1, min(room // self._columns, _WIDEST))

    def _days(self) -> Sequence[date]:
        """The days the cursor may stand on, rising."""
        every = (monday + at * _DAY for monday, *_ in self._rows for at in range(ALL_DAYS))
        return [day for day in every if day.weekday() < self._columns and self._cell(day) is not None]

    def _row_of(self, day: date | None) -> int:
        if day is None or not self._rows:
            return 0
        return max(0, bisect(self._rows, day, key=lambda row: row.monday) - 1) + self._first_row

    def _follow(self) -> None:
        """Scroll as little as shows the cursor's week."""
        height = self.scrollable_content_region.height - _HEADING
        if height < 1 or not self._rows:
            return
        top: int = self.scroll_offset.y
        row = self._row_of(self.cursor)
        top = max(min(top, row), row - height + 1)
        if top != self.scroll_offset.y:
            self.scroll_to(y=top, animate=False, immediate=True)


def _content(cell: Cell, width: int) -> Content:
    """A cell in so many columns; where there is room, a bar shows how far one is with a day."""
    number, mark, told = cell.pieces(width)
    of_number, of_mark, of_told = STYLES[cell.role]
    start = styled(number.text, STYLES[Role.TODAY][0] if cell.is_today else of_number)
    start += styled(mark.text, of_mark)
    if width < _WIDEST or cell.papers is None or not cell.open:
        return start + styled(told.text, of_told)
    total = cell.papers.decided + cell.papers.open
    done = -(-cell.papers.decided * _BAR // total)
    start += styled(f"{told.text.rstrip():<{_COUNTS}}", of_told)
    return start + styled("━" * done, "heading") + styled("─" * (_BAR - done), "rule")
