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
_BY = re.compile(r"\A(?:by|von|par|por|di)\s+", re.IGNORECASE)
_AND = re.compile(r"\s*,\s*(?:and|und|et|y)\s+|\s+(?:and|und|&)\s+|\s*,\s*")
_SUFFIX = re.compile(r",?\s+(?:Ph\.?\s?D|M\.?D|Dr|Esq|MSc|BSc|M\.?A|B\.?A)\.?(?=,|\Z)", re.IGNORECASE)
_JUNIOR = re.compile(r"(?:[JS]r\.?|I{2,3}|IV)", re.IGNORECASE)


def authors_of(parts: Parts) -> tuple[str, ...]:
    """The authors by name, each once; none where the page does not say."""
    return next((names for found in _sources(parts) if (names := _distinct(found))), ())


def _sources(parts: Parts) -> Iterator[Iterable[str]]:
    """Where a page may name its authors, the most exact first."""
    cited = parts.all("citation_author") or parts.all("citation_authors", "dc.creator", "dcterms.creator")
    yield (_turned(name) for listed in cited for name in listed.split(";"))
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
    if ";" in text:
        yield from (_turned(name) for name in text.split(";"))
        return
    names = _AND.split(text)
    # `Author, Ann` is one; `Ann Author, Bo Writer` are two, and so are names joined by a word.
    if len(names) == 2 and re.search(r",\s", text) and " " not in names[0] and len(names[1].split()) < 4:
        yield _turned(text)
    elif len(names) == 2 and _JUNIOR.fullmatch(names[1]):
        yield text
    else:
        yield from names


def _turned(name: str) -> str:
    """`Family, Given`, as citation tags have it, the other way round; two commas are a list or a suffix."""
    last, comma, given = name.strip().partition(", ")
    turned = comma and "," not in given and not _JUNIOR.fullmatch(given) and " " not in last.strip()
    return f"{given} {last}" if turned else name


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
