"""The archive: listing days on disk, opened by their heads, papers read by offset."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path

from triage import tex
from triage.announcement import in_order
from triage.archive import day_file, files
from triage.archive.reader import Reader
from triage.archive.state_index import StateIndex
from triage.ledger import Listing, ListingState, standing
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
            path = self._reader.path(date.fromisoformat(row.listed))
            raise ArchiveUnusable(
                f"The abstract of {row.id} cannot be read: {path} is damaged or gone. "
                "Fetching again may bring it back; every decision is kept."
            )
        return paper

    def find(self, key: str) -> Paper | None:
        """The latest version seen of a paper, in any listing day."""
        rows = self._reader.rows_of(key)
        best = max(rows, key=lambda row: row.version or 0, default=None)
        return self._reader.paper(best) if best is not None else None

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
        path = self._reader.path(day)
        listed = day.isoformat()
        try:
            with files.locked(self._folder):
                before = self.listing(day)
                if before is None and path.exists():
                    raise ArchiveUnusable(
                        f"{path} is not a listing day this version can read; it is left alone."
                    )
                together = in_order(
                    [*self._reader.whole(path, before), *(replace(paper, listed=listed) for paper in papers)]
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

    def _unwritable(self, error: OSError) -> ArchiveUnusable:
        return ArchiveUnusable(
            f"The archive in {self._folder} cannot be written ({error.strerror or error}): "
            "make room or give write access, then fetch again. What it held is as it was."
        )


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
