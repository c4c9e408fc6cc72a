"""Write a comment for the haul, or another text for one that is there."""

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.screen import ModalScreen

from triage.actions import comment
from triage.ports import Record, World
from triage.post import faults_in_comment
from triage.steps import CURRENT
from triage.tui.keys import Place, footer
from triage.tui.screens.writing import Writing, saved_with
from triage.tui.screens.writing_above import WritesAbove
from triage.tui.sheets import sheets
from triage.tui.widgets.blocks import styled
from triage.tui.widgets.footer import Footer
from triage.tui.widgets.note_editor import NoteEditor
from triage.tui.widgets.text_line import TextLine
from triage.user_text import user_text

NEW_DRAFT = "comment:new"
"""The key of the draft of a comment that is not in the library yet."""


class CommentScreen(WritesAbove, ModalScreen[str]):
    """Edits one comment; dismissed with a sentence, "" when nothing changed."""

    CSS_PATH = sheets("panels", "text", "comment")

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
        text = "" if self._record is None else str(self._record["text"])
        self.begin_writing(self.query_one(NoteEditor), Writing(self._draft, text, self._save, self.dismiss))

    def _save(self, text: str, over: str) -> str:
        """Write the comment; what came of it. Raises NotSaved."""
        library = self._world.library
        if self._record is None:
            step = comment.add(library, text, haul=self._haul)
        else:
            step = comment.edit(library, {**self._record, "text": over}, text)
        if step is None:
            return ""
        if step.what == "remove comment":
            return "Comment removed, u undoes."
        if (fault := faults_in_comment(user_text(text))) is not None:
            return saved_with(fault)
        return "Comment saved."
