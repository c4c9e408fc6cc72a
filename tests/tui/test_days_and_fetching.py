"""The days above the main screen while listings are fetched: what is begun there, and what is seen of it."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from tests.tui.screens_at_once import LATER
from tests.tui.test_fetching import child
from tests.tui.test_main_screen import WIDE, opened, press, progress, until
from triage.ports import World
from triage.tui.app import TriageApp
from triage.tui.screens.main import MainScreen

MONDAY = datetime(2026, 11, 23, 9, tzinfo=UTC)


def monday(folder: Path) -> World:
    """A world whose only listing is Friday's, on the Monday after."""
    return replace(opened(folder), fetch=child(folder), now=lambda: MONDAY)


async def test_a_fetch_that_runs_is_seen_on_the_days_and_the_day_as_it_lands(tmp_path: Path) -> None:
    async with TriageApp(monday(tmp_path), LATER).run_test(size=WIDE) as pilot:
        await until(pilot, "fetching ━━━━──── math.NT")
        screen = await press(pilot, "D")
        assert "Days · math.NT · 1 not in order" in progress(screen)
        assert "fetching ━━━━──── math.NT" in progress(screen)
        assert "[23]○ missing" in screen
        (tmp_path / "gate").write_text("2026-11-23")
        screen = await until(pilot, "[23]✓ 0/3")
        assert "▌20 ✓ 0/5" in screen, "the cursor stays"
        assert "8 open" in progress(await until(pilot, "8 open"))
        screen = await press(pilot, "right", "enter")
        assert "Mon 23 Nov 2026" in progress(screen)


async def test_r_fetches_the_day_under_the_cursor_and_says_what_came_of_it(tmp_path: Path) -> None:
    async with TriageApp(monday(tmp_path), LATER).run_test(size=WIDE) as pilot:
        await until(pilot, "fetching")
        await press(pilot, "D", "right")
        assert "A fetch is running." in await press(pilot, "r")
        (tmp_path / "gate").write_text("arXiv did not answer within 20 s.")
        await until(pilot, "arXiv did not answer within 20 s.")
        (tmp_path / "gate").unlink()
        assert "arXiv did not answer" not in await press(pilot, "r")
        await until(pilot, "fetching ━━━━──── math.NT")
        assert (tmp_path / "gate.asked").read_text() == "--date 2026-11-23 math.NT"
        (tmp_path / "gate").write_text("2026-11-23")
        await until(pilot, "▌23]✓ 0/3")
        await until(pilot, "8 open")
        screen = await press(pilot, "escape")
        assert "Fri 20 Nov 2026" in progress(screen), "one is where one was"


async def test_what_came_before_the_ledger_can_be_fetched(tmp_path: Path) -> None:
    (tmp_path / "gate").write_text("2026-11-23")
    async with TriageApp(monday(tmp_path), LATER).run_test(size=WIDE) as pilot:
        await until(pilot, "Mon 23 Nov: 3 papers")
        assert "Before Fri 20 Nov 2026" in await press(pilot, "D", "home", "home")
        (tmp_path / "gate").unlink()
        await press(pilot, "r")
        await until(pilot, "fetching ━━━━──── math.NT")
        assert (tmp_path / "gate.asked").read_text() == "--since 2026-11-06"
        (tmp_path / "gate").write_text("2026-11-12")
        screen = await until(pilot, "12 ✓ 0/3")
        assert "▌Earlier: r fetches the two weeks before, from Thu 29 Oct 2026 on" in screen
        assert "19 ○ missing" in screen, "what is owed begins with the first listing"


async def test_where_nothing_can_be_fetched_r_says_so(tmp_path: Path) -> None:
    world = replace(monday(tmp_path), fetch=None)
    async with TriageApp(world, LATER).run_test(size=WIDE) as pilot:
        assert "Nothing can be fetched here." in await press(pilot, "D", "right", "r")


async def test_what_was_decided_before_is_counted_when_the_days_open(tmp_path: Path) -> None:
    async with TriageApp(replace(monday(tmp_path), fetch=None), LATER).run_test(size=WIDE) as pilot:
        screen = await press(pilot, "k", "s", "D")
        assert "▌20 ✓ 2/5" in screen
        assert "3 open" in progress(screen)


async def test_while_the_days_are_open_they_alone_count(tmp_path: Path) -> None:
    app = TriageApp(replace(monday(tmp_path), fetch=None), LATER)
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, "D")
        await until(pilot, "5 open")
        main = app.screen_stack[-2]
        assert isinstance(main, MainScreen)
        main.session.days.recount()
        counted = main.session.days.changes
        main._work_behind()  # the timer's turn comes after half a second
        assert main.session.days.changes == counted
        await press(pilot, "escape")
        main._work_behind()  # as above
        assert main.session.days.changes == counted + 1
