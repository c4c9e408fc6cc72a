"""Where links within a page lead: anchors travel as signs in the text, and end as lines of its Markdown."""

import re
from collections.abc import Iterable, Sequence
from itertools import chain

from lxml import etree

from triage.sources.full_text.signs import TARGET, TARGET_END
from triage.sources.full_text.tree import Element, has, tag

_MARK = re.compile(f"{TARGET}([0-9]+){TARGET_END}")
MARKED = "data-mark"
"""The attribute that carries the mark of a formula, whose text is not made yet."""


class Anchors:
    """The anchors of one page that some link leads to."""

    def __init__(self, wanted: Iterable[str]) -> None:
        self._numbers = {anchor: number for number, anchor in enumerate(dict.fromkeys(wanted))}
        self._names = list(self._numbers)

    def mark(self, anchor: str) -> str:
        """The sign to put where an anchor is."""
        if anchor not in self._numbers:
            self._numbers[anchor] = len(self._names)
            self._names.append(anchor)
        return f"{TARGET}{self._numbers[anchor]}{TARGET_END}"

    def place(self, root: Element) -> None:
        """Put a sign into the text of every element below that has a wanted anchor."""
        for element in root.iter():
            anchor = element.get("id")
            if anchor in self._numbers and element is not root:
                _put(element, self.mark(anchor))

    def resolved(self, markdown: str) -> tuple[str, Sequence[tuple[str, int]]]:
        """The text without its signs, and for each anchor the line it is on, from 0 on."""
        if TARGET not in markdown:
            return markdown, ()
        targets: dict[str, int] = {}
        lines = markdown.split("\n")
        for at, line in enumerate(lines):
            if TARGET in line:
                for number in _MARK.findall(line):
                    targets.setdefault(self._names[int(number)], at)
                lines[at] = _MARK.sub("", line)
        return "\n".join(lines), tuple(targets.items())


def parted(text: str) -> tuple[str, str]:
    """The signs in a text, and the text without them."""
    return "".join(mark[0] for mark in _MARK.finditer(text)), _MARK.sub("", text)


def _put(element: Element, mark: str) -> None:
    """Put a sign before the first thing in an element that will be seen: of a figure, its caption."""
    captions = (child for child in element if tag(child) == "figcaption" or has(child, "ltx_caption"))
    for event, node in chain.from_iterable(
        etree.iterwalk(place, events=("start", "end")) for place in (*captions, element)
    ):
        if event == "end":
            if node is not element and (node.tail or "").strip():
                node.tail = mark + (node.tail or "")
                return
        elif tag(node) == "math":
            node.set(MARKED, mark + (node.get(MARKED) or ""))
            return
        elif (node.text or "").strip():
            node.text = mark + (node.text or "")
            return
