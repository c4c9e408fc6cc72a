"""What a web page says of itself: title, description, site, authors, date.

From Open Graph, Twitter, citation (Highwire) and Dublin Core tags, schema.org's JSON-LD, and the title.
"""

import json
import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import date
from email.utils import parsedate_to_datetime
from itertools import islice
from typing import Any
from urllib.parse import urlsplit

from bs4 import BeautifulSoup, Tag

from triage import clean
from triage.paper import Paper
from triage.ports import Unreachable
from triage.sources.http import Answer, Http, Limits

LIMITS = Limits(connect=5.0, read=8.0, total=10.0, size=5 * 1024 * 1024, tries=2)
_MOST = 2000
"""Characters of a description that are kept."""
_DEEP = 12
"""Levels of JSON-LD that are looked into."""
_SEPARATOR = re.compile(r"\s+[-–—|·•:»]\s+")
_DATE = re.compile(r"(\d{4})(?:[-/.](\d{1,2})(?:[-/.](\d{1,2}))?)?(?!\d)")
_MARKUP = re.compile(
    r"</?(?:a|abbr|b|big|blockquote|br|cite|code|dd|del|div|dl|dt|em|figcaption|figure|font|h[1-6]|hr|i|iframe"
    r"|img|ins|kbd|li|mark|ol|p|pre|q|s|samp|section|small|span|strike|strong|sub|sup|table|tbody|td|th|thead"
    r"|time|tr|tt|u|ul|var|wbr)(?:\s+[\w:-]{1,40}\s*=\s*(?:\"[^\"<>]{0,500}\"|'[^'<>]{0,500}'|[^\s\"'<>]{1,500}))*\s*/?>",
    re.IGNORECASE,
)
"""A tag of HTML that stands in running text; `<p and q>` has no attributes and is none."""
_ARTICLES = (
    "article",
    "posting",
    "report",
    "webpage",
    "book",
    "thesis",
    "creativework",
    "document",
    "dataset",
)


def look_up(http: Http, url: str) -> Paper:
    """What the page at a link says of itself; the link stays its id. Raises Unreachable."""
    answer = http.get(url, url, advice="Check the link.")
    kind = answer.headers.get("content-type", "text/html").split(";", 1)[0].strip().lower()
    if answer.body[:1024].lstrip().startswith(b"%PDF-"):
        kind = "application/pdf"
    if kind not in ("text/html", "application/xhtml+xml", "application/xml", "text/xml", "text/plain", ""):
        raise Unreachable(f"{url} is not a web page but {kind}; write its title and description yourself.")
    return parse(answer, url)


def parse(answer: Answer, url: str) -> Paper:
    """The page as a paper: as much as it says, and its link for a title where it says none."""
    soup = BeautifulSoup(answer.body, "lxml", from_encoding=_charset(answer))
    meta = _meta(soup)
    linked = next(_linked(soup), {})
    host = _host(answer.url)

    def first(*names: str) -> str:
        return next((meta[name][0] for name in names if meta.get(name)), "")

    site = (
        first("og:site_name")
        or _name(linked.get("publisher"))
        or first("citation_publisher", "dc.publisher", "application-name", "citation_journal_title")
        or host
    )
    title = (
        first("citation_title", "og:title", "twitter:title")
        or _string(linked.get("headline"))
        or first("dc.title", "dcterms.title")
        or _tag(soup, "title")
        or _string(linked.get("name"))
        or _tag(soup, "h1")
    )
    description = (
        first("citation_abstract", "og:description", "description", "twitter:description")
        or _string(linked.get("description"))
        or first("dc.description", "dcterms.abstract")
    )
    return Paper(
        url,
        _without_site(title, (site, host, host.split(".")[0]), _tag(soup, "h1")) or url,
        _authors(meta, linked),
        _plain(description)[:_MOST],
        published=_published(meta, linked, soup),
        site=site,
    )


def _charset(answer: Answer) -> str | None:
    """UTF-8 where the bytes are that, else what the server says; None leaves it to the page."""
    try:
        answer.body.decode("utf-8")
    except UnicodeDecodeError:
        said = re.search(r"charset=[\"']?([\w.:-]{1,40})", answer.headers.get("content-type", ""))
        with suppress(LookupError, ValueError, TypeError):
            if said and b"x".decode(said[1]) == "x":
                return said[1]
        # What browsers take a page for that says nothing (the WHATWG's fallback encoding).
        return (
            None
            if re.search(rb"<meta[^>]{0,200}charset", answer.body[:4096], re.IGNORECASE)
            else "windows-1252"
        )
    return "utf-8"


def _meta(soup: BeautifulSoup) -> Mapping[str, list[str]]:
    found: dict[str, list[str]] = {}
    for tag in islice(soup.find_all("meta"), 2000):
        name = str(tag.get("property") or tag.get("name") or tag.get("itemprop") or "").strip().lower()
        content = clean.line(str(tag.get("content") or ""))
        if name and content:
            found.setdefault(name, []).append(content)
    return found


def _linked(soup: BeautifulSoup) -> Iterator[Mapping[str, Any]]:
    """The page's JSON-LD things that are something to read, articles before whole pages."""
    things: list[Mapping[str, Any]] = []
    for script in islice(soup.find_all("script", type="application/ld+json"), 20):
        try:
            things += _things(json.loads(script.string or ""), _DEEP)
        except (ValueError, RecursionError):
            continue
    kinds = [(thing, str(thing.get("@type", "")).lower()) for thing in things]
    for wanted in _ARTICLES:
        yield from (thing for thing, kind in kinds if wanted in kind)


def _things(value: object, depth: int) -> list[Mapping[str, Any]]:
    if depth == 0:
        return []
    if isinstance(value, list):
        return [thing for one in value[:200] for thing in _things(one, depth - 1)]
    if isinstance(value, dict):
        inner = _things(value.get("@graph"), depth - 1) + _things(value.get("mainEntity"), depth - 1)
        return [value, *inner]
    return []


def _authors(meta: Mapping[str, list[str]], linked: Mapping[str, Any]) -> tuple[str, ...]:
    for tag in ("citation_author", "citation_authors", "dc.creator", "dcterms.creator"):
        if meta.get(tag):
            return _names([name for listed in meta[tag] for name in listed.split(";")])
    written = linked.get("author") or linked.get("creator")
    if found := _names([_name(one) for one in (written if isinstance(written, list) else [written])]):
        return found
    for name in ("author", "article:author", "parsely-author", "sailthru.author", "byl"):
        if meta.get(name):
            return _names([re.sub(r"\Aby\s+", "", one, flags=re.IGNORECASE) for one in meta[name]])
    return ()


def _names(found: list[str]) -> tuple[str, ...]:
    names: dict[str, None] = {}
    for name in found[:500]:
        one = clean.line(name)
        if not one or "://" in one or one.startswith("@"):
            continue
        last, comma, given = one.partition(", ")
        # "Family, Given", as citation tags have it; two commas are a list or a suffix.
        names[f"{given} {last}" if comma and "," not in given and " " not in last.strip() else one] = None
    return tuple(names)


def _published(meta: Mapping[str, list[str]], linked: Mapping[str, Any], soup: BeautifulSoup) -> str | None:
    tags = ("citation_publication_date", "citation_online_date", "citation_date", "article:published_time")
    others = ("og:published_time", "datepublished", "dc.date", "dc.date.issued", "dcterms.issued", "date")
    candidates = [value for tag in tags for value in meta.get(tag, ())]
    candidates.append(_string(linked.get("datePublished")))
    candidates += [value for tag in (*others, "parsely-pub-date") for value in meta.get(tag, ())]
    candidates += [str(tag.get("datetime") or "") for tag in islice(soup.find_all("time"), 3)]
    return next((iso for value in candidates if (iso := _iso(value))), None)


def _iso(text: str) -> str | None:
    """The day, month or year a text names, as ISO 8601."""
    if found := _DATE.match(text.strip()):
        year, month, day = found[1], found[2], found[3]
        try:
            known = date(int(year), int(month or 1), int(day or 1))
        except ValueError:
            return None
        return known.isoformat()[: 10 if day else 7 if month else 4]
    try:
        return parsedate_to_datetime(text).date().isoformat()
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _without_site(title: str, names: tuple[str, ...], heading: str) -> str:
    """The title as a person would give it: without the name of the site before or behind it."""
    parts = _SEPARATOR.split(title)
    if len(parts) < 2:
        return title
    if heading and any(title.startswith(heading + mark[0]) for mark in _SEPARATOR.finditer(title)):
        return heading
    known = {name.casefold() for name in names if name}
    if parts[-1].casefold() in known:
        return title[: title.rindex(parts[-1])].rstrip(" -–—|·•:»")
    if parts[0].casefold() in known:
        return title[len(parts[0]) :].lstrip(" -–—|·•:»")
    return title


def _name(value: object) -> str:
    """The name of a person or an organisation in JSON-LD, which may be a text or a thing."""
    if isinstance(value, dict):
        value = value.get("name")
    if isinstance(value, list):
        return _name(value[0]) if value else ""
    return _string(value)


def _string(value: object) -> str:
    return _plain(clean.line(value)) if isinstance(value, str) else ""


def _plain(text: str) -> str:
    """A text without the HTML that some sites put into their descriptions; other `<words>` are its own."""
    return clean.line(_MARKUP.sub(" ", text)) if "<" in text else text


def _tag(soup: BeautifulSoup, name: str) -> str:
    tag = soup.find(name)
    return clean.line(tag.get_text(" ")) if isinstance(tag, Tag) else ""


def _host(url: str) -> str:
    """The host as the name system has it: a look-alike in another script shows as what it is."""
    host = urlsplit(url).hostname or ""
    try:
        host = host.encode("idna").decode("ascii")
    except UnicodeError:
        host = host.encode("ascii", "backslashreplace").decode("ascii")
    return host.removeprefix("www.")
