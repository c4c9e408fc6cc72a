"""Three weeks caught up with by the real programs over loopback: nothing is missed, and the rest is named."""

import json
import os
import random
import signal
import subprocess
import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from tests.arxiv_forms import Written
from tests.arxiv_server import ArxivServer
from tests.terminal import Terminal
from tests.three_weeks import (
    BEGUN,
    CATEGORIES,
    FIRST,
    MONDAY,
    NOW,
    OUT_OF_ORDER,
    STALE,
    Home,
    begin,
    break_down,
    listings,
    monday_comes,
    served,
)
from triage.archive import open_archive
from triage.archive.listings import DiskArchive
from triage.ledger import Completeness
from triage.listing_day import Calendar, weekdays
from triage.owing import owed

PAGE = f"/catchup/{OUT_OF_ORDER[1]}/{OUT_OF_ORDER[0]}?abs=True&page=1"
BROKEN_DOWN = (
    "127.0.0.1 is out of order (503); the listing of cs.CL of 2026-11-17 was not sent. Try again later."
)


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path)


def accounted(archive: DiskArchive) -> None:
    """Every expected day of every category is whole, but for the stale one, which is named."""
    for name in CATEGORIES:
        states = archive.states(name)
        for day in Calendar().days(FIRST, MONDAY):
            stale = (name, day) == (STALE, MONDAY)
            assert states[day].completeness is (Completeness.STALE if stale else Completeness.COMPLETE), day
    expected = listings()
    for day in Calendar().days(FIRST, MONDAY):
        listing = archive.listing(day)
        assert listing is not None
        ids = [row.id for row in listing.rows]
        assert len(ids) == len(set(ids))
        known_there = [one.id for one in expected[day] if set(one.categories) != {STALE} or day != MONDAY]
        assert set(ids) == set(known_there)


def broken_down(archive: DiskArchive) -> tuple[Completeness, str]:
    """What the ledger says of the listing that answered 503."""
    day, name = OUT_OF_ORDER
    known = archive.states(name)[day]
    return known.completeness, known.sentence


def listing_paths(server: ArxivServer) -> list[str]:
    return [path for path in server.paths() if not path.startswith("/api")]


def test_a_fetch_since_three_weeks_ago_accounts_for_every_day(home: Home) -> None:
    with served(listings()) as server:
        home.points_at(server)
        break_down(server)
        ran = home.run(NOW, "fetch", "--since", FIRST.isoformat())
        assert ran.returncode == 3, "one listing failed"
        assert f"triage: cs.CL: {BROKEN_DOWN}" in ran.stderr
        assert broken_down(open_archive(home.data)) == (Completeness.FAILED, BROKEN_DOWN)
        told = [line.split("  ") for line in ran.stdout.splitlines()]
        assert ["math.NT", "2026-11-30", "stale"] in [parts[:3] for parts in told]
        assert ["cs.LG", "2026-11-30", "2102 papers", "complete"] in [parts[:4] for parts in told]
        assert len(told) == len(CATEGORIES) * len(list(weekdays(FIRST, MONDAY))), (
            "holidays too: arXiv is asked"
        )
        before = len(listing_paths(server))
        healed = home.run(NOW, "fetch")
        assert healed.returncode == 0, healed.stderr
        assert listing_paths(server)[before:] == [f"/rss/{STALE}", f"/list/{STALE}/new", PAGE], "one re-poll"
        accounted(open_archive(home.data))


def test_the_app_catches_up_by_itself_and_names_the_rest(home: Home) -> None:
    with served(listings()) as server:
        home.points_at(server)
        begin(server)
        assert home.run(BEGUN, "fetch").stdout.count("2026-11-09") == len(CATEGORIES)
        monday_comes(server)
        break_down(server)
        with Terminal(home.argv(NOW), env=dict(home.env), size=(120, 30)) as terminal:
            terminal.wait_for("13 listing days are owed and fetched behind")
            terminal.wait_for(lambda: len(open_archive(home.data).days()) == 15, timeout=60)
            terminal.wait_for("Fetched: 14 listing days", timeout=60)
            assert BROKEN_DOWN in " ".join(terminal.screen().split())
            assert broken_down(open_archive(home.data)) == (Completeness.FAILED, BROKEN_DOWN)
            terminal.send("q")
            assert terminal.wait() == 0
        with Terminal(home.argv(NOW), env=dict(home.env), size=(120, 30)) as terminal:
            terminal.wait_for("A listing day is owed and fetched behind")
            terminal.wait_for("Tue 17 Nov: 18 papers; D goes there", timeout=60)
            terminal.wait_for(r"math\.NT (feed )?stale", timeout=60)
            terminal.send("q")
            assert terminal.wait() == 0
        accounted(open_archive(home.data))
        asked = [path for path in listing_paths(server) if STALE not in path and "/rss" not in path]
        assert {path for path in asked if asked.count(path) > 1} == {PAGE}, "nothing else was asked for twice"


def test_the_ledger_sums_up(home: Home) -> None:
    with served(listings(a_day=3, monday=7)) as server:
        home.points_at(server)
        home.run(NOW, "fetch", "--since", FIRST.isoformat())
    records = [json.loads(line) for line in home.run(NOW, "days", "--json").stdout.splitlines()]
    assert len(records) >= len(CATEGORIES) * 15
    for one in records:
        assert one["announced"]["total"] == one["decided"] + one["open"] + one["left_out"], one
    unsettled = [(one["category"], one["day"], one["state"]) for one in records
                 if one["state"] not in ("complete", "arXiv rests", "not out yet")]  # fmt: skip
    assert unsettled == [(STALE, "2026-11-30", "stale")]


def test_killed_at_any_moment_a_catch_up_asks_for_nothing_that_it_holds(
    tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    kills = max(6, request.config.getoption("--kills") // 5)
    chance, done, caught_up = random.Random(7), 0, 0
    with served(listings(a_day=5, monday=9)) as server:
        assert isinstance(server.content, Written)
        server.content.page_size = 4
        while done < kills:
            home = Home(tmp_path / str(caught_up))
            home.points_at(server)
            while done < kills and not ended(home, chance.uniform(0.3, 0.8), server):
                done += 1
            assert ended(home, 60, server)
            whole = open_archive(home.data)
            assert whole.notices == ()
            for name in CATEGORIES:
                left = owed(whole.states(name), Calendar(), datetime.fromisoformat(NOW))
                assert list(left) == ([MONDAY] if name == STALE else [])
            caught_up += 1
    sys.stdout.write(f"{done} kills in {caught_up} catch-ups, nothing asked for that was held\n")


def ended(home: Home, seconds: float, server: ArxivServer) -> bool:
    """Whether a fetch ends within so many seconds; else it is killed. What is here must not be asked for."""
    held, before = set(pages_held(home)), len(server.requests)
    child = subprocess.Popen(
        home.argv(NOW, "fetch", "--since", FIRST.isoformat()),
        env={**os.environ, **home.env},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        child.wait(timeout=seconds)
    except subprocess.TimeoutExpired:
        child.send_signal(signal.SIGKILL)
        child.wait()
    asked = {asked.path for asked in server.requests[before:]}
    assert asked.isdisjoint(held)
    return child.returncode == 0


def pages_held(home: Home) -> Iterator[str]:
    """The pages that need not be asked for, by what the archive holds."""
    archive = open_archive(home.data)
    for name in CATEGORIES:
        for day, state in archive.states(name).items():
            last = 99 if state.completeness is Completeness.COMPLETE else state.page - 1
            yield from (f"/catchup/{name}/{day}?abs=True&page={page}" for page in range(1, last + 1))
            if day == MONDAY and state.completeness is Completeness.COMPLETE:
                yield f"/rss/{name}"
