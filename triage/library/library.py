"""The library: everything the user made, kept as Steps in journals and shown as TinyDB's tables."""

import contextlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

from triage.document import copied, holds_text
from triage.library import gathering, merging, snapshot
from triage.library.asked import checked
from triage.library.documents import Documents
from triage.library.drafts import Drafts
from triage.library.durable import Wait, reason, shown
from triage.library.edit import Edit
from triage.library.fold import Fold
from triage.library.journal import Journal, Mark, Seen, WriteFailed
from triage.library.lock import Lock
from triage.library.stored import DamagedSnapshot
from triage.library.tables import Tables
from triage.ports import Merged, NotSaved, Undone
from triage.steps import Change, Step, encode, stamp
from triage.undo import REDO, UNDO, Undoing, opposites

LOCK = "lock"


class JournaledLibrary(Documents):
    """The `Library` of ports.py over a folder; for one thread."""

    def __init__(
        self,
        folder: Path,
        fold: Fold,
        journal: Journal,
        *,
        machine: str,
        read_only: bool,
        notices: list[str],
        saved: bool,
    ) -> None:
        """Use `open_library`. `saved` tells whether library.json holds what is in the tables."""
        super().__init__(lambda: fold.state.tables, self._edit)
        self._folder = folder
        self._fold = fold
        self._journal = journal
        self._machine = machine
        self._read_only = read_only
        self._notices = notices
        self._saved = self._state if saved else None
        self._rebuilt = fold.rebuilt
        self._lock = Lock(folder / LOCK)
        self._drafts = Drafts(folder)
        self._news: list[Step] = []
        self._names: dict[str, str] = {}
        self._stopped = False
        self._undoing = self._new_undoing()
        self._folds = fold.rebuilt

    @property
    def read_only(self) -> bool:
        """True when the library takes no Step."""
        return self._read_only

    @property
    def notices(self) -> Sequence[str]:
        """Sentences on what was found and mended."""
        return tuple(self._notices)

    @property
    def machine(self) -> str:
        """This machine's id."""
        return self._machine

    def record(self, what: str, changes: Iterable[Change]) -> Step:
        """Append one Step and bring it into the tables.

        Several changes of one field become one. Without any change nothing is written, and the Step
        returned has the number 0. Raises NotSaved; TypeError or ValueError, before a byte is written, for
        what JSON cannot hold, an unknown table, a key or path that is empty, or a field changed together
        with a part of it.
        """
        given = checked(changes)
        step = self._write(lambda _tables: Edit(what, given))
        return step or Step(self._machine, 0, self._fold.state.lamport, _now(), what, ())

    def undo(self) -> Undone | None:
        """Take back this machine's last Step that stands."""

        def find() -> tuple[Step, Step] | None:
            last = self._undoing.last()
            return None if last is None else (last, last)

        return self._take_back(UNDO, find)

    def redo(self) -> Undone | None:
        """Do again what the last undo took back."""
        return self._take_back(REDO, lambda: self._undoing.last_undone())

    def history(self) -> Iterator[Step]:
        """This machine's Steps, newest first. Raises OSError when a journal cannot be read."""
        return self._journal.newest_first(self._ends())

    def poll(self) -> Sequence[Step]:
        """Take in what others appended; the Steps not yet told of, in the order they came in."""
        if not self._stopped:
            try:
                self._catch_up()
            except OSError as error:
                self._tell(f"{shown(self._journal.path)} cannot be read ({reason(error)}).")
        news, self._news = self._news, []
        return news

    def merge(self, folder: str) -> Merged:
        """Take in the Steps of another library's journals that ours lack.

        Killed or refused half way it has taken in some of them; doing it again brings the others. Raises
        NoLibrary, LibraryUnusable when that library cannot be read, NotSaved.
        """
        self._check_writable()
        told = len(self._notices)
        other = merging.Other(Path(folder), self._folder, self._journal)
        if other.is_known:
            return Merged((), tuple(other.notices))
        held = merging.Held(self._journal)
        try:
            held.read_on()  # outside the lock, as is all that takes a while
            with self._lock:
                self._catch_up()
                held.read_on()
                taken = other.lacking(held, self._machine)
                for name, steps in taken.items():
                    self._append(name, b"\n".join(map(encode, steps)))
            self._catch_up()
            self._journal.hold(self._journal.own_name("0000"))
        except OSError as error:
            raise self._unreadable(error) from error
        every = [step for steps in taken.values() for step in steps]
        return Merged(every, (*other.notices, *self._notices[told:]))

    def draft(self, key: str) -> str | None:
        """The text of a draft."""
        return self._drafts.get(key)

    def draft_over(self, key: str) -> str | None:
        """The text that a draft is to take the place of."""
        return self._drafts.over(key)

    def save_draft(self, key: str, text: str | None, over: str | None = None) -> None:
        """Keep a note being typed. Raises NotSaved."""
        self._check_writable()
        self._drafts.put(key, text, over)

    def drafts(self) -> Mapping[str, str]:
        """Every draft by its key."""
        return self._drafts.all()

    def draft_file(self, key: str) -> str:
        """The path of a file for the user's own editor."""
        return str(self._drafts.file_of(key))

    def snapshot(self) -> None:
        """Write library.json anew if it lacks something; a failure is a notice: the journals hold it all."""
        for wait in self.snapshot_in_slices():
            if wait is not None:
                wait()

    def snapshot_in_slices(self) -> Iterator[Wait | None]:
        """Do as `snapshot` does, so that Steps can be taken in between.

        What is given and is not None is to be called before this goes on, and takes as long as the disk.
        """
        if self._read_only or self._stopped or self._state == self._saved:
            return
        try:
            self._catch_up()  # what somebody put in the place of a journal is not in the tables yet
            state = self._state
            if self._fold.awaits:
                return
            if self._fold.rebuilt == self._rebuilt and snapshot.holds(self._folder, self._fold.state):
                return  # another process wrote it
            try:
                yield from gathering.writing(self._folder, self._fold.state)
            except DamagedSnapshot as damage:
                self._fold.without_snapshot(damage)
                state = self._state
                yield from gathering.writing(self._folder, self._fold.state)
        except OSError as error:
            self._tell(
                f"{shown(self._folder / snapshot.NAME)} could not be written ({reason(error)}); "
                "nothing is lost, for the journals hold it all."
            )
        else:
            self._saved, self._rebuilt = state, state[1]

    def close(self) -> None:
        """Write the snapshot and let go of the files."""
        self.snapshot()
        self._read_only = self._stopped = True
        self._drafts.close()
        with contextlib.suppress(OSError):
            self._journal.release()
            self._lock.close()

    @property
    def _state(self) -> tuple[dict[str, Mark], int]:
        """What is another when library.json lacks something."""
        return dict(self._fold.state.marks), self._fold.rebuilt

    def _tell(self, sentence: str) -> None:
        if sentence not in self._notices:
            self._notices.append(sentence)

    def _edit(self, make: Callable[[Tables], Edit]) -> None:
        def made(tables: Tables) -> Edit:
            edit = make(tables)
            return Edit(edit.what, checked(edit.changes), doc_ids=edit.doc_ids)

        self._write(made)

    def _take_back(self, what: str, find: Callable[[], tuple[Step, Step] | None]) -> Undone | None:
        """Append the opposite of the Step `find` gives; with that one, it gives the Step the user did."""
        found: tuple[Step, Step] | None = None
        stayed: tuple[Change, ...] = ()

        def make(tables: Tables) -> Edit | None:
            nonlocal found, stayed
            found = find()
            if found is None:
                return None
            back, stayed = opposites(self._undoing.to_take_back(found[0]), tables.now)
            return Edit(what, back, undoes=found[0].number)

        step = self._write(make)
        return Undone(step, found[1], stayed) if step is not None and found is not None else None

    def _write(self, make: Callable[[Tables], Edit | None]) -> Step | None:
        """Append the Step that `make` says, of the tables as they are once everything others wrote is in."""
        self._check_writable()
        with self._lock:
            try:
                self._catch_up()
                edit = make(self.tables)
            except OSError as error:
                raise self._unreadable(error) from error
            if edit is None or not (edit.changes or edit.undoes):
                return None
            state = self._fold.state
            at = _now()
            step = Step(
                self._machine,
                state.numbers.get(self._machine, 0) + 1,
                state.lamport + 1,
                at,
                edit.what,
                tuple([self._from_now(change) for change in edit.changes]),
                edit.undoes,
            )
            name = self._names.get(at[:4])
            try:
                name = name or self._names.setdefault(at[:4], self._journal.own_name(at[:4]))
                mark, seen = self._append(name, encode(step))
            except OSError as error:
                raise self._unreadable(error) from error
            self._fold.appended(name, mark, seen, step, edit.doc_ids)
            self._undoing.push(step)
        return step

    def _append(self, name: str, lines: bytes) -> tuple[Mark, Seen]:
        try:
            return self._journal.append(name, lines)
        except WriteFailed as error:
            self._read_only = self._stopped = True
            self._tell(str(error))
            raise

    def _check_writable(self) -> None:
        if self._read_only:
            raise NotSaved(f"Not saved: {shown(self._folder)} is open read-only.")

    def _unreadable(self, error: OSError) -> NotSaved:
        return NotSaved(f"Not saved: {shown(self._journal.path)} cannot be read ({reason(error)}).")

    def _from_now(self, change: Change) -> Change:
        """A field changes from what it holds; a text from what it was written over: the fold needs it."""
        now = self.tables.now(change)  # of a text too: what is damaged is met before a byte is written
        if holds_text(change.table, change.path):
            return change
        return change if now == change.before else change._replace(before=copied(now))

    def _catch_up(self) -> None:
        fresh = self._fold.catch_up()
        self._news += fresh
        if self._fold.rebuilt != self._folds:
            self._folds = self._fold.rebuilt
            self._undoing = self._new_undoing()
            return
        for step in fresh:
            if step.machine == self._machine:
                self._undoing.push(step)

    def _new_undoing(self) -> Undoing:
        ends = self._ends()
        return Undoing(lambda: self._journal.newest_first(ends))

    def _ends(self) -> dict[str, int]:
        return {name: mark.offset for name, mark in self._fold.state.marks.items()}


def _now() -> str:
    return stamp(datetime.now(UTC))
