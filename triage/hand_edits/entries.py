"""The entries of an edited post against the library's: part by part, card by card, and their order."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from triage.document import Text, rendered
from triage.hand_edits.base import PARTS, of_entry
from triage.hand_edits.edit import SINCE, Edit, What, Where
from triage.hand_edits.order import moved
from triage.haul import Entry, key_of, place_new

_NOTE = PARTS[0]
_SAID = PARTS[1:4]
_FORM = PARTS.index("form")


class By(NamedTuple):
    """Where a hand's text comes from, said where it stands beside the library's."""

    file: str
    """The file's name."""
    day: str
    """ISO date."""


class Entries(NamedTuple):
    """The entries with the hand's edits."""

    placed: tuple[Entry, ...]
    added: tuple[str, ...]
    """The papers of cards that the haul did not have."""
    removed: tuple[str, ...]
    """The papers whose cards the hand deleted."""
    edits: tuple[Edit, ...]


def by_our_keys(ours: Sequence[Entry], theirs: Sequence[Entry]) -> tuple[Entry, ...]:
    """Their entries under the papers' ids that ours have.

    A card's link may be the entry's own; and where the hand wrote another link into a card that says the same
    otherwise, it is that entry still.
    """
    by_link = {key_of(entry.link): entry.key for entry in reversed(ours)}
    known = {entry.key for entry in ours}
    keyed = [replace(entry, key=by_link.get(entry.key, entry.key)) for entry in theirs]
    gone = [entry for entry in ours if entry.key not in {one.key for one in keyed}]
    new = [entry for entry in keyed if entry.key not in known]
    linked: dict[str, str] = {}
    for entry in new:
        alike = [one for one in gone if (one.title, one.excerpt) == (entry.title, entry.excerpt)]
        if len(alike) == 1 and sum(one.title == entry.title for one in new) == 1:
            linked[entry.key] = alike[0].key
    return tuple(replace(entry, key=linked.get(entry.key, entry.key)) for entry in keyed)


def merged(
    base: Mapping[str, tuple[str, ...]],
    ours: Sequence[Entry],
    theirs: Sequence[Entry],
    by: By,
    notes: Mapping[str, str],
) -> Entries:
    """The entries with the hand's edits, keyed as ours are; of what was noted here and there both stands.

    `base`: the digests of what the file held. `notes`: those on papers that the haul has not.
    """
    mine = {entry.key: entry for entry in ours}
    there = {entry.key: entry for entry in theirs}
    placed: dict[str, Entry] = {}
    added: list[str] = []
    edits: list[Edit] = []
    for key, entry in there.items():
        own, was = mine.get(key), base.get(key)
        if own is not None:
            placed[key], made = _with_edits(was, own, entry, by)
            edits += made
        elif was is None or of_entry(entry)[:_FORM] != was[:_FORM]:
            added.append(key)
            placed[key], edit = _joining(entry, notes.get(key, ""), by, was_here=was is not None)
            edits.append(edit)
        else:
            edits.append(_untouched(entry))
    removed: list[str] = []
    kept: list[Entry] = []
    for key, own in mine.items():
        if key in there:
            continue
        was = base.get(key)
        if was is None:
            kept.append(own)
        elif of_entry(own)[0] == was[0]:
            removed.append(key)
            edits.append(Edit(Where.ENTRIES, What.REMOVED, own.title, before=own.note, key=key))
        else:
            kept.append(own)
            why = "Its card is gone from the file, but its note was written since: it stays."
            edits.append(Edit(Where.ENTRIES, What.STAYS, own.title, remark=why, key=key))
    held = [key for key in base if key in there]
    is_moved = held != [key for key in there if key in base]
    if is_moved or added:
        in_order = place_new(placed.values(), kept)
    else:
        left = {**placed, **{entry.key: entry for entry in kept}}
        in_order = tuple(left[key] for key in mine if key in left)
    if is_moved:
        edits += _moved([key for key in mine if key in placed], [key for key in placed if key in mine], mine)
    return Entries(in_order, tuple(added), tuple(removed), tuple(edits))


def _with_edits(was: tuple[str, ...] | None, own: Entry, entry: Entry, by: By) -> tuple[Entry, list[Edit]]:
    """An entry that both have, with the hand's edits; and those."""
    now, new = of_entry(own), of_entry(entry)
    before = was if was is not None else ("",) * len(PARTS)
    edits: list[Edit] = []
    values: dict[str, str] = {}
    if new[0] not in (before[0], now[0]):
        text, remark = entry.note, ""
        if now[0] != before[0] and own.note:
            gone = "The note is gone from the file, but was written in the library since: it stays."
            remark = "The note was written in the library too: both stand." if entry.note else gone
            text = _both(own.note, entry.note, by)
        values[_NOTE] = text
        what = What.STAYS if text == own.note else What.CHANGED
        edits.append(Edit(Where.ENTRIES, what, own.title, _NOTE, own.note, text, remark, own.key))
    for at, part in enumerate(_SAID, start=1):
        if new[at] in (before[at], now[at]):
            continue
        old, text = getattr(own, part), getattr(entry, part)
        since = was is not None and now[at] != before[at]
        remark = SINCE if since else ""
        values[part] = text
        edits.append(Edit(Where.ENTRIES, What.CHANGED, own.title, part, old, text, remark, own.key))
    made = replace(own, **values)  # type: ignore[arg-type]  # gaps are not among them
    if new[_FORM] not in (before[_FORM], now[_FORM]):
        made = replace(made, card=entry.card, gaps=entry.gaps)
        edits.append(Edit(Where.FORM, What.CHANGED, own.title, key=own.key))
    return made, edits


def _joining(entry: Entry, note: str, by: By, *, was_here: bool) -> tuple[Entry, Edit]:
    """An entry of a card that the haul has not, with the note that is on its paper already."""
    remarks = ["It was taken out since, but the hand edited its card."] if was_here else []
    if note and note != entry.note:
        remarks.append("The library has a note on it: both stand." if entry.note else "Its note comes along.")
        entry = replace(entry, note=_both(note, entry.note, by))
    remark = " ".join(remarks)
    return entry, Edit(Where.ENTRIES, What.ADDED, entry.title, after=entry.note, remark=remark, key=entry.key)


def _both(ours: str, theirs: str, by: By) -> str:
    """Two notes on one paper as one, the hand's named by its file."""
    return rendered((Text(ours), Text(theirs, *by))) if theirs else ours


def _untouched(entry: Entry) -> Edit:
    why = "It was taken out in the library since, and its card is as it was: it stays out."
    return Edit(Where.ENTRIES, What.STAYS, entry.title, remark=why, key=entry.key)


def _moved(before: Sequence[str], after: Sequence[str], known: Mapping[str, Entry]) -> Iterator[Edit]:
    """The entries that were moved, each with where it stands now."""
    in_front = dict(zip(after[1:], after, strict=False))
    for key in moved(before, after):
        behind = f"behind “{known[in_front[key]].title}”" if key in in_front else "first"
        yield Edit(Where.ENTRIES, What.MOVED, known[key].title, remark=f"It stands {behind} now.", key=key)
