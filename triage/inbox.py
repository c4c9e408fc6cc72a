"""The papers in front of the user: a frozen value with verbs, each of which returns the next value.

One mark a row stands in a byte string: to decide one of 100,000 papers copies 100 kB, in microseconds, and
the next open paper is found by `bytes.find`.
"""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import groupby
from types import MappingProxyType
from typing import NamedTuple, Self

from triage.paper import Row
from triage.replacement import Mark
from triage.runs import Runs

_BYTE = {mark: mark.value.encode() for mark in Mark}
_MARK = {byte[0]: mark for mark, byte in _BYTE.items()}
_OPEN = _BYTE[Mark.OPEN]


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
        """What is still to be decided."""
        return self.total - self.decided

    def __str__(self) -> str:
        return f"{self.decided}/{self.total} · {self.kept} kept"


class Inbox(NamedTuple):
    """Rows, their marks, and the cursor."""

    rows: tuple[Row, ...] = ()
    sections: tuple[Section, ...] = ()
    marks: bytes = b""
    """One byte a row: its `Mark`."""
    cursor: int = -1
    """The row under the cursor; -1 when none is shown."""
    query: str = ""
    """The filter as typed; empty when there is none."""
    hits: Sequence[int] = ()
    """The rows that match the filter, rising; all rows without a filter."""
    folded: frozenset[str] = frozenset()
    """Titles of the sections whose rows are folded away."""
    shown: Sequence[int] = Runs(())
    """The rows on the screen, rising: the hits less the folded ones. Runs of rows where no filter is on."""
    heading: str = ""
    """The section chosen while every row is folded away."""
    places: Mapping[str, int] = MappingProxyType({})
    """Row by paper id."""

    @classmethod
    def of(
        cls,
        rows: Iterable[Row],
        mark: Callable[[Row], Mark],
        section: Callable[[Row], str],
        folded: frozenset[str] = frozenset(),
    ) -> Self:
        """An inbox of rows in their order; rows of one section stand together."""
        all_rows = tuple(rows)
        sections, start = [], 0
        for title, those in groupby(all_rows, section):
            stop = start + sum(1 for _ in those)
            sections.append(Section(title, start, stop))
            start = stop
        places = {row.id: at for at, row in enumerate(all_rows)}
        inbox = cls(all_rows, tuple(sections), _marks(all_rows, mark), places=places)
        return inbox._replace(hits=range(len(all_rows)), folded=folded)._shown_anew().at_first_open()

    @property
    def row(self) -> Row | None:
        """The row under the cursor."""
        return self.rows[self.cursor] if self.cursor >= 0 else None

    @property
    def counts(self) -> Counts:
        """Over all rows, shown or not."""
        total = len(self.marks)
        return Counts(total, total - self.marks.count(_OPEN), self.marks.count(_BYTE[Mark.KEPT]))

    def mark_at(self, at: int) -> Mark:
        """How a row stands."""
        return _MARK[self.marks[at]]

    def decide(self, mark: Mark) -> Self:
        """Set how the paper under the cursor stands.

        From an open paper the cursor goes to the next open one shown below, else the first above, else it
        stays; on a decided paper it stays.
        """
        if self.cursor < 0:
            return self
        was_open = self.mark_at(self.cursor) is Mark.OPEN
        decided = self._marked(self.cursor, mark)
        return decided.at_next_open() if was_open else decided

    def mark(self, key: str, mark: Callable[[Row], Mark]) -> Self:
        """Mark a paper's row anew wherever it is; the cursor stays. Without such a row nothing changes."""
        at = self.places.get(key)
        return self if at is None else self._marked(at, mark(self.rows[at]))

    def marked_anew(self, mark: Callable[[Row], Mark]) -> Self:
        """Bring every mark in line with the library; the cursor stays."""
        return self._replace(marks=_marks(self.rows, mark))

    def finishing(self) -> tuple[Row, ...]:
        """The open rows that finishing would decide: those the filter shows, folded ones included."""
        return tuple(self.rows[at] for at in self.hits if self.marks[at] == _OPEN[0])

    def finish(self, mark: Callable[[Row], Mark]) -> Self:
        """Mark all of `finishing` anew; the cursor stays."""
        marks = bytearray(self.marks)
        for at in self.hits:
            if marks[at] == _OPEN[0]:
                marks[at] = _BYTE[mark(self.rows[at])][0]
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
        """Move the cursor to a paper; a filter and a fold that hide it are lifted."""
        at = self.places.get(key)
        if at is None:
            return self
        bared = self
        if not _holds(bared.hits, at):
            bared = bared.filter("", ())
        section = bared.section(at)
        if section is not None and section.title in bared.folded:
            bared = bared.fold(section.title)
        return bared._replace(cursor=at)

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

    def with_folds(self, titles: Iterable[str]) -> Self:
        """Fold the sections with these titles away, and no others."""
        return self._replace(folded=frozenset(titles))._shown_anew()

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

    def _marked(self, at: int, mark: Mark) -> Self:
        return self._replace(marks=self.marks[:at] + _BYTE[mark] + self.marks[at + 1 :])

    def _place(self, at: int) -> int:
        return bisect_left(self.shown, at)

    def _open_at(self, start: int, stop: int, *, default: int) -> int:
        """The first open row among shown[start:stop]."""
        if isinstance(self.shown, Runs):
            found = (self.marks.find(_OPEN, run.start, run.stop) for run in self.shown.parts(start, stop))
            return next((at for at in found if at >= 0), default)
        places = (self.shown[place] for place in range(start, stop))
        return next((at for at in places if self.marks[at] == _OPEN[0]), default)

    def _shown_anew(self) -> Self:
        unfolded = [section for section in self.sections if section.title not in self.folded]
        shown: Sequence[int] = Runs(_joined(range(section.start, section.stop) for section in unfolded))
        if self.query:
            shown = [at for at in self.hits if at in shown] if self.folded else self.hits
        place = bisect_left(shown, self.cursor)
        cursor = shown[min(place, len(shown) - 1)] if shown else -1
        return self._replace(shown=shown, cursor=cursor)


def _marks(rows: Sequence[Row], mark: Callable[[Row], Mark]) -> bytes:
    return "".join([mark(row) for row in rows]).encode()


def _joined(runs: Iterable[range]) -> Sequence[range]:
    """Rising ranges, those as one that touch."""
    joined: list[range] = []
    for run in runs:
        if joined and joined[-1].stop == run.start:
            joined[-1] = range(joined[-1].start, run.stop)
        else:
            joined.append(run)
    return joined


def _holds(rising: Sequence[int], number: int) -> bool:
    place = bisect_left(rising, number)
    return place < len(rising) and rising[place] == number


def searchable(query: str) -> tuple[str, ...]:
    """A query's words, casefolded: a text matches when it holds every one of them."""
    return tuple(query.casefold().split())


def matches(words: Sequence[str], text: str) -> bool:
    """Tell whether a casefolded text holds every word of `searchable`."""
    return all(word in text for word in words)
