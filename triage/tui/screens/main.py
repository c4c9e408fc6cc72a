"""The main screen: reading and noting, the screens above it, and what goes on behind it."""

import gc
from asyncio import sleep, to_thread
from collections.abc import Mapping
from datetime import date
from time import monotonic, perf_counter
from typing import TYPE_CHECKING, Any

from triage.actions.numbering import published, twice
from triage.paper import is_arxiv, pdf_url
from triage.settings import VIM
from triage.shown import prepare
from triage.tui.browse import browse
from triage.tui.key_gate import KeyGate
from triage.tui.keys import Place
from triage.tui.later import Later
from triage.tui.reading_places import ReadingPlaces
from triage.tui.screens.backing_up import BackingUpScreen
from triage.tui.session import Session

if TYPE_CHECKING:
    from triage.tui.copying import Wanted
    from triage.tui.screens.decisions import Chosen

_COMMENT = "comment:"
"""How the keys of comments' drafts begin."""
_MOST_TOLD = 2
"""Sentences on damage that are shown at once; more would not be read, nor fit."""
_POLL = 0.5
"""Seconds between two looks at what other processes did; the promise is one."""
_SLICE_EVERY = 0.02
"""Seconds between two slices of work behind the screen."""
_IDLE = 2.0
"""Seconds without a key after which garbage is collected."""
_SNAPSHOT_IDLE = 30.0
"""Seconds without a key after which library.json is written anew."""

_SLICE, _PAUSE = 0.001, 0.004
"""Seconds that are spent on writing it at once, and left to everything else in between."""


class MainScreen(BackingUpScreen):
    """The first screen, and the one below all others."""

    def __init__(self, session: Session, later: Later, remembered: Mapping[str, Any]) -> None:
        super().__init__(session, later, layout=str(remembered.get("layout") or ""))
        self._remembered = dict(remembered)
        self._places = ReadingPlaces(remembered.get("read"))
        self._noticed: set[str] = set()
        self._keys_seen = 0
        self._last_key = monotonic()
        self._ready = False
        self._collected = self._written = self._kept = True

    def on_mount(self) -> None:
        """Say what was found at the start, and begin what goes on behind."""
        self.begin()
        world = self.session.world
        self.set_interval(_POLL, self._look_around)
        self._slices = self.set_interval(_SLICE_EVERY, self._work_behind)
        self._tell_of_damage(*world.faults)

    def on_unmount(self) -> None:
        """Remember where the user was."""
        self.session.world.memory.remember(self.to_remember())

    def to_remember(self) -> dict[str, Any]:
        """What the next start needs to come back here."""
        return {
            **self._remembered,
            **self.session.to_remember(),
            "layout": self.panes,
            "theme": self.app.theme,
            "read": self._places.to_remember(),
        }

    async def action_haul(self) -> None:
        """The haul."""
        await self.app.push_screen(self._later.haul(self.session.world), self.back_from_above)

    async def action_decisions(self) -> None:
        """The decisions; one of them may lead to its paper, or to its note."""
        await self.app.push_screen(self._later.decisions(self.session.world), self._chosen)

    async def action_comment(self) -> None:
        """A comment for the haul."""
        await self.app.push_screen(self._later.comment(self.session.world), self._said)

    async def action_copy(self) -> None:
        """The paper in one of its forms, the note on it, or the post."""
        world, paper = self.session.world, self.session.paper
        ours = None
        if paper is not None:
            ours = self._later.copies().of_paper(
                world.library, world.archive, paper, self.session.note(paper)
            )

        def copy(wanted: "Wanted | None") -> None:
            self.back_from_above()
            if wanted is not None:
                self._later.copies().copy(self, world.clipboard, wanted, self.show)

        haul = f"haul {self.session.number}"
        await self.app.push_screen(
            self._later.copies().Copy(ours, lambda: self._later.post_of(world), haul), copy
        )

    async def action_help(self) -> None:
        """Every key."""
        await self.app.push_screen(self._later.keys(self._preset, Place.MAIN), self.back_from_above)

    async def action_days(self) -> None:
        """The days."""
        session = self.session
        days = self._later.days()(session.world, session.days, session.day, self.begin_fetch)
        await self.app.push_screen(days, self._go_to_day)
        self.days_above = days
        self.show_facts()

    def _said(self, sentence: str | None) -> None:
        self.back_from_above()
        self.show(sentence or "")

    def _go_to_day(self, day: date | None) -> None:
        self.days_above = None
        if day is not None and day != self.session.day:
            self.session.open_day(day)
        self.show()

    async def _chosen(self, chosen: "Chosen | None") -> None:
        self.back_from_above()
        if chosen is None:
            return
        if self.session.goto(chosen.key, chosen.listed):
            self.show()
        elif not chosen.write:
            self.show("No listing in the archive holds this paper; it is on the haul's screen.")
        if chosen.write:
            await self.write(self.known(chosen.key))

    async def action_full_text(self) -> None:
        """The paper's full text, to read here."""
        world, paper = self.session.world, self.session.paper
        if paper is None:
            self.show("There is no paper here to read.")
        elif not is_arxiv(paper.id):
            self.show("Only arXiv's papers are read here; o opens this page in the browser.")
        elif world.full_text is None:
            here = "The demo asks no network for full texts" if world.demo else "Nothing can be fetched"
            self.show(f"{here}; o opens the page in the browser.")
        else:
            screen = self._later.full_text()(self.session, self._later, paper, self._places)
            await self.app.push_screen(screen, self._said)

    def action_open_page(self) -> None:
        """The abs page in the browser."""
        paper = self.session.paper
        if paper is not None:
            self._browse(paper.url)

    def action_open_pdf(self) -> None:
        """The PDF in the browser."""
        paper = self.session.paper
        if paper is not None and is_arxiv(paper.id):
            self._browse(pdf_url(paper.id))

    def action_hint_at_vim(self) -> None:
        """Say once how to get the vim keys."""
        if not self._remembered.get("hinted"):
            self._remembered["hinted"] = True
            self.show(f'For the vim keys put keys = "{VIM}" in the config; here ↓ moves down.')

    def action_quit(self) -> None:
        """Leave at once: nothing is unsaved."""
        self.app.exit()

    def action_palette(self) -> None:
        """Textual's command palette, with our commands."""
        self.app.action_command_palette()

    def action_suspend(self) -> None:
        """To the shell."""
        self.app.action_suspend_process()

    def _browse(self, url: str) -> None:
        browse(self, self.session.world.browser, url, lambda said, error: self.say(said, error=error))

    async def _look_around(self) -> None:
        """See what others did, remember where the user is, tidy up when nothing is typed."""
        if self.session.poll():
            self.repaint()
        self._tell_of_damage()
        now, keys = monotonic(), self._keys_pressed()
        if keys != self._keys_seen:
            self._keys_seen, self._last_key = keys, now
            self._collected = self._written = self._kept = False
        elif not self._kept:
            # In a pause between keys: the disk may take a frame's time and more.
            self._kept = True
            self.session.world.memory.remember(self.to_remember())
        elif not self._ready:
            self._ready = True
            self.run_worker(self._prepare(), group="prepare")
        elif not self._collected and now - self._last_key > _IDLE:
            self._collected = True
            gc.collect()
        elif not self._written and now - self._last_key > _SNAPSHOT_IDLE:
            self._written = True
            self.run_worker(self._gather(), group="snapshot")
        self._slices.resume()

    async def _gather(self) -> None:
        """Have library.json written anew; a key that is pressed meanwhile comes first."""
        begun = perf_counter()
        for wait in self.session.world.library.snapshot_in_slices():
            if wait is not None:
                await to_thread(wait)
            elif perf_counter() - begun > _SLICE:
                await sleep(_PAUSE)
                begun = perf_counter()

    async def _prepare(self) -> None:
        """Have what the first screen had no time for, so that no key waits for it; a key comes in between."""
        self._later.note_editor()
        await sleep(_PAUSE)
        await self.editor()
        self._tell_of_drafts()
        self._tell_of_numbers()
        await sleep(_PAUSE)
        await self.filter_line()
        await sleep(_PAUSE)
        self._later.faults_in_note("")
        await sleep(_PAUSE)
        prepare()

    def _tell_of_damage(self, *further: str) -> None:
        """Say what library and archive have found and mended since they were asked last."""
        world = self.session.world
        found = [*world.library.notices, *world.archive.notices]
        unsaid = [*(notice for notice in found if notice not in self._noticed), *further]
        if unsaid:
            self._noticed.update(unsaid)
            if len(unsaid) > _MOST_TOLD:
                unsaid = [
                    unsaid[0],
                    f"And {len(unsaid) - 1} more: `triage check` tells of all that is damaged.",
                ]
            self.tell(" ".join(unsaid), error=True)

    def _tell_of_drafts(self) -> None:
        """Say what was being typed when the app ended: a kill leaves it as drafts."""
        here = self.writing.key if self.writing is not None else ""
        keys = [key for key in self.session.world.library.drafts() if key != here]
        papers = [self.session.name(key.partition(" ")[0]) for key in keys if not key.startswith(_COMMENT)]
        if papers:
            self.tell(f"A note was being typed on {', '.join(papers)} when the app ended; n there goes on.")
        if len(papers) < len(keys):
            self.tell("A comment was being typed when the app ended; it is there to go on with.")

    def _tell_of_numbers(self) -> None:
        """Say which hauls were published on two machines under one number."""
        for haul in twice(self.session.world.library):
            self.tell(
                f"Haul {haul['number']} was published twice: h, then {{ to the one of {published(haul)}, "
                "and P gives it a number of its own."
            )

    def listing_came(self) -> None:
        """Count what a fetch brought."""
        self._slices.resume()

    def _work_behind(self) -> None:
        """The texts for a filter first, then the days that have not been counted, one at a time."""
        if not self.session.searched:
            self.search_behind()
        elif self.days_above is not None:
            # The days count themselves, those on the screen first.
            self._slices.pause()
        else:
            if not self.session.days.count_on():
                self._slices.pause()
            self.show_facts()

    def _keys_pressed(self) -> int:
        return self.app.keys_typed if isinstance(self.app, KeyGate) else 0
