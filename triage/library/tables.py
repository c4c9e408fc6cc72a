"""The library's documents: those of library.json as they lie there, and in memory what changed since."""

from collections.abc import Callable, Iterator, Mapping
from typing import TypeAlias, TypeVar

from triage.document import Document, Heads, apply_change, copied, value_at
from triage.library.haul_index import HaulIndex
from triage.library.stored import ID, DamagedSnapshot, StoredTable
from triage.steps import HAULS, TABLES, Change, Json, Step

Held: TypeAlias = tuple[int, Document]
"""A document with TinyDB's number. It is never changed: the next one takes its place."""
Damage: TypeAlias = DamagedSnapshot | OSError
_Got = TypeVar("_Got")


class Tables:
    """The documents that the Steps so far make; a Step costs what it changes, however many there are."""

    def __init__(
        self,
        stored: Mapping[str, StoredTable] | None = None,
        next_ids: Mapping[str, int] | None = None,
        index: HaulIndex | None = None,
        heads: Heads | None = None,
    ) -> None:
        """`stored` is what library.json holds of each table, `next_ids` the numbers that none has there."""
        self.stored = dict(stored or {})
        """What library.json holds of each table; empty when it is not read."""
        self.changed: dict[str, dict[str, Held | None]] = {name: {} for name in TABLES}
        """By table and id what is other than there; None where there is no such document any more."""
        self.next_ids = dict.fromkeys(TABLES, 1) | dict(next_ids or {})
        """By table the number of the next new document."""
        self.index = index or HaulIndex()
        """Which papers and comments are in which haul."""
        self.heads: Heads = heads or {}
        self.on_damage: Callable[[Damage], Tables] | None = None
        """Gives the same tables made of the journals, for when library.json turns out to be damaged."""
        self._keys: dict[str, dict[int, str]] = {name: {} for name in TABLES}
        self._covered = dict.fromkeys(TABLES, 0)

    @classmethod
    def of(cls, documents: Mapping[str, Mapping[str, Document]], heads: Heads) -> "Tables":
        """Tables that are all in memory, of documents by table and by TinyDB's number as text.

        Raises TypeError, KeyError or AttributeError for what is no document, ValueError for an id that two
        documents have.
        """
        made = cls(heads=heads)
        for name in TABLES:
            for number, document in documents.get(name, {}).items():
                if document[ID] in made.changed[name]:
                    raise ValueError(f"two documents of {name} have one id")
                made._put(name, document[ID], None, (int(number), document))
        return made

    def get(self, table: str, key: str) -> Document | None:
        """A document by its id: to be read and not handed out."""
        held = self.held(table, key)
        return None if held is None else held[1]

    def held(self, table: str, key: str) -> Held | None:
        """A document by its id, with TinyDB's number."""
        return self._whole(lambda: self._find(table, key))

    def numbered(self, table: str, number: int) -> Document | None:
        """The document that has a number of TinyDB's. The first time it looks through what is stored."""

        def find() -> str | None:
            key = self._keys[table].get(number)
            if key is None and table in self.stored:
                key = self.stored[table].key_of(number)
            return key

        key = self._whole(find)
        held = None if key is None else self.held(table, key)
        return held[1] if held is not None and held[0] == number else None

    def count(self, table: str) -> int:
        """How many documents a table has."""
        stored = len(self.stored[table]) if table in self.stored else 0
        return stored - self._covered[table] + len(self._keys[table])

    def all(self, table: str) -> Iterator[Document]:
        """A table's documents as they are now; later changes do not disturb the iteration."""
        return (document for _, document in self.every(table))

    def every(self, table: str) -> Iterator[Held]:
        """The same with TinyDB's numbers."""
        if table in self.stored:
            self._whole(lambda: self.stored[table].verify() if table in self.stored else None)
        changed = dict(self.changed[table])
        for held in self.stored[table].documents() if table in self.stored else ():
            if held[1][ID] not in changed:
                yield held
        yield from (held for held in changed.values() if held is not None)

    def in_haul(self, table: str, haul: str) -> list[Document]:
        """The documents of a haul by rising id."""
        return self._those(table, self.index.keys(table, haul))

    def hauls(self, paper: str | None = None) -> list[Document]:
        """The published and imported hauls by rising number; those that have an entry of a paper."""
        return self._those(HAULS, self.index.hauls(paper))

    def now(self, change: Change) -> Json:
        """What the field of a change holds."""
        document = self.get(change.table, change.key)
        return None if document is None else value_at(document, change.path)

    def take_doc_id(self, table: str) -> int:
        """A number that no document has and none will be given."""
        taken = self.next_ids[table]
        self.next_ids[table] = taken + 1
        return taken

    def apply(self, step: Step, doc_ids: Mapping[tuple[str, str], int] | None = None) -> None:
        """Bring a Step's changes in. `doc_ids` are the numbers that new documents were promised."""
        changes = [one for one in step.changes if one.table in self.changed and one.path[0] != ID]
        places = dict.fromkeys((one.table, one.key) for one in changes)
        # All are read before one is changed: where one turns out to be damaged, all are other ones.
        there = self._whole(lambda: {place: self._find(*place) for place in places})
        documents = {
            place: {ID: place[1]} if held is None else copied(held[1]) for place, held in there.items()
        }
        for change in changes:
            apply_change(documents[change.table, change.key], change, step, self.heads)
        for (table, key), document in documents.items():
            before = there[table, key]
            if len(document) == 1:  # one that only has its id left is no more
                self._put(table, key, before, None)
            else:
                promised = (doc_ids or {}).get((table, key))
                number = before[0] if before else promised or self.take_doc_id(table)
                self._put(table, key, before, (number, document))

    def _find(self, table: str, key: str) -> Held | None:
        """A document with its number. Raises as `StoredTable.get`."""
        changed = self.changed[table]
        if key in changed:
            return changed[key]
        return self.stored[table].get(key) if table in self.stored else None

    def _put(self, table: str, key: str, before: Held | None, after: Held | None) -> None:
        """Put a document in the place of another."""
        changed, keys = self.changed[table], self._keys[table]
        if before is not None and key not in changed:
            self._covered[table] += 1
        if before is not None and changed.get(key) is not None:
            del keys[before[0]]
        if after is not None:
            keys[after[0]] = key
            self.next_ids[table] = max(self.next_ids[table], after[0] + 1)
            changed[key] = after
        elif before is not None:
            changed[key] = None
        self.index.take(table, key, before and before[1], after and after[1])

    def _those(self, table: str, keys: list[str]) -> list[Document]:
        return [found for key in keys if (found := self.get(table, key)) is not None]

    def _whole(self, read: Callable[[], _Got]) -> _Got:
        """Read; from the journals where library.json turns out to be damaged. Raises as `StoredTable.get`."""
        try:
            return read()
        except (DamagedSnapshot, OSError) as damage:
            if self.on_damage is None:
                raise
            self._become(self.on_damage(damage))
            return read()

    def _become(self, other: "Tables") -> None:
        """Share everything with other tables."""
        vars(self).update(vars(other))
