"""F3 shows the note as it will read, in the editor's place, and leads back to it."""

from pathlib import Path

import pytest
from textual import events
from textual.pilot import Pilot

from tests.tui.screens.haul_stage import haul_world
from tests.tui.screens.stage import Stage, shown, through_all_sizes, typed, world_in
from tests.tui.screens_at_once import LATER
from tests.tui.test_main_screen import STACKED, WIDE, opened, press
from triage.actions.note import note_of
from triage.tui.app import TriageApp
from triage.tui.screens.comment import CommentScreen
from triage.tui.screens.haul import HaulScreen
from triage.tui.widgets.note_editor import NoteEditor

NOTE = "## Seen\n\nIt is *so*.<br/>Truly.\n\n> quoted\n\n- [x](https://a.example)"


async def pasted(pilot: Pilot[None], text: str) -> None:
    """Paste a text into what has the focus."""
    pilot.app.post_message(events.Paste(text))
    await pilot.pause()


@pytest.mark.parametrize("size", [WIDE, STACKED])
async def test_the_note_is_shown_as_it_reads_and_typing_goes_on(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    app = TriageApp(opened(tmp_path), LATER)
    async with app.run_test(size=size) as pilot:
        await press(pilot, "n")
        await pasted(pilot, NOTE)
        before = shown(app)
        screen = await press(pilot, "f3")
        assert "── note, as it reads ──" in screen
        assert "It is so." in screen
        assert "*so*" not in screen
        assert "Counting is slow." in screen, "the abstract stays"
        assert "Esc To the text" in screen
        assert await press(pilot, "f3") == before
        await press(pilot, "f3", "escape")
        await typed(pilot, "!")
        await press(pilot, "escape")
    assert note_of(app.world.library, "2611.00001") == f"{NOTE}!"


async def test_the_preview_scrolls_and_no_key_in_it_decides(tmp_path: Path) -> None:
    app = TriageApp(opened(tmp_path), LATER)
    async with app.run_test(size=STACKED) as pilot:
        await press(pilot, "n")
        await pasted(pilot, "\n\n".join(f"Line {at}" for at in range(30)))
        screen = await press(pilot, "f3", "k", "s", "q")
        assert "Line 0" in screen
        screen = await press(pilot, "pagedown", "down")
        assert "Line 0" not in screen
        assert "0/5 · 0 kept" in screen
        screen = await press(pilot, "f3", "escape")
        assert "1/5 · 1 kept" in screen
        assert "Line 0" not in await press(pilot, "n"), "another note is not shown as it reads"


async def test_what_is_hostile_reads_as_text(tmp_path: Path) -> None:
    world = opened(tmp_path)
    world.library.save_draft("2611.00001", "[/] [@click=app.quit]x[/] \x1b]52;c;aGk=\x07 \u202e<b>b</b>")
    app = TriageApp(world, LATER)
    async with app.run_test(size=WIDE) as pilot:
        screen = await press(pilot, "n", "f3")
        assert "[/] [@click=app.quit]x[/] ]52;c;aGk= <b>b</b>" in screen


@pytest.mark.parametrize("number", [0, 2])
async def test_in_the_haul_notes_and_comments_are_shown_so_too(tmp_path: Path, number: int) -> None:
    app = Stage(HaulScreen(haul_world(tmp_path)))
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press(*["down"] * number, "n")
        await typed(pilot, " **more**")
        await pilot.press("f3")
        await pilot.pause()
        assert "**more**" not in shown(app)
        assert " more" in shown(app)
        await pilot.press("escape")
        await pilot.pause()
        assert " **more**" in shown(app)
        assert app.screen.query_one(NoteEditor).has_focus or app.focused is not None
        await pilot.press("escape")
        await pilot.pause()
        assert "To the text" not in shown(app)


async def test_it_stands_at_any_size(tmp_path: Path) -> None:
    app = Stage(CommentScreen(world_in(tmp_path)))
    async with app.run_test() as pilot:
        await pasted(pilot, NOTE)
        await pilot.press("f3")
        await through_all_sizes(pilot)
