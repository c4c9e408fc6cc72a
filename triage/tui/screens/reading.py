"""Reading and deciding: the list, the reader beside or below it, the header; the keys that move and decide.

Everything a key changes is changed and painted in its handler: Textual then paints once.
"""

from asyncio import Lock
from collections.abc import Callable

from textual import getters
from textual.app import ComposeResult
from textual.geometry import Region
from textual.screen import Screen
from textual.strip import Strip

from triage.inbox import Inbox
from triage.paper import Paper, Verdict
from triage.ports import NotSaved
from triage.tui import telling
from triage.tui.fetching import Fetch
from triage.tui.keys import Place, bind, footer, rows
from triage.tui.later import Later
from triage.tui.session import Session
from triage.tui.widgets.footer import Footer
from triage.tui.widgets.frame import Frame, covered
from triage.tui.widgets.header import Header
from triage.tui.widgets.paper_list import PaperList
from triage.tui.widgets.reader import Reader

WIDE = 100
"""Columns from which list and reader stand side by side."""
TALL = 14
"""Rows from which a stacked list has its five."""
LAYOUTS = ("both", "list", "reader")
_ACTIONS = {row.action.partition("(")[0] for row in rows(Place.MAIN)}


class ReadingScreen(Screen[None]):
    """Shows a session and performs its verbs."""

    AUTO_FOCUS = ""
    HORIZONTAL_BREAKPOINTS = [(0, "-stacked"), (WIDE, "-wide")]  # noqa: RUF012 - Screen declares no ClassVar

    VERTICAL_BREAKPOINTS = [(0, "-low"), (TALL, "-tall")]  # noqa: RUF012 - Screen declares no ClassVar

    header = getters.query_one(Header)
    papers = getters.query_one(PaperList)
    reader = getters.query_one(Reader)
    page = getters.query_one("#page", Frame)
    footer = getters.query_one(Footer)

    def __init__(self, session: Session, later: Later, *, layout: str = "both") -> None:
        panes = layout if layout in LAYOUTS else LAYOUTS[0]
        super().__init__(classes=f"-{panes}")
        self.session = session
        self._world = session.world
        self.fetch: Fetch | None = None
        """The fetch that runs."""
        self.panes = panes
        """Which panes are shown: one of LAYOUTS."""
        self._preset = session.world.settings.keys
        self.noted: Paper | None = None
        """The paper whose note is being written beneath its abstract, whatever the cursor does meanwhile."""
        self._later = later
        self._mounting = Lock()
        self._source = False
        self._is_painted = False
        self._after_g = False
        bind(self, Place.MAIN, self._preset, priority=True)

    def compose(self) -> ComposeResult:
        """Header, list and reader, the keys; the editor and the filter come when they are needed."""
        # What the breakpoints would say after a first layout is said before it.
        width, height = self.app.size
        self.add_class(
            "-wide" if width >= WIDE else "-stacked", "-tall" if height >= TALL else "-low", update=False
        )
        yield Header(id="header")
        with Frame(id="body"):
            yield PaperList(self.session.has_note, self.session.is_held, id="papers")
            with Frame(id="page"):
                yield Reader(id="reader")
        yield Footer(footer(Place.MAIN, self._preset), id="footer")

    def update_node_styles(self, animate: bool = True) -> None:
        """The styles anew; not for the first paint, which every node has just got its own for.

        Textual 8.2.8 has a screen that is shown for the first time wait for all of them twice.
        """
        if self._is_painted:
            super().update_node_styles(animate)
        self._is_painted = True

    def render_lines(self, crop: Region) -> list[Strip]:
        """Blank lines: header, panes and footer cover the screen."""
        return covered(crop, self.rich_style)

    def begin(self) -> None:
        """Show the session for the first time."""
        self.show()

    def check_action(self, action: str, _parameters: tuple[object, ...]) -> bool | None:
        """While a text is being typed the keys of this screen are letters."""
        if action != "first_by_two":
            self._after_g = False
        return action not in _ACTIONS or self.focused is None

    def on_resize(self) -> None:
        """Know how much of a title a sentence has room for."""
        self.session.width = self.size.width

    def show(self, said: str = "", *, error: bool = False) -> None:
        """Show the session as it is now, and what is to be said."""
        session = self.session
        self.papers.show(session.inbox)
        self.reader.show(
            telling.leaf(session, self.noted, source=self._source, fetching=self.fetch is not None)
        )
        self.show_facts()
        self.footer.say(said, error=error)

    def show_facts(self) -> None:
        """Show the header as it is now."""
        self.header.show(telling.facts(self.session, self.fetch))

    def tell(self, sentence: str, *, error: bool = False) -> None:
        """Say what nobody pressed a key for, beside what is being said."""
        said = self.footer.said
        self.footer.say(f"{said} {sentence}".strip(), error=error or self.footer.is_error)

    def perform(self, verb: Callable[[], str]) -> bool:
        """Do what changes the library and say what came of it; False when it was not saved."""
        try:
            said = verb()
        except NotSaved as refusal:
            self.footer.say(str(refusal), error=True)
            return False
        self.show(said)
        return True

    def _set_panes(self, panes: str) -> None:
        self.panes = panes
        for layout in LAYOUTS:
            self.set_class(layout == panes, f"-{layout}")

    def move(self, verb: Callable[[Inbox], Inbox]) -> None:
        """Move the cursor or fold."""
        self.session.move(verb)
        self.show()

    def action_step(self, rows: int) -> None:
        """Move by papers."""
        self.move(lambda inbox: inbox.step(rows))

    def action_page(self, pages: int) -> None:
        """Move by screenfuls."""
        self.move(lambda inbox: inbox.step(pages * self.papers.page))

    def action_first(self) -> None:
        """Move to the first paper."""
        self.move(lambda inbox: inbox.step(-len(inbox.rows)))

    def action_first_by_two(self) -> None:
        """Move to the first paper at the second `g` in a row."""
        if self._after_g:
            self.action_first()
        self._after_g = not self._after_g

    def action_last(self) -> None:
        """Move to the last paper."""
        self.move(lambda inbox: inbox.step(len(inbox.rows)))

    def action_next_section(self) -> None:
        """Move to the next section."""
        self.move(lambda inbox: inbox.next_section())

    def action_fold(self, away: bool) -> None:
        """Fold the cursor's section away, or unfold the one that is folded next to it."""
        inbox = self.session.inbox
        title = _to_fold(inbox) if away else _to_unfold(inbox)
        if not title:
            self.show("" if away else "Nothing is folded away.")
            return
        self.move(lambda inbox: inbox.fold(title))
        if not away:
            self.show(f"Unfolded: {title}.")

    def action_scroll(self, pages: int) -> None:
        """Scroll the abstract."""
        self.reader.scroll_pages(pages)

    def action_source(self) -> None:
        """TeX as received, or as Unicode."""
        self._source = not self._source
        self.show("TeX source." if self._source else "")

    def action_layout(self) -> None:
        """Both panes, the list only, the reader only."""
        self._set_panes(LAYOUTS[(LAYOUTS.index(self.panes) + 1) % len(LAYOUTS)])

    def action_day(self, by: int) -> None:
        """The listing day before or after."""
        self.show(self.session.move_day(by))

    def action_all_open(self) -> None:
        """All open papers of all days; and back."""
        self.session.all_open_and_back()
        self.show()

    def action_cross_lists(self) -> None:
        """Cross-lists: show them, fold them away, leave them out."""
        self.show(self.session.next_cross_lists())

    def on_paper_list_pointed(self, event: PaperList.Pointed) -> None:
        """A row was clicked."""
        row = self.session.inbox.rows[event.at]
        if self.focused is None:
            self.move(lambda inbox: inbox.to(row.id))

    def on_paper_list_folded(self, event: PaperList.Folded) -> None:
        """A heading was clicked."""
        if self.focused is None:
            self.move(lambda inbox: inbox.fold(event.title))

    def action_decide(self, verdict: str) -> None:
        """Keep or skip."""
        self.perform(lambda: self.session.decide(Verdict(verdict)))

    def action_hold(self) -> None:
        """Keep for the next haul."""
        self.perform(lambda: self.session.decide(Verdict.KEEP, hold=True))

    def action_reopen(self) -> None:
        """Make open again."""
        self.perform(self.session.reopen)

    def action_finish(self) -> None:
        """Skip the open rest."""
        self.perform(self.session.finish)

    def action_undo(self) -> None:
        """Take back the last step."""
        self.perform(self.session.undo)

    def action_redo(self) -> None:
        """Do again what was taken back."""
        self.perform(self.session.redo)


def _to_fold(inbox: Inbox) -> str:
    section = inbox.section(inbox.cursor)
    return section.title if section is not None else ""


def _to_unfold(inbox: Inbox) -> str:
    """The folded section nearest below the cursor, else nearest above; the chosen one when all are folded."""
    if inbox.cursor < 0 and inbox.heading in inbox.folded:
        return inbox.heading
    folded = [section for section in inbox.sections if section.title in inbox.folded]
    below = [section for section in folded if section.start > inbox.cursor]
    nearest = below[:1] or folded[-1:]
    return nearest[0].title if nearest else ""
