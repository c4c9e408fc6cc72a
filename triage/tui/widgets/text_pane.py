"""A text of any length to read: wrapped where it is seen, and scrolled without any layout."""

from dataclasses import dataclass

from textual import events
from textual.message import Message

from triage.tui.marking import Span
from triage.tui.text_body import TextBody
from triage.tui.text_window import TextWindow
from triage.tui.widgets.markable import Markable
from triage.tui.widgets.text_painting import BAR, TextPainting

_WHEEL = 3
"""Lines that one step of the wheel scrolls."""
_NEAR = 12
"""Blocks before and behind those in view whose sentences can be marked with the keys."""


class TextPane(Markable, TextPainting):
    """Scrolls a text that may still be growing; the screen tells it where to go."""

    ALLOW_SELECT = False
    """Textual's own marking knows nothing of where the text stands."""

    class Scrolled(Message):
        """The mouse or a mark brought another part of the text into view."""

    @dataclass
    class Followed(Message):
        """A link was clicked."""

        target: str
        """Where it leads."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._on_bar = False
        """Whether the mouse holds the bar."""

    def show(self, body: TextBody) -> None:
        """Show another text from its beginning."""
        self.drop_mark()
        self.window = TextWindow(body)
        self.fit()
        self.refresh()

    def grown(self) -> None:
        """The text has grown; painted anew only where there was room for more."""
        if len(self.window.view()) < self.size.height:
            self.refresh()

    def show_bar(self) -> None:
        """Paint anew if the bar is another by now."""
        if self.bar() != self.bar_seen:
            self.refresh()

    @property
    def place(self) -> int:
        """The place at the top."""
        self.fit()
        return self.window.place

    @property
    def first_word(self) -> int:
        """The place of the first text in view that is no blank line."""
        self.fit()
        lines = (line for line in self.window.view() if self.body.blocks[line[0]].text.plain.strip())
        first = next(lines, None)
        return self.window.place if first is None else self.window.place_of(first)

    @property
    def end(self) -> int:
        """The place behind what is in view."""
        self.fit()
        return self.window.end

    def scroll_lines(self, lines: int) -> None:
        """Scroll by so many lines."""
        self.fit()
        if self.window.scroll(lines):
            self.refresh()

    def scroll_pages(self, pages: float) -> None:
        """Scroll by screenfuls, two lines of which stay."""
        self.scroll_lines(round(pages * max(1, self.size.height - 2)))

    def go(self, place: int) -> None:
        """Bring a place to the top."""
        self.fit()
        if self.window.go(place):
            self.refresh()

    def to_end(self) -> None:
        """Bring the end into view."""
        self.fit()
        if self.window.to_end():
            self.refresh()

    def bring_into_view(self, start: int, end: int) -> None:
        """Scroll so that a part of the text is in view, its start if it is too long."""
        if self._bring(start, end, 0):
            self.post_message(self.Scrolled())

    def bring_match(self, start: int, end: int) -> None:
        """Scroll so that a match is in view, not too near to an edge."""
        self._bring(start, end, self.size.height // 3)
        self.refresh()

    def turn(self, by: int) -> bool:
        """Show further columns of the tables in view; False when none has more."""
        self.fit()
        turned = self.window.turn(by)
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
        view = self.window.view()
        return self.body.sentences(view[0][0] - _NEAR, view[-1][0] + _NEAR) if view else []

    def beginnings(self) -> list[Span]:
        """The sentences of the text itself: neither a heading nor what is told of the paper."""
        return [span for span in self.sentences() if self.body.is_text(*span)]

    @property
    def passage(self) -> str:
        """The passage that is marked; empty when none is."""
        return self.body.passage(self.mark.start, self.mark.end) if self.mark is not None else ""

    def place_at(self, x: int, y: int) -> int:
        """The character at a cell of the widget, or the nearest one."""
        self.fit()
        return self.window.place_at(y - self.gutter.top, max(0, x - self.gutter.left))

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
            and event.x - self.gutter.left >= self.size.width - BAR
            and self.bar() is not None
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

    def _pull(self, y: int) -> None:
        """Go where the bar is held."""
        share = (y - self.gutter.top) / max(1, self.size.height - 1)
        self.window.go(round(share * self.body.end))
        self.refresh()
        self.post_message(self.Scrolled())

    def _rolled(self, lines: int) -> None:
        self.scroll_lines(lines)
        self.post_message(self.Scrolled())

    def _bring(self, start: int, end: int, margin: int) -> bool:
        self.fit()
        moved = self.window.bring_into_view(start, end, margin=margin)
        if moved:
            self.refresh()
        return moved
