"""`python -m tests.bench`: the app's speed as ratios, measured side by side; `--quick` for a first look."""

import argparse
import compileall
import os
import re
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from statistics import median

from tests.bench import saving, worlds
from tests.bench.ptybench import Latencies, Program

HOUSE = Path(__file__).resolve().parents[2]
BARE = [sys.executable, "-m", "tests.bench.bare"]
FRAME_MS = 16.7
_LISTED = r"\d+/\d+ · \d+ kept"
_POSITION = re.compile(r"▌.*?#(\d{6})")
_ABSTRACT = re.compile(r"Abstract (\d{6})")
_DECIDED = re.compile(r"(\d+)/\d+ · \d+ kept")


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


QUICK = Plan(starts=3, keys=40, saves=100, rows=(100, 10_000), decisions=2_000, many_decisions=20_000)
FULL = Plan(
    starts=11, keys=90, saves=500, rows=(100, 10_000, 100_000), decisions=10_000, many_decisions=100_000
)


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


@dataclass
class Runs:
    """What several starts of one program took."""

    painted: list[float] = field(default_factory=list)
    restored: list[float] = field(default_factory=list)
    ended: list[float] = field(default_factory=list)
    memory: list[float] = field(default_factory=list)


def start_and_quit(scratch: Path, plan: Plan) -> Iterator[Figure]:
    """From exec to the first listing, memory then, and from `q` to the end, against the bare app."""
    few = worlds.make(scratch / "few", papers=500, decisions=plan.decisions)
    many = worlds.make(scratch / "many", papers=5_000, decisions=plan.decisions)
    programs: dict[str, tuple[list[str], dict[str, str], str]] = {
        "bare": (BARE, few.env, "bare and ready"),
        "few": (few.argv, few.env, _LISTED),
        "many": (many.argv, many.env, _LISTED),
    }
    runs = {name: Runs() for name in programs}
    for turn in range(plan.starts + 1):
        for name, (argv, env, ready) in programs.items():
            run = _run(argv, env, ready)
            if turn:  # the first start of each fills the caches of the disk
                for into, value in zip(vars(runs[name]).values(), run, strict=True):
                    into.append(value)
    bare, ours, larger = runs["bare"], runs["few"], runs["many"]
    yield _against("start, 500 papers : bare app", ours.painted, bare.painted, 1.25)
    yield _against("start, 5,000 papers : 500 papers", larger.painted, ours.painted, 1.25)
    yield _against("quit, terminal restored : bare app", ours.restored, bare.restored, 1.0)
    yield _against("quit, process ended : bare app", ours.ended, bare.ended, 1.15)
    yield _against("memory, 500 papers : bare app", ours.memory, bare.memory, 1.5, "MB")


def _run(argv: list[str], env: dict[str, str], ready: str) -> tuple[float, float, float, float]:
    with Program(argv, env) as program:
        painted = (program.painted(ready) - program.started_ns) / 1e6
        program.settle(1.0)
        memory = program.memory()
        restored, ended = program.quit("q")
    return painted, restored / 1e6, ended / 1e6, memory


def keys(scratch: Path, plan: Plan) -> Iterator[Figure]:
    """From a key to its whole paint: the cursor with the abstract, and a keep."""
    for rows in plan.rows:
        world = worlds.make(scratch / f"rows-{rows}", papers=rows, decisions=plan.decisions)
        with Program(world.argv, world.env) as program:
            program.painted(_LISTED)
            program.settle(2.0)
            down = program.measure("<down>", plan.keys, _at_cursor)
            yield _tail(f"cursor down, {rows:,} rows", down)
            program.press("<home>")
            held = program.measure("<down>", plan.keys, _at_cursor, per_second=30)
            yield _tail(f"cursor down at 30 keys a second, {rows:,} rows", held)
            skipped = plan.keys - held.frames
            yield Figure(
                f"    rows not seen at 30 keys a second, {rows:,} rows", f"{held.frames} seen", skipped, 0
            )
            program.press("<home>")
            kept = program.measure("k", plan.keys, _decided)
            yield _tail(f"keep, {rows:,} rows", kept)


def _at_cursor(screen: str) -> int | None:
    """The paper under the cursor, when list and abstract agree on it."""
    row, abstract = _POSITION.search(screen), _ABSTRACT.search(screen)
    return int(row[1]) if row and abstract and row[1] == abstract[1] else None


def _decided(screen: str) -> int | None:
    """How many papers are decided, when progress, cursor and abstract agree on it."""
    decided, cursor = _DECIDED.search(screen), _at_cursor(screen)
    return cursor if decided and cursor is not None and int(decided[1]) == cursor else None


def saves(scratch: Path, plan: Plan) -> Iterator[Figure]:
    """A decision in the library alone, on the disk."""
    small, large, bare = saving.measure(scratch, (100, plan.many_decisions), plan.saves)
    yield _against(f"save, {plan.many_decisions:,} decisions : 100 decisions", large, small, 1.2)
    yield _against("save, 100 decisions : bare write and fdatasync", small, bare, 2.5)
    yield _against(f"save, {plan.many_decisions:,} decisions : bare write and fdatasync", large, bare, 2.5)


def _against(what: str, ours: list[float], theirs: list[float], limit: float, unit: str = "ms") -> Figure:
    return Figure(
        what, f"{median(ours):.2f} : {median(theirs):.2f} {unit}", median(ours) / median(theirs), limit
    )


def _tail(what: str, found: Latencies) -> Figure:
    p50, p99 = found.quantile(0.5), found.quantile(0.99)
    lost = f", {found.missed} unseen" if found.missed else ""
    return Figure(f"{what}: p99 of a frame", f"median {p50:.1f}, p99 {p99:.1f} ms{lost}", p99 / FRAME_MS, 1.0)


MEASUREMENTS: dict[str, Callable[[Path, Plan], Iterator[Figure]]] = {
    "start": start_and_quit,
    "keys": keys,
    "saves": saves,
}


def main() -> int:
    """Measure what the command line asks for; 1 when a figure is over its limit."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="fewer runs and smaller data")
    parser.add_argument("--only", choices=MEASUREMENTS, action="append", help="measure only this")
    parser.add_argument(
        "--rt", action="store_true", help="run under SCHED_RR (Linux, root): shields from other jobs"
    )
    given = parser.parse_args()
    if given.rt:
        os.sched_setscheduler(0, os.SCHED_RR, os.sched_param(5))
    sys.setswitchinterval(1e-4)
    for folder in (HOUSE / "triage", HOUSE / "tests" / "bench"):
        compileall.compile_dir(folder, quiet=1)  # as pip does when it installs
    say = partial(print, flush=True)
    say(f"{'':<58} {'measured (medians)':>32} {'ratio':>8} {'limit':>7}")
    over = False
    for name in given.only or MEASUREMENTS:
        with tempfile.TemporaryDirectory(prefix="triage-bench-") as scratch:
            for figure in MEASUREMENTS[name](Path(scratch), QUICK if given.quick else FULL):
                say(figure)
                over |= figure.value > figure.limit
    say(f"load of the machine over the last minute: {os.getloadavg()[0]:.2f} on {os.cpu_count()} cores")
    return int(over)


if __name__ == "__main__":
    sys.exit(main())
