"""The backups in DIR/backups: made, proved by opening them, listed, and thinned.

What a backup costs is what was done since the last: files that have not changed are copied as they lie
packed there, and everything is read back from the disk and compared to the byte. That the journals, folded
from nothing, make the documents that are here is proved where nobody waits (`thorough`), and otherwise again
after a week, for the same bytes make the same documents.
"""

import os
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

from triage.backup import Backup, Listed, NoBackup, NotBackedUp, Reason, UnreadableBackup
from triage.library.backup_form import Manifest, is_safe
from triage.library.backup_making import AS_THEY_ARE, Bases, Making, scratch
from triage.library.backup_names import FAILED, FOLDER, SUFFIX, failed_on, has_daily, stem
from triage.library.backup_reading import BackupFile, unreadable
from triage.library.backup_sources import Source, library_files
from triage.library.durable import is_running, remove_leftovers, shown, sync_folder
from triage.library.durable import reason as why
from triage.thinning import Dated, holds, to_drop

Further = Callable[[], Iterable[tuple[str, Path]]]


class FolderBackups:
    """`backup.Backups` of the library in a folder; for one thread."""

    def __init__(self, data: Path, now: Callable[[], datetime], further: Further = tuple) -> None:
        """`further` tells what goes into one file beside the library, and where it lies there."""
        self._data = data
        self._now = now
        self._further = further
        self._path = data / FOLDER

    @property
    def folder(self) -> str:
        """Where they are."""
        return str(self._path)

    def make(self) -> Backup | None:
        """Make one because the user asks for it."""
        return self._made(Reason.ASKED, thorough=True)

    def before(self, reason: Reason) -> Backup | None:
        """Make one before something is done that changes much."""
        return self._made(reason, thorough=reason in AS_THEY_ARE)

    def daily(self, *, thorough: bool = False) -> Backup | None:
        """Make the day's; what failed today already is not tried again unless it is `thorough`."""
        today = self._now().astimezone().date()
        failed = self._path / FAILED
        if not thorough and failed_on(self._data, today):
            return None
        if not self._is_needed(today):
            return None
        try:
            made = self._made(Reason.DAILY, thorough=thorough)
        except NotBackedUp:
            with suppress(OSError):
                failed.touch(mode=0o600)
                moment = self._now().timestamp()
                os.utime(failed, (moment, moment))
            raise
        failed.unlink(missing_ok=True)
        return made

    def list(self) -> Listed:
        """Every backup, newest first, by its manifest alone."""
        backups: list[Backup] = []
        notices: list[str] = []
        for path in self._files():
            try:
                with BackupFile(path) as file:
                    backups.append(backup_of(path, file.manifest))
            except (NoBackup, UnreadableBackup) as refusal:
                notices.append(str(refusal))
            except OSError as error:
                notices.append(str(unreadable(path, error)))
        backups.sort(key=lambda one: (one.moment, one.name), reverse=True)
        return Listed(backups, notices)

    def write(self, place: str, *, overwrite: bool) -> Backup:
        """Write one file with the library, the archive and the config, proved as any other."""
        path = Path(place)
        temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
        before = None if overwrite else _there(path)
        try:
            _remove_left_of(path)
            with scratch(path.parent) as folder, Bases([path, *self._newest()]) as bases:
                further = [Source(name, one) for name, one in self._further() if is_safe(name)]
                making = self._making(temporary, folder, bases, Reason.ASKED)
                manifest = replace(making, further=further, thorough=True).make()
                if before is not None and not holds(manifest.steps, before.steps):
                    raise NoBackup(
                        f"{shown(path)} is a backup that holds steps which this library has not, of "
                        f"{before.moment.astimezone():%Y-%m-%d %H:%M}; name another file, or --overwrite it."
                    )
                if before is not None or overwrite:
                    temporary.replace(path)
                else:
                    _name(temporary, path)
                sync_folder(path.parent)
        except FileExistsError as there:
            raise NoBackup(
                f"{shown(path)} was written by somebody else meanwhile; name another file."
            ) from there
        except OSError as error:
            fault = f"{shown(path)} cannot be written ({why(error)}); make room there"
            if not path.parent.is_dir():
                fault = f"there is no folder {shown(path.parent)}; make it"
            raise NotBackedUp(f"No backup was made: {fault}, or name another place.") from error
        finally:
            with suppress(OSError):
                temporary.unlink()
        return backup_of(path, manifest)

    def _made(self, reason: Reason, *, thorough: bool) -> Backup | None:
        try:
            if next(library_files(self._data), None) is None:
                return None
        except OSError as error:
            raise NotBackedUp(
                f"No backup was made: the journal in {shown(self._data)} cannot be read ({why(error)}); see "
                "to its permissions, or put it back from where it was copied."
            ) from error
        try:
            if not self._path.is_dir():
                self._path.mkdir(mode=0o700)
                sync_folder(self._data)
            remove_leftovers(self._path)
            temporary = self._path / f"{reason.replace(' ', '-')}.{os.getpid()}.tmp"
            try:
                with scratch(self._path) as folder, Bases(self._newest()) as bases:
                    making = self._making(temporary, folder, bases, reason)
                    manifest = replace(making, thorough=thorough).make()
                path = self._published(temporary, stem(manifest.moment, reason))
            finally:
                with suppress(OSError):
                    temporary.unlink()
            self._thin(path.name)
            return backup_of(path, manifest)
        except OSError as error:
            raise NotBackedUp(
                f"No backup was made: {shown(self._path)} cannot be written ({why(error)}); make room, or "
                "see to its permissions. What is in the library is safe."
            ) from error

    def _making(self, temporary: Path, folder: Path, bases: Bases, reason: Reason) -> Making:
        now = self._now().astimezone(UTC)
        moment = now.replace(microsecond=now.microsecond // 1000 * 1000)
        return Making(self._data, temporary, folder, bases, moment, reason)

    def _published(self, temporary: Path, stamp: str) -> Path:
        """Give a backup its name, which no other has. Raises OSError."""
        for count in range(1, 1000):
            path = self._path / f"{stamp}{f'-{count}' if count > 1 else ''}{SUFFIX}"
            with suppress(FileExistsError):
                _name(temporary, path)
                break
        sync_folder(self._path)
        return path

    def _thin(self, new: str) -> None:
        """Drop what is not kept, now that there is a new one that was proved; never the new one."""
        dated = []
        for path in self._files():
            with suppress(NoBackup, UnreadableBackup, OSError), BackupFile(path) as file:
                made = file.manifest
                dated.append(
                    (made.moment, Dated(path.name, made.moment.astimezone().date(), made.reason, made.steps))
                )
        for name in to_drop([one for _, one in sorted(dated, key=lambda one: (one[0], one[1].name))]):
            if name != new:
                with suppress(OSError):
                    (self._path / name).unlink()

    def _is_needed(self, today: date) -> bool:
        """Tell whether the day has no backup yet, and something was done since the last of any kind."""
        if has_daily(self._data, today):
            return False
        newest = None
        for path in self._files():
            with suppress(NoBackup, UnreadableBackup, OSError), BackupFile(path) as file:
                if newest is None or file.manifest.moment > newest.moment:
                    newest = file.manifest
        sizes = {one.name: one.path.stat().st_size for one in library_files(self._data) if one.is_journal}
        before = {one.name: one.size for one in newest.files} if newest is not None else {}
        return any(before.get(name) != size for name, size in sizes.items())

    def _files(self) -> Sequence[Path]:
        with suppress(OSError):
            return sorted(
                path for path in self._path.iterdir() if path.suffix == SUFFIX and path.name[0] != "."
            )
        return []

    def _newest(self) -> Sequence[Path]:
        """The newest by name, which begins with the moment: what has not changed is copied from there."""
        return self._files()[:-4:-1]


def backup_of(path: Path, manifest: Manifest) -> Backup:
    """The backup in a file. Raises OSError."""
    size = path.stat().st_size
    return Backup(path.name, str(path), manifest.moment, manifest.reason, manifest.counts, size)


def _there(path: Path) -> Manifest | None:
    """What the backup holds that is in a place; None for an empty place. Raises NoBackup for all else."""
    if not os.path.lexists(path):
        return None
    with suppress(NoBackup, OSError):
        if not path.is_symlink():
            with BackupFile(path) as file:
                return file.manifest
    raise NoBackup(
        f"{shown(path)} is there and is no backup of triage's; name another file, or --overwrite it."
    )


def _remove_left_of(path: Path) -> None:
    """Remove what killed processes left of a backup in this place. Raises OSError."""
    for left in path.parent.iterdir():
        process = left.name.removeprefix(f".{path.name}.").removesuffix(".tmp")
        if (
            left.name == f".{path.name}.{process}.tmp"
            and process.isdecimal()
            and not is_running(int(process))
        ):
            left.unlink()


def _name(temporary: Path, path: Path) -> None:
    """Give a file a name that no other has. Raises FileExistsError, OSError."""
    if os.path.lexists(path):
        raise FileExistsError(path)
    try:
        os.link(temporary, path)
    except FileExistsError:
        raise
    except OSError:  # a disk without links
        temporary.replace(path)
