"""A journal's file line by line: each Step with the very bytes that hold it, and the lines that hold none."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple
from zlib import crc32

from triage.library.journal import pieces_of
from triage.one_bit import differs_in_one_bit, turned_back
from triage.steps import MARK, Step, decode

_HEAD = len(MARK) + 8 + 2
_AT_ONCE = 128
_LONGEST_WORD = 8
"""Characters of a word of JSON, or an escape, that was cut in two."""


class Read(NamedTuple):
    """A Step as it stands in a file."""

    raw: bytes
    """Its line, without the newline."""
    step: Step


class Line(NamedTuple):
    """What stands between two newlines."""

    number: int
    """Counted from 1."""
    offset: int
    raw: bytes
    steps: Sequence[Read]
    """None in a damaged line, and in what a killed write left; two where the newline between them was hit."""

    @property
    def end(self) -> int:
        """The offset behind its last byte."""
        return self.offset + len(self.raw)


class Lines(NamedTuple):
    """A file's lines, and what stands behind the last newline and is no Step."""

    lines: Sequence[Line]
    tail: bytes = b""


def lines_of(
    data: bytes,
    heard: Callable[[int], None] = lambda _: None,
    known: Mapping[bytes, Sequence[Read]] = MappingProxyType({}),
) -> Lines:
    """The lines of a whole file; blank ones are passed over. A Step at the end needs no newline.

    `heard` hears now and then how many bytes are done. `known` has the Steps of lines that were read before.
    """
    found: list[Line] = []
    start, number = 0, 0
    while (end := data.find(b"\n", start)) >= 0:
        number += 1
        if number % _AT_ONCE == 0:
            heard(start)
        if end > start:
            found.append(_line(number, start, data[start:end], known))
        start = end + 1
    rest = data[start:]
    last = _line(number + 1, start, rest, known)
    if last.steps:
        return Lines([*found, last])
    return Lines(found, rest)


def _line(number: int, offset: int, raw: bytes, known: Mapping[bytes, Sequence[Read]]) -> Line:
    steps = known.get(raw)
    if steps is None:
        steps = [Read(piece, step) for piece, step in pieces_of(raw)]
    return Line(number, offset, raw, steps)


def one_bit_off(bad: Sequence[Line]) -> Iterator[tuple[Sequence[Line], Read]]:
    """The Steps of damaged lines, standing together, in which a single bit was flipped: with its lines.

    A bit that made a newline of a letter has torn one line into two.
    """
    place = 0
    while place < len(bad):
        for count in (1, 2):
            torn = bad[place : place + count]
            joined = torn[0].end + 1 == torn[-1].offset or count == 1
            read = _mended(b"\n".join(line.raw for line in torn)) if len(torn) == count and joined else None
            if read is not None:
                yield torn, read
                place += count - 1
                break
        place += 1


def is_cut_short(raw: bytes) -> bool:
    """Tell whether bytes begin as a line does and end too early: what a killed write or a power cut leaves.

    What was saved is never so: a write that is not whole is not told of as saved.
    """
    written = raw.rstrip(b"\0")
    if written[: len(MARK)] != MARK[: len(written)]:
        return False
    text = written.decode("utf-8", "ignore")
    try:
        json.loads(text)
    except json.JSONDecodeError as error:
        return error.msg.startswith("Unterminated string") or error.pos >= len(text) - _LONGEST_WORD
    except (ValueError, RecursionError):
        return False
    return False


def _mended(raw: bytes) -> Read | None:
    head, rest = raw[:_HEAD], raw[_HEAD:]
    candidates = []
    right = b'%b%08x",' % (MARK, crc32(rest))
    if differs_in_one_bit(head, right):
        candidates.append(right + rest)
    try:
        check = int(head[len(MARK) : len(MARK) + 8], 16)
    except ValueError:
        check = -1
    if head == b'%b%08x",' % (MARK, max(check, 0)) and (back := turned_back(rest, check)) is not None:
        candidates.append(head + back)
    for candidate in candidates:
        try:
            return Read(candidate, decode(candidate))
        except ValueError:
            continue
    return None
