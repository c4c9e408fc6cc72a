"""Painting: lines of Content, styled by names, become strips of cells in the colours of styles/."""

from dataclasses import replace

from rich.segment import Segment
from textual.color import TRANSPARENT
from textual.content import Content
from textual.strip import Strip
from textual.style import Style
from textual.widget import Widget

NAMES = (
    "accent",
    "code",
    "cursor",
    "dim",
    "emphasis",
    "heading",
    "html",
    "key",
    "kept",
    "link",
    "mark",
    "marked",
    "match",
    "match-here",
    "rule",
    "strong",
    "struck",
    "thumb",
    "title",
    "warning",
)
"""The named styles that lines of text are made of."""

CLASSES = frozenset(f"text--{name}" for name in NAMES)
"""The component classes of a widget that paints them; styles/text.tcss gives each its look."""


def painted(widget: Widget, content: Content, width: int, base: Style | None = None) -> Strip:
    """One line of a widget that has CLASSES, cropped or filled to `width` cells."""
    under = base if base is not None else widget.visual_style

    def style_of(style: str | Style) -> Style:
        if isinstance(style, Style):
            return style
        names = (widget.get_visual_style(f"text--{name}") for name in style.split())
        return replace(sum(names, Style()), background=TRANSPARENT)

    segments = [
        Segment(text, (under + style).rich_style)
        for text, style in content.render(Style(), end="", parse_style=style_of)
    ]
    return Strip(segments).adjust_cell_length(width, under.rich_style)
