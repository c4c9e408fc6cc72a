"""Notes: the user's Markdown on one paper, in the haul the paper is in."""

from collections.abc import Iterator
from datetime import datetime

from triage.actions.decide import keeping
from triage.paper import Paper, Verdict
from triage.ports import Library, Record
from triage.steps import CURRENT, HAULS, NEXT, PAPERS, Change, Step
from triage.user_text import user_text


def note_of(library: Library, key: str) -> str:
    """The note that `write` would replace: the current entry's, else that of the haul it is in."""
    record = library.paper(key)
    entry = _frozen_entry(library, record)
    return str((entry if entry is not None else record or {}).get("note") or "")


def write(
    library: Library, paper: Paper, text: str, now: datetime, *, over: str | None = None
) -> Step | None:
    """Put a note on a paper; an open paper is kept by it, in the same Step.

    `over` is the text the user saw when the editing began, so that what somebody else wrote meanwhile
    stands beside the new text. None when nothing changes. Raises NotSaved.
    """
    after = user_text(text)
    before = note_of(library, paper.id) if over is None else over
    if after == before:
        return None
    record = library.paper(paper.id)
    changes = [_note_change(library, paper.id, record, before, after)]
    if after and (record or {}).get("verdict") is None:
        changes += keeping(record, paper, now)
    return library.record("note", changes)


def write_in_haul(library: Library, haul: str, key: str, text: str, *, over: str) -> Step | None:
    """Put another note on an entry of a published haul, whatever haul its paper is in now.

    `over` is the text the user saw. None when nothing changes. Raises NotSaved.
    """
    after = user_text(text)
    if after == over:
        return None
    path = ("entries", key, "note")
    return library.record("note", [Change(HAULS, haul, path, over or None, after or None)])


def notes_by_haul(library: Library, key: str) -> Iterator[tuple[str, str]]:
    """Every note on a paper with the id of its haul, the oldest haul first, the current one last."""
    for haul in library.hauls():
        entry = haul.get("entries", {}).get(key)
        if entry is not None:
            yield haul["id"], entry.get("note") or ""
    record = library.paper(key) or {}
    if record.get("note"):
        yield record["haul"] if record.get("haul") in (CURRENT, NEXT) else CURRENT, record["note"]


def _frozen_entry(library: Library, record: Record | None) -> Record | None:
    """The entry of a published haul that the paper is in now."""
    haul = library.haul((record or {}).get("haul") or "")
    if record is None or haul is None or haul["id"] == CURRENT:
        return None
    entry: Record | None = haul.get("entries", {}).get(record["id"])
    return entry


def _note_change(library: Library, key: str, record: Record | None, before: str, after: str) -> Change:
    entry = _frozen_entry(library, record)
    if entry is not None and record is not None and record.get("verdict") == Verdict.KEEP:
        return Change(HAULS, record["haul"], ("entries", key, "note"), before or None, after or None)
    return Change(PAPERS, key, ("note",), before or None, after or None)
