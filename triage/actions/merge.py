"""Take in another library: what was done there, and the listing days it knows more of."""

from collections.abc import Iterator, Mapping, Sequence, Set
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
    came = take_in(archive, theirs, folder)
    notices = (*merged.notices, *came.notices)
    return Taken(steps, len(papers), len(notes), came.days, notices, came.not_stored)


class Listings(NamedTuple):
    """What came from another archive."""

    days: int
    """How many listing days that are new here, or hold more than before."""
    notices: tuple[str, ...]
    not_stored: str = ""
    """Why the archive took no more of them, as a sentence; empty: it took them all."""


def take_in(archive: Archive, theirs: Archive, folder: str) -> Listings:
    """Take in what the archive `theirs`, of a folder, knows more of; it is only read."""
    days, not_stored = 0, ""
    unread: set[str] = set()
    try:
        for listing in _listings(theirs):
            days += _take(archive, theirs, listing, unread)
        _take_rests(archive, theirs)
    except ArchiveUnusable as refusal:
        not_stored = str(refusal)
    notices = [*theirs.notices]
    if unread:
        notices.append(
            f"{len(unread)} abstract{'' if len(unread) == 1 else 's'} in the archive of {folder} cannot be "
            "read; their titles were taken in."
        )
    return Listings(days, tuple(notices), not_stored)


def _listings(archive: Archive) -> Iterator[Listing]:
    for day in archive.days():
        listing = archive.listing(day)
        if listing is not None:
            yield listing


def _take(archive: Archive, theirs: Archive, listing: Listing, unread: set[str]) -> bool:
    """Store what a listing there has more than the one here; whether there was any such thing.

    `unread` takes in the ids of papers whose record there is damaged.
    """
    mine = archive.listing(listing.day) or Listing(listing.day, ())
    news = dict(_news(listing, mine))
    taking = _Taking(archive, theirs, listing, {row.id: row for row in mine.rows}, unread)
    is_more = False
    for name, state in news.items():
        is_more = taking.category(name, state, mine.states.get(name)) or is_more
    return taking.papers(_of_none(listing, mine, news)) or is_more


def _of_none(listing: Listing, mine: Listing, news: Mapping[str, ListingState]) -> Sequence[Row]:
    """The rows there that come whether a category there is news or not.

    A paper that is here may be later there. One that belongs to no category there may still turn out to be
    of any, unless every listing of the day is whole.
    """
    here = {row.id for row in mine.rows}
    is_whole = all(state.completeness.is_settled for state in (dict(mine.states) | dict(news)).values())
    announced = {at for places in listing.members.values() for at in places}
    return [row for at, row in enumerate(listing.rows) if row.id in here or not (is_whole or at in announced)]


class _Taking(NamedTuple):
    """One listing day of another archive on its way into this one."""

    archive: Archive
    theirs: Archive
    listing: Listing
    here: Mapping[str, Row]
    """The rows here before, by the ids of their papers."""
    unread: set[str]
    """Takes in the ids of papers whose record there is damaged."""

    def papers(self, rows: Sequence[Row], *, with_details: bool = False) -> bool:
        """Store those that are more than what is here, or have details; whether any is more.

        What comes without a state and is no more than its row is known to be lost.
        """
        # Not as it was before: a category that was stored since may have left a paper to nobody.
        now = self.archive.listing(self.listing.day)
        here = {row.id: row for row in now.rows} if now is not None else {}
        wanted = [(row, _is_more(row, here.get(row.id))) for row in rows]
        found = [(*_paper(self.theirs, row), is_more) for row, is_more in wanted if is_more or with_details]
        if not found:
            return False
        self.unread.update(paper.id for paper, whole, _ in found if not whole)
        self.archive.store(self.listing.day, [paper for paper, _, _ in found], {})
        return any((whole and is_more) or paper.id not in self.here for paper, whole, is_more in found)

    def category(self, name: str, state: ListingState, before: ListingState | None) -> bool:
        """Store a category's state with its papers; whether that is more than what was here."""
        rows = [self.listing.rows[at] for at in self.listing.members.get(name, ())]
        is_more = self.papers(rows, with_details=state.details)
        # The papers are here by now: an id alone makes them members of the category, and changes no more.
        announced = [Paper(row.id, "") for row in rows]
        is_whole = state.completeness is Completeness.COMPLETE
        now = self.archive.store(self.listing.day, announced, {name: state}, anew=is_whole)
        return is_more or now.states[name] != before


def _news(listing: Listing, mine: Listing) -> Iterator[tuple[str, ListingState]]:
    """The states that say more of a category than ours do, as they are to be stored."""
    for name, state in listing.states.items():
        before = mine.states.get(name)
        if before is None or (_stands(before, state) and _says(state, before) != _says(before)):
            yield name, state
        elif _may_lack(before) and not _ids(listing, name) <= _ids(mine, name):
            # More of what neither has whole; which pages those papers were on, nobody knows any more.
            yield name, before._replace(page=0)


def _may_lack(state: ListingState) -> bool:
    """Tell whether papers that a category was announced with can be missing."""
    return state.completeness is Completeness.CUT_OFF or state.is_reconstructed


def _stands(before: ListingState, state: ListingState) -> bool:
    """Tell whether a state stands where another was."""
    after = standing(before, state)
    return (after.completeness, after.source) == (state.completeness, state.source)


def _says(state: ListingState, before: ListingState | None = None) -> tuple[Completeness, bool, bool]:
    """What makes a state another where this one was: how complete it is, and whether by a true listing."""
    details = state.details or (before is not None and before.details)
    return state.completeness, details, state.is_reconstructed


def _ids(listing: Listing, name: str) -> Set[str]:
    return {listing.rows[at].id for at in listing.members.get(name, ())}


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
        return Paper.of_row(row), False
