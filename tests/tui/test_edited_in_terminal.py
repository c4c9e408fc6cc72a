"""In a real pseudo-terminal: the post exported, edited by hand, and exported again with the edits kept."""

from pathlib import Path

import pytest

from tests.terminal import Terminal
from tests.tui.test_in_terminal import opened


def edited(post: Path) -> str:
    """The post as a hand leaves it: another note, another title, a new comment, the second card gone."""
    first, _, third = post.read_text(encoding="utf-8").split("<hr/>\n\n")
    text = f"{first}<hr/>\n\n{third}"
    for before, after in (
        ("first words", "first words, mended by hand"),
        ("A survey of surveys</h4>", "The survey of surveys</h4>"),
        ("## New Paper Content", "## Comments / Criticism\n\n- Written in the file.\n\n## New Paper Content"),
        ("tags: arxiv", "tags: arxiv, maths"),
    ):
        assert before in text, before
        text = text.replace(before, after, 1)
    post.write_text(text, encoding="utf-8")
    return text


def exported(app: Terminal, folder: Path) -> Path:
    """Three papers kept, one of them noted, and the post of their haul."""
    app.press("nfirst words<esc>", "1/5 · 1 kept")
    app.press("kk", "3/5 · 3 kept")
    app.press("h", "3 entries")
    app.press("e", "Export haul")
    app.press("<enter>", "Exported haul 1")
    (post,) = folder.rglob("haul-1.md")
    return post


@pytest.mark.parametrize("way", ["R", "e"])
def test_edits_of_the_file_are_kept_by_the_next_export(tmp_path: Path, way: str) -> None:
    with opened(tmp_path) as app:
        post = exported(app, tmp_path)
        text = edited(post)
        if way == "R":
            app.send("R")
        else:
            app.press("e", "Export haul")
            app.press("<enter>", r"Ctrl\+R reads the edits back")
            app.write(b"\x12")
        app.wait_for("Read back · haul 1")
        app.wait_for(r"first \[-words-\] \[\+words, mended by hand\+\]")
        app.press("<enter>", "Taken over, 5 edits in haul-1.md")
        app.wait_for("2 entries")
        app.press("e", "Export haul")
        app.press("<enter>", "Exported haul 1")
        assert post.read_text(encoding="utf-8") == text
        app.press("u", "Undone: read back")
        app.wait_for("3 entries")
        app.press("e", "Export haul")
        app.press("<enter>", "haul-1.md was edited since it was written")
        app.press("<esc>q", r"3/5 · 3 kept")
        app.send("q")
        assert app.wait() == 0
