"""Enter on a paper: its full text, or why there is none to read here."""

from dataclasses import replace
from pathlib import Path

import pytest

from tests.tui.screens.stage import DAY, paper, shown, world_in
from tests.tui.screens.text_stage import all_there, text_world
from tests.tui.screens_at_once import LATER
from triage.desktop.memory import StateFile
from triage.ports import World
from triage.settings import Settings
from triage.tui.app import TriageApp
from triage.tui.screens.full_text import FullTextScreen

WIDE = (120, 40)


def categorised(world: World) -> World:
    return replace(world, settings=Settings(categories=("math.NT",)))


async def test_enter_opens_the_text_and_q_leads_back(tmp_path: Path) -> None:
    app = TriageApp(categorised(text_world(tmp_path)), LATER)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("enter")
        await all_there(pilot)
        assert isinstance(app.screen, FullTextScreen)
        assert "Abstract. We count in vain" in shown(app)
        await pilot.press("q")
        await pilot.pause()
        assert "0/5 · 0 kept" in shown(app)
        await pilot.press("k")
        assert "1/5 · 1 kept" in shown(app)


async def test_a_note_written_there_keeps_the_paper_here_and_u_takes_it_back(tmp_path: Path) -> None:
    app = TriageApp(categorised(text_world(tmp_path)), LATER)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("enter")
        await all_there(pilot)
        await pilot.press("n", *"fine", "escape", "q")
        await pilot.pause()
        assert "1/5 · 1 kept" in shown(app)
        await pilot.press("u")
        await pilot.pause()
        assert "0/5 · 0 kept" in shown(app)
        assert "fine" not in shown(app)


async def test_the_place_is_remembered_with_what_else_the_app_remembers(tmp_path: Path) -> None:
    world = replace(categorised(text_world(tmp_path)), memory=StateFile(tmp_path / "session.json"))
    app = TriageApp(world, LATER)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("enter")
        await all_there(pilot)
        await pilot.press("]", "]", "]", "]")
        await pilot.pause()
    assert world.memory.recall()["read"]["2611.00001"][0] == "S2.SS1"
    again = TriageApp(world, LATER)
    async with again.run_test(size=(80, 24)) as pilot:
        await pilot.press("enter")
        await all_there(pilot)
        assert "2.1 Data · " in shown(again)


async def test_of_a_web_page_it_is_said_where_it_is_read(tmp_path: Path) -> None:
    world = categorised(text_world(tmp_path))
    page = replace(paper(6, "A page of the web"), id="https://example.org/page")
    world.archive.store(DAY, [page], {})
    app = TriageApp(world, LATER)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("end", "enter")
        await pilot.pause()
        assert "o opens this page in the browser" in shown(app)
        assert not isinstance(app.screen, FullTextScreen)


@pytest.mark.parametrize(
    ("demo", "why"), [(True, "The demo asks no network"), (False, "Nothing can be fetched")]
)
async def test_without_a_network_that_is_said(tmp_path: Path, demo: bool, why: str) -> None:
    app = TriageApp(replace(categorised(world_in(tmp_path)), demo=demo), LATER)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("enter")
        await pilot.pause()
        assert why in shown(app)
        assert not isinstance(app.screen, FullTextScreen)
