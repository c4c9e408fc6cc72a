"""Opening a library: the snapshot, then the journals' tails; what is damaged is set aside and named."""

import contextlib
import os
from collections.abc import Callable
from pathlib import Path

from triage.library import gathering, snapshot
from triage.library.drafts import FOLDER as DRAFTS
from triage.library.durable import make_folder, reason, remove_leftovers, replace_file, shown, sync_folder
from triage.library.fold import Fold, Folded
from triage.library.journal import FOLDER, Journal, Mark
from triage.library.library import LOCK, JournaledLibrary
from triage.library.machine import forget_machine, machine_id
from triage.library.stored import DamagedSnapshot
from triage.ports import LibraryUnusable, NotSaved
from triage.steps import Step


def open_library(
    folder: Path,
    *,
    state: Path,
    read_only: bool = False,
    before_migrating: Callable[[], object] | None = None,
) -> JournaledLibrary:
    """Open the library of a folder, which is made if it is missing.

    `state` is the folder, outside of it, that keeps this machine's id. `before_migrating` is called before
    library.json is brought from an earlier schema to this one, and raises NotSaved when it must stay as it
    is. A folder that cannot be written is opened read-only, with a notice. Raises LibraryUnusable when there
    is nothing that could be shown.
    """
    opening = _Opening(folder, read_only, before_migrating)
    opening.check_folder()
    return opening.open(state)


class _Opening:
    """What is known of a library while it is being opened."""

    def __init__(self, folder: Path, read_only: bool, before_migrating: Callable[[], object] | None) -> None:
        self._before_migrating = before_migrating
        self._folder = folder
        self._read_only = read_only
        self._notices: list[str] = []

    def check_folder(self) -> None:
        """Make the folder if it is missing. Raises LibraryUnusable."""
        folder = self._folder
        try:
            if not self._read_only and not os.path.lexists(folder):
                make_folder(folder)
            if not folder.is_dir():
                why = "does not exist" if not os.path.lexists(folder) else "is not a folder"
                raise LibraryUnusable(f"{shown(folder)} {why}: name the library's folder with --data.")
            with os.scandir(folder):
                pass
        except (OSError, ValueError) as error:
            why = reason(error) if isinstance(error, OSError) else str(error)
            raise LibraryUnusable(
                f"{shown(folder)} cannot be used as the library's folder ({why}): name another with --data."
            ) from error

    def open(self, state: Path) -> JournaledLibrary:
        """Read everything. Raises LibraryUnusable."""
        problem = None
        found: snapshot.Found | None = None
        try:
            found = snapshot.read(self._folder)
        except (DamagedSnapshot, OSError) as error:
            problem = f"cannot be read ({reason(error)})" if isinstance(error, OSError) else str(error)
        machine = machine_id(state, keep=not self._read_only)
        journal = Journal(self._folder, machine)
        if not self._read_only:
            self._prepare(journal)
        start, schema = found or (None, snapshot.SCHEMA)
        if schema != snapshot.SCHEMA and not self._read_only:
            self._prepare_migration(schema)
        fold = Fold(self._folder, journal, start or Folded(), self._tell, self._without_snapshot)
        if not self._read_only:
            fold.on_fork = lambda forked: forget_machine(state, machine) if forked == machine else None
        saved = self._read(journal, fold, start, problem) and schema == snapshot.SCHEMA
        if not self._read_only:
            journal.hold(journal.own_name("0000"))
        return JournaledLibrary(
            self._folder,
            fold,
            journal,
            machine=machine,
            read_only=self._read_only,
            notices=self._notices,
            saved=saved,
        )

    def _read(self, journal: Journal, fold: Fold, start: Folded | None, problem: str | None) -> bool:
        """Bring the tables up to the journals; tells whether library.json is trusted as it is."""
        fold.damage.may_write = not self._read_only
        path = self._folder / snapshot.NAME
        try:
            there = any(seen.size for seen in journal.files().values())
            fits = start is None or not there or fold.fits()
            if start is not None and start.numbers and not fits:
                # Journals of which nothing is left must not make an empty library of a whole snapshot.
                there = _holds_a_step(journal)
            # A journal that a kill left empty was read too, and held nothing.
            held = start is not None and any(mark.offset for mark in start.marks.values())
            if not there and (problem or held):
                self._read_only = True
                what = f"{problem}, and there is" if problem else "is shown as it is, read-only, for there is"
                self._notices.append(
                    f"{shown(path)} {what} no journal beside it that holds a Step: wait until the folder "
                    f"{FOLDER} is synced, or put it back from a backup, and start triage again; or move "
                    f"{snapshot.NAME} away to start anew."
                )
                return True
            if not fits:
                fold.awaited = fold.coming()
                if fold.awaited:
                    return self._without_what_is_coming(fold)
                problem = "does not fit the journals"
            if start is None and problem is None and there:
                self._notices.append(f"{shown(path)} was missing; it is rebuilt from the journals.")
            if problem:
                self._set_aside(path, f"{problem}; the library is rebuilt from the journals")
                fold.state = Folded()
            self._drop_copies()
            if problem or start is None:
                fold.rebuild()
                if not there and not self._read_only:
                    with contextlib.suppress(OSError):
                        gathering.write(self._folder, fold.state)
                return not there
            marks = dict(fold.state.marks)
            fold.catch_up()
        except OSError as error:
            if start is None:
                raise LibraryUnusable(
                    f"{shown(journal.path)} cannot be read ({reason(error)}): see to its permissions."
                ) from error
            self._read_only = True
            fold.state = start
            self._notices.append(
                f"{shown(journal.path)} cannot be read ({reason(error)}); what {snapshot.NAME} holds "
                "is shown, read-only."
            )
            return True
        return marks == fold.state.marks

    def _without_what_is_coming(self, fold: Fold) -> bool:
        """Show what the journals hold, and leave library.json to them that know more. Raises OSError."""
        names = ", ".join(map(shown, fold.awaited))
        self._notices.append(
            f"Another machine has done more than has been synced so far: {names} in the folder {FOLDER} "
            "is not here as far as it goes. What comes is shown when it is here."
        )
        fold.state = Folded()
        self._drop_copies()
        fold.rebuild()
        return False

    def _prepare(self, journal: Journal) -> None:
        """Make what writing needs; where that fails the library is read-only."""
        try:
            if not journal.path.is_dir():
                journal.path.mkdir(mode=0o700)
                sync_folder(self._folder)
            own = journal.path / journal.own_name("0000")
            os.close(os.open(self._folder / LOCK, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600))
            for place in (self._folder, journal.path, self._folder / DRAFTS):
                remove_leftovers(place)
            for path in (self._folder, journal.path, own):
                if path.exists() and not os.access(path, os.W_OK):
                    raise PermissionError(0, f"no permission to write {shown(path)}")
        except OSError as error:
            self._read_only = True
            self._notices.append(
                f"{shown(self._folder)} is open read-only: it cannot be written ({reason(error)})."
            )

    def _prepare_migration(self, schema: int) -> None:
        """Keep library.json as an earlier triage wrote it, and the backup; read-only where neither can be."""
        try:
            if self._before_migrating is not None:
                self._before_migrating()
            kept = self._folder / f"{snapshot.NAME}.schema-{schema}"
            temporary = kept.with_name(f"{kept.name}.{os.getpid()}.tmp")
            replace_file(kept, temporary, [(self._folder / snapshot.NAME).read_bytes()])
        except (NotSaved, OSError) as refusal:
            why = reason(refusal) if isinstance(refusal, OSError) else str(refusal)
            self._read_only = True
            self._notices.append(
                f"{shown(self._folder)} is open read-only: {snapshot.NAME} is of an earlier triage, and "
                f"cannot be kept as it is before it is written anew ({why})."
            )

    def _tell(self, sentence: str) -> None:
        if sentence not in self._notices:
            self._notices.append(sentence)

    def _without_snapshot(self, problem: DamagedSnapshot | OSError) -> None:
        """Take library.json away, for a part of it is damaged that was not read before."""
        why = f"cannot be read ({reason(problem)})" if isinstance(problem, OSError) else str(problem)
        self._set_aside(self._folder / snapshot.NAME, f"{why}; the library is rebuilt from the journals")

    def _set_aside(self, path: Path, why: str) -> None:
        if self._read_only:
            self._notices.append(f"{shown(path)} {why}; the file was left as it is (read-only).")
            return
        try:
            aside = snapshot.set_aside(path)
        except FileNotFoundError:  # another process was first
            return
        self._notices.append(f"{shown(path)} {why}. The old file is kept as {shown(aside.name)}.")

    def _drop_copies(self) -> None:
        """Set the copies that a syncing program made aside: in one sentence, however many they are."""
        copies = snapshot.others(self._folder)
        if len(copies) < 2 or self._read_only:
            for path in copies:
                self._set_aside(path, "is a copy that a syncing program made; the journals hold everything")
            return
        kept = []
        for path in copies:
            with contextlib.suppress(FileNotFoundError):  # another process was first
                kept.append(shown(snapshot.set_aside(path).name))
        self._tell(
            f"{shown(self._folder)} had {len(copies)} copies of {snapshot.NAME} that a syncing program made; "
            f"the journals hold everything. The copies are kept as {', '.join(kept)}."
        )


def _holds_a_step(journal: Journal) -> bool:
    """Tell whether anything can still be read in the journals. Raises OSError."""
    return any(
        isinstance(line, Step) for name in journal.files() for line in journal.read(name, Mark()).lines
    )
