"""What the keys feel of what the app does beside them: a fetch, library.json written anew, an export."""

import os
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from tests.bench import worlds
from tests.bench.catching_up import NOW, configured, server
from tests.bench.figures import Figure, tail
from tests.bench.ptybench import Program
from tests.bench.rows import BUSY
from tests.bench.screens import LISTED, at_cursor, decided

_PACE = 1.0
"""Seconds between two requests of the fetch: three times as often as arXiv is asked."""


def keys(scratch: Path, presses: int, decisions: int) -> Iterator[Figure]:
    """The cursor and a keep, with all three under way from the first key to the last."""
    world = worlds.make(scratch / "busy", papers=500, decisions=decisions)
    data = ["--data", str(world.data)]
    with server() as (config, asked):
        environment = configured(world.home, config, _PACE)
        gathering = [sys.executable, "-m", "tests.bench.gathering_app", NOW, *data]
        with Program(gathering, environment, alone=True) as program, _exporting(data, environment):
            program.painted(LISTED)
            program.painted("fetching")
            program.settle(1.0)
            program.press("<home>")
            before, written = asked(), _inode(world)
            yield tail(f"cursor down {BUSY}", program.measure("<down>", presses, at_cursor))
            program.press("<home>")
            yield tail(f"keep {BUSY}", program.measure("k", presses, decided))
            if asked() == before or _inode(world) == written or "fetching" not in program.screen():
                raise RuntimeError(f"not all of it ran to the last key:\n{program.screen()}")


def _inode(world: worlds.World) -> int:
    """Tells one library.json from the next."""
    return (world.data / "library.json").stat().st_ino


@contextmanager
def _exporting(data: list[str], environment: Mapping[str, str]) -> Iterator[None]:
    """An export after the other, by the command in the next pane."""
    over = threading.Event()
    command = [sys.executable, "-m", "tests.at", NOW, *data, "export", "bibtex"]

    def export() -> None:
        while not over.is_set():
            subprocess.run(
                command, env=dict(environment), stdout=subprocess.DEVNULL, check=True, preexec_fn=_as_ever
            )

    thread = threading.Thread(target=export)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


def _as_ever() -> None:
    """Scheduled as it is outside of a benchmark that runs with `--rt`."""
    if hasattr(os, "SCHED_OTHER"):
        os.sched_setscheduler(0, os.SCHED_OTHER, os.sched_param(0))
