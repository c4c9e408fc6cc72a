"""A page to the parts of its paper, one after the other, each as soon as it is converted."""

from collections.abc import Iterator

from triage import clean
from triage.full_text import Part
from triage.sources.full_text import (
    blocks,
    equations,
    figures,
    formulas,
    inline,
    listings,
    lists,
    markdown,
    notes,
    people,
    sections,
    statements,
    tables,
    whitespace,
)
from triage.sources.full_text.anchors import Anchors, parted
from triage.sources.full_text.inline import Links
from triage.sources.full_text.page import Document
from triage.sources.full_text.sections import Section
from triage.sources.full_text.tree import Element, below, drop


class Conversion:
    """One page on its way to Markdown."""

    def __init__(self, document: Document, url: str) -> None:
        """`url` is where the page was read."""
        self._article = document.article
        self._links = Links(url)
        hrefs = (one.get("href") or "" for one in self._article.iter("a"))
        self._anchors = Anchors(filter(None, map(self._links.anchor, hrefs)))
        self._remarks: list[Element] = []
        """What is noted on the title."""
        self.title = clean.line(document.name)
        """As shown."""
        if document.title is not None:
            self._remarks += notes.taken(document.title, self._anchors)
            for mark in below(document.title, notes.MARK):
                drop(mark)
            self.title = _heading(document.title)

    def parts(self) -> Iterator[Part]:
        """The parts of the paper in the order of its page; can be asked for once."""
        found = sections.of_page(self._article)
        found[0].body.extend(self._remarks)
        for section in found:
            self._anchors.place(section.body)
        for section in found:
            part = self._converted(section)
            if part.markdown or part.heading:
                yield part

    def _converted(self, section: Section) -> Part:
        body, top = section.body, section.heading
        if top is not None:
            body.extend(notes.taken(top, self._anchors))
        body.extend(notes.taken(body, self._anchors))
        listings.write_out(body)
        whitespace.settle(body)
        equations.write_out(body)
        formulas.write_out(body)
        people.write_out(body)
        statements.write_out(body)
        lists.write_out(body)
        inline.write_out(body, self._links)
        tables.write_out(body)
        figures.write_out(body)
        text, targets = self._anchors.resolved(markdown.of_tree(blocks.settle(body)))
        shown = _heading(top) if top is not None else ""
        return Part(section.anchor, section.level, shown, text, tuple(targets))


def _heading(element: Element) -> str:
    """The text of a heading in one line, as shown."""
    for one in element.iter("br"):
        one.tail = f" {one.tail or ''}"
    whitespace.settle(element)
    return clean.line(parted(formulas.words(element))[1])
