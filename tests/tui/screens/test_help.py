"""The help: every key of the preset in use, found by typing, with what the marks mean."""

import pytest

from tests.tui.screens.stage import Stage, shown, through_all_sizes, typed
from triage.settings import PRESETS
from triage.tui.keys import Place, to_learn
from triage.tui.screens.help import HelpScreen
from triage.tui.widgets.line_pane import LinePane


@pytest.mark.parametrize("preset", PRESETS)
async def test_it_names_every_key_of_the_preset(preset: str) -> None:
    app = Stage(HelpScreen(preset))
    async with app.run_test(size=(120, 40)):
        words = " ".join(app.screen.query_one(LinePane).text.split())
    for place in Place:
        for _, keys, text in to_learn(place, preset):
            assert f"{keys} {text}" in words


async def test_typing_searches_and_esc_first_clears_the_search() -> None:
    app = Stage(HelpScreen("mnemonic"))
    async with app.run_test() as pilot:
        await typed(pilot, "undo")
        await pilot.pause()
        lines = [
            line for line in app.screen.query_one(LinePane).text.splitlines() if line and "──" not in line
        ]
        assert lines
        assert all("undo" in line.casefold() or "undone" in line for line in lines)
        await pilot.press("escape")
        await pilot.pause()
        assert "keep" in shown(app)
        await pilot.press("escape")
        await pilot.pause()
    assert app.result is None


async def test_a_search_without_a_find_says_so() -> None:
    app = Stage(HelpScreen("mnemonic"))
    async with app.run_test() as pilot:
        await typed(pilot, "[/x]")
        await pilot.pause()
        assert "No key does '[/x]'." in shown(app)


async def test_the_place_one_comes_from_stands_first_and_the_marks_last() -> None:
    app = Stage(HelpScreen("vim", Place.HAUL))
    async with app.run_test(size=(120, 40)) as pilot:
        assert "── In the haul ──" in shown(app).splitlines()[4]
        await pilot.press(*["pagedown"] * 8)
        await pilot.pause()
        assert "✎                 has a note" in shown(app)


async def test_it_stands_at_any_size() -> None:
    app = Stage(HelpScreen("mnemonic"))
    async with app.run_test() as pilot:
        await through_all_sizes(pilot)
