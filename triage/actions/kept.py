"""In which published haul a paper was kept: said wherever the paper is seen again."""

from collections.abc import Sequence
from datetime import date

from triage.day_words import short_date
from triage.ports import Library, Record


def kept_in(library: Library, key: str) -> str:
    """The latest published haul that has a paper: `kept in haul 17, 3 Sep 2025`; empty when none has it."""
    haul = haul_of(library, key)
    return f"kept in {haul_on(haul)}" if haul is not None else ""


def haul_on(haul: Record) -> str:
    """A published haul with its day: `haul 17, 3 Sep 2025`."""
    try:
        on = date.fromisoformat(str(haul.get("published_at") or "")[:10])
    except ValueError:
        return _name(haul)
    return f"{_name(haul)}, {short_date(on)}"


def earlier(library: Library, key: str, but: str) -> tuple[str, Sequence[tuple[str, str]]]:
    """The latest published haul that has a paper, `haul 17`, and the notes of all that have it, by haul.

    Without the haul `but`, by its id. Empty when no other has it.
    """
    others = [haul for haul in library.hauls_of(key) if haul["id"] != but]
    notes = ((haul_on(haul), haul["entries"][key].get("note") or "") for haul in others)
    return (_name(others[-1]) if others else ""), [(name, said) for name, said in notes if said]


def haul_of(library: Library, key: str) -> Record | None:
    """The document of the latest published haul that has a paper; None when none has it."""
    return next(reversed(library.hauls_of(key)), None)


def _name(haul: Record) -> str:
    return f"haul {haul['number']}" if haul.get("number") else "an earlier haul"
