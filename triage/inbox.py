"""The papers in front of the user: a frozen value with verbs, each of which returns the next value.

One mark a row stands in a byte string: to decide one of 100,000 papers copies 100 kB, in microseconds, and
the next open paper is found by `bytes.find`.
"""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple, Self

from triage.paper import Kind, Row, Verdict

OPEN, KEPT, SKIPPED = b"o", b"k", b"s"
_MARK = {None: OPEN, Verdict.KEEP: KEPT, Verdict.SKIP: SKIPPED}
_VERDICT = {OPEN[0]: None, KEPT[0]: Verdict.KEEP, SKIPPED[0]: Verdict.SKIP}

_SECTION_OF = {
    Kind.NEW: "New",
    Kind.CROSS: "Cross-lists",
    Kind.REPLACE: "Replacements",
    Kind.REPLACE_CROSS: "Replacements",
}


class Section(NamedTuple):
    """A run of rows under one heading."""

    title: str
    start: int
    stop: int
    """Rows start to stop - 1 of the inbox."""


class Counts(NamedTuple):
    """How far the inbox is: decided of total, kept of decided."""

    total: int
    decided: int
    kept: int

    @property
    def open(self) -> int:
        """Papers without a verdict."""
        return self.total - self.decided

    def __str__(self) -> str:
        return f"{self.decided}/{self.total} · {self.kept} kept"


class Inbox(NamedTuple):
    """Rows, their marks, and the cursor."""

    rows: tuple[Row, ...] = ()
    sections: tuple[Section, ...] = ()
    marks: bytes = b""
    """One byte a row: OPEN, KEPT or SKIPPED."""
    cursor: int = -1
    """The row under the cursor; -1 when none is shown."""
    query: str = ""
    """The filter as typed; empty when there is none."""
    hits: Sequence[int] = ()
    """The rows that match the filter, rising; all rows without a filter."""
    folded: frozenset[str] = frozenset()
    """Titles of the sections whose rows are folded away."""
    shown: Sequence[int] = ()
    """The rows on the screen, rising: the hits less the folded ones."""
    heading: str = ""
    """The section chosen while every row is folded away."""
    places: Mapping[str, int] = MappingProxyType({})
    """Row by paper id."""

    @classmethod
    def of(
        cls,
        rows: Iterable[Row],
        verdict: Callable[[str], Verdict | None],
        section: Callable[[Row], str] = lambda row: _SECTION_OF[row.kind],
    ) -> Self:
        """An inbox of rows in their order; rows of one section stand together."""
        all_rows = tuple(rows)
        sections: list[Section] = []
        for at, row in enumerate(all_rows):
            title = section(row)
            if sections and sections[-1].title == title:
                sections[-1] = sections[-1]._replace(stop=at + 1)
            else:
                sections.append(Section(title, at, at + 1))
        every = range(len(all_rows))
        marks = b"".join([_MARK[verdict(row.id)] for row in all_rows])
        places = {row.id: at for at, row in enumerate(all_rows)}
        inbox = cls(all_rows, tuple(sections), marks, hits=every, shown=every, places=places)
        return inbox.at_first_open()

    @property
    def row(self) -> Row | None:
        """The row under the cursor."""
        return self.rows[self.cursor] if self.cursor >= 0 else None

    @property
    def counts(self) -> Counts:
        """Over all rows, shown or not."""
        total = len(self.marks)
        return Counts(total, total - self.marks.count(OPEN), self.marks.count(KEPT))

    def verdict(self, at: int) -> Verdict | None:
        """The verdict on a row."""
        return _VERDICT[self.marks[at]]

    def decide(self, verdict: Verdict) -> Self:
        """Set the verdict of the paper under the cursor.

        From an open paper the cursor goes to the next open one shown below, else the first above, else it
        stays; on a decided paper it stays.
        """
        if self.cursor < 0:
            return self
        was_open = self.verdict(self.cursor) is None
        decided = self._marked(self.cursor, verdict)
        return decided.at_next_open() if was_open else decided

    def mark(self, key: str, verdict: Verdict | None) -> Self:
        """Set a paper's mark wherever it is; the cursor stays. A paper that is not here changes nothing."""
        at = self.places.get(key)
        return self if at is None else self._marked(at, verdict)

    def marked_anew(self, verdict: Callable[[str], Verdict | None]) -> Self:
        """Bring every mark in line with the library; the cursor stays."""
        return self._replace(marks=b"".join([_MARK[verdict(row.id)] for row in self.rows]))

    def finishing(self) -> tuple[Row, ...]:
        """The open rows that finishing would skip: those the filter shows, folded ones included."""
        return tuple(self.rows[at] for at in self.hits if self.marks[at] == OPEN[0])

    def finish(self) -> Self:
        """Skip all of `finishing`; the cursor stays."""
        marks = bytearray(self.marks)
        for at in self.hits:
            if marks[at] == OPEN[0]:
                marks[at] = SKIPPED[0]
        return self._replace(marks=bytes(marks))

    def step(self, rows: int) -> Self:
        """Move the cursor by so many shown rows, or sections where all is folded, stopping at the ends."""
        if not self.shown:
            return self._to_heading(rows)
        here = self._place(self.cursor)
        return self._replace(cursor=self.shown[max(0, min(here + rows, len(self.shown) - 1))])

    def next_section(self) -> Self:
        """Move the cursor to the first shown row of the next section that has one, then round again."""
        order = [section for section in self.sections if section.start > self.cursor]
        order += [section for section in self.sections if section.start <= self.cursor]
        for section in order:
            place = bisect_left(self.shown, section.start)
            if place < len(self.shown) and self.shown[place] < section.stop:
                return self._replace(cursor=self.shown[place])
        return self

    def to(self, key: str) -> Self:
        """Move the cursor to a paper; filter and folds that hide it are lifted."""
        at = self.places.get(key)
        if at is None:
            return self
        place = bisect_left(self.shown, at)
        if place < len(self.shown) and self.shown[place] == at:
            return self._replace(cursor=at)
        every = range(len(self.rows))
        return self._replace(query="", hits=every, folded=frozenset(), shown=every, cursor=at)

    def at_first_open(self) -> Self:
        """Move the cursor to the first open paper shown, else to the first paper."""
        first = self.shown[0] if self.shown else -1
        return self._replace(cursor=self._open_at(0, len(self.shown), default=first))

    def at_next_open(self) -> Self:
        """Move the cursor to the next open paper shown below, else the first above, else leave it."""
        below = self._place(self.cursor + 1)
        at = self._open_at(below, len(self.shown), default=-1)
        return self._replace(cursor=at if at >= 0 else self._open_at(0, below, default=self.cursor))

    def filter(self, query: str, hits: Sequence[int]) -> Self:
        """Show only the hits (row numbers, rising); an empty query shows all rows."""
        chosen = hits if query else range(len(self.rows))
        return self._replace(query=query, hits=chosen)._shown_anew()

    def fold(self, title: str) -> Self:
        """Fold a section's rows away, or unfold them."""
        return self._replace(folded=self.folded ^ {title}, heading=title)._shown_anew()

    def section(self, at: int) -> Section | None:
        """The section of a row."""
        return next((section for section in self.sections if section.start <= at < section.stop), None)

    def _to_heading(self, by: int) -> Self:
        titles = [
            section.title
            for section in self.sections
            if bisect_left(self.hits, section.start) < bisect_left(self.hits, section.stop)
        ]
        if not titles:
            return self
        here = titles.index(self.heading) if self.heading in titles else 0
        return self._replace(heading=titles[max(0, min(here + by, len(titles) - 1))])

    def _marked(self, at: int, verdict: Verdict | None) -> Self:
        return self._replace(marks=self.marks[:at] + _MARK[verdict] + self.marks[at + 1 :])

    def _place(self, at: int) -> int:
        return at if isinstance(self.shown, range) else bisect_left(self.shown, at)

    def _open_at(self, start: int, stop: int, *, default: int) -> int:
        """The first open row among shown[start:stop]."""
        if isinstance(self.shown, range):
            found = self.marks.find(OPEN, start, stop)
            return found if found >= 0 else default
        places = (self.shown[place] for place in range(start, stop))
        return next((at for at in places if self.marks[at] == OPEN[0]), default)

    def _shown_anew(self) -> Self:
        shown = self.hits
        for section in self.sections:
            if section.title in self.folded:
                shown = [at for at in shown if not section.start <= at < section.stop]
        if len(shown) == len(self.rows):
            shown = range(len(self.rows))
        place = bisect_left(shown, self.cursor)
        cursor = shown[min(place, len(shown) - 1)] if shown else -1
        return self._replace(shown=shown, cursor=cursor)


def searchable(query: str) -> tuple[str, ...]:
    """A query's words, casefolded: a text matches when it holds every one of them."""
    return tuple(query.casefold().split())


def matches(words: Sequence[str], text: str) -> bool:
    """Tell whether a casefolded text holds every word of `searchable`."""
    return all(word in text for word in words)
