"""Changes as somebody asks for them, checked before a byte is written."""

from collections.abc import Iterable

from triage.document import is_text
from triage.library.stored import ID
from triage.steps import TABLES, Change, Json, plain


def checked(changes: Iterable[Change]) -> tuple[Change, ...]:
    """The changes with values as JSON gives them back, each field once.

    Raises TypeError or ValueError for what JSON cannot hold, an unknown table, an empty key or path, or a
    field changed together with a part of it.
    """
    found: dict[tuple[str, str, tuple[str, ...]], Change] = {}
    for change in changes:
        if change.table not in TABLES:
            raise ValueError(f"the library has no table {change.table!r}")
        if not isinstance(change.key, str) or not change.key:
            raise ValueError(f"{change.key!r} is no id of a document")
        path = tuple(change.path)
        if not path or not all(isinstance(name, str) for name in path) or path[0] == ID:
            raise ValueError(f"{change.path!r} is no field that can be changed")
        key, table = str.__str__(change.key), str.__str__(change.table)
        before, after = _field(table, path, change.before), _field(table, path, change.after)
        same = found.get((table, key, path))
        found[table, key, path] = Change(table, key, path, before if same is None else same.before, after)
    for table, key, path in found:
        for depth in range(1, len(path)):
            if (table, key, path[:depth]) in found:
                raise ValueError(f"one Step changes {'.'.join(path[:depth])} of {key} and a part of it")
    return tuple(found.values())


def _field(table: str, path: tuple[str, ...], value: Json) -> Json:
    """A field's value; an empty object, and an empty text of the user's, is a field that is not there."""
    kept = plain(value)
    return None if kept == {} or (kept == "" and is_text(table, path)) else kept
