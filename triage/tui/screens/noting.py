"""Writing the note on a paper, beneath its abstract."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from triage.actions.decide import as_decided
from triage.actions.known import known
from triage.actions.note import draft_key
from triage.paper import Paper
from triage.tui.browsing import View
from triage.tui.keys import Place, footer
from triage.tui.screens.filtering import TYPING, FilteringScreen
from triage.tui.screens.writing import Writes, Writing, saved_with
from triage.tui.sheets import bring
from triage.tui.widgets.reader import Reader

if TYPE_CHECKING:
    from triage.tui.screens.link import LinkScreen
    from triage.tui.widgets.blocks import Block
    from triage.tui.widgets.note_editor import NoteEditor

RULE_TITLE = "[$foreground 30%]─[/] note "
"""Makes the border look as the reader's rule above a note does."""


class NotingScreen(Writes, FilteringScreen):
    """Opens the editor for one paper, and saves what is written to that paper alone."""

    _editor: "NoteEditor | None" = None
    _fault = ""
    """What a post would not give back of the note saved last."""
    _back: View | None = None
    """Where the user came from when they asked for the last decided paper's note."""

    async def editor(self) -> "NoteEditor":
        """The editor, mounted beneath the reader when it is first needed."""
        async with self._mounting:
            if self._editor is None:
                bring(self.app, *TYPING)
                editor = self._later.note_editor()(self._preset, id="note")
                editor.border_title = RULE_TITLE
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
        if self.refuses_writing():
            return
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
        if self.refuses_writing():
            return
        editor = await self.editor()
        self.noted, self._back = paper, None
        self.add_class("-noting")
        editor.display = True
        over = self.session.note(paper)
        self.begin_writing(
            editor,
            Writing(
                draft_key(self._world.library, paper),
                over,
                lambda text, over: self._write(paper, text, over),
                self._noted,
                paper.id,
            ),
        )
        self.show(self.footer.said)

    def _write(self, paper: Paper, text: str, over: str) -> str:
        """Put the note on the paper it was begun for, as it is known by now. Raises NotSaved."""
        if self.noted is not None and self.noted.id == paper.id:
            paper = self.noted
        said = self.session.write_note(paper, text, over)
        fault = self._later.faults_in_note(self.session.note(paper)) if text != over else None
        self._fault = saved_with(fault) if fault is not None else ""
        return said

    def _noted(self, said: str) -> None:
        """The note is saved: back to the papers, or to where the user came from."""
        self.noted = None
        if self._editor is not None:
            self._editor.display = False
        self.remove_class("-noting")
        self.show_home()
        if self._back is not None:
            self.session.go(self._back)
            self._back = None
        self.papers.repaint()
        self.show(said)
        if self._fault:
            self.tell(self._fault, error=True)

    async def action_quote(self) -> None:
        """Quote from the abstract, which is shown for that in every layout."""
        self.add_class("-marking")
        await super().action_quote()
        self.set_class(self.reader.is_marking, "-marking")

    async def quote_into_note(self, passage: str) -> None:
        """Open the note on the paper that is shown, with a passage quoted at its end."""
        self.show_home()
        paper = self.reader.paper
        if paper is not None:
            await self.write(paper)
        if self.writing is not None and self._editor is not None:
            self._editor.quote(passage)

    def show_home(self) -> None:
        """The keys of the papers."""
        self.remove_class("-marking")
        self.set_focus(None)
        self.show_keys(Place.MAIN)

    def action_leave(self) -> None:
        """Unmark; where nothing is marked, clear the filter."""
        if self.reader.mark is not None:
            self.reader.drop_mark()
        else:
            super().action_leave()

    def say(self, sentence: str, *, error: bool = False) -> None:
        """Show a sentence in the footer."""
        self.footer.say(sentence, error=error)

    def drawn(self, text: str) -> "Sequence[Block]":
        """A note as it will read."""
        return self._later.markdown(text)

    def links(self, but: str) -> "LinkScreen":
        """The screen to choose a paper to link to."""
        return self._later.link(self._world, but)

    def show_keys(self, place: Place) -> None:
        """Show the keys of a place in the footer."""
        self.footer.show(footer(place, self._preset))

    @property
    def reading(self) -> Reader:
        """The abstract."""
        return self.reader
