"""Painting a long text: what is in view, its matches and its mark, and a bar that tells how far that is."""

from itertools import pairwise
from typing import ClassVar, NamedTuple

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from triage.tui.marking import Mark
from triage.tui.text_body import TextBody
from triage.tui.text_search import LONGEST, TextSearch
from triage.tui.text_window import TextWindow
from triage.tui.widgets.fragments import Fragment
from triage.tui.widgets.line_widget import LineWidget
from triage.tui.widgets.painting import CLASSES

BAR = 2
"""Cells at the right for the bar."""


class _Over(NamedTuple):
    """A look on top of a part of the text."""

    start: int
    end: int
    style: str


class TextPainting(LineWidget):
    """Paints the lines of a window, each on its own."""

    COMPONENT_CLASSES: ClassVar[set[str]] = set(CLASSES)

    mark: Mark | None = None
    """What is marked."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.window = TextWindow(TextBody())
        self.search: TextSearch | None = None
        """Whose matches are shown."""
        self.bar_seen: range | None = None
        """The rows of the bar that were painted last."""
        self._bar_at: tuple[object, ...] = ()
        self._bar_rows: range | None = None

    @property
    def body(self) -> TextBody:
        """The text that is shown."""
        return self.window.body

    def fit(self) -> None:
        """Give the window the widget's size."""
        self.window.resize(self.size.width - BAR, self.size.height)

    def render_line(self, y: int) -> Strip:
        """One line of what is in view, and of the bar beside it."""
        self.fit()
        view, bar = self.window.view(), self.bar()
        room = max(0, self.size.width - (BAR if bar is not None else 0))
        pieces: list[Segment] = []
        if y < len(view):
            block, at = view[y]
            pieces = self._painted(self.body.starts[block], self.window.lines(block)[at])
        strip = Strip(pieces).adjust_cell_length(room, self._look("", ""))
        self.bar_seen = bar
        if bar is None:
            return strip
        mark = " ▐" if y in bar else "  "
        return Strip.join([strip, Strip([Segment(mark, self._look("thumb", ""))])])

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
        look = self._known_styles.get((style, over))
        if look is None:
            look = self.rich_style
            for name in style.split():
                look += self._colour_of(f"text--{name}")
            if over:
                # A colour of the sheet's own counts, and a background mixed with the widget's.
                own = self.get_component_rich_style(f"text--{over}", partial=True)
                mixed = self.get_component_rich_style(f"text--{over}")
                look += Style(color=own.color, bgcolor=mixed.bgcolor, bold=own.bold, underline=own.underline)
            self._known_styles[style, over] = look
        return look

    def bar(self) -> range | None:
        """The rows of the bar that stand for what is in view; None when that is all."""
        stamp = (*self.window.stamp, self.body.end)
        if stamp != self._bar_at:
            self._bar_at, self._bar_rows = stamp, self._bar_now()
        return self._bar_rows

    def _bar_now(self) -> range | None:
        height, total = self.size.height, self.body.end
        first, last = self.window.place, self.window.end
        if total <= 0 or (first == 0 and last >= total):
            return None
        length = max(1, round((last - first) / total * height))
        top = height - length if last >= total else min(round(first / total * height), height - length)
        return range(top, top + length)
