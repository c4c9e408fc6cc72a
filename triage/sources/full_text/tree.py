"""How a page's tree is read and changed: by LaTeXML's classes, in place, and never by recursion.

The names of the classes are those of LaTeXML's schema and stylesheets (dlmf.nist.gov/LaTeXML/manual/schema,
lib/LaTeXML/resources/CSS/LaTeXML.css).
"""

from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from types import MappingProxyType
from typing import TypeAlias

from lxml import etree

Element: TypeAlias = etree._Element
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")


def classes(element: Element) -> frozenset[str]:
    """The names in an element's class."""
    return frozenset((element.get("class") or "").split())


def has(element: Element, *names: str) -> bool:
    """Tell whether an element has one of these classes."""
    value = element.get("class")
    # Most have none of them, and splitting takes its time.
    return value is not None and any(name in value and name in value.split() for name in names)


def is_deeper(root: Element, most: int) -> bool:
    """Tell whether elements stand within elements more than so many times."""
    depth = 0
    for event, _ in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        if depth > most:
            return True
    return False


def tag(element: Element) -> str:
    """An element's name; empty for what is no element, such as an entity."""
    name = element.tag
    return name if isinstance(name, str) else ""


def below(element: Element, *names: str) -> list[Element]:
    """The elements below with one of these classes, in the order of the page."""
    found = _looked_for(names)(element)
    elements = found if isinstance(found, list) else []
    return [one for one in elements if isinstance(one, etree._Element) and has(one, *names)]


@lru_cache(maxsize=128)
def _looked_for(names: tuple[str, ...]) -> etree.XPath:
    """What finds the elements whose class holds one of these names, be it within another."""
    # By libxml2 itself: a page has tens of thousands of elements, and is gone through a dozen times.
    return etree.XPath(f"descendant::*[{' or '.join(f'contains(@class, {name!r})' for name in names)}]")


def is_within(element: Element, top: Element, *names: str, tags: Container[str] = ()) -> bool:
    """Tell whether an element below `top` stands in another with one of these classes or tags."""
    for outer in element.iterancestors():
        if outer is top:
            return False
        if tag(outer) in tags or has(outer, *names):
            return True
    return False


def stands_in(element: Element, root: Element) -> bool:
    """Tell whether an element is still there: what it stood in may have been replaced."""
    return any(outer is root for outer in element.iterancestors())


def whole(element: Element) -> str:
    """All text in an element, as it stands."""
    return "".join(str(piece) for piece in element.itertext())


def text(element: Element) -> str:
    """All text in an element, in one line."""
    return " ".join(whole(element).split())


def pieces(top: Element, instead: Callable[[Element], str | None]) -> Iterator[str]:
    """The text in an element piece by piece; `instead` says what stands in place of all that is in one."""
    passed_over: Element | None = None
    for event, element in etree.iterwalk(top, events=("start", "end")):
        if passed_over is None and event == "start":
            text = instead(element)
            if text is not None:
                passed_over = element
            yield text if text is not None else (element.text or "" if tag(element) else "")
        elif event == "end" and passed_over in (None, element):
            passed_over = None
            if element is not top:
                yield element.tail or ""


def text_before(element: Element) -> str:
    """The text directly before an element, up to its neighbour or to where what it stands in begins."""
    before, outer = element.getprevious(), element.getparent()
    return (before.tail if before is not None else outer.text if outer is not None else "") or ""


def is_blank(element: Element) -> bool:
    """Tell whether there is nothing in an element but white space."""
    return len(element) == 0 and not (element.text or "").strip()


def new(
    name: str,
    content: str = "",
    children: Iterable[Element] = (),
    attributes: Mapping[str, str] = MappingProxyType({}),
) -> Element:
    """An element; the children are taken from where they were, with the text behind them."""
    element = etree.Element(name, dict(attributes))
    element.text = content
    element.extend(list(children))
    return element


def emptied(element: Element, name: str) -> Element:
    """The element without anything in it, under another name; what stands behind it stays."""
    tail = element.tail
    element.clear()
    element.tag, element.tail = name, tail
    return element


def without_class(element: Element) -> None:
    """Take an element's class away, so that nothing is made of it any more."""
    if "class" in element.attrib:
        del element.attrib["class"]


def drop(element: Element) -> None:
    """Take an element out; what stands behind it stays."""
    parent = element.getparent()
    if parent is None:
        return
    if element.tail:
        _append_before(element, parent, element.tail)
    parent.remove(element)


def take(element: Element) -> Element:
    """Take an element out, to be put somewhere else; what stands behind it stays."""
    drop(element)
    element.tail = None
    return element


def replace(element: Element, *others: Element) -> None:
    """Put others in an element's place."""
    parent = element.getparent()
    if parent is None or not others:
        drop(element)
        return
    at = parent.index(element)
    others[-1].tail = (others[-1].tail or "") + (element.tail or "")
    parent[at : at + 1] = list(others)
    element.tail = None


def close_up(element: Element) -> None:
    """Take the space before an element away."""
    before, outer = element.getprevious(), element.getparent()
    if before is not None:
        before.tail = (before.tail or "").rstrip()
    elif outer is not None:
        outer.text = (outer.text or "").rstrip()


def contents(element: Element) -> Sequence[Element]:
    """What stands in an element as elements: its first text, if it is not blank, becomes one."""
    first = [new("span", element.text or "")] if (element.text or "").strip() else []
    return [*first, *element]


def put_first(element: Element, front: Element) -> None:
    """Put something inline before an element's text: into the paragraph that it begins with, if it does."""
    place = element
    while not (place.text or "").strip() and len(place) and _leads(place[0]):
        place = place[0]
    front.tail = (front.tail or "") + (place.text or "").lstrip()
    place.text = None
    place.insert(0, front)


def _leads(element: Element) -> bool:
    return tag(element) in ("p", "div", "section") or has(element, "ltx_p", "ltx_para", "ltx_inline-para")


def _append_before(element: Element, parent: Element, more: str) -> None:
    before = element.getprevious()
    if before is not None:
        before.tail = (before.tail or "") + more
    else:
        parent.text = (parent.text or "") + more
