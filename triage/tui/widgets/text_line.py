"""One line of a screen: what it is about."""

from typing import ClassVar

from textual.content import Content
from textual.strip import Strip
from textual.widget import Widget

from triage.clean import shown
from triage.tui.widgets.blocks import cut, styled
from triage.tui.widgets.painting import CLASSES, painted


class TextLine(Widget):
    """Shows one line: what matters first on the left, the rest on the right while there is room."""

    COMPONENT_CLASSES: ClassVar[set[str]] = set(CLASSES)

    def __init__(self, text: str = "", *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self._left = Content(text)
        self._right = Content("")

    def say(self, text: str, style: str = "") -> None:
        """Show a sentence, literally."""
        self.show(styled(shown(text).replace("\n", " "), style))

    def show(self, left: Content, right: Content | None = None) -> None:
        """Show this instead."""
        self._left, self._right = left, right or Content("")
        self.refresh()

    @property
    def text(self) -> str:
        """What it says."""
        return f"{self._left.plain} {self._right.plain}".strip()

    def render_line(self, y: int) -> Strip:
        """The line, cut with an ellipsis where it does not fit."""
        width = self.size.width
        if y or width < 3:
            return painted(self, Content(""), width)
        room = width - 2
        left = cut(self._left, room)
        gap = room - left.cell_length - self._right.cell_length
        right = Content(" " * gap) + self._right if gap >= 2 else Content("")
        return painted(self, Content(" ") + left + right, width)
