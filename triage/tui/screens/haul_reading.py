"""Reading a haul: its parts on the left, its post as it will read on the right, and the keys that move."""

from textual.app import ComposeResult
from textual.containers import Container, Vertical
from textual.content import Content
from textual.screen import Screen

from triage import post
from triage.ports import World
from triage.tui.haul_view import HaulView
from triage.tui.keys import Place, bind, footer
from triage.tui.sheets import sheets
from triage.tui.widgets.blocks import Block, plain, styled
from triage.tui.widgets.entry_list import EntryList, Item, Part
from triage.tui.widgets.footer import Footer
from triage.tui.widgets.leaf import Leaf
from triage.tui.widgets.line_pane import LinePane
from triage.tui.widgets.note_editor import NoteEditor
from triage.tui.widgets.post_preview import PostPreview
from triage.tui.widgets.reader import Reader
from triage.tui.widgets.row_list import RowList
from triage.tui.widgets.text_line import TextLine

_POLL = 0.5
"""Seconds between two looks at what others did; the promise is one."""


class HaulReading(Screen[None]):
    """Shows the current haul, and older ones; changes nothing."""

    CSS_PATH = sheets("panels", "text", "haul")
    HORIZONTAL_BREAKPOINTS = [(0, "-stacked"), (100, "-wide")]  # noqa: RUF012 - Screen declares no ClassVar

    def __init__(self, world: World) -> None:
        super().__init__()
        self._world = world
        self._view = HaulView(world)
        self._exact = False
        """Whether the post's exact text is shown instead of the preview."""

    def compose(self) -> ComposeResult:
        """Header, the two panes with the note beneath the preview, footer."""
        preset = self._world.settings.keys
        yield TextLine(id="haul-title", classes="header")
        with Container(id="haul-body"):
            yield EntryList(id="haul-parts")
            with Vertical(id="haul-post"):
                yield PostPreview(id="haul-preview")
                yield LinePane(id="haul-text")
                yield Reader(id="haul-paper")
                yield NoteEditor(preset, id="haul-note")
        yield Footer(footer(Place.HAUL, preset))

    def on_mount(self) -> None:
        """Show the haul."""
        bind(self, Place.HAUL, self._world.settings.keys)
        self._show_note_of(None)
        self._show()
        self.set_focus(self._parts)
        self.set_interval(_POLL, self._take_in)

    def open_at(self, haul: str, entry: str) -> None:
        """Show a published haul, at one of its entries."""
        self._view.go_to(haul)
        self._show()
        self._parts.go_to(entry)
        self._follow()

    @property
    def _parts(self) -> EntryList:
        return self.query_one("#haul-parts", EntryList)

    @property
    def _preview(self) -> PostPreview:
        return self.query_one("#haul-preview", PostPreview)

    @property
    def _text(self) -> LinePane:
        return self.query_one("#haul-text", LinePane)

    @property
    def _note(self) -> NoteEditor:
        return self.query_one("#haul-note", NoteEditor)

    @property
    def _reading(self) -> LinePane:
        """The pane on the right that is shown."""
        return self._text if self._exact else self._preview

    @property
    def _in_post(self) -> bool:
        """Whether the keys that move scroll the post."""
        return self.focused is self._reading

    def action_step(self, rows: int) -> None:
        """Move the cursor, or scroll the pane one is in."""
        self._say("")
        if self._in_post:
            self._reading.scroll_lines(rows)
        else:
            self._parts.move(rows)
            self._follow()

    def action_page(self, pages: int) -> None:
        """Move or scroll by a screenful."""
        if self._in_post:
            self._reading.scroll_pages(pages)
        else:
            self._parts.move_pages(pages)
            self._follow()

    def action_first(self) -> None:
        """Go to the start."""
        self._to_end(0)

    def action_last(self) -> None:
        """Go to the end."""
        self._to_end(self._parts.count)

    def action_scroll(self, pages: int) -> None:
        """Scroll the post, wherever one is."""
        self._reading.scroll_pages(pages / 2)

    def action_other_pane(self) -> None:
        """To the other pane."""
        self.set_focus(self._parts if self._in_post else self._reading)

    def action_next_without_note(self) -> None:
        """To the next entry without a note."""
        found = self._parts.next_without_note()
        self._say("" if found else "Every entry has a note.")
        self._follow()

    def action_other_haul(self, by: int) -> None:
        """Show the haul before or after."""
        said = self._view.other(by)
        if not said:
            self._show()
            self._to_end(0)
        self._say(said)

    def on_row_list_pointed(self, event: RowList.Pointed) -> None:
        """A click moves the cursor."""
        event.stop()
        self._follow()

    def action_text(self) -> None:
        """The post's exact text, or the preview again."""
        was = self._in_post
        self._exact = not self._exact
        self._show_note_of(None)
        self._show()
        if was:
            self.set_focus(self._reading)

    def _show(self) -> None:
        view = self._view
        view.refresh()
        self.query_one("#haul-title", TextLine).show(*self._title())
        self._parts.show_items(view.items)
        if self._exact:
            self._text.show([_row(row) for row in post.write(view.haul).split("\n")])
        else:
            self._preview.show_haul(view.haul)
        self._follow()

    def _take_in(self) -> None:
        """Show what other processes and the looking-up behind did to the haul."""
        if self.is_current and self._view.taken_in():
            self._show()

    def _title(self) -> tuple[Content, Content]:
        haul = self._view.haul
        bare = sum(not entry.note for entry in haul.entries)
        held = sum(item.part is Part.HELD for item in self._view.items)
        facts = [f"{len(haul.entries)} {'entry' if len(haul.entries) == 1 else 'entries'}"]
        facts += [f"{bare} without a note"] if bare else []
        facts += [f"{held} held"] if held else []
        left = styled(f"Haul {haul.number}" if haul.number is not None else "Haul", "title")
        state = "current" if self._view.is_current else f"published {haul.published_at[:10]}"
        if self._view.is_numbered_twice:
            state = f"numbered twice: P · {haul.published_at[:10]}"
        return left + styled(" · " + " · ".join(facts), "dim"), styled(state, "kept")

    def _follow(self) -> None:
        """Bring the part under the cursor into the preview."""
        item = self._parts.item
        if item is not None and not self._exact:
            self._preview.scroll_to_anchor(item.key)

    def _to_end(self, at: int) -> None:
        if self._in_post:
            self._reading.scroll_to(y=0 if at == 0 else 10**9, animate=False, immediate=True)
        else:
            self._parts.go(at)
            self._follow()

    def _show_note_of(self, item: Item | None) -> None:
        """Show the editor, and above it the paper that is noted with its whole abstract; None: the post."""
        writing = item is not None
        paper = self.query_one("#haul-paper", Reader)
        if item is not None:
            self._note.border_title = _rule(f"note · {item.text}")
            before = tuple(self._view.notes_before(item))
            paper.show(Leaf(self._view.paper_of(item), noting=True, older_notes=before))
        self._note.display = paper.display = writing
        self._text.display = self._exact and not writing
        self._preview.display = not (self._exact or writing)
        place = Place.NOTE if writing else Place.HAUL
        self.query_one(Footer).show(footer(place, self._world.settings.keys))
        self.set_class(writing, "-writing")

    def _say(self, sentence: str, *, error: bool = False) -> None:
        self.query_one(Footer).say(sentence, error=error)


def _row(text: str) -> Block:
    """A row of the post's text; where it goes on in the next line of the screen, a mark says so."""
    wrapped = styled("↳ ", "mark")
    return Block(plain(text).text, rest=wrapped)


def _rule(title: str) -> Content:
    """The title of a rule as the reader draws its own: the rule begins before it."""
    return Content.styled("─ ", "$foreground 30%") + Content(f"{title} ")
