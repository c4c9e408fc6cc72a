"""What the haul being made has of its own: what a hand wrote into its post and nothing else says.

It lies in the document of the current haul, each part of an entry and each key of the front matter as a field
by itself, so that machines merge them; everything else of that haul is made anew from papers and config
whenever it is looked at. A publish freezes both alike.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import fields, replace
from typing import Any, NamedTuple, TypeAlias

from triage.haul import GAPS, Entry, Field, Verbatim, place_new, sort_key

Document: TypeAlias = Mapping[str, Any]
"""The document of the current haul; its field `entries` holds the own parts of entries, by paper."""

SAID = ("title", "excerpt", "link")
"""What a card says, and a hand may have written otherwise."""
_STAMP = "published_at"


def entries(document: Document, made: Iterable[Entry]) -> tuple[Entry, ...]:
    """The entries as papers make them, with what they have of their own, in the order that a hand gave them.

    Where none was given it is that of the titles; what has no place in a given one stands before the first
    later title.
    """
    own = document.get("entries") or {}
    placed: list[tuple[float, Entry]] = []
    new: list[Entry] = []
    for entry in made:
        record = own.get(entry.key) or {}
        said = {name: record[name] for name in (*SAID, "card") if record.get(name) is not None}
        mine = replace(entry, **said, gaps=_gaps(record.get("gaps")))
        place = record.get("place")
        if isinstance(place, int | float):
            placed.append((place, mine))
        else:
            new.append(mine)
    placed.sort(key=lambda one: (one[0], sort_key(one[1].title, one[1].link)))
    return place_new((entry for _, entry in placed), new)


def of_next(document: Document, held: Collection[str]) -> dict[str, dict[str, Any]]:
    """What held papers have of their own, as the next haul's document is to hold it: all but a place."""
    own = document.get("entries") or {}
    said = {key: {name: own[key][name] for name in SAID if name in own[key]} for key in own if key in held}
    return {key: record for key, record in said.items() if record}


def entry_record(made: Entry, wanted: Entry, place: int | None, *, by_hand: bool = False) -> dict[str, Any]:
    """The own parts of an entry that is to be another than its paper makes it, and its given place.

    `by_hand`: a hand wrote the whole card, so that its paper may never say otherwise.
    """
    own = [name for name in SAID if by_hand or getattr(wanted, name) != getattr(made, name)]
    record: dict[str, Any] = {name: getattr(wanted, name) for name in own}
    if wanted.card:
        record["card"] = wanted.card
    if wanted.gaps != GAPS:
        record["gaps"] = list(wanted.gaps)
    if place is not None:
        record["place"] = place
    return record


def verbatim(document: Document) -> Verbatim:
    """What the post holds around its parts, where a hand made it another than ours."""
    given = document.get("verbatim") or {}
    known = {one.name for one in fields(Verbatim)}
    return Verbatim(**{name: value for name, value in given.items() if name in known})


class Item(NamedTuple):
    """One key of the front matter as the user has it, or lines of it that are no key and a value."""

    key: str | None
    """None for lines that are kept verbatim."""
    value: str | None = None
    """The lines, or the key's own value; None for the value that config and number make."""
    source: str = ""
    """The value as the user wrote it, where our form differs."""
    instead_of: str | None = None
    """The own value stands only while the key would get this one: nobody wrote it, it was left standing."""
    is_gone: bool = False
    """Whether the key was taken out."""

    def as_record(self) -> list[Any]:
        """The item as JSON has it, without what is so by default."""
        record = list(self)
        while len(record) > 1 and record[-1] == Item._field_defaults[Item._fields[len(record) - 1]]:
            record.pop()
        return record


def items(document: Document) -> Sequence[Item]:
    """The front matter's items, in their order; none where no hand was at it."""
    given = document.get("front") or {}
    placed = sorted((place, name, record) for name, (place, *record) in given.items())
    return [Item(*record) for _, _, record in placed]


def item_records(given: Iterable[Item]) -> dict[str, list[Any]]:
    """The front matter's items as the document holds them: each under its name, with its place before it."""
    times = Counter[str]()
    records: dict[str, list[Any]] = {}
    for place, item in enumerate(given):
        name = name_of(Field(item.key, item.value or ""))
        times[name] += 1
        # Of lines that are no key several may begin alike.
        records[name if times[name] == 1 else f"{name}\n{times[name]}"] = [place, *item.as_record()]
    return records


def front(given: Sequence[Item], made: Iterable[Field], *, publishing: bool = False) -> tuple[Field, ...]:
    """The front matter as config and number make it, with what it has of its own, in the order it was given.

    At a publish the moment is the publish's own, and what was only left standing is made anew.
    """
    values = {name_of(field): field for field in made}
    written: list[Field] = []
    for item in given:
        generated = values.pop(name_of(Field(item.key, item.value or "")), None)
        if item.is_gone:
            continue
        anew = publishing and (item.key == _STAMP or item.instead_of is not None)
        stands = item.instead_of is None or (generated is not None and generated.value == item.instead_of)
        if item.value is not None and stands and not (anew and generated is not None):
            written.append(Field(item.key, item.value, item.source))
        elif generated is not None:
            written.append(generated)
    return (*written, *values.values())


def name_of(item: Field) -> str:
    """What tells one field of the front matter from the others: its key, else how its lines begin."""
    return item.key if item.key is not None else "\n" + item.value.partition(":")[0]


def _gaps(values: Sequence[str] | None) -> tuple[str, str, str]:
    before, between, after = values or GAPS
    return before, between, after
