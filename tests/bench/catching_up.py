"""Catching up with fifteen days in three categories: how long it takes, and what the keys feel of it."""

import multiprocessing
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from multiprocessing.connection import Connection
from pathlib import Path

from tests.arxiv_forms import Written
from tests.arxiv_server import ArxivServer
from tests.bench import worlds
from tests.bench.figures import Figure, against, tail
from tests.bench.ptybench import Latencies, Program
from tests.bench.screens import LISTED, at_cursor
from triage.archive.listings import DiskArchive
from triage.ledger import Completeness, ListingState, Sections
from triage.listing_day import Calendar
from triage.paper import Kind, Paper

CATEGORIES = ("cs.CL", "cs.LG", "math.NT")
DAYS = 15
A_DAY = 80
"""Papers of one category and day."""
_DAYS = [worlds.TODAY, *list(Calendar().days(worlds.TODAY, date(2027, 1, 31)))[1 : DAYS + 1]]
NOW = f"{_DAYS[-1]}T12:00:00+00:00"
_TURNS = 5
_WHILE = 1.0
"""Seconds between two requests while the keys are measured: three times as often as arXiv is asked."""


def pace(scratch: Path, delay: float) -> Figure:
    """The whole command, against what the pauses between its requests take alone."""
    home = scratch / "pace"
    with server() as (config, asked):
        environment = configured(home, config, delay)
        command = [*argv(home), "fetch", "--since", _DAYS[1].isoformat()]
        started = time.monotonic()
        ran = subprocess.run(command, env=environment, capture_output=True, check=False)
        took = time.monotonic() - started
        requests = asked()
    if ran.returncode:
        raise RuntimeError(ran.stderr.decode())
    alone = (requests - 1) * delay
    return Figure(
        f"catch-up, {DAYS} days in {len(CATEGORIES)} categories : its requests' pauses",
        f"{took:.1f} : {alone:.1f} s for {requests}",
        took / alone,
        1.05,
    )


def keys(scratch: Path, presses: int) -> Iterator[Figure]:
    """The cursor in the listing of 500 papers while the days come, and when they are there, taking turns."""
    world = worlds.make(scratch / "none", papers=500, decisions=2_000)
    state = ListingState(
        "", Completeness.COMPLETE, worlds.TODAY.isoformat(), Sections(500), "list", details=True
    )
    for name in CATEGORIES[1:]:
        DiskArchive(world.data / "archive").store(worlds.TODAY, (), {name: state._replace(category=name)})
    during, without = Latencies(), Latencies()
    with server() as (config, _):
        begun = [shutil.copytree(world.home, scratch / f"running-{turn}") for turn in range(_TURNS)]
        environment = configured(world.home, config, 0.0)
        subprocess.run([*argv(world.home), "fetch"], env=environment, capture_output=True, check=True)
        for home in begun:
            _press(home, configured(home, config, _WHILE), "fetching", presses // _TURNS, during)
            _press(world.home, environment, LISTED, presses // _TURNS, without)
    yield tail("cursor down while a catch-up runs", during)
    yield against("cursor down, a catch-up running : none", during.milliseconds, without.milliseconds, 1.1)


def _press(home: Path, environment: dict[str, str], shown: str, presses: int, found: Latencies) -> None:
    with Program(argv(home), environment) as program:
        program.painted(LISTED)
        program.painted(shown)
        program.settle(1.0)
        program.press("<home>")
        pressed = program.measure("<down>", presses, at_cursor)
        if re.search(shown, program.screen()) is None:
            raise RuntimeError(f"{shown} was over before the keys were")
    found.milliseconds += pressed.milliseconds
    found.missed += pressed.missed


def argv(home: Path) -> list[str]:
    """The app on a home, after all the days have been announced."""
    return [sys.executable, "-m", "tests.at", NOW, "--data", str(home / "library")]


def configured(home: Path, config: str, delay: float) -> dict[str, str]:
    """An environment with the server's config, at this pace."""
    place = home / "config" / "triage" / "config.toml"
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text(config.replace("delay_seconds = 0.0", f"delay_seconds = {delay}"))
    return {**os.environ, **worlds.environment(home)}


def _content() -> Written:
    days = {}
    for at, day in enumerate(_DAYS):
        days[day] = [_paper(at, place, number) for place in range(len(CATEGORIES)) for number in range(A_DAY)]
    return Written(days, today=_DAYS[-1])


def _paper(at: int, place: int, number: int) -> Paper:
    name = CATEGORIES[place]
    made = worlds.paper(at * 1000 + place * 300 + number)
    return replace(made, id=f"2612.{made.id[-5:]}", kind=Kind.NEW, categories=(name,), primary=name)


@contextmanager
def server() -> Iterator[tuple[str, "_Asked"]]:
    """The server in a process of its own: its config, and how many requests came."""
    ours, theirs = multiprocessing.Pipe()
    process = multiprocessing.get_context("spawn").Process(target=_serve, args=(theirs,), daemon=True)
    process.start()
    try:
        yield ours.recv(), _Asked(ours)
    finally:
        process.terminate()
        process.join()


class _Asked:
    """Asks the server how many requests came."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def __call__(self) -> int:
        self._connection.send(None)
        count = self._connection.recv()
        return int(count)


def _serve(connection: Connection) -> None:
    os.nice(10)  # arXiv's own work is done elsewhere
    server = ArxivServer(_content())
    connection.send(server.config())
    while True:
        connection.recv()
        connection.send(len(server.requests))
