"""The archive: listing days on disk, opened by their heads, papers read by offset."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import replace
from datetime import date
from pathlib import Path

from triage import tex
from triage.archive import day_file, files
from triage.archive.files import named
from triage.archive.reader import Reader
from triage.archive.state_index import StateIndex
from triage.archive.together import Held, members, together
from triage.ledger import Completeness, Listing, ListingState, damaged
from triage.paper import Paper, Row
from triage.ports import ArchiveUnusable, Unreachable


class DiskArchive:
    """`ports.Archive` on a folder of files; several processes may read and write it side by side."""

    def __init__(self, folder: Path, *, set_aside: bool = True) -> None:
        """`set_aside` false leaves damaged files where they are: for a folder that is only read."""
        self._folder = folder
        self._reader = Reader(folder, set_aside=set_aside)
        self._index = StateIndex(folder, self._reader)

    @property
    def notices(self) -> Sequence[str]:
        """Sentences on files that were found damaged, each once."""
        return tuple(self._reader.notices)

    def days(self) -> Sequence[date]:
        """The listing days in the archive, oldest first."""
        return self._reader.days()

    def listing(self, day: date) -> Listing | None:
        """A listing day's rows and states, without abstracts."""
        return self._reader.listing(day)

    def paper(self, row: Row) -> Paper:
        """The whole paper of a row, read by its offset. Raises ArchiveUnusable when it is gone or damaged."""
        paper = self._reader.paper(row)
        if paper is None:
            self._take_down(row)
            raise ArchiveUnusable(self._unreadable(row))
        return paper

    def find(self, key: str) -> Paper | None:
        """The latest version seen of a paper that can be read, in any listing day.

        Where none can be read, what the row of the latest tells of it; a notice says so.
        """
        rows = sorted(self._reader.rows_of(key), key=lambda row: row.version or 0, reverse=True)
        for row in rows:
            paper = self._reader.paper(row)
            if paper is not None:
                return paper
            self._take_down(row)
        if not rows:
            return None
        self._reader.notice(self._unreadable(rows[0]))
        return Paper.of_row(rows[0])

    def texts(self, day: date) -> Iterator[tuple[str, str]]:
        """Id and searchable text (title, authors, abstract as shown and received, casefolded), row by row."""
        listing = self.listing(day)
        for row in listing.rows if listing else ():
            try:
                paper = self.paper(row)
            except Unreachable:
                paper = Paper.of_row(row)
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
        path = self._reader.path(day)
        listed = day.isoformat()
        try:
            with files.locked(self._folder):
                before = self.listing(day)
                if before is None and path.exists():
                    raise ArchiveUnusable(
                        f"{named(path)} is not a listing day this version can read; it is left alone. "
                        "Install the newer triage, or move that file away, then fetch again."
                    )
                held = self._held(day, before, states)
                now = together(held, [replace(paper, listed=listed) for paper in papers], states, anew=anew)
                files.replace_file(
                    path, day_file.encoded(day, now.papers, now.states, now.places(), now.lost)
                )
                self._index.settle(day, now.states, written=path.stat())
        except OSError as error:
            raise self._unwritable(error) from error
        listing = self.listing(day)
        if listing is None:
            raise ArchiveUnusable(f"{named(path)} was written but cannot be read back; is the disk failing?")
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

    def _held(self, day: date, listing: Listing | None, names: Iterable[str]) -> Held:
        """What lies here of a day; of its states, and those of further categories, what the ledger says."""
        papers, lost = self._reader.whole(listing)
        told = dict(listing.states) if listing is not None else {}
        for name in dict.fromkeys([*told, *names]):
            # The ledger knows what was found out since the file was written.
            known = self._index.of(name).get(day)
            if known is not None:
                told[name] = known
        return Held(papers, lost, told, members(listing) if listing is not None else {})

    def _take_down(self, row: Row) -> None:
        """Let the ledger say that a paper cannot be read, so that it is fetched again; never raises."""
        if not self._reader.may_set_aside or not self._damaged_by(row):
            return
        with suppress(OSError), files.locked(self._folder):
            # Whoever held the lock may have brought it back.
            if self._reader.paper(row) is None:
                self._index.settle(date.fromisoformat(row.listed), self._damaged_by(row))

    def _damaged_by(self, row: Row) -> Mapping[str, ListingState]:
        """The states that are not true when a paper cannot be read: those that call its listing complete."""
        day = date.fromisoformat(row.listed)
        listing = self.listing(day)
        states = {
            name: self._index.of(name).get(day)
            for name, places in (listing.members if listing is not None else {}).items()
            if listing is not None and any(listing.rows[at].id == row.id for at in places)
        }
        return {
            name: damaged(state)
            for name, state in states.items()
            if state is not None and state.completeness is Completeness.COMPLETE
        }

    def _unreadable(self, row: Row) -> str:
        path = named(self._reader.path(date.fromisoformat(row.listed)))
        return (
            f"The abstract of {row.id} cannot be read: {path} is damaged or gone. "
            "Fetching again may bring it back; every decision is kept."
        )

    def _unwritable(self, error: OSError) -> ArchiveUnusable:
        return ArchiveUnusable(
            f"The archive in {named(self._folder)} cannot be written ({error.strerror or error}): "
            "make room or give write access, then fetch again. What it held is as it was."
        )


def open_archive(data: Path, *, set_aside: bool = True) -> DiskArchive:
    """The archive of a data folder (`DIR`), in `DIR/archive`; nothing is made before something is stored.

    `set_aside` false leaves damaged files where they are: for a folder that is only read.
    """
    return DiskArchive(data / "archive", set_aside=set_aside)
