"""How the changes of Steps make a document; how two notes that were written apart both stand.

A field's last writer wins. A text (a note, a comment) replaces the text or texts it was written over; one
that was written over something else stands beside what is there.
"""

import re
from collections.abc import Sequence
from itertools import combinations
from typing import NamedTuple, TypeAlias

from triage.pattern import pattern
from triage.steps import COMMENTS, HAULS, PAPERS, Change, Json, Step

Place: TypeAlias = tuple[str, str, tuple[str, ...]]
"""A field of a document: table, key, path."""
Document: TypeAlias = dict[str, Json]

IMPORT = "import"
"""The verb of a Step that brings a post in."""
_ALL_ENTRIES = ("entries",)
_RULE = "\n\n---\n\n"
_MOST_TRIED = 8
_LONGEST_NAME = 60
_NO_NAME = pattern(r"[^A-Za-z0-9._-]")
_DAY = pattern(r"\d{4}-\d\d-\d\d", re.ASCII)


class Text(NamedTuple):
    """One of several texts that stand in one field."""

    text: str
    machine: str = ""
    """Who wrote it; not needed of the first, which stands without a name."""
    day: str = ""
    """ISO date on which it was written."""


Heads: TypeAlias = dict[Place, tuple[Text, ...]]
"""The fields in which more than one text stands; every other field's one text is in its document."""


def is_text(table: str, path: tuple[str, ...]) -> bool:
    """Tell whether a field is the user's text, of which nothing may be lost when two machines write it."""
    if table == PAPERS:
        return path == ("note",)
    if table == HAULS:
        return path[-1] == "note"
    return table == COMMENTS and path == ("text",)


def copied(value: Json) -> Json:
    """The value, sharing no list and no object with the one given."""
    if type(value) is list:
        return [copied(item) for item in value]
    if type(value) is dict:
        return {key: copied(item) for key, item in value.items()}
    return value


def value_at(document: Document, path: tuple[str, ...]) -> Json:
    """The value of a field, or of one further down; None when it is not there."""
    value: Json = document
    for name in path:
        if type(value) is not dict:
            return None
        value = value.get(name)
    return value


def assign(document: Document, path: tuple[str, ...], after: Json) -> None:
    """Set a field, or one further down; None takes it away, and with it what is empty above it."""
    if after is None:
        _remove(document, path)
        return
    inner = document
    for name in path[:-1]:
        below = inner.get(name)
        if type(below) is not dict:
            below = inner[name] = {}
        inner = below
    inner[path[-1]] = copied(after)


def _remove(document: Document, path: tuple[str, ...]) -> None:
    above: list[Document] = [document]
    for name in path[:-1]:
        below = above[-1].get(name)
        if type(below) is not dict:
            return
        above.append(below)
    above[-1].pop(path[-1], None)
    for depth in range(len(path) - 1, 0, -1):
        if above[depth]:
            return
        del above[depth - 1][path[depth - 1]]


def is_read_again(change: Change, step: Step) -> bool:
    """Tell whether a change brings in what there may be already: one post has one id, whoever imports it.

    What was made since of the post that another machine has imported too stands as it is.
    """
    return step.what == IMPORT and change.table != PAPERS and change.path != _ALL_ENTRIES


def holds_text(table: str, path: tuple[str, ...]) -> bool:
    """Tell whether a field is the user's text, or an entry of a haul as a whole, which holds one."""
    return is_text(table, path) or (
        table == HAULS and path[:1] == _ALL_ENTRIES and len(path) == len(_ALL_ENTRIES) + 1
    )


def _beside(document: Document, change: Change, step: Step, heads: Heads) -> tuple[Text, ...]:
    """The notes that stand when a machine makes an entry that another has made apart; none where none has."""
    note = change.after.get("note")
    if change.before is not None or type(note) is not str or not holds_text(change.table, change.path):
        return ()
    path = (*change.path, "note")
    there = heads.get((change.table, change.key, path)) or _single(value_at(document, path))
    return written(there, None, Text(note, *_writer(step))) if there else ()


def apply_change(document: Document, change: Change, step: Step, heads: Heads) -> None:
    """Bring one change of a Step into its document; Steps must come in their order."""
    after = change.after
    if step.what == IMPORT and is_read_again(change, step) and value_at(document, change.path) is not None:
        return
    if is_text(change.table, change.path) and (after is None or type(after) is str):
        place = (change.table, change.key, change.path)
        now = heads.get(place) or _single(value_at(document, change.path))
        texts = written(now, change.before, Text(after or "", *_writer(step)))
        if len(texts) > 1:
            heads[place] = texts
        elif heads:
            heads.pop(place, None)
        after = rendered(texts) or None
    else:
        beside = _beside(document, change, step, heads) if type(after) is dict else ()
        if heads:
            _forget_below(heads, change)
        if beside:
            after = after | {"note": rendered(beside)}
        if len(beside) > 1:
            heads[change.table, change.key, (*change.path, "note")] = beside
    assign(document, change.path, after)


def _writer(step: Step) -> tuple[str, str]:
    """Machine and day as they may stand in a user's text: another machine's journal can say anything."""
    machine = _NO_NAME.sub("\N{REPLACEMENT CHARACTER}", step.machine[:_LONGEST_NAME])
    return machine, step.at[:10] if _DAY.match(step.at) else ""


def _single(value: Json) -> tuple[Text, ...]:
    return (Text(value),) if type(value) is str and value else ()


def _forget_below(heads: Heads, change: Change) -> None:
    """A whole field that is set anew takes the texts inside it along."""
    depth = len(change.path)
    for place in [one for one in heads if one[:2] == (change.table, change.key)]:
        if place[2][:depth] == change.path:
            del heads[place]


def written(now: Sequence[Text], before: Json, new: Text) -> tuple[Text, ...]:
    """The texts that stand after one was written over `before`.

    It takes the place of those that `before` shows, be it all, some or one; where `before` shows something
    else, the new text stands beside them. Equal texts are one; an empty text is none.
    """
    over = _shown_by(now, before if type(before) is str else "")
    if over:
        texts = [new if place == over[0] else one for place, one in enumerate(now) if place not in over[1:]]
    else:
        texts = [*now, new]
    standing: dict[str, Text] = {}
    for one in texts:
        if one.text:
            standing.setdefault(one.text, one)
    return tuple(standing.values())


def _shown_by(now: Sequence[Text], before: str) -> tuple[int, ...]:
    """The places of the texts a person saw who saw `before`; none when it was something else."""
    everything = tuple(range(len(now)))
    if before == rendered(now):
        return everything
    for size in range(min(len(now), _MOST_TRIED), 0, -1):
        for some in combinations(everything[:_MOST_TRIED], size):
            if before == rendered([now[place] for place in some]):
                return some
    return ()


def rendered(texts: Sequence[Text]) -> str:
    """A field's texts as one: the first as it is, each further one under a rule with machine and day."""
    first, *others = texts or (Text(""),)
    return first.text + "".join(f"{_RULE}*{one.machine}, {one.day}:*\n\n{one.text}" for one in others)
