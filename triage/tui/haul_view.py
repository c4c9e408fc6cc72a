"""What the haul screen shows and does, without widgets: one haul, its held papers, the verbs on its parts.

A verb did what it says, on the disk first, and returns a sentence; or it raises NotSaved and changed nothing.
"""

from collections.abc import Sequence
from dataclasses import replace

from triage import shown
from triage.actions import add, decide, note, post_files
from triage.actions import comment as comments
from triage.actions.copy import Copied, of_paper
from triage.actions.haul import current, post_of, published
from triage.actions.kept import earlier
from triage.actions.known import known
from triage.actions.numbering import haul_said, in_order, next_number, of_number
from triage.clean import line
from triage.haul import Haul
from triage.paper import Paper, Verdict
from triage.ports import Record, Undone, World
from triage.post import faults_in_comment, faults_in_note
from triage.steps import CURRENT, NEXT, PAPERS
from triage.tui.screens.writing import saved_with
from triage.tui.widgets.entry_list import Item, Part, items_of

WENT_ON = "This comment was published twice, and is changed in the later haul."


class HaulView:
    """The current haul, or a published one."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.key = CURRENT
        """The haul's id in the library."""
        self.haul = Haul()
        self.items: Sequence[Item] = ()
        self._shown_from = ""
        self.refresh()

    @property
    def is_current(self) -> bool:
        """Whether it is the haul being made: only that one can be published, and its entries be moved."""
        return self.key == CURRENT

    @property
    def is_numbered_twice(self) -> bool:
        """Whether another published haul has the number of this one."""
        number = self.haul.number
        return not self.is_current and bool(number) and len(of_number(self.world.library, number or 0)) > 1

    def refresh(self) -> None:
        """Read the haul anew from the library."""
        library = self.world.library
        source = self._source()
        if source == self._shown_from:
            return
        self._shown_from = source
        if not self.is_current and library.haul(self.key) is None:
            self.key = CURRENT
        if self.is_current:
            self.haul = current(library, self.world.settings, self.world.now())
            held = [
                (record["id"], shown.title(Paper.from_record(record)), bool(record.get("note")))
                for record in library.in_haul(NEXT)
            ]
        else:
            self.haul = published(library, self.key)
            held = []
        by_title = sorted(held, key=lambda paper: paper[1].casefold())
        self.items = items_of(self.haul, by_title, lambda key: earlier(library, key, self.key)[0])

    def taken_in(self) -> bool:
        """Take in what others did, and what goes on behind; True when the haul is not as it was shown."""
        self.world.library.poll()
        return self._shown_from != self._source()

    def _source(self) -> str:
        """All that the haul is made of."""
        library = self.world.library
        parts: tuple[object, ...] = ()
        if self.is_current:
            parts = (library.in_haul(CURRENT), library.in_haul(NEXT), next_number(library))
        return repr((parts, library.comments(self.key), library.haul(self.key)))

    def other(self, by: int) -> str:
        """Show the haul published before (-1) or after (1) this one."""
        keys = [*in_order(self.world.library), CURRENT]
        at = keys.index(self.key) + by
        if not 0 <= at < len(keys):
            return "This is the first haul there is." if by < 0 else "This is the current haul."
        self.key = keys[at]
        self.refresh()
        return ""

    def go_to(self, haul: str) -> None:
        """Show the haul with this id."""
        self.key = haul
        self.refresh()

    def missing(self) -> list[str]:
        """What the post still lacks, a sentence each."""
        entries = self.haul.entries
        without = {
            "a title": [entry.link for entry in entries if entry.title in ("", entry.link)],
            "an excerpt": [entry.title or entry.link for entry in entries if not entry.excerpt],
            "a note": [entry.title or entry.link for entry in entries if not entry.note],
        }
        told = [
            f"{_counted(names)} without {what}: {_listed(names)}" for what, names in without.items() if names
        ]
        for place in post_files.edited(self.world.library, self.world.posts, self.key):
            name = line(place.rpartition("/")[2])
            told.append(f"{name} was edited since it was written: R on the haul takes its edits over.")
        for entry in entries:
            fault = faults_in_note(entry.note)
            if fault is not None:
                told.append(f"{line(entry.title)}: the note's line {fault[0]}: {fault[1]}")
        for comment in self.haul.comments:
            fault = None if comment.verbatim else faults_in_comment(comment.text)
            if fault is not None:
                told.append(f"{_cut(line(comment.text))}: the comment's line {fault[0]}: {fault[1]}")
        return told if entries else ["No entry: keep a paper, or add one.", *told]

    def paper(self, key: str) -> Paper:
        """A paper of the haul, with what the user corrected."""
        record = self.world.library.paper(key)
        return Paper.from_record(record) if record is not None else Paper(id=key, title="")

    def paper_of(self, item: Item) -> Paper:
        """All that is known of an entry's or a held paper; where nothing is, what its card says."""
        paper = known(self.world.library, self.world.archive, item.key)
        entry = self.haul.entry(item.key) if item.part is Part.ENTRY else None
        if entry is None:
            return paper
        return replace(paper, title=paper.title or entry.title, abstract=paper.abstract or entry.excerpt)

    def copied(self, item: Item) -> Copied:
        """What is copied of an entry or a held paper: the card is that of this haul."""
        paper, entry = self.paper_of(item), self.haul.entry(item.key)
        if item.part is Part.ENTRY and entry is not None:
            return Copied(paper, entry, entry.note)
        return of_paper(self.world.library, self.world.archive, paper, self.note(item))

    def post_text(self) -> str:
        """The post as its file has it. Raises NotSaved."""
        world = self.world
        return post_of(world.library, world.settings, world.now(), key=self.key).decode("utf-8")

    def notes_before(self, item: Item) -> Sequence[tuple[str, str]]:
        """The notes that a paper has in other published hauls, each with its haul: to be read only."""
        return earlier(self.world.library, item.key, self.key)[1]

    def comment(self, key: str) -> Record | None:
        """A comment of the haul as the library has it."""
        every = self.world.library.comments(self.key)
        return next((record for record in every if record["id"] == key), None)

    def note(self, item: Item) -> str:
        """The note on an entry or a held paper."""
        entry = self.haul.entry(item.key) if item.part is Part.ENTRY else None
        return entry.note if entry is not None else note.note_of(self.world.library, item.key)

    def write_note(self, item: Item, text: str, over: str) -> str:
        """Put a note on an entry or a held paper; `over` is the text that was seen."""
        library = self.world.library
        if self.is_current:
            step = note.write(library, self.paper(item.key), text, self.world.now(), over=over)
        else:
            step = note.write_in_haul(library, self.key, item.key, text, over=over)
        if step is None:
            return ""
        self.refresh()
        fault = faults_in_note(self.note(item))
        if fault is not None:
            return saved_with(fault)
        return "Note saved."

    def take_out(self, item: Item, *, skip: bool) -> str:
        """Take an entry or a held paper out, skipped or open again; remove a comment."""
        library = self.world.library
        if item.part is Part.COMMENT:
            record = self.comment(item.key)
            if record is None:
                return WENT_ON
            comments.remove(library, record)
            said = "Comment removed, u undoes."
        elif skip:
            decide.take_out(library, [self.paper(item.key)], self.world.now(), skipped=True)
            said = f"Taken out, skipped: {item.text}"
        else:
            decide.take_out(library, [self.paper(item.key)], self.world.now(), skipped=False)
            said = f"Taken out, open again: {item.text}"
        record = library.paper(item.key) or {}
        if item.part is not Part.COMMENT and record.get("verdict") == Verdict.KEEP:
            said = f"Taken out; {haul_said(library, record.get('haul'))} has it still: {item.text}"
        self.refresh()
        return said

    def hold(self, item: Item, *, hold: bool) -> str:
        """Hold an entry for the next haul, or take a held paper back."""
        if item.part is not (Part.ENTRY if hold else Part.HELD):
            return "Only entries can be held." if hold else "This is not held."
        decide.keep(self.world.library, [self.paper(item.key)], self.world.now(), hold=hold)
        self.refresh()
        return f"Held for the next haul: {item.text}" if hold else f"Back in this haul: {item.text}"

    def move_comment(self, item: Item, by: int) -> str:
        """Move a comment up or down."""
        if item.part is not Part.COMMENT:
            return (
                "Only comments can be moved; entries stand by their titles, or as the post's file has them."
            )
        record = self.comment(item.key)
        if record is None:
            return WENT_ON
        comments.move(self.world.library, record, by)
        self.refresh()
        return ""

    def correct(self, item: Item, **fields: str | Sequence[str]) -> str:
        """Correct title, authors, abstract, site or date of an entry or a held paper."""
        step = add.correct(self.world.library, item.key, **fields)
        self.refresh()
        return "Corrected." if step is not None else ""

    def undo(self) -> tuple[str, str]:
        """Take back the last step: a sentence, and the id of a paper or comment it was about."""
        return self._undone(self.world.library.undo(), "Undone")

    def redo(self) -> tuple[str, str]:
        """Do again what was undone last."""
        return self._undone(self.world.library.redo(), "Done again")

    def _undone(self, undone: Undone | None, how: str) -> tuple[str, str]:
        if undone is None:
            return f"Nothing is left to {'undo' if how == 'Undone' else 'redo'}.", ""
        self.refresh()
        keys = list(dict.fromkeys(made.key for made in undone.target.changes))
        if undone.target.what == "publish":
            if how == "Undone":
                return "Undone: publish. The haul is current again; the post's file stays as it is.", ""
            return "Done again: publish.", ""
        papers = [made.key for made in undone.target.changes if made.table == PAPERS]
        name = self._name(papers[0]) if len(set(papers)) == 1 else ""
        said = f"{how}: {undone.target.what}" + (f" of {name}." if name else ".")
        if undone.stayed:
            said += " What somebody else changed since was left alone."
        return said, keys[0] if keys else ""

    def _name(self, key: str) -> str:
        paper = known(self.world.library, self.world.archive, key)
        return shown.title(paper) or key


def _counted(names: Sequence[str]) -> str:
    return "1 entry" if len(names) == 1 else f"{len(names)} entries"


def _listed(names: Sequence[str]) -> str:
    more = f" · {len(names) - 3} more" if len(names) > 3 else ""
    return " · ".join(_cut(line(name)) for name in names[:3]) + more


def _cut(name: str) -> str:
    return name if len(name) <= 40 else f"{name[:39].rstrip()}…"
