"""library.json: the documents gathered, so that opening need not read the journals from their beginning.

It is a plain TinyDB file with one document a line, papers by rising id. Its table `meta` says up to where in
each journal it holds, and where the documents lie, so that they can be read one by one (`stored`). The
journals are the truth: what any other program has written is not trusted, and checksums tell.
"""

import json
import os
import re
from pathlib import Path
from typing import Any, NamedTuple
from zlib import crc32

from triage.document import Heads, Text
from triage.library.durable import aside_name, shown
from triage.library.fold import Folded
from triage.library.haul_index import HaulIndex
from triage.library.journal import Mark
from triage.library.stored import Block, DamagedSnapshot, OpenFile, StoredTable
from triage.library.tables import Tables
from triage.pattern import pattern
from triage.ports import LibraryUnusable
from triage.steps import TABLES

NAME = "library.json"
_ASIDE = f"{NAME}.damaged-"
SCHEMA = 2
_BEFORE_BLOCKS = 1
"""The schema of files that have no blocks, and are read whole."""
META = b'\n"meta": {\n"1": '
_SUM = pattern(rb'\{"schema":\d+,"sum":"([0-9a-f]{8})",')
END = b"\n}}\n"
_AT_ONCE = 1 << 22
"""Bytes of a file that is looked through whole when it is opened; of a larger one each part as it is read."""
_TAIL = 1 << 16
_OTHERS = pattern(r"library(.*conflict.*|[ -]?\(?\d+\)?)\.json\Z", re.DOTALL | re.IGNORECASE)
"""What Dropbox, Nextcloud, Syncthing ("conflict"), Google Drive ("(1)") and iCloud (" 2") call copies."""


class Found(NamedTuple):
    """What library.json holds."""

    state: Folded
    schema: int
    """An earlier one is brought to this one by writing the file anew."""


def holds(folder: Path, state: Folded) -> bool:
    """Tell whether library.json has all that is in the tables. Raises OSError."""
    try:
        meta, _ = _meta_at_the_end(OpenFile(folder / NAME))
    except FileNotFoundError:
        return False
    return meta is not None and _marks(meta) == state.marks


def read(folder: Path, name: str = NAME) -> Found | None:
    """What library.json holds, or one that was set aside under a name; None when there is none.

    The documents are read when they are asked for. Raises DamagedSnapshot, OSError, and LibraryUnusable when
    a newer triage wrote it.
    """
    path = folder / name
    try:
        file = OpenFile(path)
    except FileNotFoundError:
        return None
    meta, start = _meta_at_the_end(file)
    if meta is None:
        return _read_whole(file)
    try:
        if meta["at"] != start:
            raise DamagedSnapshot("was changed by another program")
        tables = {
            name: StoredTable(file, [Block(*block) for block in meta["blocks"][name]]) for name in TABLES
        }
        if file.size <= _AT_ONCE:
            for table in tables.values():
                table.verify()
        return Found(_folded(meta, Tables(tables, meta["next"], HaulIndex.from_record(meta))), SCHEMA)
    except (KeyError, TypeError, ValueError, AttributeError, OverflowError) as error:
        raise DamagedSnapshot("cannot be read") from error


def _meta_at_the_end(file: OpenFile) -> tuple[dict[str, Any] | None, int]:
    """What the table `meta` holds, None unless it is as this version writes it; and where it begins."""
    length = _TAIL
    while True:
        tail = file.read(max(0, file.size - length), length)
        at = tail.rfind(META)
        if at >= 0 or length >= file.size:
            break
        length *= 4
    if at < 0 or not _sum_fits(tail, at):
        return None, 0
    try:
        meta = json.loads(tail[at + len(META) : -len(END)])
    except (ValueError, RecursionError):
        return None, 0
    known = isinstance(meta, dict) and meta.get("schema") == SCHEMA
    return (meta if known else None), max(0, file.size - length) + at + 1


def _sum_fits(data: bytes, at: int) -> bool:
    """Tell whether a table `meta` that begins there is as this version wrote it, but for its schema."""
    begin = _SUM.match(data, at + len(META)) if data.endswith(END) else None
    return begin is not None and int(begin[1], 16) == crc32(data[begin.end() : -len(END)], SCHEMA)


def _read_whole(file: OpenFile) -> Found:
    """What a file holds that has no blocks: of an earlier schema, or none of ours."""
    data = file.read(0, file.size)
    if not data.lstrip(b"\0 \t\r\n"):
        raise DamagedSnapshot("is empty")
    try:
        tables = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise DamagedSnapshot("cannot be read") from error
    meta = _meta_of(tables)
    schema = meta.get("schema")
    if type(schema) is int and schema > SCHEMA:
        if _sum_fits(data, data.rfind(META)):  # the sum begins with the schema: that one was hit
            raise DamagedSnapshot("was changed by another program")
        raise LibraryUnusable(
            f"{shown(file.path)} was written by a newer triage (schema {schema}, this one knows {SCHEMA}): "
            "install the newer triage. Nothing was changed."
        )
    if type(schema) is not int or schema < _BEFORE_BLOCKS:
        raise DamagedSnapshot("was not written by triage")
    if schema == SCHEMA or meta.get("sum") != f"{crc32(data[: data.rfind(META) + 1]):08x}":
        raise DamagedSnapshot("was changed by another program")
    try:
        return Found(_folded(meta, Tables.of(tables, {})), schema)
    except (KeyError, TypeError, ValueError, AttributeError, OverflowError) as error:
        raise DamagedSnapshot("cannot be read") from error


def _meta_of(tables: Any) -> dict[str, Any]:
    table = tables.get("meta") if isinstance(tables, dict) else None
    meta = table.get("1") if isinstance(table, dict) else None
    return meta if isinstance(meta, dict) else {}


def _folded(meta: dict[str, Any], tables: Tables) -> Folded:
    tables.heads.update(_heads(meta["heads"]))
    lamport, machine, number = meta["highest"]
    return Folded(
        tables,
        _marks(meta),
        {str(name): int(last) for name, last in meta["numbers"].items()},
        (int(lamport), str(machine), int(number)),
        meta["in_order"] is True,
    )


def _marks(meta: dict[str, Any]) -> dict[str, Mark]:
    return {
        str(name): Mark(int(offset), int(checked), int(check))
        for name, (offset, checked, check) in meta["files"].items()
    }


def _heads(record: Any) -> Heads:
    return {
        (table, key, tuple(path)): tuple(Text(text, machine, day) for text, machine, day in texts)
        for table, key, path, texts in record
    }


def set_aside(path: Path) -> Path:
    """Give a file a name under which nothing reads it, bearing the time; its bytes stay. Raises OSError."""
    name = aside_name(path)
    path.rename(name)
    return name


def aside(folder: Path) -> list[tuple[str, str]]:
    """The names of those that were set aside, and the moments of it, the last one first. Raises OSError."""
    found = [(path.name, path.name.removeprefix(_ASIDE)) for path in folder.glob(f"{_ASIDE}*")]
    return sorted(found, key=lambda one: one[1], reverse=True)


def others(folder: Path) -> list[Path]:
    """Copies of the snapshot that a syncing program made of two versions."""
    with os.scandir(folder) as entries:
        return sorted(Path(entry) for entry in entries if entry.name != NAME and _OTHERS.match(entry.name))
