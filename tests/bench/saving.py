"""What saving one decision costs: in a small library, in a large one, and bare."""

import os
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from time import perf_counter_ns

from tests.bench import worlds
from triage.actions import decide
from triage.library import open_library
from triage.paper import Paper

_NOW = datetime(2026, 11, 20, 8, tzinfo=UTC)


def measure(
    scratch: Path, sizes: tuple[int, int], times: int
) -> tuple[list[float], list[float], list[float]]:
    """Milliseconds of each save in libraries of two sizes, and of a bare append and fdatasync as long.

    The three take turns, so that what the machine does besides falls on all of them alike.
    """
    libraries = []
    for size in sizes:
        home = scratch / f"saving-{size}"
        libraries.append(open_library(worlds.library(home, size), state=home / "state" / "triage"))
    journal = next((scratch / f"saving-{sizes[0]}" / "library" / "journal").glob("*.jsonl"))
    before = journal.stat().st_size
    decide.skip(libraries[0], [_paper(times)], _NOW)
    line = b"x" * (journal.stat().st_size - before)
    bare = os.open(scratch / "bare", os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    taken: tuple[list[float], list[float], list[float]] = ([], [], [])
    for number in range(times):
        for library, into in zip(libraries, taken, strict=False):
            into.append(_timed(partial(decide.skip, library, [_paper(number)], _NOW)))
        taken[2].append(_timed(partial(_append, bare, line)))
    os.close(bare)
    for library in libraries:
        library.close()
    return taken


def _append(fd: int, line: bytes) -> None:
    os.write(fd, line)
    getattr(os, "fdatasync", os.fsync)(fd)


def _paper(number: int) -> Paper:
    return Paper(f"2611.{number:05d}", "", listed="2026-11-20")


def _timed(act: Callable[[], object]) -> float:
    begun = perf_counter_ns()
    act()
    return (perf_counter_ns() - begun) / 1e6
