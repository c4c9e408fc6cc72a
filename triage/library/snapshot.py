"""library.json: the documents gathered, so that opening need not read the journals from their beginning.

It is a plain TinyDB file with one document a line, papers by rising id, so that it can be read in slices.
Its table `meta` says up to where in each journal it holds. The journals are the truth: a snapshot that any
other program has written is not trusted, and its checksum (CRC-32 over everything before `meta`) tells.
"""

import json
import os
import re
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from zlib import crc32

from triage.document import Heads, Text
from triage.library.durable import replace_file, shown
from triage.library.fold import Folded
from triage.library.journal import Mark
from triage.library.tables import ID, Tables
from triage.ports import LibraryUnusable
from triage.steps import TABLES

NAME = "library.json"
SCHEMA = 1
_META = b'"meta": {'
_OTHERS = re.compile(r"library(.*conflict.*|[ -]?\(?\d+\)?)\.json\Z", re.DOTALL | re.IGNORECASE)
"""What Dropbox, Nextcloud, Syncthing ("conflict"), Google Drive ("(1)") and iCloud (" 2") call copies."""


class DamagedSnapshot(Exception):
    """The file is not what this program wrote; the message says what is wrong, as the end of a sentence."""


def write(folder: Path, state: Folded) -> None:
    """Replace library.json by what is in the tables. Raises OSError; the old one then stands."""
    replace_file(folder / NAME, folder / f"{NAME}.{os.getpid()}.tmp", _parts(state))


def _parts(state: Folded) -> Iterator[bytes]:
    check = 0
    dumps = json.JSONEncoder(separators=(",", ":")).encode
    opening = "{"
    for name in TABLES:
        documents = sorted(state.tables.all(name), key=lambda document: str(document[ID]))
        lines = [f'\n"{number}": {dumps(document)}' for number, document in enumerate(documents, 1)]
        part = f'{opening}"{name}": {{{",".join(lines)}\n}},\n'.encode()
        opening = ""
        check = crc32(part, check)
        yield part
    meta = {
        "schema": SCHEMA,
        "sum": f"{check:08x}",
        "highest": state.highest,
        "numbers": state.numbers,
        "files": {name: [mark.offset, mark.checked, mark.check] for name, mark in state.marks.items()},
        "in_order": state.in_order,
        "heads": [
            [table, key, path, [[one.text, one.machine, one.day] for one in texts]]
            for (table, key, path), texts in state.tables.heads.items()
        ],
    }
    yield b"%b\n%b\n}}\n" % (_META, f'"1": {dumps(meta)}'.encode())


def read(folder: Path) -> Folded | None:
    """What library.json holds; None when there is none.

    Raises DamagedSnapshot, OSError, and LibraryUnusable when a newer triage wrote it.
    """
    path = folder / NAME
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return None
    if not data.lstrip(b"\0 \t\r\n"):
        raise DamagedSnapshot("is empty")
    try:
        tables = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise DamagedSnapshot("cannot be read") from error
    meta = _meta_of(tables)
    schema = meta.get("schema")
    if type(schema) is int and schema > SCHEMA:
        raise LibraryUnusable(
            f"{shown(path)} was written by a newer triage (schema {schema}, this one knows {SCHEMA}): "
            "install the newer triage. Nothing was changed."
        )
    if schema != SCHEMA or type(schema) is not int:
        raise DamagedSnapshot("was not written by triage")
    if meta.get("sum") != f"{crc32(data[: data.rfind(_META)]):08x}":
        raise DamagedSnapshot("was changed by another program")
    try:
        return _folded(tables, meta)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise DamagedSnapshot("cannot be read") from error


def _meta_of(tables: Any) -> dict[str, Any]:
    table = tables.get("meta") if isinstance(tables, dict) else None
    meta = table.get("1") if isinstance(table, dict) else None
    return meta if isinstance(meta, dict) else {}


def _folded(tables: dict[str, Any], meta: dict[str, Any]) -> Folded:
    heads: Heads = {
        (table, key, tuple(path)): tuple(Text(text, machine, day) for text, machine, day in texts)
        for table, key, path, texts in meta["heads"]
    }
    lamport, machine, number = meta["highest"]
    return Folded(
        Tables(tables, heads),
        {str(name): Mark(int(offset), int(checked), int(check))
         for name, (offset, checked, check) in meta["files"].items()},
        {str(name): int(last) for name, last in meta["numbers"].items()},
        (int(lamport), str(machine), int(number)),
        meta["in_order"] is True,
    )  # fmt: skip


def set_aside(path: Path) -> Path:
    """Give a file a name under which nothing reads it, bearing the time; its bytes stay. Raises OSError."""
    stamp = time.strftime("%Y%m%dT%H%M%SZ", time.gmtime())
    for count in range(1000):
        aside = path.with_name(f"{path.name}.damaged-{stamp}{f'-{count}' if count else ''}")
        if not os.path.lexists(aside):
            path.rename(aside)
            return aside
    raise FileExistsError(f"{path} has been set aside too often")


def others(folder: Path) -> list[Path]:
    """Copies of the snapshot that a syncing program made of two versions."""
    with os.scandir(folder) as entries:
        return sorted(Path(entry) for entry in entries if entry.name != NAME and _OTHERS.match(entry.name))
