"""Writing a note on the main screen: where the cursor stands, what is typed, what a kill leaves."""

from dataclasses import replace
from pathlib import Path

import pytest
from textual import events

from tests.tui.screens.stage import DAY, NOW, PAPERS, keep, paper, shown, typed
from tests.tui.screens_at_once import LATER
from tests.tui.test_main_screen import STACKED, WIDE, cursor_line, opened, press, until
from triage import card
from triage.actions.note import note_of, write
from triage.haul import Entry
from triage.ledger import Completeness, ListingState, Sections
from triage.library import open_library
from triage.ports import World
from triage.tui.app import TriageApp


def with_many(world: World) -> World:
    """The same with forty papers more on its day."""
    state = ListingState(
        "math.NT", Completeness.COMPLETE, DAY.isoformat(), sections=Sections(45), source="rss"
    )
    papers = [replace(paper(100 + at), listed=DAY.isoformat()) for at in range(40)]
    world.archive.store(DAY, papers, {"math.NT": state})
    return world


async def test_the_cursor_is_in_sight_when_the_note_of_the_last_paper_is_closed(tmp_path: Path) -> None:
    app = TriageApp(with_many(opened(tmp_path)), LATER)
    async with app.run_test(size=STACKED) as pilot:
        screen = await press(pilot, "k", "end", "N", *"far", "escape")
        assert "On the number 139" in cursor_line(screen)


async def test_the_cursor_is_in_sight_when_the_terminal_changed_while_a_note_was_written(
    tmp_path: Path,
) -> None:
    app = TriageApp(with_many(opened(tmp_path)), LATER)
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, *["down"] * 30, "n")
        await pilot.resize_terminal(*STACKED)
        await pilot.pause()
        screen = await press(pilot, "escape")
        assert "▌" in screen
        await press(pilot, "n")
        await pilot.resize_terminal(120, 12)
        await pilot.pause()
        screen = await press(pilot, "escape")
        assert "▌" in screen


async def test_a_note_that_no_post_gives_back_is_named_with_its_line(tmp_path: Path) -> None:
    entry = card.write(Entry("a", "https://a.example", "A card that was pasted", "It begins so."))
    app = TriageApp(opened(tmp_path), LATER)
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, "n")
        app.post_message(events.Paste(f"fine\n\n<hr/>\n{entry}"))
        await pilot.pause()
        screen = await press(pilot, "escape")
        assert "Saved, but line 3 would not read back as it is" in screen
        assert "would not" not in await press(pilot, "n", "escape"), "it is said when it is saved"
        assert "would not" not in await press(pilot, "n", *"a plain note", "escape")


async def test_a_start_says_what_was_being_typed_when_the_app_ended(tmp_path: Path) -> None:
    world = opened(tmp_path)
    world.library.save_draft("2611.00002", "half a tho")
    world.library.save_draft("comment:new", "half")
    app = TriageApp(world, LATER)
    async with app.run_test(size=WIDE) as pilot:
        screen = await until(pilot, "A note was being typed on “A survey of surveys”")
        assert "A comment was being typed" in screen
        assert "half a tho" in await press(pilot, "down", "n")


async def test_a_bare_line_feed_and_the_spaces_of_unicode_are_typed(tmp_path: Path) -> None:
    app = TriageApp(opened(tmp_path), LATER)
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, "n", "a", "ctrl+j", "b")
        for space in "\N{HAIR SPACE}\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}":
            app.post_message(events.Key(space, space))
        await press(pilot, "c", "tab", "d", "escape")
    expected = "a\nb\N{HAIR SPACE}\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}c\td"
    assert note_of(app.world.library, "2611.00001") == expected


@pytest.mark.parametrize("size", [WIDE, STACKED])
async def test_the_note_has_one_rule_written_and_read(tmp_path: Path, size: tuple[int, int]) -> None:
    app = TriageApp(opened(tmp_path), LATER)
    async with app.run_test(size=size) as pilot:
        await press(pilot, "n")
        await typed(pilot, "text")
        assert "── note ───" in shown(app)
        screen = await press(pilot, "escape", "up")
        assert "── note ───" in screen


async def test_a_note_with_every_kind_of_line_end_is_not_changed_by_opening_it(tmp_path: Path) -> None:
    world = opened(tmp_path)
    odd = "a\x0bb\x0cc\x85d\u2028e\x1cf\rg\n\u2029h"
    write(world.library, PAPERS[0], odd, NOW)
    steps = len(list(world.library.history()))
    app = TriageApp(world, LATER)
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, "home", "n", "escape")
        assert len(list(world.library.history())) == steps
        await press(pilot, "home", "n", "!", "escape")
    assert note_of(world.library, "2611.00001") == f"{odd}!"


async def test_pasted_line_ends_of_every_system_are_line_ends(tmp_path: Path) -> None:
    app = TriageApp(opened(tmp_path), LATER)
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, "n")
        app.post_message(events.Paste("a\rb\r\nc\nd"))
        await pilot.pause()
        await press(pilot, "escape")
    assert note_of(app.world.library, "2611.00001") == "a\nb\nc\nd"


async def test_the_cursor_stays_where_a_library_for_reading_only_takes_no_note(tmp_path: Path) -> None:
    world = opened(tmp_path)
    keep(world, PAPERS[0])
    world.library.close()
    read_only = open_library(tmp_path / "data", state=tmp_path / "state", read_only=True)
    app = TriageApp(replace(world, library=read_only), LATER)
    async with app.run_test(size=WIDE) as pilot:
        before = cursor_line(await press(pilot, "down", "down"))
        assert "for reading only" in await press(pilot, "N")
        assert cursor_line(await press(pilot, "down", "up")) == before
    read_only.close()
