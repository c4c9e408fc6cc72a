"""Take in another library: what was done there, and the listing days it knows more of."""

from collections.abc import Iterator
from typing import NamedTuple

from triage.document import is_text
from triage.ledger import Completeness, Listing, ListingState, standing
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
    days, not_stored = 0, ""
    unread: set[str] = set()
    try:
        for listing in _listings(theirs):
            days += _take(archive, theirs, listing, unread)
        _take_rests(archive, theirs)
    except ArchiveUnusable as refusal:
        not_stored = str(refusal)
    notices = [*merged.notices, *theirs.notices]
    if unread:
        notices.append(
            f"{len(unread)} abstract{'' if len(unread) == 1 else 's'} in the archive of {folder} cannot be "
            "read; their titles were taken in."
        )
    return Taken(steps, len(papers), len(notes), days, tuple(notices), not_stored)


def _listings(archive: Archive) -> Iterator[Listing]:
    for day in archive.days():
        listing = archive.listing(day)
        if listing is not None:
            yield listing


def _take(archive: Archive, theirs: Archive, listing: Listing, unread: set[str]) -> bool:
    """Store what a listing there has more than the one here; whether there was any such thing.

    `unread` takes in the ids of papers whose record there is damaged.
    """
    mine = archive.listing(listing.day)
    here = {row.id: row for row in mine.rows} if mine else {}
    news = dict(_news(listing, mine))
    detailed = {at for name, state in news.items() if state.details for at in listing.members.get(name, ())}
    rows = [row for at, row in enumerate(listing.rows) if at in detailed or _is_more(row, here.get(row.id))]
    is_more = False
    if rows:
        found = [_paper(theirs, row) for row in rows]
        unread.update(paper.id for paper, whole in found if not whole)
        is_more = any(whole or paper.id not in here for paper, whole in found)
        archive.store(listing.day, [paper for paper, _ in found], {})
    for name, state in news.items():
        # The papers are here by now: an id alone makes them members of the category, and changes no more.
        announced = [Paper(listing.rows[at].id, "") for at in listing.members.get(name, ())]
        now = archive.store(listing.day, announced, {name: state})
        is_more = is_more or mine is None or now.states[name] != mine.states.get(name)
    return is_more


def _news(listing: Listing, mine: Listing | None) -> Iterator[tuple[str, ListingState]]:
    """The states that say more of a category than ours do, as they are to be stored."""
    for name, state in listing.states.items():
        before = mine.states.get(name) if mine else None
        after = standing(before, state)
        if before is None or (after.completeness, after.details) != (before.completeness, before.details):
            yield name, state


def _take_rests(archive: Archive, theirs: Archive) -> None:
    """Take in the days of which arXiv said there that it rests; what failed there says nothing of arXiv."""
    for name in theirs.categories():
        here = archive.states(name)
        for day, state in theirs.states(name).items():
            known = here.get(day)
            if state.completeness is Completeness.RESTS and standing(known, state) == state != known:
                archive.remember(day, {name: state})


def _is_more(row: Row, here: Row | None) -> bool:
    """Tell whether a paper is to be stored: it is not here, older, of a weaker kind, or all but lost."""
    if here is None or (row.version or 0) > (here.version or 0) or row.kind.rank < here.kind.rank:
        return True
    return row.length > here.length == 0


def _paper(archive: Archive, row: Row) -> tuple[Paper, bool]:
    """The paper of a row, and whether it is whole or only what the row says of it."""
    try:
        return archive.paper(row), True
    except Unreachable:
        return Paper(row.id, row.title, version=row.version, kind=row.kind, listed=row.listed), False
