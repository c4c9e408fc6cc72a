"""The decisions, newest first: found, filtered, and changed one by one."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from tests.tui.screens.stage import (
    DAY,
    NOW,
    PAPERS,
    Stage,
    keep,
    paper,
    shown,
    through_all_sizes,
    typed,
    world_in,
)
from tests.zones import machine_in
from triage.actions import comment, decide
from triage.library import open_library
from triage.paper import Kind, Row, Verdict
from triage.ports import World
from triage.steps import PAPERS as TABLE
from triage.steps import Change, Step
from triage.tui.screens.decisions import Chosen, DecisionsScreen
from triage.tui.widgets.footer import Footer
from triage.tui.widgets.row_list import RowList

ROWS = [Row(paper.id, paper.title, Kind.NEW, listed=DAY.isoformat()) for paper in PAPERS[3:]]


@pytest.fixture
def world(tmp_path: Path) -> World:
    """Two kept, one skipped, two finished."""
    made = world_in(tmp_path)
    keep(made, *PAPERS[:2])
    decide.skip(made.library, [PAPERS[2]], NOW)
    decide.finish(made.library, ROWS, NOW)
    return made


def rows(app: Stage) -> list[str]:
    """Mark, verb and title of every row on the screen."""
    listed = app.screen.query_one(RowList)
    return [listed._row(at, 200).plain[13:] for at in range(listed.count)]


async def test_each_has_its_time_as_the_machines_clock_showed_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    world = world_in(tmp_path)
    for one, month in zip(PAPERS, (7, 11), strict=False):
        written = f"2026-{month:02}-06T08:30:00Z"
        monkeypatch.setattr("triage.library.library._now", lambda written=written: written)
        decide.skip(world.library, [one], NOW)
    with machine_in("America/New_York"):
        app = Stage(DecisionsScreen(world))
        async with app.run_test():
            listed = app.screen.query_one(RowList)
            assert [listed._row(at, 200).plain[:12] for at in range(2)] == [" 6 Nov 03:30", " 6 Jul 04:30"]


async def test_they_stand_newest_first_a_row_per_paper(world: World) -> None:
    app = Stage(DecisionsScreen(world))
    async with app.run_test():
        assert rows(app) == [
            "– finish   Dimensions of a haul",
            "– finish   Estimating what nobody asked",
            "– skip     Brackets [/INST] [@click=app.quit] and [red]colour[/red]",
            "✓ keep     A survey of surveys",
            "✓ keep     Counting to n² in linear time",
        ]
        assert "[/INST] [@click=app.quit]" in shown(app)


async def test_enter_goes_to_the_paper_and_n_to_its_note(world: World) -> None:
    for key, write in (("enter", False), ("n", True)):
        app = Stage(DecisionsScreen(world))
        async with app.run_test() as pilot:
            await pilot.press("down", "down", key)
            await pilot.pause()
        assert app.result == Chosen(PAPERS[2].id, write=write)


@pytest.mark.parametrize("key", ["escape", "q", "'", "`"])
async def test_back_to_where_one_was(world: World, key: str) -> None:
    app = Stage(DecisionsScreen(world))
    async with app.run_test() as pilot:
        await pilot.press(key)
        await pilot.pause()
    assert app.result is None


async def test_one_decision_changes_and_the_rest_stands(world: World) -> None:
    app = Stage(DecisionsScreen(world))
    async with app.run_test() as pilot:
        await pilot.press("down", "k")
        assert "Now kept: Estimating what nobody asked" in app.screen.query_one(Footer).said
        assert rows(app)[1] == "✓ finish   Estimating what nobody asked"
        await pilot.press("down", "x", "down", "s")
    verdicts = [world.library.verdict(paper.id) for paper in PAPERS]
    assert verdicts == [Verdict.KEEP, Verdict.SKIP, None, Verdict.SKIP, Verdict.KEEP]


async def test_the_filter_narrows_as_one_types(world: World) -> None:
    app = Stage(DecisionsScreen(world))
    async with app.run_test() as pilot:
        await pilot.press("/")
        await typed(pilot, "surv")
        await pilot.pause()
        assert rows(app) == ["✓ keep     A survey of surveys"]
        await pilot.press("enter", "s")
        assert world.library.verdict(PAPERS[1].id) is Verdict.SKIP
        await pilot.press("escape")
        await pilot.pause()
        assert len(rows(app)) == 5


async def test_what_was_undone_is_not_listed_until_it_is_done_again(world: World) -> None:
    world.library.undo()
    app = Stage(DecisionsScreen(world))
    async with app.run_test():
        assert len(rows(app)) == 3
    world.library.redo()
    app = Stage(DecisionsScreen(world))
    async with app.run_test():
        assert len(rows(app)) == 5


async def test_a_comment_is_listed_but_takes_no_verdict(world: World) -> None:
    comment.add(world.library, "A thought")
    app = Stage(DecisionsScreen(world))
    async with app.run_test() as pilot:
        assert rows(app)[0] == "  comment  A thought"
        await pilot.press("k")
        assert "no paper here" in app.screen.query_one(Footer).said


async def test_a_replacement_that_was_seen_is_a_decision_of_its_own(world: World) -> None:
    later = replace(PAPERS[0], kind=Kind.REPLACE, version=2, listed="2026-11-23")
    world.archive.store(date(2026, 11, 23), [later], {})
    decide.skip(world.library, [later], NOW)
    app = Stage(DecisionsScreen(world))
    async with app.run_test() as pilot:
        title = "Counting to n² in linear time"
        assert (rows(app)[0], rows(app)[-1]) == (f"· seen     {title}", f"✓ keep     {title}")
        await pilot.press("x")
        assert f"Now unseen: {title}" in app.screen.query_one(Footer).said
        assert rows(app)[0] == f"  seen     {title}"
        await pilot.press("s")
        assert f"Now seen: {title}" in app.screen.query_one(Footer).said
        assert world.library.verdict(PAPERS[0].id) is Verdict.KEEP, "the keep stays"
        await pilot.press("k")
        assert f"Now kept: {title}" in app.screen.query_one(Footer).said
        assert [
            entry["version"] for entry in world.library.in_haul("current") if "2611.00001" in entry["id"]
        ] == [2]
        await pilot.press("s", "end", "s")
        assert f"Now skipped: {title}" in app.screen.query_one(Footer).said
        assert world.library.verdict(PAPERS[0].id) is Verdict.SKIP, "the keep itself can be changed too"


async def test_a_new_keep_that_was_taken_back_by_skip_is_listed_as_seen(world: World) -> None:
    later = replace(PAPERS[0], kind=Kind.REPLACE, version=2, listed="2026-11-23")
    decide.keep(world.library, [later], NOW)
    decide.skip(world.library, [later], NOW)
    app = Stage(DecisionsScreen(world))
    async with app.run_test():
        assert rows(app)[0].startswith("· seen     Counting")
        assert rows(app)[1].startswith("✓ keep     Counting")


async def test_a_finished_day_lists_what_was_seen_and_what_was_skipped(world: World) -> None:
    later = replace(PAPERS[0], kind=Kind.REPLACE, version=2, listed="2026-11-23")
    unseen = Row("2611.00042", "Nobody's", Kind.REPLACE, 2, "2026-11-23")
    world.archive.store(date(2026, 11, 23), [later, paper(42, "Nobody's", kind=Kind.REPLACE)], {})
    decide.finish(world.library, [Row(later.id, "", Kind.REPLACE, 2, "2026-11-23"), unseen], NOW)
    app = Stage(DecisionsScreen(world))
    async with app.run_test() as pilot:
        assert rows(app)[:2] == ["· finish   Counting to n² in linear time", "– finish   Nobody's"]
        await pilot.press("enter")
        await pilot.pause()
    assert app.result == Chosen(PAPERS[0].id, listed="2026-11-23")


async def test_what_another_process_decides_shows_and_the_cursor_stays(world: World, tmp_path: Path) -> None:
    other = open_library(tmp_path / "data", state=tmp_path / "state")
    app = Stage(DecisionsScreen(world))
    async with app.run_test() as pilot:
        await pilot.press("down", "down", "down")
        decide.keep(other, [PAPERS[2]], NOW)
        app.screen._take_in()  # type: ignore[attr-defined]  # the timer's turn comes after half a second
        assert rows(app)[0] == "✓ keep     Brackets [/INST] [@click=app.quit] and [red]colour[/red]"
        await pilot.press("s")
        assert "Now skipped: A survey of surveys" in app.screen.query_one(Footer).said
        app.screen._take_in()  # type: ignore[attr-defined]  # as above
        assert len(rows(app)) == 6
    other.close()


async def test_of_a_long_history_only_what_is_shown_is_read(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = 0

    def long_history(_: object) -> Iterator[Step]:
        nonlocal read
        for number in range(250_000, 0, -1):
            read += 1
            change = Change(TABLE, f"2001.{number % 99999:05}", ("verdict",), None, "skip")
            yield Step("m", number, number, "2026-11-20T08:30:00Z", "skip", (change,))

    monkeypatch.setattr(type(world.library), "history", long_history)
    app = Stage(DecisionsScreen(world))
    async with app.run_test() as pilot:
        await pilot.pause()
        assert 0 < read <= 1000
        await pilot.press("pagedown", "end")
        assert 1000 < read <= 3000


async def test_nothing_decided_yet(tmp_path: Path) -> None:
    app = Stage(DecisionsScreen(world_in(tmp_path)))
    async with app.run_test() as pilot:
        assert "Nothing decided on this machine yet." in shown(app)
        await pilot.press("k", "s", "x", "n", "enter", "down", "pagedown", "end")
        assert app.result == "not dismissed"


async def test_it_stands_at_any_size(world: World) -> None:
    app = Stage(DecisionsScreen(world))
    async with app.run_test() as pilot:
        await pilot.press("/", "a")
        await through_all_sizes(pilot)
