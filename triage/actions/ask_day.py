"""Ask for the listing of one past day: page by page, each kept as it comes, so that a kill costs one page."""

from collections.abc import Generator, Sequence
from datetime import date
from functools import reduce

from triage import owing
from triage.actions.asking import Asking, Doing, nothing_listed
from triage.actions.reports import CategoryDone, Report
from triage.day_words import day_name
from triage.ledger import LISTING_PAGES_REACH, Completeness, ListingState, Sections
from triage.listing_day import is_weekend
from triage.network import Announced
from triage.paper import Kind, Paper, Row
from triage.ports import Unreachable

_MOST_PAGES = 40
"""80,000 papers: a server that names a further page for ever is not followed for ever."""
_RECONSTRUCTED = (
    "Reconstructed from the days of submission: arXiv's listing pages reach back "
    f"{LISTING_PAGES_REACH} days. Replacements and papers that were held back are not in it."
)


def ask_day(asking: Asking, name: str, day: date, doing: Doing) -> Generator[Report, None, bool]:
    """Ask for a category's listing of a day, from the page where it was left; keep it and tell of it.

    Within `LISTING_PAGES_REACH` days from arXiv's catch-up pages, else from the API by submission date.
    Returns whether arXiv answered to the end. Raises ArchiveUnusable.
    """
    reconstructed = (asking.today - day).days > LISTING_PAGES_REACH
    if is_weekend(day) or (reconstructed and not asking.calendar.has_listing(day)):
        said = f"By the calendar arXiv lists nothing on {day_name(day)}."
        yield asking.ended(asking.state(name, day, Completeness.RESTS, said), day, asked=False)
        return True
    source = "api" if reconstructed else "catchup"
    page, sections = _left_at(asking.known(name, day), source)
    seen = asking.ids(name, day) if page > 1 else set()
    doubled = Sections()
    while page:
        yield doing(f"{name} of {day_name(day)}" + (f", page {page}" if page > 1 else ""))
        try:
            found = _page(asking, name, day, page, reconstructed=reconstructed)
        except Unreachable as refusal:
            yield asking.keep(day, (), _refused(asking, name, day, str(refusal), page))
            return False
        again = [paper for paper in found.papers if paper.id in seen]
        if found.papers and len(again) == len(found.papers):
            sentence = f"Page {page} of the listing is an earlier page again. Try again later."
            yield asking.keep(day, (), _refused(asking, name, day, sentence, 1))
            return False
        for paper in again:
            doubled = doubled.plus(paper.kind or Kind.NEW)
        seen.update(paper.id for paper in found.papers)
        sections = _together(sections, found.sections)
        following = found.page if page < found.page <= _MOST_PAGES else 0
        if following:
            state = asking.of(
                found, day, Completeness.CUT_OFF, f"Page {following} is still to come.",
                sections=sections, page=following,
            )  # fmt: skip
            asking.keep(day, found.papers, state, further=page > 1)
        else:
            yield _last_page(asking, found, day, sections, doubled, is_only=page == 1)
        page = following
    return True


def _left_at(known: ListingState | None, source: str) -> tuple[int, Sections]:
    """The page to ask for first, and what arXiv said of the listing on those before."""
    if known is not None and known.source == source and known.page > 1:
        return known.page, known.sections
    return 1, Sections()


def _page(asking: Asking, name: str, day: date, page: int, *, reconstructed: bool) -> Announced:
    if not reconstructed:
        return asking.feeds.on(name, day, page)
    since, until = asking.calendar.submissions(day)
    return asking.feeds.submitted(name, day, since, until, page)


def _refused(asking: Asking, name: str, day: date, sentence: str, page: int) -> ListingState:
    """The state of a day that could not be asked for to its end; `page` is where to go on, 1 for anew."""
    return asking.state(name, day, Completeness.FAILED, sentence, page=page if page > 1 else 0)


def _last_page(
    asking: Asking, found: Announced, day: date, said: Sections, doubled: Sections, *, is_only: bool
) -> CategoryDone:
    """Keep the last page: the listing is complete if as many papers are here as arXiv announced.

    `said` is what the pages say of the listing, `doubled` counts the papers that stand on two of them.
    """
    name = found.category
    sections = _less(said, doubled)
    if is_only and not found.papers and not sections.total:
        return asking.keep(day, (), _nothing(asking, found, day))
    if found.source == "api":
        # What a search states is a sum; the papers themselves tell which of them are new.
        # A paper on two of its pages has pushed another off both, so none is taken off for it.
        sections = _counted(() if is_only else asking.rows(name, day), found.papers)
        sections = sections.plus(Kind.NEW, max(0, found.sections.total - sections.total))
    before = set() if is_only else asking.ids(name, day)
    here = before | {paper.id for paper in found.papers}
    completeness, sentence = Completeness.COMPLETE, _RECONSTRUCTED if found.source == "api" else ""
    if found.lacks_papers or len(here) != sections.total:
        completeness = Completeness.CUT_OFF
    polls = asking.polls(name, day) + (completeness is Completeness.CUT_OFF)
    state = asking.of(
        found, day, completeness, sentence, sections=sections, details=found.source == "api", polls=polls
    )
    return asking.keep(day, found.papers, state, further=not is_only)


def _nothing(asking: Asking, found: Announced, day: date) -> ListingState:
    """The state of a day of which an answer holds nothing.

    arXiv's page of a day is the same when nothing was listed and while a category is late, and its API is
    empty now and then by mistake: a listing that was expected is given up only when there is a second sign.
    """
    name = found.category
    known = asking.known(name, day)
    polls = asking.polls(name, day) + 1
    if asking.calendar.has_listing(day):
        is_second = known is not None and known.source == "api" and owing.asked_on(known) != asking.today
        if found.source == "api" and not is_second:
            sentence = f"arXiv's API finds nothing submitted for {day_name(day)}. Fetch it again another day."
            return asking.of(found, day, Completeness.MISSING, sentence, polls=polls)
        if found.source != "api" and not _has_later(asking, name, day):
            sentence = f"arXiv's page of {day_name(day)} is empty, and no later listing of {name} is out."
            return asking.of(found, day, Completeness.STALE, sentence, polls=polls)
    return asking.of(found, day, Completeness.RESTS, nothing_listed(name, day))


def _has_later(asking: Asking, name: str, day: date) -> bool:
    """Tell whether arXiv has made a later listing of a category than that of a day."""
    return any(
        other > day
        and state.completeness.is_settled
        and (state.announced or asking.calendar.has_listing(other))
        for other, state in asking.archive.states(name).items()
    )


def _counted(rows: Sequence[Row], papers: Sequence[Paper]) -> Sections:
    """The sections that a category's papers make: those that came before, and those of this page."""
    kinds = {row.id: row.kind for row in rows}
    kinds |= {paper.id: paper.kind or Kind.NEW for paper in papers}
    return reduce(Sections.plus, kinds.values(), Sections())


def _together(first: Sections, second: Sections) -> Sections:
    """What two pages of one listing say of it: a page does not count sections that begin further on."""
    return Sections(*map(max, first, second))


def _less(sections: Sections, doubled: Sections) -> Sections:
    return Sections(*(said - twice for said, twice in zip(sections, doubled, strict=True)))
