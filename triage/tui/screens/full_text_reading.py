"""Reading a full text: the outline beside it, how far one is, and the keys that move."""

from textual import getters
from textual.app import ComposeResult
from textual.containers import Container, Vertical
from textual.content import Content
from textual.screen import Screen

from triage import shown
from triage.paper import Paper
from triage.ports import World
from triage.tui.keys import Place, bind, footer
from triage.tui.reading_places import ReadingPlaces
from triage.tui.sheets import sheets
from triage.tui.text_body import TextBody
from triage.tui.widgets.blocks import cut, styled
from triage.tui.widgets.footer import Footer
from triage.tui.widgets.note_editor import NoteEditor
from triage.tui.widgets.row_list import RowList
from triage.tui.widgets.text_line import TextLine
from triage.tui.widgets.text_pane import TextPane

_BEGINNING = "Beginning"
"""What stands before the first heading, in the outline."""
_NAMELESS = "(no heading)"
_IN_OUTLINE = (
    ("Enter", "Go there"),
    ("↑ ↓", "Sections"),
    ("Tab", "To the text"),
    ("Esc", "Back"),
    ("?", "Help"),
)
_INDENT = 2
_LEAST_SECTION = 12
"""Cells of a section's name in the header, however narrow the screen is."""


class FullTextReading(Screen[str]):
    """Shows one paper's text while it comes, and afterwards; dismissed with a sentence or none."""

    AUTO_FOCUS = ""
    CSS_PATH = sheets("panels", "text", "full_text")
    HORIZONTAL_BREAKPOINTS = [(0, "-stacked"), (100, "-wide")]  # noqa: RUF012 - Screen declares no ClassVar
    VERTICAL_BREAKPOINTS = [(0, "-low"), (14, "-tall")]  # noqa: RUF012 - Screen declares no ClassVar

    text = getters.query_one("#text", TextPane)
    outline = getters.query_one("#outline", RowList)
    note = getters.query_one("#text-note", NoteEditor)
    footer = getters.query_one(Footer)

    def __init__(self, world: World, paper: Paper, places: ReadingPlaces) -> None:
        super().__init__()
        self._world = world
        self._paper = paper
        self._places = places
        self._preset = world.settings.keys
        self._title = shown.title(paper) or paper.id
        self._body = TextBody()
        self._progress = ""
        """How far the loading is; empty when all is there."""
        self._bookmark = places.of(paper.id)
        """Where one was last time, until that has come or one has gone elsewhere."""
        self._jumped: tuple[int, int] | None = None
        """The section one went to, and the place that was at the top then."""
        self._after_g = False

    def compose(self) -> ComposeResult:
        """Header, outline and text with the note beneath it, the keys."""
        yield TextLine(id="text-title", classes="header")
        with Container(id="text-body"):
            yield RowList(id="outline")
            with Vertical(id="text-page"):
                yield TextPane(id="text")
                yield NoteEditor(self._preset, id="text-note")
        yield Footer(footer(Place.FULL_TEXT, self._preset))

    def on_mount(self) -> None:
        """Take the keys."""
        bind(self, Place.FULL_TEXT, self._preset)
        self.note.display = False

    def check_action(self, action: str, _parameters: tuple[object, ...]) -> bool | None:
        """A `g` counts only right before another."""
        if action != "first_by_two":
            self._after_g = False
        return True

    # Moving.

    @property
    def _in_outline(self) -> bool:
        """Whether the keys that move choose in the outline."""
        return self.focused is self.outline

    def action_step(self, rows: int) -> None:
        """Scroll by lines, or move in the outline."""
        if self._in_outline:
            self.outline.move(rows)
        else:
            self.text.scroll_lines(rows)
            self.moved()

    def action_page(self, pages: int) -> None:
        """Scroll or move by screenfuls."""
        if self._in_outline:
            self.outline.move_pages(pages)
        else:
            self.text.scroll_pages(pages)
            self.moved()

    def action_first(self) -> None:
        """Go to the beginning."""
        if self._in_outline:
            self.outline.go(0)
        else:
            self.text.go(0)
            self.moved()

    def action_first_by_two(self) -> None:
        """Go to the beginning at the second `g` in a row."""
        if self._after_g:
            self.action_first()
        self._after_g = not self._after_g

    def action_last(self) -> None:
        """Go to the end."""
        if self._in_outline:
            self.outline.go(self.outline.count - 1)
        else:
            self.text.to_end()
            self.moved()

    def action_section(self, by: int) -> None:
        """Go to the section after, to the start of this one, or to the one before."""
        here = self._section()
        if by < 0 and here >= 0 and self.text.place > self._body.section_start(here):
            by = 0
        self.go_to_section(max(0, here + by))

    def action_turn(self, by: int) -> None:
        """Show further columns of a table that is too wide."""
        if not self.text.turn(by):
            self.say("No table here has further columns.")

    def action_outline(self) -> None:
        """To the outline, and back to the text."""
        if self._in_outline:
            self.show_text()
        elif self._body.sections:
            self.show_outline()
            self.outline.go(max(0, self._section()))
            self.add_class("-outline")
            self.set_focus(self.outline)
            self.footer.show(_IN_OUTLINE)

    def go_to_chosen(self) -> None:
        """Go to the section under the outline's cursor."""
        if self._in_outline:
            self.go_to_section(self.outline.cursor)

    def on_row_list_pointed(self, event: RowList.Pointed) -> None:
        """A section was clicked in the outline."""
        event.stop()
        self.go_to_section(event.at)

    def on_text_pane_scrolled(self, event: TextPane.Scrolled) -> None:
        """The mouse has scrolled."""
        event.stop()
        self.moved()

    def show_text(self) -> None:
        """Leave the outline."""
        self.remove_class("-outline")
        self.show_home()
        self.show_place()

    def go_to_section(self, section: int) -> None:
        """Bring a section's heading to the top."""
        if not 0 <= section < len(self._body.sections):
            return
        self.text.go(self._body.section_start(section))
        self.remove_class("-outline")
        if self._in_outline:
            self.show_home()
        self.moved(section)

    def moved(self, section: int | None = None) -> None:
        """One has gone somewhere: to what is in a section, or wherever the text at the top belongs to."""
        self._bookmark = None
        self._jumped = None if section is None else (section, self.text.place)
        self.say("")
        self.show_place()

    # Showing.

    def say(self, sentence: str, *, error: bool = False) -> None:
        """Show a sentence in the footer; an empty one brings the keys back."""
        self.footer.say(sentence, error=error)

    def show_home(self) -> None:
        """Bring the keys and the focus back that reading has."""
        self.set_focus(None)
        self.footer.show(footer(Place.FULL_TEXT, self._preset))

    def on_resize(self) -> None:
        """The header has another width."""
        self.show_place()

    def _section(self) -> int:
        """The section one is in; -1 before the first."""
        if self._jumped is not None and self._jumped[1] == self.text.place:
            return self._jumped[0]
        return self._body.section_at(self.text.first_word) if self._body.blocks else -1

    def show_place(self) -> None:
        """Show where one is in header and outline, and remember it."""
        section = self._section()
        facts = [*self.facts()]
        if section >= 0 and self._body.sections[section].heading:
            room = max(_LEAST_SECTION, self.size.width // 2 - 16)
            facts.append(cut(Content(self._body.sections[section].heading), room).plain)
        if self._progress:
            facts.append(self._progress)
        elif self._body.sections:
            facts.append(f"{100 * self.text.end // max(1, self._body.end)} %")
        right = styled(" · ".join(facts), "dim")
        left = styled("Full text", "title") + styled(f" · {self._title}", "dim")
        left = cut(left, max(9, self.size.width - right.cell_length - 5))
        self.query_one("#text-title", TextLine).show(left, right)
        if not self._in_outline and self.outline.cursor not in (-1, max(0, section)):
            self.outline.go(max(0, section))
        if self._bookmark is None and self._body.sections and self.text.body is self._body:
            self._places.keep(self._paper.id, self._body.bookmark(self.text.place))

    def facts(self) -> list[str]:
        """What the header says besides."""
        return []

    def show_outline(self) -> None:
        """Show the sections that have come."""
        if self.outline.count != len(self._body.sections):
            self.outline.show(len(self._body.sections), self._outlined)

    def _outlined(self, at: int, width: int) -> Content:
        section = self._body.sections[at]
        indent = " " * (_INDENT * max(0, min(section.level, 6) - 1))
        style = "dim" if section.level > 1 else ""
        return cut(
            Content(indent) + styled(section.heading or (_NAMELESS if at else _BEGINNING), style), width
        )
