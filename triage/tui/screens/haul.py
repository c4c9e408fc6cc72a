"""The haul: its parts on the left, its post as it will read on the right, and the way to publish it."""

from collections.abc import Callable

from textual.app import ComposeResult
from textual.containers import Container, Vertical
from textual.content import Content
from textual.screen import Screen

from triage import post
from triage.ports import NotSaved, Unreachable, World
from triage.tui.haul_view import HaulView
from triage.tui.keys import Place, bind, footer
from triage.tui.screens.comment import CommentScreen
from triage.tui.screens.correct import Correction, CorrectScreen
from triage.tui.screens.help import HelpScreen
from triage.tui.screens.publish import PublishScreen
from triage.tui.widgets.blocks import plain, styled
from triage.tui.widgets.entry_list import EntryList, Item, Part
from triage.tui.widgets.footer import Footer
from triage.tui.widgets.line_pane import LinePane
from triage.tui.widgets.note_editor import NoteEditor
from triage.tui.widgets.post_preview import PostPreview
from triage.tui.widgets.row_list import RowList
from triage.tui.widgets.text_line import TextLine


class HaulScreen(Screen[None]):
    """Shows the current haul, and older ones; what it does is in the library when it leaves."""

    HORIZONTAL_BREAKPOINTS = [(0, "-stacked"), (100, "-wide")]  # noqa: RUF012 - Screen declares no ClassVar

    def __init__(self, world: World) -> None:
        super().__init__()
        self._world = world
        self._view = HaulView(world)
        self._writing: tuple[Item, str] | None = None
        """The item whose note is being written, and the note as it was seen."""

    def compose(self) -> ComposeResult:
        """Header, the two panes with the note beneath the preview, footer."""
        preset = self._world.settings.keys
        yield TextLine(id="haul-title", classes="header")
        with Container(id="haul-body"):
            yield EntryList(id="haul-parts")
            with Vertical(id="haul-post"):
                yield PostPreview(id="haul-preview")
                yield LinePane(id="haul-text")
                yield NoteEditor(preset, id="haul-note")
        yield Footer(footer(Place.HAUL, preset))

    def on_mount(self) -> None:
        """Show the haul."""
        bind(self, Place.HAUL, self._world.settings.keys)
        self._text.display = False
        self._note.border_title = "note"
        self._note_shown(False)
        self._show()
        self._parts.focus()

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
        return self._text if self._text.display else self._preview

    # -- moving ------------------------------------------------------------------------------------------

    def action_step(self, rows: int) -> None:
        """Move the cursor, or scroll the pane one is in."""
        self._say("")
        if self._reading.has_focus:
            self._reading.scroll_lines(rows)
        else:
            self._parts.move(rows)
            self._follow()

    def action_page(self, pages: int) -> None:
        """Move or scroll by a screenful."""
        if self._reading.has_focus:
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
        (self._parts if self._reading.has_focus else self._reading).focus()

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

    # -- the parts ---------------------------------------------------------------------------------------

    def action_edit(self) -> None:
        """Edit the note beneath the preview, or the comment."""
        item = self._parts.item
        if item is None:
            self._say("There is nothing to write on here; c writes a comment.")
        elif item.part is Part.COMMENT:
            record = self._view.comment(item.key)
            if record is not None:
                self.app.push_screen(CommentScreen(self._world, record), self._back)
        else:
            self._writing = item, self._view.note(item)
            draft = self._world.library.draft(item.key)
            self._note_shown(True)
            self._note.open(self._writing[1] if draft is None else draft)
            self._follow()

    def action_comment(self) -> None:
        """Write a new comment."""
        self.app.push_screen(CommentScreen(self._world, haul=self._view.key), self._back)

    def action_take_out(self) -> None:
        """Take out, skipped."""
        self._on_item(lambda item: self._view.take_out(item, skip=True))

    def action_reopen(self) -> None:
        """Take out, open again."""
        self._on_item(lambda item: self._view.take_out(item, skip=False))

    def action_hold(self) -> None:
        """Hold for the next haul."""
        self._on_item(lambda item: self._view.hold(item, hold=True))

    def action_unhold(self) -> None:
        """Take back into this haul."""
        self._on_item(lambda item: self._view.hold(item, hold=False))

    def action_move(self, by: int) -> None:
        """Move the comment."""
        self._on_item(lambda item: self._view.move_comment(item, by))

    def action_correct(self) -> None:
        """Correct what the card says."""
        item = self._parts.item
        if not self._view.is_current:
            self._say("Only notes and comments of a published haul are changed here.")
        elif item is None or item.part is Part.COMMENT:
            self._say("There is no entry here to correct.")
        else:

            def correct(made: Correction | None) -> None:
                if made is not None:
                    self._do(lambda: self._view.correct(item, **made.fields))

            self.app.push_screen(CorrectScreen(self._view.paper(item.key)), correct)

    def action_undo(self) -> None:
        """Take back the last step."""
        self._go_where(self._view.undo)

    def action_redo(self) -> None:
        """Do again what was undone."""
        self._go_where(self._view.redo)

    # -- the note ----------------------------------------------------------------------------------------

    def on_note_editor_closed(self, event: NoteEditor.Closed) -> None:
        """Save and return; what cannot be saved stays before the user's eyes."""
        event.stop()
        if self._writing is None:
            return
        item, seen = self._writing
        try:
            said = self._view.write_note(item, event.editor.text, seen)
            event.editor.no_more_drafts()
            self._world.library.save_draft(item.key, None)
        except NotSaved as refusal:
            self._say(str(refusal), error=True)
            return
        self._writing = None
        self._note_shown(False)
        self._parts.focus()
        self._show()
        self._say(said)

    def on_note_editor_paged(self, event: NoteEditor.Paged) -> None:
        """Scroll the preview while one writes."""
        event.stop()
        self._reading.scroll_pages(event.pages)

    def on_note_editor_drafted(self, event: NoteEditor.Drafted) -> None:
        """Keep what is typed safe from a kill."""
        event.stop()
        if self._writing is not None:
            try:
                self._world.library.save_draft(self._writing[0].key, event.editor.text)
            except NotSaved as refusal:
                self._say(str(refusal), error=True)

    def on_note_editor_left_out(self, event: NoteEditor.LeftOut) -> None:
        """Say that a paste was cut."""
        event.stop()
        self._say(event.sentence)

    def on_note_editor_wanted_outside(self, event: NoteEditor.WantedOutside) -> None:
        """Go on in the user's own editor."""
        event.stop()
        self._say(event.editor.edit_with(self._world.editor))

    # -- the post ----------------------------------------------------------------------------------------

    def action_text(self) -> None:
        """The post's exact text, or the preview again."""
        was = self._reading.has_focus
        self._text.display = not self._text.display
        self._preview.display = not self._text.display
        self._show()
        if was:
            self._reading.focus()

    def action_export(self) -> None:
        """Write the post to its file."""
        self.app.push_screen(PublishScreen(self._world, self._view, export=True), self._back)

    def action_publish(self) -> None:
        """Close the haul: number it, stamp it, write it."""
        if self._view.is_current:
            self.app.push_screen(PublishScreen(self._world, self._view), self._back)
        else:
            self._say("This haul is published; e exports it again.")

    def action_help(self) -> None:
        """The keys."""
        self.app.push_screen(HelpScreen(self._world.settings.keys, Place.HAUL))

    def action_leave(self) -> None:
        """Back to the papers."""
        self.dismiss(None)

    # -- showing -----------------------------------------------------------------------------------------

    def _show(self) -> None:
        view = self._view
        view.refresh()
        self.query_one("#haul-title", TextLine).show(*self._title())
        self._parts.show_items(view.items)
        if self._text.display:
            self._text.show([plain(row) for row in post.write(view.haul).split("\n")])
        else:
            self._preview.show_haul(view.haul)
        self._follow()

    def _title(self) -> tuple[Content, Content]:
        haul = self._view.haul
        bare = sum(not entry.note for entry in haul.entries)
        held = sum(item.part is Part.HELD for item in self._view.items)
        facts = [f"{len(haul.entries)} {'entry' if len(haul.entries) == 1 else 'entries'}"]
        facts += [f"{bare} without a note"] if bare else []
        facts += [f"{held} held"] if held else []
        left = styled(f"Haul {haul.number}" if haul.number is not None else "Haul", "title")
        state = "current" if self._view.is_current else f"published {haul.published_at[:10]}"
        return left + styled(" · " + " · ".join(facts), "dim"), styled(state, "kept")

    def _follow(self) -> None:
        """Bring the part under the cursor into the preview."""
        item = self._parts.item
        if item is not None and self._preview.display:
            self._preview.scroll_to_anchor(item.key)

    def _to_end(self, at: int) -> None:
        if self._reading.has_focus:
            self._reading.scroll_to(y=0 if at == 0 else 10**9, animate=False, immediate=True)
        else:
            self._parts.go(at)
            self._follow()

    def _note_shown(self, shown: bool) -> None:
        self._note.display = shown
        place = Place.NOTE if shown else Place.HAUL
        self.query_one(Footer).show(footer(place, self._world.settings.keys))
        self.set_class(shown, "-writing")

    def _say(self, sentence: str, *, error: bool = False) -> None:
        self.query_one(Footer).say(sentence, error=error)

    # -- doing -------------------------------------------------------------------------------------------

    def _on_item(self, verb: Callable[[Item], str]) -> None:
        item = self._parts.item
        if item is None:
            self._say("There is nothing here to change.")
        elif not self._view.is_current and item.part is not Part.COMMENT:
            self._say("The entries of a published haul stay; only its notes and comments are changed here.")
        else:
            self._do(lambda: verb(item))

    def _do(self, verb: Callable[[], str]) -> None:
        try:
            said = verb()
        except (NotSaved, Unreachable) as refusal:
            self._say(str(refusal), error=True)
            return
        self._show()
        self._say(said)

    def _go_where(self, verb: Callable[[], tuple[str, str]]) -> None:
        try:
            said, key = verb()
        except NotSaved as refusal:
            self._say(str(refusal), error=True)
            return
        self._show()
        if key:
            self._parts.go_to(key)
            self._follow()
        self._say(said)

    def _back(self, said: str | None) -> None:
        """A form or the comment's editor closed."""
        self._show()
        self._say(said or "")
