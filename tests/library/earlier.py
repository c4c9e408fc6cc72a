"""library.json as the first triage wrote it: schema 1, without blocks, and read whole."""

import json
from pathlib import Path
from typing import Any
from zlib import crc32

from triage.steps import TABLES


def to_schema_1(folder: Path) -> bytes:
    """Rewrite a library's snapshot in that form; its bytes."""
    path = folder / "library.json"
    now = json.loads(path.read_bytes())
    tables = ",\n".join(f'"{name}": {{{",".join(_lines(now[name]))}\n}}' for name in TABLES)
    documents = f"{{{tables},\n".encode()
    told = now["meta"]["1"]
    meta = {"schema": 1, "sum": f"{crc32(documents):08x}"}
    meta |= {name: told[name] for name in ("highest", "numbers", "files", "in_order", "heads")}
    data = documents + b'"meta": {\n' + f'"1": {_dumps(meta)}\n}}}}\n'.encode()
    path.write_bytes(data)
    return data


def _lines(table: dict[str, Any]) -> list[str]:
    documents = sorted(table.values(), key=lambda one: str(one["id"]))
    return [f'\n"{number}": {_dumps(document)}' for number, document in enumerate(documents, 1)]


def _dumps(value: object) -> str:
    return json.dumps(value, separators=(",", ":"))
