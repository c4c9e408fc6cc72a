"""A table in blocks of lines, as library.json is to hold it: what nothing changed in is taken as it is."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from triage.library.stored import StoredTable, line_of
from triage.library.tables import Held

SIZE = 1 << 14
"""Bytes of a block, more or less: a document is read by reading its block."""

_AT_ONCE = 128
"""Documents that are brought into blocks together, where none lie yet: about a block of skipped papers."""


class Written(NamedTuple):
    """One block."""

    first: str
    """The id of its first document."""
    documents: int
    """How many it holds."""
    data: bytes
    """Their lines, each behind a newline, with a comma between them."""


def blocks(stored: StoredTable | None, changes: Mapping[str, Held | None]) -> Iterator[Written]:
    """The blocks by rising id of a table as it lies in the file, with what changed since.

    Raises DamagedSnapshot and OSError as `StoredTable.get` does.
    """
    changed = sorted(changes.items())
    keys = [key for key, _ in changed]
    done = 0
    if stored is not None:
        following = [*(block.first for block in stored.blocks[1:]), None]
        for block, first in zip(stored.blocks, following, strict=False):
            until = len(keys) if first is None else bisect_left(keys, first, done)
            if until == done:
                yield Written(block.first, block.documents, stored.data(block))
            else:
                yield from _in_blocks(_merged(stored.lines(block), changed[done:until]))
            done = until
    for start in range(done, len(changed), _AT_ONCE):
        yield from _in_blocks(_merged((), changed[start : start + _AT_ONCE]))


def _merged(
    there: Iterable[tuple[str, bytes]], changed: Sequence[tuple[str, Held | None]]
) -> list[tuple[str, bytes]]:
    """The lines of both by rising id; what changed takes the place of what was there."""
    lines = dict(there)
    for key, held in changed:
        if held is None:
            lines.pop(key, None)
        else:
            lines[key] = line_of(*held)
    return sorted(lines.items())


def _in_blocks(lines: Sequence[tuple[str, bytes]]) -> Iterator[Written]:
    """Lines in blocks of about the same size, so that none is left over that is much smaller."""
    whole = sum(len(line) for _, line in lines)
    most = whole / max(1, round(whole / SIZE))
    some: list[tuple[str, bytes]] = []
    size = 0
    for key, line in lines:
        some.append((key, line))
        size += len(line)
        if size >= most:
            yield _written(some)
            some, size = [], 0
    if some:
        yield _written(some)


def _written(lines: Sequence[tuple[str, bytes]]) -> Written:
    return Written(lines[0][0], len(lines), b"\n" + b",\n".join(line for _, line in lines))
