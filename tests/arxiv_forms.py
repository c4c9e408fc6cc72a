"""The forms arXiv answers in, written from papers of ours: feeds, API, listing pages, single pages."""

import email.utils
import html
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from xml.sax.saxutils import escape

from triage.listing_day import eastern
from triage.paper import Kind, Paper, PaperId

_HEAD = "<?xml version='1.0' encoding='UTF-8'?>\n"
_SPACES = (
    'xmlns:arxiv="http://arxiv.org/schemas/atom" xmlns:dc="http://purl.org/dc/elements/1.1/" '
    'xmlns:atom="http://www.w3.org/2005/Atom"'
)
_CROSSED = {Kind.NEW: Kind.CROSS, Kind.REPLACE: Kind.REPLACE_CROSS}
_SECTIONS = (
    ("New", (Kind.NEW,)),
    ("Cross", (Kind.CROSS,)),
    ("Replacement", (Kind.REPLACE, Kind.REPLACE_CROSS)),
)


@dataclass(frozen=True)
class Reply:
    """What is sent."""

    body: bytes
    kind: str = "text/html; charset=utf-8"
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass
class Written:
    """`arxiv_server.Content` from papers by listing day; `today` is the day the feeds show."""

    days: dict[date, list[Paper]]
    today: date
    pages: dict[str, Reply] = field(default_factory=dict)
    """Web pages by name, under /web/."""

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
        return Reply(
            feed(self._announced(self.today, names), self.today, categories, form), "application/xml"
        )

    def query(self, ids: list[str], search: str, start: int, most: int) -> Reply:
        """The API's answer to an id list or to `cat:...`; the error entry for an id that is none."""
        papers = {paper.id: paper for listed in self.days.values() for paper in listed}
        found: list[Paper] = []
        for one in ids:
            try:
                key = PaperId.parse(one).key
            except ValueError:
                return Reply(api_error(f"incorrect id format for {one}"), "application/atom+xml", 400)
            found += [papers[key]] if key in papers else []
        if search.startswith("cat:"):
            found = [paper for paper in papers.values() if search[4:] in paper.categories]
        return Reply(api(found[start : start + most], total=len(found), start=start), "application/atom+xml")

    def listing(self, category: str, day: str) -> Reply:
        """The listing page of the latest day, or of a day."""
        listed = max(self.days) if day == "new" else date.fromisoformat(day)
        return Reply(listing_page(self._announced(listed, [category]), listed, category))

    def page(self, kind: str, name: str) -> Reply:
        """A web page of ours, or a small abs, HTML or PDF page of a paper."""
        if kind == "web":
            return self.pages.get(name, Reply(b"<html><title>Not found</title></html>", status=404))
        if kind == "pdf":
            return Reply(b"%PDF-1.4\n%%EOF\n", "application/pdf")
        papers = {paper.id: paper for listed in self.days.values() for paper in listed}
        paper = papers.get(PaperId.parse(name).key)
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


def _covers(name: str, category: str) -> bool:
    return name == category or category.startswith(f"{name}.")


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
    published = paper.published or "2026-11-18T15:30:00+00:00"
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


def listing_page(papers: Sequence[Paper], day: date, category: str) -> bytes:
    """A listing page as arXiv/arxiv-browse writes it."""
    sections = "".join(
        _section(name, [paper for paper in papers if (paper.kind or Kind.NEW) in kinds])
        for name, kinds in _SECTIONS
        if any((paper.kind or Kind.NEW) in kinds for paper in papers)
    )
    heading = f"<h3>Showing new listings for {day:%A}, {day.day} {day:%B} {day.year}</h3>"
    inner = heading + sections if papers else "<p>No updates today.</p>"
    return f"<!DOCTYPE html><html><body><h1>{html.escape(category)}</h1>{inner}</body></html>\n".encode()


def _section(name: str, papers: Sequence[Paper]) -> str:
    count = len(papers)
    return (
        f"<dl id='articles'><h3>{name} submissions (showing {count} of {count} entries)</h3>"
        f"{''.join(map(_listed, papers))}</dl>"
    )


def _listed(paper: Paper) -> str:
    primary = paper.primary or paper.categories[0]
    mark = "(replaced)" if paper.kind in (Kind.REPLACE, Kind.REPLACE_CROSS) else ""
    if paper.kind in (Kind.CROSS, Kind.REPLACE_CROSS):
        mark += f" (cross-list from {primary})"
    others = "".join(f"; Name ({name})" for name in paper.categories if name != primary)
    comments = (
        f"<div class='list-comments mathjax'><span class='descriptor'>Comments:</span> "
        f"{html.escape(paper.arxiv_comments)}</div>"
        if paper.arxiv_comments
        else ""
    )
    authors = ", ".join(f'<a href="#">{html.escape(name)}</a>' for name in paper.authors)
    return (
        f'<dt><a href ="/abs/{paper.id}" title="Abstract" id="{paper.id}">arXiv:{paper.id}</a> {mark}</dt>'
        f"<dd><div class='meta'><div class='list-title mathjax'><span class='descriptor'>Title:</span> "
        f"{html.escape(paper.title)}</div><div class='list-authors'>{authors}</div>{comments}"
        f"<div class='list-subjects'><span class='descriptor'>Subjects:</span> "
        f'<span class="primary-subject">Name ({primary})</span>{others}</div>'
        f"<p class='mathjax'>{html.escape(paper.abstract)}</p></div></dd>"
    )
