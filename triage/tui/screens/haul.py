"""The haul: what is done to its parts and notes, and the way to export and publish it."""

from collections.abc import Callable

from triage.actions import add
from triage.actions.note import draft_key_in
from triage.ports import NotSaved, Unreachable
from triage.steps import NEXT
from triage.tui.copying import Wanted, copy
from triage.tui.haul_view import WENT_ON
from triage.tui.keys import Place
from triage.tui.reading_back import read_back_on
from triage.tui.screens.comment import CommentScreen
from triage.tui.screens.copy import CopyScreen
from triage.tui.screens.correct import Correction, CorrectScreen
from triage.tui.screens.haul_reading import HaulReading
from triage.tui.screens.help import HelpScreen
from triage.tui.screens.publish import PublishScreen
from triage.tui.screens.writing import Writing
from triage.tui.screens.writing_above import WritesAbove
from triage.tui.widgets.entry_list import Item, Part
from triage.tui.widgets.reader import Reader


class HaulScreen(WritesAbove, HaulReading):
    """Works on the current haul, and on the notes of older ones; all is in the library when it leaves."""

    def action_edit(self) -> None:
        """Edit the note beneath the preview, or the comment."""
        item = self._parts.item
        if self.refuses_writing():
            return
        if item is None:
            self._say("There is nothing to write on here; c writes a comment.")
        elif item.part is Part.COMMENT:
            record = self._view.comment(item.key)
            if record is not None:
                self.app.push_screen(CommentScreen(self._world, record), self._back)
            else:
                self._say(WENT_ON)
        else:
            over = self._view.note(item)
            self._show_note_of(item)
            self.begin_writing(
                self._note,
                Writing(
                    draft_key_in(self._view.key if item.part is Part.ENTRY else NEXT, item.key),
                    over,
                    lambda text, over: self._view.write_note(item, text, over),
                    self._noted,
                    item.key,
                ),
            )

    def action_comment(self) -> None:
        """Write a new comment."""
        if self.refuses_writing():
            return
        self.app.push_screen(CommentScreen(self._world, haul=self._view.key), self._commented)

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
                if self.writing is not None:
                    self._show_note_of(self._parts.item)

            self.app.push_screen(CorrectScreen(add.to_correct(self._world.library, item.key)), correct)

    def action_correct_noted(self) -> None:
        """The same while its note is written."""
        self.action_correct()

    def action_undo(self) -> None:
        """Take back the last step."""
        self._go_where(self._view.undo)

    def action_redo(self) -> None:
        """Do again what was undone."""
        self._go_where(self._view.redo)

    def show_home(self) -> None:
        """The post, and the keys of the haul."""
        self._show_note_of(None)
        self.set_focus(self._parts)

    @property
    def reading(self) -> Reader:
        """The abstract above the note."""
        return self.query_one("#haul-paper", Reader)

    def action_copy(self) -> None:
        """The entry in one of its forms, the note on it, or the post."""
        item, view = self._parts.item, self._view
        copied = view.copied(item) if item is not None and item.part is not Part.COMMENT else None

        def copy_it(wanted: Wanted | None) -> None:
            if wanted is not None:
                copy(self, self._world.clipboard, wanted, self._say)

        self.app.push_screen(CopyScreen(copied, view.post_text, f"haul {view.haul.number}"), copy_it)

    def action_export(self) -> None:
        """Write the post to its file."""
        self.app.push_screen(PublishScreen(self._world, self._view, export=True), self._back)

    def action_read_back(self) -> None:
        """Take over what was edited by hand in the post's file."""
        if not self.refuses_writing():
            read_back_on(self, self._world, self._view.key, self._read_back)

    def action_publish(self) -> None:
        """Close the haul: number it, stamp it, write it; of two with one number, give this one another."""
        if self._view.is_current or self._view.is_numbered_twice:
            self.app.push_screen(PublishScreen(self._world, self._view), self._back)
        else:
            self._say("This haul is published; e exports it again.")

    def action_help(self) -> None:
        """The keys."""
        self.app.push_screen(HelpScreen(self._world.settings.keys, Place.HAUL))

    def action_leave(self) -> None:
        """Back to the papers."""
        self.dismiss(None)

    def _noted(self, said: str) -> None:
        """The note is saved: back to the post."""
        self.show_home()
        self._show()
        self._say(said)

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

    def _commented(self, said: str | None) -> None:
        """A new comment, or none: it stands last, and the cursor on it."""
        self._back(said)
        if said and self._view.haul.comments:
            self._parts.go_to(self._view.haul.comments[-1].key)
            self._follow()

    def _read_back(self, said: str, error: bool) -> None:
        """The file's edits were taken over, or not."""
        self._show()
        self._say(said, error=error)

    def _back(self, said: str | None) -> None:
        """A form or the comment's editor closed."""
        self._show()
        self._say(said or "")
