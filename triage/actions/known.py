"""What archive and library know of one paper, together."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import date

from triage import shown
from triage.haul import Entry, excerpt
from triage.paper import Paper, Row
from triage.ports import Archive, Library, Record, Unreachable
from triage.replacement import BEFORE, EARLIER

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
    return _together(key, library.paper(key) or {}, told)


def find(library: Library, archive: Archive, key: str) -> Paper | None:
    """All that they tell of a paper that one of them knows; None for any other."""
    told, ours = archive.find(key), library.paper(key)
    if told is None and (ours is None or not is_told(ours)):
        return None
    return _together(key, ours or {}, told)


def in_haul(library: Library, archive: Archive, key: str, haul: str, entry: Entry | None = None) -> Paper:
    """A paper in the version that a haul has it in, whatever was announced since.

    `entry` is the frozen one of a published haul. Where nothing tells which version that is, title and
    abstract are the entry's own, the abstract cut as it stands there; version and comments are not told.
    """
    record, told = library.paper(key) or {}, archive.find(key)
    latest = _together(key, record, told)
    held = next(_as_kept(archive, record, latest, haul), None)
    if held is not None or entry is None:
        return held or latest
    # Of a first version there is no earlier one; what says the same is the same to whoever reads the post.
    said = (shown.title(latest), excerpt(shown.abstract(latest)))
    if latest.version in (None, 1) or said == (entry.title, entry.excerpt):
        return latest
    as_written = replace(latest, title=entry.title, abstract=entry.excerpt)
    return replace(as_written, version=None, arxiv_comments=None, updated=None)


def _as_kept(archive: Archive, record: Record, latest: Paper, haul: str) -> Iterator[Paper]:
    """What the keep that brought a paper into a haul tells of it, the best first."""
    keep = record
    while keep and keep.get("haul") != haul:
        keep = keep.get(EARLIER) or {}
    if not keep:
        return
    if keep is record and record.get("version"):
        same = latest.version == record["version"]
        yield latest if same else Paper.from_record(record)
    listing = archive.listing(date.fromisoformat(keep["listed"])) if keep.get("listed") else None
    for row in listing.rows if listing is not None else ():
        if row.id == latest.id:
            with suppress(Unreachable):
                yield archive.paper(row)
    before = record.get(BEFORE) or {}
    if before and before.get("listed") == keep.get("listed"):
        yield Paper.from_record(latest.as_record() | {"arxiv_comments": None, "updated": None} | dict(before))


def is_told(record: Record) -> bool:
    """Tell whether the library itself knows more of a paper than what was decided."""
    return bool(record.get("verdict") or record.get("title") or record.get("note"))


def _together(key: str, ours: Record, told: Paper | None) -> Paper:
    if told is None:
        return Paper.from_record({"id": key} | dict(ours))
    merged = {"id": key} | dict(ours) | told.as_record()
    version, other = ours.get("version") or 0, told.version or 0
    if version > other:
        merged |= {name: value for name, value in ours.items() if name not in _ANNOUNCED}
    elif version == other:
        merged |= {name: ours[name] for name in _CORRECTABLE if ours.get(name)}
    return Paper.from_record(merged)
