"""The replacement of a kept paper in words, and the version that it replaced."""

from datetime import date

from triage import replacement
from triage.actions.numbering import haul_said
from triage.paper import Paper, Row, Verdict
from triage.ports import Archive, Library, Record, Unreachable
from triage.steps import CURRENT, NEXT


def version_kept(library: Library, archive: Archive, paper: Paper) -> Paper | None:
    """The version of a kept paper before the one that is announced.

    Only text and version are told. None when nothing is known of it, and for every other announcement.
    """
    record = library.paper(paper.id)
    if record is None or record.get("verdict") != Verdict.KEEP or not replacement.is_later(paper, record):
        return None
    found = replacement.version_before(paper, record)
    return found if found is not None else _as_listed(archive, paper, str(record.get("listed") or ""))


def _as_listed(archive: Archive, paper: Paper, listed: str) -> Paper | None:
    """The version that was announced on the day the paper was decided on, if it is an older one."""
    listing = archive.listing(date.fromisoformat(listed)) if listed else None
    row = next((row for row in listing.rows if row.id == paper.id), None) if listing is not None else None
    if row is None or row.version is None or row.version >= (paper.version or 0):
        return None
    try:
        return archive.paper(row)
    except Unreachable:
        return None


def keep_said(library: Library, announced: Paper | Row, before: Record | None) -> str:
    """What keeping a paper that was kept before did, by its document before; empty for others.

    That is the replacement of a kept paper, or what is in a published haul and gets a new entry.
    """
    was, now = ((record or {}).get("haul") for record in (before, library.paper(announced.id)))
    if not replacement.is_of_kept(announced, before) and (was is None or was in (CURRENT, NEXT, now)):
        return ""
    if was in (CURRENT, NEXT):
        return f"Its entry in {haul_said(library, now)} is now v{announced.version or '?'}."
    return f"A new entry in {haul_said(library, now)}; that in {haul_said(library, was)} stays."
