"""Writing library.json: what is in the tables at that moment, bit by bit, so that other things go on."""

import json
import os
from collections.abc import Iterator, Mapping
from itertools import count
from pathlib import Path
from zlib import crc32

from triage.library.blocks import blocks
from triage.library.durable import Wait, replacing
from triage.library.fold import Folded
from triage.library.snapshot import END, META, NAME, SCHEMA
from triage.library.stored import Block, StoredTable
from triage.library.tables import Held
from triage.steps import TABLES, Json

_WRITTEN_AT_ONCE = 1 << 20
_numbers = count()


def write(folder: Path, state: Folded) -> None:
    """Replace library.json by what is in the tables. Raises OSError; the old one then stands.

    Raises DamagedSnapshot when a part of the old one that nothing changed is not as it was written.
    """
    for wait in writing(folder, state):
        if wait is not None:
            wait()


def writing(folder: Path, state: Folded) -> Iterator[Wait | None]:
    """Do as `write` does in steps of some thousandths of a second; what changes meanwhile is left out.

    What is given and is not None is to be called before this goes on, see `durable.replacing`. Raises as
    `write` does.
    """
    temporary = folder / f"{NAME}.{next(_numbers)}.{os.getpid()}.tmp"
    tables = state.tables
    changed = {name: dict(tables.changed[name]) for name in TABLES}
    return replacing(folder / NAME, temporary, _gathered(_parts(dict(tables.stored), changed, _meta(state))))


def _meta(state: Folded) -> dict[str, Json]:
    """What `meta` tells, but for where the documents lie."""
    return {
        "highest": state.highest,
        "numbers": dict(state.numbers),
        "files": {name: [mark.offset, mark.checked, mark.check] for name, mark in state.marks.items()},
        "in_order": state.in_order,
        "heads": [
            [table, key, path, [[one.text, one.machine, one.day] for one in texts]]
            for (table, key, path), texts in state.tables.heads.items()
        ],
        "next": dict(state.tables.next_ids),
        **state.tables.index.as_record(),
    }


def _parts(
    stored: Mapping[str, StoredTable],
    changed: Mapping[str, Mapping[str, Held | None]],
    meta: Mapping[str, Json],
) -> Iterator[bytes]:
    written: dict[str, list[Block]] = {}
    at = 0
    opening = b"{"
    for name in TABLES:
        head = b'%b"%b": {' % (opening, name.encode())
        yield head
        at += len(head)
        opening = b""
        written[name] = []
        for first, documents, data in blocks(stored.get(name), changed[name]):
            if written[name]:
                yield b","
                at += 1
            written[name].append(Block(first, at, len(data), crc32(data), documents))
            yield data
            at += len(data)
        yield b"\n},\n"
        at += 4
    rest = _dumps({**meta, "at": at, "blocks": written})[1:].encode()
    yield b'%b{"schema":%d,"sum":"%08x",%b%b' % (META[1:], SCHEMA, crc32(rest, SCHEMA), rest, END)


_dumps = json.JSONEncoder(separators=(",", ":")).encode


def _gathered(parts: Iterator[bytes]) -> Iterator[bytes]:
    """The parts, a megabyte at a time, and nothing in between, where one may pause."""
    some: list[bytes] = []
    size = 0
    for part in parts:
        some.append(part)
        size += len(part)
        if size >= _WRITTEN_AT_ONCE:
            yield b"".join(some)
            some, size = [], 0
        else:
            yield b""
    yield b"".join(some)
