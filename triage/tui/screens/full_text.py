"""The full text of a paper: what is read there, and quoted into the note beneath it."""

from triage.actions.copy import of_paper
from triage.actions.note import draft_key
from triage.paper import Paper, Verdict, pdf_url
from triage.tui.browse import browse
from triage.tui.copying import Wanted, copy
from triage.tui.keys import Place
from triage.tui.later import Later
from triage.tui.reading_places import ReadingPlaces
from triage.tui.screens.copy import CopyScreen
from triage.tui.screens.full_text_search import FullTextSearching
from triage.tui.screens.help import HelpScreen
from triage.tui.screens.noting import RULE_TITLE
from triage.tui.screens.writing import Writing, saved_with
from triage.tui.screens.writing_above import WritesAbove
from triage.tui.session import Session
from triage.tui.widgets.note_editor import NoteEditor
from triage.tui.widgets.text_pane import TextPane

_SAVED = "Note saved."
_SAVED_AND_KEPT = "Note saved; the paper is kept."


class FullTextScreen(WritesAbove, FullTextSearching):
    """Reads one paper, and writes on it."""

    def __init__(self, session: Session, later: Later, paper: Paper, places: ReadingPlaces) -> None:
        super().__init__(session.world, paper, places)
        self._session = session
        self._later = later
        self._fault = ""
        """What a post would not give back of the note saved last."""
        self._came_from: list[int] = []
        """The places one has followed links from."""

    def on_mount(self) -> None:
        """Say what the editor is for."""
        self.note.border_title = RULE_TITLE

    # The note.

    def action_note(self) -> None:
        """The next match while a search is on, else the note."""
        if self.is_searching:
            self.step_match(1)
        else:
            self._write()

    def action_previous_match(self) -> None:
        """The match before."""
        if self.is_searching:
            self.step_match(-1)
        else:
            self.say("Nothing is searched for; / searches.")

    def _write(self) -> None:
        """Open the editor with the paper's note beneath the text."""
        if self.refuses_writing():
            return
        self.add_class("-noting")
        self.note.display = True
        over = self._session.note(self._paper)
        key = draft_key(self._world.library, self._paper)
        writing = Writing(key, over, self._save, self._saved, self._paper.id)
        self.begin_writing(self.note, writing)

    def _save(self, text: str, over: str) -> str:
        """Put the note on the paper. Raises NotSaved."""
        before = self._world.library.verdict(self._paper.id)
        said = self._session.write_note(self._paper, text, over)
        if text == over:
            return said
        fault = self._later.faults_in_note(self._session.note(self._paper))
        if fault is not None:
            self._fault = saved_with(fault)
        kept = before is not Verdict.KEEP and self._world.library.verdict(self._paper.id) is Verdict.KEEP
        return f"{_SAVED_AND_KEPT if kept else _SAVED} {said}".rstrip()

    def _saved(self, said: str) -> None:
        """Back to the text."""
        fault, self._fault = self._fault, ""
        self.note.display = False
        self.remove_class("-noting")
        self.show_home()
        self.say(fault or said, error=bool(fault))

    def on_note_editor_paged(self, event: NoteEditor.Paged) -> None:
        """The text is scrolled from within the note: the header is another then."""
        event.stop()
        self.call_later(self.moved)

    async def quote_into_note(self, passage: str) -> None:
        """Open the note with a passage quoted at its end."""
        self.show_home()
        self._write()
        if self.writing is not None:
            self.note.quote(passage)

    @property
    def reading(self) -> TextPane:
        """The text."""
        return self.text

    def show_home(self) -> None:
        """Back to reading."""
        FullTextSearching.show_home(self)

    # Ways out.

    async def action_choose(self) -> None:
        """Quote what the mouse has marked; in the outline go to the section."""
        if self.text.mark is not None:
            await self.action_quote()
        else:
            self.go_to_chosen()

    def on_text_pane_followed(self, event: TextPane.Followed) -> None:
        """A link was clicked: within the text it leads there, elsewhere it is only shown."""
        event.stop()
        place = self._body.anchored(event.target.removeprefix("#")) if event.target.startswith("#") else None
        if place is not None:
            self._came_from.append(self.text.place)
            self.text.go(place)
            self.moved()
            self.say("Backspace leads back.")
        elif event.target.startswith("#"):
            self.say("The place that this link leads to is not in the text.")
        else:
            self.say(f"The link leads to {event.target}")

    def action_back(self) -> None:
        """Where one followed the last link from."""
        if self._came_from:
            self.text.go(self._came_from.pop())
            self.moved()
        else:
            self.say("No link was followed.")

    def action_open_page(self) -> None:
        """The page that is read, or the abs page, in the browser."""
        self._browse(self._page.url if self._page is not None else self._paper.url)

    def action_open_pdf(self) -> None:
        """The PDF in the browser."""
        self._browse(pdf_url(self._paper.id))

    def _browse(self, url: str) -> None:
        browse(self, self._world.browser, url, lambda said, error: self.say(said, error=error))

    def action_copy(self) -> None:
        """The paper in one of its forms, the note on it, or the post."""
        session, world = self._session, self._world
        ours = of_paper(world.library, world.archive, self._paper, session.note(self._paper))

        def copy_it(wanted: Wanted | None) -> None:
            if wanted is not None:
                copy(self, world.clipboard, wanted, self.say)

        menu = CopyScreen(ours, lambda: self._later.post_of(world), f"haul {session.number}")
        self.app.push_screen(menu, copy_it)

    def action_help(self) -> None:
        """The keys."""
        self.app.push_screen(HelpScreen(self._preset, Place.FULL_TEXT))

    def action_back_out(self) -> None:
        """Out of what one is in: a mark, a search, the outline; else back to the papers."""
        if self.text.mark is not None:
            self.text.drop_mark()
        elif self.is_searching:
            self.end_search()
        elif self._in_outline:
            self.show_text()
        else:
            self.action_leave()

    def action_leave(self) -> None:
        """Back to the papers at once; the child ends."""
        self.dismiss("")
