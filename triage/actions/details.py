"""Complete the papers of listings with what only the API tells: comments, dates, authors in Unicode."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta

from triage.actions.asking import Asking
from triage.actions.reports import DetailsDone
from triage.announcement import with_details
from triage.ledger import ListingState
from triage.network import Details
from triage.pace import BATCH
from triage.paper import Paper, Row
from triage.ports import Archive, Unreachable

_BEHIND = timedelta(days=2)
"""How long the API may lack papers that were announced: what it lacks later it will never have."""


def complete(
    asking: Asking, details: Details, names: Sequence[str], days: Iterable[date]
) -> Iterator[DetailsDone]:
    """Ask for what is missing in the listings of these days, in their order, a batch at a time.

    Each batch is kept as it comes. A failure of the API ends it; the next fetch goes on. Raises
    ArchiveUnusable.
    """
    archive = asking.archive
    lacking = {day: states for day in days if (states := _lacking(archive, names, day))}
    wanted: dict[str, list[tuple[date, Paper]]] = {}
    for day in lacking:
        for paper in _undetailed(archive, day):
            wanted.setdefault(paper.id, []).append((day, paper))
    keys, late = list(wanted), 0
    unknown: set[date] = set()
    for start in range(0, len(keys), BATCH):
        batch = keys[start : start + BATCH]
        try:
            told = {paper.id: paper for paper in details.details(batch)}
        except Unreachable as error:
            yield DetailsDone(start, len(keys), f"{error} Comments and dates come with the next fetch.")
            return
        known: dict[date, list[Paper]] = {}
        for key in batch:
            for day, paper in wanted[key]:
                if key in told:
                    known.setdefault(day, []).append(with_details(paper, told[key]))
                elif asking.today - day <= _BEHIND:
                    unknown.add(day)
            late += key not in told and wanted[key][0][0] in unknown
        for day, papers in known.items():
            archive.store(day, papers, {})
        yield DetailsDone(start + len(batch), len(keys))
    for day, states in lacking.items():
        if day not in unknown:
            archive.store(day, (), {state.category: state._replace(details=True) for state in states})
    if late:
        sentence = f"arXiv's API does not know {late} of these papers yet; the next fetch asks again."
        yield DetailsDone(len(keys), len(keys), sentence)


def _lacking(archive: Archive, names: Sequence[str], day: date) -> Sequence[ListingState]:
    """The states of a day's listings that were not completed yet."""
    known = (archive.states(name).get(day) for name in names)
    return [state for state in known if state is not None and state.has_listing and not state.details]


def _undetailed(archive: Archive, day: date) -> Sequence[Paper]:
    listing = archive.listing(day)
    if listing is None or not listing.is_whole:
        return ()  # a damaged one is to come again before it is written
    papers = (_read(archive, row) for row in listing.rows)
    return [paper for paper in papers if paper is not None and paper.published is None]


def _read(archive: Archive, row: Row) -> Paper | None:
    try:
        return archive.paper(row)
    except Unreachable:
        return None
