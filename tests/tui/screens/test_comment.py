"""Writing a comment: saved on Esc, safe while one types, never lost."""

from pathlib import Path

import pytest
from textual.widgets import TextArea

from tests.tui.screens.stage import Stage, shown, through_all_sizes, typed, world_in
from triage.actions import comment
from triage.ports import NotSaved, World
from triage.steps import Step
from triage.tui.screens.comment import NEW_DRAFT, CommentScreen
from triage.tui.widgets.footer import Footer
from triage.tui.widgets.note_editor import NoteEditor


def texts(world: World) -> list[str]:
    return [str(one["text"]) for one in world.library.comments("current")]


async def test_esc_saves_a_new_comment(tmp_path: Path) -> None:
    world = world_in(tmp_path)
    app = Stage(CommentScreen(world))
    async with app.run_test() as pilot:
        await typed(pilot, "Two words [/INST]")
        await pilot.press("escape")
        await pilot.pause()
    assert app.result == "Comment saved."
    assert texts(world) == ["Two words [/INST]"]


async def test_a_comment_that_would_not_read_back_is_saved_and_named_with_its_line(tmp_path: Path) -> None:
    world = world_in(tmp_path)
    app = Stage(CommentScreen(world))
    async with app.run_test() as pilot:
        await typed(pilot, "# One\n\n## New Paper Content")
        await pilot.press("escape")
        await pilot.pause()
    assert app.result.startswith("Saved, but line 2 would not read back as it is: ")
    assert texts(world) == ["# One\n\n## New Paper Content"]


async def test_leaving_without_text_changes_nothing(tmp_path: Path) -> None:
    world = world_in(tmp_path)
    app = Stage(CommentScreen(world))
    async with app.run_test() as pilot:
        await pilot.press("space", "escape")
        await pilot.pause()
    assert app.result == ""
    assert list(world.library.history()) == []


async def test_clearing_a_comment_removes_it_and_says_so(tmp_path: Path) -> None:
    world = world_in(tmp_path)
    comment.add(world.library, "x")
    app = Stage(CommentScreen(world, world.library.comments("current")[0]))
    async with app.run_test() as pilot:
        await pilot.press("backspace", "escape")
        await pilot.pause()
    assert app.result == "Comment removed, u undoes."
    assert texts(world) == []


async def test_a_draft_of_a_killed_app_is_offered_again_and_dropped_when_saved(tmp_path: Path) -> None:
    world = world_in(tmp_path)
    world.library.save_draft(NEW_DRAFT, "half a thou")
    app = Stage(CommentScreen(world))
    async with app.run_test() as pilot:
        assert app.screen.query_one(TextArea).text == "half a thou"
        await pilot.press("escape")
        await pilot.pause()
    assert texts(world) == ["half a thou"]
    assert world.library.drafts() == {}


async def test_what_is_typed_becomes_a_draft(tmp_path: Path) -> None:
    world = world_in(tmp_path)
    app = Stage(CommentScreen(world))
    async with app.run_test() as pilot:
        await typed(pilot, "abc")
        editor = app.screen.query_one(NoteEditor)
        editor.post_message(NoteEditor.Drafted(editor))
        await pilot.pause()
        assert world.library.draft(NEW_DRAFT) == "abc"


async def test_what_cannot_be_saved_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> Step:
        raise NotSaved("The disk is full: nothing was saved.")

    world = world_in(tmp_path)
    app = Stage(CommentScreen(world))
    async with app.run_test() as pilot:
        await typed(pilot, "precious")
        monkeypatch.setattr(type(world.library), "record", refuse)
        await pilot.press("escape")
        await pilot.pause()
        assert app.result == "not dismissed"
        assert app.screen.query_one(Footer).said == "The disk is full: nothing was saved."
        assert "precious" in shown(app)


async def test_it_stands_at_any_size(tmp_path: Path) -> None:
    app = Stage(CommentScreen(world_in(tmp_path)))
    async with app.run_test() as pilot:
        await typed(pilot, "some words")
        await through_all_sizes(pilot)
