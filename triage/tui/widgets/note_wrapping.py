"""Where the lines of a note are broken to the width of their editor: at each key, so it has to be quick."""

import re
from bisect import bisect_right
from itertools import accumulate

from rich.cells import cell_len, get_character_cell_size
from textual._wrap import compute_wrap_offsets
from textual.document._document import Location
from textual.document._wrapped_document import WrappedDocument
from textual.expand_tabs import get_tab_widths

# What would steer the terminal or turn the text around: shown as a mark, kept in the text as it is.
_UNSHOWABLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff"
    "\ufff9-\ufffb\ud800-\udfff]"
)


def displayed(line: str) -> str:
    """A line as it is displayed, character for character."""
    return (
        line if line.isascii() and line.isprintable() else _UNSHOWABLE.sub("\N{REPLACEMENT CHARACTER}", line)
    )


def break_offsets(line: str, width: int) -> list[int]:
    """Where a displayed line without tabs is broken: behind its last space that fits, else in the word."""
    size = len(line) if line.isascii() else cell_len(line)
    if width < 1 or size <= width:
        return []
    narrow = size == len(line)
    cells = [] if narrow else [0, *accumulate(map(get_character_cell_size, line))]
    offsets: list[int] = []
    start = 0
    while True:
        fits = start + width if narrow else max(start + 1, bisect_right(cells, cells[start] + width) - 1)
        if fits >= len(line):
            return offsets
        space = line.rfind(" ", start, fits)
        start = space + 1 if space >= start else fits
        offsets.append(start)


class NoteWrapping(WrappedDocument):
    """Textual's (8.2.8) own, but for what takes it a tenth of a second on a line of 100 kB."""

    @property
    def height(self) -> int:
        """How many rows it takes."""
        return len(self._offset_to_line_info)

    def wrap(self, width: int, tab_width: int | None = None) -> None:
        """Break every line anew."""
        self._width = width
        self._tab_width = tab_width or self._tab_width
        made = [self._broken(line) for line in self.document.lines]
        self._wrap_offsets = [offsets for offsets, _ in made]
        self._tab_width_cache = [tabs for _, tabs in made]
        self._number()

    def wrap_range(self, start: Location, old_end: Location, new_end: Location) -> None:
        """Break the lines anew that an edit has changed."""
        top = min(start[0], old_end[0])
        old_bottom, new_bottom = max(start[0], old_end[0]), max(start[0], new_end[0])
        made = [self._broken(line) for line in self.document.lines[top : new_bottom + 1]]
        offsets = [offsets for offsets, _ in made]
        same = [len(one) for one in self._wrap_offsets[top : old_bottom + 1]] == [len(one) for one in offsets]
        self._wrap_offsets[top : old_bottom + 1] = offsets
        self._tab_width_cache[top : old_bottom + 1] = [tabs for _, tabs in made]
        if not same:
            self._number()

    def get_sections(self, line_index: int) -> list[str]:
        """A line's rows, as displayed."""
        line = displayed(self.document.get_line(line_index))
        offsets = self._wrap_offsets[line_index]
        return [line[a:b] for a, b in zip([0, *offsets], [*offsets, len(line)], strict=True)]

    def row(self, at: int) -> tuple[int, int, int, bool] | None:
        """A row's line, its first character, the one behind its last, and whether the line ends there."""
        if not 0 <= at < len(self._offset_to_line_info):
            return None
        line, section = self._offset_to_line_info[at]
        offsets = self._wrap_offsets[line]
        last = section == len(offsets)
        start = offsets[section - 1] if section else 0
        return line, start, len(self.document.get_line(line)) if last else offsets[section], last

    def _broken(self, line: str) -> tuple[list[int], list[int]]:
        """Where a line is broken, and how wide its tabs are."""
        line = displayed(line)
        if "\t" not in line:
            return break_offsets(line, self._width), []
        tabs = get_tab_widths(line, self._tab_width)
        offsets = (
            compute_wrap_offsets(line, self._width, self._tab_width, precomputed_tab_sections=tabs)
            if self._width
            else []
        )
        return offsets, [width for _, width in tabs]

    def _number(self) -> None:
        """Say of each row which line it is of, and of each line which rows it has."""
        self._offset_to_line_info = [
            (line, section)
            for line, offsets in enumerate(self._wrap_offsets)
            for section in range(len(offsets) + 1)
        ]
        first = 0
        rows: list[list[int]] = []
        for offsets in self._wrap_offsets:
            after = first + len(offsets) + 1
            rows.append([*range(first, after)])
            first = after
        self._line_index_to_offsets = rows
