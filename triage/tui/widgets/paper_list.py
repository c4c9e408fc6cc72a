"""The list of papers: sections with counts, marks, the cursor. Only the rows on the screen are ever made."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import ClassVar, NamedTuple

from rich.cells import cell_len
from textual import events
from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip

from triage import shown
from triage.inbox import Inbox, Section
from triage.paper import Row
from triage.replacement import Mark, is_replacement
from triage.tui.widgets.line_widget import LineWidget, Piece, cut

_MARKS = {Mark.OPEN: " ", Mark.KEPT: "✓", Mark.SKIPPED: "–", Mark.SEEN: "·"}
_HELD = ">"
_STYLES = {
    Mark.OPEN: "list--open",
    Mark.KEPT: "list--kept",
    Mark.SKIPPED: "list--skipped",
    Mark.SEEN: "list--skipped",
}
_MARGIN = 2
"""Lines kept in view above and below the cursor."""
_LONGEST_TITLE = 500
"""Characters of a title that are looked at; no line is longer."""


@lru_cache(maxsize=4096)
def _title(key: str, source: str) -> str:
    return shown.text(key, source[:_LONGEST_TITLE]) or "(no title)"


class _Span(NamedTuple):
    """A section's lines: its heading, its rows, and the blank line below."""

    section: Section
    line: int
    """The heading's line."""
    first: int
    """Its first row's place among the shown rows."""
    rows: int
    """How many of its rows are shown."""
    hits: int
    """How many of its rows match the filter, folded or not."""


class PaperList(LineWidget):
    """Shows an inbox; the screen tells it when there is another."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "list--bar",
        "list--count",
        "list--cursor",
        "list--heading",
        "list--kept",
        "list--note",
        "list--open",
        "list--skipped",
        "list--skipped-here",
        "list--version",
    }

    @dataclass
    class Pointed(Message):
        """A row was clicked."""

        at: int
        """Its number in the inbox."""

    @dataclass
    class Folded(Message):
        """A section's heading was clicked."""

        title: str
        """The section's."""

    def __init__(
        self, has_note: Callable[[Row], bool], is_held: Callable[[str], bool], *, id: str | None = None
    ) -> None:
        """What is told: whether a row's paper has a note, whether the paper is kept for the next haul."""
        super().__init__(id=id)
        self._has_note = has_note
        self._is_held = is_held
        self._inbox = Inbox()
        self._spans: list[_Span] = []
        self._lines = 0
        self._top = 0

    def show(self, inbox: Inbox) -> None:
        """Show an inbox; after a step of the cursor or a verdict only the lines that differ are painted."""
        before, self._inbox = self._inbox, inbox
        if (
            before.heading != inbox.heading
            or before.shown is not inbox.shown
            or before.rows is not inbox.rows
            or before.hits is not inbox.hits
        ):
            self._measure()
            self._follow()
            self.refresh()
            return
        top = self._top
        self._follow()
        if top != self._top or not _alike_but(before.cursor, before.marks, inbox.marks):
            self.refresh()
        else:
            self._refresh_rows({before.cursor, inbox.cursor})

    def repaint(self) -> None:
        """Paint again what may have changed beside the inbox: the notes."""
        self.refresh()

    @property
    def page(self) -> int:
        """Rows to move by for one page."""
        return max(1, self.size.height - 1)

    def on_resize(self) -> None:
        """Keep the cursor's row in view."""
        self._follow()
        self.refresh()

    def on_click(self, event: events.Click) -> None:
        """Point at a row, or fold a section by its heading."""
        event.stop()
        line = self._top + event.y
        span = self._span_of(line)
        if span is None:
            return
        if line == span.line:
            self.post_message(self.Folded(span.section.title))
        elif line <= span.line + span.rows:
            self.post_message(self.Pointed(self._inbox.shown[span.first + line - span.line - 1]))

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Scroll without moving the cursor."""
        event.stop()
        self._roll_to(self._top + 3)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Scroll without moving the cursor."""
        event.stop()
        self._roll_to(self._top - 3)

    def render_line(self, y: int) -> Strip:
        """One line: a heading, a row, or nothing."""
        width = self.size.width
        line = self._top + y
        span = self._span_of(line)
        if span is None or line > span.line + span.rows:
            return self.strip((), width)
        if line == span.line:
            return self.strip(self._heading(span, width), width)
        at = self._inbox.shown[span.first + line - span.line - 1]
        under = "list--cursor" if at == self._inbox.cursor else ""
        return self.strip(self._row(at, width), width, under)

    def _heading(self, span: _Span, width: int) -> list[Piece]:
        section = span.section
        total = section.stop - section.start
        count = f"{span.hits} of {total}" if self._inbox.query else f"{total}"
        folded = section.title in self._inbox.folded
        title = cut(section.title, width - 2)
        chosen = self._inbox.cursor < 0 and section.title == self._inbox.heading
        return [
            ("▌" if chosen else " ", "list--bar"),
            (f"{title} ", "list--heading"),
            (count, "list--count"),
            (" ›" if folded else "", "list--count"),
        ]

    def _row(self, at: int, width: int) -> list[Piece]:
        row = self._inbox.rows[at]
        stands = self._inbox.mark_at(at)
        style = _STYLES[stands]
        if style == "list--skipped" and at == self._inbox.cursor:
            style = "list--skipped-here"
        mark = _HELD if stands is Mark.KEPT and self._is_held(row.id) else _MARKS[stands]
        version = f"v{row.version or '?'}".ljust(4) if is_replacement(row) else ""
        room = max(0, width - 5 - len(version))
        title = cut(_title(row.id, row.title), room)
        return [
            ("▌" if at == self._inbox.cursor else " ", "list--bar"),
            (f"{mark} ", style),
            (version, "list--version" if stands is Mark.OPEN else style),
            (title + " " * (room - cell_len(title)), style),
            ("✎ " if self._has_note(row) else "  ", "list--note"),
        ]

    def _measure(self) -> None:
        """Lay the sections out on lines; costs as many steps as there are sections."""
        inbox, line = self._inbox, 0
        self._spans = []
        for section in inbox.sections:
            hits = _between(inbox.hits, section)
            if hits == 0:
                continue
            first = bisect_left(inbox.shown, section.start)
            rows = bisect_left(inbox.shown, section.stop) - first
            self._spans.append(_Span(section, line, first, rows, hits))
            line += rows + (2 if rows else 1)
        self._lines = line

    def _span_of(self, line: int) -> _Span | None:
        place = bisect_right(self._spans, line, key=lambda span: span.line) - 1
        return self._spans[place] if place >= 0 and line >= 0 else None

    def _line_of(self, at: int) -> int | None:
        """The line a row stands on, if it is shown."""
        place = bisect_left(self._inbox.shown, at)
        if at < 0 or place >= len(self._inbox.shown) or self._inbox.shown[place] != at:
            return None
        span = next(span for span in self._spans if span.first <= place < span.first + span.rows)
        return span.line + 1 + place - span.first

    def _follow(self) -> None:
        """Scroll as little as keeps the cursor in view, with a margin and the first row's heading."""
        height = self.size.height
        line = self._line_of(self._inbox.cursor)
        if line is None or height < 1:
            self._top = max(0, min(self._top, self._lines - height))
            return
        margin = min(_MARGIN, (height - 1) // 2)
        top = max(min(self._top, line - margin), line + margin - height + 1)
        self._top = max(0, min(top, self._lines - height))

    def _roll_to(self, line: int) -> None:
        top = max(0, min(line, self._lines - self.size.height))
        if top != self._top:
            self._top = top
            self.refresh()

    def _refresh_rows(self, rows: set[int]) -> None:
        for at in rows:
            line = self._line_of(at)
            if line is not None and 0 <= line - self._top < self.size.height:
                self.refresh(Region(0, line - self._top, self.size.width, 1))


def _alike_but(at: int, before: bytes, after: bytes) -> bool:
    """Tell whether two rows of marks differ in one place at most."""
    return before is after or (before[:at] == after[:at] and before[at + 1 :] == after[at + 1 :])


def _between(rows: Sequence[int], section: Section) -> int:
    """How many of the rising row numbers lie in a section."""
    return bisect_left(rows, section.stop) - bisect_left(rows, section.start)
