"""library.json held against the journals: every document must be what the Steps make."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple, TypeAlias

from triage.document import Document, Heads, apply_change
from triage.library import edit, lost, snapshot
from triage.library.check_journal import Journals
from triage.library.fold import Order, distinct
from triage.library.haul_index import HaulIndex
from triage.library.journal import Mark
from triage.library.stored import ID, DamagedSnapshot, OpenFile, StoredTable
from triage.ports import LibraryUnusable
from triage.steps import PAPERS, TABLES, Change, Step

_AT_ONCE = 64
_STAMP = len("20261120T083000Z")
"""How long the moment in a name is."""
Documents: TypeAlias = Mapping[str, Mapping[str, Document]]
"""By table and id."""


class Made(NamedTuple):
    """What Steps make."""

    documents: Documents
    heads: Heads


class Shot(NamedTuple):
    """A library.json that is whole: what it holds, and up to where in which journal."""

    documents: Documents
    heads: Heads
    marks: Mapping[str, Mark]
    numbers: Mapping[str, int]
    highest: Order
    in_hauls: HaulIndex

    def belongs_to(self, journals: Journals) -> bool:
        """Tell whether it was made of these journals, whatever became of them since.

        Of a journal that was cut short the bytes do not tell; something of what its Steps make must be here.
        """
        if not (journals.every and self.marks):
            return True
        there = {name: mark for name, mark in self.marks.items() if mark.offset and name in journals.files}
        whole = {name: mark for name, mark in there.items() if mark.offset <= len(journals.files[name].data)}
        if not there or not all(journals.files[name].may_have_fit(mark) for name, mark in whole.items()):
            return False
        if len(whole) == len(there):
            return True
        expected = made(self.made_of(journals)).documents
        return any(expected[name].keys() & self.documents[name].keys() for name in TABLES)

    def may_have_fit(self, journals: Journals) -> bool:
        """Tell whether the bytes of every journal that is here, and was in, say so, or are damaged there."""
        there = {name: mark for name, mark in self.marks.items() if mark.offset and name in journals.files}
        return bool(there) and all(journals.files[name].may_have_fit(mark) for name, mark in there.items())

    def belonged_to(self, journals: Journals) -> bool:
        """As `may_have_fit`, where this machine's journal may have been put back to an earlier one, too.

        Another machine's that is shorter than it was may be on its way here.
        """
        there = {name: mark for name, mark in self.marks.items() if mark.offset and name in journals.files}
        return (
            bool(there)
            and all(
                journals.files[name].may_have_fit(mark) or journals.journal.is_own(name)
                for name, mark in there.items()
            )
            and self.belongs_to(journals)
        )

    def coming(self, journals: Journals) -> list[str]:
        """The files of other machines that a syncing program is bringing: missing here, or not all here.

        None where that is not all that does not fit, or nothing fits.
        """
        coming, fits = [], False
        for name, mark in self.marks.items():
            file = journals.files.get(name)
            if file is not None and file.may_have_fit(mark):
                fits = fits or mark.offset > 0
            elif journals.journal.is_own(name) or (file is not None and len(file.data) >= mark.offset):
                return []
            else:
                coming.append(name)
        return coming if fits else []

    def fits(self, journals: Journals) -> bool:
        """Tell whether every journal still holds what it was made of, as it was."""
        return all(
            name in journals.files and journals.files[name].fits(mark)
            for name, mark in self.marks.items()
            if mark.offset
        )

    def made_of(self, journals: Journals) -> list[Step]:
        """The Steps that it must hold, of those that can be read or are one bit off, in their order."""
        mended = [step for step in journals.mended if step.number <= self.numbers.get(step.machine, 0)]
        return distinct([*(step for step, is_in in self._steps(journals) if is_in), *mended])[0]

    def newer(self, journals: Journals) -> list[Step]:
        """The Steps that came after it was written."""
        before = {(step.machine, step.number) for step in self.made_of(journals)}
        return [
            step
            for step in distinct(step for step, is_in in self._steps(journals) if not is_in)[0]
            if (step.machine, step.number) not in before
        ]

    def _steps(self, journals: Journals) -> Iterator[tuple[Step, bool]]:
        """Every Step, and whether it is in: by its place in a file that is as it was, else by its number."""
        for name, file in journals.files.items():
            mark = self.marks.get(name, Mark())
            by_place = not mark.offset or file.may_have_fit(mark)
            for line in file.lines:
                for read in line.steps:
                    number = self.numbers.get(read.step.machine, 0)
                    yield read.step, line.end <= mark.offset if by_place else read.step.number <= number


def read(folder: Path, name: str = snapshot.NAME) -> Shot | None:
    """What library.json holds, or one that was set aside under a name; None when there is none.

    Raises DamagedSnapshot, OSError, and LibraryUnusable when a newer triage wrote it.
    """
    found = snapshot.read(folder, name)
    if found is None:
        return None
    state = found.state
    tables = state.tables
    documents = {name: {one[ID]: one for one in tables.all(name)} for name in TABLES}
    for stored in tables.stored.values():
        _check_blocks(stored)
    # What another program reads, and what is found by the places of the blocks, must be one and the same.
    if tables.stored and _as_tinydb_reads(tables.stored[PAPERS].file) != documents:
        raise DamagedSnapshot("was changed by another program")
    return Shot(documents, tables.heads, state.marks, state.numbers, state.highest, tables.index)


def set_aside(folder: Path, journals: Journals) -> Iterator[Shot]:
    """Each library.json that was set aside and may show what lost Steps did, the last one first.

    One that opened as damaged is set aside because a journal was hit; it is whole. None that is older
    than a journal's last replacement tells by the places in it.
    """
    for name, when in snapshot.aside(folder):
        with suppress(DamagedSnapshot, LibraryUnusable, OSError):
            shot = read(folder, name)
            if shot is not None and shot.belonged_to(journals) and not _replaced(folder, shot, when):
                yield shot


def _replaced(folder: Path, shot: Shot, since: str) -> bool:
    """Tell whether a journal that is in it was replaced by a repair since then."""
    kept = [path.name for path in (folder / lost.FOLDER).glob("*")]
    whens = [
        one.removeprefix(f"{name}.") for name in shot.marks for one in kept if one.startswith(f"{name}.")
    ]
    return any(len(when) >= _STAMP and when >= since[:_STAMP] for when in whens)


def _check_blocks(stored: StoredTable) -> None:
    """Raise DamagedSnapshot unless every document is where it is looked for."""
    for block in stored.blocks:
        keys = [key for key, _ in stored.lines(block)]
        if not keys or keys[0] != block.first or len(keys) != block.documents or keys != sorted(keys):
            raise DamagedSnapshot("is wrong on where its documents lie")


def _as_tinydb_reads(file: OpenFile) -> Documents:
    try:
        tables = json.loads(file.read(0, file.size))
        return {name: {document[ID]: document for document in tables[name].values()} for name in TABLES}
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise DamagedSnapshot("cannot be read") from error


def made(steps: Sequence[Step], heard: Callable[[int], None] = lambda _: None) -> Made:
    """The documents that Steps in their order make, folded here from scratch.

    `heard` hears now and then how many are done.
    """
    documents: dict[str, dict[str, Document]] = {name: {} for name in TABLES}
    heads: Heads = {}
    for done, step in enumerate(steps):
        if done % _AT_ONCE == 0:
            heard(done)
        touched = set()
        for change in step.changes:
            if change.table in documents and change.path[0] != ID:
                document = documents[change.table].setdefault(change.key, {ID: change.key})
                apply_change(document, change, step, heads)
                touched.add((change.table, change.key))
        for table, key in touched:
            if len(documents[table][key]) == 1:
                del documents[table][key]
    return Made(documents, heads)


def index_of(documents: Documents) -> HaulIndex:
    """Which documents are in which haul."""
    index = HaulIndex()
    for table, inside in documents.items():
        for key, document in inside.items():
            index.take(table, key, None, document)
    return index


def differences(one: Documents, two: Documents) -> list[tuple[str, str]]:
    """Table and id of the documents that are not the same in both."""
    found = []
    for name in TABLES:
        here, there = one.get(name, {}), two.get(name, {})
        found += [(name, key) for key in sorted({*here, *there}) if here.get(key) != there.get(key)]
    return found


def changes(before: Documents, after: Documents) -> Iterator[Change]:
    """What turns the documents of the one into those of the other, field by field."""
    for table, key in differences(before, after):
        yield from edit.differences(table, key, (), before[table].get(key, {}), after[table].get(key, {}))


def untouched(every: Iterable[Change], later: Sequence[Step]) -> list[Change]:
    """The changes of fields that no later Step has set, nor what is above or below them."""
    touched: dict[tuple[str, str], list[tuple[str, ...]]] = {}
    for step in later:
        for one in step.changes:
            touched.setdefault((one.table, one.key), []).append(one.path)
    return [
        one
        for one in every
        if not any(
            path[: len(one.path)] == one.path[: len(path)] for path in touched.get((one.table, one.key), ())
        )
    ]
