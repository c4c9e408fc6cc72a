"""Searching in a full text: as one types, from match to match, while the text still comes."""

from pathlib import Path

import pytest

from tests.tui.full_text_child import GATE, events
from tests.tui.screens.stage import Stage, shown, typed
from tests.tui.screens.text_stage import PARTS, all_there, header, reading, said, screen_of, text_world
from triage.settings import Settings

WIDE, NARROW = (120, 40), (80, 24)


def marked(app: Stage) -> list[str]:
    """What is marked on the screen as a match, the one that one is at in brackets."""
    pane = screen_of(app).text
    looks = {
        pane._look(style, "match"): "" for style in ("", "strong", "heading", "title", "emphasis", "dim")
    }
    here = {
        pane._look(style, "match-here"): "" for style in ("", "strong", "heading", "title", "emphasis", "dim")
    }
    found = []
    for row in range(pane.size.height):
        for segment in pane.render_line(row):
            if segment.style in here:
                found.append(f"[{segment.text}]")
            elif segment.style in looks:
                found.append(segment.text)
    return found


@pytest.mark.parametrize("size", [WIDE, NARROW])
async def test_matches_are_marked_and_counted_while_one_types(tmp_path: Path, size: tuple[int, int]) -> None:
    app = reading(text_world(tmp_path))
    async with app.run_test(size=size) as pilot:
        await all_there(pilot)
        await pilot.press("slash")
        await typed(pilot, "author")
        await all_there(pilot)
        assert "/author 1/30" in header(app)
        assert marked(app)[:2] == ["[Author]", "Author"]
        await typed(pilot, " 7")
        await all_there(pilot)
        assert "/author 7 1/1 " in header(app)
        assert marked(app) == ["[Author 7]"]
        await pilot.press("enter")
        assert marked(app) == ["[Author 7]"]
        assert "n Next" in shown(app)


@pytest.mark.parametrize("preset", ["mnemonic", "vim"])
async def test_n_goes_from_match_to_match_and_esc_ends_it(tmp_path: Path, preset: str) -> None:
    app = reading(text_world(tmp_path, settings=Settings(keys=preset)))
    async with app.run_test(size=NARROW) as pilot:
        await all_there(pilot)
        await pilot.press("slash")
        await typed(pilot, "sentence 12\n")
        await pilot.press("n", "n")
        assert "/sentence 12 3/20 · 2.1 Data" in header(app)
        assert "[Sentence 12]" in marked(app)
        await pilot.press("N", "N", "N")
        assert "/sentence 12 20/20 · 3 Results" in header(app)
        await pilot.press("escape")
        assert "sentence 12" not in header(app)
        assert marked(app) == []
        assert "3 Results" in header(app)
        assert "Tab Outline" in shown(app)
        await pilot.press("N")
        assert "/ searches" in said(app)
        await pilot.press("escape")
        assert app.result == ""


async def test_esc_while_typing_leads_back_to_where_one_was(tmp_path: Path) -> None:
    app = reading(text_world(tmp_path))
    async with app.run_test(size=NARROW) as pilot:
        await all_there(pilot)
        await pilot.press("]", "]", "down", "down")
        before = screen_of(app).text.place
        await pilot.press("slash")
        await typed(pilot, "author 30")
        await all_there(pilot)
        assert screen_of(app).text.place != before
        await pilot.press("escape")
        assert screen_of(app).text.place == before
        assert marked(app) == []


async def test_the_arrows_go_from_match_to_match_while_one_types(tmp_path: Path) -> None:
    app = reading(text_world(tmp_path))
    async with app.run_test(size=NARROW) as pilot:
        await all_there(pilot)
        await pilot.press("slash")
        await typed(pilot, "author")
        await pilot.press("down", "down")
        assert "/author 3/30" in header(app)
        await pilot.press("up", "enter", "n")
        assert "/author 3/30" in header(app)


async def test_what_is_not_there_is_said_and_the_text_stays(tmp_path: Path) -> None:
    app = reading(text_world(tmp_path))
    async with app.run_test(size=NARROW) as pilot:
        await all_there(pilot)
        await pilot.press("]", "]")
        before = screen_of(app).text.place
        await pilot.press("slash")
        await typed(pilot, "nobody\n")
        assert "/nobody 0" in header(app)
        assert said(app) == "Nothing here matches 'nobody'."
        assert screen_of(app).text.place == before


async def test_a_search_goes_on_in_what_comes_later(tmp_path: Path) -> None:
    told = events(PARTS)
    app = reading(text_world(tmp_path, [*told[:4], GATE, *told[4:]]))
    async with app.run_test(size=NARROW) as pilot:
        while "part 2" not in header(app):
            await pilot.pause(0.02)
        await pilot.press("slash")
        await typed(pilot, "author 9")
        assert "/author 9 0+" in header(app)
        (tmp_path / "text" / "gate").touch()
        await all_there(pilot)
        assert "/author 9 1/1 " in header(app)
        assert marked(app) == ["[Author 9]"]


async def test_a_match_in_a_column_that_is_not_in_view_is_shown(tmp_path: Path) -> None:
    app = reading(text_world(tmp_path))
    async with app.run_test(size=NARROW) as pilot:
        await all_there(pilot)
        await pilot.press("slash")
        await typed(pilot, "cell 17\n")
        assert marked(app) == ["[cell 17]"]
        assert "Column 17" in shown(app)


async def test_the_query_is_there_to_go_on_with(tmp_path: Path) -> None:
    app = reading(text_world(tmp_path))
    async with app.run_test(size=NARROW) as pilot:
        await all_there(pilot)
        await pilot.press("slash")
        await typed(pilot, "author\n")
        await pilot.press("slash")
        await typed(pilot, " 12\n")
        assert "/author 12 1/1" in header(app)
