"""A page's text made fit: through `clean`, with one space for each run of white space, before all else.

LaTeXML breaks no line before a comma. A page that was indented for reading has such breaks everywhere, and
the spaces they would leave are none.
"""

import re

from triage import clean
from triage.sources.full_text.tree import Element, tag, text_before

_RUN = re.compile(r"\s{2,}|[^\S ]")
"""Any white space but a single space; matched in one go, however long."""
_HYPHENATED = re.compile(r"-\w")
_NO_SPACE_BEHIND = re.compile(r"(?<=\s)&(?=[^\W\d_])")
"""How some styles leave the "and" between two authors."""
_OPENS = ("(", "[", "“", "‘")
_STOPS = (",", ".", ";", ":", ")", "]", "’", "”")
"""Beside which no space stands."""


def settle(root: Element) -> None:
    """Make every text below clean and its white space single; what stands in a `pre` is left alone."""
    for element in root.iter():
        if tag(element) in ("a", "cite"):
            _trim(element)
        if tag(element) != "pre":
            element.text = _settled(element.text)
        element.tail = _settled(element.tail)


def _settled(text: str | None) -> str | None:
    if not text:
        return text
    text = _RUN.sub(_single, clean.clean(text))
    return _NO_SPACE_BEHIND.sub("& ", text) if "&" in text else text


def _single(run: re.Match[str]) -> str:
    """What is left of a run of white space: nothing for a break before a comma or behind a bracket."""
    if "\n" in run[0]:
        text, start, end = run.string, run.start(), run.end()
        if text[end : end + 1] in _STOPS or text[start - 1 : start] in _OPENS or _HYPHENATED.match(text, end):
            return ""
    return " "


def _trim(element: Element) -> None:
    """Take breaks at the ends of a link or a citation away, where something parts it from its neighbours."""
    ahead, behind = text_before(element), element.tail or ""
    if not ahead or ahead[-1].isspace() or ahead.endswith(_OPENS):
        _trim_first(element)
    if not behind or behind[0].isspace() or behind.startswith(_STOPS):
        _trim_last(element)


def _trim_first(element: Element) -> None:
    place = element
    while not (place.text or "").strip() and len(place) and tag(place[0]) != "math":
        place.text = _without_break(place.text, first=True)
        place = place[0]
    place.text = _without_break(place.text, first=True)


def _trim_last(element: Element) -> None:
    place = element
    while len(place) and tag(place[-1]) != "math":
        last = place[-1]
        last.tail = _without_break(last.tail, first=False)
        if last.tail:
            return
        place = last
    if len(place) == 0:
        place.text = _without_break(place.text, first=False)


def _without_break(text: str | None, *, first: bool) -> str:
    """A text without the white space at its beginning or its end, if there is a break in it."""
    text = text or ""
    bare = text.lstrip() if first else text.rstrip()
    cut = text[: len(text) - len(bare)] if first else text[len(bare) :]
    return bare if "\n" in cut else text
