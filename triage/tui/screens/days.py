"""The days: the ledger as a calendar, and what it says of one day; fetching what is owed."""

from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import date, timedelta

from textual import getters
from textual.app import ComposeResult
from textual.content import Content
from textual.css.query import NoMatches
from textual.screen import Screen

from triage.day_words import day_name
from triage.ports import World
from triage.tui.account_table import table
from triage.tui.days import OpenDays
from triage.tui.fetching import Fetch, countdown
from triage.tui.keys import Place, bind, footer
from triage.tui.ledger_view import LedgerView
from triage.tui.screens.help import HelpScreen
from triage.tui.sheets import sheets
from triage.tui.widgets.blocks import Block, plain, styled
from triage.tui.widgets.footer import Footer
from triage.tui.widgets.line_pane import LinePane
from triage.tui.widgets.text_line import TextLine
from triage.tui.widgets.week_calendar import STYLES, WeekCalendar

_EMPTY = "Nothing was fetched yet; the ledger begins with the first listing."
EARLIER = timedelta(weeks=2)
"""How much is fetched at once of what came before the ledger began."""
_SLICE, _SLICE_EVERY = 0.002, 0.02
"""Seconds that are counted for at a time, and from one such time to the next: no key waits for more."""
_LOOK = 0.5
"""Seconds between two looks at what others fetched and decided."""
_WIDE = 78
"""Columns from which a category has its numbers in one row."""
_TALL = 18
"""Rows from which the marks are explained."""
_SENTENCES = 2
"""Rows for what is to be said besides."""
_RULE, _PADDING = 1, 1
"""Rows above what is told of the day, and columns on each side of it: as in days.tcss."""
_APART = 4
"""Columns at the ends of the title and between its parts."""
_SHARE = 0.45
"""Of the screen's height, what is told of the day may take."""


class DaysScreen(Screen[date | None]):
    """Leads to the day that is chosen; None leads back."""

    CSS_PATH = sheets("panels", "text", "days")
    VERTICAL_BREAKPOINTS = [(0, "-low"), (_TALL, "-tall")]  # noqa: RUF012 - Screen declares no ClassVar

    calendar = getters.query_one(WeekCalendar)
    pane = getters.query_one("#day", LinePane)
    foot = getters.query_one(Footer)

    def __init__(
        self, world: World, days: OpenDays, shown: date | None, begin_fetch: Callable[..., str]
    ) -> None:
        """`shown` is the day the cursor starts on.

        `begin_fetch` begins a fetch with further arguments, and says why it does not; else nothing.
        """
        super().__init__()
        # What was decided in the day one comes from is to be seen at once.
        days.doubt(shown)
        days.count_on([shown] if shown is not None else ())
        self._view = LedgerView(world, days)
        self._world = world
        self._from = shown
        self._begin_fetch = begin_fetch
        self._fetch: Fetch | None = None
        self._held = 0.0
        self._after_g = False

    def compose(self) -> ComposeResult:
        """What it is about, the calendar, the day, the keys."""
        yield TextLine(id="days-title", classes="header")
        yield WeekCalendar(id="days", empty=_EMPTY)
        yield TextLine(id="days-legend")
        yield LinePane(id="day")
        yield Footer(footer(Place.DAYS, self._world.settings.keys))

    def on_mount(self) -> None:
        """Put the cursor on the day one came from, with the newest week at the foot."""
        bind(self, Place.DAYS, self._world.settings.keys)
        self._fit()
        self.calendar.cursor = self._view.nearest(self._from)
        self._show_days()
        self.set_focus(self.calendar)
        self.call_after_refresh(self.calendar.to_end)
        self._slices = self.set_interval(_SLICE_EVERY, self._count_on)
        self.set_interval(_LOOK, self._look)

    def on_resize(self) -> None:
        """Lay title and day out for another width."""
        self._fit()
        self._show_title()
        self._show_day()

    def take_in(self, fetch: Fetch | None, held: float) -> None:
        """Show how far the fetch is that runs, or how long arXiv wants to be left alone; and what came."""
        self._fetch, self._held = fetch, held
        # While the app closes, its widgets go before the main screen's timers do.
        with suppress(NoMatches):
            self._look()
            self._show_title()

    def say(self, sentence: str, *, error: bool = False) -> None:
        """Say what nobody pressed a key for."""
        with suppress(NoMatches):
            self.foot.say(sentence, error=error)

    def unsay(self, sentence: str) -> None:
        """Take back what holds no longer."""
        with suppress(NoMatches):
            if self.foot.said == sentence:
                self.foot.say("")

    def check_action(self, action: str, _parameters: tuple[object, ...]) -> bool | None:
        """A `g` counts only right before another."""
        if action != "first_by_two":
            self._after_g = False
        return True

    def action_day(self, by: int) -> None:
        """Move by days."""
        self._go(self.calendar.step(by))

    def action_week(self, by: int) -> None:
        """Move by weeks."""
        self._go(self.calendar.step_weeks(by))

    def action_page(self, pages: int) -> None:
        """Move by screenfuls."""
        self._go(self.calendar.step_weeks(pages * self.calendar.page))

    def action_first(self) -> None:
        """To the first day; from there, to what came before it."""
        first = self._view.days[0] if self._view.days else None
        self._go(self.calendar.step(-1) if self.calendar.cursor in (first, None) else first)

    def action_first_by_two(self) -> None:
        """To the first day at the second `g` in a row."""
        if self._after_g:
            self.action_first()
        self._after_g = not self._after_g

    def action_last(self) -> None:
        """To the last day."""
        self._go(self._view.days[-1] if self._view.days else None)

    def action_next_in_trouble(self) -> None:
        """To the next day that is not in order, and round again."""
        trouble, here = self._view.in_trouble, self.calendar.cursor or date.min
        if not trouble:
            self.foot.say("Every day is in order.")
            return
        self._go(next((day for day in trouble if day > here), trouble[0]))

    def action_scroll(self, pages: int) -> None:
        """Scroll what is told of the day."""
        self.pane.scroll_pages(pages)

    def action_choose(self) -> None:
        """Go to the day under the cursor; from the row before the first week, fetch what came before."""
        day = self.calendar.cursor
        if day is None:
            self.action_fetch()
        elif self._view.can_open(day):
            self.dismiss(day)
        else:
            self.foot.say(self._view.why_not(day))

    def action_fetch(self) -> None:
        """Fetch the day that is not in order again, or what came before the ledger, or else what is owed."""
        day = self.calendar.cursor
        more: list[str] = []
        if day is None and self._view.begins is not None:
            more = ["--since", (self._view.begins - EARLIER).isoformat()]
        elif day is not None and day in self._view.in_trouble:
            # Whose ledger begins later owes nothing of that day, and what is in order is here.
            more = ["--date", day.isoformat(), *self._view.to_mend(day)]
        self.foot.say(self._begin_fetch(*more))

    def action_help(self) -> None:
        """The keys."""
        self.app.push_screen(HelpScreen(self._world.settings.keys, Place.DAYS))

    def action_leave(self) -> None:
        """Back to where one was."""
        self.dismiss(None)

    def on_week_calendar_pointed(self, event: WeekCalendar.Pointed) -> None:
        """A click moves the cursor; one more goes to the day."""
        event.stop()
        if event.again:
            self.action_choose()
        else:
            self._go(self.calendar.cursor)

    def _go(self, day: date | None) -> None:
        self.calendar.go(day)
        self.foot.say("")
        self.pane.scroll_to(y=0, animate=False, immediate=True)
        self._show_day()

    def _look(self) -> None:
        """Show what was fetched since; the cursor stays where it is."""
        if self._view.look():
            if self.calendar.cursor is None and not self._before:
                self.calendar.cursor = self._view.nearest(None)
            self._show_days()
        self._slices.resume()

    def _count_on(self) -> None:
        """Count the day under the cursor, then those on the screen, then the others."""
        here = self.calendar.cursor
        first = [*([here] if here is not None else []), *self.calendar.on_screen]
        counted = self._view.count_on(first, _SLICE)
        if counted is None:
            self._slices.pause()
            self._show_title()
        elif not counted.isdisjoint(first):
            self.calendar.refresh()
            self._show_title()
            if here in counted:
                self._show_day()

    @property
    def _before(self) -> str:
        """The row for what came before the first week."""
        begins = self._view.begins
        if self._world.fetch is None or begins is None:
            return ""
        return f"Earlier: r fetches the two weeks before, from {day_name(begins - EARLIER)} on"

    def _show_days(self) -> None:
        view = self._view
        self.calendar.show(view.days, view.cell, columns=view.columns, before=self._before)
        marks = [
            styled(mark, STYLES[role][1]) + styled(f" {word}", "dim")
            for mark, word, role in self._view.legend
        ]
        self.query_one("#days-legend", TextLine).show(Content("  ").join(marks))
        self._show_title()
        self._show_day()

    def _show_title(self) -> None:
        if self._held > 0:
            right = styled(countdown(self._held), "warning")
        elif self._fetch is not None:
            right = styled(self._fetch.state, "kept")
        else:
            right = Content(f"{self._view.open:,} open")
        room = self.size.width - right.cell_length - _APART
        left = next((title for title in self._titles() if title.cell_length <= room), None)
        # Where there is room for one thing it is what goes on.
        self.query_one("#days-title", TextLine).show(*((left, right) if left is not None else (right, None)))

    def _titles(self) -> Iterator[Content]:
        """What the screen is about, shorter and shorter."""
        categories, trouble = self._view.categories, len(self._view.in_trouble)
        order = Content("")
        if trouble:
            order = styled(f" · {trouble} not in order", "warning")
        elif self._view.days:
            order = styled(" · all in order", "dim")
        for names in (" ".join(categories), f"{len(categories)} cats"):
            yield styled("Days", "title") + styled(f" · {names}", "dim") + order
        yield styled("Days", "title") + order
        yield styled("Days", "title")

    def _show_day(self) -> None:
        self.pane.show(list(self._told()))

    def _told(self) -> list[Block]:
        day, begins = self.calendar.cursor, self._view.begins
        if day is None:
            if begins is None:
                return []
            return [
                Block(styled(f"Before {day_name(begins)}", "title")),
                plain("The ledger of a category begins with its first listing: nothing before it is owed."),
                plain(f"r fetches from {day_name(begins - EARLIER)} on.", "dim"),
            ]
        return table(self._view.day(day), self.pane.size.width - 2 * _PADDING)

    def _fit(self) -> None:
        """Give the day as many rows as its accounts take, and the calendar the rest."""
        categories = max(1, len(self._view.categories))
        wanted = _RULE + 1 + categories * (1 if self.size.width >= _WIDE else 2) + _SENTENCES
        self.pane.styles.height = max(2, min(wanted, round(self.size.height * _SHARE)))
