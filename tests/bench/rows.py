"""The rows that the benchmark prints, in their order; a test holds the README's table to them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Plan:
    """How much is measured."""

    starts: int
    """Starts of each program, taking turns."""
    keys: int
    """Presses of each key."""
    saves: int
    rows: tuple[int, ...]
    """Sizes of the listing for the keys."""
    decisions: int
    """In the library that the app opens."""
    many_decisions: int
    """In the large library that saves are measured in."""
    most_decisions: int
    """In the largest library that the app opens."""
    kept: int
    """Keeps among them, each with a note."""
    feeds: tuple[int, ...]
    """Sizes of the feed that another program reads, too."""
    delay: float
    """Seconds between two requests of a catch-up."""


QUICK = Plan(
    starts=3,
    keys=40,
    saves=100,
    rows=(100, 10_000),
    decisions=2_000,
    many_decisions=20_000,
    most_decisions=20_000,
    kept=500,
    feeds=(500,),
    delay=0.5,
)
FULL = Plan(
    starts=11,
    keys=90,
    saves=500,
    rows=(100, 10_000, 100_000),
    decisions=10_000,
    many_decisions=100_000,
    most_decisions=250_000,
    kept=10_000,
    feeds=(500, 5_000, 50_000),
    delay=3.0,
)
P99 = "p99 of a frame"
TEXT = "full text of 600 parts"
PAGE = "page of 2.5 MB"
BUSY = "while a fetch, a compaction and an export run"


def start(plan: Plan) -> list[str]:
    """Opening and quitting."""
    return [
        "start, 500 papers : bare app",
        "start, 5,000 papers : 500 papers",
        f"start, {plan.most_decisions:,} decisions and {plan.kept:,} notes : an empty library",
        "quit, terminal restored : bare app",
        "quit, process ended : bare app",
        "memory, 500 papers : bare app",
    ]


def keys(plan: Plan) -> list[str]:
    """Moving and deciding."""
    return [
        row
        for size in plan.rows
        for row in (
            f"cursor down, {size:,} rows: {P99}",
            f"cursor down at 30 keys a second, {size:,} rows: {P99}",
            f"rows not seen at 30 keys a second, {size:,} rows",
            f"keep, {size:,} rows: {P99}",
            f"memory, {size:,} rows : 160 MB",
        )
    ]


def saves(plan: Plan) -> list[str]:
    """A decision, on the disk."""
    return [
        f"save, {plan.many_decisions:,} decisions : 100 decisions",
        "save, 100 decisions : bare write and fdatasync",
        f"save, {plan.many_decisions:,} decisions : bare write and fdatasync",
    ]


def busy(_plan: Plan) -> list[str]:
    """Keys while much goes on behind them."""
    return [f"cursor down {BUSY}: {P99}", f"keep {BUSY}: {P99}"]


def peers(plan: Plan) -> list[str]:
    """A reader's steps in another program."""
    return [
        f"{step}, {size:,} papers, ours : newsboat"
        for size in plan.feeds
        for step in (
            "open",
            "next paper in the list",
            "next paper's abstract",
            "decide, saved",
            "processor time of a decision",
            "memory",
        )
    ]


def catch_up(_plan: Plan) -> list[str]:
    """Fetching what was missed."""
    return [
        "catch-up, 15 days in 3 categories : its requests' pauses",
        f"cursor down while a catch-up runs: {P99}",
        "cursor down, a catch-up running : none",
    ]


def full_text(_plan: Plan) -> list[str]:
    """Converting and reading one."""
    return [
        f"{PAGE}, arrival to its first part : 2 s",
        f"{PAGE}, arrival to its end : 2 s",
        f"{PAGE}, kept, exec to its first part : 2 s",
        f"{TEXT}, Enter to its first screen : 1 s",
        f"{TEXT}, Enter to all of it : 2 s",
        f"full text, line down while it comes: {P99}",
        f"full text, line down: {P99}",
        f"full text, line down at 30 keys a second: {P99}",
        f"full text, page down: {P99}",
    ]


ROWS: Mapping[str, Callable[[Plan], Sequence[str]]] = {
    "start": start,
    "keys": keys,
    "saves": saves,
    "busy": busy,
    "peers": peers,
    "catch-up": catch_up,
    "full-text": full_text,
}
"""By what is measured, as `--only` names it."""
