"""The library's documents in memory: by TinyDB's doc_id, by their own id, and by haul."""

from collections.abc import Iterator, Mapping

from triage.document import Document, Heads, apply_change, value_at
from triage.steps import CURRENT, HAULS, TABLES, Change, Json, Step

ID = "id"


class Tables:
    """The documents that the Steps so far make; a Step costs what it changes, however many there are."""

    def __init__(
        self, documents: Mapping[str, dict[str, Document]] | None = None, heads: Heads | None = None
    ) -> None:
        """`documents`: by table and doc_id, as a snapshot holds them; they are taken over, not copied.

        Raises TypeError or KeyError for what is no document, ValueError for an id that two documents have.
        """
        given = documents or {}
        self.documents: dict[str, dict[str, Document]] = {name: given.get(name, {}) for name in TABLES}
        """By table and doc_id, in TinyDB's own shape."""
        self.heads: Heads = heads or {}
        self._doc_ids: dict[str, dict[str, str]] = {}
        self._in_haul: dict[str, dict[str, dict[str, None]]] = {name: {} for name in TABLES}
        self._next_id: dict[str, int] = {}
        for name, table in self.documents.items():
            doc_ids = self._doc_ids[name] = {document[ID]: doc_id for doc_id, document in table.items()}
            if len(doc_ids) != len(table):
                raise ValueError(f"two documents of {name} have one id")
            self._next_id[name] = 1 + max(map(int, table), default=0)
            in_haul = self._in_haul[name]
            for document in [one for one in table.values() if "haul" in one]:
                if isinstance(haul := document["haul"], str):
                    in_haul.setdefault(haul, {})[document[ID]] = None

    def table(self, name: str) -> dict[str, Document]:
        """A table's documents by doc_id. Raises ValueError when there is no such table."""
        if name not in self.documents:
            raise ValueError(f"the library has no table {name!r}")
        return self.documents[name]

    def get(self, table: str, key: str) -> Document | None:
        """A document by its id: the one in use, to be read and not handed out."""
        doc_id = self._doc_ids[table].get(key)
        return None if doc_id is None else self.documents[table][doc_id]

    def all(self, table: str) -> Iterator[Document]:
        """A table's documents as they are now; later changes do not disturb the iteration."""
        return iter(list(self.documents[table].values()))

    def in_haul(self, table: str, haul: str) -> list[Document]:
        """The documents of a haul by rising id."""
        keys = sorted(self._in_haul[table].get(haul, ()))
        return [found for key in keys if (found := self.get(table, key)) is not None]

    def hauls(self, paper: str | None = None) -> list[Document]:
        """The published and imported hauls by rising number; those that have an entry of a paper."""
        done = [one for one in self.documents[HAULS].values() if one[ID] != CURRENT]
        if paper is not None:
            done = [one for one in done if paper in (one.get("entries") or ())]
        return sorted(done, key=_number)

    def now(self, change: Change) -> Json:
        """What the field of a change holds."""
        document = self.get(change.table, change.key)
        return None if document is None else value_at(document, change.path)

    def take_doc_id(self, table: str) -> int:
        """A doc_id that no document has and none will be given. Raises ValueError as `table` does."""
        self.table(table)
        taken = self._next_id[table]
        self._next_id[table] = taken + 1
        return taken

    def doc_id(self, table: str, key: str) -> int | None:
        """TinyDB's number of a document."""
        found = self._doc_ids[table].get(key)
        return None if found is None else int(found)

    def apply(self, step: Step, doc_ids: Mapping[tuple[str, str], int] | None = None) -> None:
        """Bring a Step's changes in. `doc_ids` are the numbers that new documents were promised."""
        touched: dict[tuple[str, str], tuple[Document, Json]] = {}
        for change in step.changes:
            if change.table not in self.documents or change.path[0] == ID:
                continue
            place = (change.table, change.key)
            if place not in touched:
                document = self.get(*place) or {ID: change.key}
                touched[place] = (document, document.get("haul"))
            apply_change(touched[place][0], change, step, self.heads)
        for (table, key), (document, haul_before) in touched.items():
            self._settle(table, key, document, haul_before, doc_ids)

    def _settle(
        self,
        table: str,
        key: str,
        document: Document,
        haul_before: Json,
        doc_ids: Mapping[tuple[str, str], int] | None,
    ) -> None:
        """Make the indexes agree with a changed document; one that only has its id left is no more."""
        haul = document.get("haul")
        if haul != haul_before:
            in_haul = self._in_haul[table]
            if isinstance(haul_before, str):
                in_haul.get(haul_before, {}).pop(key, None)
            if isinstance(haul, str):
                in_haul.setdefault(haul, {})[key] = None
        doc_id = self._doc_ids[table].get(key)
        if len(document) > 1 and doc_id is None:
            promised = (doc_ids or {}).get((table, key))
            number = self.take_doc_id(table) if promised is None else promised
            self._next_id[table] = max(self._next_id[table], number + 1)
            self._doc_ids[table][key] = str(number)
            self.documents[table][str(number)] = document
        elif len(document) == 1 and doc_id is not None:
            del self._doc_ids[table][key]
            del self.documents[table][doc_id]


def _number(haul: Document) -> tuple[float, str]:
    number = haul.get("number")
    return (number if isinstance(number, int | float) else 0, haul[ID])
