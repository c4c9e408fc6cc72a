"""In which published haul a paper was kept: said wherever the paper is seen again."""

from datetime import date

from triage.day_words import short_date
from triage.ports import Library, Record


def kept_in(library: Library, key: str) -> str:
    """The latest published haul that has a paper: `kept in haul 17, 3 Sep 2025`; empty when none has it."""
    haul = haul_of(library, key)
    if haul is None:
        return ""
    name = f"haul {haul['number']}" if haul.get("number") else "an earlier haul"
    try:
        on = date.fromisoformat(str(haul.get("published_at") or "")[:10])
    except ValueError:
        return f"kept in {name}"
    return f"kept in {name}, {short_date(on)}"


def haul_of(library: Library, key: str) -> Record | None:
    """The document of the latest published haul that has a paper; None when none has it."""
    return next(reversed(library.hauls_of(key)), None)
