"""A block's lines in fragments: short texts in one look each, with their place in the block."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from textual.content import Content

from triage.tui.widgets.blocks import Block


class Fragment(NamedTuple):
    """A piece of a line."""

    text: str
    style: str = ""
    """Names of styles, the outermost first."""
    at: int = -1
    """Where it begins in the block's text; -1 for what only stands beside it."""


def fragments(block: Block, width: int, column: int | None = None) -> list[list[Fragment]]:
    """A block's lines, none wider than `width` cells; `column` as `Block.laid_out` takes it."""
    if block.fill:
        title = [*_styled(block.text, 0, len(block.text.plain))]
        return [[*title, Fragment(block.fill * max(0, width - block.text.cell_length), "rule")]]
    laid = block.laid_out(width, column)
    text = block.text
    ends = [span.end for span in text.spans]
    lines = []
    for number, bits in enumerate(laid.lines):
        prefix = laid.rest if number else laid.first
        line = [fragment._replace(at=-1) for fragment in _styled(prefix, 0, len(prefix.plain))]
        for bit in bits:
            if bit.before:
                line.append(Fragment(bit.before, bit.style))
            line += _styled(text, bit.start, bit.end, ends)
        lines.append(line)
    return lines


def _styled(content: Content, start: int, end: int, ends: Sequence[int] | None = None) -> Iterator[Fragment]:
    """A part of a text whose spans follow one another; `ends` are theirs."""
    text, spans = content.plain, content.spans
    ends = [span.end for span in spans] if ends is None else ends
    at = bisect_right(ends, start)
    while start < end:
        if at < len(spans) and spans[at].start <= start:
            stop, style = min(end, spans[at].end), str(spans[at].style)
            at += 1
        else:
            stop, style = min(end, spans[at].start if at < len(spans) else end), ""
        yield Fragment(text[start:stop], style, start)
        start = stop
