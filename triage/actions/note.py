"""Notes: the user's Markdown on one paper, in the haul the paper is in.

A replacement of a paper that was kept for an earlier haul has a note of its own: that of its new entry.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime

from triage.actions.decide import keeping
from triage.paper import Paper, Verdict
from triage.ports import Library, Record
from triage.replacement import Announced, is_of_kept
from triage.steps import CURRENT, HAULS, NEXT, PAPERS, Change, Step
from triage.user_text import user_text


def note_of(library: Library, key: str) -> str:
    """The note that `write` would replace: the current entry's, else that of the haul it is in."""
    record = library.paper(key)
    entry = _frozen_entry(library, record)
    return str((entry if entry is not None else record or {}).get("note") or "")


def note_on(library: Library, announced: Announced) -> str:
    """The note that `write` would replace on an announcement: on most that of its paper."""
    record = library.paper(announced.id)
    if record is not None and is_of_kept(announced, record):
        return str(record.get("note") or "")
    return note_of(library, announced.id)


def draft_key(library: Library, announced: Announced) -> str:
    """The key of the draft of the note that `write` would replace on an announcement: no two notes have one.

    The paper's id; with the haul's id behind a space where the note is that of a published haul's entry.
    """
    record = library.paper(announced.id)
    if record is None or is_of_kept(announced, record) or _frozen_entry(library, record) is None:
        return announced.id
    return draft_key_in(record["haul"], announced.id)


def draft_key_in(haul: str, key: str) -> str:
    """The key of the draft of the note on an entry of a haul."""
    return key if haul in (CURRENT, NEXT) else f"{key} {haul}"


def older_notes(library: Library, announced: Announced) -> Sequence[tuple[str, str]]:
    """The notes on a paper in published hauls, each with its haul's id, the oldest haul first.

    Without the one that `write` would replace. The last is what another machine wrote on the paper of a
    haul that was published meanwhile: no post has it, and it is the current haul's when the paper is.
    """
    record = library.paper(announced.id) or {}
    anew = is_of_kept(announced, library.paper(announced.id))
    now = record.get("haul") if not anew else None
    found = ((haul["id"], haul["entries"][announced.id]) for haul in library.hauls_of(announced.id))
    notes = [(haul, entry["note"]) for haul, entry in found if entry.get("note") and haul != now]
    if record.get("note") and not anew and _frozen_entry(library, record) is not None:
        notes.append((CURRENT, str(record["note"])))
    return notes


def write(
    library: Library, paper: Paper, text: str, now: datetime, *, over: str | None = None
) -> Step | None:
    """Put a note on a paper; an open paper is kept by it, in the same Step, a replacement of a kept one anew.

    `over` is the text the user saw when the editing began, so that what somebody else wrote meanwhile
    stands beside the new text. None when nothing changes. Raises NotSaved.
    """
    after = user_text(text)
    before = note_on(library, paper) if over is None else over
    if after == before:
        return None
    record = library.paper(paper.id)
    anew = is_of_kept(paper, record)
    entry = None if anew else record
    changes = [_note_change(library, paper.id, entry, before, after)]
    if after and (anew or (record or {}).get("verdict") is None):
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
    for haul in library.hauls_of(key):
        yield haul["id"], haul["entries"][key].get("note") or ""
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
