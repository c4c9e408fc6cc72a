"""The paper on a page, its title and version; or what the page is in place of a paper."""

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from triage import clean
from triage.full_text import NoPage
from triage.ports import Unreachable
from triage.sources.full_text import chrome
from triage.sources.full_text.parsing import parsed
from triage.sources.full_text.sections import is_in_section
from triage.sources.full_text.tree import Element, below, take, text

_NO_HTML = re.compile(r"No HTML for\b|HTML is not available for the source", re.IGNORECASE)
_NO_FILE = re.compile(r"(?:File unavailable|No file) for\b", re.IGNORECASE)
_WATERMARK = re.compile(r"arXiv:[\w.\-/]{1,40}?v(?P<version>[1-9]\d{0,3})(?!\d)")
_VERSIONED = re.compile(r"/html/[\w.\-/]{1,40}?v(?P<version>[1-9]\d{0,3})(?=[/#?]|\Z)")
_LEAST = 200
"""Letters below which a page without LaTeXML's classes is taken for no paper."""
_SHORT = 60
"""Characters of a page's name in a sentence."""


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
    host = urlsplit(url).hostname or url
    root = parsed(body, charset)
    if root is None:
        raise Unreachable(f"{host} sent an empty page for {key}; try again later.")
    name = next((text(one) for one in root.iter("title")), "")
    article = _article(root)
    if article is None:
        raise _refusal(root, name, host, key)
    if not _is_whole(body.lower(), article):
        raise Unreachable(f"The page of {key} broke off before its end; try again later.")
    version = _version(root, url)
    chrome.drop_all(article)
    titles = [*below(article, "ltx_title_document"), *article.iter("h1")]
    title = next((one for one in titles if not is_in_section(one)), None)
    return Document(article, take(title) if title is not None else None, name, version)


def _article(root: Element) -> Element | None:
    """Where the paper is: LaTeXML's article, else what a page without its classes calls so."""
    documents = below(root, "ltx_document")
    for one in [*(one for one in documents if one.tag == "article"), *documents]:
        if one.tag == "article" or below(one, "ltx_para", "ltx_section"):
            return one
    if _is_told(root):
        return None
    for name in ("article", "main", "body"):
        found = max(root.iter(name), key=lambda one: len(text(one)), default=None)
        if found is not None and len(text(found)) >= _LEAST and next(found.iter("p"), None) is not None:
            return found
    return None


def _is_whole(body: bytes, article: Element) -> bool:
    """Tell whether a page came to its end: LaTeXML closes what it opens."""
    if article.tag == "article":
        return b"</article" in body
    return b"</body" in body or b"</html" in body


def _is_told(root: Element) -> bool:
    """Tell whether a page is one of arXiv's own: of the paper, or one that says why there is none."""
    if _is_of_abstract(root):
        return True
    headings = [text(one) for one in root.iter("title", "h1", "h2")]
    return any(_NO_HTML.search(one) or _NO_FILE.search(one) for one in headings)


def _is_of_abstract(root: Element) -> bool:
    """Tell whether a page is arXiv's page with the abstract (arxiv-browse, templates/abs/base.html)."""
    return any(one.get("name") == "citation_arxiv_id" for one in root.iter("meta"))


def _refusal(root: Element, name: str, host: str, key: str) -> Unreachable:
    whole = f"{name} {text(root)}"
    if _is_of_abstract(root) or _NO_HTML.search(whole):
        return NoPage(f"arXiv has no HTML of {key}.")
    if _NO_FILE.search(whole):
        return NoPage(f"arXiv has no file of {key}: it may be withdrawn.", pdf=False)
    told = clean.line(name or whole)
    short = told if len(told) <= _SHORT else f"{told[: _SHORT - 1].rstrip()}…"
    return Unreachable(f"{host} sent a page for {key} that is no paper ({short}).")


def _version(root: Element, url: str) -> int | None:
    """The version a page says it is of: by its watermark, else by its own address."""
    for one in root.iter("div"):
        if one.get("id") == "watermark-tr" and (found := _WATERMARK.search(text(one)[:200])):
            return int(found["version"])
    places = [one.get("href") or "" for one in root.iter("base", "link")]
    for place in [*places, url]:
        if found := _VERSIONED.search(place):
            return int(found["version"])
    return None
