"""A paper of an old post that comes again: where it was kept, what was noted there, wherever it is seen."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from tests.importing import import_post
from tests.tui.full_text_child import command, events
from tests.tui.screens.stage import NOW, Stage, paper, shown, world_in
from tests.tui.screens.text_stage import PARTS, all_there
from tests.tui.screens_at_once import LATER
from tests.tui.test_main_screen import WIDE, press
from tests.tui.test_replacements import store
from triage.actions import decide, note
from triage.paper import Kind
from triage.ports import World
from triage.tui.app import TriageApp
from triage.tui.reading_places import ReadingPlaces
from triage.tui.screens.decisions import DecisionsScreen
from triage.tui.screens.full_text import FullTextScreen
from triage.tui.screens.haul import HaulScreen
from triage.tui.session import Session

DAY = date(2026, 11, 23)
CROSS = paper(21, "A cross-list of what was kept", "We cross over.", kind=Kind.CROSS)
REPLACED = replace(paper(22, "A replacement of what was kept", kind=Kind.REPLACE), version=2)
NEW = paper(23, "A paper that nobody knows")


def card(key: str, note_: str) -> str:
    link = f'<blockquote>\n    <a href="https://arxiv.org/abs/{key}">\n    <h4>As it was</h4>\n'
    return f"{link}    </a>\n</blockquote>\n\n{note_}\n\n"


@pytest.fixture
def world(tmp_path: Path) -> World:
    """A listing of three papers, two of which stand in an old post."""
    made = world_in(tmp_path)
    store(made, DAY, [CROSS, REPLACED, NEW])
    cards = "<hr/>\n\n".join([card(CROSS.id, "The old word on it."), card(REPLACED.id, "Of version one.")])
    front = "---\ntitle: ML Arxiv Haul ~17\npublished_at: 2025-09-03T03:06:00.000Z\n---\n\n"
    place = f"{made.posts.folder}/old.md"
    text = f"{front}## New Paper Content\n\n{cards}<br/>\n<br/>\n<br/>\n"
    made.posts.write(place, text.encode())
    import_post(made.library, made.archive, made.posts, made.settings, place, NOW)
    return made


async def test_the_reader_says_in_which_haul_and_shows_the_note_of_it(world: World) -> None:
    app = TriageApp(world, LATER)
    async with app.run_test(size=WIDE) as pilot:
        screen = await press(pilot, "]")
        for _ in range(4):
            screen = screen if "We cross over." in screen else await press(pilot, "down")
        assert "✓ kept in haul 17, 3 Sep 2025" in screen
        assert "The old word on it." in screen


async def test_the_replacement_of_an_imported_paper_shows_both_too(world: World) -> None:
    app = TriageApp(world, LATER)
    async with app.run_test(size=WIDE) as pilot:
        screen = await press(pilot, "]")
        for _ in range(4):
            screen = screen if "Of version one." in screen else await press(pilot, "down")
        assert "✓ kept in haul 17, 3 Sep 2025" in screen
        assert "── note, haul 17 ──" in screen


async def test_what_is_kept_again_has_the_old_note_above_its_new_one(world: World) -> None:
    decide.keep(world.library, [REPLACED], NOW)
    note.write(world.library, REPLACED, "The new word.", NOW)
    app = Stage(HaulScreen(world))
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        row = next(line for line in shown(app).split("\n") if "A replacement of what" in line)
        assert "haul 17 ✎" in row
        await pilot.press("n")
        await pilot.pause()
        screen = shown(app)
        assert screen.index("── note, haul 17, 3 Sep 2025 ──") < screen.index("Of version one.")
        assert screen.index("Of version one.") < screen.index("The new word.")


async def test_the_decisions_say_where_a_paper_was_kept_before(world: World) -> None:
    decide.keep(world.library, [REPLACED, NEW], NOW)
    app = Stage(DecisionsScreen(world))
    async with app.run_test(size=(120, 20)) as pilot:
        await pilot.pause()
        rows = {line.rstrip() for line in shown(app).split("\n")}
        assert any(
            "A replacement of what" in row and row.endswith("kept in haul 17, 3 Sep 2025") for row in rows
        )
        assert any(row.endswith("A paper that nobody knows") for row in rows)


async def test_the_full_text_says_it_too(world: World, tmp_path: Path) -> None:
    with_text = replace(world, full_text=command(tmp_path / "text", events(PARTS)))
    session = Session(with_text)
    session.start({})
    app = Stage(FullTextScreen(session, LATER, CROSS, ReadingPlaces()))
    async with app.run_test(size=WIDE) as pilot:
        await all_there(pilot)
        assert "✓ kept in haul 17, 3 Sep 2025" in shown(app)
