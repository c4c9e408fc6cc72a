"""A page's text made fit: through `clean`, with one space for each run of white space, before all else.

LaTeXML breaks no line before a comma. A page that was indented for reading has such breaks everywhere, and
the spaces they would leave are none.
"""

import re

from triage import clean
from triage.sources.full_text.tree import Element, tag

_SPACES = re.compile(r"\s+")
_BEFORE_STOP = re.compile(r"\s*\n\s*(?=[,.;:)\]’”]|-\w)")
_AFTER_OPENING = re.compile(r"(?<=[(\[“‘])\s*\n\s*")
_FIRST = re.compile(r"\A\s*\n\s*")
_LAST = re.compile(r"\s*\n\s*\Z")
_NO_SPACE_BEHIND = re.compile(r"(?<=\s)&(?=[^\W\d_])")
"""How some styles leave the "and" between two authors."""
_OPENS = ("(", "[", "“", "‘")
_STOPS = (",", ".", ";", ":", ")", "]", "’", "”")


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
    if "\n" in text:
        text = _AFTER_OPENING.sub("", _BEFORE_STOP.sub("", text))
    text = _SPACES.sub(" ", clean.clean(text))
    return _NO_SPACE_BEHIND.sub("& ", text) if "&" in text else text


def _trim(element: Element) -> None:
    """Take breaks at the ends of a link or a citation away, where something parts it from its neighbours."""
    before = element.getprevious()
    outer = element.getparent()
    ahead = (before.tail if before is not None else outer.text if outer is not None else None) or ""
    behind = element.tail or ""
    if not ahead or ahead[-1].isspace() or ahead.endswith(_OPENS):
        _trim_first(element)
    if not behind or behind[0].isspace() or behind.startswith(_STOPS):
        _trim_last(element)


def _trim_first(element: Element) -> None:
    place = element
    while not (place.text or "").strip() and len(place) and tag(place[0]) != "math":
        place.text = None if _FIRST.match(place.text or "") else place.text
        place = place[0]
    place.text = _FIRST.sub("", place.text or "")


def _trim_last(element: Element) -> None:
    place = element
    while len(place) and tag(place[-1]) != "math":
        last = place[-1]
        last.tail = _LAST.sub("", last.tail or "")
        if last.tail:
            return
        place = last
    if len(place) == 0:
        place.text = _LAST.sub("", place.text or "")
