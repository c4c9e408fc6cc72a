"""Ctrl+L in a note: choose another paper, and a link to it stands at the caret."""

import time
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.test_hostile_text import WHOLE
from tests.tui.screens.haul_stage import haul_world
from tests.tui.screens.stage import NOW, PAPERS, Stage, keep, paper, shown, through_all_sizes, typed, world_in
from tests.tui.screens_at_once import LATER
from tests.tui.test_main_screen import STACKED, WIDE, opened, press, until
from triage.actions import decide
from triage.actions.haul import publish
from triage.actions.note import note_of
from triage.ports import World
from triage.settings import HaulSettings, Settings
from triage.tui.app import TriageApp
from triage.tui.screens.haul import HaulScreen
from triage.tui.screens.link import LinkScreen
from triage.tui.widgets.field import Field
from triage.tui.widgets.note_editor import NoteEditor

SETTINGS = Settings(categories=("math.NT",), haul=HaulSettings(url="https://example.org/haul-{number}"))


def with_hauls(folder: Path) -> World:
    """A world in which two papers were kept for haul 16, one for haul 17, and one for this haul."""
    world = replace(opened(folder), settings=SETTINGS)
    keep(world, PAPERS[0], PAPERS[1])
    publish(world.library, world.posts, world.settings, NOW, number=16)
    keep(world, PAPERS[2])
    publish(world.library, world.posts, world.settings, NOW, number=17)
    keep(world, PAPERS[3])
    return world


@pytest.mark.parametrize("size", [WIDE, STACKED])
async def test_enter_sets_a_link_to_the_paper_at_the_caret(tmp_path: Path, size: tuple[int, int]) -> None:
    app = TriageApp(with_hauls(tmp_path), LATER)
    async with app.run_test(size=size) as pilot:
        await press(pilot, "end", "n")
        await typed(pilot, "Like  here.")
        screen = await press(pilot, *["left"] * 6, "ctrl+l")
        assert "another paper in the note" in screen
        rows = [line.strip(" ▏") for line in screen.splitlines() if "haul" in line.split("  ")[-1]]
        assert rows[-4].startswith("Dimensions of a haul")
        assert rows[-4].endswith("this haul")
        assert rows[-3].endswith("haul 17, 20 Nov 2026")
        assert "Estimating" not in "".join(rows[-4:]), "the paper one writes on is none to link to"
        await press(pilot, "down", "enter")
        link = "[Brackets \\[/INST\\] \\[@click=app.quit\\] and \\[red\\]colour\\[/red\\]](https://arxiv.org/abs/2611.00003)"
        assert app.screen.query_one(NoteEditor).text == f"Like {link} here."
        await typed(pilot, "!")
        await press(pilot, "ctrl+z", "ctrl+z")
        assert app.screen.query_one(NoteEditor).text == "Like  here."
        await press(pilot, "ctrl+y", "escape")
    assert note_of(app.world.library, PAPERS[4].id) == f"Like {link} here."


async def test_tab_links_to_the_haul_that_praised_it_or_says_why_not(tmp_path: Path) -> None:
    app = TriageApp(with_hauls(tmp_path), LATER)
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, "end", "n", "ctrl+l")
        assert "No published haul has this paper yet." in await press(pilot, "tab")
        await typed(pilot, "SURVEY")
        await press(pilot, "tab")
        assert app.screen.query_one(NoteEditor).text == "[haul 16](https://example.org/haul-16)"
    bare = replace(app.world, settings=Settings(categories=("math.NT",)))
    app = TriageApp(bare, LATER)
    async with app.run_test(size=WIDE) as pilot:
        screen = await press(pilot, "end", "n", "ctrl+l", "down", "tab")
        assert 'set url = "https://' in screen


async def test_one_filters_as_one_types_and_esc_leaves_the_note_as_it_was(tmp_path: Path) -> None:
    app = TriageApp(with_hauls(tmp_path), LATER)
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, "end", "n")
        await typed(pilot, "Mine.")
        await press(pilot, "ctrl+l")
        await typed(pilot, "n² 16")
        screen = "\n".join(line for line in shown(app).splitlines() if "haul 1" in line)
        assert "Counting to n² in linear time" in screen
        assert "A survey of surveys" not in screen
        await press(pilot, "backspace", "backspace", "backspace", "backspace", "backspace")
        assert "A survey of surveys" in shown(app)
        await typed(pilot, "nothing at all")
        assert "No kept paper matches." in await press(pilot, "enter", "tab")
        await press(pilot, "escape")
        await typed(pilot, "!")
        assert app.screen.query_one(NoteEditor).text == "Mine.!"


async def test_in_the_haul_and_in_a_comment_one_links_too(tmp_path: Path) -> None:
    app = Stage(HaulScreen(haul_world(tmp_path)))
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("n", "end", "ctrl+l")
        await pilot.pause()
        await typed(pilot, "survey")
        await pilot.press("enter")
        await pilot.pause()
        text = app.screen.query_one(NoteEditor).text
        assert text.endswith("[A survey of surveys](https://arxiv.org/abs/2611.00002)")
        await pilot.press("escape", "down", "down", "n", "ctrl+l", "enter")
        await pilot.pause()
        assert app.screen.query_one("#haul-note", NoteEditor).text.endswith(")")


async def test_a_hostile_title_stands_as_text_in_the_list(tmp_path: Path) -> None:
    world = world_in(tmp_path)
    keep(world, replace(PAPERS[0], title=f"T {WHOLE}"))
    app = Stage(LinkScreen(world))
    async with app.run_test(size=(2000, 24)) as pilot:
        await pilot.pause()
        assert "[@click=app.quit]quit[/]" in shown(app)
        assert "{{ 7*7 }} %s {0} `rm -rf` $(id)" in shown(app)
        await through_all_sizes(pilot)


async def test_ten_thousand_kept_papers_are_listed_at_once_and_filtered_between_frames(
    tmp_path: Path,
) -> None:
    world = world_in(tmp_path)
    at = datetime(2026, 1, 2, 8, tzinfo=UTC)
    for number in range(10):
        decide.keep(world.library, [paper(10_000 * number + one, f"On $n_{one}$") for one in range(900)], at)
        publish(world.library, world.posts, world.settings, at, number=number + 1)
    decide.keep(world.library, [paper(200_000 + one, "On something else") for one in range(1_000)], at)
    app = Stage(LinkScreen(world))
    begin = time.perf_counter()
    async with app.run_test(size=WIDE) as pilot:
        await until(pilot, "this haul")
        assert time.perf_counter() - begin < 2, (
            "the machine may be busy; a second is a hundred times too long"
        )
        screen = app.screen
        assert isinstance(screen, LinkScreen)
        await pilot.app.workers.wait_for_complete()
        assert len(screen._read) == 10_000
        field = screen.query_one(Field)
        taken = []
        for query in ("o", "on", "on n", "on nₛ", "on 899"):
            begin = time.thread_time()
            field.value = query
            screen.on_input_changed(Field.Changed(field, query))
            taken.append(time.thread_time() - begin)
        assert min(taken) < 0.016
