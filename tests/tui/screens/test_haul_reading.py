"""The haul screen, by its keys: what it shows, and how one moves in it."""

from pathlib import Path

import pytest

from tests.tui.screens.haul_stage import WIDE, haul_world, under_cursor
from tests.tui.screens.stage import NOW, PAPERS, Stage, shown, through_all_sizes
from triage.actions import comment, decide
from triage.ports import World
from triage.tui.screens.haul import HaulScreen
from triage.tui.widgets.line_pane import LinePane
from triage.tui.widgets.post_preview import PostPreview


@pytest.fixture
def world(tmp_path: Path) -> World:
    """Three entries of which one has a note, one held paper, two comments."""
    return haul_world(tmp_path)


async def test_it_lists_comments_entries_in_the_posts_order_and_what_is_held(world: World) -> None:
    app = Stage(HaulScreen(world))
    async with app.run_test(size=WIDE):
        rows = [line[:46].strip(" ▌▏│") for line in shown(app).splitlines()[1:13]]
    assert rows[:11] == [
        "Comments 2",
        "• The first comment",
        "• The second comment",
        "",
        "Entries 3",
        "A survey of surveys",
        "Brackets [/INST] [@click=app.quit] and…",
        "Counting to n² in linear time            ✎",
        "",
        "Held 1",
        "> Estimating what nobody asked",
    ]


async def test_the_preview_draws_front_matter_comments_cards_and_notes(world: World) -> None:
    app = Stage(HaulScreen(world))
    async with app.run_test(size=WIDE):
        text = app.screen.query_one(PostPreview).text
    assert "title         ML Arxiv Haul ~1\n" in text
    assert "snippet       3 more ML papers and comments\n" in text
    assert "• The first comment\n" in text
    assert "▎ Counting to n² in linear time\n▎ https://arxiv.org/abs/2611.00001\n" in text
    assert "\nOne line.\nAnother line.\n" in text + "\n"
    assert "Brackets [/INST] [@click=app.quit] and [red]colour[/red]" in text


async def test_the_preview_follows_the_cursor(world: World) -> None:
    app = Stage(HaulScreen(world))
    async with app.run_test(size=(120, 12)) as pilot:
        await pilot.press("end")
        await pilot.press("up")
        await pilot.pause()
        assert under_cursor(app) == "Counting to n² in linear time"
        assert "▎ Counting to n²" in shown(app)
        await pilot.press("up")
        await pilot.pause()
        assert app.screen.query_one(PostPreview).part == PAPERS[2].id


async def test_at_80_columns_the_panes_stand_one_above_the_other_and_nothing_is_cut(world: World) -> None:
    app = Stage(HaulScreen(world))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("end", "up")
        await pilot.pause()
        words = " ".join(shown(app).replace("▎", "").split())
    assert "Counting is slow. " * 6 + "Counting is…" in words


async def test_the_part_that_is_looked_at_stays_in_view_when_the_terminal_changes(world: World) -> None:
    app = Stage(HaulScreen(world))
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("end", "up", "up")
        await pilot.pause()
        await pilot.resize_terminal(120, 14)
        await pilot.pause()
        assert app.screen.query_one(PostPreview).part == PAPERS[2].id


async def test_the_next_entry_without_a_note(world: World) -> None:
    app = Stage(HaulScreen(world))
    async with app.run_test(size=WIDE) as pilot:
        found = []
        for _ in range(3):
            await pilot.press("]")
            found.append(under_cursor(app)[:8])
    assert found == ["A survey", "Brackets", "A survey"]


async def test_t_shows_the_posts_exact_text_and_back(world: World) -> None:
    app = Stage(HaulScreen(world))
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("t")
        await pilot.pause()
        text = app.screen.query_one("#haul-text", LinePane).text
        assert text.startswith("---\ntitle: ML Arxiv Haul ~1\n")
        assert "One line.<br/>Another *line*." in text
        assert text.endswith("<br/>\n<br/>\n<br/>\n")
        await pilot.press("t")
        await pilot.pause()
        assert "▎ A survey of surveys" in shown(app)


async def test_a_row_of_the_exact_text_that_goes_on_bears_a_mark(world: World) -> None:
    app = Stage(HaulScreen(world))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("t")
        await pilot.pause()
        rows = app.screen.query_one("#haul-text", LinePane).text.split("\n")
    at = next(at for at, row in enumerate(rows) if "Counting is slow." in row)
    assert rows[at + 1].startswith("↳ ")
    assert rows[at + 2].strip().startswith("<")


async def test_a_comment_is_drawn_as_the_post_has_it(world: World) -> None:
    comment.add(world.library, "## A heading\n\nand words")
    comment.add(world.library, "Two lines\nof one")
    app = Stage(HaulScreen(world))
    async with app.run_test(size=WIDE) as pilot:
        await pilot.pause()
        text = app.screen.query_one(PostPreview).text
    assert "• The second comment\n\nA heading\n\nand words\n\n• Two lines of one\n" in text


async def test_tab_goes_to_the_preview_and_the_keys_scroll_it(world: World) -> None:
    app = Stage(HaulScreen(world))
    async with app.run_test(size=(120, 12)) as pilot:
        await pilot.press("tab", "end")
        await pilot.pause()
        assert "Another line." in shown(app)
        assert under_cursor(app) == "The first comment"
        await pilot.press("home")
        await pilot.pause()
        assert "published_at" in shown(app)


async def test_what_another_process_did_shows(world: World) -> None:
    app = Stage(HaulScreen(world))
    async with app.run_test(size=WIDE) as pilot:
        decide.keep(world.library, [PAPERS[3]], NOW)
        app.screen._take_in()  # type: ignore[attr-defined]  # the timer's turn comes after half a second
        await pilot.pause()
        assert "Dimensions of a haul" in shown(app)


@pytest.mark.parametrize("keys", [["end"], ["down", "n"], ["P"], ["c"], ["down", "down", "i"], ["t", "tab"]])
async def test_it_stands_at_any_size(world: World, keys: list[str]) -> None:
    app = Stage(HaulScreen(world))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press(*keys)
        await through_all_sizes(pilot)
