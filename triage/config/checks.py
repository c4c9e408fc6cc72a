"""What every key of the config may say: one check a key, which gives the value as Settings hold it."""

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any, TypeAlias

from triage import web_link
from triage.config.text import toml
from triage.nearest import nearest
from triage.pattern import pattern
from triage.settings import CROSS_LISTS, PRESETS
from triage.taxonomy import category

PATH_FIELDS = ("number", "date", "slug", "count")
URL_FIELDS = ("number", "date", "slug")
MOST_SECONDS = 3600
_ISO_DAY = pattern(r"\d{4}-\d\d-\d\d", re.ASCII)
_DAYS = "must be a list of days with no announcement in the evening, as [2027-01-18]"


class Wrong(ValueError):
    """A value that cannot be used; the message goes behind the key's name."""


def _categories(value: object) -> tuple[str, ...]:
    try:
        return tuple(dict.fromkeys(category(text) for text in _texts(value)))
    except Wrong:
        raise
    except ValueError as unknown:
        raise Wrong(f"names what arXiv has not: {unknown}") from None


def _texts(value: object) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise Wrong(f'must be a list of texts in quotes, as ["one", "two"], not {_kind(value)}')
    return tuple(value)


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise Wrong(f"must be a text in quotes, not {_kind(value)}")
    return value


def _line(value: object) -> str:
    text = _text(value)
    if len(text.splitlines()) > 1 or text != text.strip():
        raise Wrong("must be one line without blanks at its ends")
    return text


def _preset(value: object) -> str:
    return _one_of(PRESETS, value)


def _cross_lists(value: object) -> str:
    return _one_of(CROSS_LISTS, value)


def _one_of(choices: tuple[str, ...], value: object) -> str:
    text = _text(value)
    if text not in choices:
        *others, last = (toml(name) for name in choices)
        near = nearest(text.casefold(), choices)
        raise Wrong(f"must be {', '.join(others)} or {last}, not {_quoted(text)}" + (
            f"; did you mean {near[0]}?" if near else ""
        ))  # fmt: skip
    return text


def _url(value: object) -> str:
    text = _text(value)
    if not web_link.is_safe(text):
        raise Wrong(
            f"must be an address that begins with https:// or http:// and names a host, not {_quoted(text)}"
        )
    return text.rstrip("/")


def _seconds(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise Wrong(f"must be a number of seconds, not {_kind(value)}")
    if not 0 <= value <= MOST_SECONDS:
        raise Wrong(f"must be a number of seconds from 0 to {MOST_SECONDS}")
    return float(value)


def _days(value: object) -> tuple[date, ...]:
    if not isinstance(value, list):
        raise Wrong(f"{_DAYS}, not {_kind(value)}")
    return tuple(dict.fromkeys(_day(item) for item in value))


def _day(value: object) -> date:
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    if isinstance(value, datetime):
        raise Wrong(f"{_DAYS}, without a time, not {toml(value)}")
    if not isinstance(value, str):
        raise Wrong(f"{_DAYS}; there is {_kind(value)} in it")
    try:
        return date.fromisoformat(value if _ISO_DAY.fullmatch(value) else "")
    except ValueError:
        raise Wrong(f"{_DAYS}; {_quoted(value)} is no day") from None


def _path(value: object) -> str:
    text = _template(value, PATH_FIELDS)
    if not text.startswith(("/", "~")) or text.endswith("/") or "\0" in text:
        raise Wrong(f"must be a file's whole path, from / or ~ on, not {_quoted(text)}")
    return text


def _place_on_the_web(value: object) -> str:
    text = _template(value, URL_FIELDS)
    _url(re.sub(r"\{(\w+)\}", "1", text))
    return text


def _template(value: object, known: tuple[str, ...]) -> str:
    text = _text(value)
    for name in re.findall(r"\{(\w*)\}", text):
        if name not in known:
            near = nearest(name, known)
            hint = (
                f"did you mean {{{near[0]}}}?"
                if near
                else f"known are {', '.join(f'{{{one}}}' for one in known)}"
            )
            raise Wrong(f"has an unknown field {{{name}}}; {hint}")
    return text


def _front_matter(value: object) -> Mapping[str, Any]:
    if not isinstance(value, dict):
        raise Wrong("must be a table: write [haul.front_matter]")
    for name, item in value.items():
        parts = item if isinstance(item, list) else [item]
        if any(isinstance(part, dict | list) for part in parts):
            raise Wrong(
                f"has {_quoted(name)}, which must be a text, a number, true or false, a date, "
                "or a list of such"
            )
    return dict(value)


def _quoted(text: str) -> str:
    """The beginning of a text as TOML has it: enough to find it again."""
    return toml(text if len(text) <= 80 else text[:80] + "…")


def _kind(value: object) -> str:
    match value:
        case bool():
            return "true or false"
        case int() | float():
            return "a number"
        case str():
            return "a text"
        case list():
            return "a list"
        case dict():
            return "a table"
        case _:
            return "a date or time"


Check: TypeAlias = Callable[[object], Any]
"""Reads one value of the config; raises Wrong for one that cannot be used."""

CHECKS: Mapping[str, Check] = {
    "categories": _categories,
    "keys": _preset,
    "arxiv.rss": _url,
    "arxiv.api": _url,
    "arxiv.site": _url,
    "arxiv.delay_seconds": _seconds,
    "arxiv.holidays": _days,
    "listing.cross_lists": _cross_lists,
    "haul.title": _line,
    "haul.tags": _texts,
    "haul.snippet": _line,
    "haul.path": _path,
    "haul.url": _place_on_the_web,
    "haul.front_matter": _front_matter,
}
