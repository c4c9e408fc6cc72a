"""The haul screen, by its keys: what is done to its parts and their notes."""

from dataclasses import replace
from pathlib import Path

import pytest
from textual import events

from tests.tui.screens.haul_stage import WIDE, haul_world, said, titles, under_cursor
from tests.tui.screens.stage import NOW, PAPERS, Stage, shown, typed, world_in
from triage.actions import decide, note
from triage.library import open_library
from triage.paper import Verdict
from triage.ports import NotSaved, World
from triage.settings import Settings
from triage.steps import Step
from triage.tui.screens.haul import HaulScreen
from triage.tui.widgets.note_editor import NoteEditor
from triage.tui.widgets.post_preview import PostPreview


@pytest.fixture
def world(tmp_path: Path) -> World:
    """Three entries of which one has a note, one held paper, two comments."""
    return haul_world(tmp_path)


async def test_n_edits_the_note_and_esc_saves_it(world: World) -> None:
    app = Stage(HaulScreen(world))
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("down", "down", "n")
        await typed(pilot, "Fine work")
        assert note.note_of(world.library, PAPERS[1].id) == ""
        await pilot.press("escape")
        await pilot.pause()
        assert note.note_of(world.library, PAPERS[1].id) == "Fine work"
        assert "Fine work" in app.screen.query_one(PostPreview).text
        assert said(app) == "Note saved."
        assert not app.screen.query_one(NoteEditor).display
        await pilot.press("n")
        assert said(app) == ""


@pytest.mark.parametrize("size", [(80, 24), (40, 12), (120, 20)])
async def test_one_writes_below_the_abstract_of_the_very_paper(world: World, size: tuple[int, int]) -> None:
    app = Stage(HaulScreen(world))
    async with app.run_test(size=size) as pilot:
        await pilot.press("end", "up", "n")
        await pilot.pause()
        text = shown(app)
        assert "── note · Counting to n²" in text
        assert "Counting is slow. Counting is slow" in text
        assert "A survey" not in text.replace("  A survey of surveys", "", 1)
        await pilot.press(*["pagedown"] * 9)
        await pilot.pause()
        above = shown(app).split("── note")[0].replace("│", " ")
        assert "slow." in above.rstrip(" ▏\n")[-200:]
        await pilot.press("escape")
        await pilot.pause()
        assert "Counting is…" in " ".join(shown(app).split())


async def test_a_note_that_would_not_read_back_is_named_with_its_line(world: World) -> None:
    app = Stage(HaulScreen(world))
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("down", "down", "n")
        bad = (
            '<hr/>\n\n<blockquote>\n    <a href="https://x.example">\n    <h4>T</h4>\n    </a>\n</blockquote>'
        )
        app.screen.query_one(NoteEditor).insert("Fine.\n\n" + bad)
        await pilot.press("escape")
        await pilot.pause()
        assert "line 3" in said(app)


async def test_a_note_that_cannot_be_saved_stays_in_the_editor(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> Step:
        raise NotSaved("The disk is full: nothing was saved; make room and press Esc again.")

    app = Stage(HaulScreen(world))
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("down", "down", "n")
        await typed(pilot, "precious")
        monkeypatch.setattr(type(world.library), "record", refuse)
        await pilot.press("escape")
        assert "disk is full" in said(app)
        assert app.screen.query_one(NoteEditor).text == "precious"
        monkeypatch.undo()
        await pilot.press("escape")
        assert note.note_of(world.library, PAPERS[1].id) == "precious"


async def test_what_is_typed_is_kept_as_a_draft_and_offered_again(world: World) -> None:
    world.library.save_draft(PAPERS[1].id, "half a thou")
    app = Stage(HaulScreen(world))
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("down", "down", "n")
        assert app.screen.query_one(NoteEditor).text == "half a thou"
        await pilot.press("escape")
        await pilot.pause()
    assert note.note_of(world.library, PAPERS[1].id) == "half a thou"
    assert world.library.draft(PAPERS[1].id) is None


@pytest.mark.parametrize(("key", "verdict"), [("s", Verdict.SKIP), ("x", None)])
async def test_taking_out_and_undo(world: World, key: str, verdict: Verdict | None) -> None:
    app = Stage(HaulScreen(world))
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("down", "down", key)
        assert titles(world) == [
            "Brackets [/INST] [@click=app.quit] and [red]colour[/red]",
            "Counting to n² in linear time",
        ]
        assert world.library.verdict(PAPERS[1].id) is verdict
        assert "A survey of surveys" in said(app)
        await pilot.press("u")
        await pilot.pause()
        assert world.library.verdict(PAPERS[1].id) is Verdict.KEEP
        assert under_cursor(app) == "A survey of surveys"
        await pilot.press("U")
        assert world.library.verdict(PAPERS[1].id) is verdict


@pytest.mark.parametrize("key", ["s", "x", ">"])
async def test_after_an_entry_is_taken_out_the_cursor_stays_among_the_entries(world: World, key: str) -> None:
    app = Stage(HaulScreen(world))
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("down", "down", key)
        await pilot.pause()
        assert under_cursor(app).startswith("Brackets")
        await pilot.press("down", key)
        await pilot.pause()
        assert under_cursor(app).startswith("Brackets")


async def test_holding_and_back(world: World) -> None:
    app = Stage(HaulScreen(world))
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("down", "down", ">")
        assert "A survey of surveys" not in titles(world)
        await pilot.press("end")
        held = under_cursor(app)
        await pilot.press("<")
        assert held in titles(world)


async def test_comments_are_added_edited_moved_and_removed(world: World) -> None:
    def texts() -> list[str]:
        return [str(one["text"]) for one in world.library.comments("current")]

    app = Stage(HaulScreen(world))
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("c")
        await typed(pilot, "A third")
        await pilot.press("escape")
        await pilot.pause()
        assert texts() == ["The first comment", "The second comment", "A third"]
        assert under_cursor(app) == "A third"
        await pilot.press("home", "J")
        assert texts() == ["The second comment", "The first comment", "A third"]
        assert under_cursor(app) == "The first comment"
        await pilot.press("n", "!", "escape")
        await pilot.pause()
        assert texts() == ["The second comment", "The first comment!", "A third"]
        await pilot.press("delete")
        assert texts() == ["The second comment", "A third"]
        await pilot.press("u")
        assert texts() == ["The second comment", "The first comment!", "A third"]


async def test_correcting_a_title_changes_the_card(world: World) -> None:
    app = Stage(HaulScreen(world))
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("down", "down", "i")
        await typed(pilot, ", revised")
        await pilot.press("enter")
        await pilot.pause()
        assert "A survey of surveys, revised" in titles(world)
        assert "▎ A survey of surveys, revised" in shown(app)


async def test_a_published_haul_is_reached_and_its_notes_are_edited(world: World) -> None:
    app = Stage(HaulScreen(world))
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("P", "enter")
        await pilot.pause()
        await pilot.press("{")
        await pilot.pause()
        assert "published 2026-11-20" in shown(app)
        await pilot.press("down", "down", "n")
        await typed(pilot, "Late.")
        await pilot.press("escape")
        await pilot.pause()
        (haul,) = world.library.hauls()
        assert haul["entries"][PAPERS[1].id]["note"] == "Late."
        decide.keep(world.library, [PAPERS[1]], NOW)
        note.write(world.library, PAPERS[1], "Anew.", NOW)
        await pilot.press("n", "!", "escape")
        await pilot.pause()
        (haul,) = world.library.hauls()
        assert haul["entries"][PAPERS[1].id]["note"] == "Late.!"
        assert note.note_of(world.library, PAPERS[1].id) == "Anew."
        await pilot.press("s")
        assert "published" in said(app)
        await pilot.press("}")
        await pilot.pause()
        assert "current" in shown(app)


async def test_an_empty_haul_says_so_and_takes_every_key(tmp_path: Path) -> None:
    app = Stage(HaulScreen(world_in(tmp_path)))
    async with app.run_test(size=WIDE) as pilot:
        assert "Nothing kept yet." in shown(app)
        await pilot.press(*"nsx><KJi]ut{}", "up", "down", "tab", "end", "home", "pagedown", "tab")
        await pilot.press("P", "enter")
        await pilot.pause()
        assert "Nothing to publish" in said(app)


async def test_the_vim_keys_move_and_take_out(world: World) -> None:
    app = Stage(HaulScreen(replace(world, settings=Settings(keys="vim"))))
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("j", "j", "j", "k")
        assert under_cursor(app) == "A survey of surveys"
        await pilot.press("d", "G")
        assert world.library.verdict(PAPERS[1].id) is Verdict.SKIP
        assert under_cursor(app) == "Estimating what nobody asked"


async def test_a_library_open_for_reading_only_says_so_before_one_writes(
    tmp_path: Path, world: World
) -> None:
    world.library.close()
    closed = open_library(tmp_path / "data", state=tmp_path / "state", read_only=True)
    app = Stage(HaulScreen(replace(world, library=closed)))
    async with app.run_test(size=WIDE) as pilot:
        for keys in (["n"], ["c"], ["s"], [">"], ["u"]):
            await pilot.press("down", *keys)
            assert "read" in said(app), keys
        assert not app.screen.query_one(NoteEditor).display
    assert len(titles(world)) == 3


async def test_pasted_text_that_looks_like_keys_does_nothing(world: World) -> None:
    app = Stage(HaulScreen(world))
    async with app.run_test(size=WIDE) as pilot:
        app.post_message(events.Paste("sssxP\n\nq"))
        await pilot.pause()
        assert len(titles(world)) == 3
        assert app.result == "not dismissed"
