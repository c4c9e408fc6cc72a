"""Ask for the listing of one past day: page by page, each kept as it comes, so that a kill costs one page."""

from collections.abc import Generator, Sequence
from datetime import date
from functools import reduce

from triage import owing
from triage.actions.asking import Asking, Doing, nothing_listed
from triage.actions.reports import CategoryDone, Report
from triage.day_words import day_name
from triage.ledger import LISTING_PAGES_REACH, Completeness, ListingState, Sections
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
    if not asking.can_be_told(day):
        yield _by_the_calendar(asking, name, day)
        return True
    reconstructed = not asking.is_in_reach(day)
    source = "api" if reconstructed else "catchup"
    page, sections = _left_at(asking.known(name, day), source)
    seen = asking.ids(name, day) if page > 1 and not reconstructed else set()
    doubled, lacking = Sections(), 0
    while page:
        yield doing(f"{name} of {day_name(day)}" + (f", page {page}" if page > 1 else ""))
        try:
            found = _page(asking, name, day, page, reconstructed=reconstructed)
        except Unreachable as refusal:
            if page == 1 and not asking.calendar.has_listing(day):
                # Asked for though nobody expects a listing: nothing is owed for want of the answer.
                yield _by_the_calendar(asking, name, day, str(refusal))
            else:
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
        if reconstructed:
            # A paper on two pages of a search has pushed another off both.
            lacking += found.unread + found.cut_off + len(again)
        if following:
            state = asking.of(
                found, day, Completeness.CUT_OFF, f"Page {following} is still to come.",
                sections=sections, page=0 if lacking else following,
            )  # fmt: skip
            asking.keep(day, found.papers, state, further=page > 1)
        elif page == 1 and not found.papers and not found.sections.total:
            yield asking.keep(day, (), _nothing(asking, found, day))
        elif reconstructed:
            lacking += max(0, found.sections.total - len(seen)) if found.page else 0
            yield _reconstructed(asking, found, day, lacking, is_only=page == 1)
        else:
            yield _last_page(asking, found, day, _less(sections, doubled), is_only=page == 1)
        page = following
    return True


def _by_the_calendar(asking: Asking, name: str, day: date, more: str = "") -> CategoryDone:
    """How a day ended on which arXiv lists nothing as far as is known; it is asked for it again some time."""
    said = f"By the calendar arXiv lists nothing on {day_name(day)}. {more}".strip()
    state = asking.state(name, day, Completeness.RESTS, said)
    known = asking.known(name, day)
    if known is None or known.completeness is not Completeness.FAILED:
        return asking.ended(state, day, asked=bool(more))
    return asking.keep(day, (), state)


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
    asking: Asking, found: Announced, day: date, sections: Sections, *, is_only: bool
) -> CategoryDone:
    """Keep the last page: the listing is complete if as many papers are here as arXiv announced."""
    name = found.category
    before = set() if is_only else asking.ids(name, day)
    here = before | {paper.id for paper in found.papers}
    is_whole = not found.lacks_papers and len(here) == sections.total
    completeness = Completeness.COMPLETE if is_whole else Completeness.CUT_OFF
    polls = asking.polls(name, day) + (not is_whole)
    state = asking.of(found, day, completeness, sections=sections, polls=polls)
    return asking.keep(day, found.papers, state, further=not is_only)


def _reconstructed(
    asking: Asking, found: Announced, day: date, lacking: int, *, is_only: bool
) -> CategoryDone:
    """Keep the last page of a search, which is whole if no page lacked any paper.

    What came of a listing stays beside it. What a search states is a sum; the papers tell which are new.
    """
    sections = _counted(asking.rows(found.category, day), found.papers).plus(Kind.NEW, lacking)
    completeness = Completeness.CUT_OFF if lacking else Completeness.COMPLETE
    polls = asking.polls(found.category, day) + bool(lacking)
    state = asking.of(found, day, completeness, _RECONSTRUCTED, sections=sections, details=True, polls=polls)
    return asking.keep(day, found.papers, state, further=not is_only)


def _nothing(asking: Asking, found: Announced, day: date) -> ListingState:
    """The state of a day of which an answer holds nothing.

    arXiv's page of a day is the same when nothing was listed and while a category is late, and its API is
    empty now and then by mistake: a listing that was expected is given up only when there is a second sign.
    """
    name = found.category
    known = asking.known(name, day)
    polls = asking.polls(name, day) + 1
    if known is not None and known.completeness is Completeness.CUT_OFF:
        sentence = f"arXiv finds nothing more of {day_name(day)}."
        return asking.of(found, day, Completeness.STALE, sentence, polls=polls)
    if asking.calendar.has_listing(day):
        is_second = known is not None and known.is_reconstructed and owing.asked_on(known) != asking.today
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
