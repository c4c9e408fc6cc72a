"""Fetching behind the reading: when, how far, what came of it, and how long arXiv wants to be left alone."""

from collections.abc import Sequence
from contextlib import aclosing
from datetime import date
from time import monotonic
from typing import TYPE_CHECKING

from triage.tui import telling
from triage.tui.children import lines
from triage.tui.fetching import Fetch, days_to_catch_up, is_due, may_fetch
from triage.tui.screens.noting import NotingScreen
from triage.tui.session import EVERY_DAY_DONE

if TYPE_CHECKING:
    from triage.tui.screens.days import DaysScreen

_RUNNING = "A fetch is running."
_ONE_DAY = "--date"
"""The argument of a fetch that leaves the newest listing alone."""
_TICK = 1.0
"""Seconds between two looks at the countdown, and at what other processes fetched."""
_LOOK_FOR_LISTINGS = 60.0
"""Seconds between two looks at the calendar while the app is open."""
_FETCH_AGAIN = 3600.0
"""Seconds after which what failed or was stale is asked for again unasked."""


class FetchingScreen(NotingScreen):
    """Runs one fetching child at a time, and shows what it tells."""

    _fetched = -_FETCH_AGAIN
    """When the last fetch began."""
    _newest: date | None = None
    """The newest listing day there should have been then."""
    days_above: "DaysScreen | None" = None
    """The days while they are open: they show what is fetched too."""
    _said_first = ""
    """What was said of the days that are owed when their fetch began."""
    _said_last = ""
    """What was said when the last fetch had ended."""
    _said_above = ""
    """The same, as the days say it."""
    _archive_stamp: object = None
    """The archive as it was when the screen read it last."""
    _held_until = 0.0
    """When arXiv may be asked again, after it asked to be left alone; 0 when it did not."""

    def on_mount(self) -> None:
        """Fetch what is due, now and while the app is open."""
        self._archive_stamp = self.session.world.archive.stamp()
        # A child that is started, and the ledger that says whether, would hold the first paint up.
        self.call_after_refresh(self._fetch_first)
        self.set_interval(_LOOK_FOR_LISTINGS, self._fetch_if_due)
        self.set_interval(_TICK, self._tick)

    def listing_came(self) -> None:
        """The archive holds more than before."""

    def repaint(self) -> None:
        """Show what changed without the user, and leave what is said standing."""
        self.papers.repaint()
        self.show(self.footer.said, error=self.footer.is_error)

    def show_facts(self) -> None:
        """Show the header as it is now."""
        held = self._held_until - monotonic() if self._held_until else 0.0
        self.header.show(telling.facts(self.session, self.fetch, held))
        if self.days_above is not None:
            self.days_above.take_in(self.fetch, held)

    def action_fetch(self) -> None:
        """Fetch today's listing, or try again."""
        self.show(self.begin_fetch())

    def begin_fetch(self, *more: str) -> str:
        """Begin a fetch, with further arguments of the command; why not, when it cannot be."""
        command = self.session.world.fetch
        if self.fetch is not None:
            return _RUNNING
        if command is None:
            return "Nothing can be fetched here."
        self._begin_fetch([*command, *more])
        return ""

    def _fetch_first(self) -> None:
        """Read the ledger; fetch what is due, and say how much is owed."""
        self.session.learn()
        self._fetch_if_due()
        owed = days_to_catch_up(self.session.world)
        if owed and self.fetch is not None:
            days = "A listing day is" if owed == 1 else f"{owed} listing days are"
            self._said_first = f"{days} owed and fetched behind, the oldest first; D shows the days."
            self.tell(self._said_first)
        self.repaint()

    def _fetch_if_due(self) -> None:
        """Fetch what should be here by now; what failed or was stale an hour later."""
        world, now = self.session.world, monotonic()
        if self.fetch is not None or world.fetch is None or not may_fetch(world) or now < self._held_until:
            return
        held = self._held_until > 0
        newest = world.calendar.newest(world.now())
        if (held or newest != self._newest or now - self._fetched >= _FETCH_AGAIN) and is_due(world):
            self._begin_fetch(world.fetch)

    def _begin_fetch(self, command: Sequence[str]) -> None:
        world = self.session.world
        if _ONE_DAY not in command:
            self._fetched, self._newest = monotonic(), world.calendar.newest(world.now())
        self._held_until = 0.0
        self._unsay(self._said_last)
        self.fetch = Fetch()
        self.repaint()
        self.run_worker(self._fetch(command), group="fetch")

    async def _fetch(self, command: Sequence[str]) -> None:
        fetch = self.fetch or Fetch()
        async with aclosing(lines(command)) as events:
            async for event in events:
                before, fetch = fetch, fetch.after(event, monotonic())
                self.fetch = fetch
                if fetch.held_until != before.held_until:
                    self._held_until = fetch.held_until
                if len(fetch.categories) > len(before.categories):
                    self.session.take_in_listing(fetch.last_day)
                    self.listing_came()
                    self.repaint()
                else:
                    self.show_facts()
        self.fetch = None
        self._archive_stamp = self.session.world.archive.stamp()
        self.session.refresh_listing()
        self.session.fetch_failed = fetch.failed
        self._unsay(_RUNNING)
        self._unsay(self._said_first)
        self.repaint()
        sentence, error = telling.fetched(self.session, fetch)
        self._said_last = sentence
        self.tell(sentence, error=error)
        if self.days_above is not None:
            self._said_above = sentence if not fetch.days else fetch.outcome[0]
            self.days_above.say(self._said_above, error=error)

    def _unsay(self, sentence: str) -> None:
        """Take back what holds no longer."""
        if sentence and sentence in self.footer.said:
            said = " ".join(self.footer.said.replace(sentence, "").split())
            self.footer.say(said, error=self.footer.is_error and bool(said))

    def _tick(self) -> None:
        self._count_down()
        stamp = self.session.world.archive.stamp()
        if self.fetch is None and stamp != self._archive_stamp:
            # Another process fetched: cron, or an app in the next pane.
            self._archive_stamp = stamp
            self._take_in_what_others_fetched()
        if EVERY_DAY_DONE in self.footer.said and self._is_more_open():
            self._unsay(EVERY_DAY_DONE)

    def _is_more_open(self) -> bool:
        return self.session.inbox.counts.open > 0 or any(self.session.days.others(self.session.day))

    def _take_in_what_others_fetched(self) -> None:
        """Show it; how the last fetch from here ended is told no more, for the ledger has a later word."""
        self.session.fetch_failed = False
        self._unsay(self._said_last)
        if self.days_above is not None:
            self.days_above.unsay(self._said_above)
        self.session.refresh_listing()
        self.listing_came()
        self.repaint()

    def _count_down(self) -> None:
        """Show how long arXiv still wants to be left alone, and go on when it does not."""
        if self._held_until:
            if monotonic() >= self._held_until:
                self._fetch_if_due()
                self._held_until = 0.0
            self.show_facts()
