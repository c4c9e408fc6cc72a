"""Repairing the archive: what can be read stays, what cannot is set aside, and its day is owed again."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from triage import clean
from triage.archive import check_day, day_file, files, state_index
from triage.archive.as_written import as_written
from triage.archive.check import day_paths
from triage.archive.check_day import DayRead
from triage.archive.pages import PageShelf
from triage.archive.reader import Reader
from triage.archive.together import Held, members, together
from triage.findings import Mended, Progress, counted
from triage.ledger import damaged
from triage.paper import Paper
from triage.ports import ArchiveUnusable


class ArchiveRepair:
    """`findings.Mending` of the listing days, the ledger and the kept pages of a folder."""

    def __init__(self, folder: Path) -> None:
        """`folder`: the archive's own, DIR/archive."""
        self._folder = folder

    def mend(self, progress: Progress) -> Iterator[Mended]:
        """What became of each damaged thing. Raises ArchiveUnusable."""
        try:
            if not self._folder.is_dir():
                return
            yield from self._mend_ledger()
            paths = day_paths(self._folder, [])
            for place, path in enumerate(paths):
                progress("repairing the archive", place, len(paths))
                day = day_file.day_of(path.name)
                if day is not None:
                    yield from self._mend_day(path, day)
            yield from self._mend_pages()
        except OSError as error:
            raise ArchiveUnusable(
                f"The repair ended early: {_shown(self._folder)} cannot be written "
                f"({error.strerror or error}). Nothing is lost; make room or give write access, then run "
                "`triage repair` again."
            ) from error

    def _index(self) -> state_index.StateIndex:
        """The ledger, for which no listing is set aside: papers of a damaged one may still be read."""
        return state_index.StateIndex(self._folder, Reader(self._folder, set_aside=False))

    def _mend_day(self, path: Path, day: date) -> Iterator[Mended]:
        try:
            if check_day.read(path.read_bytes(), day).is_sound:
                return
            with files.locked(self._folder):
                data = path.read_bytes()
                as_it_is = check_day.read(data, day)
                if as_it_is.is_sound:  # whoever held the lock brought it back
                    return
                aside = files.set_aside(path, copy=True)
                if aside is None:
                    raise ArchiveUnusable(f"{_shown(path)} is damaged, and cannot be given a second name.")
                read = check_day.read(data, day, mend=True)
                held = _held(read)
                content = day_file.encoded(day, held.papers, held.states, held.places(), held.lost)
                files.replace_file(path, content)
                self._index().settle(day, held.states, written=path.stat())
        except (FileNotFoundError, day_file.NewerForm):
            return
        yield Mended(
            _told(path, data, as_it_is, read),
            "archive",
            f"archive/{path.name}",
            size=len(data),
            kept=str(aside),
        )

    def _mend_ledger(self) -> Iterator[Mended]:
        path = self._folder / state_index.NAME
        try:
            data = path.read_bytes()
            state_index.check(data)
        except (FileNotFoundError, day_file.NewerForm):
            return
        except ValueError:
            right = as_written(data.replace(b"\r\n", b"\n").removesuffix(b"\n"))
            with files.locked(self._folder):
                aside = files.set_aside(path)
                if right is not None:
                    files.replace_file(path, right + b"\n")
                else:
                    self._index().write_anew()
            what = _brought_back(data) if right else "was made anew of the listing days"
            yield Mended(f"{_shown(path)} {what}.", "archive", f"archive/{path.name}",
                         size=len(data),
                         kept=str(aside) if aside else "")  # fmt: skip

    def _mend_pages(self) -> Iterator[Mended]:
        shelf = PageShelf(self._folder / "pages")
        for path in shelf.files():
            if not shelf.is_whole(path):
                size = path.stat().st_size
                aside = shelf.set_aside(path)
                if aside is not None:
                    yield Mended(f"{_shown(path)} was damaged: it was set aside.", "full texts",
                                 f"archive/pages/{path.name}", size=size, kept=str(aside))  # fmt: skip


def _held(read: DayRead) -> Held:
    """What is left of a day: of papers that cannot be read the row; the states say that some are lost."""
    listing = read.listing
    if listing is None:
        # Nobody knows whose these are; they stay until every category's listing came again.
        return Held(
            [record.paper for record in read.records if record.paper is not None], frozenset(), {}, {}
        )
    known = {record.key: record.paper for record in read.records}
    papers = [known.get(row.id) or Paper.of_row(row) for row in listing.rows]
    lost = {row.id for row in listing.rows if known.get(row.id) is None}
    states = dict(listing.states)
    if not read.head_fits:
        states = {name: damaged(state) if state.has_listing else state for name, state in states.items()}
    return together(Held(papers, lost, states, members(listing)), (), {})


def _brought_back(data: bytes) -> str:
    """What was wrong with a file that is as it was again."""
    if b"\r\n" in data:
        return "had other ends of lines than were written, and is whole again"
    return "was one bit off, and is whole again"


def _told(path: Path, data: bytes, before: DayRead, after: DayRead) -> str:
    lost = len(after.damaged)
    brought_back = len(before.damaged) - lost
    where = _shown(path)
    if after.listing is None:
        return (
            f"Line 1 of {where} was damaged: {counted(len(after.records), 'paper')} could be read and were "
            "kept; the next fetch brings the day again."
        )
    if not after.is_sound:
        abstracts = counted(lost, "abstract")
        what = f"{abstracts} could not be read" if lost else "its first line could not be brought back"
        return f"{where} was damaged: {what}; all else was kept, and the next fetch brings the day again."
    if not before.head_fits or brought_back:
        return f"{where} {_brought_back(data)}."
    return f"{where} was not as long as it was; every paper of it could be read."


def _shown(path: Path) -> str:
    return clean.name(str(path))
