"""Typing a filter: the list answers each letter, while the texts it searches are read behind it."""

from asyncio import sleep
from typing import TYPE_CHECKING

from textual.worker import Worker

from triage.tui.key_gate import KeyGate
from triage.tui.keys import Place, footer
from triage.tui.screens.reading import ReadingScreen
from triage.tui.sheets import bring

if TYPE_CHECKING:
    from triage.tui.widgets.filter_line import FilterLine

_KEYS = (("Enter", "To the list"), ("Esc", "Clear"), ("↑ ↓", "Move"))
TYPING = ("panels", "text", "typing")
"""The sheets of what is typed into."""
_BREATH = 0.001
"""Seconds for everything else between two slices of reading."""


class FilteringScreen(ReadingScreen):
    """Opens the line a filter is typed into, and shows what it leaves."""

    _searching: Worker[None] | None = None
    _filter_line: "FilterLine | None" = None

    async def filter_line(self) -> "FilterLine":
        """The line a filter is typed into, mounted when it is first needed."""
        async with self._mounting:
            if self._filter_line is None:
                bring(self.app, *TYPING)
                line = self._later.filter_line()()
                line.display = False
                await self.mount(line, before=self.footer)
                self._filter_line = line
        return self._filter_line

    async def action_filter(self) -> None:
        """Type a filter."""
        line = await self.filter_line()
        line.value = self.session.inbox.query
        line.display = True
        self.session.searching()
        self.search_behind()
        self.set_focus(line)
        self.footer.show(_KEYS)
        self.show()

    def search_behind(self) -> None:
        """Read what a filter searches, in slices between which everything else has its turn."""
        if not self.session.searched and (self._searching is None or self._searching.is_finished):
            self._searching = self.run_worker(self._search_on, group="search")

    async def _search_on(self) -> None:
        while not self.session.searched:
            if self.session.search_on():
                self.show(self.footer.said, error=self.footer.is_error)
            await sleep(_BREATH)

    def action_leave(self) -> None:
        """Clear the filter."""
        if self.session.inbox.query:
            self.session.filter("")
        self.show()

    def on_input_changed(self, event: "FilterLine.Changed") -> None:
        """Each letter filters; of several that wait only the last, or they would keep all else waiting."""
        event.stop()
        types_on = isinstance(self.app, KeyGate) and self.app.types_on
        if event.input is self.focused and not types_on:
            self.session.filter(event.value)
            self.show()

    def on_filter_line_left(self, event: "FilterLine.Left") -> None:
        """Back to the list, with the filter or without."""
        self.set_focus(None)
        self.session.filter(event.line.value if event.on else "")
        event.line.display = False
        self.footer.show(footer(Place.MAIN, self._preset))
        self.show()

    def on_filter_line_moved(self, event: "FilterLine.Moved") -> None:
        """The arrows move in the list meanwhile."""
        self.action_step(event.rows)
