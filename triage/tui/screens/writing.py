"""Writing a text in a NoteEditor: what every screen that has one does with what the editor tells.

A screen takes this class first (one above the main screen `WritesAbove`), and says some things of its own:

    class FullTextScreen(Writes, Screen[None]):
        def __init__(self, world: World) -> None:
            super().__init__()
            self._world = world

        def say(self, sentence: str, *, error: bool = False) -> None: ...
        def show_keys(self, place: Place) -> None: ...

        def drawn(self, text: str) -> Sequence[Block]: ...   # a note as it will read
        def links(self, but: str) -> LinkScreen: ...   # to choose a paper to link to, but this one

        @property
        def reading(self) -> Markable | None: ...   # what is read while one writes, and quoted from

        async def quote_into_note(self, passage: str) -> None: ...   # where `"` quotes while no note is open

To write, it shows its editor and calls `begin_writing(editor, Writing(key, over, save, done))`; everything
else (drafts, a paste that was cut, quotes, links, the preview, the user's own editor, saving) is done here.
`done` hides the editor. A screen that quotes binds `"` to `quote`; `show_home` brings its own keys and focus
back. Handlers are found by Textual in every class of a screen, so that none has to be called.
"""

from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, Any, NamedTuple

from triage.ports import NotSaved, World
from triage.tui.keys import Place
from triage.tui.widgets.markable import Markable

if TYPE_CHECKING:
    from textual.screen import Screen

    from triage.tui.screens.link import LinkScreen
    from triage.tui.widgets.blocks import Block
    from triage.tui.widgets.note_editor import NoteEditor

    _Host = Screen[Any]
else:
    # A second base that is a node would hide the first one's sheets and bindings from Textual.
    _Host = object

_READ_ONLY = "The library is open for reading only: nothing can be written."
_NOTHING = "There is no abstract here to quote from."
_DRAFT = "This is what was being typed when the app ended; Esc saves it."


class Writing(NamedTuple):
    """A text that is being written."""

    key: str
    """The key of its draft: no two texts have the same."""
    over: str
    """The text as it was when the writing began."""
    save: Callable[[str, str], str]
    """Saves a text in the place of another; returns a sentence on it. Raises NotSaved."""
    done: Callable[[str], object]
    """Closes the editor when the text is saved; takes that sentence."""
    paper: str = ""
    """The id of the paper it is about; empty when it is about none."""


class Writes(_Host):
    """Keeps what is typed as a draft, and saves it to the text it was begun for alone."""

    _world: World
    writing: Writing | None = None
    """The text that is being written; None while the editor is closed."""
    _open: "NoteEditor | None" = None
    """The editor it is written in."""

    def say(self, sentence: str, *, error: bool = False) -> None:
        """Show a sentence beside the editor."""
        raise NotImplementedError

    def show_keys(self, place: Place) -> None:
        """Show the keys of a place in the footer."""
        raise NotImplementedError

    def drawn(self, text: str) -> "Sequence[Block]":
        """A note as it will read."""
        raise NotImplementedError

    def links(self, but: str) -> "LinkScreen":
        """The screen to choose a paper to link to; `but` is one that is none."""
        raise NotImplementedError

    @property
    def reading(self) -> Markable | None:
        """What is read while one writes, and quoted from."""
        return None

    def show_home(self) -> None:
        """Bring the keys and the focus back that the screen has while nothing is written."""
        raise NotImplementedError

    async def quote_into_note(self, passage: str) -> None:
        """Open the note on what is read, with a passage quoted at its end."""
        raise NotImplementedError

    def refuses_writing(self) -> bool:
        """Tell whether nothing can be written, and say so."""
        if self._world.library.read_only:
            self.say(_READ_ONLY, error=True)
        return self._world.library.read_only

    def begin_writing(self, editor: "NoteEditor", writing: Writing) -> None:
        """Open the editor with a text, or with the draft that a killed app has left of it."""
        library = self._world.library
        draft, over = library.draft(writing.key), library.draft_over(writing.key)
        if draft is not None and over is not None:
            # What somebody else has written since stands beside what is saved, as if nothing had been killed.
            writing = writing._replace(over=over)
        self.writing, self._open = writing, editor
        editor.open(writing.over if draft is None else draft)
        self.show_keys(Place.NOTE)
        self.say("" if draft is None else _DRAFT)

    def on_note_editor_closed(self, event: "NoteEditor.Closed") -> None:
        """Save and return; what cannot be saved stays before the user's eyes."""
        event.stop()
        writing = self.writing
        if writing is None:
            return
        try:
            said = writing.save(event.editor.text, writing.over)
        except NotSaved as refusal:
            self.say(str(refusal), error=True)
            return
        event.editor.no_more_drafts()
        event.editor.back_from_preview()
        self.writing = None
        writing.done(said)
        self._keep_draft(writing, None)

    def on_note_editor_drafted(self, event: "NoteEditor.Drafted") -> None:
        """Keep what is being typed safe from a kill."""
        event.stop()
        if self.writing is not None:
            text = event.editor.text
            self._keep_draft(self.writing, text if text != self.writing.over else None)

    def on_note_editor_paged(self, event: "NoteEditor.Paged") -> None:
        """Scroll what is read while writing."""
        event.stop()
        if self.reading is not None:
            self.reading.scroll_pages(event.pages)

    async def action_quote(self) -> None:
        """Quote the passage that is marked; where none is, mark one first."""
        reading = self.reading
        if self.refuses_writing():
            return
        if reading is not None and (passage := reading.take_passage()):
            await self._quote(passage)
        elif reading is not None and reading.begin_marking(self._world.settings.keys):
            self.say("")
            self.show_keys(Place.MARK)
        else:
            self.say(_NOTHING)

    async def action_quote_here(self) -> None:
        """Quote without leaving the note."""
        await self.action_quote()

    async def action_take_mark(self) -> None:
        """Quote what was marked with the keys."""
        if self.reading is not None:
            await self._quote(self.reading.take_passage())

    def action_leave_mark(self) -> None:
        """Quote nothing, and back to what one did before."""
        if self.reading is not None:
            self.reading.end_marking()
        self._back_to_writing()

    def on_markable_unmarked(self, event: Markable.Unmarked) -> None:
        """Back to what one did before, if the focus is nowhere else by now."""
        event.stop()
        if self.focused in (None, self.reading, self._open):
            self._back_to_writing()

    def on_mouse_down(self) -> None:
        """A click elsewhere unmarks."""
        if self.reading is not None:
            self.reading.drop_mark()

    async def _quote(self, passage: str) -> None:
        if self.writing is None or self._open is None:
            await self.quote_into_note(passage)
        else:
            self._back_to_writing()
            self._open.quote(passage)

    def _back_to_writing(self) -> None:
        if self.writing is None or self._open is None:
            self.show_home()
        else:
            self.set_focus(self._open)
            self.show_keys(Place.NOTE)

    def action_link(self) -> None:
        """Link to another paper, or to the haul that praised it."""
        editor = self._open
        if self.writing is None or editor is None:
            return

        def put(link: str | None) -> None:
            if link:
                editor.put(link)

        self.app.push_screen(self.links(self.writing.paper), put)

    async def action_preview(self) -> None:
        """Show what is written as it will read."""
        if self._open is not None:
            await self._open.show_as_it_reads(self.drawn(self._open.text))
            self.show_keys(Place.PREVIEW)

    def action_back_to_text(self) -> None:
        """Back to writing."""
        if self._open is not None:
            self._open.back_from_preview()
        self._back_to_writing()

    def on_note_editor_left_out(self, event: "NoteEditor.LeftOut") -> None:
        """Say that a paste was cut."""
        event.stop()
        self.say(event.sentence, error=True)

    def on_note_editor_wanted_outside(self, event: "NoteEditor.WantedOutside") -> None:
        """Go on in the user's own editor."""
        event.stop()
        writing, library = self.writing, self._world.library
        if writing is None:
            return
        try:
            # What is typed is on the disk before the editor starts, and what it saved when it has ended.
            library.save_draft(writing.key, event.editor.text, writing.over)
            said = event.editor.edit_with(self._world.editor, library.draft_file(writing.key))
            library.save_draft(writing.key, event.editor.text, writing.over)
        except NotSaved as refusal:
            said = str(refusal)
        self.say(said, error=True)

    def keep_draft(self) -> None:
        """Keep what is being typed, for the app is about to end."""
        if self.writing is not None and self._open is not None and self._open.text != self.writing.over:
            with suppress(NotSaved):
                self._world.library.save_draft(self.writing.key, self._open.text, self.writing.over)

    def _keep_draft(self, writing: Writing, text: str | None) -> None:
        try:
            self._world.library.save_draft(writing.key, text, writing.over)
        except NotSaved as refusal:
            self.say(str(refusal), error=True)


def saved_with(fault: tuple[int, str]) -> str:
    """What is said of a text that was saved with a line that a post would not give back as it is."""
    return f"Saved, but line {fault[0]} would not read back as it is: {fault[1]}"
