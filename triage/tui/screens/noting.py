"""Writing the note on a paper, beneath its abstract."""

from typing import TYPE_CHECKING

from triage.actions.decide import as_decided
from triage.actions.known import known
from triage.paper import Paper
from triage.ports import NotSaved
from triage.tui.browsing import View
from triage.tui.keys import Place, footer
from triage.tui.screens.filtering import FilteringScreen

if TYPE_CHECKING:
    from triage.tui.widgets.note_editor import NoteEditor

_RULE_TITLE = "[$foreground 30%]─[/] note "
"""Makes the border look as the reader's rule above a note does."""


class NotingScreen(FilteringScreen):
    """Opens the editor for one paper, keeps what is typed as a draft, and saves it to that paper alone."""

    _over = ""
    """The note as it was when the writing began."""
    _editor: "NoteEditor | None" = None
    _back: View | None = None
    """Where the user came from when they asked for the last decided paper's note."""

    async def editor(self) -> "NoteEditor":
        """The editor, mounted beneath the reader when it is first needed."""
        async with self._mounting:
            if self._editor is None:
                editor = self._up.NoteEditor(self._preset, id="note")
                editor.border_title = _RULE_TITLE
                editor.display = False
                await self.page.mount(editor)
                self._editor = editor
        return self._editor

    async def action_note(self) -> None:
        """Write the note on the paper under the cursor."""
        paper = self.session.paper
        if paper is None:
            self.show("There is no paper here to note.")
        else:
            await self.write(paper)

    async def action_note_of_last(self) -> None:
        """Write the note on the paper decided last; its closing leads back."""
        key = self.session.last_decided()
        if key is None:
            self.show("Nothing is decided yet.")
            return
        await self.write_and_come_back(key)

    async def write_and_come_back(self, key: str) -> None:
        """Write the note on any paper, listed or not; closing it leads back to where the user is now."""
        back = self.session.view
        self.session.goto(key)
        await self.write(self.known(key))
        self._back = back

    def known(self, key: str) -> Paper:
        """All that is known of a paper: the one under the cursor as the list has it, others as decided on."""
        paper = self.session.paper
        if paper is not None and paper.id == key:
            return paper
        library = self.session.world.library
        return as_decided(known(library, self.session.world.archive, key), library.paper(key))

    async def write(self, paper: Paper) -> None:
        """Open the editor with a paper's note, or with the draft that a killed app has left."""
        library = self.session.world.library
        if library.read_only:
            self.show("The library is open for reading only: nothing can be noted.", error=True)
            return
        editor = await self.editor()
        self.noted, self._back = paper, None
        self._over = self.session.note(paper)
        draft = library.draft(paper.id)
        self.add_class("-noting")
        editor.display = True
        editor.open(self._over if draft is None else draft)
        self.footer.show(footer(Place.NOTE, self._preset))
        self.show("" if draft is None else "This is what was being typed when the app ended; Esc saves it.")

    def on_note_editor_closed(self, event: "NoteEditor.Closed") -> None:
        """Save; the editor stays open when that failed."""
        event.stop()
        paper, text = self.noted, event.editor.text
        if paper is None:
            return
        if not self.perform(lambda: self.session.write_note(paper, text, self._over)):
            return
        event.editor.no_more_drafts()
        self._drop_draft(paper.id)
        self.noted = None
        event.editor.display = False
        self.remove_class("-noting")
        self.set_focus(None)
        self.footer.show(footer(Place.MAIN, self._preset))
        if self._back is not None:
            self.session.go(self._back)
            self._back = None
        self.papers.repaint()
        self.show(self.footer.said, error=self.footer.is_error)
        if text != self._over:
            self._tell_of_fault(paper)

    def _tell_of_fault(self, paper: Paper) -> None:
        """Name the line of a note that a post would not give back."""
        fault = self._later.faults_in_note(self.session.note(paper))
        if fault is not None:
            line, why = fault
            self.tell(f"Saved, but line {line} would not read back as it is: {why}", error=True)

    def on_note_editor_drafted(self, event: "NoteEditor.Drafted") -> None:
        """Keep what is being typed."""
        event.stop()
        if self.noted is None:
            return
        text = event.editor.text
        try:
            self.session.world.library.save_draft(self.noted.id, text if text != self._over else None)
        except NotSaved as refusal:
            self.footer.say(str(refusal), error=True)

    def on_note_editor_paged(self, event: "NoteEditor.Paged") -> None:
        """Scroll the abstract while writing."""
        event.stop()
        self.reader.scroll_pages(event.pages)

    def on_note_editor_left_out(self, event: "NoteEditor.LeftOut") -> None:
        """Say that a paste was cut."""
        event.stop()
        self.footer.say(event.sentence, error=True)

    def on_note_editor_wanted_outside(self, event: "NoteEditor.WantedOutside") -> None:
        """Go on in $EDITOR."""
        event.stop()
        self.footer.say(event.editor.edit_with(self.session.world.editor), error=True)

    def _drop_draft(self, key: str) -> None:
        try:
            self.session.world.library.save_draft(key, None)
        except NotSaved as refusal:
            self.footer.say(str(refusal), error=True)
