"""Where a text is broken into lines of a width: by offsets, so that a place in it outlives its wrapping."""

from collections.abc import Iterator
from typing import NamedTuple

from rich.cells import cell_len, chop_cells

from triage.pattern import pattern


class Stretch(NamedTuple):
    """One line of a text: from `start` to `end`."""

    start: int
    end: int
    continues: bool
    """Whether it goes on with the line above it, which was too long."""


_WORD = pattern(r"[^ ]+")
_SPACES = pattern(r" *")
# One cell each, as `cell_len` has it: Latin, Greek, Cyrillic, punctuation, scripts, letters, arrows, signs.
NARROW = (
    " -~\u00a1-\u00ac\u00ae-\u02ff\u0370-\u0377\u0384-\u038a\u038e-\u03a1\u03a3-\u0482\u1e00-\u1eff"
    "\u2010-\u2027\u2030-\u205e\u2070-\u2071\u2074-\u208e\u2090-\u209c\u2100-\u218b\u2190-\u22ff"
    "\U0001d400-\U0001d454\U0001d456-\U0001d49c\U0001d538-\U0001d539\U0001d53b-\U0001d53e"
    "\U0001d540-\U0001d544\U0001d54a-\U0001d550\U0001d552-\U0001d6a5\U0001d6a8-\U0001d7cb"
)
_NARROW = pattern(f"[{NARROW}]*")


def size(text: str) -> int:
    """How many cells a text takes."""
    return len(text) if text.isascii() or _NARROW.fullmatch(text) is not None else cell_len(text)


def breaks(
    text: str, width: int, further: int | None = None, *, start: int = 0, end: int | None = None
) -> Iterator[Stretch]:
    """Break a text, or the part of it from `start` to `end`, at its spaces, and where a line ends.

    A word that is too wide is broken. No line is wider than `width` cells (width >= 1), nor than `further`
    where it continues another. Spaces at a break go; those before and within a line count. Linear.
    """
    further = width if further is None else further
    stop = len(text) if end is None else end
    while start <= stop:
        line_end = text.find("\n", start, stop)
        line_end = stop if line_end < 0 else line_end
        if _NARROW.fullmatch(text, start, line_end):
            yield from _narrow(text, start, line_end, width, further)
        else:
            yield from _wide(text, start, line_end, width, further)
        start = line_end + 1


def _narrow(text: str, start: int, stop: int, width: int, further: int) -> Iterator[Stretch]:
    """Break a line whose characters take a cell each."""
    room, continues = width, False
    while stop - start > room:
        at = text.rfind(" ", start, start + room + 1)
        if at < 0 or not text[start:at].strip(" "):
            at = start + room
        yield Stretch(start, start + len(text[start:at].rstrip(" ")), continues)
        room, continues = further, True
        start = _past_spaces(text, at, stop)
    if start < stop or not continues:
        yield Stretch(start, start + len(text[start:stop].rstrip(" ")), continues)


def _wide(text: str, start: int, stop: int, width: int, further: int) -> Iterator[Stretch]:
    """Break a line word by word, whatever its characters take."""
    room, continues = width, False
    begin = end = start
    used = 0
    for word in _WORD.finditer(text, start, stop):
        cells = size(word[0])
        gap = word.start() - end
        if used + gap + cells <= room:
            used, end = used + gap + cells, word.end()
            continue
        if end > begin:
            yield Stretch(begin, end, continues)
            room, continues = further, True
        *whole, last = _chopped(word[0], room, further) if cells > room else (word[0],)
        begin = word.start()
        for head in whole:
            yield Stretch(begin, begin + len(head), continues)
            room, continues = further, True
            begin += len(head)
        used, end = size(last), word.end()
    if end > begin or not continues:
        yield Stretch(begin, end, continues)


def _chopped(word: str, room: int, further: int) -> list[str]:
    """Part a word so that its first piece takes at most `room` cells and every other at most `further`.

    A character of two cells is more than one cell of room; it stands alone.
    """
    first = chop_cells(word[: room + 1], max(room, 2))[0]
    rest = word[len(first) :]
    return [first, *(chop_cells(rest, max(further, 2)) if rest else ())]


def _past_spaces(text: str, start: int, stop: int) -> int:
    found = _SPACES.match(text, start, stop)
    return found.end() if found is not None else start
