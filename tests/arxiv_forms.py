"""The forms arXiv answers in, written from papers of ours: feeds, API, single pages; listings by day."""

import email.utils
import hashlib
import html
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from fnmatch import fnmatchcase
from xml.sax.saxutils import escape

from tests.arxiv_pages import PAGE, bad_request, catchup_page
from tests.arxiv_pages import listing_page as listing_page
from triage.listing_day import eastern
from triage.paper import Kind, Paper, PaperId
from triage.taxonomy import aliases, categories, same

FEED_LIMIT = 2000
"""Items in a feed (arXiv/arxiv-feed)."""
_PUBLISHED = "2026-11-18T15:30:00+00:00"
"""When a paper of ours was submitted that does not say it."""

_NO_SUBJECT = "Invalid subject. Subject must be an archive, category or 'grp_physics'"
_NO_REASON = "The browser (or proxy) sent a request that this server could not understand."
"""What werkzeug says for want of a reason, as arXiv's listing pages do."""

_HEAD = "<?xml version='1.0' encoding='UTF-8'?>\n"
_SPACES = (
    'xmlns:arxiv="http://arxiv.org/schemas/atom" xmlns:dc="http://purl.org/dc/elements/1.1/" '
    'xmlns:atom="http://www.w3.org/2005/Atom"'
)
_CROSSED = {Kind.NEW: Kind.CROSS, Kind.REPLACE: Kind.REPLACE_CROSS}


@dataclass(frozen=True)
class Reply:
    """What is sent."""

    body: bytes
    kind: str = "text/html; charset=utf-8"
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass
class Written:
    """`arxiv_server.Content` from papers by listing day."""

    days: dict[date, list[Paper]]
    """What is out, and what will be: a day after `today` is not out yet."""
    today: date
    """The date at arXiv; the day the feeds show."""
    pages: dict[str, Reply] = field(default_factory=dict)
    """Web pages by name, under /web/."""
    page_size: int = PAGE
    """Entries on a listing page."""
    feed_limit: int = FEED_LIMIT
    """Items in a feed."""
    stale_feeds: dict[str, date] = field(default_factory=dict)
    """Categories whose feed still is that of an earlier day."""
    stale_pages: dict[str, date] = field(default_factory=dict)
    """Categories whose listing pages know of nothing after this day."""

    def categories(self) -> list[str]:
        """The papers' primary categories."""
        papers = [paper for listed in self.days.values() for paper in listed]
        return sorted({paper.primary or paper.categories[0] for paper in papers})

    def feed(self, categories: str, form: str) -> Reply:
        """The feed of the day, RSS or Atom; an unknown category gives arXiv's error feed."""
        names = categories.split("+")
        known = {name for papers in self.days.values() for paper in papers for name in paper.categories}
        if unknown := [name for name in names if not any(_covers(name, one) for one in known)]:
            reason = (
                f"Bad subject class '{unknown[0]}'. Valid subject classes are: {', '.join(sorted(known))}."
            )
            return Reply(feed((), self.today, categories, form, error=reason), "application/xml", 400)
        day = self.stale_feeds.get(categories, self.today)
        body = feed(_cut(self._announced(day, names), self.feed_limit), day, categories, form)
        return Reply(body, "application/xml", headers={"ETag": f'"{hashlib.sha256(body).hexdigest()}"'})

    def query(self, ids: list[str], search: str, start: int, most: int) -> Reply:
        """The API's answer to an id list, or to `cat:` (several by OR) AND `submittedDate:[.. TO ..]`."""
        papers = self._papers()
        found: list[Paper] = []
        for one in ids:
            try:
                key = PaperId.parse(one).key
            except ValueError:
                return Reply(api_error(f"incorrect id format for {one}"), "application/atom+xml", 400)
            found += [papers[key]] if key in papers else []
        if most > 2000:
            return Reply(api_error("max_results must not exceed 2000"), "application/atom+xml", 400)
        if search:
            found = sorted(
                (paper for paper in papers.values() if _matches(paper, search)),
                key=lambda paper: (submitted(paper), paper.id),
            )
        return Reply(api(found[start : start + most], total=len(found), start=start), "application/atom+xml")

    def latest(self, category: str, skip: int, show: int) -> Reply:
        """`/list/<category>/new`: the latest listing that is out."""
        if refused := _no_subject(category, f"/list/{{}}/new?skip={skip}&show={show}", _NO_REASON):
            return refused
        last = self._last(category)
        day = max((day for day in self.days if day <= last), default=last)
        size = min(show, self.page_size)
        return Reply(listing_page(self._announced(day, [category]), day, category, skip=skip, size=size))

    def catchup(self, category: str, day: str, page: int, *, abstracts: bool) -> Reply:
        """`/catchup/<category>/<day>`: one page of a day that lies at most 91 days back."""
        if refused := _no_subject(category, f"/catchup/{{}}/{day}?abs={abstracts}&page={page}"):
            return refused
        try:
            on = date.fromisoformat(day)
        except ValueError:
            return _refused("Invalid date format. Use format: YYYY-MM-DD")
        if on < self.today - timedelta(days=91):
            return _refused(f"Invalid date: {day}. Catchup only allowed for past 90 days")
        if on > self.today:
            return _refused(f"Invalid date: {day}. Can't request date later than today")
        known = on <= self._last(category)
        papers = self._announced(on, [category]) if known else []
        following = min((other for other in self.days if on < other <= self.today), default=None)
        return Reply(
            catchup_page(
                papers,
                on,
                category,
                page=page,
                size=self.page_size,
                abstracts=abstracts,
                next_day=following,
            )
        )

    def page(self, kind: str, name: str) -> Reply:
        """A web page of ours, or a small abs, HTML or PDF page of a paper."""
        if kind == "web":
            return self.pages.get(name, Reply(b"<html><title>Not found</title></html>", status=404))
        if kind == "pdf":
            return Reply(b"%PDF-1.4\n%%EOF\n", "application/pdf")
        paper = self._papers().get(PaperId.parse(name).key)
        if paper is None:
            return Reply(b"<html><title>No such paper</title></html>", status=404)
        title, text = html.escape(paper.title), html.escape(paper.abstract)
        return Reply(
            f'<html><head><title>{title}</title><meta name="citation_title" content="{title}"></head><body>'
            f'<article class="ltx_document"><h1>{title}</h1><p>{text}</p></article></body></html>'.encode()
        )

    def _announced(self, day: date, names: Sequence[str]) -> list[Paper]:
        """A day's papers in these categories, each with its kind relative to them."""
        listed = [
            paper
            for paper in self.days.get(day, [])
            if any(_covers(name, one) for name in names for one in paper.categories)
        ]
        return [_relative(paper, names) for paper in listed]

    def _papers(self) -> dict[str, Paper]:
        """The latest version of each paper that is out."""
        out = sorted(day for day in self.days if day <= self.today)
        return {paper.id: paper for day in out for paper in self.days[day]}

    def _last(self, category: str) -> date:
        """The latest day that the category's listing pages know of."""
        return self.stale_pages.get(category, self.today)


def _cut(papers: Sequence[Paper], limit: int) -> list[Paper]:
    """What arXiv's feed keeps of too many: the new papers go first, those with the lowest ids."""
    order = (Kind.REPLACE_CROSS, Kind.REPLACE, Kind.CROSS, Kind.NEW)
    by_id = sorted(papers, key=lambda paper: paper.id, reverse=True)
    kept = sorted(by_id, key=lambda paper: order.index(paper.kind or Kind.NEW))[:limit]
    ids = {paper.id for paper in kept}
    return [paper for paper in papers if paper.id in ids]


def submitted(paper: Paper) -> datetime:
    """When a paper's first version was submitted."""
    return datetime.fromisoformat(paper.published or _PUBLISHED)


def _matches(paper: Paper, search: str) -> bool:
    for term in search.split(" AND "):
        field_name, _, value = term.strip("() ").partition(":")
        if field_name == "cat" and not any(
            fnmatchcase(one, name.removeprefix("cat:"))
            for name in term.strip("() ").split(" OR ")
            for one in paper.categories
        ):
            return False
        if field_name == "submittedDate":
            first, _, last = value.strip("[]").partition(" TO ")
            if not _minute(first) <= submitted(paper).replace(second=0, microsecond=0) <= _minute(last):
                return False
    return True


def _minute(text: str) -> datetime:
    return datetime.strptime(text, "%Y%m%d%H%M").replace(tzinfo=UTC)


def _no_subject(category: str, address: str, reason: str = _NO_SUBJECT) -> Reply | None:
    """The redirection from another name of a category, or the page that refuses what is none."""
    if category in aliases():
        return Reply(b"", status=301, headers={"Location": address.format(aliases()[category])})
    if category in categories():
        return None
    return _refused(reason)


def _refused(reason: str) -> Reply:
    return Reply(bad_request(reason), status=400)


def _covers(name: str, category: str) -> bool:
    return any(name == one or one.startswith(f"{name}.") for one in same(category))


def _relative(paper: Paper, names: Sequence[str]) -> Paper:
    kind = paper.kind or Kind.NEW
    own = any(_covers(name, paper.primary or paper.categories[0]) for name in names)
    return replace(paper, kind=kind if own else _CROSSED.get(kind, kind))


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(0), eastern())


def feed(papers: Iterable[Paper], day: date, query: str, form: str = "rss", error: str = "") -> bytes:
    """A feed as arXiv/arxiv-feed writes it."""
    title = (
        f"Feed error for query: http://rss.arxiv.org/{form}/{query}"
        if error
        else f"{query} updates on arXiv.org"
    )
    about = error or f"{query} updates on the arXiv.org e-print archive."
    items = "".join(_item(paper, day) if form == "rss" else _entry(paper, day) for paper in papers)
    if form == "rss":
        return (
            f'{_HEAD}<rss {_SPACES} version="2.0"><channel><title>{escape(title)}</title>'
            f"<link>http://rss.arxiv.org/rss/{escape(query)}</link><description>{escape(about)}</description>"
            f"<language>en-us</language><pubDate>{email.utils.format_datetime(_midnight(day))}</pubDate>"
            f"<skipDays><day>Saturday</day><day>Sunday</day></skipDays>{items}</channel></rss>\n"
        ).encode()
    return (
        f'{_HEAD}<feed {_SPACES} xmlns="http://www.w3.org/2005/Atom"><id>http://rss.arxiv.org/atom/{escape(query)}</id>'
        f"<title>{escape(title)}</title><updated>{_midnight(day).isoformat()}</updated>"
        f"<subtitle>{escape(about)}</subtitle>{items}</feed>\n"
    ).encode()


def _description(paper: Paper) -> str:
    kind = paper.kind or Kind.NEW
    text = paper.abstract.replace("\n\n", "\n  ")
    return escape(f"arXiv:{paper.id}v{paper.version or 1} Announce Type: {kind} \nAbstract: {text}")


def _item(paper: Paper, day: date) -> str:
    categories = "".join(f"<category>{escape(name)}</category>" for name in paper.categories)
    doi = f"<arxiv:DOI>{escape(paper.doi)}</arxiv:DOI>" if paper.doi else ""
    return (
        f"<item><title>{escape(paper.title)}</title><link>https://arxiv.org/abs/{paper.id}</link>"
        f"<description>{_description(paper)}</description>"
        f'<guid isPermaLink="false">oai:arXiv.org:{paper.id}v{paper.version or 1}</guid>{categories}'
        f"<pubDate>{email.utils.format_datetime(_midnight(day))}</pubDate>"
        f"<arxiv:announce_type>{paper.kind or Kind.NEW}</arxiv:announce_type>{doi}"
        f"<dc:creator>{escape(', '.join(paper.authors))}</dc:creator></item>\n"
    )


def _entry(paper: Paper, day: date) -> str:
    categories = "".join(f'<category term="{escape(name)}"/>' for name in paper.categories)
    return (
        f"<entry><id>oai:arXiv.org:{paper.id}v{paper.version or 1}</id><title>{escape(paper.title)}</title>"
        f'<link href="https://arxiv.org/abs/{paper.id}" rel="alternate"/>'
        f"<summary>{_description(paper)}</summary>{categories}"
        f"<published>{_midnight(day).isoformat()}</published>"
        f"<arxiv:announce_type>{paper.kind or Kind.NEW}</arxiv:announce_type>"
        f"<dc:creator>{escape(', '.join(paper.authors))}</dc:creator></entry>\n"
    )


def api(papers: Iterable[Paper], total: int | None = None, start: int = 0) -> bytes:
    """An answer of the API, in the form of 2026."""
    entries = [api_entry(paper) for paper in papers]
    return api_feed(entries, len(entries) if total is None else total, start)


def api_feed(entries: Sequence[str], total: int, start: int = 0) -> bytes:
    """An answer of the API with these entries."""
    return (
        f'{_HEAD}<feed xmlns:opensearch="http://a9.com/-/spec/opensearch/1.1/" '
        'xmlns:arxiv="http://arxiv.org/schemas/atom" xmlns="http://www.w3.org/2005/Atom">'
        "<id>https://arxiv.org/api/x</id><title>arXiv Query</title>"
        f"<opensearch:itemsPerPage>{len(entries)}</opensearch:itemsPerPage>"
        f"<opensearch:totalResults>{total}</opensearch:totalResults>"
        f"<opensearch:startIndex>{start}</opensearch:startIndex>{''.join(entries)}</feed>\n"
    ).encode()


def api_entry(paper: Paper) -> str:
    """One entry of the API."""
    published = paper.published or _PUBLISHED
    authors = "".join(f"<author><name>{escape(name)}</name></author>" for name in paper.authors)
    categories = "".join(f'<category term="{escape(name)}"/>' for name in paper.categories)
    comment = f"<arxiv:comment>{escape(paper.arxiv_comments)}</arxiv:comment>" if paper.arxiv_comments else ""
    return (
        f"<entry><id>http://arxiv.org/abs/{paper.id}v{paper.version or 1}</id>"
        f"<title>{escape(paper.title)}</title><updated>{paper.updated or published}</updated>"
        f"<summary>{escape(paper.abstract)}</summary>{categories}<published>{published}</published>{comment}"
        f'<arxiv:primary_category term="{escape(paper.primary or "")}"/>{authors}</entry>\n'
    )


def api_error(message: str) -> bytes:
    """The API's error entry."""
    return api_feed(
        [
            "<entry><id>https://arxiv.org/api/errors#e</id><title>Error</title><updated>2026-04-12T22:59:06Z</updated>"
            f"<summary>{escape(message)}</summary><author><name>arXiv api core</name></author></entry>"
        ],
        1,
    )
