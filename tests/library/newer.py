"""library.json as a triage to come might write it."""

import re
from pathlib import Path
from zlib import crc32

from triage.library.snapshot import SCHEMA


def to_newer_schema(folder: Path) -> None:
    """Rewrite a library's snapshot so that only a newer triage knows it: with its schema, and its sum."""
    path = folder / "library.json"
    known = path.read_bytes()
    found = re.search(rb'\{"schema":\d+,"sum":"[0-9a-f]{8}",(.*)\n\}\}\n\Z', known, re.DOTALL)
    assert found is not None
    head = b'{"schema":%d,"sum":"%08x",' % (SCHEMA + 1, crc32(found[1], SCHEMA + 1))
    path.write_bytes(known[: found.start()] + head + known[found.start(1) :])
