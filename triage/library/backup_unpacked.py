"""A backup that is unpacked to be brought back: its library, opened beside ours, and what is other there."""

import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path

from triage.backup import Backup, Draft, NoBackup, UnreadableBackup
from triage.library.backup_making import scratch
from triage.library.backup_names import SUFFIX
from triage.library.backup_reading import BackupFile, unreadable
from triage.library.backup_sources import JOURNALS, LIBRARY
from triage.library.backups import FolderBackups, backup_of
from triage.library.durable import reason, shown, sync_file, sync_folder
from triage.library.edit import differences
from triage.library.journal import FOLDER as JOURNAL
from triage.library.journal import Journal
from triage.library.library import LOCK, JournaledLibrary
from triage.library.lock import Lock
from triage.library.opening import open_library
from triage.library.stored import ID
from triage.library.tables import Tables
from triage.ports import LibraryUnusable, NotSaved
from triage.steps import HAULS, NOTED, TABLES, Change, plain

_ARCHIVE = "archive/"
_CONFIG = "config/"


class RestorableBackups(FolderBackups):
    """`backup.Backups`: those of a folder, which can be brought back."""

    @contextmanager
    def unpacked(self, name: str) -> Iterator["UnpackedBackup"]:
        """Unpack a backup by its name, or any file by its path, and read all of it."""
        path = self._place(name)
        with ExitStack() as held:
            try:
                # In the folder of the library: its backups may lie on another disk.
                folder = held.enter_context(scratch(self._data))
                with _file(path) as file:
                    unpacked = UnpackedBackup(file, folder / "whole", self._data)
            except OSError as error:
                raise NotSaved(
                    f"Not restored: {shown(path)} cannot be unpacked in {shown(self._data)} "
                    f"({reason(error)}); make room there, or see to its permissions."
                ) from error
            yield unpacked

    def _place(self, name: str) -> Path:
        for one in (name, f"{name}{SUFFIX}"):
            if os.sep not in one and (self._path / one).is_file():
                return self._path / one
        return Path(name)


class UnpackedBackup:
    """`backup.Unpacked` in a folder of its own beside ours, on the same disk."""

    def __init__(self, file: BackupFile, folder: Path, data: Path) -> None:
        """Unpack a file into `folder`, which must not exist yet; `data` is the folder of our library.

        Raises NoBackup, UnreadableBackup, OSError.
        """
        file.unpack(folder)
        self._backup = backup_of(file.path, file.manifest)
        self._names = [one.name for one in file.manifest.files]
        self._folder = folder
        self._data = data
        self._path = file.path

    @property
    def backup(self) -> Backup:
        """What it is."""
        return self._backup

    @property
    def library(self) -> str | None:
        """The folder of its library; None: it holds no Step."""
        has_steps = any(name.startswith(JOURNALS) for name in self._names)
        return str(self._library) if has_steps else None

    @property
    def archive(self) -> str | None:
        """A folder with its archive; None: it holds none."""
        return str(self._folder) if any(name.startswith(_ARCHIVE) for name in self._names) else None

    @property
    def config(self) -> Mapping[str, bytes]:
        """Its config and templates, by name."""
        names = [name for name in self._names if name.startswith(_CONFIG)]
        return {name.removeprefix(_CONFIG): (self._folder / name).read_bytes() for name in names}

    @property
    def drafts(self) -> Sequence[Draft]:
        """The notes that were being typed."""
        if not self._library.is_dir():
            return []
        with closing(self._opened(self._library)) as then:
            return [Draft(key, text, then.draft_over(key)) for key, text in sorted(then.drafts().items())]

    def lay(self) -> bool:
        """Put its journals in the place of ours, where we have none at all; whether that was so."""
        theirs, ours = self._library / JOURNAL, self._data / JOURNAL
        if not theirs.is_dir() or ours.is_symlink():
            return False
        try:
            with Lock(self._data / LOCK):
                if any(True for _ in Journal(self._data, "").files()):
                    return False
                for path in theirs.iterdir():
                    handle = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
                    try:
                        sync_file(handle)
                    finally:
                        os.close(handle)
                sync_folder(theirs)
                if ours.is_dir():
                    ours.rmdir()
                theirs.rename(ours)
                sync_folder(self._data)
        except OSError as error:
            raise NotSaved(f"Not restored: {shown(ours)} cannot be written ({reason(error)}).") from error
        return True

    def changes(self) -> Iterator[Change]:
        """What makes of the documents that are here now those that it holds.

        Where a haul is both here and there, what the program noted of its files is true of what lies on this
        disk now, and stays.
        """
        if self.library is None:
            return
        with closing(self._opened(self._library)) as then, closing(self._opened(self._data)) as now:
            for name in TABLES:
                yield from _changes(name, now.tables, then.tables)

    @property
    def _library(self) -> Path:
        return self._folder / LIBRARY.rstrip("/")

    def _opened(self, folder: Path) -> JournaledLibrary:
        try:
            return open_library(folder, state=self._folder / "state", read_only=True)
        except LibraryUnusable as refusal:
            raise UnreadableBackup(f"{shown(self._path)} cannot be brought back: {refusal}") from refusal


def _file(path: Path) -> BackupFile:
    try:
        return BackupFile(path)
    except FileNotFoundError as error:
        raise NoBackup(
            f"There is no backup and no file of the name {shown(path)}; `triage restore` lists the backups."
        ) from error
    except OSError as error:
        raise unreadable(path, error) from error


def _changes(name: str, now: Tables, then: Tables) -> Iterator[Change]:
    """The changes of one table."""
    there = set()
    for document in then.all(name):
        key = document[ID]
        there.add(key)
        here = now.get(name, key)
        for change in differences(name, key, (), here or {}, document):
            noted = here is not None and name == HAULS and change.path[0] in NOTED
            if not noted and _can_be_written(change):
                yield change
    for document in now.all(name):
        if document[ID] not in there:
            yield from differences(name, document[ID], (), document, {})


def _can_be_written(change: Change) -> bool:
    """Tell whether a value is one that this version writes; what a stranger made may have another in it."""
    try:
        plain(change.after)
    except (TypeError, ValueError):
        return False
    return True
