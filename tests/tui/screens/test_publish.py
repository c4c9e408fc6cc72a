"""The form that publishes and exports a haul."""

from dataclasses import replace
from pathlib import Path

import pytest

from tests.tui.screens.haul_stage import WIDE, haul_world, said, titles
from tests.tui.screens.stage import Stage, keep, paper, shown, typed
from tests.zones import machine_in
from triage.actions import comment
from triage.ports import World
from triage.settings import HaulSettings, Settings
from triage.tui.screens.haul import HaulScreen
from triage.tui.widgets.field import Field


@pytest.fixture
def world(tmp_path: Path) -> World:
    """Three entries of which one has a note, one held paper, two comments."""
    return haul_world(tmp_path)


async def test_publish_says_what_is_missing_and_enter_does_it(world: World, tmp_path: Path) -> None:
    app = Stage(HaulScreen(world))
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("P")
        await pilot.pause()
        assert "2 entries without a note: A survey of surveys · Brackets" in shown(app)
        await pilot.press("enter")
        await pilot.pause()
        post = tmp_path / "data" / "posts" / "haul-1.md"
        assert post.read_text().startswith("---\ntitle: ML Arxiv Haul ~1\n")
        assert str(post) in said(app)
        assert titles(world) == ["Estimating what nobody asked"]
        before = post.read_bytes()
        await pilot.press("u")
        await pilot.pause()
        assert len(titles(world)) == 3
        assert "current again" in said(app)
        assert post.read_bytes() == before


async def test_number_date_and_file_can_be_said(world: World, tmp_path: Path) -> None:
    path = str(tmp_path / "{date}-haul-{number}.md")
    told = replace(world, settings=Settings(haul=HaulSettings(path=path)))
    app = Stage(HaulScreen(told))
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("P", "2")
        await pilot.press("down", *["backspace"] * 16)
        await typed(pilot, "2026-11-21 07:00")
        await pilot.press("enter")
        await pilot.pause()
    post = (tmp_path / "2026-11-21-haul-12.md").read_text()
    assert "title: ML Arxiv Haul ~12\npublished_at: 2026-11-21T07:00:00.000Z\n" in post


async def test_a_date_of_another_season_is_in_the_machines_time_of_then(world: World, tmp_path: Path) -> None:
    told = replace(world, settings=Settings(haul=HaulSettings(path=str(tmp_path / "haul-{number}.md"))))
    app = Stage(HaulScreen(told))
    with machine_in("America/New_York"):
        async with app.run_test(size=WIDE) as pilot:
            await pilot.press("P", "down", *["backspace"] * 16)
            await typed(pilot, "2026-07-21 07:00")
            await pilot.press("enter")
            await pilot.pause()
    assert "published_at: 2026-07-21T11:00:00.000Z\n" in (tmp_path / "haul-1.md").read_text()


async def test_the_form_names_a_comment_that_would_not_read_back(world: World) -> None:
    comment.add(world.library, "# One\n\n## New Paper Content")
    app = Stage(HaulScreen(world))
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("P")
        await pilot.pause()
        assert "# One ## New Paper Content: the comment's line 2: " in shown(app)


@pytest.mark.parametrize(("size", "missing"), [((40, 12), True), ((40, 7), False), ((80, 24), True)])
async def test_what_is_missing_gives_way_to_the_fields_and_the_error(
    world: World, size: tuple[int, int], missing: bool
) -> None:
    keep(world, *(paper(number, f"The paper with a long title that is number {number}") for number in (7, 8)))
    comment.add(world.library, "# One\n\n## New Paper Content")
    app = Stage(HaulScreen(world))
    async with app.run_test(size=size) as pilot:
        await pilot.press("P")
        await pilot.pause()
        assert "Enter Publish" in " ".join(shown(app).split())
        await typed(pilot, "x")
        await pilot.press("enter")
        await pilot.pause()
        text = " ".join(shown(app).split())
        for words in ("Publish haul 1", "Number", "Date and time", "File", "is no number for a haul;"):
            assert words in text, words
        assert ("without a note" in text) == missing
        await pilot.press("backspace")
        await pilot.pause()
        assert "Enter Publish" in " ".join(shown(app).split())


async def test_where_the_file_followed_the_number_the_cursor_is_at_its_end(world: World) -> None:
    app = Stage(HaulScreen(world))
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("P", "2", "2", "down", "down", "ctrl+u")
        await typed(pilot, "mine.md")
        await pilot.pause()
        assert app.screen.query_one("#publish-file", Field).value == "mine.md"


@pytest.mark.parametrize("wrong", ["x", "-", "²"])
async def test_a_number_that_is_none_is_refused_and_nothing_happens(world: World, wrong: str) -> None:
    app = Stage(HaulScreen(world))
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("P")
        await typed(pilot, wrong)
        await pilot.press("enter")
        assert "is no number for a haul" in said(app)
    assert len(titles(world)) == 3


async def test_a_file_that_is_not_ours_is_left_alone_until_ctrl_o(world: World, tmp_path: Path) -> None:
    post = tmp_path / "data" / "posts" / "haul-1.md"
    post.parent.mkdir()
    post.write_text("mine")
    app = Stage(HaulScreen(world))
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("P", "ctrl+o", "enter")
        await pilot.pause()
        assert "press Ctrl+O to overwrite it" in said(app)
        assert post.read_text() == "mine"
        await pilot.press("ctrl+o")
        await pilot.pause()
        assert post.read_text().startswith("---\n")


async def test_export_writes_and_leaves_the_haul_current(world: World, tmp_path: Path) -> None:
    app = Stage(HaulScreen(world))
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("e", "enter")
        await pilot.pause()
        assert said(app).startswith("Exported haul 1")
    assert (tmp_path / "data" / "posts" / "haul-1.md").exists()
    assert len(titles(world)) == 3
