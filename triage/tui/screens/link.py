"""Choose another paper, and put a link to it, or to the haul that praised it, into a note."""

import asyncio
from time import perf_counter
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen

from triage.actions.linking import Linkable, NoHaul, link_to_haul, link_to_paper, linkables
from triage.inbox import matches, searchable
from triage.ports import World
from triage.tui.sheets import sheets
from triage.tui.widgets.blocks import cut, styled
from triage.tui.widgets.field import Field
from triage.tui.widgets.footer import Footer
from triage.tui.widgets.row_list import RowList
from triage.tui.widgets.text_line import TextLine

_SLICE = 0.002
"""Seconds of reading between which every key has its turn."""
_BREATH = 0.001
_FIRST = 40
"""Papers that are read before the first paint."""
_LEAST_TITLE = 20
"""Cells of a title that stay beside the haul."""
_KEYS = (("Enter", "Link to the paper"), ("Tab", "Link to its haul"), ("Esc", "Back"))


class LinkScreen(ModalScreen[str | None]):
    """Lists the kept papers, this haul's first; dismissed with Markdown, None when the user left."""

    CSS_PATH = sheets("panels", "text", "link")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "Back", show=False),
        Binding("up", "step(-1)", "Up", show=False),
        Binding("down", "step(1)", "Down", show=False),
        Binding("pageup", "page(-1)", "Page up", show=False),
        Binding("pagedown", "page(1)", "Page down", show=False),
        Binding("tab", "link_haul", "Link to its haul", show=False, priority=True),
    ]

    def __init__(self, world: World, but: str = "") -> None:
        """`but` is the id of the paper the note is on."""
        super().__init__()
        self._world = world
        self._unread = (one for one in linkables(world.library) if one.key != but)
        self._read: list[Linkable] = []
        self._shown: list[Linkable] = []
        self._words: tuple[str, ...] = ()

    def compose(self) -> ComposeResult:
        """A panel at the foot of the screen."""
        with Vertical(classes="panel"):
            yield TextLine(id="link-title")
            yield Field(placeholder="type to filter by title, id or haul", id="link-filter")
            yield RowList(id="links", empty="No kept paper matches.")
            yield Footer(_KEYS)

    def on_mount(self) -> None:
        """Show the first papers, and read the others behind."""
        title = styled("Link", "heading") + styled(" another paper in the note · this haul first", "dim")
        self.query_one("#link-title", TextLine).show(title)
        self.set_focus(self.query_one(Field))
        while len(self._read) < _FIRST and self._read_one():
            pass
        self._show()
        self.run_worker(self._read_on())

    @property
    def _rows(self) -> RowList:
        return self.query_one("#links", RowList)

    @property
    def chosen(self) -> Linkable | None:
        """The paper under the cursor."""
        at = self._rows.cursor
        return self._shown[at] if 0 <= at < len(self._shown) else None

    def action_step(self, rows: int) -> None:
        """Move the cursor."""
        self.query_one(Footer).say("")
        self._rows.move(rows)

    def action_page(self, pages: int) -> None:
        """Move the cursor by screenfuls."""
        self._rows.move_pages(pages)

    def on_row_list_pointed(self, event: RowList.Pointed) -> None:
        """A click only moves the cursor."""
        event.stop()

    def on_input_changed(self, event: Field.Changed) -> None:
        """Each letter filters."""
        event.stop()
        words, before = searchable(event.value), self._words
        among = self._shown if _narrow(before, words) else self._read
        self._words = words
        self._shown = [one for one in among if matches(words, one.sought)]
        self._show(0)

    def on_input_submitted(self, event: Field.Submitted) -> None:
        """Link to the paper."""
        event.stop()
        if self.chosen is not None:
            self.dismiss(link_to_paper(self.chosen))

    def action_link_haul(self) -> None:
        """Link to the haul that praised the paper."""
        if self.chosen is None:
            return
        try:
            link = link_to_haul(self._world.library, self._world.settings.haul, self.chosen.key)
        except NoHaul as refusal:
            self.query_one(Footer).say(str(refusal), error=True)
            return
        self.dismiss(link)

    def action_leave(self) -> None:
        """Link nothing."""
        self.dismiss(None)

    async def _read_on(self) -> None:
        """Read the other papers in slices that no key waits for."""
        more = True
        while more:
            shown, end = len(self._shown), perf_counter() + _SLICE
            while more and perf_counter() < end:
                more = self._read_one()
            if len(self._shown) != shown:
                self._show()
            await asyncio.sleep(_BREATH)

    def _read_one(self) -> bool:
        one = next(self._unread, None)
        if one is None:
            return False
        self._read.append(one)
        if matches(self._words, one.sought):
            self._shown.append(one)
        return True

    def _show(self, cursor: int | None = None) -> None:
        self._rows.show(len(self._shown), self._row, cursor=cursor)

    def _row(self, at: int, width: int) -> Content:
        one = self._shown[at]
        title, where = Content(one.title), styled(one.where, "dim")
        room = width - where.cell_length - 3
        if room < _LEAST_TITLE:
            return cut(title, width - 1)
        title = cut(title, room)
        return title + Content(" " * (room - title.cell_length + 2)) + where


def _narrow(before: tuple[str, ...], words: tuple[str, ...]) -> bool:
    """Tell whether whatever matches these words matched those before: one types on."""
    return len(before) <= len(words) and all(old in new for old, new in zip(before, words, strict=False))
