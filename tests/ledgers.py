"""Four weeks of listings in every state that a ledger knows, for who shows them."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from triage.archive import open_archive
from triage.archive.listings import DiskArchive
from triage.ledger import Completeness, ListingState, Sections
from triage.listing_day import Calendar
from triage.paper import Kind, Paper
from triage.ports import Archive

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
"""A Monday morning in New York."""
CL, LG = "cs.CL", "cs.LG"
BUSY = "arXiv's site answered 503 (Service Unavailable)."
LATE = "arXiv has not updated its feed: it still is that of Wed 18 Nov 2026."
KINDS = (Kind.NEW, Kind.NEW, Kind.NEW, Kind.CROSS, Kind.CROSS, Kind.REPLACE)
"""Those of each listing's papers: 6 a category and day, the second and third in both categories."""


def day(number: int) -> date:
    """A day of November 2026."""
    return date(2026, 11, number)


def papers(on: date, category: str) -> Sequence[Paper]:
    """A category's papers on a day."""
    start = 0 if category == CL else 1
    return [
        Paper(
            id=f"2611.{on.day * 100 + start * 10 + at if at not in (1, 2) else on.day * 100 + at:05}",
            title=f"On the {at} of {on.day}",
            authors=("Ada Example",),
            abstract="We count.",
            version=1,
            kind=kind,
            categories=(category,),
            listed=on.isoformat(),
        )
        for at, kind in enumerate(KINDS)
    ]


def state(
    on: date, category: str, completeness: Completeness, sections: Sections, source: str, sentence: str
) -> ListingState:
    """What arXiv said of a category on a day."""
    return ListingState(category, completeness, on.isoformat(), sections, source, sentence)


def put(
    archive: Archive,
    on: date,
    category: str,
    completeness: Completeness = Completeness.COMPLETE,
    *,
    announced: int = len(KINDS),
    source: str = "list",
    sentence: str = "",
    unasked: bool = False,
) -> None:
    """Store a listing, or what else is known of a category's day."""
    if completeness in (Completeness.COMPLETE, Completeness.CUT_OFF):
        more = announced - len(KINDS)
        known = state(on, category, completeness, Sections(3 + more, 2, 1), source, sentence)
        archive.store(on, papers(on, category), {category: known._replace(unasked=unasked)})
    else:
        archive.remember(on, {category: state(on, category, completeness, Sections(), source, sentence)})


def filled(folder: Path, categories: Sequence[str] = (CL, LG)) -> DiskArchive:
    """An archive in a folder: cs.CL from Mon 2 Nov on, cs.LG from Thu 5 Nov on, up to Mon 23 Nov."""
    for name, content in _files(tuple(categories)).items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return open_archive(folder)


@cache
def _files(categories: tuple[str, ...]) -> Mapping[Path, bytes]:
    """What such an archive holds: it is written once in a process, for each listing waits for the disk."""
    with TemporaryDirectory(prefix="triage-test-") as name:
        folder = Path(name)
        _fill(open_archive(folder), categories)
        files = [path for path in folder.rglob("*") if path.is_file()]
        return {path.relative_to(folder): path.read_bytes() for path in files}


def _fill(archive: Archive, categories: Sequence[str]) -> None:
    for on in Calendar().days(day(2), day(23)):
        if CL in categories:
            put_cl(archive, on)
        if LG in categories and on >= day(5):
            put_lg(archive, on)


def put_cl(archive: Archive, on: date) -> None:
    """What is known of cs.CL."""
    if on == day(11):
        put(archive, on, CL, Completeness.RESTS)
    elif on == day(12):
        put(archive, on, CL, Completeness.FAILED, sentence=BUSY)
    else:
        put(archive, on, CL, source="api" if on == day(13) else "list")


def put_lg(archive: Archive, on: date) -> None:
    """What is known of cs.LG."""
    if on == day(9):
        put(archive, on, LG, Completeness.CUT_OFF, announced=2000)
    elif on == day(11):
        put(archive, on, LG, Completeness.RESTS)
    elif on == day(19):
        put(archive, on, LG, Completeness.STALE, sentence=LATE)
    elif on != day(17):
        put(archive, on, LG, source="rss" if on == day(23) else "list")
