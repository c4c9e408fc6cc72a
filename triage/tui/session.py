"""The reading session: what each verb does to the papers in front of the user, and to the library.

It knows nothing of widgets. A verb either did what it says, on the disk first, and returns a sentence for the
status line (empty when the screen says it all), or raises NotSaved and has changed nothing.
"""

from collections.abc import Iterable, Sequence

from triage import sections, shown
from triage.actions import decide, note
from triage.actions.numbering import current_number
from triage.actions.replaced import keep_said
from triage.day_words import day_name
from triage.paper import Paper, Row, Verdict
from triage.ports import Undone, World
from triage.replacement import SEEN, Mark, is_passed
from triage.steps import HAULS, NEXT, PAPERS, Change, Step
from triage.tui.browsing import Browsing

EVERY_DAY_DONE = "Every day is done."
"""Said until more papers come."""
_SHORTEST_NAME = 40
"""Characters of a title in a sentence, on the narrowest screen."""
_BESIDE_NAME = 60
"""Columns for the rest of such a sentence and a few keys."""
_MANY = 50
"""Changed verdicts from which all marks are read anew instead of one by one."""
_MARKED_BY = ("verdict", "listed", SEEN)
"""The fields of a document that a row's mark hangs on."""


class Session(Browsing):
    """Performs the verbs."""

    def __init__(self, world: World) -> None:
        super().__init__(world)
        self.number = current_number(self.world.library)
        """The current haul's number."""
        self.width = 80
        """Columns of the screen: how much of a title a sentence has room for."""

    def decide(self, verdict: Verdict, *, hold: bool = False) -> str:
        """Keep or skip the paper under the cursor. Raises NotSaved."""
        row, paper = self.inbox.row, self.paper
        if row is None or paper is None:
            return "There is no paper here to decide on."
        library, now = self.world.library, self.world.now()
        before = library.paper(row.id)
        if verdict is Verdict.KEEP:
            decide.keep(library, [paper], now, hold=hold)
        else:
            decide.skip(library, [paper], now)
        self._decided(row)
        rest = self._decide_here()
        said = keep_said(library, row, before) if verdict is Verdict.KEEP else ""
        if is_passed(row, before) and library.paper(row.id) == before:
            said = "A later version of it was kept since, and stays kept."
        return " ".join(filter(None, (said or ("Held for the next haul." if hold else ""), rest)))

    def reopen(self) -> str:
        """Make the paper under the cursor open again, or unseen. Raises NotSaved."""
        row = self.inbox.row
        if row is None:
            return "There is no paper here to reopen."
        if decide.reopen(self.world.library, [row]) is None:
            return (
                "A later version of it was kept since, and stays kept."
                if is_passed(row, self.world.library.paper(row.id))
                else "This paper is open."
            )
        self._decided(row)
        self.inbox = self.inbox.mark(row.id, self.inboxes.mark)
        self.cross_lists_anew()
        return self.out_of_sight([row.id])

    def finish(self) -> str:
        """Skip or see the open rest, then show the oldest day with open papers. Raises NotSaved."""
        rows = self.inbox.finishing()
        if not rows:
            return "Nothing is open here."
        of = self.inbox.counts.open
        decide.finish(self.world.library, rows, self.world.now())
        self.inbox = self.inbox.finish(self.inboxes.mark)
        self._decided(*rows)
        said = f"{self._finished(rows, of)}, u undoes."
        if self.inbox.counts.open:
            return said
        self._leave()
        following = self.days.oldest_open()
        if following is None:
            return f"{said} {EVERY_DAY_DONE}"
        self.open_day(following)
        return f"{said} Now {day_name(following)}."

    def _finished(self, rows: Sequence[Row], of: int) -> str:
        """What finishing these of so many open papers came to."""
        seen = sum(self.inbox.mark_at(self.inbox.places[row.id]) is Mark.SEEN for row in rows)
        skipped = len(rows) - seen
        some = f"{len(rows)} of {of}" if len(rows) < of else ""
        if not seen:
            return f"{some or skipped} skipped"
        done = f"{skipped} skipped, {seen} seen" if skipped else f"{seen} seen"
        return f"{some}: {done}" if some else done

    def write_note(self, paper: Paper, text: str, over: str) -> str:
        """Put a note on a paper as `over` was seen before; an open one is kept by it. Raises NotSaved."""
        before = self.world.library.paper(paper.id)
        step = note.write(self.world.library, paper, text, self.world.now(), over=over)
        if step is None:
            return ""
        at = self.inbox.places.get(paper.id)
        if at is None:
            self._papers.doubt()
            return ""
        row = self.inbox.rows[at]
        self._decided(row)
        after = self.inboxes.mark(row)
        if after is self.inbox.mark_at(at):
            return ""
        rest = ""
        if at == self.inbox.cursor:
            rest = self._decide_here()
        else:
            self.inbox = self.inbox.mark(row.id, self.inboxes.mark)
        return " ".join(filter(None, (keep_said(self.world.library, row, before), rest)))

    def _decide_here(self) -> str:
        """Mark the row under the cursor as the library has it, and go on; say if only folded ones stay."""
        before, row = self.inbox, self.inbox.row
        if row is None:
            return ""
        self.inbox = before.decide(self.inboxes.mark(row))
        stays = self.inbox.cursor == before.cursor and self.inbox.marks != before.marks
        rest = self.inbox.counts.open
        if not stays or not rest or self.inbox.query or before.mark_at(before.cursor) is not Mark.OPEN:
            return ""
        papers = "One open paper is" if rest == 1 else f"{rest} open papers are"
        return f"{papers} folded away: → unfolds, finishing the day takes them in."

    def is_held(self, key: str) -> bool:
        """Tell whether a paper is kept for the next haul."""
        return (self.world.library.paper(key) or {}).get("haul") == NEXT

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

    def take_in(self, changes: Sequence[Change]) -> None:
        """Bring marks, days and number in line with the library after changes."""
        library = self.world.library
        self._papers.doubt()
        marked = [made for made in changes if made.table == PAPERS and made.path[0] in _MARKED_BY]
        keys = dict.fromkeys(made.key for made in marked)
        if len(keys) > _MANY:
            self.inbox = self.inbox.marked_anew(self.inboxes.mark)
        else:
            for key in keys:
                self.inbox = self.inbox.mark(key, self.inboxes.mark)
        self._bring_up(keys)
        self.cross_lists_anew()
        listed = {day for made in marked if made.path == ("listed",) for day in (made.before, made.after)}
        listed |= {made.path[1] for made in marked if made.path[0] == SEEN}
        listed |= {(library.paper(key) or {}).get("listed") for key in keys}
        for iso in listed:
            self.days.doubt(self.days.of(str(iso)))
        self.days.decided(keys, self.day)
        if any(made.table == HAULS for made in changes):
            self.number = current_number(self.world.library)

    def after_other_screen(self) -> None:
        """Bring everything in line with the library after a screen above changed it."""
        self._papers.doubt()
        self.inbox = self.inbox.marked_anew(self.inboxes.mark)
        self._bring_up(row.id for row in self.inbox.finishing())
        self.cross_lists_anew()
        self.number = current_number(self.world.library)
        self.days.recount()

    def last_decided(self) -> str | None:
        """The paper decided last that is decided still."""
        for step in self.world.library.history():
            for made in step.changes:
                seen = made.table == PAPERS and made.path[0] == SEEN
                if made.table == PAPERS and (seen or made.path == ("verdict",)) and made.after is not None:
                    if self.world.library.verdict(made.key) is not None and step.what != "finish":
                        return made.key
                    break
        return None

    def _bring_up(self, keys: Iterable[str]) -> None:
        """Show what was folded away as nobody's, when its paper turns out to have been kept."""
        if self.day is None:
            return
        for key in keys:
            at = self.inbox.places.get(key)
            section = self.inbox.section(at) if at is not None else None
            if at is None or section is None or section.title != sections.REPLACEMENTS:
                continue
            row = self.inbox.rows[at]
            if self.inbox.mark_at(at) is Mark.OPEN and self.inboxes.section(row) == sections.OF_KEPT:
                self._rebuild(self.inboxes.of_day(self.listing), self.inbox.folded)
                return

    def _decided(self, *rows: Row) -> None:
        """The user did something to rows."""
        self.touched = True
        self._papers.doubt()
        if self.day is None:
            for listed in {row.listed for row in rows}:
                self.days.doubt(self.days.of(listed))
        self.days.decided([row.id for row in rows], self.day)

    def _told(self, undone: Undone, how: str) -> str:
        """Bring the screen in line with an undo or a redo and say what it was."""
        step, target = undone.step, undone.target
        self.take_in(step.changes)
        keys = list(
            dict.fromkeys(made.key for made in (*step.changes, *undone.stayed) if made.table == PAPERS)
        )
        here = [key for key in keys if key in self.inbox.places]
        if here:
            self.goto(min(here, key=self.inbox.places.__getitem__))
        elif keys and target.what != "publish":
            self._to_changed_day(step, keys[0])
        said = f"{how}: {target.what}"
        said += f" of {len(keys)} papers." if len(keys) > 1 else f" of {self.name(keys[0])}." if keys else "."
        numbers = [
            f"haul {made.before or made.after}"
            for made in target.changes
            if made.table == HAULS and made.path == ("number",)
        ]
        if target.what == "import" and numbers:
            said = f"{how}: import of {', '.join(numbers)}."
        if target.what == "publish" and how == "Undone":
            said = "Undone: publish. The haul is current again; the post's file stays as it is."
        said = f"{said} {self.out_of_sight(keys)}".rstrip()
        stayed = list(dict.fromkeys(made.key for made in undone.stayed))
        if stayed:
            names = ", ".join(self.name(key) for key in stayed[:3]) + (", …" if len(stayed) > 3 else "")
            said += f" Changed since by somebody else, and left alone: {names}."
        return said

    def _to_changed_day(self, step: Step, key: str) -> None:
        day = self._day_of(key, step.changes)
        if day is not None and day != self.day:
            self.open_day(day)
            self.goto(key)

    def name(self, key: str) -> str:
        """A paper in a sentence: its title, cut."""
        row = self.inbox.places.get(key)
        found = None if row is not None else self.world.archive.find(key)
        source = self.inbox.rows[row].title if row is not None else found.title if found is not None else ""
        title = shown.text(key, source) or key
        most = max(_SHORTEST_NAME, self.width - _BESIDE_NAME)
        return f"“{title if len(title) <= most else title[: most - 1].rstrip() + '…'}”"
