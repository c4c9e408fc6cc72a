"""The front matter of an edited post against the library's: key by key, and the order of the keys."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from triage.hand_edits.base import Base, of_field, of_layout
from triage.hand_edits.edit import SINCE, Edit, What, Where
from triage.haul import Field
from triage.own_parts import Item, name_of

_LINES = "lines that are no key"


class Front(NamedTuple):
    """A front matter with the hand's edits."""

    fields: tuple[Field, ...]
    by_hand: frozenset[str]
    """The keys that the hand wrote."""
    from_library: frozenset[str]
    """The keys that the library changed since the file was written, and the hand did not."""
    edits: tuple[Edit, ...]


def merged(base: Base, ours: Sequence[Field], theirs: Sequence[Field]) -> Front:
    """The front matter with the hand's edits; what a hand wrote stands before what the library says since."""
    mine = {item.key: item for item in ours if item.key is not None}
    there = {item.key: item for item in theirs if item.key is not None}
    edits: list[Edit] = []
    chosen: dict[str, Field | None] = {}
    by_hand: set[str] = set()
    from_library: set[str] = set()
    for key, item in there.items():
        own = mine.get(key)
        was = base.front.get(key)
        if was is not None and of_field(item) == was:
            chosen[key] = own
            if own is None or of_field(own) != was:
                from_library.add(key)
            continue
        chosen[key] = item
        by_hand.add(key)
        if own is None:
            edits.append(Edit(Where.FRONT, What.ADDED, key, after=item.value))
        elif own.value != item.value:
            since = was is not None and of_field(own) != was
            remark = SINCE if since else ""
            edits.append(
                Edit(Where.FRONT, What.CHANGED, key, before=own.value, after=item.value, remark=remark)
            )
        elif own != item:
            edits.append(Edit(Where.FRONT, What.CHANGED, key, remark="Written in another form.",
                              before=item.value, after=item.value))  # fmt: skip
    by_layout = of_layout(tuple(theirs)) != base.layout
    if not by_layout:
        from_library |= mine.keys() - there.keys()
        fields = [chosen.get(item.key, item) if item.key is not None else item for item in ours]
        return Front(_there(fields), frozenset(by_hand), frozenset(from_library), tuple(edits))
    placed = [chosen[item.key] if item.key is not None else item for item in theirs]
    for key, own in mine.items():
        if key in there:
            continue
        if key in base.front:
            edits.append(Edit(Where.FRONT, What.REMOVED, key, before=own.value))
        else:
            placed.append(own)
            from_library.add(key)
    edits += _lines(ours, theirs)
    if not edits:
        edits.append(Edit(Where.FRONT, What.MOVED, "", remark="The keys stand in another order."))
    return Front(_there(placed), frozenset(by_hand), frozenset(from_library), tuple(edits))


def items(
    front: Front, made: Sequence[Field], made_before: Sequence[Field], known: Sequence[Item]
) -> Sequence[Item]:
    """The front matter as the current haul's document is to hold it, none where it is as it is made anyway.

    `made`: as config and number make it with the edits in; `made_before`: without them. `known`: the items so
    far.
    """
    generated = {name_of(item): item for item in made}
    earlier = {name_of(item): item for item in made_before}
    so_far = {name_of(Field(item.key, item.value or "")): item for item in known}
    found: list[Item] = []
    for field in front.fields:
        name = name_of(field)
        anyway = generated.pop(name, None)
        item = so_far.get(name)
        if field.key is None:
            found.append(Item(None, field.value))
        elif anyway == field or (field.key in front.from_library and item is None):
            found.append(Item(field.key))
        elif field.key in front.by_hand:
            found.append(Item(field.key, field.value, field.source))
        elif item is not None and (field.key in front.from_library or _is_written(item)):
            found.append(item)
        else:
            # Nobody wrote it: it says what was so before the edits, and is left standing until that changes.
            changed = anyway if anyway is not None else earlier.get(name)
            found.append(Item(field.key, field.value, field.source, changed.value if changed else None))
    found += [Item(key := left.key, None if key else left.value, is_gone=True) for left in generated.values()]
    order = [name_of(Field(item.key, item.value or "")) for item in found]
    as_made = [name_of(field) for field in made]
    follows = all(item.key is not None and item == Item(item.key) for item in found if item.key is not None)
    lines_are_made = all(Field(None, item.value or "") in made for item in found if item.key is None)
    return () if order == as_made and follows and lines_are_made else tuple(found)


def _is_written(item: Item) -> bool:
    """Tell whether a hand wrote the value of an item; else it is made, or was left standing."""
    return item.value is not None and item.instead_of is None


def _there(fields: Sequence[Field | None]) -> tuple[Field, ...]:
    return tuple(item for item in fields if item is not None)


def _lines(ours: Sequence[Field], theirs: Sequence[Field]) -> Iterator[Edit]:
    before, after = (tuple(item.value for item in one if item.key is None) for one in (ours, theirs))
    if before != after:
        yield Edit(Where.FRONT, What.CHANGED, _LINES, before="\n".join(before), after="\n".join(after))
