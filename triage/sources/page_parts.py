"""The parts of a web page that tell of it: its meta tags, schema.org's JSON-LD, microdata and headings."""

import html
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from itertools import islice
from typing import Any
from urllib.parse import urlsplit

from bs4 import BeautifulSoup, NavigableString, Tag

from triage import clean
from triage.sources.http import Answer

_MOST = 2 * 1024 * 1024
"""Bytes of a page that are looked into: what tells of it stands at its start."""
_FALLBACK = "windows-1252"
"""What browsers take a page for that says nothing (the WHATWG's fallback encoding)."""
_DEEP = 12
"""Levels of JSON-LD that are looked into."""
_READABLE = (
    *("article", "posting", "report", "videoobject", "episode", "softwaresourcecode", "book", "thesis"),
    *("question", "learningresource", "course", "creativework", "document", "dataset", "webpage"),
)
"""Parts of the names of schema.org's types that are something to read, the most telling first."""
# A tag of HTML that stands in running text; `<p and q>` has no attributes and is none.
_MARKUP = re.compile(
    r"</?(?:a|abbr|b|big|blockquote|br|cite|code|dd|del|div|dl|dt|em|figcaption|figure|font|h[1-6]|hr|i|iframe"
    r"|img|ins|kbd|li|mark|ol|p|pre|q|s|samp|section|small|span|strike|strong|sub|sup|table|tbody|td|th|thead"
    r"|time|tr|tt|u|ul|var|wbr)(?:\s+[\w:-]{1,40}\s*=\s*(?:\"[^\"<>]{0,500}\"|'[^'<>]{0,500}'|[^\s\"'<>]{1,500}))*\s*/?>",
    re.IGNORECASE,
)
_CLOSED = re.compile(r"</[a-z]|/>|<[a-z]{1,10}\s+[\w:-]{1,40}\s*=|<br>", re.IGNORECASE)
_OPENED = re.compile(r"\A\s*<(?:p|div|h[1-6]|blockquote|section)>(?=\w)", re.IGNORECASE)
# What is left of an entity that was encoded twice, or that stands in JSON; `&lt;` and `&nbsp;` may be meant.
_ENTITY = re.compile(
    r"&(?:amp;)?(?:#\d{2,6}|#x[0-9a-f]{2,5}|amp|quot|apos|[lr][sd]quo|[nm]dash|hellip);", re.IGNORECASE
)
_WRAPPED = re.compile(
    r"\A\s*(?:<!--|/[/*]\s*<!\[CDATA\[(?:\s*\*/)?|<!\[CDATA\[)|(?:-->|(?:/[/*]\s*)?\]\]>(?:\s*\*/)?)\s*\Z"
)
"""What some put around JSON-LD, from when scripts had to be hidden from browsers."""

_INLINE = re.compile(
    "a|abbr|b|bdi|bdo|big|cite|code|data|del|dfn|em|font|i|ins|kbd|label|mark|q|s|samp|small|span|strike|strong"
    "|sub|sup|time|tt|u|var|wbr"
)
"""Tags that stand within a word or a line; at all others a new one begins."""
_NOT_READ = (
    "nav",
    "header",
    "footer",
    "form",
    "title",
    "script",
    "style",
    "noscript",
    "template",
    "svg",
    "button",
    "select",
)
_FOOTNOTE = re.compile(r"\s*(?:\[[\w ]{1,6}\]|\d{1,3}|[*†‡§¶])\s*")
_PERMALINK = re.compile("[¶§#🔗]")
"""The link to a heading itself, which stands behind it."""

Thing = Mapping[str, Any]
"""A thing of JSON-LD, with its properties."""


class Parts:
    """What one page says of itself, part by part; every text that is handed out is one clean line."""

    def __init__(self, answer: Answer) -> None:
        self.soup = _soup_of(answer)
        self.url = answer.url
        """Where the page was in the end."""
        self.host = host_of(answer.url)
        self._meta = dict[str, list[str]]()
        for tag in islice(self.soup.find_all("meta"), 2000):
            content = one_line(str(tag.get("content") or ""))
            names = " ".join(str(tag.get(name) or "") for name in ("property", "name", "itemprop"))
            for name in dict.fromkeys(names.lower().split()) if content else ():
                self._meta.setdefault(name, []).append(content)
        self._things = list(_things_of(self.soup))
        self._by_id = {
            str(thing["@id"]): thing for thing in self._things if thing.get("@id") and len(thing) > 1
        }
        self.linked = next(_readable(self._things), {})
        """The thing of JSON-LD that is something to read; empty when there is none."""

    def all(self, *names: str) -> Sequence[str]:
        """What the meta tags of these names hold, in the order of the names."""
        return [value for name in names for value in self._meta.get(name, ())]

    def first(self, *names: str) -> str:
        """The first of these."""
        return next(iter(self.all(*names)), "")

    def told(self, *properties: str) -> str:
        """What JSON-LD tells of the page under the first of these properties that it has."""
        return next((text for name in properties if (text := self.text(self.linked.get(name)))), "")

    def text(self, value: object) -> str:
        """A text of JSON-LD: itself, the name of a thing, or the first of several."""
        if isinstance(value, list):
            return next((text for one in value[:20] if (text := self.text(one))), "")
        if isinstance(value, dict):
            known = (
                value if "name" in value or "@value" in value else self._by_id.get(str(value.get("@id")), {})
            )
            name = known.get("name") or known.get("@value")
            return self.text(name) if not isinstance(name, dict) else ""
        return one_line(value) if isinstance(value, str) else ""

    def of_type(self, kind: str) -> Iterator[Thing]:
        """The things of JSON-LD of a type."""
        return (thing for thing in self._things if kind in str(thing.get("@type", "")).lower())

    def tag(self, name: str) -> str:
        """The text of the page's first tag of a name; a drawing's title is none of the page's."""
        found = (tag for tag in islice(self.soup.find_all(name), 50) if tag.find_parent("svg") is None)
        read = text_of if name != "title" else _text_of_title
        return next((text for tag in found if (text := read(tag))), "")

    @property
    def is_plain(self) -> bool:
        """Whether no tag of the page is written for those who tell of it."""
        return not (self.linked or self.all("og:title", "twitter:title", "citation_title", "dc.title"))

    def pieces(self) -> Iterator[str]:
        """The page's text as it stands between its tags, piece by piece; what is not read is left out."""
        for piece in islice((self.soup.body or self.soup).find_all(string=True), 5_000):
            text = clean.line(piece) if type(piece) is NavigableString else ""
            if text and piece.find_parent(_NOT_READ) is None:
                yield text

    def without_place(self, text: str) -> str:
        """A text without the place of the page that some sites put behind it: `A tool. - user/repo`."""
        place = urlsplit(self.url).path.strip("/")
        return text.removesuffix(f" - {place}") if place else text

    def chosen(self, selector: str, most: int = 20) -> Iterable[Tag]:
        """The first tags that a CSS selector finds."""
        return self.soup.select(selector, limit=most)


def text_of(tag: Tag) -> str:
    """A tag's text as one clean line, as it reads: without the numbers of footnotes, words whole."""
    pieces = list[str]()
    left_out = set[int]()
    for node in islice(tag.descendants, 5_000):
        if isinstance(node, Tag):
            if not _INLINE.fullmatch(node.name):
                pieces.append(" ")
            elif (node.name == "sup" and _FOOTNOTE.fullmatch(node.get_text()[:20])) or (
                node.name == "a" and _PERMALINK.fullmatch(node.get_text()[:20])
            ):
                left_out.update(map(id, node.descendants))
        elif type(node) is NavigableString and id(node) not in left_out:
            pieces.append(str(node))
            if node.parent is not None and not _INLINE.fullmatch(node.parent.name):
                pieces.append("" if node.next_sibling is not None else " ")
    return clean.line("".join(pieces))[:20_000].rstrip()


def _text_of_title(tag: Tag) -> str:
    """The page's title, which is encoded twice as often as what the meta tags hold."""
    return one_line(text_of(tag))


def one_line(text: str) -> str:
    """A text as one clean line: without the HTML that some put into it, and what was encoded twice."""
    text = text[:100_000]
    if "&" in text:
        text = _ENTITY.sub(lambda found: html.unescape(html.unescape(found[0])), text)
    if "<" in text:
        # One that is opened and not closed is named: `The <p> element`; at the start it was cut from its end.
        text = _MARKUP.sub(" ", text) if _CLOSED.search(text) else _OPENED.sub("", text)
    return clean.line(text)


def host_of(url: str) -> str:
    """The host as the name system has it: a look-alike in another script shows as what it is."""
    host = urlsplit(url).hostname or ""
    try:
        host = host.encode("idna").decode("ascii")
    except UnicodeError:
        host = host.encode("ascii", "backslashreplace").decode("ascii")
    return host.removeprefix("www.")


def _soup_of(answer: Answer) -> BeautifulSoup:
    body = answer.body[:_MOST]
    try:
        return BeautifulSoup(body, "lxml", from_encoding=_charset(answer))
    except ValueError:  # the page names an encoding that is none
        return BeautifulSoup(body, "lxml", from_encoding=_FALLBACK)


def _charset(answer: Answer) -> str | None:
    """UTF-8 where the bytes are that, else what the server says; None leaves it to the page."""
    body = answer.body[:_MOST]
    if body.startswith((b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf")):
        return None
    try:
        # A page that is cut may end within a character.
        body[: len(body) - 4 if len(body) == _MOST else None].decode("utf-8")
    except UnicodeDecodeError:
        said = re.search(r"charset=[\"']?([\w.:-]{1,40})", answer.headers.get("content-type", ""))
        with suppress(LookupError, ValueError, TypeError):
            if said and b"x".decode(said[1]) == "x":
                return said[1]
        named = re.search(rb"<meta[^>]{0,200}charset", body[:4096], re.IGNORECASE)
        return None if named else _FALLBACK
    return "utf-8"


def _things_of(soup: BeautifulSoup) -> Iterator[Thing]:
    for script in islice(
        soup.find_all("script", type=re.compile(r"\Aapplication/ld\+json", re.IGNORECASE)), 20
    ):
        try:
            text = _WRAPPED.sub("", script.string or "")
            yield from _things(json.loads(text, strict=False), _DEEP)
        except (ValueError, RecursionError):
            continue


def _things(value: object, depth: int) -> Iterator[Thing]:
    if depth == 0:
        return
    if isinstance(value, list):
        for one in value[:200]:
            yield from _things(one, depth - 1)
    elif isinstance(value, dict):
        yield value
        for inside in ("@graph", "mainEntity", "mainEntityOfPage"):
            yield from _things(value.get(inside), depth - 1)


def _readable(things: Sequence[Thing]) -> Iterator[Thing]:
    kinds = [(thing, str(thing.get("@type", "")).lower()) for thing in things]
    for wanted in _READABLE:
        yield from (thing for thing, kind in kinds if wanted in kind)
