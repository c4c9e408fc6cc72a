"""What archive and library know of one paper, together."""

from triage.paper import Paper, Row
from triage.ports import Archive, Library, Record

_CORRECTABLE = ("title", "authors", "abstract", "site", "published")
"""What a user may have corrected in the haul."""
_ANNOUNCED = ("kind", "listed")
"""What a listing tells of its announcement of a paper, and not of the paper."""


def known(library: Library, archive: Archive, key: str, row: Row | None = None) -> Paper:
    """All that archive and library tell of a paper; a bare one without title when they know nothing.

    The later version stands, and in it what the user corrected. Raises Unreachable when the row's listing
    cannot be read.
    """
    told = archive.paper(row) if row is not None else archive.find(key)
    return together(key, library.paper(key) or {}, told)


def find(library: Library, archive: Archive, key: str) -> Paper | None:
    """All that they tell of a paper that one of them knows; None for any other."""
    told, ours = archive.find(key), library.paper(key)
    if told is None and (ours is None or not is_told(ours)):
        return None
    return together(key, ours or {}, told)


def is_told(record: Record) -> bool:
    """Tell whether the library itself knows more of a paper than what was decided."""
    return bool(record.get("verdict") or record.get("title") or record.get("note"))


def together(key: str, ours: Record, told: Paper | None) -> Paper:
    """What the library tells of a paper, and the archive, as one; the later version stands."""
    if told is None:
        return Paper.from_record({"id": key} | dict(ours))
    merged = {"id": key} | dict(ours) | told.as_record()
    version, other = ours.get("version") or 0, told.version or 0
    if version > other:
        merged |= {name: value for name, value in ours.items() if name not in _ANNOUNCED}
    elif version == other:
        merged |= {name: ours[name] for name in _CORRECTABLE if ours.get(name)}
    return Paper.from_record(merged)
