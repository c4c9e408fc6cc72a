"""What lies in a listing day's file and what came for it, as one: papers, whose they are, what is lost."""

from collections.abc import Mapping, Sequence, Set
from functools import reduce
from typing import NamedTuple

from triage.announcement import in_order
from triage.ledger import Completeness, Listing, ListingState, Sections, as_counted, damaged, standing
from triage.paper import Kind, Paper


class Held(NamedTuple):
    """What a listing day's file holds."""

    papers: Sequence[Paper]
    lost: Set[str]
    """The ids of papers of which only the row is left."""
    states: Mapping[str, ListingState]
    members: Mapping[str, Set[str]]
    """By category the ids of the papers it was announced with."""

    def places(self) -> Mapping[str, Sequence[int]]:
        """By category the places of its papers among all."""
        return {
            name: [at for at, paper in enumerate(self.papers) if paper.id in ids]
            for name, ids in self.members.items()
        }


def members(listing: Listing) -> Mapping[str, Set[str]]:
    """By category the ids of the papers it was announced with."""
    return {name: {listing.rows[at].id for at in rows} for name, rows in listing.members.items()}


def together(
    held: Held, papers: Sequence[Paper], states: Mapping[str, ListingState], *, anew: bool = False
) -> Held:
    """A listing day with what came for it; one paper once, the strongest kind, the latest version.

    What is stored with the states of categories was announced with these; details come without states.
    `anew`: with these papers and no others; but what was put together from the days of submission only adds
    to what came of a listing. Papers that no category was announced with stay until a state comes with which
    every listing of the day is whole: no page that is still to come can have them then.
    """
    ids = dict(held.members)
    for name, state in states.items():
        known = frozenset() if anew and not state.is_reconstructed else ids.get(name, frozenset())
        ids[name] = known | {paper.id for paper in papers}
    all_papers = in_order([*held.papers, *papers])
    # arXiv may tell no more of a paper than its title; what comes bare of another archive was lost there.
    suspect = held.lost if states else held.lost | {paper.id for paper in papers}
    lost = {paper.id for paper in all_papers if paper.is_bare and paper.id in suspect}
    known_now = dict(held.states)
    for name, state in states.items():
        before = known_now.get(name)
        if before is not None and _has(held.lost, held.members.get(name), before):
            before = damaged(before)  # once complete is not complete any more
        known_now[name] = _as_reconstructed(standing(before, state), all_papers, ids[name])
    known_now = {
        name: _as_it_is(state, ids.get(name, frozenset()), lost) for name, state in known_now.items()
    }
    now = Held(all_papers, lost, known_now, ids)
    return _without_strays(now) if states and all(map(_is_whole, known_now.values())) else now


def _is_whole(state: ListingState) -> bool:
    """Tell whether nothing that arXiv announced can be missing."""
    return state.completeness.is_settled and not state.is_reconstructed


def _as_reconstructed(state: ListingState, papers: Sequence[Paper], ids: Set[str]) -> ListingState:
    """A state of a whole day that nobody counted for us, with the counts of the papers that are here."""
    if not state.is_reconstructed or state.completeness is not Completeness.COMPLETE:
        return state
    kinds = (paper.kind or Kind.NEW for paper in papers if paper.id in ids)
    return state._replace(sections=reduce(Sections.plus, kinds, Sections()))


def _without_strays(held: Held) -> Held:
    """A listing day without the papers that no category was announced with."""
    announced = frozenset[str]().union(*held.members.values())
    papers = [paper for paper in held.papers if paper.id in announced]
    return held._replace(papers=papers, lost=held.lost & announced)


def _as_it_is(state: ListingState, ids: Set[str], lost: Set[str]) -> ListingState:
    """The state of a listing by the papers that are here, whatever is said of it."""
    return damaged(state) if _has(lost, ids, state) else as_counted(state, len(ids))


def _has(lost: Set[str], ids: Set[str] | None, state: ListingState) -> bool:
    return state.has_listing and not lost.isdisjoint(ids or ())
