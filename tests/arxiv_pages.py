"""arXiv's listing pages as arXiv/arxiv-browse writes them: the latest listing, and one day's catch-up."""

import html
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import NamedTuple

from triage.paper import Kind, Paper
from triage.taxonomy import categories as taxonomy

PAGE = 2000
"""Entries on a page (arXiv/arxiv-browse, CATCHUP_LIMIT and max_show)."""
_SECTIONS = (
    ("New", (Kind.NEW,)),
    ("Cross", (Kind.CROSS,)),
    ("Replacement", (Kind.REPLACE, Kind.REPLACE_CROSS)),
)


def listing_page(
    papers: Sequence[Paper], day: date, category: str, *, skip: int = 0, size: int = PAGE
) -> bytes:
    """`/list/<category>/new`: the latest listing."""
    heading = f"<h3>Showing new listings for {day:%A}, {day.day} {day:%B} {day.year}</h3>"
    pages = ""
    if len(papers) > size:
        pages = ":\n" + "".join(
            f"<span>{_reach(start, size, len(papers))}</span>\n"
            if start == skip
            else f'<a href=/list/{category}/new?skip={start}&amp;show={size} rel="nofollow">'
            f"{_reach(start, size, len(papers))}</a>\n"
            for start in range(0, len(papers), size)
        )
    total = f"<div class='paging'>Total of {len(papers)} entries {pages}\n</div>" if papers else ""
    shown = _sections(papers, skip, size, abstracts=True) or "<p>No updates today.</p>"
    index = _index(papers, lambda start: f"#item{start}")
    return _page(f"<h1>{_name(category)}</h1>\n{index}\n{heading}\n{total}\n{shown}\n{total}")


def catchup_page(
    papers: Sequence[Paper],
    day: date,
    category: str,
    *,
    page: int = 1,
    size: int = PAGE,
    abstracts: bool = True,
    next_day: date | None = None,
) -> bytes:
    """`/catchup/<category>/<day>`: one page of a day's listing."""

    def link(text: str, on: date, number: int) -> str:
        return f"<a href=/catchup/{category}/{on}?abs={abstracts}&amp;page={number}>{text}</a>"

    head = f"<h1>Catchup results for {_name(category)} on {_short(day)}</h1>"
    pages = ""
    if len(papers) > size:
        # As arXiv counts: a day of exactly so many pages is said to have one more.
        numbers = range(1, len(papers) // size + 2)
        pages = "View page:" + "".join(
            f"<span>{number}</span>\n" if number == page else f"{link(str(number), day, number)}\n"
            for number in numbers
        )

    def where(start: int) -> str:
        on, place = divmod(start - 1, size)
        address = f"/catchup/{category}/{day}?abs={abstracts}&amp;page={on + 1}" if on + 1 != page else ""
        return f"{address}#item{place + 1}"

    following = link(f"Continue catchup on {_short(next_day)}", next_day, 1) if next_day else ""
    total = f"<div>\nTotal of {len(papers)} entries \n{pages}\n<br>\n{following}\n</div>"
    shown = _sections(papers, (page - 1) * size, size, abstracts=abstracts)
    if not shown and page > 1:
        shown = f"<div>\nNo further updates for {_short(day)}\n<br>\n{link('Go to page 1', day, 1)}\n</div>"
    head += f"\n{_index(papers, where)}"
    return _page(f"{head}\n{total}\n{shown or f'<div><p>No updates for {_short(day)}</p></div>'}\n{total}")


def bad_request(reason: str) -> bytes:
    """The page with which status 400 comes (arXiv/arxiv-base, templates/base/400.html)."""
    return (
        '<!DOCTYPE html>\n<html lang="en"><head><title>arXiv</title></head><body>\n'
        '<div class="has-text-centered">\n<h1 class="title is-size-1">\n  Bad Request\n</h1>\n'
        '<div class="status-code"><span>4</span></div>\n'
        f'<p class="is-size-5">\n  {html.escape(reason)}\n</p>\n</div>\n</body></html>\n'
    ).encode()


def _page(inner: str) -> bytes:
    return (
        '<!DOCTYPE html>\n<html lang="en"><head><title>arXiv</title></head><body>\n'
        f"<div id='content-inner'>\n<div id='dlpage'>\n{inner}\n</div>\n</div>\n</body></html>\n"
    ).encode()


def _reach(skip: int, size: int, count: int) -> str:
    return f"{skip + 1}-{min(count, skip + size)}"


def _index(papers: Sequence[Paper], where: Callable[[int], str]) -> str:
    """The list of the sections that there are, with links to where they start."""
    items, start = "", 1
    for (_, kinds), title in zip(_SECTIONS, ("New submissions", "Cross-lists", "Replacements"), strict=True):
        if held := sum((paper.kind or Kind.NEW) in kinds for paper in papers):
            items += f'<li><a href="{where(start)}">{title}</a></li>\n'
        start += held
    return f"<ul>\n{items}</ul>"


def _short(day: date) -> str:
    return f"{day:%a, %d %b %Y}"


def _name(category: str) -> str:
    return html.escape(taxonomy().get(category, category))


class _Section(NamedTuple):
    name: str
    start: int
    """Its first entry's place in the whole listing, counted from 0."""
    papers: Sequence[Paper]


def _sections(papers: Sequence[Paper], skip: int, size: int, *, abstracts: bool) -> str:
    """The sections that reach into the entries from `skip` on, with arXiv's words for what is left out."""
    written: list[str] = []
    start = 0
    for name, kinds in _SECTIONS:
        section = _Section(name, start, [paper for paper in papers if (paper.kind or Kind.NEW) in kinds])
        start += len(section.papers)
        if text := _section(section, skip, size, abstracts=abstracts):
            written.append(text)
    return "\n".join(written)


def _section(section: _Section, skip: int, size: int, *, abstracts: bool) -> str:
    first, last = max(skip - section.start, 0), max(skip + size - section.start, 0)
    shown = section.papers[first:last]
    if not shown:
        return ""
    continued, ends = first > 0, last >= len(section.papers)
    words = "continued, showing " if continued else "showing "
    if continued == ends and len(shown) < len(section.papers):
        words += "last " if ends else "first "
    count = f"({words}{len(shown)} of {len(section.papers)} entries)"
    place = section.start + first + 1
    entries = "".join(
        _entry(paper, place + number, abstracts=abstracts) for number, paper in enumerate(shown)
    )
    return f"<dl id='articles'>\n<h3>{section.name} submissions {count}</h3>\n{entries}</dl>"


def _entry(paper: Paper, place: int, *, abstracts: bool) -> str:
    key, version = paper.id, paper.version or 1
    primary = paper.primary or paper.categories[0]
    mark = {
        Kind.CROSS: f"(cross-list from {primary})",
        Kind.REPLACE: "(replaced)",
        Kind.REPLACE_CROSS: "(replaced)",
    }.get(paper.kind or Kind.NEW, "")
    others = "".join(f"; {_display(name)}" for name in paper.categories if name != primary)
    # Only the link to the HTML names the version.
    return (
        f"<dt>\n<a name='item{place}'>[{place}]</a>\n"
        f'<a href ="/abs/{key}" title="Abstract" id="{key}">\n  arXiv:{key}\n</a>\n{mark}\n'
        f'[<a href="/pdf/{key}" title="Download PDF" id="pdf-{key}">pdf</a>, '
        f'<a href="/html/{key}v{version}" title="View HTML" id="html-{key}">html</a>]\n</dt>\n'
        "<dd>\n<div class='meta'>\n"
        f"{_part('list-title mathjax', 'Title', paper.title)}"
        f"<div class='list-authors'>{_authors(paper.authors)}</div>\n"
        f"{_part('list-comments mathjax', 'Comments', paper.arxiv_comments)}"
        f"{_part('list-journal-ref', 'Journal-ref', paper.journal_ref)}"
        "<div class='list-subjects'><span class='descriptor'>Subjects:</span>\n"
        f'<span class="primary-subject">{_display(primary)}</span>{others}\n</div>\n'
        f"{_abstract(paper.abstract) if abstracts else ''}</div>\n</dd>\n"
    )


def _authors(names: Iterable[str]) -> str:
    return ", ".join(f'<a href="https://arxiv.org/search/cs">{html.escape(name)}</a>' for name in names)


def _part(kind: str, label: str, text: str | None) -> str:
    if not text:
        return ""
    return f"<div class='{kind}'><span class='descriptor'>{label}:</span>\n{html.escape(text)}\n</div>\n"


def _display(category: str) -> str:
    return f"{_name(category)} ({category})"


def _abstract(text: str) -> str:
    return f"<p class='mathjax'>\n{html.escape(text).replace(chr(10) * 2, '<br>')}\n</p>\n"
