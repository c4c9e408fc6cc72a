"""Keep, skip, reopen, hold, finish: the decisions, each one Step."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from triage.paper import Paper, Row, Verdict
from triage.ports import Library, Record
from triage.steps import CURRENT, NEXT, PAPERS, Change, Step, change, stamp

_OWN = ("verdict", "at", "note", "haul", "listed", "id")
"""A paper document's fields that outlive its being kept; the others describe a kept paper."""


def keep(library: Library, papers: Sequence[Paper], now: datetime, *, hold: bool = False) -> Step | None:
    """Keep papers for the current haul, or for the next one; None when they are there. Raises NotSaved."""
    haul = NEXT if hold else CURRENT
    changes = [made for paper in papers for made in keeping(library.paper(paper.id), paper, now, haul)]
    return library.record("hold" if hold else "keep", changes) if changes else None


def skip(library: Library, papers: Sequence[Paper], now: datetime) -> Step | None:
    """Skip papers; None when they are skipped already. Raises NotSaved."""
    changes = [made for paper in papers for made in _skipping(library, paper.id, paper.listed, stamp(now))]
    return library.record("skip", changes) if changes else None


def finish(library: Library, rows: Sequence[Row], now: datetime) -> Step | None:
    """Skip the open rest of a day as one Step; None when there is no rest. Raises NotSaved."""
    at = stamp(now)
    listed = {row.id: row.listed for row in rows}
    changes = [made for key, day in listed.items() for made in _skipping(library, key, day, at)]
    return library.record("finish", changes) if changes else None


def reopen(library: Library, keys: Sequence[str]) -> Step | None:
    """Make papers open again; their notes stay. None when they are open already. Raises NotSaved."""
    changes = [made for key in keys for made in _out_of_haul(library.paper(key), key, verdict=None, at=None)]
    return library.record("reopen", changes) if changes else None


def keeping(record: Record | None, paper: Paper, now: datetime, haul: str = CURRENT) -> Iterator[Change]:
    """The changes that keep one paper, with its metadata, for a haul; none when it is there already.

    From one haul being made to the other it goes as it is, with the time of its decision.
    """
    known = record or {}
    if known.get("haul") in (CURRENT, NEXT):
        yield from change(PAPERS, paper.id, known, haul=haul)
        return
    metadata = {name: value for name, value in paper.as_record().items() if name != "id"}
    yield from change(
        PAPERS, paper.id, known, verdict=Verdict.KEEP.value, at=stamp(now), haul=haul, **metadata
    )


def _skipping(library: Library, key: str, listed: str | None, at: str) -> Iterator[Change]:
    record = library.paper(key)
    if (record or {}).get("verdict") != Verdict.SKIP:
        day = {"listed": listed} if listed else {}
        yield from _out_of_haul(record, key, verdict=Verdict.SKIP.value, at=at, **day)


def _out_of_haul(record: Record | None, key: str, **after: str | None) -> Iterator[Change]:
    """The changes that take a paper out of its haul and bring the given fields.

    What the archive can tell again is dropped with the entry; a paper that no listing holds keeps it.
    """
    known = record or {}
    listed = known.get("listed") or after.get("listed")
    dropped = [name for name in known if name not in _OWN] if listed else []
    yield from change(PAPERS, key, known, **dict.fromkeys(["haul", *dropped]), **after)
