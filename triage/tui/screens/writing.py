"""Writing a text in a NoteEditor: what every screen that has one does with what the editor tells.

A screen takes this class first, and says three things of its own:

    class FullTextScreen(Writes, Screen[None]):
        def __init__(self, world: World) -> None:
            super().__init__()
            self._world = world

        def say(self, sentence: str, *, error: bool = False) -> None: ...
        def show_keys(self, place: Place) -> None: ...

        @property
        def reading(self) -> Pages | None: ...   # what is scrolled while one writes

To write, it shows its editor and calls `begin_writing(editor, Writing(key, over, save, done))`; everything
else (drafts, a paste that was cut, the user's own editor, saving) is done here. `done` hides the editor.
Handlers are found by Textual in every class of a screen, so that none has to be called.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from triage.ports import NotSaved, World
from triage.tui.keys import Place

if TYPE_CHECKING:
    from textual.screen import Screen

    from triage.tui.widgets.note_editor import NoteEditor

    _Host = Screen[Any]
else:
    # A second base that is a node would hide the first one's sheets and bindings from Textual.
    _Host = object

READ_ONLY = "The library is open for reading only: nothing can be written."
_DRAFT = "This is what was being typed when the app ended; Esc saves it."


class Pages(Protocol):
    """What is read while one writes."""

    def scroll_pages(self, pages: int) -> None:
        """Scroll by screenfuls."""


@dataclass(frozen=True, slots=True)
class Writing:
    """A text that is being written."""

    key: str
    """The key of its draft: no two texts have the same."""
    over: str
    """The text as it was when the writing began."""
    save: Callable[[str], str]
    """Saves another text in its place; returns a sentence on it. Raises NotSaved."""
    done: Callable[[str], object]
    """Closes the editor when the text is saved; takes that sentence."""


class Writes(_Host):
    """Keeps what is typed as a draft, and saves it to the text it was begun for alone."""

    _world: World
    writing: Writing | None = None
    """The text that is being written; None while the editor is closed."""

    def say(self, sentence: str, *, error: bool = False) -> None:
        """Show a sentence beside the editor."""
        raise NotImplementedError

    def show_keys(self, place: Place) -> None:
        """Show the keys of a place in the footer."""
        raise NotImplementedError

    @property
    def reading(self) -> Pages | None:
        """What is read while one writes."""
        return None

    def refuses_writing(self) -> bool:
        """Tell whether nothing can be written, and say so."""
        if self._world.library.read_only:
            self.say(READ_ONLY, error=True)
        return self._world.library.read_only

    def begin_writing(self, editor: "NoteEditor", writing: Writing) -> None:
        """Open the editor with a text, or with the draft that a killed app has left of it."""
        draft = self._world.library.draft(writing.key)
        self.writing = writing
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
            said = writing.save(event.editor.text)
        except NotSaved as refusal:
            self.say(str(refusal), error=True)
            return
        event.editor.no_more_drafts()
        self.writing = None
        writing.done(said)
        self._keep_draft(writing.key, None)

    def on_note_editor_drafted(self, event: "NoteEditor.Drafted") -> None:
        """Keep what is being typed safe from a kill."""
        event.stop()
        if self.writing is not None:
            text = event.editor.text
            self._keep_draft(self.writing.key, text if text != self.writing.over else None)

    def on_note_editor_paged(self, event: "NoteEditor.Paged") -> None:
        """Scroll what is read while writing."""
        event.stop()
        if self.reading is not None:
            self.reading.scroll_pages(event.pages)

    def on_note_editor_left_out(self, event: "NoteEditor.LeftOut") -> None:
        """Say that a paste was cut."""
        event.stop()
        self.say(event.sentence, error=True)

    def on_note_editor_wanted_outside(self, event: "NoteEditor.WantedOutside") -> None:
        """Go on in the user's own editor."""
        event.stop()
        self.say(event.editor.edit_with(self._world.editor), error=True)

    def _keep_draft(self, key: str, text: str | None) -> None:
        try:
            self._world.library.save_draft(key, text)
        except NotSaved as refusal:
            self.say(str(refusal), error=True)
