"""The arXiv ids and web links in a text that somebody pasted: one of them, a list, or prose around them."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from triage import web_link
from triage.paper import PaperId

LONGEST = 200_000
"""Characters of a text that are looked into: more than any list of links, few enough to search at a key."""
_LONGEST_LINK = 2_000


class Named(NamedTuple):
    """What one place in a text names."""

    key: str
    """The paper's id, or the link of a web page; empty for a link that is not followed."""
    text: str
    """As it stands there."""


# The archives of the scheme before April 2007 (arxiv.org/archive): in prose `and/0701234` is no id.
_OLD_ARCHIVES = (
    r"acc-phys|adap-org|alg-geom|ao-sci|astro-ph|atom-ph|bayes-an|chao-dyn|chem-ph|cmp-lg|comp-gas|cond-mat|cs"
    r"|dg-ga|funct-an|gr-qc|hep-(?:ex|lat|ph|th)|math|math-ph|mtrl-th|nlin|nucl-ex|nucl-th|patt-sol|physics"
    r"|plasm-ph|q-alg|q-bio|quant-ph|solv-int|supr-con"
)
_SITES = (
    r"(?:(?:[a-z]+\.)?arxiv\.org|ar5iv\.org|ar5iv\.labs\.arxiv\.org|(?:www\.)?alphaxiv\.org"
    r"|(?:www\.)?huggingface\.co/papers|(?:dx\.)?doi\.org)"
)
"""Where links are often written without their `https://`."""
_MONTH = r"(?:0[1-9]|1[0-2])"
# An id in running text is stricter than one that stands alone (help/arxiv_identifier): four digits behind the
# point to 1412, five since 1501.
_ID = (
    rf"(?:arxiv:\s?)?(?:(?:0[7-9]|1[0-4]){_MONTH}\.\d{{4}}|(?:1[5-9]|[2-9]\d){_MONTH}\.\d{{5}}"
    rf"|(?:{_OLD_ARCHIVES})(?:\.[a-z]{{2}})?/(?:9\d|0[0-7]){_MONTH}\d{{3}})(?:v[1-9]\d{{0,2}})?"
)
_LINK = r"""[^\s<>"“”«»`|\\^]+"""
_PLACES = re.compile(
    rf"https?://{_LINK}"
    rf"|(?<![\w./@:-])(?:{_SITES}/|10\.48550/arxiv\.|www\.){_LINK}"
    rf"|(?<![\w./@$€£-]){_ID}(?!\w|[./-]\d)",
    re.IGNORECASE,
)
_SCHEME = re.compile("https?://", re.IGNORECASE)
_INVISIBLE = re.compile("[\u200b\u2060\ufeff]+")
"""What chats and web pages put around a link that is copied: a space that nobody sees."""
_CUT = ("…", "...")
"""How a link ends that is shown in short."""
_AFTER = ".,;:!?'’”»*_"
_PAIRS = {")": "(", "]": "[", "}": "{"}
_TYPED = re.compile(
    r"(?:www\.(?:[\w-]+\.)+|(?:[\w-]+\.)+(?=[a-z]+(?::\d+)?/))[a-z]{2,}(?::\d+)?(?:/\S*)?", re.IGNORECASE
)
"""A link as the address line of a browser shows it."""


def named_in(text: str) -> Sequence[Named]:
    """What a text names, in its order, each once; links that are not followed among it, without a key."""
    found: dict[str, Named] = {}
    for one in _places(_INVISIBLE.sub(" ", text[:LONGEST])):
        found.setdefault(one.key or one.text, one)
    return list(found.values())


def _places(text: str) -> Iterator[Named]:
    words = text.split()
    alone = _alone(words[0]) if len(words) == 1 else None
    if alone is not None:
        yield alone
        return
    for found in _PLACES.finditer(text):
        yield _named(found[0], in_prose=True)


def _alone(word: str) -> Named | None:
    """A text of one word, which may be any form of an id; None where it holds several, or something else."""
    if len(word) > _LONGEST_LINK:
        return None
    try:
        return Named(PaperId.parse(word).key, word)
    except ValueError:
        pass
    if _TYPED.fullmatch(word):
        return _named(f"https://{word}", in_prose=False)
    return _named(word, in_prose=False) if _SCHEME.match(word) and word.count("://") == 1 else None


def _named(text: str, *, in_prose: bool) -> Named:
    if len(text) > _LONGEST_LINK or text.endswith(_CUT):
        return Named("", text[:_LONGEST_LINK])
    text = _trimmed(text)
    try:
        return Named(PaperId.parse(text).key, text)
    except ValueError:
        pass
    link = text if _SCHEME.match(text) else f"https://{text}"
    # `https://exam ple.org` is no link to a machine named exam.
    has_dot = "." in link.split("/")[2]
    return Named(link if web_link.is_safe(link) and (has_dot or not in_prose) else "", text)


def _trimmed(text: str) -> str:
    """A link without the punctuation of the sentence it stands in; brackets that are its own stay."""
    while text:
        last = text[-1]
        closes = last in _PAIRS and text.count(_PAIRS[last]) < text.count(last)
        if last not in _AFTER and not closes:
            break
        text = text[:-1]
    return text
