"""The text of a paper as it grows: its blocks, its sections, and places in it that outlive every width.

A place is a number: so many characters stand before it, a block's end counted as one. What is appended later
moves none.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from triage import clean
from triage.full_text import Part
from triage.sentences import spans
from triage.tui.marking import Span
from triage.tui.reading_places import Bookmark
from triage.tui.widgets.blocks import BLANK, Block, plain
from triage.tui.widgets.markdown_blocks import drawn

_HEADINGS = ("title", "heading", "heading", "strong")
"""The looks of the headings of levels 0, 1, 2, and all below."""

_SENTENCE_END = re.compile(r"[.!?:…][\"'”’)\]]*\Z")


class Section(NamedTuple):
    """A part of the text with a heading of its own."""

    anchor: str
    level: int
    """1 for a section, 2 for one within it; 0 for what stands before the first heading."""
    heading: str
    block: int
    """The block of its heading."""


class TextBody:
    """Blocks one after the other; only ever added to."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.starts: list[int] = []
        """The place each block begins at."""
        self.sections: list[Section] = []
        self.end = 0
        """The place behind all."""
        self._section_blocks: list[int] = []
        self._anchors: dict[str, int] = {}
        """The block of each anchor."""

    def begin(self, title: str, told: str) -> None:
        """Put a title at the top, and below it what is to be told of the text."""
        self._append(plain(title, "title"))
        self._append(plain(told, "dim"))

    def tell(self, sentence: str) -> None:
        """Append a sentence that is no part of the text."""
        self._append(BLANK)
        self._append(plain(sentence))

    def taken_in(self, part: Part) -> Iterator[None]:
        """Append a part: a little of it each time that one asks for more."""
        for _ in range(2 if part.level == 1 and self.sections else 1 if self.blocks else 0):
            self._append(BLANK)
        begins = len(self.blocks)
        heading = clean.line(part.heading)
        self.sections.append(Section(part.anchor, part.level, heading, begins))
        self._section_blocks.append(begins)
        if part.anchor:
            self._anchors.setdefault(part.anchor, begins)
        if heading:
            self._append(plain(heading, _HEADINGS[min(part.level, len(_HEADINGS) - 1)]))
        lines: list[int] = []
        first = len(self.blocks)
        gap = bool(heading)
        for block in drawn(part.markdown):
            if block is not None:
                if gap:
                    gap = False
                    self._append(BLANK)
                    first += 1
                self._append(block)
                lines.append(max(block.line, lines[-1] if lines else 0))
            yield
        for anchor, line in part.targets:
            at = max(0, bisect_right(lines, line) - 1)
            # Of the blocks that begin at one line the first is meant.
            at = bisect_left(lines, lines[at]) if lines else -1
            self._anchors.setdefault(anchor, min(first + at, len(self.blocks) - 1))

    def block_at(self, place: int) -> int:
        """The block that a place is in. There is one."""
        return max(0, bisect_right(self.starts, place) - 1)

    def section_at(self, place: int) -> int:
        """The section that a place is in; -1 before the first."""
        return bisect_right(self._section_blocks, self.block_at(place)) - 1

    def section_start(self, section: int) -> int:
        """The place of a section's heading."""
        return self.starts[min(self.sections[section].block, len(self.starts) - 1)]

    def anchored(self, anchor: str) -> int | None:
        """The place that links to an anchor lead to."""
        block = self._anchors.get(anchor)
        return None if block is None else self.starts[block]

    def link_at(self, place: int) -> str:
        """Where the link at a place leads; empty where there is none."""
        block = self.block_at(place)
        offset = place - self.starts[block]
        return next((to for start, end, to in self.blocks[block].links if start <= offset < end), "")

    def bookmark(self, place: int) -> Bookmark:
        """A place as it is remembered."""
        block, section = self.block_at(place), self.section_at(place)
        anchor = self.sections[section].anchor if section >= 0 else ""
        start = self.sections[section].block if anchor else 0
        return Bookmark(anchor, block - start, place - self.starts[block])

    def marked_by(self, bookmark: Bookmark) -> int | None:
        """Where a bookmark is; None while it is not there yet, or when it is there no more."""
        if not bookmark.anchor:
            start = 0
        else:
            found = next((one for one in self.sections if one.anchor == bookmark.anchor), None)
            if found is None:
                return None
            start = found.block
        block = start + bookmark.block
        if not 0 <= block < len(self.blocks):
            return None
        return self.starts[block] + min(bookmark.offset, len(self.blocks[block].text.plain))

    def sentences(self, first: int, last: int) -> list[Span]:
        """The sentences of the blocks from one to before another: of code its lines, of a table its rows."""
        found: list[Span] = []
        for at in range(max(0, first), min(last, len(self.blocks))):
            block, start = self.blocks[at], self.starts[at]
            found += ((start + begin, start + end) for begin, end in _parts(block))
        return found

    def is_text(self, start: int, end: int) -> bool:
        """Tell whether a sentence is one of the text: no heading, no name, no formula by itself."""
        at, number = self.block_at(start), self.section_at(start)
        if number < 0:
            return False
        block, section = self.blocks[at], self.sections[number]
        if block.code or block.row is not None:
            return True
        is_heading = section.block == at and bool(section.heading)
        ends = _SENTENCE_END.search(block.text.plain[: end - self.starts[at]])
        return not is_heading and ends is not None

    def passage(self, first: int, last: int) -> str:
        """The text from one place to before another, as shown; a blank line between two paragraphs."""
        texts = []
        for at in range(self.block_at(first), self.block_at(max(first, last - 1)) + 1):
            block, start = self.blocks[at], self.starts[at]
            text = block.text.plain[max(0, first - start) : max(0, last - start)]
            texts.append(text.replace("\n", "\n\n") if block.code else text.replace("\n", " "))
        return "\n\n".join(text.strip() for text in texts if text.strip())

    def _append(self, block: Block) -> None:
        self.blocks.append(block)
        self.starts.append(self.end)
        self.end += len(block.text.plain) + 1


def _parts(block: Block) -> Sequence[Span]:
    text = block.text.plain
    if not text.strip():
        return ()
    if block.row is not None:
        return ((0, len(text)),)
    if not block.code:
        return spans(text)
    lines: list[Span] = []
    at = 0
    for line in text.split("\n"):
        if line.strip():
            lines.append((at + len(line) - len(line.lstrip()), at + len(line)))
        at += len(line) + 1
    return lines
