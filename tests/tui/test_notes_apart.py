"""Two notes are never confused: whatever the cursor does, whoever else writes, whatever comes meanwhile."""

from collections import Counter
from dataclasses import replace
from datetime import date
from pathlib import Path
from random import Random

import pytest

from tests.tui.screens.stage import NOW, OPENED, PAPERS, paper, shown
from tests.tui.screens_at_once import LATER
from tests.tui.test_main_screen import WIDE, cursor_line, opened, press
from triage.actions import decide
from triage.actions.haul import publish
from triage.actions.note import note_of, write
from triage.ledger import Completeness, ListingState, Sections
from triage.library import open_library
from triage.ports import Library
from triage.tui.app import TriageApp
from triage.tui.screens.haul import HaulScreen
from triage.tui.screens.main import MainScreen
from triage.tui.widgets.note_editor import NoteEditor

KEYS = [one.id for one in PAPERS]


def beside(folder: Path) -> Library:
    """Another process's hold on the same library."""
    library = open_library(folder / "data", state=folder / "state")
    OPENED.append(library)
    return library


def main_of(app: TriageApp) -> MainScreen:
    screen = app.screen
    assert isinstance(screen, MainScreen)
    return screen


async def test_the_note_of_the_last_paper_and_that_of_the_next_are_two(tmp_path: Path) -> None:
    app = TriageApp(opened(tmp_path), LATER)
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, "k", "N", *"last", "escape", "n", *"next", "escape", "N", "!", "escape")
    assert [note_of(app.world.library, key) for key in KEYS[:3]] == ["last", "next!", ""]


async def test_a_listing_that_comes_while_one_writes_changes_neither_the_paper_nor_the_note(
    tmp_path: Path,
) -> None:
    app = TriageApp(opened(tmp_path), LATER)
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, "down", "n", *"half")
        state = ListingState("math.NT", Completeness.COMPLETE, "2026-11-19", sections=Sections(1))
        app.world.archive.store(
            date(2026, 11, 19), [replace(paper(77), listed="2026-11-19")], {"math.NT": state}
        )
        main_of(app).repaint()
        screen = await press(pilot, *" and half")
        assert "A survey of surveys" in screen
        assert "half and half" in screen
        await press(pilot, "escape")
    assert note_of(app.world.library, KEYS[1]) == "half and half"
    assert note_of(app.world.library, paper(77).id) == ""


async def test_what_another_process_decides_and_undoes_meanwhile_leaves_the_writing_alone(
    tmp_path: Path,
) -> None:
    world = opened(tmp_path)
    other = beside(tmp_path)
    app = TriageApp(world, LATER)
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, "n", *"mine")
        decide.skip(other, PAPERS[:2], NOW)
        await main_of(app)._look_around()
        assert "mine" in shown(app)
        other.undo()
        await main_of(app)._look_around()
        screen = await press(pilot, "!", "escape")
        assert "1/5 · 1 kept" in screen
    assert note_of(world.library, KEYS[0]) == "mine!"


async def test_a_note_that_another_process_has_changed_meanwhile_stands_beside_the_new_one(
    tmp_path: Path,
) -> None:
    world = opened(tmp_path)
    write(world.library, PAPERS[0], "Seen by both.", NOW)
    other = beside(tmp_path)
    app = TriageApp(world, LATER)
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, "home", "n", *" Mine.")
        write(other, PAPERS[0], "Theirs.", NOW)
        await press(pilot, "escape")
    note = note_of(world.library, KEYS[0])
    assert "Theirs." in note
    assert "Seen by both. Mine." in note


async def test_a_draft_of_a_killed_app_takes_nothing_away_that_came_since(tmp_path: Path) -> None:
    world = opened(tmp_path)
    write(world.library, PAPERS[0], "Seen.", NOW)
    app = TriageApp(world, LATER)
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, "home", "n", *" Half a th")
        editor = app.screen.query_one(NoteEditor)
        editor.post_message(NoteEditor.Drafted(editor))
        await pilot.pause()
    assert world.library.draft(KEYS[0]) == "Seen. Half a th"
    write(world.library, PAPERS[0], "Theirs.", NOW)
    app = TriageApp(world, LATER)
    async with app.run_test(size=WIDE) as pilot:
        assert "Seen. Half a th" in await press(pilot, "home", "n")
        await press(pilot, *"ought.", "escape")
    note = note_of(world.library, KEYS[0])
    assert "Theirs." in note
    assert "Seen. Half a thought." in note


async def test_undo_never_leads_into_the_text_of_another_note(tmp_path: Path) -> None:
    app = TriageApp(opened(tmp_path), LATER)
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, "n", *"one", "escape", "n", *"two")
        editor = app.screen.query_one(NoteEditor)
        for key in (*["ctrl+z"] * 9, *["ctrl+y"] * 9):
            await press(pilot, key)
            assert editor.text in ("", "t", "tw", "two")
        assert editor.text == "two"
        await press(pilot, "escape")
    assert [note_of(app.world.library, key) for key in KEYS[:2]] == ["one", "two"]


async def test_a_draft_for_an_entry_of_an_old_haul_is_not_offered_for_the_new_one(tmp_path: Path) -> None:
    world = opened(tmp_path)
    write(world.library, PAPERS[0], "Praised.", NOW)
    publish(world.library, world.posts, world.settings, NOW, number=17)
    app = TriageApp(world, LATER)
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, "h", "{", "n", *" Late")
        screen = app.screen
        assert isinstance(screen, HaulScreen)
        note = screen.query_one("#haul-note", NoteEditor)
        assert note.text == "Praised. Late"
        note.post_message(NoteEditor.Drafted(note))
        await pilot.pause()
    decide.keep(world.library, [PAPERS[0]], NOW)
    (key,) = world.library.drafts()
    assert key.partition(" ")[0] == KEYS[0]
    assert world.library.draft(KEYS[0]) is None
    app = TriageApp(world, LATER)
    async with app.run_test(size=WIDE) as pilot:
        assert "Late" not in await press(pilot, "end", "n", "escape")
        screen_text = await press(pilot, "h", "{", "n")
        assert "Praised. Late" in screen_text


@pytest.mark.parametrize("seed", range(2))
async def test_a_long_morning_of_any_keys_leaves_in_each_note_what_was_typed_under_its_title(
    tmp_path: Path, seed: int
) -> None:
    chance = Random(seed)
    world = opened(tmp_path)
    other = beside(tmp_path)
    app = TriageApp(world, LATER)
    typed: Counter[str] = Counter()
    signs = dict(zip(KEYS, "αβγδε", strict=True))
    moves = [
        "up",
        "down",
        "down",
        "home",
        "end",
        "end",
        "k",
        "s",
        "x",
        "u",
        "U",
        "n",
        "n",
        "n",
        "N",
        "N",
        '"',
        "t",
    ]
    inside = ["escape", "escape", "ctrl+z", "ctrl+r", "ctrl+l", "f3", "pagedown", "left", "ctrl+home"]
    async with app.run_test(size=WIDE) as pilot:
        for _ in range(100):
            editors = [one for one in app.screen.query(NoteEditor) if one is app.screen.focused]
            if editors and chance.random() < 0.5:
                read = main_of(app).reader.paper
                assert read is not None
                typed[read.id] += 1
                await press(pilot, signs[read.id])
            elif isinstance(app.screen, MainScreen) and not editors:
                ends = ["escape", "enter", *["down"] * 2]
                await press(pilot, chance.choice(ends if app.screen.focused else moves))
            else:
                await press(pilot, chance.choice(inside) if editors else "escape")
            if chance.random() < 0.1:
                way = chance.choice([decide.keep, decide.skip])
                way(other, [chance.choice(PAPERS)], NOW)
            if chance.random() < 0.1:
                other.undo()
            if chance.random() < 0.2 and isinstance(app.screen, MainScreen):
                await main_of(app)._look_around()
            for key, text in world.library.drafts().items():
                assert set(signs.values()) & set(text) <= {signs[key]}, (key, text)
        await press(pilot, "escape", "escape", "escape")
    assert len(typed) > 1, "several were written on"
    for step in world.library.history():
        for change in step.changes:
            if change.path == ("note",):
                assert set(signs.values()) & set(f"{change.before}{change.after}") <= {signs[change.key]}


async def test_a_click_on_another_paper_while_one_writes_moves_nothing(tmp_path: Path) -> None:
    app = TriageApp(opened(tmp_path), LATER)
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, "n", *"mine")
        await pilot.click("#papers", offset=(8, 3))
        screen = await press(pilot, "!", "escape")
        assert "A survey of surveys" in cursor_line(screen)
    assert note_of(app.world.library, KEYS[0]) == "mine!"
