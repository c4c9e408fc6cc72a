"""A note as it is painted while one writes: every character on its cell, its Markdown set off."""

import time
from collections.abc import Callable
from pathlib import Path

import pytest
from textual.strip import Strip

from tests.tui.screens.stage import Stage, shown, world_in
from triage.tui.screens.comment import CommentScreen
from triage.tui.widgets.note_editor import NoteEditor


def rows(editor: NoteEditor) -> list[Strip]:
    return [editor.render_line(y) for y in range(editor.size.height)]


def looks(editor: NoteEditor, text: str) -> set[str]:
    """How a text is set off where it stands first."""
    for row in rows(editor):
        for piece, style, _ in row:
            if text in piece and style is not None:
                names = ("bold", "italic", "underline", "strike")
                return {name for name in names if getattr(style, name)}
    raise AssertionError(f"{text!r} is not shown as one")


async def test_markdown_is_set_off_without_colours_too(tmp_path: Path) -> None:
    app = Stage(CommentScreen(world_in(tmp_path)))
    async with app.run_test() as pilot:
        editor = app.screen.query_one(NoteEditor)
        editor.open("# Title\nan *i* and **b** and ***bi***\n[t](x) and ~~s~~\nplain")
        await pilot.pause()
        assert looks(editor, "# Title") == {"bold"}
        assert looks(editor, "*i*") == {"italic"}
        assert looks(editor, "**b**") == {"bold"}
        assert looks(editor, "***bi***") == {"bold", "italic"}
        assert looks(editor, "[t](x)") == {"underline"}
        assert looks(editor, "~~s~~") == {"strike"}
        assert looks(editor, "plain") == set()


async def test_what_would_steer_the_terminal_is_a_mark_of_one_cell(tmp_path: Path) -> None:
    app = Stage(CommentScreen(world_in(tmp_path)))
    async with app.run_test(size=(30, 12)) as pilot:
        editor = app.screen.query_one(NoteEditor)
        text = "a\x1b[31m\u202eb\u2028c\x9bd " * 5
        editor.open(text)
        await pilot.pause()
        mark = "\N{REPLACEMENT CHARACTER}"
        joined = "".join(row.text.rstrip() + " " for row in rows(editor))
        assert f"a{mark}[31m{mark}b{mark}c{mark}d" in joined.replace("  ", " ")
        assert not any(char in joined for char in "\x1b\u202e\u2028\x9b")
        assert editor.text == text
        await pilot.press("ctrl+home", *["right"] * 9)
        assert editor.cursor_screen_offset.x - editor.content_region.x == 9


async def test_what_is_selected_and_where_the_cursor_is_are_to_be_seen(tmp_path: Path) -> None:
    app = Stage(CommentScreen(world_in(tmp_path)))
    async with app.run_test(size=(30, 12)) as pilot:
        editor = app.screen.query_one(NoteEditor)
        editor.open("one\n\n\ttwo words that are wrapped to a second row")
        await pilot.press("ctrl+home", *["shift+down"] * 3)
        await pilot.pause()
        first, empty, *_ = rows(editor)
        backgrounds = [{style.bgcolor for _, style, _ in row if style is not None} for row in (first, empty)]
        assert all(len(found) > 1 for found in backgrounds), "a line without text is seen to be selected"
        assert "    two words that are" in shown(app)
        assert "wrapped to a second row" in shown(app)


LONG: dict[str, Callable[[], str]] = {
    "one line": lambda: ("word and *more* " * 7_000)[:100_000],
    "many lines": lambda: "\n".join(f"line {at}" for at in range(12_000))[:100_000],
    "code": lambda: "```\n" + "some code\n" * 10_000,
}


@pytest.mark.parametrize("kind", LONG)
async def test_a_key_in_a_note_of_100_kilobytes_is_painted_as_in_a_short_one(
    tmp_path: Path, kind: str
) -> None:
    app = Stage(CommentScreen(world_in(tmp_path)))
    async with app.run_test(size=(120, 40)) as pilot:
        editor = app.screen.query_one(NoteEditor)

        async def key(text: str) -> float:
            editor.load_text(text)
            await pilot.pause()
            taken = []
            for _ in range(9):
                begin = time.thread_time()
                editor.insert("x")
                editor.action_cursor_down()
                rows(editor)
                taken.append(time.thread_time() - begin)
            return min(taken)

        short = "\n".join(["A *short* note of a few words."] * 8)
        assert await key(LONG[kind]()) < 12 * await key(short)
