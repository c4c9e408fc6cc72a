"""What on a page is not the paper: the site's own parts, scripts, and LaTeXML's complaints."""

import re

from triage.sources.full_text import formulas
from triage.sources.full_text.tree import Element, below, drop, new, replace, text

_NAMES = frozenset(
    (
        "script", "style", "button", "nav", "noscript", "template", "iframe", "form", "input", "select",
        "textarea", "dialog", "link", "meta", "base", "audio", "track", "map", "head", "label",
    )
)  # fmt: skip
_CLASSES = (
    "ltx_page_navbar", "ltx_page_header", "ltx_page_footer", "ltx_page_logo", "ltx_TOC", "ltx_pagination",
    "ltx_rdf", "ltx_nodisplay",
    "ltx_phantom", "ltx_listing_data", "ltx_flex_break", "sr-only", "package-alerts", "infobox",
    "arxiv-html-header", "arxiv-html-footer", "keyboard-glossary", "ar5iv-footer", "ltx_role_newpage",
)  # fmt: skip
_LOUD = re.compile(r"\s*(?:\\[A-Za-z@]+\*?|\{[A-Za-z@]+\*?\}|\\.)\s*")
"""The name of a macro or of an environment, which is all that LaTeXML says of one it does not know."""
_WORDS = 4
"""Words in a picture's own text from which on it is a text in a frame."""


def drop_all(root: Element) -> None:
    """Take all that is not the paper out of what is below."""
    for element in [*root.iter("svg"), *below(root, "ltx_picture")]:
        _drop_picture(element)
    for element in [*root.iter(*_NAMES), *below(root, *_CLASSES)]:
        drop(element)
    for element in below(root, "ltx_ERROR"):
        told = text(element)
        if _LOUD.fullmatch(told):
            sign = formulas.of_source(told).shown
            replace(element, *([new("span", sign)] if _is_sign(sign) else []))


def _is_sign(shown: str) -> bool:
    """Tell whether a macro is a sign that we know where LaTeXML did not: `\\checkmark` in a table."""
    return len(shown) == 1 and not shown.isascii()


def _drop_picture(picture: Element) -> None:
    """Take a drawing out; a text that stands in a drawn frame stays."""
    framed = [
        one
        for one in picture.iter("foreignobject", "foreignObject")
        if len(text(one).split()) >= _WORDS and next(one.iter("p", "span", "div"), None) is not None
    ]
    outermost = [one for one in framed if not any(outer in framed for outer in one.iterancestors())]
    if outermost:
        replace(picture, new("div", children=[new("div", one.text or "", one) for one in outermost]))
    else:
        drop(picture)
