"""Reads listing days and papers from their files; what is damaged is set aside and named."""

import os
from collections.abc import Sequence, Set
from datetime import date
from pathlib import Path

from triage.archive import day_file, files
from triage.archive.files import named
from triage.ledger import Listing
from triage.paper import Paper, Row

_MANY = 16
"""Heads kept in memory."""


class Reader:
    """Reads an archive's folder, in which other processes may replace any file at any moment."""

    def __init__(self, folder: Path, *, set_aside: bool) -> None:
        """`set_aside` false leaves damaged files where they are: for a folder that is only read."""
        self._folder = folder
        self.may_set_aside = set_aside
        self.notices: list[str] = []
        self._heads: dict[date, tuple[day_file.Stamp, Listing]] = {}

    def path(self, day: date) -> Path:
        """Where a listing day lies."""
        return self._folder / f"{day.isoformat()}.jsonl"

    def days(self) -> Sequence[date]:
        """The listing days in the archive, oldest first."""
        try:
            names = sorted(os.listdir(self._folder))  # noqa: PTH208 - Path.iterdir makes an object of each name
        except OSError:
            return ()
        return [day for name in names if (day := day_file.day_of(name)) is not None]

    def listing(self, day: date) -> Listing | None:
        """A listing day's rows and states, without abstracts."""
        path = self.path(day)
        try:
            status = path.stat()
        except OSError:
            return None
        known = self._heads.get(day)
        if known is not None and known[0] == day_file.Stamp.of(status):
            return known[1]
        try:
            head, stamp = day_file.read_head(path)
        except OSError as error:
            self.notice(f"{named(path)} cannot be read ({error.strerror}); that listing day is left out.")
            return None
        return self._decoded(path, day, head, stamp)

    def paper(self, row: Row) -> Paper | None:
        """The whole paper of a row, read by its offset; None when it is gone or damaged."""
        day = date.fromisoformat(row.listed)
        path = self.path(day)
        # Another process may have replaced the file since the row was read.
        return self._read(path, row) or self._read_anew(path, day, row.id)

    def rows_of(self, key: str) -> list[Row]:
        """A paper's row in each listing day that has one, the newest day first."""
        mark = day_file.row_mark(key)
        rows: list[Row] = []
        for day in reversed(self.days()):
            # Heads are searched as bytes and parsed only where the paper is: milliseconds for a year of days.
            try:
                head, stamp = day_file.read_head(self.path(day))
            except OSError:
                continue
            if mark not in head:
                continue
            listing = self._decoded(self.path(day), day, head, stamp)
            rows += [row for row in listing.rows if row.id == key] if listing is not None else ()
        return rows

    def whole(self, listing: Listing | None) -> tuple[list[Paper], Set[str]]:
        """Every paper of a day, and the ids of those of which only the row is left.

        Where records turn out to be damaged, the file they are in is kept beside it.
        """
        papers, damaged, lost = [], 0, set()
        for row in listing.rows if listing is not None else ():
            paper = self.paper(row)
            if paper is None:
                damaged += row.length > 0
                lost.add(row.id)
            papers.append(paper or Paper.of_row(row))
        if listing is not None and damaged:
            path = self.path(listing.day)
            aside = files.set_aside(path, copy=True)
            where = f"; the damaged file is kept as {aside.name}" if aside else ""
            if (cut_short := _cut_short(path)) in self.notices:
                self.notices.remove(cut_short)  # this tells more, and a fetch is writing it anew
            self.notice(f"{named(path)} had {damaged} damaged abstract{'' if damaged == 1 else 's'}{where}.")
        return papers, lost

    def notice(self, sentence: str) -> None:
        """Have something to tell, once."""
        if sentence not in self.notices:
            self.notices.append(sentence)

    def _decoded(self, path: Path, day: date, head: bytes, stamp: day_file.Stamp) -> Listing | None:
        try:
            listing = day_file.decode_head(head, day, stamp.size)
        except day_file.NewerForm:
            self.notice(
                f"{named(path)} was written by a newer triage; it is left alone: install the newer triage."
            )
            return None
        except ValueError:
            if not self.may_set_aside:
                self.notice(f"{named(path)} is damaged; that listing day is left out.")
                return None
            aside = files.set_aside(path)
            where = f"It is set aside as {aside.name}." if aside else "It could not be set aside."
            self.notice(f"{named(path)} is damaged and left out. {where} Fetching again may bring it back.")
            return None
        if not listing.is_whole:
            self.notice(_cut_short(path))
        while len(self._heads) >= _MANY:
            del self._heads[next(iter(self._heads))]
        self._heads[day] = (stamp, listing)
        return listing

    def _read(self, path: Path, row: Row) -> Paper | None:
        try:
            with path.open("rb") as file:
                return day_file.decode_record(os.pread(file.fileno(), row.length, row.offset), row.id)
        except OSError:
            return None

    def _read_anew(self, path: Path, day: date, key: str) -> Paper | None:
        """A paper by the head of the very file it is read from, which may be replaced at any moment."""
        try:
            with path.open("rb") as file:
                stamp = day_file.Stamp.of(os.fstat(file.fileno()))
                listing = self._decoded(path, day, file.readline(), stamp)
                row = next((row for row in listing.rows if row.id == key), None) if listing else None
                if row is None:
                    return None
                return day_file.decode_record(os.pread(file.fileno(), row.length, row.offset), key)
        except OSError:
            return None


def _cut_short(path: Path) -> str:
    return (
        f"{named(path)} is not as long as it should be: some abstracts are missing. Fetching again may help."
    )
