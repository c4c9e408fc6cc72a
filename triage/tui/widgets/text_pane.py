"""A text of any length to read: wrapped where it is seen, and scrolled without any layout."""

from dataclasses import dataclass
from itertools import pairwise
from typing import ClassVar, NamedTuple

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.message import Message
from textual.strip import Strip

from triage.tui.marking import Span
from triage.tui.text_body import TextBody
from triage.tui.text_search import LONGEST, TextSearch
from triage.tui.text_window import TextWindow
from triage.tui.widgets.fragments import Fragment
from triage.tui.widgets.line_widget import LineWidget
from triage.tui.widgets.markable import Markable
from triage.tui.widgets.painting import CLASSES

_BAR = 2
"""Cells at the right for the bar that shows how far one is."""
_WHEEL = 3
"""Lines that one step of the wheel scrolls."""
_NEAR = 12
"""Blocks before and behind those in view whose sentences can be marked with the keys."""


class _Over(NamedTuple):
    """A look on top of a part of the text."""

    start: int
    end: int
    style: str


class TextPane(Markable, LineWidget):
    """Shows a text that may still be growing; the screen tells it where to go."""

    ALLOW_SELECT = False
    """Textual's own marking knows nothing of where the text stands."""

    COMPONENT_CLASSES: ClassVar[set[str]] = set(CLASSES)

    class Scrolled(Message):
        """The mouse brought another part of the text into view."""

    @dataclass
    class Followed(Message):
        """A link was clicked."""

        target: str
        """Where it leads."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.search: TextSearch | None = None
        """Whose matches are shown."""
        self._window = TextWindow(TextBody())
        self._looks: dict[tuple[str, str], Style] = {}
        self._on_bar = False
        """Whether the mouse holds the bar."""
        self._bar_at: tuple[object, ...] = ()
        self._bar_rows: range | None = None

    @property
    def body(self) -> TextBody:
        """The text that is shown."""
        return self._window.body

    def show(self, body: TextBody) -> None:
        """Show another text from its beginning."""
        self.drop_mark()
        self._window = TextWindow(body)
        self._fit()
        self.refresh()

    def grown(self) -> None:
        """The text has grown; painted anew only where that is to be seen."""
        before = self._bar_rows
        if len(self._window.view()) < self.size.height or self._bar() != before:
            self.refresh()

    @property
    def place(self) -> int:
        """The place at the top."""
        self._fit()
        return self._window.place

    @property
    def first_word(self) -> int:
        """The place of the first text in view that is no blank line."""
        self._fit()
        lines = (line for line in self._window.view() if self.body.blocks[line[0]].text.plain.strip())
        first = next(lines, None)
        return self._window.place if first is None else self._window.place_of(first)

    @property
    def end(self) -> int:
        """The place behind what is in view."""
        self._fit()
        return self._window.end

    def scroll_lines(self, lines: int) -> None:
        """Scroll by so many lines."""
        self._fit()
        if self._window.scroll(lines):
            self.refresh()

    def scroll_pages(self, pages: float) -> None:
        """Scroll by screenfuls, two lines of which stay."""
        self.scroll_lines(round(pages * max(1, self.size.height - 2)))

    def go(self, place: int) -> None:
        """Bring a place to the top."""
        self._fit()
        if self._window.go(place):
            self.refresh()

    def to_end(self) -> None:
        """Bring the end into view."""
        self._fit()
        if self._window.to_end():
            self.refresh()

    def bring_into_view(self, start: int, end: int) -> None:
        """Scroll so that a part of the text is in view, its start if it is too long."""
        self._bring(start, end, 0)

    def bring_match(self, start: int, end: int) -> None:
        """Scroll so that a match is in view, not too near to an edge."""
        self._bring(start, end, self.size.height // 3)
        self.refresh()

    def turn(self, by: int) -> bool:
        """Show further columns of the tables in view; False when none has more."""
        self._fit()
        turned = self._window.turn(by)
        if turned:
            self.refresh()
        return turned

    # What can be marked.

    @property
    def markable(self) -> str:
        """The text around what is in view, as shown."""
        return self.body.passage(self.place, self.end)

    def sentences(self) -> list[Span]:
        """The sentences around what is in view."""
        view = self._window.view()
        return self.body.sentences(view[0][0] - _NEAR, view[-1][0] + _NEAR) if view else []

    @property
    def passage(self) -> str:
        """The passage that is marked; empty when none is."""
        return self.body.passage(self.mark.start, self.mark.end) if self.mark is not None else ""

    def place_at(self, x: int, y: int) -> int:
        """The character at a cell of the widget, or the nearest one."""
        self._fit()
        return self._window.place_at(y - self.gutter.top, max(0, x - self.gutter.left))

    def places_in_view(self) -> Span:
        """The first character that is in view, and the last."""
        return self.place, self.end

    # The mouse.

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Scroll by the wheel."""
        event.stop()
        self._rolled(_WHEEL)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Scroll by the wheel."""
        event.stop()
        self._rolled(-_WHEEL)

    def on_mouse_scroll_right(self, event: events.MouseScrollRight) -> None:
        """Show further columns of a table."""
        event.stop()
        self.turn(1)

    def on_mouse_scroll_left(self, event: events.MouseScrollLeft) -> None:
        """Show the columns before."""
        event.stop()
        self.turn(-1)

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Take hold of the bar."""
        if (
            event.button == 1
            and event.x - self.gutter.left >= self.size.width - _BAR
            and self._bar() is not None
        ):
            # The base class would begin to mark.
            event.prevent_default()
            event.stop()
            self._on_bar = True
            self.capture_mouse()
            self._pull(event.y)

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Scroll with the bar."""
        if self._on_bar:
            event.prevent_default()
            event.stop()
            self._pull(event.y)

    def on_mouse_up(self, event: events.MouseUp) -> None:
        """Let go of the bar."""
        if self._on_bar:
            event.stop()
            self._on_bar = False

    def on_click(self, event: events.Click) -> None:
        """Follow a link."""
        if event.chain == 1 and event.button == 1 and self.mark is None and self.body.blocks:
            target = self.body.link_at(self.place_at(event.x, event.y))
            if target:
                self.post_message(self.Followed(target))

    # Painting.

    def render_line(self, y: int) -> Strip:
        """One line of what is in view, and of the bar beside it."""
        self._fit()
        view, bar = self._window.view(), self._bar()
        room = max(0, self.size.width - (_BAR if bar is not None else 0))
        pieces: list[Segment] = []
        if y < len(view):
            block, at = view[y]
            pieces = self._painted(self.body.starts[block], self._window.lines(block)[at])
        strip = Strip(pieces).adjust_cell_length(room, self._look("", ""))
        if bar is None:
            return strip
        mark = " ▐" if y in bar else "  "
        return Strip.join([strip, Strip([Segment(mark, self._look("thumb", ""))])])

    def notify_style_update(self) -> None:
        """The theme or the sheets changed."""
        self._looks.clear()
        super().notify_style_update()

    def _painted(self, start: int, line: list[Fragment]) -> list[Segment]:
        """A line of the block that begins at a place."""
        overs = self._overs(start, line)
        if not overs:
            return [Segment(text, self._look(style, "")) for text, style, _ in line]
        pieces = []
        for text, style, at in line:
            if at < 0:
                pieces.append(Segment(text, self._look(style, "")))
                continue
            begin, end = start + at, start + at + len(text)
            cuts = {begin, end, *(cut for over in overs for cut in over[:2] if begin < cut < end)}
            for left, right in pairwise(sorted(cuts)):
                over = next((name for first, last, name in reversed(overs) if first <= left < last), "")
                pieces.append(Segment(text[left - begin : right - begin], self._look(style, over)))
        return pieces

    def _overs(self, start: int, line: list[Fragment]) -> list[_Over]:
        """The matches and the mark on a line; the last is on top."""
        if self.search is None and self.mark is None:
            return []
        places = [(start + at, start + at + len(text)) for text, _, at in line if at >= 0]
        if not places:
            return []
        first, last = min(places)[0], max(end for _, end in places)
        overs: list[_Over] = []
        if self.mark is not None and self.mark.start < last and self.mark.end > first:
            overs.append(_Over(self.mark.start, self.mark.end, "marked"))
        if self.search is not None:
            overs += (_Over(begin, end, "match") for begin, end in self.search.within(first - LONGEST, last))
            here = self.search.here
            if here is not None and here[0] < last and here[1] > first:
                overs.append(_Over(*here, "match-here"))
        return overs

    def _look(self, style: str, over: str) -> Style:
        look = self._looks.get((style, over))
        if look is None:
            look = self.rich_style
            for name in style.split():
                look += self._colour_of(f"text--{name}")
            if over:
                # A colour of the sheet's own counts, and a background mixed with the widget's.
                own = self.get_component_rich_style(f"text--{over}", partial=True)
                mixed = self.get_component_rich_style(f"text--{over}")
                look += Style(color=own.color, bgcolor=mixed.bgcolor, bold=own.bold, underline=own.underline)
            self._looks[style, over] = look
        return look

    def _bar(self) -> range | None:
        """The rows of the bar that stand for what is in view; None when that is all."""
        stamp = (*self._window.stamp, self.body.end)
        if stamp != self._bar_at:
            self._bar_at, self._bar_rows = stamp, self._bar_now()
        return self._bar_rows

    def _bar_now(self) -> range | None:
        height, total = self.size.height, self.body.end
        first, last = self._window.place, self._window.end
        if total <= 0 or (first == 0 and last >= total):
            return None
        length = max(1, round((last - first) / total * height))
        top = round(first / total * height)
        return range(min(top, height - length), min(top, height - length) + length)

    def _pull(self, y: int) -> None:
        """Go where the bar is held."""
        share = (y - self.gutter.top) / max(1, self.size.height - 1)
        self._window.go(round(share * self.body.end))
        self.refresh()
        self.post_message(self.Scrolled())

    def _rolled(self, lines: int) -> None:
        self.scroll_lines(lines)
        self.post_message(self.Scrolled())

    def _bring(self, start: int, end: int, margin: int) -> None:
        self._fit()
        if self._window.bring_into_view(start, end, margin=margin):
            self.refresh()

    def _fit(self) -> None:
        self._window.resize(self.size.width - _BAR, self.size.height)
