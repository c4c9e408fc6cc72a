"""What is in front of the user: the papers of one listing day, or all open ones; and moving there."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from triage.actions import note
from triage.inbox import Inbox
from triage.ledger import Listing, ListingState, newest, owed
from triage.listing_day import eastern
from triage.paper import Paper, Row
from triage.ports import Unreachable, World
from triage.steps import Change
from triage.tui.days import OpenDays, day_name
from triage.tui.haystack import Haystack


class View(NamedTuple):
    """Where the user is: enough to come back to it."""

    day: date | None
    """The listing day; None for the open papers of all days."""
    paper: str
    query: str
    folded: frozenset[str]


class LedgerKnown(NamedTuple):
    """What the ledger says of the categories the user reads."""

    last: Mapping[str, ListingState]
    """What arXiv said last of each."""
    day: Mapping[str, ListingState]
    """What it said of the day that is shown."""
    missing: int
    """How many listing days before the newest are owed."""
    rests: bool
    """Whether today is no listing day."""


class Browsing:
    """Holds the inbox and moves it; nothing here changes a verdict."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.inbox = Inbox()
        self.listing: Listing | None = None
        self.day: date | None = None
        self.days = OpenDays(world.archive, world.library)
        self.haystack: Haystack | None = None
        """None until something is searched for."""
        self.touched = False
        """Whether the user has moved or decided since the day was opened."""
        self._before_all: View | None = None
        """Where the user was before all open papers were shown."""
        self._before_none = ""
        """The paper under the cursor before a filter hid them all."""
        self.fetch_failed = False
        """Whether the last fetch of this session came to nothing, wholly or in part."""
        self.ledger: LedgerKnown | None = None
        """None until `learn` is called: no key and no first paint waits for it."""
        self._paper: Paper | None = None
        self.unreadable = ""
        """Why there is no abstract of the paper under the cursor; empty when there is one."""
        self._awaited: str = ""
        """A remembered filter that waits for its haystack."""

    def start(self, remembered: Mapping[str, Any]) -> None:
        """Open the day that was left, or the oldest with open papers, at the paper where it was left."""
        self.days.recall(remembered.get("open"))
        left = str(remembered.get("day") or "")
        day = self.days.of(left)
        if left == "all":
            self.open_all()
        elif day is not None and self.days.open(day):
            self.open_day(day)
        else:
            self.open_day(self.days.oldest_open() or day or self.days.newest())
        for title in remembered.get("folded") or ():
            if any(section.title == title for section in self.inbox.sections):
                self.inbox = self.inbox.fold(str(title))
        key = str(remembered.get("paper") or "")
        if key in self.inbox.places:
            self.inbox = self.inbox.to(key)
        self._awaited = str(remembered.get("query") or "") if self.remembers(remembered) else ""
        self.touched = False

    def remembers(self, remembered: Mapping[str, Any]) -> bool:
        """Tell whether what was remembered is about the papers that are shown."""
        return remembered.get("day") == self.day_key

    def to_remember(self) -> dict[str, Any]:
        """What the next start needs to come back here."""
        row = self.inbox.row
        return {
            "day": self.day_key,
            "paper": row.id if row is not None else "",
            "query": self.inbox.query or self._awaited,
            "folded": sorted(self.inbox.folded),
            "open": self.days.to_remember(),
        }

    @property
    def day_key(self) -> str:
        """The day as it is remembered: an ISO date, `all`, or nothing."""
        if self.day is not None:
            return self.day.isoformat()
        return "all" if self.inbox.rows else ""

    @property
    def view(self) -> View:
        """Where the user is."""
        row = self.inbox.row
        return View(self.day, row.id if row is not None else "", self.inbox.query, self.inbox.folded)

    def go(self, view: View) -> None:
        """Come back to where the user was."""
        if view.day != self.day:
            if view.day is None:
                self.open_all()
            else:
                self.open_day(view.day)
        self.filter(view.query)
        for title in view.folded ^ self.inbox.folded:
            self.inbox = self.inbox.fold(title)
        self.inbox = self.inbox.to(view.paper)

    def open_day(self, day: date | None) -> None:
        """Show a listing day; None shows that there is none."""
        self._leave()
        listing = self.world.archive.listing(day) if day is not None else None
        self.day = listing.day if listing is not None else None
        self.listing = listing
        if self.ledger is not None:
            self.learn()
        self._show(Inbox.of(listing.rows if listing else (), self.world.library.verdict))

    def open_all(self) -> None:
        """Show the open papers of all days, a section a day, each paper once."""
        self._leave()
        rows: dict[str, Row] = {}
        for day in self.days.known():
            if self.days.open(day):
                listing = self.world.archive.listing(day)
                for row in listing.rows if listing is not None else ():
                    if self.world.library.verdict(row.id) is None:
                        rows.setdefault(row.id, row)
        self.day = self.listing = None
        self._show(Inbox.of(rows.values(), self.world.library.verdict, lambda row: day_name(row.listed)))

    def all_open_and_back(self) -> None:
        """Show the open papers of all days, at the same paper; and come back to where the user was."""
        if self.day is not None or not self.inbox.rows:
            view = self.view
            self.open_all()
            self._before_all = view
            if view.paper in self.inbox.places:
                self.inbox = self.inbox.to(view.paper)
        elif self._before_all is not None:
            self.go(self._before_all)
        else:
            self.open_day(self.days.oldest_open() or self.days.newest())

    def move_day(self, by: int) -> str:
        """Show the listing day before (-1) or after (1)."""
        known = self.days.known()
        if self.day is None or self.day not in known:
            self.open_day(self.days.oldest_open() or self.days.newest())
            return ""
        at = known.index(self.day) + by
        if not 0 <= at < len(known):
            return "This is the newest listing day." if by > 0 else "This is the oldest listing day."
        self.open_day(known[at])
        return ""

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
            self._rebuild(listing.rows)
        return False

    def learn(self) -> None:
        """Look up what the ledger says."""
        archive, calendar, now = self.world.archive, self.world.calendar, self.world.now()
        states = {name: archive.states(name) for name in self.world.settings.categories}
        last = {name: state for name, known in states.items() if (state := newest(known)) is not None}
        shown = self.day or date.min
        here = {name: known[shown] for name, known in states.items() if shown in known}
        due = calendar.newest(now)
        missing = {day for known in states.values() for day in owed(known, calendar, now) if day < due}
        rests = due != now.astimezone(eastern()).date()
        self.ledger = LedgerKnown(last, here, len(missing), rests)

    @property
    def paper(self) -> Paper | None:
        """The paper under the cursor, with its abstract; without it when the archive cannot be read."""
        row = self.inbox.row
        if row is None:
            return None
        if self._paper is None or self._paper.id != row.id:
            self._paper = self._read(row)
        return self._paper

    def note(self, key: str) -> str:
        """The note on a paper; empty without one."""
        return note.note_of(self.world.library, key)

    def move(self, verb: Callable[[Inbox], Inbox]) -> None:
        """Move the cursor or fold: what changes no verdict."""
        self.touched = True
        self.inbox = verb(self.inbox)

    def goto(self, key: str) -> bool:
        """Move the cursor to a paper, whatever its day or filter; False when no listing holds it."""
        if key not in self.inbox.places:
            day = self._day_of(key, ())
            if day is None:
                return False
            self.open_day(day)
        self.touched = True
        self.inbox = self.inbox.to(key)
        return key in self.inbox.places

    def filter(self, query: str) -> None:
        """Show the papers that hold every word of the query; an empty one shows all."""
        self._awaited = ""
        here = self.inbox.row
        if not query.split():
            self.inbox = self.inbox.filter("", ())
        else:
            self.inbox = self.inbox.filter(query, self.searching().hits(self.inbox, query))
        if here is not None:
            self._before_none = here.id
        elif self.inbox.places.get(self._before_none) in self.inbox.shown:
            self.inbox = self.inbox.to(self._before_none)

    def searching(self) -> Haystack:
        """The haystack of the papers shown, begun if need be."""
        if self.haystack is None:
            days = (
                [self.day]
                if self.day is not None
                else sorted({date.fromisoformat(r.listed) for r in self.inbox.rows})
            )
            self.haystack = Haystack(self.world.archive, self.world.library, days)
        return self.haystack

    @property
    def searched(self) -> bool:
        """Whether nothing is left to read for a filter."""
        return not self._awaited and (self.haystack is None or self.haystack.complete)

    def search_on(self) -> bool:
        """Read a slice more of the haystack; True when the rows shown changed with its end."""
        if self.haystack is None and not self._awaited:
            return False
        haystack = self.searching()
        if haystack.complete or not haystack.read():
            return False
        query = self._awaited or self.inbox.query
        if not query:
            return False
        self._awaited = ""
        self.inbox = self.inbox.filter("", ())
        self.inbox = self.inbox.filter(query, haystack.hits(self.inbox, query))
        return True

    def _leave(self) -> None:
        """Know how many papers stay open in the day that is left."""
        if self.day is not None:
            self.days.learn(self.day, self.inbox.counts.open)

    def _show(self, inbox: Inbox) -> None:
        self.inbox = inbox
        self.haystack = None
        self._paper = None
        self._awaited = ""
        self.touched = False

    def _rebuild(self, rows: Sequence[Row]) -> None:
        """Put other rows in place of those shown; cursor, filter and folds stay."""
        before = self.inbox
        here = before.row.id if before.row is not None else ""
        touched, query = self.touched, before.query or self._awaited
        self._show(Inbox.of(rows, self.world.library.verdict))
        self.touched, self._awaited = touched, query
        for title in before.folded:
            self.inbox = self.inbox.fold(title)
        if here in self.inbox.places:
            self.inbox = self.inbox.to(here)

    def _read(self, row: Row) -> Paper:
        self.unreadable = ""
        try:
            return self.world.archive.paper(row)
        except Unreachable as error:
            self.unreadable = str(error)
            return Paper(row.id, row.title, version=row.version, kind=row.kind, listed=row.listed)

    def _day_of(self, key: str, changes: Iterable[Change]) -> date | None:
        """The listing day of a paper: what the changes say, or library or archive know."""
        for made in changes:
            if made.key == key and made.path == ("listed",):
                return self.days.of(str(made.after or made.before or ""))
        record = self.world.library.paper(key)
        if record is not None and record.get("listed"):
            return self.days.of(str(record["listed"]))
        found = self.world.archive.find(key)
        return self.days.of(found.listed or "") if found is not None else None
