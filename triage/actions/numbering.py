"""The numbers of hauls: apart from `haul`, whose YAML reader the first screen has no need of."""

from collections import Counter
from collections.abc import Sequence

from triage import clean
from triage.ports import Library, Record
from triage.steps import CURRENT, NEXT

MADE = "made"
"""In a published haul's document: Lamport number and machine of its publish, by which hauls have an order."""


def next_number(library: Library) -> int:
    """The highest number of any published haul plus one."""
    return 1 + max(library.haul_numbers().values(), default=0)


def current_number(library: Library) -> int:
    """The current haul's number: what the user said, else the next one."""
    return int((library.haul(CURRENT) or {}).get("number") or next_number(library))


def haul_said(library: Library, key: str | None) -> str:
    """A haul as a sentence names it: `haul 20`, `the next haul`."""
    if key == NEXT:
        return "the next haul"
    number = current_number(library) if key == CURRENT else (library.haul(key or "") or {}).get("number")
    return f"haul {number}" if number else "an earlier haul"


def of_number(library: Library, number: int) -> Sequence[Record]:
    """The published hauls that have a number: more than one where machines published apart, the first first.

    Whoever published earlier by the order of Steps is first, whatever the clocks said.
    """
    found = [key for key, its in library.haul_numbers().items() if its == number]
    return sorted(filter(None, map(library.haul, found)), key=_order)


def in_order(library: Library) -> Sequence[str]:
    """The ids of the published hauls by rising number, those of one number in the order of `of_number`."""
    numbers = sorted(set(library.haul_numbers().values()))
    return [haul["id"] for number in numbers for haul in of_number(library, number)]


def twice(library: Library) -> Sequence[Record]:
    """The published hauls whose number an earlier one has: they are to get another."""
    often = [number for number, count in Counter(library.haul_numbers().values()).items() if count > 1]
    return [haul for number in sorted(often) if number for haul in of_number(library, number)[1:]]


def published(haul: Record) -> str:
    """When a haul was published, as a sentence says it: date and time, UTC."""
    return clean.line(str(haul.get("published_at") or "an unknown day"))[:16].replace("T", " ")


def _order(haul: Record) -> tuple[int, str, str, str]:
    lamport, machine = haul.get(MADE) or (0, "")
    return lamport, machine, haul.get("published_at") or "", haul["id"]
