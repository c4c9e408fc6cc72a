"""Set aside what is damaged, keep all else, and write down what was done."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, datetime
from typing import NamedTuple

from triage.backup import Backup, Backups, Reason
from triage.findings import NEWER, Checking, Finding, Mended, Mending, Part, Progress
from triage.ports import LibraryUnusable

OF_THE_LIBRARY = ("journal", "library.json", "drafts")
"""The parts that a backup holds."""


class Rooms(NamedTuple):
    """Who keeps things that can be damaged."""

    checks: Sequence[Checking]
    repairs: Sequence[Mending]


class Repaired(NamedTuple):
    """What a repair did."""

    mended: Sequence[Mended] = ()
    report: str = ""
    """The path of the report; empty where nothing was done."""
    left: Sequence[Finding] = ()
    """What is damaged still."""


def repair(
    rooms: Rooms,
    backups: Backups,
    write_report: Callable[[str], str],
    now: datetime,
    tell: Callable[[Mended | Backup], None],
    progress: Progress,
) -> Repaired:
    """Repair what can be repaired; what is whole is not touched, so that doing it again does nothing.

    A backup of the library is made first. `tell` hears of it, and of each thing as soon as it is done;
    `write_report` keeps a text and gives its path. Raises NotBackedUp, NotSaved, LibraryUnusable,
    ArchiveUnusable: then too a report of what was done until then is written, if the disk takes it.
    """
    found = list(_damaged(rooms.checks, progress))
    if not found:
        return Repaired()
    newer = next((finding for _, finding in found if finding.kind == NEWER), None)
    if newer is not None:
        raise LibraryUnusable(newer.sentence)
    backup = None
    if any(part.name in OF_THE_LIBRARY for part, _ in found):
        progress("making a backup", 0, 1)
        backup = backups.before(Reason.REPAIR)
        if backup is not None:
            tell(backup)
    mended: list[Mended] = []
    try:
        for one in _mended(rooms.repairs, progress):
            mended.append(one)
            tell(one)
    finally:
        report = write_report(text(now, backup, mended, [finding for _, finding in found])) if mended else ""
    return Repaired(mended, report, [finding for _, finding in _damaged(rooms.checks, progress)])


def text(now: datetime, backup: Backup | None, mended: Sequence[Mended], found: Iterable[Finding]) -> str:
    """The report: a plain text that says of each thing what it was, where it is, and what became of it."""
    lines = [f"What `triage repair` did on {now.astimezone(UTC):%Y-%m-%d at %H:%M} UTC", ""]
    if backup is not None:
        lines += ["Before anything was touched, a backup was made:", f"  {backup.path}", ""]
    lines += ["Found:", *(f"- {finding.sentence}" for finding in found), "", "Done:"]
    for one in mended:
        lines.append(f"- {one.sentence}")
        lines += [f"    file   {place}" for place in [_place(one)] if place]
        lines += [f"    kept   {one.kept}"] if one.kept else []
    return "\n".join([*lines, ""])


def _place(one: Mended) -> str:
    parts = [one.file, f"line {one.line}" if one.line else "", f"{one.size:,} bytes" if one.size else ""]
    return ", ".join(part for part in parts if part)


def _damaged(checks: Iterable[Checking], progress: Progress) -> Iterator[tuple[Part, Finding]]:
    for room in checks:
        for part in room.parts(progress):
            yield from ((part, finding) for finding in part.findings if finding.is_damage)


def _mended(repairs: Iterable[Mending], progress: Progress) -> Iterator[Mended]:
    for room in repairs:
        yield from room.mend(progress)
