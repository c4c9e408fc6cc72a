"""One listing day's file, read from beginning to end: what is as it was written, and what is not."""

import re
from collections.abc import Iterator, Sequence
from datetime import date
from json import loads
from typing import NamedTuple
from zlib import crc32

from triage.archive import day_file
from triage.archive.as_written import as_written
from triage.ledger import Listing
from triage.one_bit import turned_back
from triage.paper import Paper

_OF_EARLIER = b'{"form":'
"""How a head begins that has no sum."""
_ENDS = re.compile(rb"\]\}(?=.\{\")", re.DOTALL)
"""Where a head may end whose newline was hit."""


class Record(NamedTuple):
    """One paper's line."""

    line: int
    """Counted from 1, as the file was written."""
    key: str
    size: int
    """Bytes."""
    paper: Paper | None
    """None when the bytes are not this paper's record as it was written."""


class DayRead(NamedTuple):
    """What a file holds."""

    head_fits: bool
    """Whether the head is as it was written, or was brought back to that."""
    listing: Listing | None
    """None when the head tells nothing."""
    records: Sequence[Record]
    """Those of the rows that have one; where there are no rows, of each line that is a paper's."""

    @property
    def damaged(self) -> Sequence[Record]:
        """The records that cannot be read."""
        return [record for record in self.records if record.paper is None]

    @property
    def is_sound(self) -> bool:
        """Whether all of it is as it was written."""
        return self.head_fits and self.listing is not None and self.listing.is_whole and not self.damaged


def read(data: bytes, day: date, *, mend: bool = False) -> DayRead:
    """A file of these bytes, as they are or with `mend` as they were written. Raises NewerForm.

    Mended are single flipped bits, and the ends of lines that git or an editor wrote in another system's way.
    """
    if mend:
        data = data.replace(b"\r\n", b"\n")
    head, right = _heads(data)
    fits = head == right
    used = right if mend and right is not None else head
    try:
        listing = day_file.decode_head(used, day, len(data))
        sums = day_file.sums_of(used)
    except day_file.NewerForm:
        if fits:
            raise
        return DayRead(False, None, list(_papers(data, day)))
    except ValueError:
        return DayRead(False, None, list(_papers(data, day)))
    records = []
    for place, row in enumerate(listing.rows):
        if not row.length:  # of this paper nothing but the row was known
            continue
        raw = data[row.offset : row.offset + row.length]
        check = sums[place] if sums is not None and place < len(sums) else crc32(raw)
        if mend and len(raw) == row.length:
            raw = turned_back(raw, check) or raw
        paper = day_file.decode_record(raw, row.id) if crc32(raw) == check else None
        records.append(Record(place + 2, row.id, row.length, paper))
    return DayRead(used == right, listing, records)


def _heads(data: bytes) -> tuple[bytes, bytes | None]:
    """The head line as it stands, and as it was written; None where nobody can tell."""
    end = data.find(b"\n")
    head = data if end < 0 else data[: end + 1]
    lines = [head.removesuffix(b"\n"), *(data[: found.end()] for found in _ENDS.finditer(head))]
    for line in lines:
        right = line if line.startswith(_OF_EARLIER) else as_written(line)
        if right is not None:
            return head, right + b"\n"
    return head, None


def _papers(data: bytes, day: date) -> Iterator[Record]:
    """The papers of a file whose head tells nothing."""
    for number, line in enumerate(data.split(b"\n"), 1):
        try:
            key = loads(line)["id"]
        except (ValueError, KeyError, TypeError, RecursionError):
            continue
        paper = day_file.decode_record(line, key) if isinstance(key, str) else None
        if paper is not None and paper.listed == day.isoformat() and paper.kind is not None:
            yield Record(number, paper.id, len(line), paper)
