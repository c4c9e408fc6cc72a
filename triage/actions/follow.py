"""Papers of the hauls being made follow their latest version until a publish freezes them."""

from triage.ports import Archive, Library, Record
from triage.replacement import BEFORE, decided_on, text_of
from triage.steps import CURRENT, NEXT, PAPERS, Change, Step, change

_AS_DECIDED = ("id", "kind", "listed")
"""What tells of the announcement that was decided on, and not of the version."""


def follow(library: Library, archive: Archive) -> Step | None:
    """Bring what is kept for the current and the next haul to the latest version in the archive, as one Step.

    It takes the place of what the user corrected in the version before; that one's text is put by, so that
    one sees what changed. A paper that was kept while its record was damaged gets what was lost. None when
    nothing is to be told. To be called after a fetch: looking for every paper in every listing day is too
    slow for a screen. Raises NotSaved.
    """
    changes: list[Change] = []
    for haul in (CURRENT, NEXT):
        for record in library.in_haul(haul):
            latest = archive.find(record["id"])
            if latest is None or latest.is_bare:
                continue  # of a later version that is damaged nothing can be shown yet
            told = {name: value for name, value in latest.as_record().items() if name not in _AS_DECIDED}
            later = (latest.version or 0) - (record.get("version") or 0)
            if later > 0:
                changes += change(PAPERS, latest.id, record, **told, **{BEFORE: _before(record)})
            elif not later and not (record.get("abstract") or record.get("authors")):
                lost = {name: value for name, value in told.items() if not record.get(name)}
                changes += change(PAPERS, latest.id, record, **lost)
    return library.record("details", changes) if changes else None


def _before(record: Record) -> object:
    """The text that was decided on: versions that came since do not take its place."""
    known = record.get(BEFORE) or {}
    return known if known.get("listed") == decided_on(record) else text_of(record)
