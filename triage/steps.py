"""Step: one thing the user did, with every field it changed, before and after, and its line in a journal.

The library is a fold over the set of Steps of every machine, in the order of (Lamport number, machine,
number); how one change makes a document is `document`'s.
"""

import json
import math
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any, NamedTuple, TypeAlias
from zlib import crc32

Json: TypeAlias = Any
"""What JSON holds: None, bool, int, float, str, list, dict. None is a field that is not there."""

PAPERS = "_default"
COMMENTS = "comments"
HAULS = "hauls"
TABLES = (PAPERS, COMMENTS, HAULS)

CURRENT = "current"
"""The `haul` of a kept paper or comment that goes into the post being made."""
NEXT = "next"
"""The `haul` of a held paper."""

FILES = "files"
EXPORTED = "exported"
WRITING = "writing"
NOTED = (FILES, EXPORTED, WRITING)
"""The fields of a haul that the program notes by itself (`actions.post_files`)."""


class Change(NamedTuple):
    """One field of one document, before and after."""

    table: str
    key: str
    """The document's field `id`: a paper's id, a comment's, a haul's."""
    path: tuple[str, ...]
    """The field, or the way down to it: ("verdict",), ("entries", "2306.07899", "note")."""
    before: Json
    after: Json

    @property
    def opposite(self) -> "Change":
        """The same change the other way round."""
        return Change(self.table, self.key, self.path, self.after, self.before)


class Step(NamedTuple):
    """One thing the user did, however many papers it changed."""

    machine: str
    number: int
    """Counts this machine's Steps from 1; a gap is damage."""
    lamport: int
    """1 + the highest seen in any journal when it was made."""
    at: str
    """Wall time, ISO 8601, UTC; for showing only."""
    what: str
    """The verb: keep, skip, finish, note, publish, undo, redo ..."""
    changes: tuple[Change, ...]
    undoes: int | None = None
    """The number of this machine's Step that an undo or a redo takes back."""

    @property
    def order(self) -> tuple[int, str, int]:
        """Where the Step stands among the Steps of all machines."""
        return (self.lamport, self.machine, self.number)


def change(table: str, key: str, record: Mapping[str, Json] | None, **after: Json) -> Iterable[Change]:
    """The changes that bring a document's fields to the given values; those that are so already make none."""
    now = record or {}
    for field, value in after.items():
        if now.get(field) != value:
            yield Change(table, key, (field,), now.get(field), value)


def stamp(moment: datetime) -> str:
    """An aware time as the library writes it: UTC, to the second, ISO 8601."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


MARK = b'{"sum":"'
"""How every line of a journal begins; JSON escapes quotes in texts, so it stands nowhere else in a line."""
_HEAD = len(MARK) + 8 + 2
_DEEPEST = 50
_WIDEST = 2**63


def plain(value: Json, depth: int = 0) -> Json:
    """A copy of a value as JSON gives it back: tuples are lists, enums their values.

    Raises TypeError for what JSON does not know (sets, bytes, dates, keys that are not text), and
    ValueError for what a reader may not take: NaN, infinity, whole numbers past 64 bits, more than 50
    levels.
    """
    if value is None or value is True or value is False:
        return value
    if isinstance(value, str):
        return str.__str__(value)
    if isinstance(value, int):
        if not -_WIDEST <= value < _WIDEST:
            raise ValueError("a whole number past 64 bits cannot be saved")
        return int(value)
    if isinstance(value, float):
        if not math.isfinite(value):
            raise ValueError(f"{value} cannot be saved: JSON has no such number")
        return float(value)
    if depth >= _DEEPEST:
        raise ValueError(f"more than {_DEEPEST} levels cannot be saved")
    if isinstance(value, (list, tuple)):
        return [plain(item, depth + 1) for item in value]
    if isinstance(value, Mapping):
        if not all(isinstance(key, str) for key in value):
            raise TypeError("a key that is not text cannot be saved")
        return {str.__str__(key): plain(item, depth + 1) for key, item in value.items()}
    raise TypeError(f"a {type(value).__name__} cannot be saved: JSON does not know it")


def encode(step: Step) -> bytes:
    """The Step as one line of a journal, without the newline: JSON, led by the checksum of the rest.

    The checksum is CRC-32, eight hex digits, over every byte after the comma that follows it.
    """
    body: dict[str, Json] = {
        "machine": step.machine,
        "number": step.number,
        "lamport": step.lamport,
        "at": step.at,
        "what": step.what,
        "changes": [[one.table, one.key, one.path, one.before, one.after] for one in step.changes],
    }
    if step.undoes is not None:
        body["undoes"] = step.undoes
    try:
        rest = json.dumps(body, ensure_ascii=False, allow_nan=False, separators=(",", ":"))[1:].encode()
    except UnicodeEncodeError:  # half a surrogate pair, which only an escape can hold
        rest = json.dumps(body, allow_nan=False, separators=(",", ":"))[1:].encode()
    return b'%b%08x",%b' % (MARK, crc32(rest), rest)


def decode(line: bytes) -> Step:
    """The Step of one line of a journal. Raises ValueError when a byte of it is not as it was written."""
    rest = line[_HEAD:]
    if line[:_HEAD] != b'%b%08x",' % (MARK, crc32(rest)):
        raise ValueError("the checksum does not fit the line")
    try:
        body = json.loads(b"{" + rest)
        step = Step(
            body["machine"],
            body["number"],
            body["lamport"],
            body["at"],
            body["what"],
            tuple([Change(table, key, tuple(path), before, after)
                   for table, key, path, before, after in body["changes"]]),
            body.get("undoes"),
        )  # fmt: skip
    except (KeyError, TypeError, AttributeError, RecursionError) as error:
        raise ValueError("the line does not hold a Step") from error
    if not _sound(step):
        raise ValueError("the line does not hold a Step")
    return step


def _sound(step: Step) -> bool:
    """Tell whether every part of a decoded Step is what its type says."""
    return (
        type(step.machine) is str
        and type(step.number) is int
        and type(step.lamport) is int
        and step.number > 0
        and step.lamport > 0
        and type(step.at) is str
        and type(step.what) is str
        and (step.undoes is None or type(step.undoes) is int)
        and all(
            type(one.table) is str
            and type(one.key) is str
            and one.path != ()
            and all(type(name) is str for name in one.path)
            for one in step.changes
        )
    )
