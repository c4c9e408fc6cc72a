"""The numbers of hauls: apart from `haul`, whose YAML reader the first screen has no need of."""

from triage.ports import Library
from triage.steps import CURRENT, NEXT


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
