"""Three weeks caught up with by the real programs over loopback: nothing is missed, and the rest is named."""

import json
import random
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from pathlib import Path

import pytest

from tests.arxiv_forms import Written
from tests.arxiv_server import ArxivServer
from tests.conftest import Count
from tests.library.killing import killed
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
from triage.paper import Paper

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


def test_killed_at_any_moment_a_catch_up_asks_for_nothing_that_it_holds_and_counts_nothing_twice(
    tmp_path: Path, request: pytest.FixtureRequest, counted: Count
) -> None:
    kills = max(6, request.config.getoption("--kills") // 5)
    chance, done, caught_up = random.Random(7), 0, 0
    days = listings(a_day=5, monday=9)
    with served(days) as server:
        assert isinstance(server.content, Written)
        server.content.page_size = 4
        while done < kills:
            home = Home(tmp_path / str(caught_up))
            home.points_at(server)
            while done < kills and not ended(home, chance.uniform(0, 0.2), server):
                done += 1
                is_right(home, days)
            assert ended(home, 60, server)
            is_right(home, days)
            for name in CATEGORIES:
                left = owed(open_archive(home.data).states(name), Calendar(), datetime.fromisoformat(NOW))
                assert list(left) == ([MONDAY] if name == STALE else [])
            caught_up += 1
    counted("kills with SIGKILL of a catch-up", done)
    counted("catch-ups that came to their end all the same", caught_up)


def ended(home: Home, seconds: float, server: ArxivServer) -> bool:
    """Whether a fetch ends within so many seconds; else it is killed. What is here must not be asked for."""
    held, before = set(pages_held(home)), len(server.requests)
    found = killed(home.work(NOW, "fetch", "--since", FIRST.isoformat()), seconds)
    asked = {asked.path for asked in server.requests[before:]}
    assert asked.isdisjoint(held)
    assert found.told == (["0"] if found.ended else [])
    return found.ended


def is_right(home: Home, days: Mapping[date, list[Paper]]) -> None:
    """Every listing that is here is whole and has each paper once; the ledger says what is in the archive."""
    archive = open_archive(home.data)
    for day in archive.days():
        listing = archive.listing(day)
        assert listing is not None
        assert listing.is_whole
        ids = [row.id for row in listing.rows]
        assert len(ids) == len(set(ids))
        assert set(ids) <= {paper.id for paper in days[day]}
        for name in CATEGORIES:
            state = archive.states(name).get(day)
            there = [ids[place] for place in listing.members.get(name, ())]
            announced = {paper.id for paper in days[day] if name in paper.categories}
            if state is None or not state.has_listing:
                assert there == []
            elif state.completeness is Completeness.COMPLETE:
                assert state.sections.total == len(there) == len(announced)
                assert set(there) == announced
    assert archive.notices == ()


def pages_held(home: Home) -> Iterator[str]:
    """The pages that need not be asked for, by what the archive holds."""
    archive = open_archive(home.data)
    for name in CATEGORIES:
        for day, state in archive.states(name).items():
            last = 99 if state.completeness is Completeness.COMPLETE else state.page - 1
            yield from (f"/catchup/{name}/{day}?abs=True&page={page}" for page in range(1, last + 1))
            if day == MONDAY and state.completeness is Completeness.COMPLETE:
                yield f"/rss/{name}"
