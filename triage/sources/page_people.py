"""Who wrote a web page."""

import re
from collections.abc import Iterable, Iterator

from bs4 import Tag

from triage.clean import line
from triage.sources.page_parts import Parts, one_line, text_of
from triage.sources.page_title import author_in_title

_MOST = 500
_NOBODY = {
    "admin",
    "administrator",
    "editor",
    "staff",
    "unknown",
    "author",
    "webmaster",
    "guest",
    "root",
    "user",
}
_BY = re.compile(r"\A(?:(?:written|posted|published) by|by|von|par|por|di)\s+", re.IGNORECASE)
_JOINED = r"\s*,?\s+(?:and|und|&)\s+|\s*,\s*(?:et|y)\s+"
_BEHIND = r"(?:[JS]r|I{2,3}|IV|Inc|Ltd|LLC)\b\.?"
"""What stands behind a comma and is no name of its own."""
_AND = re.compile(rf"{_JOINED}|\s*[,|](?!\s*{_BEHIND})\s*")
_SUFFIX = re.compile(r",?\s+(?:Ph\.?\s?D|M\.?D|Dr|Esq|MSc|BSc|M\.?A|B\.?A)\.?(?=,|\Z)", re.IGNORECASE)


def authors_of(parts: Parts) -> tuple[str, ...]:
    """The authors by name, each once; none where the page does not say. The site is none beside others."""
    named = next((names for found in _sources(parts) if (names := _distinct(found))), ())
    people = tuple(name for name in named if name != parts.first("og:site_name"))
    return people or named


def _sources(parts: Parts) -> Iterator[Iterable[str]]:
    """Where a page may name its authors, the most exact first."""
    yield (name for told in parts.all("citation_author") for name in _cited(told))
    for source in ("citation_authors", "dc.creator", "dcterms.creator"):
        yield (name for told in parts.all(source) for name in _people(told))
    written = parts.linked.get("author") or parts.linked.get("creator")
    several = written if isinstance(written, list) else [written]
    yield (name for one in several[:_MOST] for name in _people(parts.text(one)))
    yield (name for tag in parts.chosen("[itemprop~=author]") for name in _people(_in_microdata(tag)))
    for source in ("author", "article:author", "parsely-author", "sailthru.author", "byl"):
        yield (name for told in parts.all(source) for name in _people(told))
    yield _people(author_in_title(parts))
    yield (name for tag in parts.chosen("a[rel~=author], .p-author") for name in _people(text_of(tag)))


def _in_microdata(tag: Tag) -> str:
    name = tag.select_one("[itemprop~=name]") or tag
    return one_line(str(name.get("content") or "")) or text_of(name)


def _people(told: str) -> Iterator[str]:
    """The people in a byline: `By Ann Author, Bo Writer and Cy Editor`."""
    text = _SUFFIX.sub("", _BY.sub("", told[:20_000]))
    joined = re.split(_JOINED, text)
    if ";" in text:
        yield from _cited(text)
    elif all(_is_turned(name) for name in joined):
        # `Author, Ann` is one, `Author, Ann and Writer, Bo` are two; `Ann Author, Bo Writer` are others.
        yield from map(_turned, joined)
    else:
        yield from _AND.split(text)


def _cited(told: str) -> Iterator[str]:
    """The people in a citation tag, which has one of them, or several between semicolons."""
    yield from map(_turned, told.split(";"))


def _turned(name: str) -> str:
    """`Family, Given`, as citation tags have it, the other way round."""
    last, _, given = name.strip().partition(", ")
    return f"{given} {last}" if _is_turned(name, is_cited=True) else name


def _is_turned(name: str, *, is_cited: bool = False) -> bool:
    """Tell whether that is one person's `Family, Given`; two commas are a list or a suffix."""
    last, comma, given = name.strip().partition(", ")
    if not comma or "," in given or re.fullmatch(_BEHIND, given):
        return False
    # A family name of several words is one by its particle; in a citation tag by the one word behind it too.
    whole = " " not in last or last[:1].islower() or (is_cited and " " not in given)
    return whole and len(given.split()) < 4


def _distinct(found: Iterable[str]) -> tuple[str, ...]:
    names = dict.fromkeys(line(name) for name, _ in zip(found, range(_MOST), strict=False))
    return tuple(name for name in names if _is_name(name))


def _is_name(text: str) -> bool:
    return (
        0 < len(text) <= 100
        and "://" not in text
        and "@" not in text
        and text.casefold() not in _NOBODY
        and any(char.isalpha() for char in text)
    )
