"""Adding by ids and links: at once, from the clipboard, and nothing but ids and web links."""

import threading
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from textual import events
from textual.pilot import Pilot

from tests.tui.screens.stage import NOW, PAPERS, Clip, Stage, keep, shown, through_all_sizes, typed, world_in
from triage.actions import decide
from triage.ports import World
from triage.steps import HAULS, Change
from triage.steps import PAPERS as TABLE
from triage.tui.screens.add import Added, AddField, AddScreen
from triage.tui.widgets.footer import Footer

PAGE = "https://example.org/a"


async def settled(pilot: Pilot[None]) -> None:
    """The clipboard was read, and what came of it is on the screen."""
    await pilot.app.workers.wait_for_complete()
    await pilot.pause()


@dataclass
class SlowClip(Clip):
    """A clipboard that does not answer before it may."""

    may: threading.Event = field(default_factory=threading.Event)

    def paste(self) -> str | None:
        self.may.wait(20)
        return self.holds


def published(world: World, key: str) -> None:
    """A haul 17 that has a paper."""
    keep(world, PAPERS[3])
    told = [Change(HAULS, "haul-a", ("entries", key), None, {"link": key, "title": "T", "note": ""})]
    told += [Change(HAULS, "haul-a", ("number",), None, 17)]
    told += [Change(HAULS, "haul-a", ("published_at",), None, "2025-09-03T00:00:00.000Z")]
    world.library.record("publish", [*told, Change(TABLE, key, ("haul",), "current", "haul-a")])


@pytest.mark.parametrize(
    "held", ["2306.07899", " https://arxiv.org/abs/2306.07899v2\n", "arXiv:2306.07899", PAGE]
)
async def test_the_clipboards_link_is_there_already_and_enter_adds_it(tmp_path: Path, held: str) -> None:
    world = world_in(tmp_path, clip=Clip(held))
    app = Stage(AddScreen(world))
    async with app.run_test() as pilot:
        await settled(pilot)
        await pilot.press("enter")
        await pilot.pause()
    key = PAGE if held == PAGE else "2306.07899"
    assert app.result == Added((key,), "", f"Added: {key}")
    assert (world.library.paper(key) or {})["haul"] == "current"


@pytest.mark.parametrize(
    "held", [None, "", "some words", "javascript:alert(1)", "https://u:p@b.c/", "x" * 500_000]
)
async def test_a_clipboard_without_a_link_fills_in_nothing(tmp_path: Path, held: str | None) -> None:
    app = Stage(AddScreen(world_in(tmp_path, clip=Clip(held))))
    async with app.run_test() as pilot:
        await settled(pilot)
        assert app.screen.query_one(AddField).value == ""


async def test_of_what_the_clipboard_holds_only_what_can_be_added_is_filled_in(tmp_path: Path) -> None:
    world = world_in(tmp_path, clip=Clip(f"See {PAPERS[1].id}, {PAPERS[2].id} and {PAGE}."))
    keep(world, PAPERS[1])
    app = Stage(AddScreen(world))
    async with app.run_test() as pilot:
        await settled(pilot)
        assert app.screen.query_one(AddField).value == f"{PAPERS[2].id} {PAGE}"


async def test_a_slow_clipboard_holds_nothing_up_and_does_not_overwrite_what_is_typed(tmp_path: Path) -> None:
    clip = SlowClip(PAGE)
    app = Stage(AddScreen(world_in(tmp_path, clip=clip)))
    async with app.run_test() as pilot:
        await typed(pilot, PAPERS[1].id)
        clip.may.set()
        await settled(pilot)
        assert app.screen.query_one(AddField).value == PAPERS[1].id


async def test_enter_before_the_clipboard_is_read_adds_what_it_holds_then(tmp_path: Path) -> None:
    clip = SlowClip(PAGE)
    app = Stage(AddScreen(world_in(tmp_path, clip=clip)))
    async with app.run_test() as pilot:
        await pilot.press("enter")
        await pilot.pause()
        assert app.screen.query_one(Footer).said == "Reading the clipboard …"
        clip.may.set()
        await settled(pilot)
    assert app.result == Added((PAGE,), "", f"Added: {PAGE}")


async def test_several_are_one_step_and_what_is_found_is_shown_first(tmp_path: Path) -> None:
    world = world_in(tmp_path)
    keep(world, PAPERS[4])
    published(world, PAPERS[3].id)
    app = Stage(AddScreen(world))
    async with app.run_test(size=(100, 24)) as pilot:
        app.screen.query_one(
            AddField
        ).value = f"{PAPERS[1].id} {PAGE} {PAPERS[4].id} {PAPERS[3].id} https://me:pw@example.org/"
        await pilot.pause()
        screen = shown(app)
        rows = [" ".join(row.split()) for row in screen.splitlines()]
        assert f"+ A survey of surveys {PAPERS[1].id}" in rows
        assert f"+ {PAGE}" in rows
        assert "· Estimating what nobody asked in this haul" in rows
        assert "· Dimensions of a haul kept in haul 17, 3 Sep 2025" in rows
        assert "! https://me:pw@example.org/ is not followed" in rows
        assert "4 found" in screen
        assert "Enter Add 2, and write the first one's note" in screen
        await pilot.press("enter")
        await pilot.pause()
    added = app.result
    assert added.keys == (PAPERS[1].id, PAGE)
    assert added.sentence == (
        "Added 2: A survey of surveys, … In this haul already: Estimating what nobody asked · 1 more"
    )
    world.library.undo()
    assert {one["id"] for one in world.library.in_haul("current")} == {PAPERS[4].id}


async def test_what_is_in_a_published_haul_is_gone_to_or_added_anew(tmp_path: Path) -> None:
    world = world_in(tmp_path)
    published(world, PAPERS[3].id)
    for key in ("enter", "f2"):
        app = Stage(AddScreen(world))
        async with app.run_test(size=(100, 24)) as pilot:
            await typed(pilot, PAPERS[3].id)
            await pilot.pause()
            assert "Enter Go there   F2 Add anew" in shown(app)
            await pilot.press(key)
            await pilot.pause()
        kept = [one["id"] for one in world.library.in_haul("current")]
        if key == "enter":
            told = "Kept in haul 17, 3 Sep 2025: Dimensions of a haul"
            assert (app.result, kept) == (Added((), PAPERS[3].id, told, "haul-a"), [])
        else:
            assert (app.result.keys, kept) == ((PAPERS[3].id,), [PAPERS[3].id])


async def test_typing_replaces_what_the_clipboard_held(tmp_path: Path) -> None:
    world = world_in(tmp_path, clip=Clip("2306.07899"))
    app = Stage(AddScreen(world))
    async with app.run_test() as pilot:
        await settled(pilot)
        await typed(pilot, PAPERS[1].id + "\n")
        await pilot.pause()
    assert app.result == Added((PAPERS[1].id,), "", "Added: A survey of surveys")


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
        await settled(pilot)
        app.screen.query_one(AddField).value = wrong
        await pilot.press("enter")
        await pilot.pause()
        assert app.result == "not dismissed"
        assert "is neither an arXiv id nor a web link" in app.screen.query_one(Footer).said
        await pilot.press("a")
        await pilot.pause()
        assert app.screen.query_one(Footer).said == ""
    assert list(world.library.papers()) == []


async def test_of_a_pasted_text_the_links_are_taken(tmp_path: Path) -> None:
    app = Stage(AddScreen(world_in(tmp_path)))
    async with app.run_test() as pilot:
        await settled(pilot)
        field = app.screen.query_one(AddField)
        field.post_message(events.Paste("Have you seen arXiv:2306.07899v2,\nor https://example.org/a?"))
        await pilot.pause()
        assert field.value == "2306.07899 https://example.org/a"
        field.post_message(events.Paste(f"{PAGE}\n{PAPERS[1].id}\n"))
        await pilot.pause()
        assert field.value == f"2306.07899 https://example.org/a {PAGE} {PAPERS[1].id}"


async def test_pasting_a_hostile_text_leaves_one_harmless_line(tmp_path: Path) -> None:
    app = Stage(AddScreen(world_in(tmp_path)))
    async with app.run_test() as pilot:
        field = app.screen.query_one(AddField)
        field.post_message(events.Paste("\x1b]52;c;eA==\x07\nq\n"))
        await pilot.pause()
        assert field.value == "]52;c;eA== q"
        field.post_message(events.Paste("x\x1b]52;c;eA==\x07https://example.org/\nq\n"))
        await pilot.pause()
        assert field.value == "]52;c;eA== q https://example.org/"
        assert "\x1b" not in shown(app)


async def test_what_is_in_the_haul_already_is_said_and_stays_one(tmp_path: Path) -> None:
    world = world_in(tmp_path)
    keep(world, PAPERS[1])
    app = Stage(AddScreen(world))
    async with app.run_test() as pilot:
        await typed(pilot, PAPERS[1].id + "\n")
        await pilot.pause()
    assert app.result == Added((), PAPERS[1].id, "In this haul already: A survey of surveys")
    assert len(list(world.library.history())) == 1


async def test_what_another_process_added_meanwhile_is_not_added_twice(tmp_path: Path) -> None:
    world = world_in(tmp_path)
    app = Stage(AddScreen(world))
    async with app.run_test() as pilot:
        await typed(pilot, PAPERS[1].id)
        decide.keep(world.library, [PAPERS[1]], NOW)
        await pilot.press("enter")
        await pilot.pause()
    assert app.result.there == PAPERS[1].id


async def test_esc_adds_nothing(tmp_path: Path) -> None:
    world = world_in(tmp_path, clip=Clip("2306.07899"))
    app = Stage(AddScreen(world))
    async with app.run_test() as pilot:
        await settled(pilot)
        await pilot.press("escape")
        await pilot.pause()
    assert app.result is None
    assert list(world.library.papers()) == []


async def test_many_are_shown_in_a_list_that_scrolls(tmp_path: Path) -> None:
    app = Stage(AddScreen(world_in(tmp_path)))
    async with app.run_test(size=(80, 24)) as pilot:
        ids = [f"2306.{number:05}" for number in range(300)]
        app.screen.query_one(AddField).value = " ".join(ids)
        await pilot.pause()
        assert "300 found" in shown(app)
        assert "Enter Add 300" in shown(app)
        assert ids[0] in shown(app).splitlines()[-9]
        await pilot.press("pagedown")
        await pilot.pause()
        assert ids[7] in shown(app).splitlines()[-9]


async def test_it_stands_at_any_size(tmp_path: Path) -> None:
    app = Stage(AddScreen(world_in(tmp_path)))
    async with app.run_test() as pilot:
        app.screen.query_one(AddField).value = f"{PAGE} {PAPERS[1].id} http://[::1 {PAPERS[2].id}"
        await through_all_sizes(pilot)
