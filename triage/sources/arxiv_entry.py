"""One entry of arXiv's listing pages (arXiv/arxiv-browse, templates/list/list_macros.html): a paper."""

import re
from datetime import date
from typing import NamedTuple

from lxml import html

from triage import clean
from triage.paper import Kind, Paper
from triage.sources.arxiv_text import MISSING, abstract, is_within, paper_id
from triage.sources.arxiv_text import authors as split_authors

_NUMBER = re.compile(r"item(\d{1,7})")
_LINK = re.compile(r"(?:https?://[^/]+)?/(?:abs|html)/(.+)")
_CLASS = re.compile(r"\(([a-z-]+(?:\.[A-Za-z-]+)?)\)")
_UNAVAILABLE = "(author list is unavailable)"
"""What arXiv writes in place of authors it cannot read."""


class Entry(NamedTuple):
    """A paper's place on a page."""

    number: int | None
    """Its place in the whole listing, counted from 1, where the page tells it."""
    paper: Paper | None
    """None when the entry has no id to keep the paper under."""
    whole: bool
    """Whether nothing of it was missing."""


def read(
    term: html.HtmlElement, description: html.HtmlElement | None, kind: Kind, category: str, listed: date
) -> Entry:
    """The entry that a term and its description make; `kind` is that of its section.

    Titles and authors stay as the page gives them: arXiv has turned their TeX accents into letters.
    """
    number = next(
        (found for mark in term.iter("a") if (found := _NUMBER.fullmatch(mark.get("name") or ""))), None
    )
    place = int(number[1]) if number else None
    links = [found[1] for link in term.iter("a") if (found := _LINK.fullmatch(link.get("href") or ""))]
    # Only the link to the HTML names the version.
    named = paper_id(*links)
    if named is None:
        return Entry(place, None, whole=False)
    parts = {} if description is None else _parts(description)
    subjects = line(parts.get("list-subjects"))
    primaries = _CLASS.findall(line(parts.get("primary-subject")))
    categories = tuple(_CLASS.findall(subjects))
    primary = primaries[-1] if primaries else categories[0] if categories else None
    if kind is Kind.REPLACE and primary and not is_within(primary, category):
        kind = Kind.REPLACE_CROSS
    title = _labelled(parts.get("list-title"), "Title")
    names = _labelled(parts.get("list-authors"), "Authors?")
    summary = parts.get("mathjax")
    paper = Paper(
        named.key,
        title or MISSING,
        () if names == _UNAVAILABLE else split_authors(names),
        "" if summary is None else abstract(clean.clean(_text(summary))),
        named.version,
        kind,
        categories,
        primary=primary,
        arxiv_comments=_labelled(parts.get("list-comments"), "Comments") or None,
        journal_ref=_labelled(parts.get("list-journal-ref"), "Journal-ref") or None,
        listed=listed.isoformat(),
    )
    return Entry(place, paper, whole=bool(title and paper.authors and primary))


def _parts(description: html.HtmlElement) -> dict[str, html.HtmlElement]:
    """The parts of a description by the first of their classes; the abstract is `mathjax`."""
    parts: dict[str, html.HtmlElement] = {}
    for element in description.iter("div", "span", "p"):
        for name in (element.get("class") or "").split()[:1]:
            parts.setdefault(name, element)
    return parts


def _labelled(element: html.HtmlElement | None, label: str) -> str:
    return re.sub(rf"\A{label}:\s*", "", line(element))


def line(element: html.HtmlElement | None) -> str:
    """All text of an element in one line; empty where there is none."""
    return "" if element is None else clean.line(str(element.text_content()))


def _text(element: html.HtmlElement) -> str:
    """The text, with a blank line for <br>, which is how arXiv starts a paragraph."""
    return "".join("\n\n" if isinstance(one, html.HtmlElement) else str(one)
                   for one in element.xpath(".//text() | .//br"))  # fmt: skip
