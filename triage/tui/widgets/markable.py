"""Marking a passage in a widget that shows a text: with the keys by sentence, with the mouse by character.

A widget takes this class first, says where its text stands, and paints what is marked:

    class Reader(Markable, LineWidget):
        @property
        def markable(self) -> str: ...                              # the text, as shown
        def place_at(self, x: int, y: int) -> int: ...              # a cell's character, or the nearest one
        def places_in_view(self) -> Span: ...                       # the first character in view, the last
        def bring_into_view(self, start: int, end: int) -> None: ...
        def scroll_pages(self, pages: int) -> None: ...

One with a long text says what its `sentences` and its `passage` are, too. `self.mark` is what is marked; the
widget calls `drop_mark()` when it shows another text. The screen calls `begin_marking` for the keys: the
widget has the focus until the screen takes the passage or ends the marking, or until it posts `Unmarked`.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual import events
from textual.message import Message

from triage.sentences import spans
from triage.tui.keys import Place, bind
from triage.tui.marking import Mark, Span, first_from, sentence_at

if TYPE_CHECKING:
    from textual.widget import Widget

    _Host = Widget
else:
    # A second base that is a node would hide the first one's sheets and bindings from Textual.
    _Host = object


class Markable(_Host):
    """Holds a mark; the keys and the mouse draw it."""

    class Unmarked(Message):
        """Marking with the keys ended by itself: the focus went elsewhere, or another text is shown."""

    mark: Mark | None = None
    """What is marked."""
    _by_keys = False
    """Whether the keys draw the mark."""
    _pressed: int | None = None
    """Where the mouse was pressed."""
    _sentences: tuple[str, Sequence[Span]] = "", ()
    """The text that was asked about last, and its sentences."""

    @property
    def markable(self) -> str:
        """The text that can be marked, as shown; empty when there is none."""
        raise NotImplementedError

    def place_at(self, x: int, y: int) -> int:
        """The character at a cell of the widget, or the nearest one."""
        raise NotImplementedError

    def places_in_view(self) -> Span:
        """The first character that is in view, and the last."""
        raise NotImplementedError

    def bring_into_view(self, start: int, end: int) -> None:
        """Scroll so that a part of the text is in view, its start if it is too long."""
        raise NotImplementedError

    def scroll_pages(self, pages: int) -> None:
        """Scroll by screenfuls."""
        raise NotImplementedError

    def sentences(self) -> Sequence[Span]:
        """The sentences that can be marked, in their order: all, or those near what is in view."""
        text = self.markable
        if self._sentences[0] != text:
            self._sentences = text, spans(text)
        return self._sentences[1]

    def beginnings(self) -> Sequence[Span]:
        """The sentences that marking begins with, where one of them is in view."""
        return self.sentences()

    @property
    def passage(self) -> str:
        """The passage that is marked; empty when none is."""
        return self.markable[self.mark.start : self.mark.end].strip() if self.mark is not None else ""

    @property
    def is_marking(self) -> bool:
        """Whether the keys draw the mark."""
        return self._by_keys

    def begin_marking(self, preset: str) -> bool:
        """Mark the first sentence in view, and let the keys draw the mark; False when there is none."""
        sentences = self.sentences()
        if not sentences:
            return False
        bind(self, Place.MARK, preset)
        self._by_keys = True
        self.can_focus = True
        self.screen.set_focus(self, scroll_visible=False)
        self._mark_first(sentences)
        return True

    def drop_mark(self) -> None:
        """Unmark, and tell when the keys drew the mark."""
        if self._by_keys:
            self.post_message(self.Unmarked())
        self.end_marking()

    def end_marking(self) -> None:
        """Unmark; the keys draw no longer."""
        self._pressed = None
        if self._by_keys:
            self._by_keys = self.can_focus = False
        if self.mark is not None:
            self.mark = None
            self.refresh()

    def take_passage(self) -> str:
        """The passage that is marked, which is unmarked by that."""
        passage = self.passage
        self.end_marking()
        return passage

    def action_step_mark(self, by: int) -> None:
        """Mark another sentence."""
        if self.mark is not None:
            self._draw(self.mark.step(self.sentences(), by))

    def action_extend_mark(self, by: int) -> None:
        """Mark one sentence more, or less."""
        if self.mark is not None:
            self._draw(self.mark.extend(self.sentences(), by))

    def action_page_mark(self, pages: int) -> None:
        """Scroll; the first sentence in view is marked."""
        self.scroll_pages(pages)
        self._mark_first(self.sentences())

    def on_blur(self) -> None:
        """Something else has the keys; where it is another window, the mark waits for them."""
        if self.is_marking and self.app.app_focus and not self.has_focus:
            self.drop_mark()

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Begin to mark; a press alone unmarks."""
        event.stop()
        if not self.is_marking:
            self.drop_mark()
            if event.button == 1 and self.sentences():
                self._pressed = self.place_at(event.x, event.y)
                self.capture_mouse()

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Draw the mark to where the mouse is; beyond the edges the text scrolls."""
        if self._pressed is not None:
            here = self.place_at(event.x, event.y)
            mark = self.mark or Mark(*2 * ((self._pressed, self._pressed + 1),))
            if self.mark is not None or here != self._pressed:
                self._draw(mark.drawn_to((here, here + 1)))

    def on_mouse_up(self, event: events.MouseUp) -> None:
        """The mark is drawn."""
        event.stop()
        self.release_mouse()
        self._pressed = None

    def on_click(self, event: events.Click) -> None:
        """Twice: the sentence."""
        event.stop()
        sentences = self.sentences() if event.chain == 2 and not self.is_marking else ()
        if sentences:
            self._draw(sentence_at(sentences, self.place_at(event.x, event.y)))

    def _mark_first(self, sentences: Sequence[Span]) -> None:
        first, last = self.places_in_view()
        in_view = [span for span in self.beginnings() if span[1] > first and span[0] < last]
        self._draw(first_from(in_view or sentences, first, last))

    def _draw(self, mark: Mark) -> None:
        self.mark = mark
        self.bring_into_view(*mark.head)
        self.refresh()
