"""The archive: listing days on disk, opened by their heads, papers read by offset."""

import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path

from triage import tex
from triage.announcement import in_order
from triage.archive import day_file, files
from triage.archive.state_index import StateIndex
from triage.ledger import Listing, ListingState, standing
from triage.paper import Paper, Row
from triage.ports import ArchiveUnusable, Unreachable

_MANY = 16
"""Heads kept in memory."""


class DiskArchive:
    """`ports.Archive` on a folder of files; several processes may read and write it side by side."""

    def __init__(self, folder: Path, *, set_aside: bool = True) -> None:
        """`set_aside` false leaves damaged files where they are: for a folder that is only read."""
        self._folder = folder
        self._may_set_aside = set_aside
        self._notices: list[str] = []
        self._heads: dict[date, tuple[day_file.Stamp, Listing]] = {}
        self._index = StateIndex(folder, self.listing, unreadable=self._index_damaged)

    @property
    def notices(self) -> Sequence[str]:
        """Sentences on files that were found damaged, each once."""
        return tuple(self._notices)

    def days(self) -> Sequence[date]:
        """The listing days in the archive, oldest first."""
        try:
            names = sorted(os.listdir(self._folder))  # noqa: PTH208 - Path.iterdir makes an object of each name
        except OSError:
            return ()
        return [day for name in names if (day := day_file.day_of(name)) is not None]

    def listing(self, day: date) -> Listing | None:
        """A listing day's rows and states, without abstracts."""
        path = self._path(day)
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
            self._notice(f"{path} cannot be read ({error.strerror}); that listing day is left out.")
            return None
        return self._decoded(path, day, head, stamp)

    def paper(self, row: Row) -> Paper:
        """The whole paper of a row, read by its offset. Raises ArchiveUnusable when it is gone or damaged."""
        day = date.fromisoformat(row.listed)
        path = self._path(day)
        paper = self._read(path, row)
        if paper is None:
            # Another process may have replaced the file since the row was read.
            paper = self._read_anew(path, day, row.id)
        if paper is None:
            raise ArchiveUnusable(
                f"The abstract of {row.id} cannot be read: {path} is damaged or gone. "
                "Fetching again may bring it back; every decision is kept."
            )
        return paper

    def find(self, key: str) -> Paper | None:
        """The latest version seen of a paper, in any listing day."""
        mark, best = day_file.row_mark(key), None
        for day in reversed(self.days()):
            # Heads are searched as bytes and parsed only where the paper is: milliseconds for a year of days.
            try:
                head, stamp = day_file.read_head(self._path(day))
            except OSError:
                continue
            if mark not in head:
                continue
            listing = self._decoded(self._path(day), day, head, stamp)
            row = next((row for row in listing.rows if row.id == key), None) if listing else None
            if row is not None and (best is None or (row.version or 0) > (best.version or 0)):
                best = row
        if best is None:
            return None
        try:
            return self.paper(best)
        except Unreachable:
            return None

    def texts(self, day: date) -> Iterator[tuple[str, str]]:
        """Id and searchable text (title, authors, abstract as shown and received, casefolded), row by row."""
        listing = self.listing(day)
        for row in listing.rows if listing else ():
            try:
                paper = self.paper(row)
            except Unreachable:
                paper = Paper(row.id, row.title)
            parts = (paper.title, ", ".join(paper.authors), paper.abstract)
            converted = [shown for part in parts if (shown := tex.to_unicode(part)) != part]
            both = "\n".join((paper.id, *parts, *converted))
            yield row.id, both.casefold()

    def store(
        self,
        day: date,
        papers: Sequence[Paper],
        states: Mapping[str, ListingState],
        *,
        anew: bool = False,
    ) -> Listing:
        """Merge papers and states into a listing day; one paper once, the strongest kind, the latest version.

        `anew`: the categories of the states were announced with these papers and no others. Raises
        ArchiveUnusable when the file cannot be written.
        """
        path = self._path(day)
        listed = day.isoformat()
        try:
            with files.locked(self._folder):
                before = self.listing(day)
                if before is None and path.exists():
                    raise ArchiveUnusable(
                        f"{path} is not a listing day this version can read; it is left alone."
                    )
                together = in_order(
                    [*self._whole(path, before), *(replace(paper, listed=listed) for paper in papers)]
                )
                states_now = dict(before.states) if before else {}
                for name, state in states.items():
                    states_now[name] = standing(states_now.get(name), state)
                members = _members(before, together, papers, states, anew=anew)
                files.replace_file(path, day_file.encoded(day, together, states_now, members))
                self._index.put(day, states_now)
        except OSError as error:
            raise self._unwritable(error) from error
        listing = self.listing(day)
        if listing is None:
            raise ArchiveUnusable(f"{path} was written but cannot be read back; is the disk failing?")
        return listing

    def remember(self, day: date, states: Mapping[str, ListingState]) -> None:
        """Keep what arXiv said of categories on a day of which no listing came.

        Raises ArchiveUnusable when the file cannot be written.
        """
        try:
            with files.locked(self._folder):
                self._index.put(day, states)
        except OSError as error:
            raise self._unwritable(error) from error

    def states(self, category: str) -> Mapping[date, ListingState]:
        """What is known of a category, by listing day, whether a listing came of it or not."""
        return self._index.of(category)

    def categories(self) -> Sequence[str]:
        """The categories of which anything is known, in alphabetical order."""
        return self._index.categories()

    def stamp(self) -> object:
        """Something that is another when any listing or state may be another; cheap to ask for."""
        return self._index.stamp

    def is_claimed(self) -> bool:
        """Tell whether another process is fetching into this archive at this moment."""
        return files.is_claimed(self._folder)

    @contextmanager
    def claim(self) -> Iterator[None]:
        """Let no other process fetch into this archive while inside. Raises ArchiveUnusable."""
        with ExitStack() as held:
            try:
                held.enter_context(files.claimed(self._folder))
            except OSError as error:
                raise self._unwritable(error) from error
            yield

    def _path(self, day: date) -> Path:
        return self._folder / f"{day.isoformat()}.jsonl"

    def _notice(self, sentence: str) -> None:
        if sentence not in self._notices:
            self._notices.append(sentence)

    def _unwritable(self, error: OSError) -> ArchiveUnusable:
        return ArchiveUnusable(
            f"The archive in {self._folder} cannot be written ({error.strerror or error}): "
            "make room or give write access, then fetch again. What it held is as it was."
        )

    def _decoded(self, path: Path, day: date, head: bytes, stamp: day_file.Stamp) -> Listing | None:
        try:
            listing = day_file.decode_head(head, day, stamp.size)
        except day_file.NewerForm:
            self._notice(f"{path} was written by a newer version of triage; it is left alone.")
            return None
        except ValueError:
            if not self._may_set_aside:
                self._notice(f"{path} is damaged; that listing day is left out.")
                return None
            aside = files.set_aside(path)
            where = f"It is set aside as {aside.name}." if aside else "It could not be set aside."
            self._notice(f"{path} is damaged and left out. {where} Fetching again may bring it back.")
            return None
        if not listing.is_whole:
            self._notice(
                f"{path} is not as long as it should be: some abstracts are missing. Fetching again may help."
            )
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

    def _whole(self, path: Path, listing: Listing | None) -> list[Paper]:
        """Every paper of a day; of one whose record is damaged, what its row says: the file is set aside."""
        papers, damaged = [], 0
        for row in listing.rows if listing else ():
            paper = self._read(path, row)
            damaged += paper is None
            papers.append(
                paper or Paper(row.id, row.title, version=row.version, kind=row.kind, listed=row.listed)
            )
        if damaged:
            aside = files.set_aside(path, copy=True)
            where = f"; the damaged file is kept as {aside.name}" if aside else ""
            self._notice(f"{path} had {damaged} damaged abstracts{where}.")
        return papers

    def _index_damaged(self, path: Path) -> None:
        aside = files.set_aside(path) if self._may_set_aside else None
        where = f" and set aside as {aside.name}" if aside else ""
        self._notice(f"{path} is damaged{where}; it is made anew from the listing days.")


def _members(
    before: Listing | None,
    together: Sequence[Paper],
    papers: Sequence[Paper],
    states: Mapping[str, ListingState],
    *,
    anew: bool,
) -> dict[str, list[int]]:
    """By category the places, in the papers together, of those it was announced with.

    What is stored with the states of categories was announced with these; details come without states.
    """
    ids: dict[str, set[str]] = {}
    if before is not None:
        ids = {name: {before.rows[at].id for at in rows} for name, rows in before.members.items()}
    for name in states:
        known = set() if anew else ids.get(name, set())
        ids[name] = known.union(paper.id for paper in papers)
    return {
        name: [at for at, paper in enumerate(together) if paper.id in announced]
        for name, announced in ids.items()
    }


def open_archive(data: Path, *, set_aside: bool = True) -> DiskArchive:
    """The archive of a data folder (`DIR`), in `DIR/archive`; nothing is made before something is stored.

    `set_aside` false leaves damaged files where they are: for a folder that is only read.
    """
    return DiskArchive(data / "archive", set_aside=set_aside)
