"""Lists, descriptions and bibliographies: each item gets the mark that it begins with in Markdown."""

import re
from collections.abc import Sequence

from triage.sources.full_text.anchors import parted
from triage.sources.full_text.formulas import words
from triage.sources.full_text.tree import Element, below, drop, has, new, put_first, tag

MARK = "data-item"
"""The attribute that carries an item's mark."""
_BULLETS = frozenset("•–—-*∗·◦▪■□▶►○●⋄⋆‣∙")
_NUMBER = re.compile(r"\[?\(?(\d{1,9})\)?\]?\.?\Z")
_ENUMERATED = re.compile(r"(\d{1,9})\.\Z")
_TAGS = ("ltx_tag_item", "ltx_tag_bibitem")


def write_out(root: Element) -> None:
    """Mark the items of every list below, and make lists of descriptions."""
    for element in below(root, "ltx_itemize", "ltx_enumerate"):
        # Within a line, as in a footnote, a list is made of spans.
        if tag(element) == "span":
            element.tag = "ul"
            for child in element:
                child.tag = "li" if has(child, "ltx_item") else child.tag
    for element in list(root.iter("dl")):
        _describe(element)
    for element in list(root.iter("ul", "ol")):
        _mark(element)


def _mark(element: Element) -> None:
    items = [one for one in element if tag(one) == "li"]
    labels = [_label(item) for item in items]
    of_books = has(element, "ltx_biblist")
    numbers = _numbers([label for _, label in labels], _NUMBER if of_books else _ENUMERATED)
    plain = tag(element) == "ol" and not any(label for _, label in labels)
    for at, (item, (signs, label)) in enumerate(zip(items, labels, strict=True)):
        if numbers or plain:
            item.set(MARK, f"{(numbers[at] if numbers else at + 1)}. ")
            label = ""
        else:
            item.set(MARK, "- ")
        front = new("span", signs)
        if label and label not in _BULLETS:
            front.append(new("strong" if of_books else "span", label))
            front[0].tail = " "
        if signs or len(front):
            put_first(item, front)


def _label(item: Element) -> tuple[str, str]:
    """The signs in an item's label, and the label, which is taken out."""
    for one in item.iterchildren():
        if has(one, *_TAGS):
            signs, label = parted(words(one))
            drop(one)
            item.text = (item.text or "").lstrip() or None
            return signs, label.strip()
    return "", ""


def _numbers(labels: Sequence[str], form: re.Pattern[str]) -> list[int]:
    """The numbers that labels are, if all of them are and each is one more than the one before."""
    found = [form.match(label) for label in labels]
    numbers = [int(one[1]) for one in found if one]
    follows = all(one == numbers[0] + at for at, one in enumerate(numbers))
    return numbers if numbers and len(numbers) == len(labels) and follows else []


def _describe(element: Element) -> None:
    """Make a list of a description: each term in bold before what is said of it."""
    item: Element | None = None
    element.tag = "ul"
    for one in list(element):
        if tag(one) == "dt":
            term = new("span", children=[new("strong", words(one).rstrip(":") + ":"), new("span", " ")])
            for inner in list(one):
                one.remove(inner)
            one.tag, one.text = "li", ""
            one.append(term)
            item = one
        elif item is not None:
            one.tag = "div"
            front = item[0] if len(item) == 1 else None
            item.append(one)
            if front is not None:
                item.remove(front)
                put_first(one, front)
