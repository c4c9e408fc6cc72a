"""Rising numbers that stand in a few unbroken runs: as long as the list of them, as small as the runs."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from typing import overload


class Runs(Sequence[int]):
    """The numbers of rising ranges that do not touch one another's; never changes."""

    __slots__ = ("_before", "_length", "_runs")

    def __init__(self, runs: Iterable[range]) -> None:
        self._runs = tuple(run for run in runs if run)
        self._before: list[int] = []
        """By run how many numbers stand before it."""
        self._length = 0
        for run in self._runs:
            self._before.append(self._length)
            self._length += len(run)

    def __len__(self) -> int:
        return self._length

    def __repr__(self) -> str:
        return f"Runs({list(self._runs)!r})"

    def __contains__(self, number: object) -> bool:
        return any(number in run for run in self._runs)

    @overload
    def __getitem__(self, place: int) -> int: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[int]: ...
    def __getitem__(self, place: int | slice) -> int | Sequence[int]:
        if isinstance(place, slice):
            return [self[at] for at in range(self._length)[place]]
        at = place + self._length if place < 0 else place
        if not 0 <= at < self._length:
            raise IndexError(place)
        run = bisect_right(self._before, at) - 1
        return self._runs[run][at - self._before[run]]

    def parts(self, start: int, stop: int) -> Iterator[range]:
        """The numbers from place `start` to `stop` - 1, a range for each run."""
        for before, run in zip(self._before, self._runs, strict=True):
            part = run[max(0, start - before) : max(0, stop - before)]
            if part:
                yield part
