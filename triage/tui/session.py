"""The reading session: which papers are in front of the user, and what each verb does to them.

It knows nothing of widgets. A verb either did what it says, on the disk first, and returns a sentence for the
status line (empty when the screen says it all), or raises NotSaved and has changed nothing.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from triage import shown
from triage.actions import decide, note
from triage.inbox import Inbox
from triage.ledger import Listing
from triage.paper import Paper, Row, Verdict
from triage.ports import Undone, Unreachable, World
from triage.steps import HAULS, PAPERS, Change, Step
from triage.tui.days import OpenDays, day_name
from triage.tui.haystack import Haystack


@dataclass(frozen=True, slots=True)
class View:
    """Where the user is: enough to come back to it."""

    day: date | None
    """The listing day; None for the open papers of all days."""
    paper: str
    query: str
    folded: frozenset[str]


class Session:
    """Holds the inbox of one listing day, or of all open papers, and performs the verbs."""

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
        self.number = self._next_number()
        """The current haul's number."""
        self._paper: Paper | None = None
        self._awaited: str = ""
        """A remembered filter that waits for its haystack."""

    # -- where one is ------------------------------------------------------------------------------------

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
        if key in self.inbox.index:
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

    def refresh_listing(self) -> bool:
        """Take in what a fetch wrote; the cursor stays on its paper. True when another day is shown."""
        self.days.recount()
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

    # -- the paper under the cursor ----------------------------------------------------------------------

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

    # -- verdicts ----------------------------------------------------------------------------------------

    def decide(self, verdict: Verdict, *, hold: bool = False) -> str:
        """Keep or skip the paper under the cursor. Raises NotSaved."""
        paper = self.paper
        if paper is None:
            return "There is no paper here to decide on."
        library, now = self.world.library, self.world.now()
        if verdict is Verdict.KEEP:
            decide.keep(library, [paper], now, hold=hold)
        else:
            decide.skip(library, [paper], now)
        self.touched = True
        self.inbox = self.inbox.decide(verdict)
        return "Held for the next haul." if hold else ""

    def reopen(self) -> str:
        """Make the paper under the cursor open again. Raises NotSaved."""
        row = self.inbox.row
        if row is None:
            return "There is no paper here to reopen."
        if decide.reopen(self.world.library, [row.id]) is None:
            return "This paper is open."
        self.touched = True
        self.inbox = self.inbox.mark(row.id, None)
        return ""

    def finish(self) -> str:
        """Skip the open rest, then show the oldest day with open papers. Raises NotSaved."""
        rows = self.inbox.finishing()
        if not rows:
            return "Nothing is open here."
        of = self.inbox.counts.open
        decide.finish(self.world.library, rows, self.world.now())
        self.inbox = self.inbox.finish()
        self.touched = True
        said = (
            f"{len(rows)} skipped, u undoes."
            if len(rows) == of
            else f"{len(rows)} of {of} skipped, u undoes."
        )
        if self.inbox.counts.open:
            return said
        self._leave()
        following = self.days.oldest_open()
        if following is None:
            return f"{said} Every day is done."
        self.open_day(following)
        return f"{said} Now {day_name(following.isoformat())}."

    def write_note(self, paper: Paper, text: str, over: str) -> str:
        """Put a note on a paper as `over` was seen before; an open one is kept by it. Raises NotSaved."""
        before = self.world.library.verdict(paper.id)
        step = note.write(self.world.library, paper, text, self.world.now(), over=over)
        if step is None:
            return ""
        after = self.world.library.verdict(paper.id)
        if before is None and after is not None:
            row = self.inbox.row
            here = row is not None and row.id == paper.id
            self.inbox = self.inbox.decide(after) if here else self.inbox.mark(paper.id, after)
        self.touched = True
        return ""

    # -- undo, and what others did -----------------------------------------------------------------------

    def undo(self) -> str:
        """Take back the last step that stands. Raises NotSaved."""
        undone = self.world.library.undo()
        return self._told(undone, "Undone") if undone is not None else "Nothing is left to undo."

    def redo(self) -> str:
        """Do again what was undone last. Raises NotSaved."""
        undone = self.world.library.redo()
        return self._told(undone, "Done again") if undone is not None else "Nothing is left to redo."

    def poll(self) -> bool:
        """Take in what other processes did; True when something changed. The cursor stays."""
        steps = self.world.library.poll()
        for step in steps:
            self.take_in(step.changes)
        return bool(steps)

    def take_in(self, changes: Iterable[Change]) -> None:
        """Bring the marks in line with the library after changes."""
        for made in changes:
            if made.table == PAPERS and made.path == ("verdict",):
                self.inbox = self.inbox.mark(made.key, self.world.library.verdict(made.key))
                self.days.doubt(self._day_of(made.key, changes))
            elif made.table == HAULS and made.path in (("number",), ("id",)):
                self.number = self._next_number()

    def after_other_screen(self) -> None:
        """Bring everything in line with the library after a screen above changed it."""
        self.inbox = self.inbox.marked_anew(self.world.library.verdict)
        self.number = self._next_number()
        self.days.recount()

    def goto(self, key: str) -> bool:
        """Move the cursor to a paper, whatever its day or filter; False when no listing holds it."""
        if key not in self.inbox.index:
            day = self._day_of(key, ())
            if day is None:
                return False
            self.open_day(day)
        self.touched = True
        self.inbox = self.inbox.to(key)
        return key in self.inbox.index

    def last_decided(self) -> str | None:
        """The paper decided last that is decided still."""
        for step in self.world.library.history():
            for made in step.changes:
                if made.table == PAPERS and made.path == ("verdict",) and made.after is not None:
                    if self.world.library.verdict(made.key) is not None and step.what != "finish":
                        return made.key
                    break
        return None

    # -- the filter --------------------------------------------------------------------------------------

    def filter(self, query: str) -> None:
        """Show the papers that hold every word of the query; an empty one shows all."""
        self._awaited = ""
        if not query.split():
            self.inbox = self.inbox.filter("", ())
            return
        self.inbox = self.inbox.filter(query, self.searching().hits(self.inbox, query))

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
        if haystack.complete:
            return False
        haystack.read()
        if not haystack.complete:
            return False
        query = self._awaited or self.inbox.query
        if not query:
            return False
        self._awaited = ""
        self.inbox = self.inbox.filter("", ())
        self.inbox = self.inbox.filter(query, haystack.hits(self.inbox, query))
        return True

    # -- inside ------------------------------------------------------------------------------------------

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
        if here in self.inbox.index:
            self.inbox = self.inbox.to(here)

    def _read(self, row: Row) -> Paper:
        try:
            return self.world.archive.paper(row)
        except Unreachable as error:
            return Paper(
                row.id, row.title, abstract=str(error), version=row.version, kind=row.kind, listed=row.listed
            )

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

    def _told(self, undone: Undone, how: str) -> str:
        """Bring the screen in line with an undo or a redo and say what it was."""
        step, target = undone.step, undone.target
        self.take_in(step.changes)
        keys = list(
            dict.fromkeys(made.key for made in (*step.changes, *undone.stayed) if made.table == PAPERS)
        )
        here = [key for key in keys if key in self.inbox.index]
        if here:
            self.goto(min(here, key=self.inbox.index.__getitem__))
        elif keys and target.what != "publish":
            self._to_changed_day(step, keys[0])
        said = f"{how}: {target.what}"
        said += (
            f" of {len(keys)} papers." if len(keys) > 1 else f" of {self._name(keys[0])}." if keys else "."
        )
        if target.what == "publish" and how == "Undone":
            said = "Undone: publish. The haul is current again; the post's file stays as it is."
        stayed = list(dict.fromkeys(made.key for made in undone.stayed))
        if stayed:
            names = ", ".join(self._name(key) for key in stayed[:3]) + (", …" if len(stayed) > 3 else "")
            said += f" Changed since by somebody else, and left alone: {names}."
        return said

    def _to_changed_day(self, step: Step, key: str) -> None:
        day = self._day_of(key, step.changes)
        if day is not None and day != self.day:
            self.open_day(day)
            self.goto(key)

    def _name(self, key: str) -> str:
        """A paper in a sentence: its title, cut."""
        row = self.inbox.index.get(key)
        found = None if row is not None else self.world.archive.find(key)
        source = self.inbox.rows[row].title if row is not None else found.title if found is not None else ""
        title = shown.text(key, source) or key
        return f"“{title if len(title) <= 40 else title[:39].rstrip() + '…'}”"

    def _next_number(self) -> int:
        current = self.world.library.haul("current") or {}
        said = current.get("number")
        return (
            int(said)
            if said
            else 1 + max((haul.get("number") or 0 for haul in self.world.library.hauls()), default=0)
        )
