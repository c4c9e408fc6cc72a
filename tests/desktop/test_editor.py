"""The user's editor: which command runs, and what becomes of the text."""

from pathlib import Path

import pytest

from triage.desktop.editor import TerminalEditor, command_of


@pytest.fixture
def editor(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An editor that does what the test writes into it; `$1` is the file."""
    path = tmp_path / "my editor"
    monkeypatch.setenv("VISUAL", f"'{path}'")
    return path


def script(path: Path, text: str) -> None:
    path.write_text(f"#!/bin/sh\n{text}\n")
    path.chmod(0o755)


def test_the_text_comes_back_as_the_editor_left_it(editor: Path) -> None:
    script(editor, """printf 'more – text\\n' >> "$1" """)
    assert TerminalEditor().edit("naïve\n") == "naïve\nmore – text\n"


def test_an_editor_that_ends_in_error_changes_nothing(editor: Path) -> None:
    script(editor, 'echo gone > "$1"; exit 1')
    assert TerminalEditor().edit("text") is None


def test_a_text_saved_in_another_encoding_is_not_lost(editor: Path) -> None:
    script(editor, """printf 'caf\\351' > "$1" """)
    assert TerminalEditor().edit("") == "café"


def test_without_an_editor_there_is_no_text(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.delenv("EDITOR", raising=False)
    assert TerminalEditor().edit("text") is None
    monkeypatch.setenv("EDITOR", "/no/such/editor")
    assert TerminalEditor().edit("text") is None


@pytest.mark.parametrize(
    ("setting", "words"),
    [
        ("vim", ["vim"]),
        ("vim -u NONE", ["vim", "-u", "NONE"]),
        ("code", ["code", "--wait"]),
        ("code -w", ["code", "-w"]),
        ("'/opt/my code/code' -n", ["/opt/my code/code", "--wait", "-n"]),
        ("gvim", ["gvim", "--nofork"]),
        ("it's", ["it's"]),
        ("  ", []),
    ],
)
def test_an_editor_with_a_window_is_told_to_wait(setting: str, words: list[str]) -> None:
    assert command_of(setting) == words


def test_without_room_for_the_text_nothing_is_edited(editor: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    script(editor, 'echo edited > "$1"')
    monkeypatch.setattr("tempfile.tempdir", str(editor.parent / "no folder"))
    assert TerminalEditor().edit("text") is None
