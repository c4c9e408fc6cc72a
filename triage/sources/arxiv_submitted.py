"""A listing day put together from the days of submission, where arXiv's pages no longer reach.

Moderation holds papers back for days, so what the API tells of a day of submission is not what was announced.
"""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import reduce

from triage import taxonomy
from triage.announcement import in_order
from triage.ledger import Sections
from triage.network import Announced
from triage.paper import Kind, Paper
from triage.ports import Unreachable
from triage.sources.arxiv_api import ArxivApi
from triage.sources.arxiv_text import MISSING, is_within

PAGE = 2000
"""Papers in one answer at most (help/api/user-manual)."""
REACH = 30_000
"""Papers that one search gives at most (help/api/user-manual)."""
_MINUTE = timedelta(minutes=1)


def ask(api: ArxivApi, category: str, day: date, since: datetime, until: datetime, page: int) -> Announced:
    """One page of the papers submitted from `since` on and before `until`, as the listing of a day.

    The API tells no kinds: a paper is new where it is in the category first, else a cross-list. While there
    are further pages, the papers on them count as new; what a search states is right in its sum. An answer
    that does not hold what it states is cut off, or refused when it is empty. Raises Unreachable; ValueError
    for a page there cannot be, for times without a zone and for no time at all.
    """
    if page < 1 or (page - 1) * PAGE >= REACH:
        raise ValueError(f"there is no page {page}")
    if since.tzinfo is None or until.tzinfo is None:
        raise ValueError("a submission time needs a zone")
    if until - since < _MINUTE:
        raise ValueError("there is no minute to ask for")
    start = (page - 1) * PAGE
    subject = f"the papers of {category} submitted for {day.isoformat()}"
    # Both ends are GMT and within the window, to the minute.
    window = f"submittedDate:[{_stamp(since)} TO {_stamp(until - _MINUTE)}]"
    found = api.search(f"{_listed_in(category)} AND {window}", start, PAGE, subject)
    if found.total > REACH:
        raise Unreachable(
            f"{found.host} has {found.total} papers for {subject}, more than the {REACH} it hands out: "
            f"{day.isoformat()} cannot be reconstructed."
        )
    entries = len(found.papers) + found.unread
    expected = max(0, min(PAGE, found.total - start))
    if expected and not entries:
        raise Unreachable(
            f"{found.host} sent none of the {expected} papers it has for page {page} of {subject}. "
            "What was fetched before stays; try again in some minutes."
        )
    if stray := next((paper for paper in found.papers if not _fits(paper, since, until)), None):
        raise Unreachable(
            f"{found.host} sent {stray.id}, submitted on {stray.published}, for {subject}: it was refused. "
            "Try again later."
        )
    papers = tuple(in_order(_announced(paper, category, day) for paper in found.papers))
    counted = reduce(Sections.plus, (paper.kind or Kind.NEW for paper in papers), Sections())
    return Announced(
        category,
        "api",
        day,
        papers,
        sections=counted.plus(Kind.NEW, max(0, found.total - len(papers))),
        cut_off=len(papers) + found.unread != expected,
        unread=found.unread,
        flagged=sum(_lacks_a_part(paper) for paper in papers),
        page=page + 1 if entries == expected and start + PAGE < found.total else 0,
    )


def _listed_in(category: str) -> str:
    """The query for a category under all its names; an archive is asked for with what belongs to it."""
    names = [f"cat:{name}" for name in taxonomy.same(category)]
    if any(name.startswith(f"{category}.") for name in taxonomy.categories()):
        names.append(f"cat:{category}.*")
    return names[0] if len(names) == 1 else f"({' OR '.join(names)})"


def _stamp(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y%m%d%H%M}"


def _fits(paper: Paper, since: datetime, until: datetime) -> bool:
    """Tell whether a paper was submitted in that time; one whose date cannot be read is taken to be.

    A search goes by the minute, and nobody says to which one a second belongs.
    """
    if paper.published is None:
        return True
    return since - _MINUTE <= datetime.fromisoformat(paper.published) <= until + _MINUTE


def _lacks_a_part(paper: Paper) -> bool:
    return paper.title == MISSING or not (paper.authors and paper.abstract and paper.published)


def _announced(paper: Paper, category: str, day: date) -> Paper:
    own = paper.primary is None or is_within(paper.primary, category)
    return replace(paper, kind=Kind.NEW if own else Kind.CROSS, listed=day.isoformat())
