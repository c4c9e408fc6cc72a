"""arXiv's feed of the day, RSS 2.0 or Atom: bytes in, what was announced out.

The form is that of arXiv/arxiv-feed: help/rss, rss_specifications, atom_specifications.
"""

import re
from collections.abc import Iterator
from datetime import date, datetime
from email.utils import parsedate_to_datetime
from functools import reduce
from textwrap import shorten

from lxml import etree

from triage import clean
from triage.announcement import in_order
from triage.ledger import Sections
from triage.network import Announced
from triage.paper import Kind, Paper
from triage.ports import Unreachable
from triage.sources.arxiv_text import MISSING, authors, described, paper_id
from triage.sources.arxiv_xml import not_a_listing, parse_xml

_NS = {
    "atom": "http://www.w3.org/2005/Atom",
    "arxiv": "http://arxiv.org/schemas/atom",
    "dc": "http://purl.org/dc/elements/1.1/",
}
LIMIT = 2000
"""Papers a feed holds at most; arXiv leaves out new ones first, so a feed of this length is cut off."""
_ERROR = "Feed error for query"


def parse(body: bytes, category: str, where: str) -> Announced:
    """What a feed announces for a category; `where` names the host in sentences.

    A feed states no counts: its sections are its entries, each paper once, those without an id too.
    Raises Unreachable when the bytes are not a whole feed, or a feed that tells of an error.
    """
    root = parse_xml(body, category, where)
    channel = root.find("channel") if root.tag == "rss" else root if root.tag == _tag("feed") else None
    if channel is None:
        raise not_a_listing(body, category, where)
    title = _text(channel, "title", "atom:title")
    if _ERROR.casefold() in title.casefold():
        reason = shorten(clean.line(_text(channel, "description", "atom:subtitle")), 160, placeholder=" …")
        raise Unreachable(
            f"{where} does not know the category {category}: {reason} Check `categories` in the config."
        )
    entries = channel.findall("item") if root.tag == "rss" else channel.findall("atom:entry", _NS)
    papers: list[Paper] = []
    flagged = 0
    lost = Sections()
    for entry in entries:
        paper, whole = _paper(entry)
        if paper is None:
            lost = lost.plus(_kind(_text(entry, "arxiv:announce_type")) or Kind.NEW)
        else:
            papers.append(paper)
            flagged += not whole
    if entries and not papers:
        raise Unreachable(
            f"{where} sent a feed for {category} in which no paper can be read. Try again later."
        )
    listed = _listed(channel, entries)
    if listed is None and entries:
        raise Unreachable(f"{where} sent a feed for {category} that does not say its day. Try again later.")
    once = tuple(in_order(papers))
    return Announced(
        category,
        "rss",
        listed,
        once,
        sections=reduce(Sections.plus, (paper.kind or Kind.NEW for paper in once), lost),
        cut_off=len(entries) >= LIMIT,
        unread=lost.total,
        flagged=flagged,
    )


def _paper(entry: etree._Element) -> tuple[Paper | None, bool]:
    """One entry's paper, and whether nothing of it was missing; no paper without an id."""
    links = [entry.findtext("link"), *(link.get("href") for link in entry.findall("atom:link", _NS))]
    named = paper_id(_text(entry, "guid", "atom:id"), *links)
    if named is None:
        return None, False
    title = clean.line(_text(entry, "title", "atom:title"))
    summary = described(clean.clean(_text(entry, "description", "atom:summary")))
    creators = [clean.line(_all(creator)) for creator in entry.findall("dc:creator", _NS)]
    creators += [clean.line(_all(name)) for name in entry.findall("atom:author/atom:name", _NS)]
    kind = _kind(_text(entry, "arxiv:announce_type"))
    terms = [clean.line(_all(category) or category.get("term") or "") for category in
             [*entry.findall("category"), *entry.findall("atom:category", _NS)]]  # fmt: skip
    categories = tuple(term for term in terms if term)
    day = _day(_text(entry, "pubDate", "atom:published"))
    paper = Paper(
        named.key,
        title or MISSING,
        tuple(name for creator in creators for name in authors(creator)),
        summary,
        named.version,
        kind or Kind.NEW,
        categories,
        # The first category is the primary one (rss_specifications).
        primary=categories[0] if categories else None,
        doi=clean.line(_text(entry, "arxiv:DOI", "arxiv:doi")) or None,
        journal_ref=clean.line(_text(entry, "arxiv:journal_reference", "arxiv:journal_ref")) or None,
        listed=day.isoformat() if day else None,
    )
    return paper, bool(title and summary and creators and kind and day)


def _kind(text: str) -> Kind | None:
    try:
        return Kind(text.strip().lower())
    except ValueError:
        return None


def _listed(channel: etree._Element, entries: list[etree._Element]) -> date | None:
    """The day the feed bears: RSS says it once; Atom only in its entries, so most of them decide."""
    if (day := _day(_text(channel, "pubDate"))) is not None:
        return day
    days = [day for entry in entries if (day := _day(_text(entry, "pubDate", "atom:published")))]
    return max(set(days), key=days.count) if days else None


def _day(text: str) -> date | None:
    """The date a time bears in its own zone, as arXiv stamps its midnight: RFC 822 or RFC 3339."""
    try:
        if re.match(r"\s*\d{4}-", text):
            return datetime.fromisoformat(text.strip()).date()
        return parsedate_to_datetime(text.strip()).date() if text.strip() else None
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _text(element: etree._Element, *paths: str) -> str:
    for path in paths:
        found = element.find(path, _NS)
        if found is not None:
            return _all(found)
    return ""


def _all(element: etree._Element) -> str:
    """All text of an element, within the elements and around the comments in it too."""
    return "".join(_pieces(element))


def _pieces(element: etree._Element) -> Iterator[str]:
    for piece in element.itertext():
        yield str(piece)


def _tag(name: str) -> str:
    return f"{{{_NS['atom']}}}{name}"
