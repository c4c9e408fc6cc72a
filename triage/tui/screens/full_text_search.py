"""Searching in a full text: the matches are marked while one types, and counted."""

from asyncio import sleep

from textual.worker import Worker

from triage.tui.marking import Span
from triage.tui.screens.full_text_loading import FullTextLoading
from triage.tui.text_search import TextSearch
from triage.tui.widgets.filter_line import FilterLine

_KEYS = (("Enter", "To the text"), ("↑ ↓", "Matches"), ("Esc", "End"))
_FOUND = (("n", "Next"), ("N", "Before"), ("/", "Search"), ("Esc", "End"), ("?", "Help"))
_SLICE = 50_000
"""Characters that are looked through in one go: a millisecond or two."""
_BREATH = 0.001


class FullTextSearching(FullTextLoading):
    """Opens the line a query is typed into, and goes from match to match."""

    _search: TextSearch | None = None
    _origin = 0
    """Where one was when the search began."""
    _arrived = False
    """Whether one has gone to the first match, or elsewhere."""
    _looking: Worker[None] | None = None
    _line: FilterLine | None = None

    async def action_search(self) -> None:
        """Type a query."""
        if self._line is None:
            self._line = FilterLine()
            await self.mount(self._line, before=self.footer)
        self._line.value = self._search.query if self._search is not None else ""
        self._line.display = True
        self._origin = self.text.place if self._body.blocks else 0
        self.set_focus(self._line)
        self.footer.show(_KEYS)
        self.say("")

    def on_input_changed(self, event: FilterLine.Changed) -> None:
        """Each letter searches anew."""
        event.stop()
        if event.input is not self.focused:
            return
        self._set_search(TextSearch(event.value) if event.value.strip() else None)
        if self._search is None:
            self.text.go(self._origin)
        self._look_on()
        if self._search is not None and not self._search.hits:
            self.text.go(self._origin)
        self.show_place()

    def on_filter_line_left(self, event: FilterLine.Left) -> None:
        """Back to the text, with the matches marked or without."""
        event.stop()
        event.line.display = False
        if not event.on:
            self._set_search(None)
            self.text.go(self._origin)
        self.show_home()
        self.show_place()
        if self._search is not None and not self._search.hits and not self._is_looking:
            self.say(f"Nothing here matches {self._search.query!r}.")

    def on_filter_line_moved(self, event: FilterLine.Moved) -> None:
        """The arrows go from match to match meanwhile."""
        event.stop()
        self.step_match(1 if event.rows > 0 else -1)

    @property
    def is_searching(self) -> bool:
        """Whether matches are marked."""
        return self._search is not None

    def step_match(self, by: int) -> None:
        """Go to the next match (1) or the one before (-1)."""
        if self._search is None:
            return
        hit = self._search.step(by, self.text.place)
        if hit is None:
            self.say(f"Nothing here matches {self._search.query!r}.")
            return
        self._bring(hit)

    def moved(self, section: int | None = None) -> None:
        """One has gone somewhere, and waits for no first match any more."""
        self._arrived = True
        super().moved(section)

    def end_search(self) -> None:
        """Mark no matches any more; the text stays where it is."""
        self._set_search(None)
        self.show_home()
        self.show_place()

    def show_home(self) -> None:
        """Bring the keys back, those of the search while one is on."""
        super().show_home()
        if self.is_searching:
            self.footer.show(_FOUND)

    def grown(self) -> None:
        """Look through what has come."""
        if self._search is not None:
            self._look_on()

    def facts(self) -> list[str]:
        """The query, the match one is at, and how many there are."""
        search = self._search
        if search is None:
            return []
        at = f"{search.current + 1}/" if search.current >= 0 else ""
        more = "+" if self._is_looking or self._progress else ""
        return [f"/{search.query.strip()} {at}{len(search.hits)}{more}"]

    @property
    def _is_looking(self) -> bool:
        return self._looking is not None and not self._looking.is_finished

    def _set_search(self, search: TextSearch | None) -> None:
        if self._looking is not None:
            self._looking.cancel()
            self._looking = None
        self._search = self.text.search = search
        self._arrived = False
        self.text.refresh()

    def _look_on(self) -> None:
        """Look through a little at once, and through the rest behind."""
        if self._look() and not self._is_looking:
            self._looking = self.run_worker(self._look_behind, group="search")

    def _look(self) -> bool:
        """Look through a slice, and go to the first match; False when nothing is left."""
        search = self._search
        if search is None:
            return False
        more = search.look_on(self._body, _SLICE)
        found = bool(search.hits) and (search.hits[-1][0] >= self._origin or not (more or self._progress))
        if found and not self._arrived:
            hit = search.go_from(self._origin)
            if hit is not None:
                self._bring(hit)
        return more

    def _bring(self, hit: Span) -> None:
        self.text.bring_match(*hit)
        self.moved(self._body.section_at(hit[0]))

    async def _look_behind(self) -> None:
        while self._look():
            self.show_place()
            self.text.refresh()
            await sleep(_BREATH)
        self._looking = None
        self.text.refresh()
        self.show_place()
