"""`python -m tests.bench`: the app's speed as ratios, measured side by side; `--quick` for a first look."""

import argparse
import compileall
import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from tests.bench import busy as keys_when_busy
from tests.bench import catching_up, converting, peers, reading, saving, worlds
from tests.bench.figures import HEAD, Figure, against, most, tail
from tests.bench.ptybench import Program
from tests.bench.rows import FULL, QUICK, ROWS, Plan
from tests.bench.screens import LISTED, at_cursor, decided

HOUSE = Path(__file__).resolve().parents[2]
BARE = [sys.executable, "-m", "tests.bench.bare"]


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
    empty = worlds.make(scratch / "empty", papers=500, decisions=0)
    years = worlds.make(scratch / "years", papers=500, decisions=plan.most_decisions, kept=plan.kept)
    programs: dict[str, tuple[list[str], dict[str, str], str]] = {
        "bare": (BARE, few.env, "bare and ready"),
        "few": (few.argv, few.env, LISTED),
        "many": (many.argv, many.env, LISTED),
        "empty": (empty.argv, empty.env, LISTED),
        "years": (years.argv, years.env, LISTED),
    }
    runs = {name: Runs() for name in programs}
    for turn in range(plan.starts + 1):
        for name, (argv, env, ready) in programs.items():
            run = _run(argv, env, ready)
            if turn:  # the first start of each fills the caches of the disk
                for into, value in zip(vars(runs[name]).values(), run, strict=True):
                    into.append(value)
    bare, ours, larger = runs["bare"], runs["few"], runs["many"]
    yield against("start, 500 papers : bare app", ours.painted, bare.painted, 1.25)
    yield against("start, 5,000 papers : 500 papers", larger.painted, ours.painted, 1.25)
    held = f"start, {plan.most_decisions:,} decisions and {plan.kept:,} notes : an empty library"
    yield against(held, runs["years"].painted, runs["empty"].painted, 1.1)
    yield against("quit, terminal restored : bare app", ours.restored, bare.restored, 1.0)
    yield against("quit, process ended : bare app", ours.ended, bare.ended, 1.15)
    yield against("memory, 500 papers : bare app", ours.memory, bare.memory, 1.5, "MB")


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
            program.painted(LISTED)
            program.settle(2.0)
            down = program.measure("<down>", plan.keys, at_cursor)
            yield tail(f"cursor down, {rows:,} rows", down)
            program.press("<home>")
            held = program.measure("<down>", plan.keys, at_cursor, per_second=30)
            yield tail(f"cursor down at 30 keys a second, {rows:,} rows", held)
            skipped = plan.keys - held.frames
            yield Figure(
                f"rows not seen at 30 keys a second, {rows:,} rows", f"{held.frames} seen", skipped, 0
            )
            program.press("<home>")
            kept = program.measure("k", plan.keys, decided)
            yield tail(f"keep, {rows:,} rows", kept)
            yield most(f"memory, {rows:,} rows", program.memory(), 160, "MB")


def saves(scratch: Path, plan: Plan) -> Iterator[Figure]:
    """A decision in the library alone, on the disk."""
    small, large, bare = saving.measure(scratch, (100, plan.many_decisions), plan.saves)
    yield against(f"save, {plan.many_decisions:,} decisions : 100 decisions", large, small, 1.2)
    yield against("save, 100 decisions : bare write and fdatasync", small, bare, 2.5)
    yield against(f"save, {plan.many_decisions:,} decisions : bare write and fdatasync", large, bare, 2.5)


def busy(scratch: Path, plan: Plan) -> Iterator[Figure]:
    """Keys while everything that goes on behind them does so at once."""
    yield from keys_when_busy.keys(scratch, plan.keys, plan.many_decisions)


def compared(scratch: Path, plan: Plan) -> Iterator[Figure]:
    """A reader's steps beside those in newsboat."""
    if peers.NEWSBOAT is None:
        raise Absent("newsboat is not installed (apt-get install newsboat)")
    yield from peers.beside(scratch, plan.feeds, min(3, plan.starts), plan.keys)


class Absent(Exception):
    """What a measurement needs is not there."""


def catch_up(scratch: Path, plan: Plan) -> Iterator[Figure]:
    """Fifteen days in three categories, against the pace alone; and the keys while they come."""
    yield catching_up.pace(scratch, plan.delay)
    yield from catching_up.keys(scratch, plan.keys)


def full_text(scratch: Path, plan: Plan) -> Iterator[Figure]:
    """A text of 3,000 paragraphs: until it can be read, and its keys while it comes and afterwards."""
    yield from converting.arrival(scratch, plan.starts)
    yield from reading.arrival(scratch)
    yield from reading.keys(scratch, plan.keys)


MEASUREMENTS: dict[str, Callable[[Path, Plan], Iterator[Figure]]] = {
    "start": start_and_quit,
    "keys": keys,
    "saves": saves,
    "busy": busy,
    "peers": compared,
    "catch-up": catch_up,
    "full-text": full_text,
}


def main() -> int:
    """Measure what the command line asks for; 1 when a figure is over its limit."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="fewer runs and smaller data")
    parser.add_argument("--only", choices=MEASUREMENTS, action="append", help="measure only this")
    parser.add_argument("--markdown", action="store_true", help="print the rows as the README has them")
    parser.add_argument(
        "--rt", action="store_true", help="run under SCHED_RR (Linux, root): shields from other jobs"
    )
    given = parser.parse_args()
    if given.rt:
        os.sched_setscheduler(0, os.SCHED_RR, os.sched_param(5))
    sys.setswitchinterval(1e-4)
    for folder in (HOUSE / "triage", HOUSE / "tests"):
        compileall.compile_dir(folder, quiet=1)  # as pip does when it installs
    say, aside = partial(print, flush=True), partial(print, file=sys.stderr, flush=True)
    say(HEAD if given.markdown else f"{'':<70} {'measured (medians)':>34} {'ratio':>8} {'limit':>7}")
    over = False
    plan = QUICK if given.quick else FULL
    for name in given.only or MEASUREMENTS:
        with tempfile.TemporaryDirectory(prefix="triage-bench-") as scratch:
            try:
                for row, figure in zip(
                    ROWS[name](plan), MEASUREMENTS[name](Path(scratch), plan), strict=True
                ):
                    if figure.what != row:
                        raise RuntimeError(f"{figure.what!r} stands in rows.py as {row!r}")
                    say(figure.markdown if given.markdown else figure)
                    over |= figure.value > figure.limit
            except Absent as lacking:
                aside(f"{name}: left out, for {lacking}")
    aside(f"load of the machine over the last minute: {os.getloadavg()[0]:.2f} on {os.cpu_count()} cores")
    return int(over)


if __name__ == "__main__":
    sys.exit(main())
