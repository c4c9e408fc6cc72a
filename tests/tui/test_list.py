"""The list of the main screen: marks, places one comes back to, and what is said of what was done."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from textual.color import Color
from textual.pilot import Pilot

from tests.importing import import_post
from tests.tui.screens.stage import NOW, paper, shown
from tests.tui.screens_at_once import LATER
from tests.tui.test_main_screen import STACKED, WIDE, cursor_line, opened, press, progress, with_other_days
from triage.tui.app import TriageApp

POST = (
    "---\ntitle: ML Arxiv Haul ~20\n---\n\n## Comments / Criticism\n\n- Good.\n\n## New Paper Content\n\n"
    + "<br/>\n" * 3
)
LONG = "A title that is a good deal longer than forty characters but fits a wide screen"


async def test_all_open_papers_begin_at_the_paper_and_lead_back_to_it(tmp_path: Path) -> None:
    app = TriageApp(with_other_days(opened(tmp_path)), LATER)
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, "]", "down", "down")
        screen = await press(pilot, "A")
        assert "0/13" in progress(screen)
        assert "Brackets" in cursor_line(screen)
        screen = await press(pilot, "end", "A")
        assert "Fri 20 Nov 2026" in progress(screen)
        assert "Brackets" in cursor_line(screen)


async def test_a_held_paper_has_the_mark_of_the_haul_screen(tmp_path: Path) -> None:
    app = TriageApp(opened(tmp_path), LATER)
    async with app.run_test(size=WIDE) as pilot:
        screen = await press(pilot, ">", "k", "up", "up")
        assert cursor_line(screen).startswith("▌> Counting")
        assert " ✓ A survey" in screen
        screen = await press(pilot, "k")
        assert cursor_line(screen).startswith("▌✓ Counting")


@pytest.mark.parametrize("theme", ["nord", "textual-light"])
async def test_a_skipped_paper_can_be_read_under_the_cursor(tmp_path: Path, theme: str) -> None:
    app = TriageApp(opened(tmp_path), LATER)
    async with app.run_test(size=WIDE) as pilot:
        app.theme = theme
        await press(pilot, "s", "up")
        assert written(app, "▌– Counting", "Counting") >= 3, "WCAG 2.2, 1.4.11"


@pytest.mark.parametrize("theme", ["nord", "textual-dark", "textual-light"])
async def test_keys_and_filter_can_be_read_in_every_light(tmp_path: Path, theme: str) -> None:
    app = TriageApp(opened(tmp_path), LATER)
    async with app.run_test(size=WIDE) as pilot:
        app.theme = theme
        await press(pilot, "/", *"ring", "enter")
        assert written(app, " k Keep", "k") >= 2.75, "the accent for text, on the panel of textual-light"
        assert written(app, " Fri 20 Nov 2026", "/ring") >= 2.75


def written(app: TriageApp, line: str, text: str) -> float:
    """The contrast of a text on the line that begins so."""
    row = next(strip for strip in app.screen._compositor.render_strips() if strip.text.startswith(line))
    style = next(segment.style for segment in row if text in segment.text)
    assert style is not None
    assert style.color is not None
    assert style.bgcolor is not None
    return contrast(Color.from_rich_color(style.color), Color.from_rich_color(style.bgcolor))


def contrast(one: Color, other: Color) -> float:
    """The contrast ratio of WCAG 2.2."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: Color) -> float:
    """The relative luminance of WCAG 2.2."""
    parts = [part / 255 for part in colour.rgb]
    red, green, blue = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    ]
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


async def test_esc_leads_back_from_a_filter_that_matches_nothing(tmp_path: Path) -> None:
    app = TriageApp(opened(tmp_path), LATER)
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, "down", "down", "down", "slash", *"zz")
        assert "Dimensions" in cursor_line(await press(pilot, "escape"))
        await press(pilot, "slash", *"zz", "enter")
        assert "Dimensions" in cursor_line(await press(pilot, "escape"))


async def test_a_title_is_said_whole_where_there_is_room(tmp_path: Path) -> None:
    world = opened(tmp_path)
    world.archive.store(date(2026, 11, 18), [paper(50, LONG)], {})
    app = TriageApp(world, LATER)
    async with app.run_test(size=(150, 30)) as pilot:
        assert f"Undone: skip of “{LONG}”." in await press(pilot, "s", "u")
        await pilot.resize_terminal(80, 24)
        assert f"“{LONG[:39]}…”" in await press(pilot, "s", "u")


async def test_what_was_said_is_not_said_again_after_the_haul(tmp_path: Path) -> None:
    app = TriageApp(opened(tmp_path), LATER)
    async with app.run_test(size=WIDE) as pilot:
        assert "Undone" in await press(pilot, "k", "u")
        assert "Undone" not in await press(pilot, "h", "q")


async def test_enter_says_where_the_full_text_is(tmp_path: Path) -> None:
    app = TriageApp(opened(tmp_path), LATER)
    async with app.run_test(size=WIDE) as pilot:
        assert "o opens the page" in await press(pilot, "enter")
        assert "Counting" in cursor_line(shown(app))


async def test_the_words_of_the_footer_can_be_clicked(tmp_path: Path) -> None:
    app = TriageApp(opened(tmp_path), LATER)
    async with app.run_test(size=WIDE) as pilot:
        for word, then in (
            ("Keep", "1/5 · 1 kept"),
            ("Undo", "0/5 · 0 kept"),
            ("Filter", "Enter To the list"),
        ):
            await click(pilot, word)
            assert then in shown(app)
        await click(pilot, "Clear")
        assert "Keep" in shown(app).splitlines()[-1]
        await click(pilot, "Help")
        assert "type to search the keys" in shown(app)


async def click(pilot: Pilot[None], word: str) -> None:
    """Click a word of the last line."""
    at = shown(pilot.app).splitlines()[-1].index(word)
    await pilot.click("#footer", offset=(at, 0))
    await pilot.pause()


async def test_undoing_an_import_names_the_haul(tmp_path: Path) -> None:
    world = opened(tmp_path)
    place = f"{tmp_path}/post.md"
    world.posts.write(place, POST.encode())
    import_post(world.library, world.archive, world.posts, world.settings, place, NOW)
    app = TriageApp(world, LATER)
    async with app.run_test(size=WIDE) as pilot:
        assert "Undone: import of haul 20." in await press(pilot, "u")
        assert "Done again: import of haul 20." in await press(pilot, "U")


async def test_every_folded_section_can_be_unfolded_by_keys(tmp_path: Path) -> None:
    app = TriageApp(with_other_days(opened(tmp_path)), LATER)
    async with app.run_test(size=WIDE) as pilot:
        assert "Replacements 1 ›" in shown(app)
        screen = await press(pilot, "left", "left")
        assert "Everything is folded away." in screen
        assert "New 2 ›" in screen
        screen = await press(pilot, "home", "down", "down")
        assert cursor_line(screen).startswith("▌Replacements 1 ›")
        screen = await press(pilot, "right")
        assert "Replacements 1 ›" not in screen
        assert "On the number 103" in cursor_line(screen)
        assert "New 2 ›" in screen


async def test_much_that_is_damaged_is_told_calmly(tmp_path: Path) -> None:
    faults = tuple(f"config.toml, line {line}: [haul] has no key {line}." for line in range(1, 6))
    app = TriageApp(replace(opened(tmp_path), faults=faults), LATER)
    async with app.run_test(size=STACKED) as pilot:
        screen = " ".join((await press(pilot)).split())
        assert (
            "line 1: [haul] has no key 1. And 4 more: `triage check` tells of all that is damaged." in screen
        )
        assert "line 2" not in screen
