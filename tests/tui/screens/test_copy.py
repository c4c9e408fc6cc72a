"""The copy menu: four forms, by a tool or by the terminal, and a sentence on which."""

from dataclasses import replace

import pytest

from tests.tui.screens.stage import PAPERS, Clip, Stage, shown, through_all_sizes
from triage.tui.screens.copy import CopyScreen

PAPER = replace(PAPERS[0], published="2026-11-19T00:00:00Z")


@pytest.mark.parametrize(
    ("key", "start"),
    [
        ("l", "https://arxiv.org/abs/2611.00001"),
        ("m", "[Counting to n² in linear time](https://arxiv.org/abs/2611.00001)"),
        ("b", "@"),
        (
            "c",
            '<blockquote>\n    <a href="https://arxiv.org/abs/2611.00001">\n    <h4>Counting to n² in linear',
        ),
    ],
)
async def test_each_key_copies_its_form_by_a_tool_and_names_it(key: str, start: str) -> None:
    clip = Clip(tool="wl-copy")
    app = Stage(CopyScreen(PAPER, clip))
    async with app.run_test() as pilot:
        await pilot.press(key)
        await pilot.pause()
    assert clip.copied[0].startswith(start)
    assert app.result.endswith("copied by wl-copy.")


async def test_the_cursor_and_enter_copy_too() -> None:
    clip = Clip()
    app = Stage(CopyScreen(PAPER, clip))
    async with app.run_test() as pilot:
        await pilot.press("down", "enter")
        await pilot.pause()
    assert clip.copied == ["[Counting to n² in linear time](https://arxiv.org/abs/2611.00001)"]


async def test_without_a_tool_it_goes_to_the_terminal_and_says_that_this_cannot_be_verified() -> None:
    app = Stage(CopyScreen(PAPER, Clip(tool=None)))
    async with app.run_test() as pilot:
        await pilot.press("l")
        await pilot.pause()
        assert app.clipboard == "https://arxiv.org/abs/2611.00001"
    assert "OSC 52" in app.result
    assert "cannot be known" in app.result


async def test_what_is_too_long_for_the_terminal_is_not_sent() -> None:
    long = replace(PAPER, title="x" * 80_000)
    app = Stage(CopyScreen(long, Clip(tool=None)))
    async with app.run_test() as pilot:
        await pilot.press("m")
        await pilot.pause()
        assert app.clipboard == ""
    assert "80 kB is too much" in app.result


async def test_esc_copies_nothing() -> None:
    clip = Clip()
    app = Stage(CopyScreen(PAPER, clip))
    async with app.run_test() as pilot:
        await pilot.press("escape")
        await pilot.pause()
    assert (app.result, clip.copied) == ("", [])


async def test_a_hostile_title_shows_literally() -> None:
    app = Stage(CopyScreen(PAPERS[2], Clip()))
    async with app.run_test():
        assert "Copy Brackets [/INST] [@click=app.quit] and [red]colour[/red]" in shown(app)


async def test_it_stands_at_any_size() -> None:
    app = Stage(CopyScreen(PAPER, Clip()))
    async with app.run_test() as pilot:
        await through_all_sizes(pilot)
