"""Keep, skip, reopen, hold, finish: the decisions, each one Step."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime

from triage.paper import Paper, Verdict
from triage.ports import Library, Record
from triage.steps import CURRENT, NEXT, PAPERS, Change, Step, change

_OWN = ("verdict", "at", "note", "haul", "listed", "id")
"""A paper document's fields that outlive its being kept; the others describe a kept paper."""


def stamp(now: datetime) -> str:
    """A moment as the library writes it: UTC, to the second, ISO 8601."""
    return now.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def keep(library: Library, papers: Sequence[Paper], now: datetime, *, hold: bool = False) -> Step:
    """Keep papers for the current haul, or for the next one. Raises NotSaved."""
    haul = NEXT if hold else CURRENT
    changes = [made for paper in papers for made in keeping(library.paper(paper.id), paper, now, haul)]
    return library.record("hold" if hold else "keep", changes)


def skip(library: Library, papers: Sequence[Paper], now: datetime, *, what: str = "skip") -> Step:
    """Skip papers. Raises NotSaved."""
    changes = [
        made
        for paper in papers
        for made in _without_entry(
            library.paper(paper.id), paper.id, verdict=Verdict.SKIP.value, at=stamp(now), listed=paper.listed
        )
    ]
    return library.record(what, changes)


def finish(library: Library, rows: Iterable[tuple[str, str | None]], now: datetime) -> Step:
    """Skip every given paper (id, ISO listing day) as one Step: the open rest of a day. Raises NotSaved."""
    at = stamp(now)
    changes = [
        made
        for key, listed in rows
        for made in _without_entry(library.paper(key), key, verdict=Verdict.SKIP.value, at=at, listed=listed)
    ]
    return library.record("finish", changes)


def reopen(library: Library, keys: Sequence[str]) -> Step:
    """Make papers open again; their notes stay. Raises NotSaved."""
    changes = [
        made for key in keys for made in _without_entry(library.paper(key), key, verdict=None, at=None)
    ]
    return library.record("reopen", changes)


def keeping(record: Record | None, paper: Paper, now: datetime, haul: str = CURRENT) -> Iterator[Change]:
    """The changes that keep one paper, with its metadata, for a haul."""
    metadata = {**paper.as_record(), "id": None}
    known = record or {}
    fresh = {name: value for name, value in metadata.items() if name != "id" and known.get(name) != value}
    yield from change(PAPERS, paper.id, record, verdict=Verdict.KEEP.value, at=stamp(now), haul=haul, **fresh)


def _without_entry(record: Record | None, key: str, **after: str | None) -> Iterator[Change]:
    """The changes that take a paper out of its haul and bring the given fields.

    What the archive can tell again is dropped with the entry; a paper that no listing holds keeps it.
    """
    known = record or {}
    gone: dict[str, None] = {"haul": None}
    if known.get("listed") or after.get("listed"):
        gone |= {name: None for name in known if name not in _OWN}
    if after.get("listed") is None:
        after.pop("listed", None)
    yield from change(PAPERS, key, record, **{**gone, **after})
