"""TinyDB over the journals: its own calls work on the library's tables, and a change becomes one Step."""

from collections.abc import Callable, ItemsView, Iterable, Iterator, Mapping, MutableMapping
from typing import Any

from tinydb import TinyDB
from tinydb.storages import Storage
from tinydb.table import Document as TinyDocument
from tinydb.table import Table

from triage.document import Document, copied
from triage.library.edit import Edit, differences
from triage.library.stored import ID
from triage.library.tables import Held, Tables
from triage.steps import TABLES, Change


class CopiedDocument(TinyDocument):
    """A document that shares nothing with the one in the table."""

    def __init__(self, value: Mapping[str, Any], doc_id: int) -> None:
        super().__init__(copied(dict(value)), doc_id)


class View(Mapping[str, Document]):
    """A table as TinyDB reads it: documents by their number as text."""

    def __init__(self, tables: Tables, name: str) -> None:
        self._tables = tables
        self._name = name

    def __getitem__(self, number: str) -> Document:
        found = self._tables.numbered(self._name, int(number))
        if found is None:
            raise KeyError(number)
        return found

    def __iter__(self) -> Iterator[str]:
        return (str(number) for number, _ in self._tables.every(self._name))

    def __len__(self) -> int:
        return self._tables.count(self._name)

    def items(self) -> ItemsView[str, Document]:
        """All of them, read in the order in which they stand."""
        return _Items(self, self._tables.every(self._name))


class _Items(ItemsView[str, Document]):
    def __init__(self, view: View, every: Iterator[Held]) -> None:
        super().__init__(view)
        self._every = every

    def __iter__(self) -> Iterator[tuple[str, Document]]:
        return ((str(number), document) for number, document in self._every)


class JournalStorage(Storage):
    """The library's tables, as TinyDB reads them; a write is turned into a Step."""

    def __init__(
        self, tables: Callable[[], Tables], write: Callable[[Callable[[Tables], Edit]], object]
    ) -> None:
        """`write` appends the Step that a function of the tables, as they are under the lock, makes."""
        self._tables = tables
        self._write = write

    def read(self) -> dict[str, Any]:
        """Every table by its name, to be read only."""
        tables = self._tables()
        return {name: View(tables, name) for name in TABLES}

    def write(self, data: dict[str, dict[str, Any]]) -> None:
        """Make the tables what is given: one Step that holds the differences. Raises NotSaved, ValueError."""

        def edit(tables: Tables) -> Edit:
            overlays = [Overlay(tables, name) for name in TABLES]
            for overlay in overlays:
                given = {int(number): document for number, document in data.get(overlay.name, {}).items()}
                for number in [number for number in overlay if number not in given]:
                    del overlay[number]
                for number, document in given.items():
                    overlay[number] = dict(document)
            return joined(overlays)

        for name in data:
            _check(name)
        self._write(edit)

    def update(self, name: str, updater: Callable[[Any], None]) -> None:
        """Let TinyDB change a table's documents: one Step. Raises NotSaved, ValueError, TypeError."""

        def edit(tables: Tables) -> Edit:
            overlay = Overlay(tables, name)
            updater(overlay)
            return joined([overlay])

        _check(name)
        self._write(edit)

    def take_doc_id(self, name: str) -> int:
        """The number of a document about to be inserted. Raises ValueError."""
        _check(name)
        return self._tables().take_doc_id(name)


class JournalTable(Table):
    """A table whose changes cost what they touch, not what the table holds."""

    document_class = CopiedDocument

    def __init__(self, storage: Storage, name: str, cache_size: int = 0, persist_empty: bool = False) -> None:
        # TinyDB's cache of queries would hand out one document twice, and old ones after others wrote: none
        # here.
        if not isinstance(storage, JournalStorage):
            raise TypeError("this table needs the journals below it")
        self._journals = storage
        super().__init__(storage, name, cache_size, persist_empty)

    def _get_next_id(self) -> int:
        return self._journals.take_doc_id(self.name)

    def _read_table(self) -> dict[str, Mapping[str, Any]]:
        # TinyDB only reads it; a mapping does.
        found: dict[str, Mapping[str, Any]] = self._journals.read().get(self.name, {})
        return found

    def _update_table(self, updater: Callable[[Any], None]) -> None:
        self._journals.update(self.name, updater)


class JournalDatabase(TinyDB):
    """TinyDB with the journals below it."""

    table_class = JournalTable


class Overlay(MutableMapping[int, Document]):
    """A table as TinyDB's updaters want it; what they touch are copies, compared afterwards."""

    def __init__(self, tables: Tables, name: str) -> None:
        self.name = name
        self._tables = tables
        self._documents = View(tables, name)
        self._touched: dict[int, Document | None] = {}

    def __getitem__(self, doc_id: int) -> Document:
        if doc_id not in self._touched:
            self._touched[doc_id] = copied(self._documents[str(doc_id)])
        found = self._touched[doc_id]
        if found is None:
            raise KeyError(doc_id)
        return found

    def __setitem__(self, doc_id: int, document: Document) -> None:
        if type(doc_id) is not int:
            raise ValueError(f"a doc_id is a whole number, not {doc_id!r}")
        self._touched[doc_id] = document

    def __delitem__(self, doc_id: int) -> None:
        if doc_id not in self:
            raise KeyError(doc_id)
        self._touched[doc_id] = None

    def __contains__(self, doc_id: object) -> bool:
        if doc_id in self._touched:
            return self._touched[doc_id] is not None
        return str(doc_id) in self._documents

    def __iter__(self) -> Iterator[int]:
        yield from [number for text in self._documents if (number := int(text)) in self]
        yield from [number for number, document in self._touched.items()
                    if document is not None and str(number) not in self._documents]  # fmt: skip

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def edit(self) -> tuple[list[Change], dict[tuple[str, str], int]]:
        """The changes made, field by field, and the numbers of new documents.

        Raises ValueError for a document without an id of its own, or with nothing else.
        """
        changes: list[Change] = []
        doc_ids: dict[tuple[str, str], int] = {}
        removed = {
            self._documents[str(doc_id)][ID]
            for doc_id, document in self._touched.items()
            if document is None and str(doc_id) in self._documents
        }
        for doc_id, document in self._touched.items():
            before = self._documents.get(str(doc_id), {})
            key = before.get(ID) if document is None else document.get(ID)
            if document is not None:
                if not isinstance(key, str) or not key or before.get(ID, key) != key:
                    raise ValueError(
                        f"a document of {self.name} needs a text of its own, that stays, in the field {ID!r}"
                    )
                if not before:
                    there = self._tables.held(self.name, key) is not None and key not in removed
                    if there or (self.name, key) in doc_ids:
                        raise ValueError(f"{self.name} has a document with the {ID} {key!r} already")
                    doc_ids[self.name, key] = doc_id
                if len(document) < 2:
                    raise ValueError(f"a document of {self.name} needs a field besides {ID!r}")
            if key is not None:
                changes += differences(self.name, key, (), before, document or {})
        return changes, doc_ids


def _check(name: str) -> None:
    if name not in TABLES:
        raise ValueError(f"the library has no table {name!r}")


def joined(overlays: Iterable[Overlay]) -> Edit:
    """One edit of what was changed in several tables."""
    changes: list[Change] = []
    doc_ids: dict[tuple[str, str], int] = {}
    for overlay in overlays:
        more, numbers = overlay.edit()
        changes += more
        doc_ids |= numbers
    return Edit("change", tuple(changes), doc_ids=doc_ids)
