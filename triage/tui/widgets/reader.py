"""The reader: the paper under the cursor, wrapped to the pane, and its note below."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import ClassVar, NamedTuple

from rich.cells import cell_len, chop_cells
from textual import events
from textual.geometry import Size
from textual.strip import Strip

from triage import clean, shown
from triage.paper import Paper
from triage.tui.widgets.line_widget import LineWidget, Piece

WIDEST = 80
"""Cells of a line of text: longer ones are hard to read."""
_LONGEST_TITLE = 2_000
_LONGEST = 60_000
"""Characters of one abstract or note that are shown: far more than any real one has."""
_MOST_NAMES = 300
_PARAGRAPH = re.compile(r"\n[ \t]*\n|\n[ \t]+")


class Leaf(NamedTuple):
    """What the reader shows."""

    paper: Paper | None = None
    note: str = ""
    source: bool = False
    """TeX as received instead of Unicode."""
    words: tuple[str, ...] = ()
    """Shown when there is no paper: paragraphs."""
    noting: bool = False
    """The note is being written below, so that it is not shown here."""
    status: str = ""
    """What is decided: `kept for haul 11`."""
    missing: str = ""
    """Why there is no abstract."""


class Reader(LineWidget):
    """Shows one leaf; scrolls by its own, so that a key costs one painting and no layout."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "reader--authors",
        "reader--category",
        "reader--dim",
        "reader--heading",
        "reader--more",
        "reader--note",
        "reader--quote",
        "reader--rule",
        "reader--title",
    }

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._leaf = Leaf()
        self._lines: Sequence[Sequence[Piece]] = ()
        self._width = -1
        self._top = 0

    def show(self, leaf: Leaf) -> None:
        """Show another leaf; another paper is shown from its top."""
        if leaf == self._leaf:
            return
        before, self._leaf = self._leaf, leaf
        if before.paper is not leaf.paper or before.source != leaf.source:
            self._top = 0
        self._width = -1
        self.refresh()

    def scroll_pages(self, pages: int) -> None:
        """Scroll by screenfuls, two lines of which stay."""
        self._roll_to(self._top + pages * max(1, self.size.height - 2))

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Scroll by the wheel."""
        event.stop()
        self._roll_to(self._top + 2)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Scroll by the wheel."""
        event.stop()
        self._roll_to(self._top - 2)

    def get_content_height(self, _container: Size, _viewport: Size, width: int) -> int:
        """As many lines as the leaf needs, for a sheet that asks for `auto`."""
        return len(_wrapped(self._leaf, max(1, min(width, WIDEST))))

    def render_line(self, y: int) -> Strip:
        """One line of the leaf; the last one in view tells when there is more below."""
        width = self.size.width
        self._wrap()
        at = self._top + y
        pieces = self._lines[at] if at < len(self._lines) else ()
        if y == self.size.height - 1 and at < len(self._lines) - 1 and width > 2:
            line = self.strip(pieces, width - 1)
            return Strip.join([line, self.strip([("↓", "reader--more")], 1)])
        return self.strip(pieces, width)

    def _wrap(self) -> None:
        width = self.size.width
        if width != self._width:
            self._width = width
            self._lines = _wrapped(self._leaf, max(1, min(width - 1, WIDEST)))
            self._top = max(0, min(self._top, len(self._lines) - self.size.height))

    def _roll_to(self, line: int) -> None:
        self._wrap()
        top = max(0, min(line, len(self._lines) - self.size.height))
        if top != self._top:
            self._top = top
            self.refresh()


@lru_cache(maxsize=64)
def _wrapped(leaf: Leaf, width: int) -> Sequence[Sequence[Piece]]:
    """A leaf's lines, none wider than `width` cells."""
    lines: list[list[Piece]] = []
    paper = leaf.paper
    if paper is None:
        for words in leaf.words:
            lines += [
                [(line, "reader--dim" if lines else "reader--title")] for line in wrap(words, width)
            ] + [[]]
        return lines
    source = paper.title[:_LONGEST_TITLE]
    title = source if leaf.source else shown.text(paper.id, source)
    lines += [[(line, "reader--title")] for line in wrap(title or "(no title)", width)]
    lines += [[(_authors(paper, leaf.source, width), "reader--authors")]] if paper.authors else []
    lines += _facts(paper, leaf.status, width)
    lines.append([])
    for at, paragraph in enumerate(_PARAGRAPH.split(paper.abstract[:_LONGEST].strip())):
        text = paragraph if leaf.source else shown.text(paper.id, paragraph)
        lines += [[]] if at else []
        lines += [[(line, "")] for line in wrap(text, width)]
    if len(paper.abstract) > _LONGEST:
        lines.append(
            [(f"(The abstract is longer than {_LONGEST} characters and is cut here.)", "reader--dim")]
        )
    lines += [[(line, "reader--dim")] for line in wrap(leaf.missing, width)] if leaf.missing else []
    if leaf.note and not leaf.noting:
        lines += [[], _rule("note", width)]
        for text in clean.shown(leaf.note[:_LONGEST]).split("\n"):
            style = "reader--quote" if text.startswith(">") else ""
            lines += [[(line, style)] for line in wrap(text, width)] or [[]]
    return lines


def _rule(word: str, width: int) -> list[Piece]:
    return [
        ("── ", "reader--rule"),
        (f"{word} ", "reader--note"),
        ("─" * max(0, width - len(word) - 4), "reader--rule"),
    ]


def _authors(paper: Paper, source: bool, width: int) -> str:
    """As many authors as one line holds, then how many more there are."""
    names = [name if source else shown.text(paper.id, name) for name in paper.authors[:_MOST_NAMES]]
    every = ", ".join(names)
    if len(names) == len(paper.authors) and cell_len(every) <= width:
        return every
    line = ""
    for count, name in enumerate(names):
        longer = f"{line}, {name}" if line else name
        if cell_len(f"{longer}, … +{len(paper.authors) - count - 1}") > width:
            return (
                f"{line}, … +{len(paper.authors) - count}"
                if line
                else f"{chop_cells(name, max(1, width - 6))[0]}…"
            )
        line = longer
    return f"{line}, … +{len(paper.authors) - len(names)}"


def _facts(paper: Paper, status: str, width: int) -> Iterator[list[Piece]]:
    """Categories, id with version, kind, comments, verdict, apart, on as many lines as needed."""
    categories: list[Piece] = []
    for name in paper.categories:
        categories += [(" ", ""), ("· ", "reader--dim")] if categories else []
        categories.append((name, "reader--category"))
    groups: list[list[Piece]] = [categories] if categories else []
    comments = clean.line(shown.text(paper.id, paper.arxiv_comments or ""))
    version = f"{paper.id}v{paper.version}" if paper.version else paper.id
    texts = (version, paper.kind.value if paper.kind else "", *wrap(comments, width), status)
    groups += [[(text, "reader--dim")] for text in texts if text]
    line: list[Piece] = []
    used = 0
    for group in groups:
        size = sum(cell_len(text) for text, _ in group)
        if line and used + 3 + size > width:
            yield line
            line, used = [], 0
        if line:
            line.append(("   ", ""))
            used += 3
        line += group
        used += size
    if line:
        yield line


def wrap(text: str, width: int) -> list[str]:
    """Break a text at its spaces into lines of at most `width` cells; a word that is wider is broken."""
    lines: list[str] = []
    line, used = "", 0
    for word in text.split():
        size = len(word) if word.isascii() else cell_len(word)
        if used and used + 1 + size <= width:
            line += f" {word}"
            used += 1 + size
            continue
        if used:
            lines.append(line)
        if size > width:
            *whole, word = chop_cells(word, width)
            lines += whole
            size = cell_len(word)
        line, used = word, size
    return [*lines, line] if used else lines
