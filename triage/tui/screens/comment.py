"""Write a comment for the haul, or another text for one that is there."""

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.screen import ModalScreen

from triage.actions import comment
from triage.ports import NotSaved, Record, World
from triage.post import faults_in_comment
from triage.steps import CURRENT
from triage.tui.keys import Place, footer
from triage.tui.sheets import sheets
from triage.tui.widgets.blocks import styled
from triage.tui.widgets.footer import Footer
from triage.tui.widgets.note_editor import NoteEditor
from triage.tui.widgets.text_line import TextLine
from triage.user_text import user_text

NEW_DRAFT = "comment:new"
"""The key of the draft of a comment that is not in the library yet."""


class CommentScreen(ModalScreen[str]):
    """Edits one comment; dismissed with a sentence, "" when nothing changed."""

    CSS_PATH = sheets("text", "comment")

    def __init__(self, world: World, record: Record | None = None, haul: str = CURRENT) -> None:
        """`record` is the comment to edit; without it a new one joins `haul`."""
        super().__init__()
        self._world = world
        self._record = None if record is None else dict(record)
        self._haul = haul
        self._draft = NEW_DRAFT if record is None else f"comment:{record['id']}"

    def compose(self) -> ComposeResult:
        """A panel at the foot of the screen."""
        preset = self._world.settings.keys
        with Vertical(classes="panel"):
            yield TextLine(id="comment-title")
            yield NoteEditor(preset, id="comment-text")
            yield Footer(footer(Place.NOTE, preset))

    def on_mount(self) -> None:
        """Begin with what was typed last, else with the comment as it is."""
        what = "Comment" if self._record is None else "Edit the comment"
        aside = " · Markdown; it goes above the papers"
        self.query_one("#comment-title", TextLine).show(styled(what, "heading") + styled(aside, "dim"))
        text = self._world.library.draft(self._draft)
        if text is None:
            text = "" if self._record is None else str(self._record["text"])
        self.query_one(NoteEditor).open(text)

    def on_note_editor_closed(self, event: NoteEditor.Closed) -> None:
        """Save and return; what cannot be saved stays before the user's eyes."""
        event.stop()
        library = self._world.library
        try:
            if self._record is None:
                step = comment.add(library, event.editor.text, haul=self._haul)
            else:
                step = comment.edit(library, self._record, event.editor.text)
            event.editor.no_more_drafts()
            library.save_draft(self._draft, None)
        except NotSaved as refusal:
            self._say(str(refusal))
            return
        if step is None:
            self.dismiss("")
        elif step.what == "remove comment":
            self.dismiss("Comment removed, u undoes.")
        elif (fault := faults_in_comment(user_text(event.editor.text))) is not None:
            self.dismiss(f"Saved, but line {fault[0]} would not read back as it is: {fault[1]}")
        else:
            self.dismiss("Comment saved.")

    def on_note_editor_drafted(self, event: NoteEditor.Drafted) -> None:
        """Keep what is typed safe from a kill."""
        event.stop()
        try:
            self._world.library.save_draft(self._draft, event.editor.text)
        except NotSaved as refusal:
            self._say(str(refusal))

    def on_note_editor_left_out(self, event: NoteEditor.LeftOut) -> None:
        """Say that a paste was cut."""
        event.stop()
        self._say(event.sentence)

    def on_note_editor_wanted_outside(self, event: NoteEditor.WantedOutside) -> None:
        """Go on in the user's own editor."""
        event.stop()
        self._say(event.editor.edit_with(self._world.editor))

    def _say(self, sentence: str) -> None:
        self.query_one(Footer).say(sentence, error=True)
