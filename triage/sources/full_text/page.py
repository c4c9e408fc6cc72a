"""A page as it came: the paper in it, its title and version; or what it is in place of a paper."""

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from lxml import etree

from triage.full_text import NoPage
from triage.ports import Unreachable
from triage.sources.full_text import chrome, signs
from triage.sources.full_text.tree import Element, has, text

_NO_HTML = re.compile(r"No HTML for\b|HTML is not available for the source", re.IGNORECASE)
_NO_FILE = re.compile(r"(?:File unavailable|No file) for\b", re.IGNORECASE)
_DECLARED = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([A-Za-z0-9_.:-]{1,40})""", re.IGNORECASE)
_WATERMARK = re.compile(r"arXiv:(?P<id>[\w.\-/]+?)v(?P<version>[1-9]\d{0,3})(?!\d)")
_VERSIONED = re.compile(r"/html/[\w.\-/]+?v(?P<version>[1-9]\d{0,3})(?=[/#?]|\Z)")
_LEAST = 200
"""Letters below which a page without LaTeXML's classes is taken for no paper."""


@dataclass(slots=True)
class Document:
    """A page that holds a paper."""

    article: Element
    title: Element | None
    """The heading with the paper's title, taken out of the article."""
    name: str
    """What the page calls itself, for want of a heading."""
    version: int | None


def read(body: bytes, charset: str, url: str, key: str) -> Document:
    """The paper on a page. Raises NoPage, and Unreachable for a page that is none of a paper."""
    root = _parsed(_decoded(body, charset))
    if root is None:
        raise Unreachable(f"{_host(url)} sent an empty page for {key}; try again later.")
    signs.expel(root)
    name = next((text(one) for one in root.iter("title")), "")
    article = _article(root)
    if article is None:
        _refuse(root, name, url, key)
    assert article is not None  # noqa: S101  refused otherwise
    version = _version(root, url)
    chrome.drop_all(article)
    title = next((one for one in article.iter("h1", "h2") if has(one, "ltx_title_document")), None)
    if title is None and not has(article, "ltx_document"):
        title = next(article.iter("h1"), None)
    if title is not None:
        parent = title.getparent()
        if parent is not None:
            title_tail, title.tail = title.tail, None
            before = title.getprevious()
            if before is not None:
                before.tail = (before.tail or "") + (title_tail or "")
            parent.remove(title)
    return Document(article, title, name, version)


def _decoded(body: bytes, charset: str) -> str:
    """The page's text: LaTeXML writes UTF-8, whatever a header says; else as the page or the header says."""
    try:
        return body.decode("utf-8-sig")
    except UnicodeDecodeError:
        declared = _DECLARED.search(body[:4096])
        for name in (declared[1].decode("ascii") if declared else "", charset):
            try:
                return body.decode(name) if name and name.lower() not in ("utf-8", "utf8") else body.decode()
            except (LookupError, UnicodeDecodeError, ValueError):
                continue
    return body.decode("utf-8", "replace")


def _parsed(page: str) -> Element | None:
    parser = etree.HTMLParser(
        encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True, no_network=True
    )
    try:
        return etree.fromstring(page.replace("\0", "").encode("utf-8", "replace"), parser)
    except etree.XMLSyntaxError:
        return None


def _article(root: Element) -> Element | None:
    """Where the paper is: LaTeXML's article, else what a page without its classes calls so."""
    for one in root.iter("article"):
        if has(one, "ltx_document"):
            return one
    for one in root.iter():
        if (
            has(one, "ltx_document")
            and next((c for c in one.iter() if has(c, "ltx_para", "ltx_section")), None) is not None
        ):
            return one
    if _is_told(root):
        return None
    for name in ("article", "main", "body"):
        found = max(root.iter(name), key=lambda one: len(text(one)), default=None)
        if found is not None and len(text(found)) >= _LEAST and next(found.iter("p"), None) is not None:
            return found
    return None


def _is_told(root: Element) -> bool:
    """Tell whether a page is one of arXiv's own that say why there is no paper."""
    headings = [text(one) for one in root.iter("title", "h1", "h2")]
    return any(_NO_HTML.search(one) or _NO_FILE.search(one) for one in headings)


def _refuse(root: Element, name: str, url: str, key: str) -> None:
    whole = f"{name} {text(root)}"
    if _NO_HTML.search(whole):
        raise NoPage(f"arXiv has no HTML of {key}.")
    if _NO_FILE.search(whole):
        raise NoPage(f"arXiv has no file of {key}: it may be withdrawn.", pdf=False)
    raise Unreachable(f"{_host(url)} sent a page for {key} that is no paper ({_short(name or whole)}).")


def _version(root: Element, url: str) -> int | None:
    """The version a page says it is of: by its watermark, else by its own address."""
    for one in root.iter():
        if one.get("id") == "watermark-tr" and (found := _WATERMARK.search(text(one))):
            return int(found["version"])
    places = [one.get("href") or "" for one in root.iter("base", "link")]
    for place in [*places, url]:
        if found := _VERSIONED.search(place):
            return int(found["version"])
    return None


def _host(url: str) -> str:
    return urlsplit(url).hostname or url


def _short(told: str) -> str:
    return told if len(told) <= 60 else f"{told[:59].rstrip()}…"
