"""Which Steps are lost for good: a repair looked everywhere and wrote it down, so that nobody looks again.

A plain file beside the damaged bytes, one line for each run of numbers. Losing it costs a warning that comes
once more.
"""

import contextlib
import json
import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

from triage.library.durable import make_folder, replace_file

FOLDER = "journal-damaged"
"""Where damaged bytes of journals are kept."""
NAME = "lost.jsonl"


class Lost(NamedTuple):
    """Steps of a machine that are lost, first and last included."""

    machine: str
    first: int
    last: int
    found: str
    """ISO date on which a repair found it."""


def read(folder: Path) -> list[Lost]:
    """What is written down in a library's folder; lines that say nothing are passed over."""
    try:
        lines = (folder / FOLDER / NAME).read_bytes().splitlines()
    except OSError:
        return []
    found = []
    for line in lines:
        with contextlib.suppress(ValueError, KeyError, TypeError, RecursionError):
            record = json.loads(line)
            one = Lost(
                str(record["machine"]), int(record["first"]), int(record["last"]), str(record["found"])
            )
            if 0 < one.first <= one.last:
                found.append(one)
    return found


def write_down(folder: Path, more: Iterable[Lost]) -> None:
    """Write down further ones. Raises OSError."""
    every = dict.fromkeys([*read(folder), *more])
    make_folder(folder / FOLDER)
    path = folder / FOLDER / NAME
    content = "".join(f"{json.dumps(one._asdict())}\n" for one in every).encode()
    replace_file(path, path.with_name(f"{NAME}.{os.getpid()}.tmp"), [content])


def without(missing: Mapping[str, Iterable[range]], lost: Iterable[Lost]) -> dict[str, list[range]]:
    """The missing numbers by machine that nobody has written down as lost."""
    known: dict[str, list[range]] = {}
    for one in lost:
        known.setdefault(one.machine, []).append(range(one.first, one.last + 1))
    left: dict[str, list[range]] = {}
    for machine, gaps in missing.items():
        parts = [gap for gap in gaps for gap in _less(gap, known.get(machine, ()))]
        if parts:
            left[machine] = parts
    return left


def _less(gap: range, taken: Iterable[range]) -> list[range]:
    """A run of numbers without those of others."""
    parts = [gap]
    for one in taken:
        parts = [
            part
            for before in parts
            for part in (
                range(before.start, min(before.stop, one.start)),
                range(max(before.start, one.stop), before.stop),
            )
            if part
        ]
    return parts
