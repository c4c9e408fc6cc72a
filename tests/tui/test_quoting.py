"""Quoting from the abstract: marked by sentence or with the mouse, and set in the note."""

from dataclasses import replace
from pathlib import Path

import pytest
from textual import events

from tests.tui.screens.haul_stage import haul_world
from tests.tui.screens.stage import DAY, NOW, Stage, paper, shown, typed
from tests.tui.screens_at_once import LATER
from tests.tui.test_main_screen import STACKED, WIDE, cursor_line, opened, press
from triage.actions.note import note_of, write
from triage.ledger import Completeness, ListingState, Sections
from triage.library import open_library
from triage.ports import World
from triage.quote import as_quote
from triage.tui.app import TriageApp
from triage.tui.screens.haul import HaulScreen
from triage.tui.widgets.note_editor import NoteEditor
from triage.tui.widgets.reader import Reader

ABSTRACT = "We count to $n^2$. It is *slow* (see Fig. 3). Others et al. [1] are slower. The end."
FIRST, SECOND, THIRD = "We count to n².", "It is *slow* (see Fig. 3).", "Others et al. [1] are slower."
KEY = "2611.00042"


def with_abstract(folder: Path, abstract: str = ABSTRACT, keys: str = "mnemonic") -> World:
    """A world whose first paper has this abstract."""
    world = opened(folder, keys)
    state = ListingState("math.NT", Completeness.COMPLETE, DAY.isoformat(), sections=Sections(6))
    world.archive.store(DAY, [paper(42, "A paper to quote", abstract)], {"math.NT": state})
    return world


def editor(app: TriageApp) -> NoteEditor:
    return app.screen.query_one(NoteEditor)


def reader(app: TriageApp | Stage) -> Reader:
    return next(one for one in app.screen.query(Reader) if one.display)


@pytest.mark.parametrize("size", [WIDE, STACKED])
async def test_a_sentence_is_marked_by_keys_and_quoted_in_the_note(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    app = TriageApp(with_abstract(tmp_path), LATER)
    async with app.run_test(size=size) as pilot:
        screen = await press(pilot, "end", '"')
        assert "Enter Quote" in screen
        assert reader(app).passage == FIRST
        await press(pilot, "down")
        assert reader(app).passage == SECOND
        await press(pilot, "enter")
        assert (
            editor(app).text == "> It is \\*slow* (see Fig. 3).\n\n" or editor(app).text == f"> {SECOND}\n\n"
        )
        assert "── note" in shown(app)
        await typed(pilot, "So it is.")
        await press(pilot, "escape")
    assert note_of(app.world.library, KEY) == f"{as_quote(SECOND)}\n\nSo it is."
    assert app.world.library.verdict(KEY) == "keep"


async def test_shift_extends_and_the_same_key_quotes_behind_what_the_note_says(tmp_path: Path) -> None:
    world = with_abstract(tmp_path)
    write(world.library, paper(42, "A paper to quote"), "Mine.", NOW)
    app = TriageApp(world, LATER)
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, "end", '"', "down", "shift+up", '"')
        assert editor(app).text == f"Mine.\n\n> {FIRST} It is \\*slow* (see Fig. 3).\n\n"
        await press(pilot, "escape")
    assert note_of(world.library, KEY) == f"Mine.\n\n> {FIRST} It is \\*slow* (see Fig. 3)."


async def test_the_vim_keys_mark_too(tmp_path: Path) -> None:
    app = TriageApp(with_abstract(tmp_path, keys="vim"), LATER)
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, "G", '"', "j", "J")
        assert reader(app).passage == f"{SECOND} {THIRD}"
        await press(pilot, "k")
        assert reader(app).passage == SECOND


async def test_esc_leaves_the_marking_and_nothing_is_changed(tmp_path: Path) -> None:
    app = TriageApp(with_abstract(tmp_path), LATER)
    async with app.run_test(size=WIDE) as pilot:
        screen = await press(pilot, "end", '"', "down", "escape")
        assert reader(app).mark is None
        assert "k Keep" in screen
        assert "A paper to quote" in cursor_line(screen)
        screen = await press(pilot, "k")
        assert "1/6 · 1 kept" in screen
    assert note_of(app.world.library, KEY) == ""


async def test_a_paper_without_an_abstract_says_that_there_is_nothing_to_quote(tmp_path: Path) -> None:
    world = opened(tmp_path)
    state = ListingState("math.NT", Completeness.COMPLETE, DAY.isoformat(), sections=Sections(6))
    world.archive.store(DAY, [replace(paper(42), abstract="")], {"math.NT": state})
    app = TriageApp(world, LATER)
    async with app.run_test(size=WIDE) as pilot:
        assert "There is no abstract here to quote from." in await press(pilot, "end", '"')


async def test_where_nothing_can_be_quoted_from_or_written_that_is_said(tmp_path: Path) -> None:
    app = TriageApp(with_abstract(tmp_path), LATER)
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, "c", *"mine")
        screen = await press(pilot, "ctrl+r")
        assert "There is no abstract here to quote from." in screen
        await typed(pilot, "!")
        assert "Comment saved." in await press(pilot, "escape")
    (comment,) = app.world.library.comments("current")
    assert comment["text"] == "mine!"
    app.world.library.close()
    read_only = open_library(tmp_path / "data", state=tmp_path / "state", read_only=True)
    app = TriageApp(replace(app.world, library=read_only), LATER)
    async with app.run_test(size=WIDE) as pilot:
        screen = await press(pilot, "end", '"')
        assert "The library is open for reading only" in screen
        assert "Enter Quote" not in screen


async def test_what_is_shown_is_quoted_the_tex_source_too(tmp_path: Path) -> None:
    app = TriageApp(with_abstract(tmp_path), LATER)
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, "end", "t", '"', "enter")
        assert editor(app).text == "> We count to $n^2$.\n\n"


async def test_the_abstract_is_shown_for_marking_when_only_the_list_is(tmp_path: Path) -> None:
    app = TriageApp(with_abstract(tmp_path), LATER)
    async with app.run_test(size=WIDE) as pilot:
        assert FIRST not in await press(pilot, "end", "z")
        assert FIRST in await press(pilot, '"')
        assert FIRST not in await press(pilot, "escape")


async def test_marking_scrolls_and_begins_at_what_is_in_view(tmp_path: Path) -> None:
    many = " ".join(f"Sentence {at} is here and it is long enough for a line." for at in range(60))
    app = TriageApp(with_abstract(tmp_path, many), LATER)
    async with app.run_test(size=(100, 16)) as pilot:
        screen = await press(pilot, "end", "space", "space")
        top = min(at for at in range(60) if f"Sentence {at} is here" in screen)
        await press(pilot, '"')
        assert reader(app).passage.startswith(f"Sentence {top} ")
        screen = await press(pilot, *["down"] * 30)
        assert f"Sentence {top + 30} " in screen
        screen = await press(pilot, *["shift+up"] * 40)
        assert "Sentence 0 " in screen or f"Sentence {max(0, top - 10)} " in screen


async def test_from_within_the_note_a_sentence_is_set_at_the_caret(tmp_path: Path) -> None:
    app = TriageApp(with_abstract(tmp_path), LATER)
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, "end", "n")
        await typed(pilot, "Before.\nAfter.")
        screen = await press(pilot, "up", "end", "ctrl+r")
        assert "Enter Quote" in screen
        screen = await press(pilot, "down", "down", "enter")
        assert editor(app).text == f"Before.\n\n> {THIRD}\n\nAfter."
        assert "Ctrl+R Quote" in screen
        await typed(pilot, "Mine. ")
        await press(pilot, "ctrl+r", "down", "escape")
        await typed(pilot, "And. ")
        assert editor(app).text == f"Before.\n\n> {THIRD}\n\nMine. And. After."
        await press(pilot, "escape")
    assert note_of(app.world.library, KEY) == f"Before.\n\n> {THIRD}\n\nMine. And. After."


async def test_a_quote_set_within_a_word_or_code_stands_behind_it(tmp_path: Path) -> None:
    app = TriageApp(with_abstract(tmp_path), LATER)
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, "end", "n")
        await typed(pilot, "A word.")
        await press(pilot, "left", "left", "left", "ctrl+r", "enter")
        assert editor(app).text == f"A word.\n\n> {FIRST}\n\n"
        editor(app).text = "```\nx = 1\n```\nAfter."
        editor(app).move_cursor((1, 2))
        await press(pilot, "ctrl+r", "enter")
        assert editor(app).text == f"```\nx = 1\n```\n\n> {FIRST}\n\nAfter."
        await press(pilot, "ctrl+z")
        assert editor(app).text == "```\nx = 1\n```\nAfter."


async def test_a_look_at_another_window_leaves_the_mark_where_it_is(tmp_path: Path) -> None:
    app = TriageApp(with_abstract(tmp_path), LATER)
    async with app.run_test(size=WIDE) as pilot:
        for keys in (("end", '"', "down"), ("escape", "n", "ctrl+r", "down")):
            await press(pilot, *keys)
            for event in (events.AppBlur(), events.AppFocus()):
                app.post_message(event)
                await pilot.pause()
                assert reader(app).passage == SECOND
            assert "Enter Quote" in shown(app)
        await press(pilot, "enter")
        assert editor(app).text == f"{as_quote(SECOND)}\n\n"


async def test_a_quote_is_one_step_for_undo(tmp_path: Path) -> None:
    app = TriageApp(with_abstract(tmp_path), LATER)
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, "end", "n")
        await typed(pilot, "Mine.")
        await press(pilot, "ctrl+r", "enter", "ctrl+z")
        assert editor(app).text == "Mine."
        await press(pilot, "ctrl+y")
        assert editor(app).text == f"Mine.\n\n> {FIRST}\n\n"


async def test_the_mouse_marks_by_character_and_the_key_quotes_it(tmp_path: Path) -> None:
    app = TriageApp(with_abstract(tmp_path), LATER)
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, "end")
        lines = shown(app).split("\n")
        row = next(at for at, line in enumerate(lines) if "We count" in line)
        left = lines[row].index("count")
        await pilot.mouse_down(offset=(left, row))
        await pilot.hover(offset=(left + 7, row))
        await pilot.mouse_up(offset=(left + 7, row))
        assert reader(app).passage == "count to"
        await press(pilot, '"')
        assert editor(app).text == "> count to\n\n"
        assert reader(app).mark is None


async def test_a_double_click_marks_the_sentence_and_a_click_elsewhere_unmarks(tmp_path: Path) -> None:
    app = TriageApp(with_abstract(tmp_path), LATER)
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, "end", "n")
        await typed(pilot, "Mine.")
        lines = shown(app).split("\n")
        row = next(at for at, line in enumerate(lines) if "slow" in line)
        spot = (lines[row].index("slow"), row)
        await pilot.click(offset=spot, times=2)
        assert reader(app).passage == SECOND
        await pilot.click(NoteEditor)
        assert reader(app).mark is None
        await pilot.click(offset=spot, times=2)
        await press(pilot, "ctrl+end", "ctrl+r")
        assert editor(app).text == f"Mine.\n\n{as_quote(SECOND)}\n\n"


async def test_a_mark_lives_on_its_paper_alone(tmp_path: Path) -> None:
    app = TriageApp(with_abstract(tmp_path), LATER)
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, "end")
        lines = shown(app).split("\n")
        row = next(at for at, line in enumerate(lines) if "slow" in line)
        spot = (lines[row].index("slow"), row)
        await pilot.click(offset=spot, times=2)
        await press(pilot, "up", "down")
        assert reader(app).mark is None
        await pilot.click(offset=spot, times=2)
        await press(pilot, "escape")
        assert reader(app).mark is None, "Esc unmarks"


async def test_in_the_haul_the_abstract_above_the_note_is_quoted(tmp_path: Path) -> None:
    world = haul_world(tmp_path)
    app = Stage(HaulScreen(world))
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("down", "down", "n", "ctrl+home")
        await typed(pilot, "Mine.")
        await pilot.press("ctrl+r", "enter")
        await pilot.pause()
        note = app.screen.query_one("#haul-note", NoteEditor)
        quoted = f"Mine.\n\n> {reader(app).markable.split('.')[0]}.\n\n"
        assert note.text.startswith(quoted)
        assert note.has_focus
        await pilot.press("escape")
        await pilot.pause()
        assert "── note" not in shown(app)
