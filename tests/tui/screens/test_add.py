"""Adding by id or link: at once, from the clipboard, and nothing but ids and web links."""

import json
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest
from textual import events

from tests.tui.screens.stage import PAPERS, Clip, Stage, keep, shown, through_all_sizes, typed, world_in
from triage.tui.screens.add import Added, AddScreen, look_up, pasted_key
from triage.tui.widgets.field import Field
from triage.tui.widgets.footer import Footer


@pytest.mark.parametrize(
    "held",
    ["2306.07899", " https://arxiv.org/abs/2306.07899v2\n", "arXiv:2306.07899", "https://example.org/a"],
)
async def test_the_clipboards_link_is_there_already_and_enter_adds_it(tmp_path: Path, held: str) -> None:
    world = world_in(tmp_path, clip=Clip(held))
    app = Stage(AddScreen(world))
    async with app.run_test() as pilot:
        await pilot.press("enter")
        await pilot.pause()
    key = "https://example.org/a" if "example" in held else "2306.07899"
    assert app.result == Added(key, f"Added: {key}", known=False)
    assert (world.library.paper(key) or {})["haul"] == "current"


@pytest.mark.parametrize(
    "held", [None, "", "some words", "javascript:alert(1)", "x" * 5000, "a\nhttps://b.c"]
)
def test_a_clipboard_without_a_link_fills_in_nothing(held: str | None) -> None:
    assert pasted_key(held) == ""


async def test_typing_replaces_what_the_clipboard_held(tmp_path: Path) -> None:
    world = world_in(tmp_path, clip=Clip("2306.07899"))
    app = Stage(AddScreen(world))
    async with app.run_test() as pilot:
        await typed(pilot, PAPERS[1].id + "\n")
        await pilot.pause()
    assert app.result == Added(PAPERS[1].id, "Added: A survey of surveys", known=False)


@pytest.mark.parametrize(
    "wrong",
    [
        "",
        "nonsense",
        "javascript:alert(1)",
        "file:///etc/passwd",
        "--opt",
        "https://user:pw@example.org/",
        "https://exam ple.org",
        "http://[::1",
        "http://example.org:99999/",
        "http:///path",
        "ftp://example.org/a",
    ],
)
async def test_what_is_no_id_and_no_web_link_is_refused_with_a_sentence(tmp_path: Path, wrong: str) -> None:
    world = world_in(tmp_path)
    app = Stage(AddScreen(world))
    async with app.run_test(size=(100, 24)) as pilot:
        app.screen.query_one(Field).value = wrong
        await pilot.press("enter")
        await pilot.pause()
        assert app.result == "not dismissed"
        assert "is neither an arXiv id nor a web link" in app.screen.query_one(Footer).said
        await pilot.press("a")
        await pilot.pause()
        assert app.screen.query_one(Footer).said == ""
    assert list(world.library.papers()) == []


async def test_pasting_a_hostile_text_leaves_one_harmless_line(tmp_path: Path) -> None:
    app = Stage(AddScreen(world_in(tmp_path)))
    async with app.run_test() as pilot:
        pasted = events.Paste("\x1b]52;c;eA==\x07https://example.org/\nq\n")
        app.screen.query_one(Field).post_message(pasted)
        await pilot.pause()
        assert app.screen.query_one(Field).value == "]52;c;eA==https://example.org/ q"
        assert "\x1b" not in shown(app)


async def test_what_is_in_the_haul_already_is_said_and_stays_one(tmp_path: Path) -> None:
    world = world_in(tmp_path)
    keep(world, PAPERS[1])
    app = Stage(AddScreen(world))
    async with app.run_test() as pilot:
        await typed(pilot, PAPERS[1].id + "\n")
        await pilot.pause()
    assert app.result == Added(PAPERS[1].id, "In this haul already: A survey of surveys", known=True)
    assert len(list(world.library.history())) == 1


async def test_esc_adds_nothing(tmp_path: Path) -> None:
    world = world_in(tmp_path, clip=Clip("2306.07899"))
    app = Stage(AddScreen(world))
    async with app.run_test() as pilot:
        await pilot.press("escape")
        await pilot.pause()
    assert app.result is None
    assert list(world.library.papers()) == []


def child(*events: object) -> Sequence[str]:
    return [sys.executable, "-c", f"for line in {[json.dumps(event) for event in events]!r}: print(line)"]


async def test_details_are_looked_up_behind_and_what_the_user_corrected_stays(tmp_path: Path) -> None:
    key = "https://example.org/a"
    record = {"id": key, "title": "Found\x1b[31m title", "abstract": "What it is about.", "site": "Example"}
    world = world_in(tmp_path, clip=Clip(key), look_up=child({"event": "paper", "record": record}))
    app = Stage(AddScreen(world))
    async with app.run_test() as pilot:
        await pilot.press("enter")
    told: list[tuple[str, bool]] = []
    await look_up(world, key, lambda *one: told.append(one))
    assert told == [("Found: Found[31m title", False)]
    assert (world.library.paper(key) or {})["abstract"] == "What it is about."


async def test_a_look_up_that_fails_says_so_and_keeps_the_entry(tmp_path: Path) -> None:
    key = "2306.07899"
    failed = {"event": "error", "key": key, "sentence": "arXiv did not answer; r tries again."}
    world = world_in(tmp_path, clip=Clip(key), look_up=child(failed))
    app = Stage(AddScreen(world))
    async with app.run_test() as pilot:
        await pilot.press("enter")
    told: list[tuple[str, bool]] = []
    await look_up(world, key, lambda *one: told.append(one))
    assert told == [("arXiv did not answer; r tries again.", True)]
    assert (world.library.paper(key) or {})["haul"] == "current"


async def test_it_stands_at_any_size(tmp_path: Path) -> None:
    app = Stage(AddScreen(world_in(tmp_path)))
    async with app.run_test() as pilot:
        await pilot.press("x", "enter")
        await through_all_sizes(pilot)
