"""The first paint is what every later one is, though its start leaves for behind it what it can."""

from dataclasses import replace
from pathlib import Path

import pytest
from textual.app import App

from tests.tui.screens_at_once import LATER
from tests.tui.test_main_screen import STACKED, WIDE, Remembers, opened
from triage.tui.app import TriageApp


def painted(app: App[None]) -> list[str]:
    """The screen's lines as they are painted, with colours."""
    width, height = app.size
    strips = app.screen._compositor.render_strips()
    assert (len(strips), {strip.cell_length for strip in strips}) == (height, {width})
    return [str([(segment.text, segment.style) for segment in strip]) for strip in strips]


@pytest.mark.parametrize("theme", ["nord", "textual-light"])
@pytest.mark.parametrize("layout", ["both", "list", "reader"])
@pytest.mark.parametrize("size", [WIDE, STACKED, (60, 12)])
async def test_nothing_of_it_changes_when_all_styles_are_read_anew(
    size: tuple[int, int], layout: str, theme: str, tmp_path: Path
) -> None:
    world = replace(opened(tmp_path), memory=Remembers(state={"layout": layout, "theme": theme}))
    app = TriageApp(world, LATER)
    async with app.run_test(size=size) as pilot:
        first = painted(app)
        assert "0/5" in first[0]
        app.refresh_css(animate=False)
        await pilot.pause()
        assert painted(app) == first


async def test_nothing_of_it_changes_when_the_sheets_of_typing_come(tmp_path: Path) -> None:
    app = TriageApp(opened(tmp_path), LATER)
    async with app.run_test(size=WIDE) as pilot:
        first = painted(app)
        await pilot.press("n", "escape", "slash", "escape")
        app.refresh_css(animate=False)
        await pilot.pause()
        assert painted(app) == first
