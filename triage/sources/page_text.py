"""What a web page says it is about: its description, else how its text begins."""

import re
from collections.abc import Iterator

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
_ABOUT_THE_SITE = re.compile(
    r"cookie|javascript|subscri|newsletter|browser|privacy|©|sign (?:in|up)|all rights", re.IGNORECASE
)
_LABEL = re.compile(r"\A(?:abstract|summary)\W+", re.IGNORECASE)
_OF_GITHUB = re.compile(r"\.?\s*Contribute to \S+ development by creating an account on GitHub\.\Z")


def description_of(parts: Parts, title: str) -> str:
    """The description in the tags; where there is none, how the text begins; empty without."""
    told = [_OF_GITHUB.sub("", one) for one in _candidates(parts)]
    found = next((one for one in told if one and one.casefold() != title.casefold()), "")
    if found.endswith(("…", "...")):
        # Some tags hold the start of what another has whole.
        start = found.rstrip("….")[:200].rstrip()
        found = next((one for one in told if len(one) > len(found) and one.startswith(start)), found)
    return (found or next(_in_text(parts), ""))[:_MOST]


def _candidates(parts: Parts) -> Iterator[str]:
    yield from parts.all("citation_abstract", "og:description", "description", "twitter:description")
    yield parts.told("description", "abstract")
    yield from parts.all("dc.description", "dcterms.abstract", "dcterms.description", "sailthru.description")


def _in_text(parts: Parts) -> Iterator[str]:
    """The abstract, or how the text begins, as far as it can be told from what is around it."""
    for tag in parts.chosen(
        "[itemprop~=description], [class*=abstract i] p, [id*=abstract i] p, blockquote.abstract"
    ):
        text = _LABEL.sub("", text_of(tag))
        if _is_prose(text):
            yield text
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
