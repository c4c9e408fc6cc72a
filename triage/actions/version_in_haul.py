"""A paper in the version that a haul has it in, which may be an earlier one than what is known by now."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import date

from triage import shown
from triage.actions.known import together
from triage.haul import Entry, excerpt
from triage.paper import Paper
from triage.ports import Archive, Library, Record, Unreachable
from triage.replacement import BEFORE, EARLIER


def in_haul(library: Library, archive: Archive, key: str, haul: str, entry: Entry | None = None) -> Paper:
    """A paper in the version that a haul has it in, whatever was announced since.

    `entry` is the frozen one of a published haul. Where nothing tells which version that is, title and
    abstract are the entry's own, the abstract cut as it stands there; version and comments are not told.
    """
    record, told = library.paper(key) or {}, archive.find(key)
    latest = together(key, record, told)
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
