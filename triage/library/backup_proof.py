"""What proves a backup: that its journals, folded from nothing, make the documents that are here.

Documents are compared by their prints (CRC-32 of their JSON), so that those of the library and those of the
backup need not be in memory at once.
"""

import json
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple
from zlib import crc32

from triage.backup import Counts
from triage.library import snapshot
from triage.library.fold import Fold, Folded
from triage.library.journal import BadLine, Journal, Mark, parse
from triage.library.stored import DamagedSnapshot
from triage.library.tables import Damage, Tables
from triage.library.tally import Tally
from triage.ports import LibraryUnusable
from triage.steps import TABLES, Step


class Contents(NamedTuple):
    """What a library holds."""

    counts: Counts
    """Without Steps and drafts."""
    prints: Mapping[tuple[str, str], int]
    """By table and id, the print of each document."""


class Gathered(NamedTuple):
    """What library.json, and the journals behind it, hold."""

    ends: Mapping[str, int]
    """By journal file, up to where it was read."""
    contents: Contents


def gathered(folder: Path, beside: Path) -> Gathered | None:
    """What the library in a folder shows; None where there is no library.json that can be trusted.

    That is read in the folder `beside`, where nobody replaces it. Raises OSError.
    """
    try:
        found = snapshot.read(beside)
        if found is None:
            return None
        fold = Fold(folder, Journal(folder, ""), found.state, _untold, _refused)
        fold.damage.may_write = False
        if not fold.fits():
            return None
        fold.catch_up()
        ends = {name: mark.offset for name, mark in fold.state.marks.items()}
        return None if fold.rebuilt else Gathered(ends, _contents(fold.state.tables))
    except (DamagedSnapshot, LibraryUnusable):
        return None


def folded(folder: Path) -> tuple[Contents, Mapping[str, int]]:
    """What the journals in a folder make from nothing; and by machine how many Steps they hold.

    Raises OSError.
    """
    fold = Fold(folder, Journal(folder, ""), Folded(), _untold, _refused)
    fold.damage.may_write = False
    steps = Counter(step.machine for step in fold.rebuild())
    return _contents(fold.state.tables), steps


def appended(name: str, data: bytes, start: int) -> Mapping[str, int] | None:
    """How many Steps by machine stand behind a place in a journal; None when a line there holds none."""
    lines = parse(name, data[start:], Mark()).lines
    if any(isinstance(line, BadLine) for line in lines):
        return None
    return Counter(line.machine for line in lines if isinstance(line, Step))


def _contents(tables: Tables) -> Contents:
    dumps = json.JSONEncoder(sort_keys=True, separators=(",", ":")).encode
    prints: dict[tuple[str, str], int] = {}
    tally = Tally()
    for name in TABLES:
        for document in tables.all(name):
            prints[name, document["id"]] = crc32(dumps(document).encode())
            tally.add(name, document["id"], document)
    return Contents(tally.counts(), prints)


def _untold(_sentence: str) -> None:
    """What is damaged is told by whoever opens the library."""


def _refused(damage: Damage) -> None:
    raise damage
