"""What a web page says it is about: its description, else how its text begins."""

import re
from collections.abc import Iterator
from itertools import islice

from bs4 import Tag

from triage.sources.page_parts import Parts, text_of

_MOST = 2000
"""Characters of a description that are kept."""
_SHORTEST = 60
"""Characters of a paragraph that may begin a text: what is shorter is a byline or a button."""
_ASIDE = (
    "nav",
    "header",
    "footer",
    "aside",
    "form",
    "dialog",
    "table",
    "figure",
    "noscript",
    "button",
    "blockquote",
)
_HOLDERS = ("p", "div", "ul", "ol", "h2", "h3", "h4", "h5")
"""What stands within a tag that holds several texts and is none itself."""
_ABOUT_THE_SITE = re.compile(
    r"cookie|javascript|subscri|newsletter|browser|privacy|©|sign (?:in|up)|all rights", re.IGNORECASE
)
_LABEL = re.compile(r"\A(?:ABSTRACT|SUMMARY|Abstract|Summary)(?:\s*[:.–—-]\s*|\s+(?=[^\Wa-z_]))")
_IN_SHORT = re.compile("highlight", re.IGNORECASE)
"""The class of an abstract's points, which some publishers put before it."""
_HEADING = re.compile(r"\A\s*abstract\W*\Z", re.IGNORECASE)
_OF_GITHUB = re.compile(r"\.?\s*Contribute to \S+ development by creating an account on GitHub\.\Z")


def description_of(parts: Parts, title: str) -> str:
    """A paper's abstract, else the description in the tags, else how the text begins; empty without."""
    told = [_LABEL.sub("", _OF_GITHUB.sub("", parts.without_place(one))) for one in _candidates(parts)]
    found = next((one for one in told if one and one.casefold() != title.casefold()), "")
    if found.endswith(("…", "...")):
        # Some tags hold the start of what another has whole.
        start = found.rstrip("….")[:200].rstrip()
        found = next((one for one in told if len(one) > len(found) and one.startswith(start)), found)
    return (found or next(_in_text(parts), ""))[:_MOST].rstrip()


def _candidates(parts: Parts) -> Iterator[str]:
    yield from parts.all("citation_abstract")
    if parts.first("citation_title"):
        # What else is told of a paper may be where it was published, or who publishes it.
        yield from _abstracts(parts)
    yield from parts.all("og:description", "description", "twitter:description")
    yield parts.told("description", "abstract")
    yield from parts.all("dc.description", "dcterms.abstract", "dcterms.description", "sailthru.description")


def _abstracts(parts: Parts) -> Iterator[str]:
    """What is marked as the abstract, or stands behind that word."""
    for tag in parts.chosen(
        "[class*=abstract i] p, [id*=abstract i] p, blockquote.abstract, div.abstract:not(:has(*))"
    ):
        text = _LABEL.sub("", text_of(tag))
        if _is_prose(text) and tag.find_parent(class_=_IN_SHORT) is None:
            yield text
    labels = islice(parts.soup.find_all(string=_HEADING), 10)
    for label in (one for one in labels if one.find_parent(_ASIDE) is None):
        for tag in label.find_all_next(["p", "div", "span"], limit=10):
            if tag.find(_HOLDERS) is None and tag.find_parent(_ASIDE) is None and _is_prose(text_of(tag)):
                yield text_of(tag)


def _in_text(parts: Parts) -> Iterator[str]:
    """The abstract, or how the text begins, as far as it can be told from what is around it."""
    described = (text_of(tag) for tag in parts.chosen("[itemprop~=description]"))
    yield from (text for text in described if _is_prose(text))
    yield from _abstracts(parts)
    if parts.first("citation_title"):
        return  # a publisher's pages hold more about the publisher than about the paper
    for where in ("article p, main p, [role=main] p", "p"):
        for tag in parts.chosen(where, 40):
            text = text_of(tag)
            if _is_prose(text) and not _is_aside(tag, text):
                yield text
    yield from (text for text in parts.pieces() if len(text) > 2 * _SHORTEST and _is_prose(text))


def _is_prose(text: str) -> bool:
    return len(text) >= _SHORTEST and re.search(r"[.!?…。][\s\"'”’)]", f"{text} ") is not None


def _is_aside(tag: Tag, text: str) -> bool:
    linked = sum(len(text_of(link)) for link in tag.find_all("a", limit=50))
    return (
        linked * 2 > len(text)
        or tag.find_parent(_ASIDE) is not None
        or (len(text) < 300 and _ABOUT_THE_SITE.search(text) is not None)
    )
