"""The user's editor: which command runs, and what becomes of the text."""

import os
import signal
from pathlib import Path

import pytest

from tests.scripts import script
from triage.desktop.editor import TerminalEditor, command_of
from triage.ports import Edited


@pytest.fixture
def editor(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An editor that does what the test writes into it; `$1` is the file."""
    path = tmp_path / "my editor"
    monkeypatch.setenv("VISUAL", f"'{path}'")
    return path


def test_the_text_comes_back_as_the_editor_left_it(editor: Path) -> None:
    script(editor, """printf 'more – text\\n' >> "$1" """)
    assert TerminalEditor().edit("naïve\n") == Edited("naïve\nmore – text\n")


def test_a_line_feed_that_an_editor_puts_at_the_end_is_no_change(editor: Path) -> None:
    script(editor, """sleep 0.5; echo >> "$1" """)
    assert TerminalEditor().edit("text") == Edited("text")


def test_an_editor_that_ends_in_error_changes_nothing_and_is_named(editor: Path) -> None:
    script(editor, 'echo gone > "$1"; exit 1')
    text, said = TerminalEditor().edit("text")
    assert text is None
    assert said == "`my editor` ended with status 1: the text is as it was."


def test_what_an_editor_had_saved_before_it_was_killed_is_taken(editor: Path) -> None:
    script(editor, 'echo saved > "$1"; kill -9 $$')
    text, said = TerminalEditor().edit("text")
    assert text == "saved\n"
    assert said.endswith("was ended by signal 9: what it had saved is here.")


@pytest.mark.parametrize(
    ("saved", "text"),
    [
        (r"caf\351", "café"),
        (r"\377\376c\000a\000f\000\351\000", "café"),
        (r"\357\273\277caf\303\251", "café"),
        (r"caf\303\251\r\nau lait\r\n", "café\nau lait\n"),
        (r"one\r\ntwo\nthree", "one\r\ntwo\nthree"),
        (r"\201\215", "\x81\x8d"),
    ],
)
def test_a_text_saved_in_another_encoding_is_not_lost(editor: Path, saved: str, text: str) -> None:
    script(editor, f"""printf '{saved}' > "$1" """)
    assert TerminalEditor().edit("") == Edited(text)


def test_half_a_character_comes_back_as_it_was(editor: Path) -> None:
    script(editor, """printf 'x' >> "$1" """)
    assert TerminalEditor().edit("a\ud800b").text == "a\ud800bx"


def test_an_editor_that_comes_back_at_once_is_said_to_need_a_flag(editor: Path) -> None:
    script(editor, "exit 0")
    text, said = TerminalEditor().edit("text")
    assert text is None
    assert "came back at once" in said


def test_without_an_editor_it_is_said_how_to_set_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.delenv("EDITOR", raising=False)
    text, said = TerminalEditor().edit("text")
    assert text is None
    assert "export EDITOR=" in said
    monkeypatch.setenv("EDITOR", "/no/such/editor -x")
    text, said = TerminalEditor().edit("text")
    assert text is None
    assert "`/no/such/editor -x` cannot be started (No such file or directory)" in said


def test_the_file_lies_in_the_place_that_was_named_and_stays_there(editor: Path, tmp_path: Path) -> None:
    place = tmp_path / "drafts" / "deep" / "note.md"
    script(editor, 'printf "$1" > "$1"')
    assert TerminalEditor().edit("text", str(place)) == Edited(str(place))
    assert place.read_text() == str(place)
    assert place.parent.stat().st_mode & 0o077 == 0


def test_an_interrupt_is_the_editors_alone(editor: Path) -> None:
    before = signal.getsignal(signal.SIGINT)
    script(editor, f"""kill -INT {os.getpid()}; trap 'echo caught >> "$1"' INT; kill -INT $$ """)
    assert TerminalEditor().edit("text\n").text == "text\ncaught\n"
    assert signal.getsignal(signal.SIGINT) is before


def test_a_signal_that_ends_us_ends_the_editor_and_what_it_had_saved_is_taken(editor: Path) -> None:
    came: list[int] = []
    before = signal.signal(signal.SIGTERM, lambda number, _: came.append(number))
    try:
        told = f"kill -TERM {os.getpid()}"
        script(editor, f"trap 'exit 1' TERM; echo saved > \"$1\"; while {told}; do sleep .05; done")
        assert TerminalEditor().edit("text") == Edited("saved\n")
    finally:
        assert signal.signal(signal.SIGTERM, before) is not before


def test_what_is_no_file_any_more_is_not_read(editor: Path) -> None:
    for made in ("mkdir", "mkfifo"):
        script(editor, f'rm "$1"; {made} "$1"; sleep .5')
        assert TerminalEditor().edit("text") == Edited("text")


@pytest.mark.parametrize(
    ("setting", "words"),
    [
        ("vim", ["vim"]),
        ("vim -u NONE", ["vim", "-u", "NONE"]),
        ("code", ["code", "--wait"]),
        ("code -w", ["code", "-w"]),
        ("code -n --wait", ["code", "-n", "--wait"]),
        ("'/opt/my code/code' -n", ["/opt/my code/code", "--wait", "-n"]),
        ("gvim", ["gvim", "--nofork"]),
        ("subl", ["subl", "--wait"]),
        ("zed", ["zed", "--wait"]),
        ("kate", ["kate", "--block"]),
        ("gedit", ["gedit", "--wait"]),
        ("gnome-text-editor", ["gnome-text-editor", "--standalone"]),
        ("emacsclient -t", ["emacsclient", "-t"]),
        ("it's", ["it's"]),
        ("  ", []),
    ],
)
def test_an_editor_with_a_window_is_told_to_wait(setting: str, words: list[str]) -> None:
    assert command_of(setting) == words


def test_without_room_for_the_text_nothing_is_edited(editor: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    script(editor, 'echo edited > "$1"')
    monkeypatch.setattr("tempfile.tempdir", str(editor.parent / "no folder"))
    text, said = TerminalEditor().edit("text")
    assert text is None
    assert "no room for the text (No such file or directory)" in said
