"""What the reader shows of a paper: its lines, wrapped to a width, and what changed in it."""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from rich.cells import cell_len, chop_cells

from triage import clean, day_words, shown
from triage.paper import Paper, is_arxiv
from triage.pattern import pattern
from triage.tui.widgets.changed_text import changed_lines
from triage.tui.widgets.line_widget import Piece, wrap
from triage.tui.widgets.passage import Passage, laid
from triage.word_diff import is_changed, word_diff

_LONGEST_TITLE = 2_000
_LONGEST = 60_000
"""Characters of one abstract or note that are shown: far more than any real one has."""
_MOST_NAMES = 300
_GONE = frozenset({"reader--removed", "reader--dim"})
"""The styles of what stands among an abstract and is none of it: what it said before, and brackets."""
_PARAGRAPH = pattern(r"\n[ \t]*\n|\n[ \t]+")


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
    replaces_kept: bool = False
    """Whether it is a later version of a kept paper."""
    before: Paper | None = None
    """The version that it is compared with: text and version."""
    older_notes: tuple[tuple[str, str], ...] = ()
    """Notes that are only read here: in which haul, and the note."""


class Page(NamedTuple):
    """A leaf's lines, and which of them are the abstract."""

    lines: Sequence[Sequence[Piece]]
    abstract: str = ""
    """As shown: its paragraphs stand a blank line apart."""
    first: int = 0
    """Its first line."""
    last: int = 0
    """The line behind its last one."""

    def passage(self) -> Passage:
        """Where the abstract's characters stand."""
        return laid(self.lines[self.first : self.last], self.abstract, self.first, _GONE)


@lru_cache(maxsize=64)
def wrapped(leaf: Leaf, width: int) -> Page:
    """A leaf's lines, none wider than `width` cells."""
    lines: list[list[Piece]] = []
    paper = leaf.paper
    if paper is None:
        for words in leaf.words:
            lines += [
                [(line, "reader--dim" if lines else "reader--title")] for line in wrap(words, width)
            ] + [[]]
        return Page(lines)
    before = leaf.before
    title = _as_shown(paper, leaf.source, paper.title[:_LONGEST_TITLE]) or "(no title)"
    if before is None:
        lines += [[(line, "reader--title")] for line in wrap(title, width)]
    else:
        was = _as_shown(paper, leaf.source, before.title[:_LONGEST_TITLE])
        lines += changed_lines(word_diff(was, title), width, "reader--title")
    lines += [[(_authors(paper, leaf.source, width), "reader--authors")]] if paper.authors else []
    lines += _facts(paper, leaf.status, width)
    if before is not None or leaf.replaces_kept:
        lines += _what_changed(paper, before, leaf.source, width)
    lines.append([])
    first = len(lines)
    abstract = _paragraphs(paper, leaf.source)
    lines += _abstract(paper, before, abstract, leaf.source, width)
    last = len(lines)
    if len(paper.abstract) > _LONGEST:
        lines.append(
            [(f"(The abstract is longer than {_LONGEST} characters and is cut here.)", "reader--dim")]
        )
    lines += [[(line, "reader--dim")] for line in wrap(leaf.missing, width)] if leaf.missing else []
    for haul, text in leaf.older_notes:
        lines += [[], _rule(f"note, {haul}", width), *_note(text, width, "reader--quote")]
    if leaf.note and not leaf.noting:
        lines += [[], _rule("note", width), *_note(leaf.note, width)]
    return Page(lines, "\n\n".join(abstract), first, last)


def _as_shown(paper: Paper, source: bool, text: str) -> str:
    return text if source else shown.text(paper.id, text)


def _paragraphs(paper: Paper, source: bool) -> list[str]:
    """The abstract's paragraphs as shown, a line each."""
    parts = _PARAGRAPH.split(paper.abstract[:_LONGEST].strip())
    return [" ".join(_as_shown(paper, source, part).split()) for part in parts]


def _abstract(
    paper: Paper, before: Paper | None, paragraphs: Sequence[str], source: bool, width: int
) -> Iterator[list[Piece]]:
    """The abstract, paragraph by paragraph; with what it said before, where that is known as a whole."""
    if before is None or not (paper.abstract and _is_whole(before)):
        for at, text in enumerate(paragraphs):
            if at:
                yield []
            yield from ([(line, "")] for line in wrap(text, width))
        return
    was = _as_shown(paper, source, before.abstract[:_LONGEST])
    sizes = [len(text.split()) for text in paragraphs]
    yield from changed_lines(word_diff(was, " ".join(paragraphs)), width, paragraphs=sizes)


def _is_whole(before: Paper) -> bool:
    """Tell whether the abstract is known, and not only the excerpt that a post has of it."""
    return bool(before.abstract) and before.version is not None


def _what_changed(paper: Paper, before: Paper | None, source: bool, width: int) -> Iterator[list[Piece]]:
    """From which version to which, and what of it is another: `v1 → v3 · title and comments changed`."""
    now = f"v{paper.version}" if paper.version else "a new version"
    if before is None:
        unknown = f"{now} · what it said when it was kept is not here to compare with"
        yield from ([(line, "reader--note")] for line in wrap(unknown, width))
        return

    def differ(name: str) -> bool:
        texts = (str(getattr(one, name) or "")[:_LONGEST] for one in (before, paper))
        was, new = (_as_shown(paper, source, text) for text in texts)
        return bool(was and new) and is_changed(word_diff(was, new))

    whole = _is_whole(before)
    names = {"title": "title"} | ({"abstract": "abstract"} if whole else {}) | {"arxiv_comments": "comments"}
    changed = [word for name, word in names.items() if differ(name)]
    said = [f"v{before.version} → {now}"] if before.version else [now]
    if changed:
        said.append(f"{' and '.join(filter(None, (', '.join(changed[:-1]), changed[-1])))} changed")
    if changed in ([], ["comments"]):
        said.append("the text is unchanged" if whole else "the title is unchanged")
    if not whole:
        said.append("the abstract it had is not here")
    yield from ([(line, "reader--note")] for line in wrap(" · ".join(said), width))
    if "comments" in changed:
        was, new = (_as_shown(paper, source, one.arxiv_comments or "") for one in (before, paper))
        yield from changed_lines(word_diff(was, new), width, "reader--dim")


def _note(note: str, width: int, style: str = "") -> Iterator[list[Piece]]:
    for text in clean.shown(note[:_LONGEST]).split("\n"):
        look = "reader--quote" if text.startswith(">") else style
        yield from [[(line, look)] for line in wrap(text, width)] or [[]]


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
    """Categories, id with version, kind, comments, verdict, apart, on as many lines as needed.

    Of a web page its site and day, and its link.
    """
    categories: list[Piece] = []
    for name in paper.categories:
        categories += [(" ", ""), ("· ", "reader--dim")] if categories else []
        categories.append((name, "reader--category"))
    groups: list[list[Piece]] = [categories] if categories else []
    comments = clean.line(shown.text(paper.id, paper.arxiv_comments or ""))
    version = f"{paper.id}v{paper.version}" if paper.version else paper.id
    page = () if is_arxiv(paper.id) else (paper.site or "", day_words.said(paper.published or ""))
    texts = (*page, version, paper.kind.value if paper.kind else "", *wrap(comments, width), status)
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
