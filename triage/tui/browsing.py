"""Moving among the papers in front of the user, and coming back to where one was."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any, NamedTuple

from triage.inbox import Inbox
from triage.ports import World
from triage.replacement import SEEN
from triage.steps import Change
from triage.tui.haystack import Haystack
from triage.tui.opening import Opening


class View(NamedTuple):
    """Where the user is: enough to come back to it."""

    day: date | None
    """The listing day; None for the open papers of all days."""
    paper: str
    query: str
    folded: frozenset[str]


class Browsing(Opening):
    """Moves in the inbox; nothing here changes a verdict."""

    def __init__(self, world: World) -> None:
        super().__init__(world)
        self._before_all: View | None = None
        """Where the user was before all open papers were shown."""
        self._before_none = ""
        """The paper under the cursor before a filter hid them all."""

    def start(self, remembered: Mapping[str, Any]) -> None:
        """Open the day that was left, or the oldest with open papers, at the paper where it was left."""
        if self._recall_cross_lists(remembered.get("cross_lists")):
            self.days.recall(remembered.get("open"))
        left = str(remembered.get("day") or "")
        day = self.days.of(left)
        if left == "all":
            self.open_all()
        elif day is not None and self.days.open(day):
            self.open_day(day)
        else:
            self.open_day(self.days.oldest_open() or day or self.days.newest())
        if "folded" in remembered:
            self.inbox = self.inbox.with_folds(str(title) for title in remembered["folded"] or ())
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
            "cross_lists": [self._configured, self.inboxes.cross_lists],
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
        self.inbox = self.inbox.with_folds(view.folded).to(view.paper)

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

    def move(self, verb: Callable[[Inbox], Inbox]) -> None:
        """Move the cursor or fold: what changes no verdict."""
        self.touched = True
        self.inbox = verb(self.inbox)

    def goto(self, key: str, listed: str = "") -> bool:
        """Move the cursor to a paper, whatever its day or filter; False when no listing holds it.

        `listed` is the listing day, ISO, that is meant; else wherever the paper is shown or decided on.
        """
        wanted = self.days.of(listed)
        if wanted is not None and wanted != self.day:
            self.open_day(wanted)
        elif key not in self.inbox.places:
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

    def _day_of(self, key: str, changes: Iterable[Change]) -> date | None:
        """The listing day of a paper: what the changes say, or library or archive know."""
        for made in changes:
            if made.key == key and made.path == ("listed",):
                return self.days.of(str(made.after or made.before or ""))
            if made.key == key and made.path[0] == SEEN:
                return self.days.of(made.path[1])
        record = self.world.library.paper(key)
        if record is not None and record.get("listed"):
            return self.days.of(str(record["listed"]))
        found = self.world.archive.find(key)
        return self.days.of(found.listed or "") if found is not None else None
