"""The backups in DIR/backups: made, proved by opening them, listed, and thinned.

What a backup costs is what was done since the last: files that have not changed are copied as they lie
packed there, and everything is read back from the disk and compared to the byte. That the journals, folded
from nothing, make the documents that are here is proved where nobody waits (`thorough`), and otherwise again
after a week, for the same bytes make the same documents.
"""

import os
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import UTC, date, datetime
from pathlib import Path

from triage.backup import Backup, Listed, NoBackup, NotBackedUp, Reason, UnreadableBackup
from triage.library.backup_making import AS_THEY_ARE, Bases, Making, scratch
from triage.library.backup_reading import BackupFile, unreadable
from triage.library.backup_sources import Source, library_files
from triage.library.durable import reason as why
from triage.library.durable import remove_leftovers, shown, sync_folder
from triage.thinning import Dated, to_drop

FOLDER = "backups"
SUFFIX = ".zip"
_FAILED = "failed"
"""An empty file: when making the day's backup failed last. It is tried, and told of, once a day."""


class FolderBackups:
    """`backup.Backups` of the library in a folder; for one thread."""

    def __init__(self, data: Path, now: Callable[[], datetime]) -> None:
        """Nothing is made before a backup is."""
        self._data = data
        self._now = now
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
        today = self._now().date()
        failed = self._path / _FAILED
        with suppress(OSError):
            if (
                not thorough
                and datetime.fromtimestamp(failed.stat().st_mtime, UTC).astimezone().date() == today
            ):
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
                    backups.append(_backup(file))
            except (NoBackup, UnreadableBackup) as refusal:
                notices.append(str(refusal))
            except OSError as error:
                notices.append(str(unreadable(path, error)))
        backups.sort(key=lambda one: (one.moment, one.name), reverse=True)
        return Listed(backups, notices)

    def write(self, path: Path, further: Sequence[Source], *, may_replace: bool) -> Backup:
        """Write one file with the library and what else is given, proved as any other.

        A file that is there is replaced only if `may_replace`. Raises NotBackedUp; FileExistsError.
        """
        temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
        try:
            with scratch(path.parent) as folder, Bases([path, *self._newest()]) as bases:
                moment = self._now().astimezone(UTC).replace(microsecond=0)
                manifest = Making(
                    self._data, temporary, folder, bases, moment, Reason.ASKED, further, thorough=True
                ).make()
                if may_replace:
                    temporary.replace(path)
                else:
                    os.link(temporary, path)
                sync_folder(path.parent)
        except FileExistsError:
            raise
        except OSError as error:
            raise NotBackedUp(
                f"No backup was made: {shown(path)} cannot be written ({why(error)}); make room there, or "
                "name another place."
            ) from error
        finally:
            with suppress(OSError):
                temporary.unlink()
        return Backup(
            path.name, str(path), manifest.moment, manifest.reason, manifest.counts, path.stat().st_size
        )

    def _made(self, reason: Reason, *, thorough: bool) -> Backup | None:
        if next(library_files(self._data), None) is None:
            return None
        try:
            if not self._path.is_dir():
                self._path.mkdir(mode=0o700)
                sync_folder(self._data)
            remove_leftovers(self._path)
            moment = self._now().astimezone(UTC).replace(microsecond=0)
            stamp = f"{moment:%Y-%m-%dT%H%M%SZ}-{reason.replace(' ', '-')}"
            temporary = self._path / f"{stamp}.{os.getpid()}.tmp"
            try:
                with scratch(self._path) as folder, Bases(self._newest()) as bases:
                    manifest = Making(
                        self._data, temporary, folder, bases, moment, reason, thorough=thorough
                    ).make()
                path = self._published(temporary, stamp)
            finally:
                with suppress(OSError):
                    temporary.unlink()
            self._thin(path.name)
        except OSError as error:
            raise NotBackedUp(
                f"No backup was made: {shown(self._path)} cannot be written ({why(error)}); make room, or "
                "see to its permissions. What is in the library is safe."
            ) from error
        return Backup(path.name, str(path), manifest.moment, reason, manifest.counts, path.stat().st_size)

    def _published(self, temporary: Path, stamp: str) -> Path:
        """Give a backup its name, which no other has. Raises OSError."""
        for count in range(1, 1000):
            path = self._path / f"{stamp}{f'-{count}' if count > 1 else ''}{SUFFIX}"
            if os.path.lexists(path):
                continue
            try:
                os.link(temporary, path)
            except FileExistsError:
                continue
            except OSError:  # a disk without links
                temporary.replace(path)
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
        newest = None
        for path in self._files():
            with suppress(NoBackup, UnreadableBackup, OSError), BackupFile(path) as file:
                made = file.manifest
                if made.reason is Reason.DAILY and made.moment.astimezone().date() == today:
                    return False
                if newest is None or made.moment > newest.moment:
                    newest = made
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


def _backup(file: BackupFile) -> Backup:
    made = file.manifest
    return Backup(file.path.name, str(file.path), made.moment, made.reason, made.counts, file.size)
