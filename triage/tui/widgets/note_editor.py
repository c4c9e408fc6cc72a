"""Where a note or a comment is written: plain Markdown, wrapped, saved as a draft while one types."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar
from unicodedata import category

from textual import events
from textual.app import SuspendNotSupported
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.timer import Timer

from triage.ports import Editor
from triage.quote import insert, place_for
from triage.tui.keys import Place, bind
from triage.tui.widgets.blocks import Block
from triage.tui.widgets.note_preview import NotePreview
from triage.tui.widgets.note_text import NoteText

LONGEST_PASTE = 100_000
"""Bytes of UTF-8 that one paste may bring: more than any note, little enough to lay out at once."""
_TYPED = {"tab": "\t", "ctrl+j": "\n"}
"""What keys type that are no printable characters; a bare line feed comes from pastes that are not marked."""
DRAFT_EVERY = 0.5
"""Seconds between typing and its draft; the promise is one."""


class NoteEditor(NoteText):
    """Edits one text; the screen learns by messages when it is closed, paged over or worth a draft."""

    @dataclass
    class Closed(Message):
        """Esc or Ctrl+S: save and return."""

        editor: "NoteEditor"
        """The editor; its `text` is what was written."""

    @dataclass
    class Paged(Message):
        """PgUp or PgDn: what is read while writing scrolls."""

        pages: int
        """-1 or 1."""

    @dataclass
    class Drafted(Message):
        """The text changed half a second ago."""

        editor: "NoteEditor"
        """The editor with the text."""

    @dataclass
    class LeftOut(Message):
        """A paste was too long and was cut."""

        sentence: str
        """What happened, fit to show."""

    @dataclass
    class WantedOutside(Message):
        """F4: the user wants to go on in $EDITOR; the screen calls `edit_with`."""

        editor: "NoteEditor"
        """The editor with the text."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+home", "to_start", "Start", show=False),
        Binding("ctrl+end", "to_end", "End", show=False),
    ]

    def __init__(self, preset: str, *, id: str | None = None) -> None:
        super().__init__(
            id=id,
            language=None,
            soft_wrap=True,
            show_line_numbers=False,
            highlight_cursor_line=False,
            compact=True,
        )
        bind(self, Place.NOTE, preset)
        self._preset = preset
        self._draft_timer: Timer | None = None
        self._preview: NotePreview | None = None
        """Stands in the editor's place while it is shown; mounted when it is first needed."""

    def open(self, text: str) -> None:
        """Begin with a text, the cursor at its end; what was typed before cannot be brought back by undo."""
        self.back_from_preview()
        self.load_text(text)
        self.move_cursor(self.document.end)
        self.no_more_drafts()
        self.screen.set_focus(self)

    def quote(self, passage: str) -> None:
        """Set a passage at the caret as a quote, behind the word or the code it is in; one step for undo."""
        before = self.text
        at = place_for(before, self.note.index(self.behind_code(self.cursor_location)))
        after, caret = insert(before, at, passage)
        stop = len(before) - (len(after) - caret)
        self.history.checkpoint()
        self.replace(after[at:caret], self.note.location(at), self.note.location(stop))
        self.history.checkpoint()
        self.move_cursor(self.note.location(caret))

    def put(self, text: str) -> None:
        """Set a text at the caret, in the place of what is selected; one step for undo."""
        self.history.checkpoint()
        made = self.replace(text, *self.selection, maintain_selection_offset=False)
        self.history.checkpoint()
        self.move_cursor(made.end_location)

    async def show_as_it_reads(self, blocks: Sequence[Block]) -> None:
        """Show the text, drawn as these blocks, instead of the editor."""
        if self._preview is None:
            self._preview = NotePreview(self._preset)
            self._preview.display = False
            await self.screen.mount(self._preview, after=self)
        self._preview.display = True
        self.display = False
        self._preview.begin(blocks)

    def back_from_preview(self) -> None:
        """Show the editor again."""
        if self._preview is not None and self._preview.display:
            self._preview.display = False
            self.display = True

    def edit_with(self, editor: Editor, place: str) -> str:
        """Hand the text to the user's own editor on this terminal; "" or a sentence that says why not.

        `place` is a file for it; one step for undo.
        """
        try:
            with self.app.suspend():
                after, said = editor.edit(self.text, place)
        except SuspendNotSupported:
            return "$EDITOR needs a terminal of its own; go on here."
        if after is not None and after != self.text:
            self.history.checkpoint()
            self.replace(after, (0, 0), self.document.end)
            self.history.checkpoint()
            self.move_cursor(self.document.end)
        return said

    def no_more_drafts(self) -> None:
        """Forget a draft that is due; the text was saved or given up."""
        if self._draft_timer is not None:
            self._draft_timer.stop()
            self._draft_timer = None

    def action_to_start(self) -> None:
        """To the start of the text."""
        self.move_cursor((0, 0))

    def action_to_end(self) -> None:
        """To the end of the text."""
        self.move_cursor(self.document.end)

    def action_close(self) -> None:
        """Save and return."""
        self.post_message(self.Closed(self))

    def action_page(self, pages: int) -> None:
        """Scroll what is read while writing."""
        self.post_message(self.Paged(pages))

    def action_edit_outside(self) -> None:
        """Go on in $EDITOR."""
        self.post_message(self.WantedOutside(self))

    def on_text_area_changed(self) -> None:
        """Make sure that a draft is due."""
        if self._draft_timer is None:
            self._draft_timer = self.set_timer(DRAFT_EVERY, self._draft_due)

    async def _on_key(self, event: events.Key) -> None:
        typed = _TYPED.get(event.key) or event.character or ""
        if event.key in _TYPED or (not event.is_printable and category(typed[:1] or "x") == "Zs"):
            event.stop()
            event.prevent_default()
            self.insert(typed)

    async def _on_paste(self, event: events.Paste) -> None:
        event.prevent_default()
        event.stop()
        raw = event.text.encode("utf-8", "surrogatepass")
        kept = event.text if len(raw) <= LONGEST_PASTE else raw[:LONGEST_PASTE].decode("utf-8", "ignore")
        # A terminal sends a carriage return for every line end.
        await super()._on_paste(events.Paste(kept.replace("\r\n", "\n").replace("\r", "\n")))
        if len(raw) > LONGEST_PASTE:
            kilobytes, most = len(raw) // 1000, LONGEST_PASTE // 1000
            self.post_message(self.LeftOut(f"The pasted text was {kilobytes} kB: cut at {most} kB."))

    def _draft_due(self) -> None:
        self._draft_timer = None
        self.post_message(self.Drafted(self))
