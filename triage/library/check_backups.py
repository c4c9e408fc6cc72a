"""The backups, each opened and read to its end; and the journals in them, in which lost Steps may stand."""

from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path

from triage.backup import NoBackup, UnreadableBackup
from triage.findings import Finding, Mended, Part, Progress, Weight, counted
from triage.library import lost
from triage.library.backup_form import NewerForm
from triage.library.backup_names import FOLDER, SUFFIX
from triage.library.backup_reading import BackupFile
from triage.library.backup_sources import JOURNALS
from triage.library.durable import aside_name, reason, shown
from triage.ports import NotSaved


class BackupsCheck:
    """`findings.Checking` of the backups of a library's folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def parts(self, progress: Progress) -> Iterator[Part]:
        """All of them as one part."""
        findings: list[Finding] = []
        whole = 0
        newest = None
        paths = _files(self._folder)
        for place, path in enumerate(paths):
            progress("reading the backups", place, len(paths))
            try:
                with BackupFile(path) as file:
                    file.check()
                    whole += 1
                    newest = max(newest or file.manifest.moment, file.manifest.moment)
            except FileNotFoundError:
                continue
            except (NoBackup, UnreadableBackup, OSError) as refusal:
                findings.append(_finding(path, refusal))
        told = "none yet"
        if newest is not None:
            last = f"{newest.astimezone():%Y-%m-%d %H:%M}"
            told = f"{counted(whole, 'backup')} opened, the newest of {last}"
        elif findings:
            told = "none that can be opened"
        yield Part("backups", told, {"backups": whole}, findings)


class BackupsRepair:
    """`findings.Mending` of the backups: those that are damaged are set aside."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def mend(self, progress: Progress) -> Iterator[Mended]:
        """What became of each damaged one. Raises NotSaved."""
        paths = _files(self._folder)
        for place, path in enumerate(paths):
            progress("reading the backups", place, len(paths))
            try:
                with BackupFile(path) as file:
                    file.check()
                continue
            except (NoBackup, UnreadableBackup) as refusal:
                if not _finding(path, refusal).is_damage:
                    continue
            except OSError:
                continue
            try:
                size = path.stat().st_size
                aside = aside_name(path)
                path.rename(aside)
            except OSError as error:
                raise NotSaved(
                    f"{shown(path)} is damaged, and cannot be renamed ({reason(error)})."
                ) from error
            yield Mended(f"{shown(path)} was damaged: it was set aside.", "backups", f"{FOLDER}/{path.name}",
                         size=size, kept=str(aside))  # fmt: skip


def steps(folder: Path) -> Iterator[Mapping[str, int]]:
    """By machine how many Steps each backup holds that can be opened."""
    for path in _files(folder):
        with suppress(NoBackup, UnreadableBackup, OSError), BackupFile(path) as file:
            yield file.manifest.steps


def copies(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Every other file with a journal's bytes, and its name: of the backups, and of what was set aside.

    What cannot be read is passed over.
    """
    for path in _files(folder)[::-1]:
        try:
            with BackupFile(path) as file:
                for held in file.manifest.files:
                    if held.name.startswith(JOURNALS):
                        yield str(path), file.read(held)
        except (NoBackup, UnreadableBackup, OSError):
            continue
    try:
        aside = sorted((folder / lost.FOLDER).iterdir())
    except OSError:
        return
    for path in aside:
        try:
            if path.is_file() and path.name != lost.NAME:
                yield str(path), path.read_bytes()
        except OSError:
            continue


def _finding(path: Path, refusal: NoBackup | UnreadableBackup | OSError) -> Finding:
    name = f"{FOLDER}/{path.name}"
    if isinstance(refusal, OSError):
        return Finding("unreadable", f"{shown(path)} cannot be read ({reason(refusal)}).",
                       "See to its permissions.", file=name)  # fmt: skip
    newer = isinstance(refusal.__cause__, NewerForm)
    if newer:
        return Finding("newer", str(refusal), weight=Weight.REMARK, file=name)
    return Finding("backup", str(refusal), "`triage repair` sets it aside.", file=name)


def _files(folder: Path) -> list[Path]:
    """The backups, the oldest first."""
    try:
        inside = sorted((folder / FOLDER).iterdir())
    except OSError:
        return []
    return [path for path in inside if path.suffix == SUFFIX and not path.name.startswith(".")]
