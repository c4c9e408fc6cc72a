"""A machine with a library of its own, on which somebody does what people do, at random."""

import random
import re
from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from unittest.mock import patch

from tests.actions.conftest import DAY, paper
from tests.importing import import_post
from tests.library.made import seen
from triage.actions import comment, decide, note
from triage.actions import haul as hauls
from triage.actions.haul import Refused
from triage.actions.numbering import twice
from triage.archive import open_archive
from triage.desktop.posts import PostFiles
from triage.document import is_text
from triage.ledger import Completeness, ListingState, Sections
from triage.library import open_library
from triage.library.fold import Order
from triage.library.library import JournaledLibrary
from triage.paper import Kind, Paper, Row
from triage.ports import NotSaved, Undone, Unreachable
from triage.settings import Settings
from triage.steps import CURRENT, Step, stamp

PAPERS_THERE = 9
SETTINGS = Settings()
TOKEN = re.compile(r"text-[a-z]-\d+-end")


class Machine:
    """One machine: its data folder, its state folder, its clock."""

    def __init__(self, root: Path, name: str, clock: timedelta, chance: random.Random) -> None:
        self.name = name
        self.folder, self.state = root / name / "data", root / name / "state"
        self.chance = chance
        self.now = datetime(2026, 11, 20, 8, 30, tzinfo=UTC) + clock
        self.saved: dict[str, Step] = {}
        """Every Step that was done here, by all that it says."""
        self.notices: list[str] = []
        """What the user was told."""
        self._library: JournaledLibrary | None = None
        self._texts = 0
        self._undone: list[Undone] = []

    @property
    def library(self) -> JournaledLibrary:
        """The library, which is opened if it is not."""
        if self._library is None:
            self._library = open_library(self.folder, state=self.state)
        return self._library

    def close(self) -> None:
        """Quit, or be killed."""
        if self._library is not None:
            self.notices += self._library.notices
            if self.chance.random() < 0.2:  # killed: nothing but its files are closed
                with patch.object(self._library, "snapshot"):
                    self._library.close()
            else:
                self._library.close()
            self._library = None

    def text(self) -> str:
        """A text as nobody else writes it, short or long."""
        self._texts += 1
        more = " and more of it" * self.chance.choice([0, 0, 1, 90])
        return f"text-{self.name}-{self._texts}-end{more}"

    def act(self) -> None:
        """Do something."""
        self.now += timedelta(minutes=1)
        deeds: list[tuple[int, Callable[[], object]]] = [
            (4, self._keep), (2, self._skip), (1, self._reopen), (6, self._note), (1, self._finish),
            (3, self._undo), (1, self._redo), (2, self._comment), (1, self._change_comment),
            (1, self._publish), (1, self._import), (1, self._draft), (1, self._fetch), (2, self._look),
            (2, self.close), (1, self._hand_edit), (1, self.read),
        ]  # fmt: skip
        deed = self.chance.choices([one for _, one in deeds], [weight for weight, _ in deeds])[0]
        with patch("triage.library.library._now", lambda: stamp(self.now)):
            try:
                deed()
            except NotSaved:
                # library.json has come and no journal yet: it is shown, and takes nothing.
                assert self.library.read_only
                self.close()
                return
            self._note_saved()

    def _note_saved(self) -> None:
        """Remember what is saved, as the journal has it."""
        self.saved |= {repr(step): step for step in self.library.history()}

    def _some(self) -> Paper:
        return paper(self.chance.randint(1, PAPERS_THERE))

    def _keep(self) -> None:
        decide.keep(self.library, [self._some()], self.now, hold=self.chance.random() < 0.2)

    def _skip(self) -> None:
        decide.skip(self.library, [self._some()], self.now)

    def _reopen(self) -> None:
        decide.reopen(self.library, [self._some()])

    def _note(self) -> None:
        text = self.text() if self.chance.random() < 0.9 else ""
        note.write(self.library, self._some(), text, self.now)

    def _finish(self) -> None:
        rows = [
            Row(one.id, one.title, Kind.NEW, 1, DAY.isoformat(), 0, 0)
            for one in map(paper, range(1, PAPERS_THERE + 1))
        ]
        decide.finish(self.library, rows, self.now)

    def _undo(self) -> None:
        library = self.library
        library.poll()
        before = seen(library)
        undone = library.undo()
        if undone is None:
            return
        assert undone.step.machine == undone.target.machine == library.machine
        touched = {(one.table, one.key) for one in undone.step.changes}
        assert touched <= {(one.table, one.key) for one in undone.target.changes}
        after = seen(library)
        for table, documents in before.items():
            for key in {*documents, *after[table]}:
                if (table, key) not in touched:
                    assert after[table].get(key) == documents.get(key)

    def _redo(self) -> None:
        self.library.redo()

    def _comment(self) -> None:
        comment.add(self.library, self.text())

    def _change_comment(self) -> None:
        every = self.library.comments(CURRENT)
        if every:
            one = self.chance.choice(every)
            if self.chance.random() < 0.5:
                comment.edit(self.library, one, self.text())
            else:
                comment.move(self.library, one, self.chance.choice([-1, 1]))

    def _publish(self) -> None:
        posts = PostFiles(self.folder / "posts")
        try:
            hauls.publish(self.library, posts, SETTINGS, self.now, overwrite=True)
        except (Refused, Unreachable):
            return

    def _import(self) -> None:
        posts = PostFiles(self.folder / "posts")
        number = self.chance.randint(101, 104)
        body = (
            f"---\ntitle: ML Arxiv Haul ~{number}\npublished_at: 2023-06-30T03:06:00.000Z\n---\n"
            '\n## New Paper Content\n\n<blockquote>\n    <a href="https://arxiv.org/abs/2611.00001">\n'
            "    <h4>On the number 1</h4>\n    </a>\n</blockquote>\n\nAn old note.\n\n<br/>\n<br/>\n<br/>\n"
        )
        posts.write(f"{posts.folder}/old-{number}.md", body.encode())
        try:
            import_post(
                self.library, open_archive(self.folder), posts, SETTINGS,
                f"{posts.folder}/old-{number}.md", self.now,
            )  # fmt: skip
        except Refused:
            return

    def _draft(self) -> None:
        key = self._some().id
        try:
            self.library.save_draft(key, self.chance.choice([None, "being typed", self.text()]))
        except NotSaved:
            return

    def _fetch(self) -> None:
        category = f"cs.{self.name.upper()}"
        papers = [paper(self.chance.randint(1, PAPERS_THERE)) for _ in range(3)]
        state = ListingState(
            category, Completeness.COMPLETE, DAY.isoformat(), sections=Sections(3), source="rss"
        )
        open_archive(self.folder).store(
            DAY, list({one.id: one for one in papers}.values()), {category: state}
        )

    def read(self) -> None:
        """Look at every haul, paper and comment."""
        library = self.library
        hauls.current(library, SETTINGS, self.now)
        for haul in library.hauls():
            hauls.post_of(library, SETTINGS, self.now, key=haul["id"])
        for one in map(paper, range(1, PAPERS_THERE + 1)):
            note.older_notes(library, one)
            list(note.notes_by_haul(library, one.id))
        twice(library)

    def _look(self) -> None:
        """What an open app does twice a second, and in a pause."""
        self.library.poll()
        self.library.snapshot()

    def _hand_edit(self) -> None:
        """Open library.json in an editor, and save it."""
        path = self.folder / "library.json"
        if self._library is None and path.exists() and self.chance.random() < 0.5:
            path.write_bytes(path.read_bytes().replace(b"Ada Example", b"Eve Example") + b"\n")


def unreplaced(steps: Iterable[Step]) -> list[str]:
    """The texts that nobody wrote another over, nor took back; a publish only moves them."""
    written: dict[str, Order] = {}
    gone: dict[str, Order] = {}
    for step in sorted(steps, key=lambda one: one.order):
        for one in step.changes:
            if is_text(one.table, one.path) and step.what != "publish":
                after = TOKEN.findall(one.after or "")
                written |= dict.fromkeys(after, step.order)
                gone |= {text: step.order for text in TOKEN.findall(one.before or "") if text not in after}
    return [text for text, last in written.items() if gone.get(text, (0, "", 0)) < last]
