"""A widget painted line by line from pieces of text in named styles; it scrolls without any layout."""

from collections.abc import Iterable
from typing import TypeAlias

from rich.cells import cell_len, chop_cells, set_cell_size
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip
from textual.widget import Widget

Piece: TypeAlias = tuple[str, str]
"""Text, and the name of its component class; an empty name is the widget's own style."""


def cut(text: str, width: int) -> str:
    """A text of at most so many cells; what is cut ends in `…`."""
    if cell_len(text) <= width:
        return text
    return set_cell_size(text, width - 1).rstrip() + "…" if width > 0 else ""


def wrap(text: str, width: int) -> list[str]:
    """Break a text at its spaces into lines of at most `width` cells; a word that is wider is broken."""
    lines: list[str] = []
    line, used = "", 0
    for word in text.split():
        size = len(word) if word.isascii() else cell_len(word)
        if used and used + 1 + size <= width:
            line += f" {word}"
            used += 1 + size
            continue
        if used:
            lines.append(line)
        if size > width:
            *whole, word = chop_cells(word, width)
            lines += whole
            size = cell_len(word)
        line, used = word, size
    return [*lines, line] if used else lines


def foreground(whole: Style) -> Style:
    """A style without its background, to lie on top of another one."""
    return Style(
        color=whole.color,
        bold=whole.bold or None,
        italic=whole.italic or None,
        underline=whole.underline or None,
        strike=whole.strike or None,
    )


class LineWidget(Widget):
    """Keeps the styles of its component classes until the theme or the sheets change."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._known_styles: dict[tuple[str, str], Style] = {}

    def notify_style_update(self) -> None:
        """The theme or the sheets changed."""
        self._known_styles.clear()
        super().notify_style_update()

    def style_of(self, name: str, under: str = "") -> Style:
        """The style of a component class on top of another's; an empty name is the widget's own."""
        style = self._known_styles.get((name, under))
        if style is None:
            base = self.get_component_rich_style(under) if under else self.rich_style
            style = base + self._colour_of(name) if name else base
            self._known_styles[(name, under)] = style
        return style

    def strip(self, pieces: Iterable[Piece], width: int, under: str = "") -> Strip:
        """One line of exactly so many cells."""
        segments = [Segment(text, self.style_of(name, under)) for text, name in pieces if text]
        return Strip(segments).adjust_cell_length(width, self.style_of("", under))

    def _colour_of(self, name: str) -> Style:
        """A component class without its background: muted colours are mixed with the widget's own."""
        return foreground(self.get_component_rich_style(name))
