"""Figures by their captions, and the captions of tables, listings and algorithms above them."""

from triage.sources.full_text.tree import (
    Element,
    below,
    drop,
    has,
    is_blank,
    is_within,
    new,
    replace,
    tag,
    take,
    text,
    without_class,
)

_FLOATS = ("ltx_figure", "ltx_table", "ltx_float")
_PICTURES = ("img", "object", "video", "canvas", "svg", "picture")


def write_out(root: Element) -> None:
    """Replace every figure below by its caption and by what can be read in it."""
    for picture in list(root.iter(*_PICTURES)):
        drop(picture)
    floats = [one for one in root.iter() if tag(one) == "figure" or has(one, *_FLOATS)]
    # Those within others first.
    for element in reversed(floats):
        if element is not root and not has(element, "ltx_tabular", "ltx_listing"):
            _write_out(element, root)


def _write_out(element: Element, root: Element) -> None:
    told: dict[str, Element] = {}
    for one in _captions(element):
        # Some versions of LaTeXML give it above the figure's panels and again below.
        told.setdefault(text(one), take(one))
    captions = [_caption(one) for one in told.values()]
    parts = [take(one) for one in below(element, _PART)]
    inner = [new("ul", children=[new("li", children=[part]) for part in parts])] if parts else []
    rest = _rest(element)
    is_picture = not text(rest)
    if is_picture and not captions and not inner:
        drop(element)
    elif is_picture and len(captions) == 1 and not inner and _is_inner(element, root):
        captions[0].set("class", _PART)
        replace(element, captions[0])
    elif is_picture or _is_quoted(element, rest):
        replace(element, new("blockquote", children=[*captions, rest, *inner]))
    else:
        replace(element, new("div", children=[*captions, rest, *inner]))


def _is_quoted(element: Element, rest: Element) -> bool:
    """Tell whether the text in a figure belongs to what is drawn there."""
    return (
        has(element, "ltx_figure") and next(rest.iter("table", "pre", "figure", "blockquote"), None) is None
    )


_PART = "caption-of-a-part"
"""The class of the caption of a figure within a figure, until that one is written out."""


def _captions(element: Element) -> list[Element]:
    return [
        one
        for one in element.iterdescendants()
        if (tag(one) == "figcaption" or has(one, "ltx_caption"))
        and not is_within(one, element, *_FLOATS, "ltx_caption", tags=("figure", "figcaption"))
    ]


def _is_inner(element: Element, root: Element) -> bool:
    return is_within(element, root, *_FLOATS, tags=("figure",))


def _caption(caption: Element) -> Element:
    """A caption as a paragraph: what it is of in bold, and a space behind that."""
    for one in caption.iter():
        if has(one, "ltx_tag") and text(one):
            one.tag = "strong"
            without_class(one)
            told = text(one)
            for inner in list(one):
                one.remove(inner)
            one.text, one.tail = told, f" {(one.tail or '').lstrip()}"
            break
    made = new("p", caption.text or "", caption)
    if made.text and not made.text.strip():
        made.text = None
    return made


def _rest(element: Element) -> Element:
    made = new("div", element.text or "", element)
    for one in list(made.iter()):
        if one is not made and is_blank(one) and tag(one) in ("p", "div"):
            drop(one)
    return made
