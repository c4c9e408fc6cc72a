"""What was decided on this machine, newest first: each decision can be changed without undoing the rest."""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import islice

from textual.app import ComposeResult
from textual.content import Content
from textual.screen import Screen
from textual.worker import Worker

from triage import shown
from triage.actions import decide
from triage.actions.kept import kept_in
from triage.actions.known import known
from triage.inbox import matches, searchable
from triage.paper import Kind, Paper, Row, Verdict
from triage.ports import NotSaved, World
from triage.replacement import Mark, mark_on
from triage.steps import Step
from triage.tui.decisions import Decision, decisions
from triage.tui.keys import Place, bind, footer
from triage.tui.screens.help import HelpScreen
from triage.tui.sheets import sheets
from triage.tui.widgets.blocks import cut, styled
from triage.tui.widgets.field import Field
from triage.tui.widgets.footer import Footer
from triage.tui.widgets.row_list import RowList
from triage.tui.widgets.text_line import TextLine

_SLICE = 200
"""Decisions read at a time: what no key waits for."""
_MOST_READ_AGAIN = 2000
"""Decisions that are read again when another process decides; further back only the marks change."""
_MARKS = {
    Mark.OPEN: (" ", ""),
    Mark.KEPT: ("✓", "kept"),
    Mark.SKIPPED: ("–", "dim"),
    Mark.SEEN: ("·", "dim"),
}
_NOW = {Mark.OPEN: "open", Mark.KEPT: "kept", Mark.SKIPPED: "skipped", Mark.SEEN: "seen"}
_POLL = 0.5
"""Seconds between two looks at what others did; the promise is one."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """Where the user goes from here."""

    key: str
    """The paper's id."""
    write: bool = False
    """True to write its note."""
    listed: str = ""
    """The listing day, ISO, to go to; empty: the one that the paper was decided on."""


class DecisionsScreen(Screen[Chosen | None]):
    """Lists the decisions; None brings the user back to where they were."""

    CSS_PATH = sheets("panels", "text", "decisions")

    _searching: Worker[None] | None = None
    """Reads further back while what matches does not fill the screen."""

    def __init__(self, world: World) -> None:
        super().__init__()
        self._world = world
        self._unread = decisions(world.library.history())
        self._read: list[Decision] = []
        self._shown: list[Decision] = []
        self._titles: dict[str, str] = {}
        self._hauls: dict[str, str] = {}
        self._words: tuple[str, ...] = ()
        self._newest = self._newest_step()

    def compose(self) -> ComposeResult:
        """Title, filter, list, status, keys."""
        yield TextLine(id="decisions-title", classes="header")
        yield Field(placeholder="type to filter by title, id or verb", id="decisions-filter")
        yield RowList(id="decisions", empty="Nothing decided on this machine yet.")
        yield Footer(footer(Place.LISTING, self._world.settings.keys))

    def on_mount(self) -> None:
        """Show the newest."""
        bind(self, Place.LISTING, self._world.settings.keys)
        title = styled("Decisions", "title") + styled(" · newest first · on this machine", "dim")
        self.query_one("#decisions-title", TextLine).show(title)
        self.query_one(Field).display = False
        self.set_focus(self._rows)
        self._load(self._rows_wanted())
        self.set_interval(_POLL, self._take_in)

    def on_resize(self) -> None:
        """Fill the list."""
        self._load(self._rows_wanted())

    @property
    def _rows(self) -> RowList:
        return self.query_one("#decisions", RowList)

    @property
    def decision(self) -> Decision | None:
        """The decision under the cursor."""
        at = self._rows.cursor
        return self._shown[at] if 0 <= at < len(self._shown) else None

    def action_step(self, rows: int) -> None:
        """Move the cursor."""
        self.query_one(Footer).say("")
        self._load(self._rows.cursor + rows + self._rows_wanted())
        self._rows.move(rows)

    def action_page(self, pages: int) -> None:
        """Move the cursor by screenfuls."""
        self._load(self._rows.cursor + (pages + 1) * self._rows_wanted())
        self._rows.move_pages(pages)

    def action_first(self) -> None:
        """The newest."""
        self._rows.go(0)

    def action_last(self) -> None:
        """The oldest that was read; once more reads further back."""
        self._load(len(self._shown) + 5 * _SLICE)
        self._rows.go(len(self._shown) - 1)

    def action_choose(self) -> None:
        """Go to the paper."""
        if self.decision is not None and self.decision.key:
            self.dismiss(Chosen(self.decision.key, listed=self.decision.seen))

    def on_row_list_pointed(self, event: RowList.Pointed) -> None:
        """A click only moves the cursor."""
        event.stop()

    def action_leave(self) -> None:
        """Clear the filter; without one, back to where one was."""
        field = self.query_one(Field)
        if field.display:
            field.value = ""
            field.display = False
            self.set_focus(self._rows)
        else:
            self.dismiss(None)

    def action_help(self) -> None:
        """The keys."""
        self.app.push_screen(HelpScreen(self._world.settings.keys, Place.LISTING))

    def action_filter(self) -> None:
        """Type to filter."""
        field = self.query_one(Field)
        field.display = True
        self.set_focus(field)

    def on_input_changed(self, event: Field.Changed) -> None:
        """Show what matches, as far back as was read; more is read behind."""
        event.stop()
        self._words = searchable(event.value)
        self._shown = [decision for decision in self._read if self._matches(decision)]
        self._show(0)
        if self._searching is not None:
            self._searching.cancel()
        # Not its coroutine: the next letter may come before the worker begins.
        self._searching = self.run_worker(self._search_on, group="search")

    def on_input_submitted(self, event: Field.Submitted) -> None:
        """Go to the list."""
        event.stop()
        self.set_focus(self._rows)

    async def _search_on(self) -> None:
        """Read back until the screen is full, in slices that no key waits for."""
        while len(self._shown) < self._rows_wanted() and self._read_slice():
            self._show()
            await asyncio.sleep(0)

    def action_decide(self, verdict: str) -> None:
        """Keep or skip the paper under the cursor."""
        library, now = self._world.library, self._world.now()
        act = decide.keep if verdict == Verdict.KEEP else decide.skip
        self._change(lambda paper: act(library, [paper], now))

    def action_reopen(self) -> None:
        """Make the paper under the cursor open again."""
        self._change(lambda paper: decide.reopen(self._world.library, [paper]))

    def action_write(self) -> None:
        """Go and write the paper's note."""
        if self.decision is not None and self.decision.key:
            self.dismiss(Chosen(self.decision.key, write=True, listed=self.decision.seen))

    def _change(self, act: Callable[[Paper], Step | None]) -> None:
        foot = self.query_one(Footer)
        decision = self.decision
        if decision is None or not decision.key:
            foot.say("There is no paper here to decide on.")
            return
        try:
            act(self._announced(decision))
        except NotSaved as refusal:
            foot.say(str(refusal), error=True)
            return
        # What is done here changes marks; the rows stay where they are while one goes through them.
        self._newest = self._newest_step()
        mark = self._mark(decision)
        now = "unseen" if decision.seen and mark is Mark.OPEN else _NOW[mark]
        foot.say(f"Now {now}: {self._title(decision)}")
        self._rows.refresh()

    def _announced(self, decision: Decision) -> Paper:
        """The paper as it was announced where it was decided on, or where its replacement was seen."""
        library = self._world.library
        paper = known(library, self._world.archive, decision.key)
        if decision.seen:
            return replace(paper, kind=Kind.REPLACE, listed=decision.seen)
        return decide.as_decided(paper, library.paper(decision.key))

    def _mark(self, decision: Decision) -> Mark:
        """How it stands now."""
        kind = Kind.REPLACE if decision.seen else Kind.NEW
        announced = Row(decision.key, "", kind, listed=decision.seen)
        return mark_on(announced, self._world.library.paper(decision.key))

    def _newest_step(self) -> int:
        """The number of this machine's newest Step; 0 when there is none, or none can be read."""
        with suppress(OSError):
            return next((step.number for step in self._world.library.history()), 0)
        return 0

    def _take_in(self) -> None:
        """Show what other processes and machines decided; the cursor stays on its row."""
        if not self.is_current:
            return
        self._world.library.poll()
        newest = self._newest_step()
        if newest == self._newest or len(self._read) > _MOST_READ_AGAIN:
            self._rows.refresh()
            return
        self._newest = newest
        self._hauls.clear()
        here, count = self.decision, len(self._read)
        self._unread = decisions(self._world.library.history())
        self._read, self._shown = [], []
        while len(self._read) <= count and self._read_slice():
            pass
        self._show(next((at for at, one in enumerate(self._shown) if one == here), None))

    def _rows_wanted(self) -> int:
        return max(1, self.size.height)

    def _load(self, count: int) -> None:
        """Read back until so many match; with a filter one slice only, its worker does the rest."""
        before = len(self._shown)
        while len(self._shown) < count and self._read_slice():
            if self._words:
                break
        if len(self._shown) != before or not before:
            self._show()

    def _read_slice(self) -> bool:
        more = list(islice(self._unread, _SLICE))
        self._read += more
        self._shown += [decision for decision in more if self._matches(decision)]
        return bool(more)

    def _show(self, cursor: int | None = None) -> None:
        self._rows.show(len(self._shown), self._row, cursor=cursor)

    def _matches(self, decision: Decision) -> bool:
        words = self._words
        return not words or matches(
            words, f"{decision.what} {decision.key} {self._title(decision)}".casefold()
        )

    def _title(self, decision: Decision) -> str:
        if not decision.key:
            return decision.text
        if decision.key not in self._titles:
            paper = known(self._world.library, self._world.archive, decision.key)
            self._titles[decision.key] = shown.title(paper) or decision.key
        return self._titles[decision.key]

    def _row(self, at: int, width: int) -> Content:
        decision = self._shown[at]
        mark, style = _MARKS[self._mark(decision) if decision.key else Mark.OPEN]
        when = _when(decision.at)
        row = (
            styled(f"{when} ", "dim")
            + styled(f"{mark} ", style)
            + styled(f"{decision.what:<8} ", "dim")
            + styled(self._title(decision), style)
        )
        kept = styled(f"  {self._kept(decision.key)}", "dim")
        if not self._kept(decision.key) or kept.cell_length > width // 2:
            return cut(row, width)
        row = cut(row, width - kept.cell_length)
        return row + Content(" " * (width - row.cell_length - kept.cell_length)) + kept

    def _kept(self, key: str) -> str:
        """In which published haul a paper was kept."""
        if key not in self._hauls:
            self._hauls[key] = kept_in(self._world.library, key) if key else ""
        return self._hauls[key]


def _when(at: str) -> str:
    try:
        moment = datetime.fromisoformat(at).astimezone()
    except (ValueError, OverflowError, OSError):
        return " " * 12
    return f"{moment.day:2} {moment:%b %H:%M}"
