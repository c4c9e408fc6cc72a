"""Figures: what was measured, as a ratio to what it is held against, with its limit."""

from dataclasses import dataclass
from statistics import median

from tests.bench.ptybench import Latencies

FRAME_MS = 16.7


@dataclass(frozen=True)
class Figure:
    """One line of the result."""

    what: str
    measured: str
    value: float
    limit: float

    def __str__(self) -> str:
        held = "ok" if self.value <= self.limit else "OVER"
        return f"{self.what:<58} {self.measured:>32} {self.value:>8.2f} {self.limit:>7.2f}  {held}"


def against(what: str, ours: list[float], theirs: list[float], limit: float, unit: str = "ms") -> Figure:
    """The medians of ours against theirs."""
    return Figure(
        what, f"{median(ours):.2f} : {median(theirs):.2f} {unit}", median(ours) / median(theirs), limit
    )


def tail(what: str, found: Latencies) -> Figure:
    """The slowest of a hundred keys, against a frame."""
    p50, p99 = found.quantile(0.5), found.quantile(0.99)
    lost = f", {found.missed} unseen" if found.missed else ""
    return Figure(f"{what}: p99 of a frame", f"median {p50:.1f}, p99 {p99:.1f} ms{lost}", p99 / FRAME_MS, 1.0)
