"""When a web page was published."""

import re
from collections.abc import Iterator
from datetime import date
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

from triage.sources.page_parts import Parts, text_of

_ISO = re.compile(r"(\d{4})(?:[-/.](\d{1,2})(?:[-/.](\d{1,2}))?)?(?!\d)|(\d{4})(\d\d)(\d\d)(?=T|\Z)")
_TURNED = re.compile(r"(\d{1,2})([./])(\d{1,2})\2(\d{4})(?!\d)")
"""`25.4.2026`, and `25/4/2026` or `4/25/2026` where the number tells which is the month."""
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_YEAR_FIRST = re.compile(
    rf"(\d{{4}})\s+((?:{'|'.join(_MONTHS)})[a-z]*)\.?(?:\s+(\d{{1,2}}))?(?!\w)", re.IGNORECASE
)
"""`2026 Mar 4`, as libraries write it."""
_NAMED = re.compile(
    r"(?:(?P<first>\d{1,2})(?:st|nd|rd|th)?\.?\s+)?(?P<month>[a-z]{3})[a-z]*\.?,?\s+(?:(?P<day>\d{1,2})(?:st|nd|rd|th)?,?\s+)?"
    r"(?P<year>\d{4})\b",
    re.IGNORECASE,
)
"""`4 March 2026`, `March 4th, 2026`, `March 2026`."""
_ALONE = re.compile(
    rf"(?:(?:published|posted|written|first)?\s*(?:on|:)?\s*)?(?:[a-z]{{3,9}},?\s+)?{_NAMED.pattern}",
    re.IGNORECASE,
)
_IN_LINK = re.compile(r"/((?:19|20)\d\d)[-/](0[1-9]|1[0-2])(?:[-/](0[1-9]|[12]\d|3[01])(?=[-/]))?(?=[-/]|\Z)")
_FIRST, _LAST = 1600, 2200
"""Years between which something was published: programs that know no date say 1, 1970 is meant at times."""


def published_of(parts: Parts) -> str | None:
    """The day, month or year, as ISO 8601; None where the page does not say."""
    days = [day for one in _candidates(parts) if (day := iso_day(one))]
    told = next(iter(days), None)
    if told is not None:
        # The first of January is what some repositories say of everything of a year.
        sure = told.removesuffix("-01-01")
        told = next((day for day in days if day.startswith(sure) and len(day) == 10 and day != told), told)
    linked = day_in_link(parts.url)
    if told is not None or (linked is None and not parts.is_plain):
        return told
    # Without tags, a date that stands alone above or below the text is that of the text.
    written = (day for piece in parts.pieces() if _ALONE.fullmatch(piece) and (day := iso_day(piece)))
    return next((day for day in written if day.startswith(linked or "")), linked)


def _candidates(parts: Parts) -> Iterator[str]:
    yield from parts.all("citation_publication_date", "citation_online_date", "citation_date")
    yield from parts.all("article:published_time", "og:article:published_time", "og:published_time")
    yield parts.told("datePublished", "uploadDate", "dateCreated")
    yield from parts.all(
        "datepublished",
        "uploaddate",
        "dc.date",
        "dc.date.issued",
        "dcterms.issued",
        "dcterms.date",
        "dcterms.created",
    )
    yield from parts.all(
        "date", "parsely-pub-date", "sailthru.date", "pubdate", "publish_date", "citation_year"
    )
    for tag in parts.chosen("[itemprop~=datePublished], .dt-published, article time, main time, time", 10):
        yield str(tag.get("datetime") or tag.get("content") or "") or text_of(tag)[:100]


def iso_day(text: str) -> str | None:
    """The day, month or year a text begins with, as ISO 8601; None where it names none."""
    text = text.strip()[:100]
    if found := _YEAR_FIRST.match(text):
        text = f"{found[3] or ''} {found[2]} {found[1]}".strip()
    if found := _ISO.match(text):
        return _iso(found[1] or found[4], found[2] or found[5], found[3] or found[6])
    if found := _TURNED.match(text):
        first, second = int(found[1]), int(found[3])
        if found[2] == "." or first > 12 or first == second:
            return _iso(found[4], found[3], found[1])
        return _iso(found[4], found[1], found[3]) if second > 12 else None
    if (named := _NAMED.search(text)) and named["month"].lower() in _MONTHS:
        month = _MONTHS.index(named["month"].lower()) + 1
        return _iso(named["year"], str(month), named["day"] or named["first"])
    try:
        return _iso(*parsedate_to_datetime(text).date().isoformat().split("-"))
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def day_in_link(url: str) -> str | None:
    """The day or month that a blog's links hold: `/2026/03/04/a-title`."""
    found = _IN_LINK.search(urlsplit(url).path)
    return _iso(found[1], found[2], found[3]) if found is not None else None


def _iso(year: str, month: str | None, day: str | None) -> str | None:
    try:
        known = date(int(year), int(month or 1), int(day or 1))
    except ValueError:
        return None
    if not _FIRST <= known.year <= _LAST:
        return None
    return known.isoformat()[: 10 if day else 7 if month else 4]
