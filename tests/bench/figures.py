"""Figures: what was measured, as a ratio to what it is held against, with its limit."""

from dataclasses import dataclass
from math import inf
from statistics import median

from tests.bench.ptybench import Latencies
from tests.bench.rows import P99

FRAME_MS = 16.7
HEAD = "| what | measured (medians) | ratio | limit |\n| --- | ---: | ---: | ---: |"
"""The head of the README's table."""
NONE = inf
"""The limit of what is only told."""


@dataclass(frozen=True)
class Figure:
    """One line of the result."""

    what: str
    measured: str
    value: float
    limit: float

    def __str__(self) -> str:
        held = "" if self.limit == NONE else "ok" if self.value <= self.limit else "OVER"
        return f"{self.what:<70} {self.measured:>34} {self.value:>8.2f} {self._limit:>7}  {held}".rstrip()

    @property
    def markdown(self) -> str:
        """The same as a row of the README's table."""
        return f"| {self.what} | {self.measured} | {self.value:.2f} | {self._limit} |"

    @property
    def _limit(self) -> str:
        return "–" if self.limit == NONE else f"{self.limit:.2f}"


def against(what: str, ours: list[float], theirs: list[float], limit: float, unit: str = "ms") -> Figure:
    """The medians of ours against theirs."""
    return Figure(
        what, f"{median(ours):.2f} : {median(theirs):.2f} {unit}", median(ours) / median(theirs), limit
    )


def most(what: str, measured: float, limit: float, unit: str) -> Figure:
    """Something against the most it may be."""
    return Figure(f"{what} : {limit:g} {unit}", f"{measured:.1f} {unit}", measured / limit, 1.0)


def tail(what: str, found: Latencies) -> Figure:
    """The slowest of a hundred keys, against a frame."""
    p50, p99 = found.quantile(0.5), found.quantile(0.99)
    lost = f", {found.missed} unseen" if found.missed else ""
    return Figure(f"{what}: {P99}", f"median {p50:.1f}, p99 {p99:.1f} ms{lost}", p99 / FRAME_MS, 1.0)
