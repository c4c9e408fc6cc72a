"""Take in another library: what was done there, and the listing days it knows more of."""

from collections.abc import Iterator
from typing import NamedTuple

from triage.document import is_text
from triage.ledger import Listing, ListingState, standing
from triage.paper import Paper, Row
from triage.ports import Archive, ArchiveUnusable, Library, Unreachable
from triage.steps import COMMENTS, PAPERS


class Taken(NamedTuple):
    """What came from another library."""

    steps: dict[str, int]
    """How many Steps by machine."""
    papers: int
    """How many papers those decided on."""
    notes: int
    """How many notes they wrote or changed."""
    days: int
    """How many listing days that are new here, or hold more than before."""
    notices: tuple[str, ...]
    """Sentences on what could not be read, and on what was taken in under another name."""
    not_stored: str = ""
    """Why the archive took no more listing days, as a sentence; empty: it took them all."""


def merge(library: Library, archive: Archive, theirs: Archive, folder: str) -> Taken:
    """Take in the library of a folder, whose archive is `theirs`; both are only read.

    Doing it again brings nothing twice. Raises NoLibrary, LibraryUnusable when that library cannot be read,
    NotSaved.
    """
    merged = library.merge(folder)
    steps: dict[str, int] = {}
    papers, notes = set(), set()
    for step in merged.steps:
        steps[step.machine] = steps.get(step.machine, 0) + 1
        for change in step.changes:
            if change.table == PAPERS and change.path == ("verdict",):
                papers.add(change.key)
            elif change.table != COMMENTS and is_text(change.table, change.path):
                notes.add((change.table, change.key, change.path))
    days, unread, not_stored = 0, 0, ""
    last: dict[str, ListingState | None] = {}
    try:
        for listing in _listings(theirs):
            mine = archive.listing(listing.day)
            states = dict(_news(listing, mine))
            here = {row.id: row for row in mine.rows} if mine else {}
            detailed = any(state.details for state in states.values())
            rows = [row for row in listing.rows if detailed or _is_more(row, here.get(row.id))]
            if not (rows or states):
                continue
            for name in states:
                last.setdefault(name, archive.last_state(name))
            found = [_paper(theirs, row) for row in rows]
            unread += sum(not whole for _, whole in found)
            archive.store(listing.day, [paper for paper, _ in found], states)
            days += 1
        _remember_latest(archive, last)
    except ArchiveUnusable as refusal:
        not_stored = str(refusal)
    notices = [*merged.notices, *theirs.notices]
    if unread:
        notices.append(
            f"{unread} abstract{'' if unread == 1 else 's'} in the archive of {folder} cannot be read; "
            "their titles were taken in."
        )
    return Taken(steps, len(papers), len(notes), days, tuple(notices), not_stored)


def _listings(archive: Archive) -> Iterator[Listing]:
    for day in archive.days():
        listing = archive.listing(day)
        if listing is not None:
            yield listing


def _news(listing: Listing, mine: Listing | None) -> Iterator[tuple[str, ListingState]]:
    """The states that say more of a category than ours do."""
    for name, state in listing.states.items():
        before = mine.states.get(name) if mine else None
        after = standing(before, state)
        if before is None or (after.completeness, after.details) != (before.completeness, before.details):
            yield name, state


def _is_more(row: Row, here: Row | None) -> bool:
    """Tell whether a paper is to be stored: it is not here, or in an older version or as a weaker kind."""
    return here is None or (row.version or 0) > (here.version or 0) or row.kind.rank < here.kind.rank


def _paper(archive: Archive, row: Row) -> tuple[Paper, bool]:
    """The paper of a row, and whether it is whole or only what the row says of it."""
    try:
        return archive.paper(row), True
    except Unreachable:
        return Paper(row.id, row.title, version=row.version, kind=row.kind, listed=row.listed), False


def _remember_latest(archive: Archive, before: dict[str, ListingState | None]) -> None:
    """Let what arXiv said last stay what it said last: a listing day that was stored now may be old."""
    states = {}
    for name, known in before.items():
        now = archive.last_state(name)
        if known is not None and (now is None or known.fetched_at >= now.fetched_at) and known != now:
            states[name] = known
    if states:
        archive.remember(states)
