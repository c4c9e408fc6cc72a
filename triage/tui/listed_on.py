"""On which listing days a paper stands, in two megabytes for a hundred thousand papers."""

from array import array
from collections.abc import Iterable, Iterator
from datetime import date

_SHELVES = 1 << 13
"""A year of large listings makes some fifteen entries on each."""
_DAY_BITS = 24
"""Of an entry, the day; the rest is of the paper's hash."""
_DAY, _PAPER = (1 << _DAY_BITS) - 1, ((1 << 64) - 1) ^ ((1 << _DAY_BITS) - 1)


class ListedOn:
    """Eight bytes for each paper and day. A paper may be taken for another once in a blue moon."""

    def __init__(self) -> None:
        self._shelves: dict[int, array[int]] = {}

    def add(self, day: date, ids: Iterable[str]) -> None:
        """Take note of the papers that a day lists; those that are noted already stay so."""
        ordinal, shelves = day.toordinal(), self._shelves
        for key in ids:
            code = hash(key)
            entry = code & _PAPER | ordinal
            shelf = shelves.get(code % _SHELVES)
            if shelf is None:
                shelves[code % _SHELVES] = array("Q", (entry,))
            elif entry not in shelf:
                shelf.append(entry)

    def days(self, ids: Iterable[str]) -> Iterator[date]:
        """The days that list any of these papers; one may come more than once."""
        for key in ids:
            code = hash(key)
            paper = code & _PAPER
            for entry in self._shelves.get(code % _SHELVES, ()):
                if entry & _PAPER == paper:
                    yield date.fromordinal(entry & _DAY)
