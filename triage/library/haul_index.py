"""Which papers and comments are in which haul, so that nobody has to look through all of them."""

from collections.abc import Mapping
from typing import Any

from triage.document import Document
from triage.steps import COMMENTS, CURRENT, HAULS, TABLES, Json

_Keys = dict[str, None]
"""Ids in the order in which they came, each once."""


class HaulIndex:
    """Kept in step with the documents, and kept in library.json with them."""

    def __init__(self) -> None:
        self._in_haul: dict[str, dict[str, _Keys]] = {name: {} for name in TABLES}
        self._numbers: dict[str, float] = {}
        self._entries: dict[str, _Keys] = {}

    @classmethod
    def from_record(cls, record: Mapping[str, Any]) -> "HaulIndex":
        """The index that `as_record` made. Raises KeyError, TypeError, ValueError, AttributeError."""
        made = cls()
        for name, hauls in record["in_haul"].items():
            made._in_haul[name] = {haul: dict.fromkeys(keys) for haul, keys in hauls.items()}
        for key, (number, entries) in record["hauls"].items():
            made._numbers[key] = number
            made._entries[key] = dict.fromkeys(entries)
        return made

    def as_record(self) -> dict[str, Json]:
        """The index as JSON holds it."""
        return {
            "in_haul": {name: {haul: list(keys) for haul, keys in hauls.items() if keys}
                        for name, hauls in self._in_haul.items()},
            "hauls": {key: [number, list(self._entries[key])] for key, number in self._numbers.items()},
        }  # fmt: skip

    def keys(self, table: str, haul: str) -> list[str]:
        """The ids of a haul's documents in a table, rising."""
        return sorted(self._in_haul[table].get(haul, ()))

    def hauls(self, paper: str | None = None) -> list[str]:
        """The ids of the published and imported hauls by rising number; those with an entry of a paper."""
        found = (
            self._numbers if paper is None else (key for key in self._numbers if paper in self._entries[key])
        )
        return sorted(found, key=lambda key: (self._numbers[key], key))

    @property
    def numbers(self) -> Mapping[str, int]:
        """The numbers of the published and imported hauls by their id."""
        return {key: int(number) for key, number in self._numbers.items()}

    def take(self, table: str, key: str, before: Document | None, after: Document | None) -> None:
        """Bring in that a document is another now; None where there is none."""
        left, entered = _haul(table, before), _haul(table, after)
        if left != entered:
            in_haul = self._in_haul[table]
            if left is not None:
                in_haul.get(left, {}).pop(key, None)
            if entered is not None:
                in_haul.setdefault(entered, {})[key] = None
        if table == HAULS:
            if after is not None and is_haul(key, after):
                self._numbers[key] = _number(after)
                self._entries[key] = dict.fromkeys(after.get("entries") or ())
            else:
                self._numbers.pop(key, None)
                self._entries.pop(key, None)


def is_haul(key: str, document: Document) -> bool:
    """Tell whether a document of the table `hauls` is a published or imported haul.

    What another machine changed stays when a publish is undone: a number alone is no haul.
    """
    return key != CURRENT and ("published_at" in document or "entries" in document)


def _haul(table: str, document: Document | None) -> str | None:
    haul = None if document is None else document.get("haul")
    if haul is None and table == COMMENTS and document is not None and document.get("text"):
        return CURRENT  # one machine removed it, and another wrote it anew meanwhile
    return haul if isinstance(haul, str) else None


def _number(haul: Document) -> float:
    number = haul.get("number")
    return number if isinstance(number, int | float) else 0
