"""Step: one thing the user did, with every field it changed, before and after; how Steps make tables.

The library is a fold over the set of Steps of every machine, in the order of (Lamport number, machine,
number). A field's last writer wins; a note replaces the texts it was written over and stands beside the rest.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

Json: TypeAlias = Any
"""What JSON holds: None, bool, int, float, str, list, dict. None is a field that is not there."""

PAPERS = "_default"
COMMENTS = "comments"
HAULS = "hauls"
TABLES = (PAPERS, COMMENTS, HAULS)

CURRENT = "current"
"""The `haul` of a kept paper or comment that goes into the post being made."""
NEXT = "next"
"""The `haul` of a held paper."""


@dataclass(frozen=True, slots=True)
class Change:
    """One field of one document, before and after."""

    table: str
    key: str
    """The document's field `id`: a paper's id, a comment's, a haul's."""
    path: tuple[str, ...]
    """The field, or the way down to it: ("verdict",), ("entries", "2306.07899", "note")."""
    before: Json
    after: Json

    @property
    def opposite(self) -> "Change":
        """The same change the other way round."""
        return Change(self.table, self.key, self.path, self.after, self.before)


@dataclass(frozen=True, slots=True)
class Step:
    """One thing the user did, however many papers it changed."""

    machine: str
    number: int
    """Counts this machine's Steps from 1; a gap is damage."""
    lamport: int
    """1 + the highest seen in any journal when it was made."""
    at: str
    """Wall time, ISO 8601, UTC; for showing only."""
    what: str
    """The verb: keep, skip, finish, note, publish, undo, redo ..."""
    changes: tuple[Change, ...]
    undoes: int | None = None
    """The number of this machine's Step that an undo or a redo takes back."""

    @property
    def order(self) -> tuple[int, str, int]:
        """Where the Step stands among the Steps of all machines."""
        return (self.lamport, self.machine, self.number)


def change(table: str, key: str, record: Mapping[str, Json] | None, **after: Json) -> Iterable[Change]:
    """The changes that bring a document's fields to the given values; those that are so already make none."""
    now = record or {}
    for field, value in after.items():
        if now.get(field) != value:
            yield Change(table, key, (field,), now.get(field), value)
