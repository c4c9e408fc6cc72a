"""Adding from the main screen: the note is written under its own paper, and what was found is told."""

import json
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from tests.tui.screens.stage import typed
from tests.tui.screens_at_once import LATER
from tests.tui.test_main_screen import (
    STACKED,
    WIDE,
    cursor_line,
    opened,
    press,
    progress,
    until,
    with_other_days,
)
from triage.tui.app import TriageApp

PAGE = "https://example.org/page"


def child(*events: object) -> Sequence[str]:
    """A look-up that says these events."""
    return [sys.executable, "-c", f"for line in {[json.dumps(event) for event in events]!r}: print(line)"]


def title(screen: str) -> str:
    """The first line of the reader, beside the list."""
    return screen.splitlines()[2].partition("│")[2].strip()


async def test_the_note_of_a_paper_that_is_added_stands_under_that_paper_and_leads_back(
    tmp_path: Path,
) -> None:
    app = TriageApp(opened(tmp_path), LATER)
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, "a")
        await typed(pilot, "2611.00004\n")
        screen = await press(pilot)
        assert title(screen) == "Dimensions of a haul"
        assert "Dimensions" in cursor_line(screen)
        await typed(pilot, "mine")
        screen = await press(pilot, "escape")
        assert "Counting" in cursor_line(screen), "back where one was"
        assert "1/5 · 1 kept" in progress(screen)
    assert (app.world.library.paper("2611.00004") or {})["note"] == "mine"


async def test_a_paper_of_another_day_is_shown_while_its_note_is_written(tmp_path: Path) -> None:
    app = TriageApp(with_other_days(opened(tmp_path)), LATER)
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, "a")
        await typed(pilot, "2611.00202\n")
        screen = await press(pilot)
        assert "On the number 202" in cursor_line(screen)
        assert title(screen) == "On the number 202"
        assert "Thu 19 Nov 2026" in progress(await press(pilot, "escape"))


@pytest.mark.parametrize("size", [WIDE, STACKED])
async def test_what_is_in_no_listing_is_shown_alone_while_its_note_is_written(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    found = {"id": PAGE, "title": "A page on counting", "abstract": "It counts."}
    world = replace(opened(tmp_path), look_up=child({"event": "paper", "record": found}))
    app = TriageApp(world, LATER)
    async with app.run_test(size=size) as pilot:
        await press(pilot, "a")
        await typed(pilot, PAGE + "\n")
        await until(pilot, "Found: A page on counting")
        screen = await until(pilot, "It counts.")
        assert "Counting is slow." not in screen
        assert "Esc Save" in screen.splitlines()[-1], "the editor's keys stay in sight"
        await typed(pilot, "good")
        screen = await press(pilot, "escape")
        assert "Counting is slow." in screen
        screen = await press(pilot, "N")
        assert "It counts." in screen, "so does the note of the paper decided last"
        screen = await press(pilot, "escape", "'")
        screen = await press(pilot, "n")
        assert "It counts." in screen, "and a note from the decisions"
        assert "good" in screen


async def test_a_look_up_that_fails_is_told_beside_the_editor(tmp_path: Path) -> None:
    failed = {"event": "error", "key": PAGE, "sentence": "example.org answered 404: it is not there."}
    app = TriageApp(replace(opened(tmp_path), look_up=child(failed)), LATER)
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, "a")
        await typed(pilot, PAGE + "\n")
        screen = await until(pilot, "example.org answered 404")
    assert "Esc Save" in screen.splitlines()[-1]
