"""Fetching behind the screen: what it shows, and that no key waits for it."""

import os
import sys
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.tui.screens_at_once import LATER
from tests.tui.test_main_screen import WIDE, cursor_line, opened, press, progress, until
from triage.archive import open_archive
from triage.ports import World
from triage.tui.app import TriageApp
from triage.tui.fetching import Fetch, is_due, next_listing


def child(folder: Path) -> Sequence[str]:
    """The command of a fetch that waits for `folder/gate`."""
    return [sys.executable, "-m", "tests.tui.fetching_child", str(folder), str(folder / "gate")]


def fetching(folder: Path, now: datetime = datetime(2026, 11, 23, 9, tzinfo=UTC)) -> World:
    """A world whose newest listing is Friday's, on the Monday after."""
    return replace(opened(folder), fetch=child(folder), now=lambda: now)


async def test_a_new_listing_is_fetched_at_the_start_while_keys_work_and_the_cursor_stays(
    tmp_path: Path,
) -> None:
    app = TriageApp(fetching(tmp_path), LATER)
    async with app.run_test(size=WIDE) as pilot:
        await until(pilot, "fetching ━━━━──── math.NT")
        screen = await press(pilot, "k", "down")
        assert "1/5 · 1 kept" in progress(screen)
        (tmp_path / "gate").write_text("2026-11-23")
        screen = await until(pilot, "Fetched.")
        assert "Fri 20 Nov 2026 · math.NT · complete" in progress(screen)
        assert "+1 day, 3 open" in progress(await until(pilot, "+1 day"))
        assert "Brackets" in cursor_line(screen)


async def test_a_day_that_is_done_makes_way_for_what_was_fetched(tmp_path: Path) -> None:
    world = fetching(tmp_path)
    async with TriageApp(replace(world, fetch=None), LATER).run_test(size=WIDE) as pilot:
        assert "Every day is done." in await press(pilot, "F")
    app = TriageApp(world, LATER)
    async with app.run_test(size=WIDE) as pilot:
        await until(pilot, "fetching")
        (tmp_path / "gate").write_text("2026-11-23")
        screen = await until(pilot, "Fetched.")
        assert "Mon 23 Nov 2026" in progress(screen)
        assert "0/3 · 0 kept" in progress(screen)


async def test_a_failed_fetch_is_a_sentence_and_r_tries_again(tmp_path: Path) -> None:
    app = TriageApp(fetching(tmp_path), LATER)
    async with app.run_test(size=WIDE) as pilot:
        (tmp_path / "gate").write_text("arXiv did not answer within 20 s; press r to try again.")
        screen = await until(pilot, "arXiv did not answer")
        assert "0/5 · 0 kept" in progress(screen), "what was there stays"
        (tmp_path / "gate").unlink()
        assert "fetching" in progress(await press(pilot, "r"))
        assert "A fetch is running." in await press(pilot, "r")
        (tmp_path / "gate").write_text("2026-11-23")
        await until(pilot, "Fetched.")


async def test_quitting_ends_the_fetch(tmp_path: Path) -> None:
    app = TriageApp(fetching(tmp_path), LATER)
    async with app.run_test(size=WIDE) as pilot:
        await until(pilot, "fetching ━")
        await press(pilot, "q")
        pid = int((tmp_path / "gate.pid").read_text())
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


async def test_an_empty_archive_says_what_is_missing_and_when_the_next_listing_comes(tmp_path: Path) -> None:
    world = opened(tmp_path)
    saturday = datetime(2026, 11, 21, 9, tzinfo=UTC)
    empty = open_archive(tmp_path / "empty")
    app = TriageApp(replace(world, archive=empty, now=lambda: saturday), LATER)
    async with app.run_test(size=WIDE) as pilot:
        screen = await until(pilot, "No listing is in the archive yet.")
        assert "The next listing comes Mon 23 Nov at 05:00." in screen
        screen = await press(
            pilot, "k", "x", "F", "n", "y", "o", "slash", "a", "enter", "tab", "left", "]", "A"
        )
        assert "No listing" in screen


def test_what_the_child_said_comes_to_one_sentence() -> None:
    fetch = Fetch()
    for category in ("cs.CL", "cs.LG"):
        fetch = fetch.after(
            {"event": "category", "category": category, "state": "failed", "sentence": "arXiv is down."}
        )
    assert fetch.outcome == ("arXiv is down.", True)
    assert Fetch().after({"event": "unheard of"}).outcome == ("Fetched: nothing new.", False)


def test_nothing_is_fetched_unasked_in_the_demo_or_with_a_fault_in_its_config(tmp_path: Path) -> None:
    world = fetching(tmp_path)
    assert is_due(world)
    assert not is_due(replace(world, demo=True))
    assert not is_due(replace(world, fetch=None))
    assert not is_due(replace(world, faults=("config.toml, line 3: [arxiv] rss is no address.",)))
    assert not is_due(fetching(tmp_path, datetime(2026, 11, 22, 9, tzinfo=UTC))), "arXiv rests on a Sunday"


def test_the_next_listing_is_told_in_the_users_time() -> None:
    assert next_listing(datetime(2026, 11, 20, 23, tzinfo=UTC)) == "Mon 23 Nov at 05:00"
