"""Formulas as Unicode, from the TeX that LaTeXML keeps beside them; the MathML itself is never read twice."""

import re
from functools import lru_cache
from typing import NamedTuple

from triage import clean, tex
from triage.sources.full_text.anchors import MARKED
from triage.sources.full_text.tree import Element, emptied, pieces, tag, text

_CITE = re.compile(r"\\cite\b|\\@@bibref")
_TEX = re.compile(r"\\[A-Za-z]")


class Formula(NamedTuple):
    """A formula as it is shown."""

    shown: str
    is_tex: bool = False
    """Whether it is its source, for want of a better form."""


def source(math: Element) -> str:
    """The TeX of a formula; empty when the page does not say it."""
    found = math.get("alttext")
    if found is None:
        notes = (one for one in math.iter("annotation") if "tex" in (one.get("encoding") or ""))
        found = next((one.text or "" for one in notes), "")
    return found


@lru_cache(maxsize=4096)
def of_source(written: str) -> Formula:
    """A formula by its TeX."""
    shown = clean.line(tex.formula(written))
    return Formula(shown, bool(_TEX.search(shown)))


def of_math(math: Element) -> Formula:
    """A formula by its element, with the signs of what links lead to it."""
    written = source(math)
    made = of_source(written) if written.strip() else Formula(clean.line(_seen(math)))
    mark = math.get(MARKED) or ""
    return Formula(mark + made.shown, made.is_tex)


def write_out(root: Element) -> None:
    """Put every formula's text in its place."""
    for math in list(root.iter("math")):
        formula = of_math(math)
        cites = list(math.iter("cite")) if _CITE.search(source(math)) else []
        if cites:
            # A citation that was raised by a formula: its links are worth more than its TeX.
            emptied(math, "span").extend(cites)
            continue
        emptied(math, "code" if formula.is_tex else "span").text = formula.shown


def words(element: Element) -> str:
    """All text in an element in one line, formulas by their shown form."""
    return " ".join("".join(pieces(element, instead)).split())


def instead(element: Element) -> str | None:
    """What stands in place of a formula, for `tree.pieces`."""
    return of_math(element).shown if tag(element) == "math" else None


def _seen(math: Element) -> str:
    """What a browser shows of a formula without a source."""
    for note in [*math.iter("annotation"), *math.iter("annotation-xml")]:
        emptied(note, "annotation")
    return text(math)
