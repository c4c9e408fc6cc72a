"""arXiv's listing page of a category (`/list/<category>/new`), which stays up while the feeds are empty.

The form is that of arXiv/arxiv-browse; its sections tell how many papers they hold, and that is checked.
"""

import re
from datetime import date, datetime

from lxml import etree, html

from triage import clean
from triage.announcement import in_order
from triage.network import Announced
from triage.paper import Kind, Paper
from triage.ports import Unreachable
from triage.sources.arxiv_text import MISSING, abstract, paper_id
from triage.sources.arxiv_text import authors as split_authors

_HEADING = re.compile(r"Showing new listings for \w+, (\d{1,2} \w+ \d{4})")
_SHOWING = r"\((?:continued, )?showing (?:first |last )?(\d+) of (\d+) entries\)"
_SECTION = re.compile(rf"(New|Cross|Replacement) submissions(?:\s*{_SHOWING})?", re.IGNORECASE)
_KINDS = {"new": Kind.NEW, "cross": Kind.CROSS, "replacement": Kind.REPLACE}
_CLASS = re.compile(r"\(([a-z-]+(?:\.[A-Za-z-]+)?)\)")


def parse(body: bytes, category: str, where: str) -> Announced:
    """What a listing page announces. Raises Unreachable when it is not one, or holds less than it says."""
    page = _page(body)
    if page is None:
        raise _no_listing(category, where)
    text = " ".join(page.text_content().split())
    heading = _HEADING.search(text)
    sections = [(title, found) for title in page.iter("h3") if (found := _SECTION.search(_line(title)))]
    if not sections:
        if "No updates today" in text or "No updates for this time period" in text:
            return Announced(category, "list", _date(heading[1]) if heading else None)
        raise _no_listing(category, where)
    listed = _date(heading[1]) if heading else None
    if listed is None:
        raise Unreachable(f"{where} sent a listing of {category} that does not say its day. Try again later.")
    papers: list[Paper] = []
    announced = flagged = 0
    for title, found in sections:
        held = _entries(title)
        shown, there = (int(found[2]), int(found[3])) if found[2] else (len(held), len(held))
        if len(held) != shown:
            raise Unreachable(
                f"{where} sent a listing of {category} with {len(held)} of {shown} papers under "
                f"“{found[1]} submissions”: it is cut short. Try again in some minutes."
            )
        announced += there
        for term, description in held:
            paper, whole = _paper(term, description, _KINDS[found[1].lower()], category, listed)
            flagged += not whole
            if paper is not None:
                papers.append(paper)
    return Announced(
        category,
        "list",
        listed,
        tuple(in_order(papers)),
        announced=announced,
        cut_off=announced > sum(len(_entries(title)) for title, _ in sections),
        flagged=flagged,
    )


def _page(body: bytes) -> html.HtmlElement | None:
    if not body.strip() or b"</html>" not in body[-2000:].lower():
        return None
    try:
        # HTML is never well-formed enough for a strict parser; what it must hold is checked instead.
        return html.document_fromstring(body, parser=html.HTMLParser(encoding="utf-8", no_network=True))
    except (etree.ParserError, ValueError):
        return None


def _no_listing(category: str, where: str) -> Unreachable:
    return Unreachable(
        f"{where} sent a page for {category} that is not a listing. Try again in some minutes."
    )


def _entries(title: html.HtmlElement) -> list[tuple[html.HtmlElement, html.HtmlElement | None]]:
    """The terms and descriptions below a section's heading, which stands inside or before its list."""
    own = next(title.iterancestors("dl"), None)
    if own is None:
        own = next((sibling for sibling in title.itersiblings() if sibling.tag == "dl"), None)
    if own is None:
        return []
    held: list[tuple[html.HtmlElement, html.HtmlElement | None]] = []
    for child in own.iter("dt", "dd"):
        if child.tag == "dt":
            held.append((child, None))
        elif held:
            held[-1] = (held[-1][0], child)
    return held


def _paper(
    term: html.HtmlElement, description: html.HtmlElement | None, kind: Kind, category: str, listed: date
) -> tuple[Paper | None, bool]:
    links = [link.get("href") for link in term.iter("a") if "/abs/" in (link.get("href") or "")]
    named = paper_id(*(re.sub(r"\A.*?/abs/", "", link or "") for link in links))
    if named is None:
        return None, False
    title = _part(description, "list-title")
    names = [] if description is None else description.xpath(".//div[contains(@class,'list-authors')]")
    subjects = _part(description, "list-subjects")
    paragraphs = [] if description is None else description.xpath(".//p[contains(@class,'mathjax')]")
    summary = abstract(clean.clean("\n".join(str(part.text_content()) for part in paragraphs)))
    primary = description is not None and description.xpath("string(.//*[@class='primary-subject'])")
    first = _CLASS.findall(str(primary or ""))
    mark = _line(term)
    if kind is Kind.REPLACE and ("cross-list" in mark or (first and not _within(first[-1], category))):
        kind = Kind.REPLACE_CROSS
    categories = tuple(_CLASS.findall(subjects))
    paper = Paper(
        named.key,
        title or MISSING,
        split_authors(_line(names[0])) if names else (),
        summary,
        named.version,
        kind,
        categories,
        primary=first[-1] if first else (categories[0] if categories else None),
        arxiv_comments=_part(description, "list-comments") or None,
        journal_ref=_part(description, "list-journal-ref") or None,
        listed=listed.isoformat(),
    )
    return paper, bool(title and names)


def _within(primary: str, category: str) -> bool:
    """Tell whether a primary category is the listed one, or belongs to the listed archive."""
    return primary == category or primary.startswith(f"{category}.")


def _part(description: html.HtmlElement | None, name: str) -> str:
    found = [] if description is None else description.xpath(f".//div[contains(@class,'{name}')]")
    return (
        re.sub(r"\A(?:Title|Authors?|Comments|Journal-ref|Subjects):\s*", "", _line(found[0]))
        if found
        else ""
    )


def _line(element: html.HtmlElement) -> str:
    return clean.line(str(element.text_content()))


def _date(text: str) -> date | None:
    try:
        return datetime.strptime(text, "%d %B %Y").date()  # noqa: DTZ007 - a day has no zone
    except ValueError:
        return None
