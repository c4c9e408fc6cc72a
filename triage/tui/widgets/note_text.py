"""A note's text as one edits it: wrapped, its Markdown set off, painted row by row however long it is."""

from collections.abc import Sequence
from functools import lru_cache
from typing import ClassVar

from rich.style import Style
from rich.text import Text
from textual.document._document_navigator import DocumentNavigator
from textual.expand_tabs import expand_text_tabs_from_widths
from textual.strip import Strip
from textual.widgets import TextArea

from triage.tui.widgets.line_widget import foreground
from triage.tui.widgets.markdown_signs import Look, fenced, looks
from triage.tui.widgets.note_document import NoteDocument
from triage.tui.widgets.note_wrapping import NoteWrapping, displayed
from triage.tui.widgets.painting import CLASSES


class NoteText(TextArea):
    """Textual's editor (8.2.8) over a document, a wrapping and a painting of our own.

    Its own painting joins the whole text and styles whole lines for each row: a tenth of a second a key on a
    line of 100 kB.
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = set(CLASSES)

    note: NoteDocument
    """The text."""
    _rows: NoteWrapping
    _fenced: set[int] | None = None
    """Which lines are fenced code; found anew after an edit, when it is asked for."""

    def render_line(self, y: int) -> Strip:
        """One row of the text."""
        theme = self._theme
        base = theme.base_style if theme is not None and theme.base_style is not None else self.rich_style
        row = self._rows.row(y + self.scroll_offset.y)
        if row is None:
            return Strip.blank(self.size.width, base)
        at, start, end, is_last = row
        line = self.note.get_line(at)
        text = Text(displayed(line[start:end]) + (" " if is_last else ""), end="", no_wrap=True)
        for look in self._looks(at, line):
            if look.start < end and look.end > start:
                _lay(text, self._look(look.name), look.start - start, look.end - start)
        self._mark_selection(text, at, start, end)
        cursor_row, cursor_column = self.selection.end
        cursor = theme.cursor_style if theme is not None and self._draw_cursor else None
        if cursor_row == at and cursor is not None:
            _lay(text, cursor, cursor_column - start, cursor_column - start + 1)
        if "\t" in text.plain:
            before = line.count("\t", 0, start)
            text = expand_text_tabs_from_widths(text, self._rows.get_tab_widths(at)[before:])
        strip = Strip(text.render(self.app.console), text.cell_len)
        width = self.scrollable_content_region.width
        return strip.adjust_cell_length(width, base).apply_style(base)

    def find_matching_bracket(self, bracket: str, search_from: tuple[int, int]) -> None:
        """No bracket is sought for in all the text at each move of the cursor."""

    def behind_code(self, place: tuple[int, int]) -> tuple[int, int]:
        """The end of the fenced code that a place is in; the place itself where it is in none."""
        row = place[0]
        if row not in self._code():
            return place
        while row + 1 in self._code():
            row += 1
        return row, len(self.note.get_line(row))

    def _mark_selection(self, text: Text, at: int, start: int, end: int) -> None:
        selection_style = self._theme.selection_style if self._theme is not None else None
        top, bottom = sorted(self.selection)
        if selection_style is None or top == bottom or not top[0] <= at <= bottom[0]:
            return
        first = top[1] if at == top[0] else 0
        last = bottom[1] if at == bottom[0] else end
        if not self.note.get_line(at) and at != self.selection.end[0]:
            first, last = 0, 1  # a line without text is seen to be selected
        _lay(text, selection_style, first - start, last - start)

    def _looks(self, at: int, line: str) -> Sequence[Look]:
        return (Look(0, len(line), "code"),) if at in self._code() else _looks_of(line)

    def _code(self) -> set[int]:
        """Which lines are fenced code."""
        if self._fenced is None:
            self._fenced = fenced(self.note.lines)
        return self._fenced

    def _look(self, name: str) -> Style:
        """The style of a look: without a background, and with a colour only where the sheet gives one."""
        look = foreground(self.get_component_rich_style(f"text--{name}"))
        coloured = self.get_component_styles(f"text--{name}").has_rule("color")
        return look if coloured else look.without_color

    def _build_highlight_map(self) -> None:
        """The text has changed."""
        self._fenced = None
        super()._build_highlight_map()

    def _set_document(self, text: str, language: str | None) -> None:
        """Hold a text; Textual makes its own document here, and what wraps and walks through it."""
        super()._set_document("", language)
        self.document = self.note = NoteDocument(text)
        self.wrapped_document = self._rows = NoteWrapping(self.note, tab_width=self.indent_width)
        self.navigator = DocumentNavigator(self.wrapped_document)
        self._rewrap_and_refresh_virtual_size()


@lru_cache(maxsize=512)
def _looks_of(line: str) -> tuple[Look, ...]:
    return tuple(looks(line))


def _lay(text: Text, style: Style, start: int, end: int) -> None:
    """Lay a style over a part of a row, as far as it is on this row."""
    if start < len(text) and end > 0:
        text.stylize(style, max(0, start), min(end, len(text)))
