"""The form of one listing day's file: a thin head line, then one paper a line, found by offset.

The head begins with a checksum of itself, and holds one of each record. They are for `check`: who reads a
paper asks for no sum, and the files of earlier versions have none.
"""

import errno
import json
import os
import re
from collections.abc import Mapping, Sequence, Set
from datetime import date
from functools import reduce
from pathlib import Path
from stat import S_ISREG
from types import NoneType
from typing import Any, NamedTuple
from zlib import crc32

from triage.archive.summed import summed
from triage.ledger import Completeness, Listing, ListingState, Sections
from triage.paper import Kind, Paper, Row
from triage.pattern import pattern

FORM = 2
_NAME = pattern(r"(\d{4}-\d{2}-\d{2})\.jsonl\Z", re.ASCII)
_KINDS = {kind.value: kind for kind in Kind}
_WITH_PAPERS = (Completeness.COMPLETE, Completeness.CUT_OFF, Completeness.STALE)
_STATE: Mapping[str, Set[type]] = {
    "category": {str},
    "completeness": {Completeness},
    "listed": {str, NoneType},
    **{name: {type(value)} for name, value in ListingState._field_defaults.items() if name != "listed"},
}
"""The types of what a state holds."""
_NOT_TOLD = "Fetched by an earlier version, which did not tell whose papers these are."


class NewerForm(Exception):
    """The file was written by a later version of this program, and is none of our business."""


class Stamp(NamedTuple):
    """Which writing of a file was read: a replaced file has another."""

    inode: int
    modified: int
    size: int

    @classmethod
    def of(cls, status: os.stat_result) -> "Stamp":
        """The stamp of a file's status."""
        return cls(status.st_ino, status.st_mtime_ns, status.st_size)


def day_of(name: str) -> date | None:
    """The listing day of a file's name; None when it is not that of a listing day."""
    found = _NAME.match(name)
    try:
        return date.fromisoformat(found[1]) if found else None
    except ValueError:
        return None


def encoded(
    day: date,
    papers: Sequence[Paper],
    states: Mapping[str, ListingState],
    members: Mapping[str, Sequence[int]],
    lost: Set[str] = frozenset(),
) -> bytes:
    """The whole file; offsets in the head count from the end of the head line.

    Of the `lost` papers nothing but the row is known; their lines are empty, which are no paper's record.
    """
    rows: list[list[object]] = []
    records: list[bytes] = []
    offset = 0
    for paper in papers:
        record = b"\n" if paper.id in lost else _line(paper.as_record())
        kind = paper.kind or Kind.NEW
        rows.append([paper.id, paper.version, kind.value, paper.title, offset, len(record) - 1])
        records.append(record)
        offset += len(record)
    head = {"form": FORM, "day": day.isoformat(), "length": offset,
            "states": {name: state.as_record() for name, state in states.items()}, "members": members,
            "sums": [crc32(record[:-1]) for record in records], "rows": rows}  # fmt: skip
    return summed(_line(head)[:-1]) + b"\n" + b"".join(records)


def sums_of(head: bytes) -> Sequence[int] | None:
    """The CRC-32 of each row's record; None where the head tells none. Raises ValueError for no head."""
    record = json.loads(head)
    found = record.get("sums") if isinstance(record, dict) else None
    return found if isinstance(found, list) and all(type(one) is int for one in found) else None


def row_mark(key: str) -> bytes:
    """The bytes that a head holds exactly if it has a row for this paper."""
    return b"[" + json.dumps(key, ensure_ascii=False).encode() + b","


def read_head(path: Path) -> tuple[bytes, Stamp]:
    """The head line as it stands, and which writing of the file it is from. Raises OSError."""
    with open(path, "rb", opener=_not_waiting) as file:
        about = os.fstat(file.fileno())
        if not S_ISREG(about.st_mode):
            raise OSError(errno.EINVAL, "it is no file")
        return file.readline(), Stamp.of(about)


def _not_waiting(path: str, flags: int) -> int:
    """Open a path for reading that may lead to a pipe, at which one would wait for a writer."""
    return os.open(path, flags | os.O_NONBLOCK | os.O_CLOEXEC)


def decode_head(head: bytes, day: date, size: int) -> Listing:
    """A head line's listing, with offsets from the start of the file, which has so many bytes.

    Raises ValueError when the line is not a head of this day, NewerForm when a later program wrote it.
    """
    try:
        record = json.loads(head)
        if record["form"] > FORM:
            raise NewerForm
        if record["day"] != day.isoformat():
            raise ValueError(f"it says it is of {record['day']}")
        start, listed = len(head), record["day"]
        rows = tuple(
            Row(key, title, _KINDS[kind], version, listed, start + offset, length)
            for key, version, kind, title, offset, length in _sound_rows(record["rows"])
        )
        states = {name: decode_state(state) for name, state in record["states"].items()}
        if record["form"] < FORM:
            announced = {name: state.get("announced", 0) for name, state in record["states"].items()}
            states, members = _of_earlier_form(states, announced, rows)
        else:
            members = {name: tuple(places) for name, places in record["members"].items()}
        if not {type(at) for places in members.values() for at in places} <= {int}:
            raise ValueError("it names rows that are not there")
        if not all(0 <= at < len(rows) for places in members.values() for at in places):
            raise ValueError("it names rows that are not there")
        is_whole = size == start + record["length"]
    except (KeyError, TypeError, AttributeError, RecursionError) as error:
        raise ValueError(f"its head is not one of a listing day: {error!r}") from error
    return Listing(day, rows, states, members, is_whole)


_FARTHEST = 2**48
"""Bytes: no file of ours is longer."""
_CELLS: Sequence[Set[type]] = ({str}, {int, NoneType}, {str}, {str}, {int}, {int})
"""The types of what a row holds."""


def _sound_rows(rows: list[Any]) -> list[Any]:
    """The rows, if every cell is what it has to be: whoever shows them looks no more. Raises ValueError."""
    columns = tuple(zip(*rows, strict=True))
    for cells, known in zip(columns, _CELLS, strict=True) if rows else ():
        if not set(map(type, cells)) <= known:
            raise ValueError("its rows do not hold what rows hold")
    for places in columns[4:]:
        if min(places) < 0 or max(places) > _FARTHEST:
            raise ValueError("its rows lie where no file reaches")
    return rows


def _of_earlier_form(
    states: Mapping[str, ListingState], announced: Mapping[str, int], rows: Sequence[Row]
) -> tuple[dict[str, ListingState], dict[str, Sequence[int]]]:
    """States and members as the first form tells them, which knew no sections and not whose a paper is.

    Where papers came of one category only they are all its own. Others are to be fetched again.
    """
    came = [name for name, state in states.items() if state.completeness in _WITH_PAPERS]
    known = dict(states)
    members: dict[str, Sequence[int]] = {}
    for name in came:
        if len(came) == 1:
            sections = reduce(Sections.plus, (row.kind for row in rows), Sections())
            known[name] = states[name]._replace(sections=sections)
            members[name] = range(len(rows))
        else:
            sections = Sections(announced[name])
            known[name] = states[name]._replace(
                completeness=Completeness.CUT_OFF, sections=sections, sentence=_NOT_TOLD, details=False
            )
    return known, members


def decode_record(record: bytes, key: str) -> Paper | None:
    """The paper of one line; None when the bytes are not this paper's record."""
    try:
        paper = Paper.from_record(json.loads(record))
    except (ValueError, TypeError, AttributeError, RecursionError):
        return None
    return paper if paper.id == key and _is_sound(paper) else None


def _is_sound(paper: Paper) -> bool:
    """Tell whether every part of a paper is what its type says: whoever shows it looks no more."""
    texts = (paper.title, paper.abstract, *paper.authors, *paper.categories)
    others = (
        paper.primary, paper.arxiv_comments, paper.doi, paper.journal_ref, paper.published, paper.updated,
        paper.listed, paper.site,
    )  # fmt: skip
    return (
        set(map(type, texts)) <= {str}
        and set(map(type, others)) <= {str, NoneType}
        and type(paper.version) in (int, NoneType)
    )


def decode_state(record: Mapping[str, object]) -> ListingState:
    """A state as JSON knew it. Raises KeyError, TypeError or ValueError when it is none."""
    known = {name: record[name] for name in ListingState._fields if name in record}
    known["completeness"] = Completeness(str(record["completeness"]))
    known["sections"] = Sections(*record.get("sections", ()))  # type: ignore[misc]  # checked below
    state = ListingState(**known)  # type: ignore[arg-type]  # checked below
    if not all(type(value) in _STATE[name] for name, value in zip(state._fields, state, strict=True)):
        raise ValueError("a state does not hold what states hold")
    if not set(map(type, state.sections)) <= {int}:
        raise ValueError("a state does not count its sections")
    return state


def _line(record: Mapping[str, object]) -> bytes:
    # A lone surrogate cannot be written as UTF-8; `clean` leaves none, a record of another program might.
    text = json.dumps(record, ensure_ascii=False, separators=(",", ":"))
    return text.encode("utf-8", "replace") + b"\n"
