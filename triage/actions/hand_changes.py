"""The changes that bring a hand's edits of a post into the library: of the current or a published haul."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import fields, replace
from datetime import datetime
from typing import Any

from triage import clean, front_matter, own_parts
from triage.actions.decide import keeping, taking_out
from triage.actions.frozen_comments import comments_of, following
from triage.actions.haul import refuse_used
from triage.actions.import_post import keeping_entry
from triage.actions.known import known
from triage.actions.making import entry_of, first_exported, made_of
from triage.actions.numbering import current_number, next_number
from triage.document import assign, copied
from triage.hand_edits.front import items
from triage.hand_edits.merging import Merged
from triage.haul import Entry, Haul, Verbatim, fill, number_said
from triage.own_parts import Item
from triage.paper import Paper
from triage.ports import Archive, Library, Record
from triage.settings import Settings
from triage.steps import COMMENTS, CURRENT, HAULS, PAPERS, Change, change, stamp

_OWN = (*own_parts.SAID, "card", "gaps", "place")


def of_current(
    library: Library, archive: Archive, settings: Settings, now: datetime, merged: Merged
) -> list[Change]:
    """The changes for the current haul. Raises Refused for a number in use."""
    haul = library.haul(CURRENT) or {}
    changes = [*_papers(library, archive, now, merged), *_comments(library, CURRENT, merged)]
    number = _number(library, settings, merged, current_number(library))
    if number != current_number(library):
        changes += change(HAULS, CURRENT, haul, number=number)
    made = {entry.key: entry for entry in map(entry_of, _papers_after(library, changes))}
    changes += _own_parts(haul, made, merged)
    moment = first_exported(haul, now)
    after = front_matter.new(settings.haul, number, len(merged.haul.entries), moment)
    before = front_matter.new(settings.haul, current_number(library), len(made), moment)
    changes += _front(haul, items(merged.front, after, before, own_parts.items(haul)))
    changes += _around(CURRENT, haul, merged.haul.verbatim)
    return changes


def current_after(library: Library, settings: Settings, now: datetime, changes: Iterable[Change]) -> Haul:
    """The current haul as it will be with some changes."""
    made = list(changes)
    document = _after(library.haul(CURRENT) or {"id": CURRENT}, HAULS, CURRENT, made)
    comments = sorted(_comments_after(library, CURRENT, made), key=_in_place)
    number = int(document.get("number") or next_number(library))
    return made_of(document, _papers_after(library, made), comments, number, settings, now)


def of_published(
    library: Library, archive: Archive, settings: Settings, now: datetime, key: str, merged: Merged
) -> list[Change]:
    """The changes for a published haul. Raises Refused for a number in use."""
    haul = library.haul(key) or {}
    number = haul.get("number")
    if isinstance(number, int):
        number = _number(library, settings, merged, number)
    wanted = replace(merged.haul, number=number)
    document = wanted.as_document(key)
    changes = list(_comments(library, key, merged))
    texts = dict.fromkeys((one["id"] for one in comments_of(library, key)), None)
    changes += following(library, key, texts | {one.key: one.text for one in merged.haul.comments})
    top = {name: document[name] for name in ("number", "front", "published_at")}
    changes += change(HAULS, key, haul, **top)
    changes += _around(key, haul, wanted.verbatim)
    changes += _frozen_entries(key, haul.get("entries") or {}, document["entries"])
    for removed in merged.removed:
        record = library.paper(removed)
        if record is not None and record.get("haul") == key:
            # As if it were in a haul being made: out of it, to the haul before if there is one.
            changes += taking_out(
                {**record, "haul": CURRENT}, Paper.from_record(record), stamp(now), skipped=True
            )
    for added in merged.added:
        entry = wanted.entry(added)
        if entry is not None:
            changes += keeping_entry(library, archive.find, key, wanted, entry, now)
    return changes


def published_after(library: Library, key: str, changes: Iterable[Change]) -> Haul:
    """A published haul as it will be with some changes."""
    made = list(changes)
    document = _after(library.haul(key) or {"id": key}, HAULS, key, made)
    return Haul.from_document(document, _comments_after(library, key, made))


def _papers(library: Library, archive: Archive, now: datetime, merged: Merged) -> Iterator[Change]:
    """What changes on papers: those of deleted cards are skipped, of unknown ones kept; and the notes."""
    for key in merged.removed:
        record = library.paper(key)
        if record is not None:
            yield from taking_out(record, Paper.from_record(record), stamp(now), skipped=True)
    for entry in merged.haul.entries:
        record = library.paper(entry.key) or {}
        if entry.key in merged.added:
            paper = known(library, archive, entry.key)
            titled = paper if paper.title else replace(paper, title=clean.line(entry.title))
            yield from keeping(record, titled, now)
        if entry.note != (record.get("note") or ""):
            yield Change(PAPERS, entry.key, ("note",), record.get("note"), entry.note or None)


def _comments(library: Library, haul: str, merged: Merged) -> Iterator[Change]:
    records = {record["id"]: record for record in library.comments(haul)}
    wanted = merged.haul.comments
    anew = list(records) != [one.key for one in wanted]
    for place, one in enumerate(wanted, start=1):
        record = records.pop(one.key, None)
        made: dict[str, Any] = {"haul": haul, "text": one.text, "verbatim": one.verbatim or None}
        if anew or record is None:
            made["place"] = place
        for edit in change(COMMENTS, one.key, record, **made):
            if edit.before or edit.after:
                yield edit
    for key, record in records.items():
        yield from change(COMMENTS, key, record, **{name: None for name in record if name != "id"})


def _own_parts(haul: Record, made: Mapping[str, Entry], merged: Merged) -> Iterator[Change]:
    """What the entries of the current haul are to have of their own."""
    so_far = haul.get("entries") or {}
    wanted = {entry.key: entry for entry in merged.haul.entries if entry.key in made}
    records = _in_order(made, wanted, so_far, merged.added)
    for key in (*wanted, *merged.removed):
        before, after = so_far.get(key) or {}, records.get(key) or {}
        for name in _OWN:
            if before.get(name) != after.get(name):
                yield Change(HAULS, CURRENT, ("entries", key, name), before.get(name), after.get(name))


def _front(haul: Record, wanted: Iterable[Item]) -> Iterator[Change]:
    """What the current haul is to have of its own in the front matter."""
    before, after = haul.get("front") or {}, own_parts.item_records(wanted)
    for name in dict.fromkeys((*before, *after)):
        if before.get(name) != after.get(name):
            yield Change(HAULS, CURRENT, ("front", name), before.get(name), after.get(name))


def _in_order(
    made: Mapping[str, Entry],
    wanted: Mapping[str, Entry],
    so_far: Mapping[str, Record],
    added: Collection[str],
) -> dict[str, dict[str, Any]]:
    """The own parts of entries that bring them into their order, with as few places given as that takes."""
    there = {key: (so_far.get(key) or {}).get("place") for key in wanted}
    given = {key: place for place, key in enumerate(wanted)}
    records: dict[str, dict[str, Any]] = {}
    for places in (dict.fromkeys(wanted), there, given):
        records = {
            key: own_parts.entry_record(made[key], entry, places[key], by_hand=key in added)
            for key, entry in wanted.items()
        }
        stand = own_parts.entries({"entries": records}, [made[key] for key in wanted])
        if [entry.key for entry in stand] == list(wanted):
            break
    return records


def _frozen_entries(
    key: str, before: Mapping[str, Record], after: Mapping[str, dict[str, Any]]
) -> Iterator[Change]:
    """What changes in the entries of a published haul; a place only where the order is another."""
    places = [before[entry].get("place") if entry in before else None for entry in after]
    known = [place for place in places if isinstance(place, int | float)]
    stays = len(known) == len(places) and known == sorted(set(known))
    for entry, record in after.items():
        old = before.get(entry)
        if old is None:
            yield Change(HAULS, key, ("entries", entry), None, record)
            continue
        for name in dict.fromkeys((*old, *record)):
            was, now = old.get(name), record.get(name)
            if was != now and not (name == "place" and stays) and (was or now or name == "place"):
                yield Change(HAULS, key, ("entries", entry, name), was, now)
    for entry, old in before.items():
        if entry not in after:
            yield Change(HAULS, key, ("entries", entry), old, None)


def _around(key: str, haul: Record, wanted: Verbatim) -> Iterator[Change]:
    before, ours = haul.get("verbatim") or {}, Verbatim()
    for name in (one.name for one in fields(Verbatim)):
        value = getattr(wanted, name)
        after = None if value == getattr(ours, name) else value
        if before.get(name) != after:
            yield Change(HAULS, key, ("verbatim", name), before.get(name), after)


def _number(library: Library, settings: Settings, merged: Merged, number: int) -> int:
    """The haul's number: what the title says, where a hand wrote it there as the config would."""
    title, template = merged.haul.title, settings.haul.title
    said = number_said(title, template) if "title" in merged.front.by_hand else None
    if said is None or fill(template, number=said, count=len(merged.haul.entries)) != title:
        return number
    if said != number:
        refuse_used(library, said)
    return said


def _papers_after(library: Library, changes: Iterable[Change]) -> list[Record]:
    """The papers of the current haul as they will be with some changes."""
    made = [one for one in changes if one.table == PAPERS]
    keys = {record["id"] for record in library.in_haul(CURRENT)} | {one.key for one in made}
    papers = [_after(library.paper(key) or {"id": key}, PAPERS, key, made) for key in sorted(keys)]
    return [paper for paper in papers if paper.get("haul") == CURRENT]


def _comments_after(library: Library, haul: str, changes: Iterable[Change]) -> list[Record]:
    """The comments of a haul as they will be with some changes, in no order."""
    made = [one for one in changes if one.table == COMMENTS]
    records = {record["id"]: record for record in library.comments(haul)}
    keys = records.keys() | {one.key for one in made}
    comments = [_after(records.get(key) or {"id": key}, COMMENTS, key, made) for key in keys]
    return [comment for comment in comments if comment.get("haul") == haul]


def _after(record: Record, table: str, key: str, changes: Iterable[Change]) -> dict[str, Any]:
    """A document as it will be with some changes."""
    document: dict[str, Any] = copied(dict(record))
    for one in changes:
        if (one.table, one.key) == (table, key):
            assign(document, one.path, one.after)
    return document


def _in_place(record: Record) -> tuple[float, str]:
    return record.get("place", 0), record["id"]
