"""A data folder with something of everything in it, and what `check` and `repair` make of it."""

import hashlib
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from tests.library.made import decide, finish, note, opened, seen
from triage.actions import repair
from triage.actions.repair import Repaired, Rooms
from triage.archive import open_archive
from triage.archive.check import ArchiveCheck
from triage.archive.pages import open_shelf
from triage.archive.repair import ArchiveRepair
from triage.backup import Backup
from triage.findings import Finding, Mended
from triage.full_text import Fetched, Kept, Page
from triage.ledger import Completeness, ListingState, Sections
from triage.library import repair_report
from triage.library.backup_unpacked import RestorableBackups
from triage.library.check import LibraryCheck, Looked
from triage.library.check_backups import BackupsCheck, BackupsRepair, copies
from triage.library.repair import LibraryRepair
from triage.paper import Kind, Paper
from triage.steps import Step, encode

NOW = datetime(2026, 11, 20, 8, 30, tzinfo=UTC)
DAY, BEFORE = date(2026, 11, 20), date(2026, 11, 19)
KEYS = [f"2611.{number:05}" for number in range(1, 9)]


def paper(number: int, day: date = DAY) -> Paper:
    """An invented paper of a listing."""
    return Paper(
        f"2611.{number:05}",
        f"On the naïve number {number}",
        ("Ada Example", "José Pérez"),
        f"We count to {number}, and back. " * 3,
        1,
        Kind.NEW,
        ("math.NT",),
        listed=day.isoformat(),
    )


def store(data: Path, day: date, numbers: Sequence[int]) -> None:
    """Put a whole listing into the archive."""
    state = ListingState("math.NT", Completeness.COMPLETE, day.isoformat(), Sections(len(numbers)), "list")
    archive = open_archive(data)
    archive.store(day, [paper(number, day) for number in numbers], {"math.NT": state}, anew=True)


def made(home: Path) -> Path:
    """A closed library with listings, a draft and a kept page beside it; its folder."""
    library = opened(home)
    for key in KEYS[:4]:
        decide(library, key, "keep")
    note(library, KEYS[0], "Naïve, and long. " * 8)
    note(library, KEYS[1], "Short.")
    finish(library, KEYS[4:])
    library.undo()
    decide(library, KEYS[2], "skip")
    library.save_draft(KEYS[3], "half a note")
    library.close()
    data = home / "library"
    store(data, BEFORE, range(1, 4))
    store(data, DAY, range(4, 8))
    rests = ListingState("math.NT", Completeness.RESTS, "2026-11-26", sentence="arXiv rests.")
    open_archive(data).remember(date(2026, 11, 26), {"math.NT": rests})
    page = Page(KEYS[0], 1, "A page", "https://arxiv.org/html/2611.00001", "2026-11-20T08:30:00Z")
    fetched = Fetched(KEYS[0], page.url, b"<html>" + b"A naive page. " * 20 + b"</html>", "utf-8")
    open_shelf(data).keep(Kept(page, 1, fetched))
    return data


def files(data: Path) -> dict[str, bytes]:
    """Every file by its place."""
    return {str(path.relative_to(data)): path.read_bytes() for path in data.rglob("*") if path.is_file()}


def sums(folder: Path) -> dict[str, str]:
    """The SHA-256 of every file."""
    return {name: hashlib.sha256(content).hexdigest() for name, content in files(folder).items()}


def rooms(data: Path) -> Rooms:
    """Who keeps things in a data folder, as the composition root has them."""
    looked = Looked(data, data.parent / "state-a")
    return Rooms(
        (LibraryCheck(looked), ArchiveCheck(data / "archive"), BackupsCheck(data)),
        (
            LibraryRepair(looked, lambda: copies(data)),
            ArchiveRepair(data / "archive"),
            BackupsRepair(data),
        ),
    )


def findings(data: Path) -> list[Finding]:
    """All that a check has to say."""
    parts = (part for room in rooms(data).checks for part in room.parts(quietly))
    return [finding for part in parts for finding in part.findings]


def damage(data: Path) -> list[Finding]:
    """What of it is damage."""
    return [finding for finding in findings(data) if finding.is_damage]


def mend(data: Path, told: list[Mended | Backup] | None = None) -> Repaired:
    """Repair a data folder."""
    backups = RestorableBackups(data, lambda: NOW)
    tell = (told if told is not None else []).append

    def report(text: str) -> str:
        return repair_report.write(data, text)

    return repair.repair(rooms(data), backups, report, NOW, tell, quietly)


def quietly(_doing: str, _done: int, _total: int) -> None:
    """Tell nobody how far it is."""


def content(data: Path) -> Mapping[str, Any]:
    """What a user sees of a data folder: documents, papers, the ledger, drafts, kept pages."""
    library = opened(data.parent)
    archive = open_archive(data)
    days = [listing for day in archive.days() if (listing := archive.listing(day)) is not None]
    shelf = open_shelf(data)
    try:
        return {
            "documents": seen(library),
            "papers": {row.id: archive.find(row.id) for listing in days for row in listing.rows},
            "states": {day: state.completeness for day, state in archive.states("math.NT").items()},
            "drafts": dict(library.drafts()),
            "page": shelf.find(KEYS[0]),
        }
    finally:
        library.close()


def steps(data: Path) -> set[bytes]:
    """The line of every Step in the journals."""
    library = opened(data.parent)
    library.close()
    lines = set()
    for path in (data / "journal").glob("*.jsonl"):
        lines |= {line for line in path.read_bytes().split(b"\n") if line}
    return lines


def line(step: Step) -> bytes:
    """A Step as it stands in a journal."""
    return encode(step)
