"""A text as it was changed: what is gone struck out, what is new emphasised, both in brackets.

The brackets tell the two apart without colours, on a terminal that strikes nothing out, and when copied.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from rich.cells import cell_len, chop_cells

from triage.tui.widgets.line_widget import Piece
from triage.word_diff import BRACKETS, How, Run

_STYLES = {How.REMOVED: "reader--removed", How.ADDED: "reader--added"}
_MARK_STYLE = "reader--dim"


class _Word(NamedTuple):
    """What stays on one line, if the line is wide enough."""

    pieces: tuple[Piece, ...]
    gap: str
    """The style of the space before it, if it does not begin a line."""
    ends: bool
    """Whether a paragraph ends before it."""

    @property
    def size(self) -> int:
        return sum(cell_len(text) for text, _ in self.pieces)


def changed_lines(
    runs: Sequence[Run], width: int, style: str = "", *, paragraphs: Sequence[int] = ()
) -> list[list[Piece]]:
    """The lines of a changed text, none wider than `width` cells; `style` is that of what stayed.

    `paragraphs` are how many words of the later text each of its paragraphs has: they stay apart.
    """
    lines: list[list[Piece]] = []
    line: list[Piece] = []
    used = 0
    for word in _words(runs, style, paragraphs):
        if word.ends:
            lines += [line, []]
            line, used = [], 0
        elif used and used + 1 + word.size <= width:
            line.append((" ", word.gap))
            line += word.pieces
            used += 1 + word.size
            continue
        elif used:
            lines.append(line)
        *whole, line = _broken(word, width)
        lines += whole
        used = sum(cell_len(text) for text, _ in line)
    return [*lines, line] if line else lines


def _words(runs: Sequence[Run], style: str, paragraphs: Sequence[int]) -> Iterator[_Word]:
    ends, total = set[int](), 0
    for words in paragraphs[:-1]:
        total += words
        ends.add(total)
    past = 0
    for run in runs:
        look = _STYLES.get(run.how, style)
        opening, closing = BRACKETS[run.how]
        for at, text in enumerate(run.words):
            is_first, is_last = at == 0, at == len(run.words) - 1
            pieces = ((opening if is_first else "", _MARK_STYLE), (text, look),
                      (closing if is_last else "", _MARK_STYLE))  # fmt: skip
            yield _Word(tuple(piece for piece in pieces if piece[0]), "" if is_first else look, past in ends)
            ends.discard(past)
            past += run.how is not How.REMOVED


def _broken(word: _Word, width: int) -> list[list[Piece]]:
    """The lines of a word alone: one, unless it is wider than a line."""
    if word.size <= width:
        return [list(word.pieces)]
    lines: list[list[Piece]] = [[]]
    room = width
    for text, style in word.pieces:
        for char in chop_cells(text, 1):
            size = cell_len(char)
            if size > room:
                lines.append([])
                room = width
            lines[-1].append((char, style))
            room -= size
    return lines
