"""Which papers `list` tells of, and what `--json` says of each."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from triage import clean, sections, shown
from triage.actions import haul as hauls
from triage.actions.known import is_told, known
from triage.actions.making import current_entries
from triage.actions.note import note_of
from triage.actions.version_in_haul import in_haul
from triage.export.records import record as json_record
from triage.haul import Entry, sort_key
from triage.inbox import matches, searchable
from triage.paper import Paper, Row, Verdict, abs_url
from triage.ports import Archive, Library, Record
from triage.replacement import Mark, marks
from triage.settings import SHOW
from triage.steps import CURRENT, NEXT

ALL = "all"
OPEN = "open"
"""Asked of `select` beside the verdicts."""


@dataclass(frozen=True, slots=True)
class Listed:
    """One paper as a list shows it."""

    id: str
    title: str
    """As shown."""
    verdict: Verdict | None
    """None for what is open: the replacement of a kept paper too, until it is seen."""
    row: Row | None = None
    """Where a listing announces it; None for a paper that only the library knows."""
    haul: str | None = None
    """The haul whose entry is meant, by its id, `current` or `next`; None: wherever the paper is now."""
    seen: bool = False
    """Whether the row is the replacement of a kept paper, and was seen."""


def select(
    library: Library,
    archive: Archive,
    *,
    day: date | str | None = None,
    verdict: str = ALL,
    haul: int | str | None = None,
    query: str = "",
    cross_lists: str = SHOW,
) -> Iterator[Listed]:
    """The papers that fit every choice: newest day first, each paper once.

    `day` is a listing day, `all`, or None: the newest listing day, but all days where haul, query or the
    verdict `keep` choose. `verdict` is keep, skip, open or all; `haul` a number, current, next or all.
    `cross_lists` is one of `settings.CROSS_LISTS`: what is left out and open is not told of. Raises Refused
    for a haul that is not there.
    """
    if day is None:
        held = archive.days()
        day = ALL if haul is not None or query or verdict == Verdict.KEEP else (held[-1] if held else ALL)
    if haul is not None:
        found = _in_haul(library, archive, haul)
    elif day == ALL and verdict == Verdict.KEEP:
        found = _decided(library, archive)
    else:
        days = [day] if isinstance(day, date) else reversed(archive.days())
        found = _of_days(library, archive, days, cross_lists)
        if day == ALL:
            found = _with_library(library, archive, found)
    words = searchable(query)
    texts = dict[str, str]()
    if words:
        texts = _texts(archive, [day] if isinstance(day, date) else archive.days())
    for listed in found:
        if verdict != ALL and verdict != (listed.verdict or OPEN):
            continue
        if haul is not None and isinstance(day, date) and _listed(library, listed) != day.isoformat():
            continue
        if words and not matches(words, _text(library, listed, texts.get(listed.id, ""))):
            continue
        yield listed


def as_record(library: Library, archive: Archive, listed: Listed) -> dict[str, object]:
    """What `--json` says of a paper. Raises Unreachable when its listing cannot be read."""
    paper = paper_of(library, archive, listed)
    ours = library.paper(listed.id) or {}
    where = listed.haul or ours.get("haul")
    return json_record(
        paper, listed.verdict, note_in(library, listed) or None, haul_name(library, where), ours.get("at")
    )


def paper_of(library: Library, archive: Archive, listed: Listed) -> Paper:
    """The paper in the version that is meant. Raises Unreachable when its listing cannot be read."""
    if listed.haul is None:
        return known(library, archive, listed.id, listed.row)
    return in_haul(library, archive, listed.id, listed.haul, _frozen(library, listed))


def note_in(library: Library, listed: Listed) -> str:
    """The note of the haul that is meant, else the one that writing would replace."""
    if listed.haul in (None, CURRENT, NEXT):
        return note_of(library, listed.id)
    entry = _frozen(library, listed)
    return entry.note if entry is not None else ""


def _frozen(library: Library, listed: Listed) -> Entry | None:
    """The entry of a published haul that is meant."""
    if listed.haul is None or listed.haul in (CURRENT, NEXT):
        return None
    return hauls.published(library, listed.haul).entry(listed.id)


def haul_name(library: Library, key: str | None) -> int | str | None:
    """A haul as people name it: its number, `current` or `next`; None for no haul."""
    if key is None or key in (CURRENT, NEXT):
        return key
    number = (library.haul(key) or {}).get("number")
    return number if isinstance(number, int) else None


def _in_haul(library: Library, archive: Archive, haul: int | str) -> Iterator[Listed]:
    if isinstance(haul, int):
        yield from _entries(library, hauls.key_of_number(library, haul))
        return
    if haul == CURRENT:
        for entry in current_entries(library):
            title = clean.line(entry.title if entry.title != entry.link else "")
            yield Listed(entry.key, title, library.verdict(entry.key), haul=CURRENT)
        return
    if haul == ALL:
        found = [one for name in (CURRENT, NEXT) for one in _in_haul(library, archive, name)]
        found += [one for document in reversed(library.hauls()) for one in _entries(library, document["id"])]
        yield from reversed({one.id: one for one in reversed(found)}.values())
        return
    kept = (replace(one, haul=haul) for one in _of_records(library, archive, library.in_haul(haul)))
    yield from sorted(kept, key=lambda listed: sort_key(listed.title, abs_url(listed.id)))


def _entries(library: Library, key: str) -> Iterator[Listed]:
    for entry in hauls.published(library, key).entries:
        yield Listed(entry.key, clean.line(entry.title), library.verdict(entry.key), haul=key)


def _decided(library: Library, archive: Archive) -> Iterator[Listed]:
    records = sorted(library.papers(), key=lambda record: str(record.get("at") or ""), reverse=True)
    return _of_records(library, archive, records)


def _of_records(library: Library, archive: Archive, records: Iterable[Record]) -> Iterator[Listed]:
    for record in records:
        key = record["id"]
        source = record.get("title") or known(library, archive, key).title
        yield Listed(key, shown.text(key, source), library.verdict(key))


def _of_days(library: Library, archive: Archive, days: Iterable[date], cross_lists: str) -> Iterator[Listed]:
    mark = marks(library.verdict, library.paper)
    told: set[str] = set()
    for day in days:
        listing = archive.listing(day)
        for row in listing.rows if listing is not None else ():
            stands = mark(row)
            if row.id in told or sections.is_left_out(row, library.verdict, cross_lists):
                continue
            told.add(row.id)
            title = shown.text(row.id, row.title)
            yield Listed(row.id, title, stands.verdict, row, seen=stands is Mark.SEEN)


def _with_library(library: Library, archive: Archive, found: Iterator[Listed]) -> Iterator[Listed]:
    """What the days hold, then what only the library knows."""
    seen: set[str] = set()
    for listed in found:
        seen.add(listed.id)
        yield listed
    rest = (record for record in library.papers() if record["id"] not in seen)
    yield from _of_records(library, archive, rest)


def _texts(archive: Archive, days: Iterable[date]) -> dict[str, str]:
    found: dict[str, str] = {}
    for day in days:
        found.update(archive.texts(day))
    return found


def _text(library: Library, listed: Listed, told: str) -> str:
    """What a query is looked for in, casefolded; as shown and as received."""
    ours = library.paper(listed.id) or {}
    parts = [listed.id, listed.title, told, note_in(library, listed)]
    if not told or is_told(ours):
        paper = Paper.from_record({"id": listed.id} | dict(ours))
        parts += [paper.title, paper.abstract, shown.abstract(paper), *paper.authors, *shown.authors(paper)]
    return "\n".join(parts).casefold()


def _listed(library: Library, listed: Listed) -> str | None:
    return (library.paper(listed.id) or {}).get("listed")
