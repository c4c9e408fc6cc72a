"""Markdown cut where nothing goes on: so that a long text can be parsed a little at a time."""

import re
from collections.abc import Iterator
from typing import NamedTuple

_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
_ITEM = re.compile(r"(?:[-*+]|\d{1,9}[.)])[ \t]")
_LEAST = 3_000
"""Characters from which a chunk ends where it can."""


class Chunk(NamedTuple):
    """Whole blocks of a text."""

    text: str
    apart: bool
    """Whether a blank line stands before it."""


def chunks(text: str) -> Iterator[Chunk]:
    """Part a text before a paragraph, a heading or an item of the outermost list; together they are the text.

    Never within fenced code. What has no such place is one chunk, however long it is.
    """
    lines = text.splitlines(keepends=True)
    start = size = 0
    fence = ""
    blank = apart = False
    for at, line in enumerate(lines):
        begins = _ITEM.match(line) is not None if not blank else line[:1] not in (" ", "\n")
        if size > _LEAST and begins and not fence:
            yield Chunk("".join(lines[start:at]), apart)
            start, size, apart = at, 0, blank
        mark = _FENCE.match(line)
        if mark is not None and not fence:
            fence = mark[1]
        elif mark is not None and mark[1].startswith(fence) and not line[mark.end() :].strip():
            fence = ""
        blank = not line.strip()
        size += len(line)
    if start < len(lines):
        yield Chunk("".join(lines[start:]), apart)
