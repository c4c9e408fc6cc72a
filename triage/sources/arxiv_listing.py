"""arXiv's listing pages: the latest listing of a category, and the pages of one day's catch-up.

The form is that of arXiv/arxiv-browse. A page states its day, what it holds of each section and of the whole
listing, and numbers its entries: whatever does not agree with the rest of it makes the page no listing.
"""

import re
from datetime import date, datetime
from textwrap import shorten
from typing import NamedTuple

from lxml import etree, html

from triage import clean, taxonomy, xml_bytes
from triage.announcement import in_order
from triage.network import Announced
from triage.paper import Kind
from triage.ports import Unreachable
from triage.sources import arxiv_entry, arxiv_sections
from triage.sources.arxiv_entry import line
from triage.sources.arxiv_sections import Section, Span
from triage.sources.http import IN_THE_CONFIG

_LATEST = re.compile(r"Showing new listings for [A-Za-z]+, (\d{1,2} [A-Za-z]+ \d{4})")
_CATCHUP = re.compile(r"Catchup results for (.+) on [A-Za-z]+, (\d{1,2} [A-Za-z]+ \d{4})")
_TOTAL = re.compile(r"Total of (\d{1,7}) entries")
_SECTION = re.compile(
    r"(New|Cross|Replacement) submissions(?: for [^()]+)? "
    r"\((continued, )?showing (?:first |last )?(\d{1,7}) of (\d{1,7}) entries ?\)"
)
_KINDS = {"New": Kind.NEW, "Cross": Kind.CROSS, "Replacement": Kind.REPLACE}
_LONGEST_REASON = 160


class _Page(NamedTuple):
    """What stands on a page."""

    name: str
    """Its first heading."""
    headings: tuple[str, ...]
    """The headings outside its lists."""
    text: str
    """All text outside its lists, in one line."""
    spans: tuple[str, ...]
    """What stands where other pages have a link: this page's number, or its first and last entry."""
    lists: tuple[html.HtmlElement, ...]


def parse(body: bytes, category: str, where: str) -> Announced:
    """What `/list/<category>/new` announces; where it holds more than one page, `on` gives the others.

    Raises Unreachable when the bytes are not such a page, or a page that contradicts itself.
    """
    page = _read(body, category, where)
    found = next((found for title in page.headings if (found := _LATEST.fullmatch(title))), None)
    listed = _date(found[1]) if found else None
    if listed is None:
        if page.lists or "No updates today" in page.text:
            raise Unreachable(
                f"{where} sent a listing of {category} that does not say its day. Try again later."
            )
        raise _no_listing(category, where)
    _must_be_of(page.name, category, where)
    if not page.lists:
        return _empty(page, "No updates today", Announced(category, "list", listed), where)
    return _announced(page, Announced(category, "list", listed), 1, where)


def parse_day(body: bytes, category: str, day: date, page: int, where: str) -> Announced:
    """What one page of `/catchup/<category>/<day>` announces; the first page is 1.

    Raises Unreachable likewise, and for a listing of another day and for another page of the listing.
    """
    shown = _read(body, category, where)
    found = _CATCHUP.fullmatch(shown.name)
    listed = _date(found[2]) if found else None
    if found is None or listed is None:
        raise _no_listing(category, where)
    if listed != day:
        raise Unreachable(
            f"{where} sent the listing of {listed.isoformat()} when asked for {category} of "
            f"{day.isoformat()}. Try again later."
        )
    _must_be_of(found[1], category, where)
    plain = Announced(category, "catchup", listed)
    if shown.lists:
        return _announced(shown, plain, page, where)
    if page > 1:
        return _behind(shown, plain, where)
    return _empty(shown, "No updates for", plain, where)


def refused(body: bytes, subject: str, where: str) -> Unreachable:
    """What to say of the page with status 400: arXiv's reason, and what to look at.

    The reason stands in a heading or below it (arXiv/arxiv-browse, arXiv/arxiv-base: templates/400.html).
    """
    root = _root(body)
    told = [line(piece) for piece in root.iter("h1", "p")] if root is not None else []
    reason = next((text for text in told if text.startswith("Invalid")), "")
    said = shorten(reason, _LONGEST_REASON, placeholder=" …").rstrip(".")
    if said.startswith("Invalid date"):
        return Unreachable(f"{where} refuses {subject}: {said}.")
    return Unreachable(f"{where} refuses {subject}: {said or 'it does not know it'}. {IN_THE_CONFIG}")


def _read(body: bytes, category: str, where: str) -> _Page:
    root = _root(body)
    inner = None if root is None else next(iter(root.xpath("//*[@id='dlpage']")), None)
    if inner is None:
        raise _no_listing(category, where)

    def outside(what: str) -> list[html.HtmlElement]:
        found: list[html.HtmlElement] = inner.xpath(f".//{what}[not(ancestor::dl)]")
        return found

    return _Page(
        next((line(title) for title in outside("h1")), ""),
        tuple(line(title) for title in outside("h3")),
        clean.line(" ".join(map(str, outside("text()")))),
        tuple(line(span) for span in outside("span")),
        tuple(inner.iter("dl")),
    )


def _root(body: bytes) -> html.HtmlElement | None:
    """The page, None when it is none or has no end: what arXiv sends whole ends with `</html>`."""
    whole = xml_bytes.mended(body)
    if b"</html>" not in whole[-2000:].lower():
        return None
    try:
        # HTML is never well-formed enough for a strict parser; what it must hold is checked instead.
        return html.document_fromstring(whole, parser=html.HTMLParser(encoding="utf-8", no_network=True))
    except (etree.ParserError, ValueError):
        return None


def _announced(page: _Page, plain: Announced, number: int, where: str) -> Announced:
    """What the lists of a page announce, where page `number` was asked for. Raises Unreachable."""
    category = plain.category
    total = _total(page, category, where)
    sections = [_section(one, plain, where) for one in page.lists]
    entries = [entry for section in sections for entry in section.entries]
    shown = arxiv_sections.span(sections, category, where)
    counted = arxiv_sections.whole(sections, shown, total, category, where)
    _must_be_page(number, page, shown, total, category, where)
    if shown.last < total and not {f"{number}", f"{shown.first}-{shown.last}"} & {*page.spans}:
        # A page with others behind it names them: else it is the only one, and holds too little.
        raise Unreachable(
            f"{where} sent {shown.length} of {total} papers of {category}: a section is missing. "
            "Try again in some minutes."
        )
    papers = [entry.paper for entry in entries if entry.paper is not None]
    if not papers:
        raise Unreachable(
            f"{where} sent a listing of {category} in which no paper can be read. Try again later."
        )
    once = tuple(in_order(papers))
    return plain._replace(
        papers=once,
        sections=arxiv_sections.less_doubles(counted, papers, once),
        unread=len(entries) - len(papers),
        flagged=sum(not entry.whole for entry in entries if entry.paper is not None),
        page=number + 1 if shown.last < total else 0,
    )


def _must_be_page(number: int, page: _Page, shown: Span, total: int, category: str, where: str) -> None:
    """Refuse another page than was asked for: pages but the last are equally long, and bear their number."""
    size, odd = divmod(shown.first - 1, number - 1) if number > 1 else (shown.length, shown.first - 1)
    wrong = odd or not size or shown.length > size or (shown.last < total and shown.length < size)
    if wrong or (number > 1 and f"{number}" not in page.spans):
        raise _another_page(1 if shown.first == 1 else None, number, category, where)


def _section(one: html.HtmlElement, plain: Announced, where: str) -> Section:
    category, listed = plain.category, plain.listed or date.min
    titles = [line(title) for title in one.iter("h3")]
    found = _SECTION.fullmatch(titles[0]) if len(titles) == 1 else None
    if found is None:
        raise Unreachable(
            f"{where} sent a listing of {category} with a section that does not say what it holds. "
            "Try again later."
        )
    kind, shown, there = _KINDS[found[1]], int(found[3]), int(found[4])
    entries = tuple(
        arxiv_entry.read(term, description, kind, category, listed) for term, description in _pairs(one)
    )
    if len(entries) != shown or shown > there:
        raise Unreachable(
            f"{where} sent a listing of {category} with {len(entries)} of {shown} papers under "
            f"“{found[1]} submissions”: it is cut short. Try again in some minutes."
        )
    return Section(kind, there, bool(found[2]), entries)


def _pairs(one: html.HtmlElement) -> list[tuple[html.HtmlElement, html.HtmlElement | None]]:
    held: list[tuple[html.HtmlElement, html.HtmlElement | None]] = []
    for child in one.iter("dt", "dd"):
        if child.tag == "dt":
            held.append((child, None))
        elif held:
            held[-1] = (held[-1][0], child)
    return held


def _total(page: _Page, category: str, where: str) -> int:
    """What the page says the whole listing holds, above its lists and below them."""
    totals = {int(found) for found in _TOTAL.findall(page.text)}
    if len(totals) != 1:
        raise Unreachable(
            f"{where} sent a listing of {category} that does not say how many papers there are. "
            "Try again later."
        )
    return totals.pop()


def _empty(page: _Page, words: str, plain: Announced, where: str) -> Announced:
    """A day without papers, which the page must say in words."""
    if words not in page.text or {*_TOTAL.findall(page.text)} - {"0"}:
        raise _no_listing(plain.category, where)
    return plain


def _behind(page: _Page, plain: Announced, where: str) -> Announced:
    """The page behind the last one: arXiv says so in words, and how many papers came before."""
    if "No further updates for" not in page.text:
        raise _no_listing(plain.category, where)
    _total(page, plain.category, where)
    return plain


def _must_be_of(name: str, category: str, where: str) -> None:
    """Refuse the listing of another category; a name that is no category's is a new name of this one."""
    folded = clean.line(name).casefold()
    named = {key for key, one in taxonomy.categories().items() if one.casefold() == folded}
    if named and not named & set(taxonomy.same(category)):
        raise Unreachable(f"{where} sent the listing of {name} when asked for {category}. Try again later.")


def _another_page(got: int | None, wanted: int, category: str, where: str) -> Unreachable:
    what = f"page {got} again" if got is not None and got < wanted else "another page"
    return Unreachable(f"{where} sent {what} when asked for page {wanted} of {category}. Try again later.")


def _no_listing(category: str, where: str) -> Unreachable:
    return Unreachable(
        f"{where} sent a page for {category} that is not a listing. Try again in some minutes."
    )


def _date(text: str) -> date | None:
    for form in ("%d %B %Y", "%d %b %Y"):
        try:
            return datetime.strptime(text, form).date()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            continue
    return None
