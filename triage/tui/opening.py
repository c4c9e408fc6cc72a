"""What is in front of the user: a listing day, or all open papers; and what stands beside a paper."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from triage import sections
from triage.actions import note
from triage.inbox import Inbox
from triage.ledger import Listing, ListingState, newest
from triage.listing_day import today
from triage.owing import owed
from triage.paper import Kind, Paper, Row
from triage.ports import World
from triage.replacement import Announced, is_replacement
from triage.settings import CROSS_LISTS, FOLD, LEAVE_OUT, SHOW
from triage.tui.days import OpenDays
from triage.tui.haystack import Haystack
from triage.tui.inboxes import Inboxes
from triage.tui.papers import Beside, Papers

_CROSS_LISTS_NOW = {
    SHOW: "Cross-lists are shown",
    FOLD: "Cross-lists are folded away; they count",
    LEAVE_OUT: "Open cross-lists are left out; they do not count",
}


class LedgerKnown(NamedTuple):
    """What the ledger says of the categories the user reads."""

    last: Mapping[str, ListingState]
    """What arXiv said last of each."""
    day: Mapping[str, ListingState]
    """What it said of the day that is shown."""
    owed: int
    """How many listing days before the newest are owed."""
    rests: bool
    """Whether today is no listing day."""


class Opening:
    """Holds the inbox, and fills it; nothing here changes a verdict."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.inbox = Inbox()
        self.listing: Listing | None = None
        self.day: date | None = None
        self.days = OpenDays(world.archive, world.library, world.settings.listing.cross_lists)
        self.haystack: Haystack | None = None
        """None until something is searched for."""
        self.touched = False
        """Whether the user has moved or decided since the day was opened."""
        self.fetch_failed = False
        """Whether the last fetch of this session came to nothing, wholly or in part."""
        self.ledger: LedgerKnown | None = None
        """None until `learn` is called: no key and no first paint waits for it."""
        self.inboxes = Inboxes(world.library, world.settings.listing.cross_lists)
        self._papers = Papers(world.library, world.archive)
        self._configured = world.settings.listing.cross_lists
        """What the config says becomes of cross-lists."""
        self._awaited: str = ""
        """A remembered filter that waits for its haystack."""

    def open_day(self, day: date | None) -> None:
        """Show a listing day; None shows that there is none."""
        self._leave()
        listing = self.world.archive.listing(day) if day is not None else None
        self.day = listing.day if listing is not None else None
        self.listing = listing
        if self.ledger is not None:
            self.learn()
        self._show(self.inboxes.of_day(listing))

    def open_all(self) -> None:
        """Show the open papers of all days, a section a day, each paper once."""
        self._leave()
        self.day = self.listing = None
        self._show(self._all_open())

    def _all_open(self) -> Inbox:
        listings = (self.world.archive.listing(day) for day in self.days.known() if self.days.open(day))
        return self.inboxes.of_all(listing for listing in listings if listing is not None)

    def next_cross_lists(self) -> str:
        """Show cross-lists, fold them away or leave them out: what comes next; a sentence on what is now."""
        at = CROSS_LISTS.index(self.inboxes.cross_lists) + 1
        now = CROSS_LISTS[at % len(CROSS_LISTS)]
        self._set_cross_lists(now)
        folds = self.inbox.folded - {sections.CROSS_LISTS}
        if now == FOLD:
            folds |= {sections.CROSS_LISTS}
        if self.day is not None:
            self._rebuild(self.inboxes.of_day(self.listing), folds)
        else:
            self._rebuild(self._all_open(), folds)
        rows = self.listing.rows if self.listing is not None else ()
        meant = self.inboxes.is_left_out if now == LEAVE_OUT else _is_cross_list
        here = sum(map(meant, rows))
        return f"{_CROSS_LISTS_NOW[now]}{f': {here} here' if here else ''}."

    def cross_lists_anew(self) -> None:
        """Show cross-lists that were decided since, and no more those that are open again and left out."""
        rows = self.listing.rows if self.listing is not None and self.inboxes.cross_lists == LEAVE_OUT else ()
        places = self.inbox.places
        if any((row.id in places) is self.inboxes.is_left_out(row) for row in rows if _is_cross_list(row)):
            self._rebuild(self.inboxes.of_day(self.listing), self.inbox.folded)

    def out_of_sight(self, keys: Collection[str]) -> str:
        """Say so when some of these papers are open cross-lists of the day shown, and left out."""
        rows = self.listing.rows if self.listing is not None else ()
        if not any(row.id in keys and self.inboxes.is_left_out(row) for row in rows):
            return ""
        return "Out of sight: open cross-lists are left out, X shows them."

    def _recall_cross_lists(self, remembered: object) -> bool:
        """Do with cross-lists as the user did last; False when the config was changed since, and stands."""
        match remembered:
            case [configured, now] if configured == self._configured and now in CROSS_LISTS:
                self._set_cross_lists(now)
                return True
        return False

    def _set_cross_lists(self, now: str) -> None:
        settings = self.world.settings
        listing = settings.listing._replace(cross_lists=now)
        self.world = replace(self.world, settings=settings._replace(listing=listing))
        self.inboxes.cross_lists = now
        self.days.count_by(now)

    def take_in_listing(self, iso: str) -> None:
        """Take in what a fetch wrote of one day; what is shown of others stays."""
        day = date.fromisoformat(iso) if iso else None
        self.days.came(day)
        if day == self.day or self.day is None or not (self.inbox.counts.open or self.touched):
            self.refresh_listing()

    def refresh_listing(self) -> bool:
        """Take in what a fetch wrote; the cursor stays on its paper. True when another day is shown."""
        self.days.recount()
        self.learn()
        before, all_open = self.day, self.day is None and bool(self.inbox.rows)
        if all_open:
            return False
        done = not self.inbox.counts.open and not self.touched
        following = self.days.oldest_open() if done else None
        if self.day is None or (following is not None and following != self.day):
            self.open_day(following or self.days.oldest_open() or self.days.newest())
            return self.day != before
        listing = self.world.archive.listing(self.day)
        if listing is not None and listing != self.listing:
            self.listing = listing
            self._rebuild(self.inboxes.of_day(listing), self.inbox.folded)
        return False

    def learn(self) -> None:
        """Look up what the ledger says."""
        archive, calendar, now = self.world.archive, self.world.calendar, self.world.now()
        states = {name: archive.states(name) for name in self.world.settings.categories}
        last = {name: state for name, known in states.items() if (state := newest(known)) is not None}
        shown = self.day or date.min
        here = {name: known[shown] for name, known in states.items() if shown in known}
        due = calendar.newest(now)
        days = {day for known in states.values() for day in owed(known, calendar, now) if day < due}
        rests = due != today(now)
        self.ledger = LedgerKnown(last, here, len(days), rests)

    @property
    def paper(self) -> Paper | None:
        """The paper under the cursor, with its abstract; without it when the archive cannot be read."""
        row = self.inbox.row
        return self._papers.of(row) if row is not None else None

    @property
    def unreadable(self) -> str:
        """Why there is no abstract of the paper under the cursor; empty when there is one."""
        return self._papers.unreadable

    def beside(self, paper: Paper) -> Beside:
        """What is told beside a paper that was kept before."""
        return self._papers.beside(paper)

    def note(self, announced: Announced) -> str:
        """The note on what is announced; empty without one."""
        return note.note_on(self.world.library, announced)

    def has_note(self, row: Row) -> bool:
        """Tell whether a row's paper has a note, of this haul or an earlier one."""
        earlier = is_replacement(row) and note.note_of(self.world.library, row.id)
        return bool(self.note(row) or earlier)

    def _leave(self) -> None:
        """Know how many papers stay open in the day that is left."""
        if self.day is not None:
            self.days.learn(self.day, self.inbox.counts.open)

    def _show(self, inbox: Inbox) -> None:
        self.inbox = inbox
        self.haystack = None
        self._papers.leave()
        self._awaited = ""
        self.touched = False

    def _rebuild(self, inbox: Inbox, folds: Iterable[str]) -> None:
        """Put another inbox in place of the one shown; filter and, while its paper is shown, cursor stay."""
        before = self.inbox
        touched, query = self.touched, before.query or self._awaited
        self._show(inbox)
        self.touched, self._awaited = touched, query
        at = before.cursor
        nearest = (*before.rows[max(0, at) :], *before.rows[: max(0, at)][::-1]) if at >= 0 else ()
        here = next((row.id for row in nearest if row.id in inbox.places), "")
        # A fold that hides the paper stays: the cursor goes to the nearest one shown.
        self.inbox = inbox.to(here).with_folds(folds)


def _is_cross_list(row: Row) -> bool:
    return row.kind is Kind.CROSS
