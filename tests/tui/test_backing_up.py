"""The day's backup behind the screen: asked for once a day, and only heard of when it fails."""

import json
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from textual.pilot import Pilot

from tests.tui.screens.stage import shown
from tests.tui.screens_at_once import LATER
from tests.tui.test_main_screen import WIDE, opened, press, until
from triage.ports import World
from triage.tui.app import TriageApp
from triage.tui.screens import backing_up

FULL = "No backup was made: /data/backups cannot be written (No space left on device); make room."


@pytest.fixture(autouse=True)
def _soon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(backing_up, "_LOOK", 0.05)


def telling(event: object, status: int) -> Sequence[str]:
    """A child that tells one event and ends."""
    code = f"import sys; print({json.dumps(event)!r}); sys.exit({status})"
    return [sys.executable, "-c", code]


async def looked_twice(app: TriageApp, pilot: Pilot[None]) -> None:
    """Let the screen look for changes twice, with no key in between."""
    screen = app.screen
    assert isinstance(screen, backing_up.BackingUpScreen)
    for _ in range(2):
        screen._look_for_changes()
    await pilot.pause()


def backed_up(folder: Path, daily: Callable[[], Sequence[str] | None]) -> World:
    """A world of today, whose day's backup that command makes."""
    return replace(opened(folder), daily_backup=daily, now=lambda: datetime.now(UTC).astimezone())


async def test_a_backup_that_fails_is_told_of_once_and_keys_work_on(tmp_path: Path) -> None:
    asked: list[bool] = []

    def daily() -> Sequence[str]:
        asked.append(True)
        return telling({"event": "error", "sentence": FULL}, 4)

    app = TriageApp(backed_up(tmp_path, daily), LATER)
    async with app.run_test(size=WIDE) as pilot:
        screen = await until(pilot, "0/5 · 0 kept")
        assert asked == [], "nothing was changed yet"
        await press(pilot, "k")
        screen = await until(pilot, "No space left on device")
        assert "1/5 · 1 kept" in screen
        screen = await press(pilot, "k", "k")
        assert "3/5 · 3 kept" in screen
        await looked_twice(app, pilot)
        assert "No backup" not in shown(pilot.app)
    assert asked == [True]


async def test_a_child_that_cannot_run_is_told_of_as_a_backup_that_was_not_made(tmp_path: Path) -> None:
    app = TriageApp(backed_up(tmp_path, lambda: ["/no/such/command"]), LATER)
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, "k")
        await until(pilot, "No backup was made: /no/such/command could not be started")


async def test_a_backup_that_is_made_says_nothing(tmp_path: Path) -> None:
    done = tmp_path / "done"
    child = [sys.executable, "-c", f"open({str(done)!r}, 'w'); print('{{}}')"]
    app = TriageApp(backed_up(tmp_path, lambda: child), LATER)
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, "k")
        while not done.exists():
            await pilot.pause(0.01)
        await app.workers.wait_for_complete()
        assert "ackup" not in shown(pilot.app)


async def test_each_day_on_which_something_is_changed_is_asked_for(tmp_path: Path) -> None:
    asked: list[str] = []
    clock = [datetime.now(UTC).astimezone() - timedelta(days=1)]
    world = backed_up(tmp_path, lambda: asked.append("asked"))
    app = TriageApp(replace(world, now=lambda: clock[0]), LATER)
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, "k")
        await looked_twice(app, pilot)
        assert asked == [], "that Step is not of the clock's day"
        clock[0] += timedelta(days=1)
        while not asked:
            await pilot.pause(0.01)
    assert asked == ["asked"]
