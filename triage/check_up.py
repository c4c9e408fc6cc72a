"""Who is asked when everything is checked or repaired; a part of the composition root, imported on demand."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing, nullcontext
from datetime import datetime
from functools import partial
from pathlib import Path

from triage import clean
from triage.actions import repair
from triage.actions.check import check
from triage.actions.repair import Rooms
from triage.archive.check import ArchiveCheck
from triage.archive.repair import ArchiveRepair
from triage.backup import Backup, Backups
from triage.cli import checking
from triage.cli import request as ask
from triage.cli.console import Console
from triage.desktop.posts import PostFiles
from triage.findings import Mended, Part, Progress
from triage.library import open_library, repair_report
from triage.library.check import LibraryCheck, Looked
from triage.library.check_backups import BackupsCheck, BackupsRepair, copies
from triage.library.repair import LibraryRepair
from triage.ports import LibraryUnusable, NoLibrary


def perform(
    request: ask.Check | ask.Repair,
    console: Console,
    data: Path,
    state: Path,
    faults: Sequence[str],
    backups: Callable[[], Backups],
    now: datetime,
) -> int:
    """Check or repair the library in a folder; the exit status.

    `faults` are those of the config. Raises NoLibrary where there is no such folder, and what a repair may.
    """
    if not data.is_dir():
        what = "is no folder" if data.exists() else "does not exist"
        raise NoLibrary(f"{clean.name(str(data))} {what}: there is no library to look through.")
    looked = Looked(data, state)
    rooms = Rooms(
        (LibraryCheck(looked), ArchiveCheck(data / "archive"), BackupsCheck(data)),
        (
            LibraryRepair(looked, lambda: copies(data)),
            ArchiveRepair(data / "archive"),
            BackupsRepair(data),
        ),
    )
    if isinstance(request, ask.Check):
        return checking.check(console, request, partial(_parts, rooms, data, state, faults))

    def mend(tell: Callable[[Mended | Backup], None], progress: Progress) -> repair.Repaired:
        return repair.repair(rooms, backups(), partial(repair_report.write, data), now, tell, progress)

    return checking.repair(console, mend)


def _parts(
    rooms: Rooms, data: Path, state: Path, faults: Iterable[str], progress: Progress
) -> Iterator[Part]:
    try:
        library = open_library(data, state=state, read_only=True)
    except LibraryUnusable:
        library = None
    with closing(library) if library is not None else nullcontext():
        yield from check(rooms.checks, library, PostFiles(data / "posts"), list(faults), progress)
