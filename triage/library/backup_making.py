"""Making a backup's file: written, read back from the disk, opened, and only then finished."""

import os
import shutil
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import mkdtemp
from typing import NamedTuple

from triage import __version__
from triage.backup import NoBackup, NotBackedUp, Reason, UnreadableBackup
from triage.digest import sha256
from triage.library import backup_proof
from triage.library.backup_form import Held, Manifest
from triage.library.backup_proof import Contents, Gathered
from triage.library.backup_reading import BackupFile, opened, put
from triage.library.backup_sources import JOURNALS, LIBRARY, Source, hold_snapshot, library_files
from triage.library.backup_writing import Writer
from triage.library.durable import is_running, shown

_SCRATCH = ".triage-opened-"
_TRUSTED = timedelta(days=7)
AS_THEY_ARE = (Reason.REPAIR, Reason.MIGRATE, Reason.RESTORE)
"""What is done to a library that may be damaged: the backup holds its bytes, whatever they make."""
_COMPARED = (Reason.DAILY, Reason.ASKED)


@dataclass(frozen=True, slots=True)
class Making:
    """One backup to be made."""

    data: Path
    """The library's folder."""
    temporary: Path
    """Where it is written; nothing is there yet."""
    scratch: Path
    """An empty folder to unpack into."""
    bases: "Bases"
    moment: datetime
    reason: Reason
    further: Sequence[Source] = ()
    """What goes into it beside the library."""
    thorough: bool = False
    """Fold everything from nothing, however lately that was done."""

    def make(self) -> Manifest:
        """Write everything into the temporary file and prove it. Raises NotBackedUp, OSError."""
        writer = Writer(self.temporary, self.moment, self.bases.find)
        try:
            manifest = self._written(writer)
            with BackupFile(self.temporary) as file:
                if file.manifest != manifest:
                    raise _unproved("its manifest is another")
        except (UnreadableBackup, NoBackup) as unproved:
            raise NotBackedUp(str(unproved)) from unproved
        finally:
            writer.close()
        return manifest

    def _written(self, writer: Writer) -> Manifest:
        now = self._gathered()
        ends = now.ends if now is not None else None
        drafts = 0
        for source in (*library_files(self.data, self.scratch, ends), *self.further):
            data = source.read()
            if data is not None:
                writer.add(source.name, data, source.modified)
                drafts += source.is_draft
        writer.sync()
        known = None if now is None or self.thorough else self.bases.proved(writer, self.moment)
        self._read_back(writer, unpack=known is None)
        if now is not None and known is not None:
            contents, steps, folded = now.contents, known.steps, known.folded
        else:
            contents, steps = backup_proof.folded(self.scratch / "opened" / LIBRARY.rstrip("/"))
            folded = self.moment
            if now is not None and self.reason in _COMPARED:
                _compare(now.contents, contents)
        counts = contents.counts._replace(steps=sum(steps.values()), drafts=drafts)
        manifest = Manifest(self.moment, self.reason, __version__, counts, steps, folded, writer.files)
        writer.finish(manifest)
        return manifest

    def _gathered(self) -> Gathered | None:
        """What the library shows, unless it may be damaged; the scratch folder holds library.json then."""
        hold_snapshot(self.data, self.scratch)
        if self.reason in AS_THEY_ARE:
            return None
        return backup_proof.gathered(self.data, self.scratch)

    def _read_back(self, writer: Writer, *, unpack: bool) -> None:
        """Compare every file with what was put in; unpack the library. Raises UnreadableBackup, OSError."""
        folder = self.scratch / "opened"
        for held in writer.files:
            data = opened(writer.packed(held), held, _unproved)
            if unpack and held.name.startswith(LIBRARY):
                put(folder, held, data)


@contextmanager
def scratch(beside: Path) -> Iterator[Path]:
    """A folder to unpack into, gone afterwards; what a killed process left of one goes, too."""
    for left in beside.glob(f"{_SCRATCH}*"):
        process = left.name.removeprefix(_SCRATCH).partition("-")[0]
        if process.isdecimal() and not is_running(int(process)):
            shutil.rmtree(left, ignore_errors=True)
    folder = Path(mkdtemp(prefix=f"{_SCRATCH}{os.getpid()}-", dir=beside))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


class _Proved(NamedTuple):
    """What an earlier backup proves of one that begins as it does."""

    steps: Mapping[str, int]
    folded: datetime


class Bases:
    """Earlier backups, from which what has not changed is copied."""

    def __init__(self, paths: Sequence[Path]) -> None:
        self._paths = paths
        self._held = ExitStack()
        self._files: list[BackupFile] = []

    def __enter__(self) -> "Bases":
        for path in self._paths:
            with suppress(NoBackup, UnreadableBackup, OSError):
                self._files.append(self._held.enter_context(BackupFile(path)))
        return self

    def __exit__(self, *_: object) -> None:
        self._held.close()

    def find(self, name: str) -> tuple[Held, bytes] | None:
        """A file in the newest backup that has it and can be read."""
        for file in self._files:
            held = file.manifest.held(name)
            if held is not None:
                with suppress(UnreadableBackup, OSError):
                    return held, file.packed(held)
        return None

    def proved(self, writer: Writer, moment: datetime) -> _Proved | None:
        """What is known of files that begin as those of a backup that was folded within a week.

        None when a journal of that one is gone, or not what it was, or when a line behind it holds no Step.
        """
        for file in self._files:
            made = file.manifest
            if made.folded is None or not timedelta() <= moment - made.folded <= _TRUSTED:
                continue
            steps = _grown(
                made, [one for one in writer.files if one.name.startswith(JOURNALS)], writer.packed
            )
            if steps is not None:
                return _Proved(steps, made.folded)
        return None


def _grown(
    made: Manifest, files: Sequence[Held], packed: Callable[[Held], bytes]
) -> Mapping[str, int] | None:
    """By machine the Steps of journals that begin as those of a backup; None when they do not."""
    steps = Counter(made.steps)
    before = {one.name: one for one in made.files if one.name.startswith(JOURNALS)}
    if not before.keys() <= {one.name for one in files}:
        return None
    for one in files:
        was = before.get(one.name)
        if was is not None and was.digest == one.digest:
            continue
        data = opened(packed(one), one, _unproved)
        start = was.size if was is not None else 0
        if was is not None and sha256(data[:start]) != was.digest:
            return None
        more = backup_proof.appended(one.name, data, start)
        if more is None:
            return None
        steps.update(more)
    return steps


def _compare(here: Contents, there: Contents) -> None:
    """Raise NotBackedUp unless what was opened has the documents of the library."""
    if here.prints != there.prints:
        other = {*here.prints.items()} ^ {*there.prints.items()}
        names = sorted({key for (_, key), _ in other})
        raise NotBackedUp(
            f"No backup was made: the journals do not make what library.json shows ({len(names)} are other, "
            f"{shown(names[0])} among them). The earlier backups stay; `triage check` says what is damaged."
        )


def _unproved(what: str) -> UnreadableBackup:
    return UnreadableBackup(
        f"No backup was made, for it could not be read back as it was written ({what}): is the disk failing? "
        "The earlier backups stand."
    )
