"""What a Step is to say, before it is one."""

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import NamedTuple

from triage.library.stored import ID
from triage.steps import Change, Json


class Edit(NamedTuple):
    """The changes that somebody asks for."""

    what: str
    changes: tuple[Change, ...]
    undoes: int | None = None
    doc_ids: Mapping[tuple[str, str], int] = MappingProxyType({})
    """TinyDB's numbers for documents that it inserts, by table and id."""


def differences(table: str, key: str, path: tuple[str, ...], before: Json, after: Json) -> Iterator[Change]:
    """What turns one object into another, going down where both have an object."""
    for name in [*before, *(name for name in after if name not in before)]:
        if not path and name == ID:
            continue
        if not isinstance(name, str):
            raise TypeError(f"a key that is not text cannot be saved: {name!r}")
        was, now = before.get(name), after.get(name)
        if isinstance(was, dict) and isinstance(now, dict):
            yield from differences(table, key, (*path, name), was, now)
        elif was != now or type(was) is not type(now):
            yield Change(table, key, (*path, name), was, now)
