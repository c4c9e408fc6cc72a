"""Ask for the listing of one past day: page by page, each kept as it comes, so that a kill costs one page."""

from collections.abc import Generator, Sequence
from datetime import date
from functools import reduce

from triage.actions.asking import Asking, Doing
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


def ask_day(asking: Asking, name: str, day: date, doing: Doing) -> Generator[Report, None, date | None]:
    """Ask for a category's listing of a day, from the page where it was left; keep it and tell of it.

    Within `LISTING_PAGES_REACH` days from arXiv's catch-up pages, else from the API by submission date.
    Returns the listing day that follows, where arXiv names it. Raises ArchiveUnusable.
    """
    reconstructed = (asking.today - day).days > LISTING_PAGES_REACH
    if reconstructed and not asking.calendar.has_listing(day):
        rests = asking.state(name, day, Completeness.RESTS, f"arXiv listed nothing on {day_name(day)}.")
        yield asking.ended(rests, day, asked=False)
        return None
    source = "api" if reconstructed else "catchup"
    page, sections = _left_at(asking.known(name, day), source)
    seen: set[str] = set()
    doubled = Sections()
    next_day: date | None = None
    while page:
        yield doing(f"{name} of {day_name(day)}" + (f", page {page}" if page > 1 else ""))
        try:
            found = _page(asking, name, day, page, reconstructed=reconstructed)
        except Unreachable as refusal:
            yield asking.keep(day, (), _refused(asking, name, day, str(refusal), source, page, sections))
            return None
        again = [paper for paper in found.papers if paper.id in seen]
        if found.papers and len(again) == len(found.papers):
            sentence = f"Page {page} of the listing is an earlier page again. Try again later."
            yield asking.keep(day, (), _refused(asking, name, day, sentence, source, 0, sections))
            return None
        for paper in again:
            doubled = doubled.plus(paper.kind or Kind.NEW)
        seen.update(paper.id for paper in found.papers)
        sections, next_day = _together(sections, found.sections), found.next_day
        following = found.page if page < found.page <= _MOST_PAGES else 0
        if following:
            state = asking.of(
                found, day, Completeness.CUT_OFF, f"Page {following} is still to come.",
                sections=sections, page=following,
            )  # fmt: skip
            asking.keep(day, found.papers, state, further=page > 1)
        else:
            yield _last_page(asking, found, day, _less(sections, doubled), is_only=page == 1)
        page = following
    return next_day


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


def _refused(
    asking: Asking, name: str, day: date, sentence: str, source: str, page: int, sections: Sections
) -> ListingState:
    """The state of a day that could not be asked for to its end; what came before the fault stays."""
    known = asking.known(name, day)
    if page == 1 and known is not None and asking.papers(name, day):
        # What a feed brought of it stays.
        return known._replace(completeness=Completeness.CUT_OFF, sentence=sentence, page=0)
    has_some = page != 1
    return asking.state(
        name,
        day,
        Completeness.CUT_OFF if has_some else Completeness.FAILED,
        sentence,
        source=source if has_some else "",
        sections=sections,
        page=page if has_some else 0,
    )


def _last_page(
    asking: Asking, found: Announced, day: date, sections: Sections, *, is_only: bool
) -> CategoryDone:
    """Keep the last page: the listing is complete if as many papers are here as arXiv announced."""
    name = found.category
    if is_only and not found.papers and not sections.total:
        sentence = f"arXiv listed nothing in {name} on {day_name(day)}."
        return asking.keep(day, (), asking.of(found, day, Completeness.RESTS, sentence))
    if found.source == "api":
        # What a search states is a sum; the papers themselves tell which of them are new.
        sections = _counted(() if is_only else asking.rows(name, day), found.papers)
    before = set() if is_only else asking.ids(name, day)
    here = before | {paper.id for paper in found.papers}
    completeness, sentence = Completeness.COMPLETE, _RECONSTRUCTED if found.source == "api" else ""
    if found.cut_off or len(here) != sections.total:
        completeness = Completeness.CUT_OFF
        sentence = f"arXiv announced {sections.total:,} papers, {len(here):,} came. {sentence}".strip()
    known = asking.known(name, day)
    polls = (known.polls if known is not None else 0) + (completeness is Completeness.CUT_OFF)
    state = asking.of(
        found, day, completeness, sentence, sections=sections, details=found.source == "api", polls=polls
    )
    return asking.keep(day, found.papers, state, further=not is_only)


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
