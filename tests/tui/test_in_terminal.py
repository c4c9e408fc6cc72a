"""The app in a real pseudo-terminal: keys in one read, bytes that are no text, signals, kills."""

import os
import re
import signal
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.scripts import script
from tests.terminal import Terminal

HOUSE = Path(__file__).resolve().parents[2]
RESTORED = (b"\x1b[?1049l", b"\x1b[?25h", b"\x1b[?1003l")
"""Leaving the alternate screen, the cursor shown, the mouse let go of."""


def opened(folder: Path, env: Mapping[str, str] | None = None) -> Terminal:
    """The app over five papers, on the screen."""
    terminal = begun(folder, env)
    terminal.wait_for(r"\d/5 · \d kept")
    return terminal


def begun(folder: Path, env: Mapping[str, str] | None = None) -> Terminal:
    """The same, with nothing on the screen yet."""
    command: list[str | Path] = [sys.executable, "-m", "tests.tui.opened", folder]
    return Terminal(command, cwd=HOUSE, size=(100, 30), env=env)


@pytest.mark.parametrize(
    ("keys", "shown"), [("nkind words<esc>s", "2/5 · 1 kept"), ("kq", ""), ("?", "type to search the keys")]
)
def test_keys_that_are_typed_before_the_first_screen_wait_for_it(
    keys: str, shown: str, tmp_path: Path
) -> None:
    with begun(tmp_path) as terminal:
        if shown:
            terminal.press(keys, shown)
        else:
            terminal.send(keys)
            assert terminal.wait() == 0


def test_keys_that_come_in_one_read_are_taken_one_by_one(tmp_path: Path) -> None:
    with opened(tmp_path) as terminal:
        terminal.press("nkind words<esc>sk", "3/5 · 2 kept")
        terminal.press("/nobody<enter>k", "4/5 · 3 kept")
        terminal.press("<esc><home>", "▌✓ Counting")
        terminal.press("call of it<esc>s", "4/5 · 2 kept")
        terminal.press("hq<down>", "▌– A survey")
        terminal.send("q")
        assert terminal.wait() == 0


def test_esc_and_a_key_in_one_read_are_esc_and_that_key(tmp_path: Path) -> None:
    with opened(tmp_path) as terminal:
        for key, then in (("s", "2/5 · 1 kept"), ("b", "3/5 · 2 kept"), ("[", "oldest listing day")):
            terminal.press("n", "note ─")
            terminal.press("x<esc>" + key, then)
        assert "4/5 · 3 kept" in terminal.screen()
        assert "note ─" not in terminal.screen()


def test_a_byte_that_is_no_text_ends_nothing(tmp_path: Path) -> None:
    with opened(tmp_path) as terminal:
        terminal.write(b"\xff\xfe\xe9\x00\x00\x1b[M\xff\xff\xff")
        terminal.press("<esc>", "0/5 · 0 kept")
        terminal.press("k", "1/5 · 1 kept")
        terminal.press("n", "note ─")
        terminal.write(b"caf\xe9 ")
        terminal.press("<esc>", "2/5 · 2 kept")
        terminal.press("<up>", "caf\N{REPLACEMENT CHARACTER}")


def test_pasted_text_never_runs_keys_and_a_paste_of_a_megabyte_is_cut(tmp_path: Path) -> None:
    with opened(tmp_path) as terminal:
        terminal.paste("kkkq")
        terminal.press("n", "note ─")
        terminal.paste("dddq\nkk")
        terminal.wait_for("dddq")
        terminal.paste("word " * 200_000)
        terminal.wait_for("1000 kB: cut at 100 kB")
        terminal.press("<esc>", "1/5 · 1 kept")


@pytest.mark.parametrize(
    "text",
    ["\x1bk", "\x1b[Bkk", "\x1b[77;7mk", "\x1bOSk", "kk\x1b", "\x1b[200~k", "\x1b[20", "\x1b[201"],
)
def test_pasted_escapes_never_run_keys(text: str, tmp_path: Path) -> None:
    with opened(tmp_path) as terminal:
        terminal.paste(text)
        for piece in (b"\x1b[2", b"00~\x1b", b"[Bk\x1b[20", b"1~"):
            terminal.write(piece)
            terminal.watch(0.01)  # far less than the tenth of a second after which an Esc stands alone
        terminal.press("s", "1/5 · 0 kept")
        terminal.press("n", "note ─")
        terminal.paste(f"before {text} after")
        terminal.wait_for(re.escape(text.replace("\x1b", "")) + " after")
        terminal.press("<esc>", "2/5 · 1 kept")


def test_ctrl_z_gives_the_shell_back_and_fg_the_screen(tmp_path: Path) -> None:
    with opened(tmp_path) as terminal:
        terminal.write(b"\x1a")
        terminal.wait_for(lambda: os.waitpid(terminal.process.pid, os.WUNTRACED | os.WNOHANG)[0])
        terminal.wait_for(lambda: RESTORED[0] in terminal.raw)
        seen = len(terminal.raw)
        os.kill(terminal.process.pid, signal.SIGCONT)
        terminal.wait_for(lambda: b"\x1b[?1049h" in terminal.raw[seen:])
        terminal.press("k", "1/5 · 1 kept")


def test_what_was_being_typed_is_there_after_a_kill(tmp_path: Path) -> None:
    with opened(tmp_path) as terminal:
        terminal.press("s", "1/5 · 0 kept")
        terminal.press("nhalf a thought", "half a thought")
        terminal.watch(1.0)
        terminal.kill()
    with opened(tmp_path) as terminal:
        assert "1/5 · 0 kept" in terminal.screen()
        terminal.press("n", "half a thought")
        terminal.wait_for("what was being typed")
        terminal.press("<esc>", "2/5 · 1 kept")
        terminal.press("<up>", "half a thought")


def test_the_editor_of_the_user_takes_the_note_over(tmp_path: Path) -> None:
    editor = script(tmp_path / "editor", 'echo " and from outside" >> "$1"')
    with opened(tmp_path / "home", env={"VISUAL": str(editor)}) as terminal:
        terminal.press("nfrom here", "from here")
        terminal.press("<f4>", "and from outside")
        terminal.press("<esc>", "1/5 · 1 kept")


def test_the_draft_is_on_the_disk_before_the_editor_starts(tmp_path: Path) -> None:
    editor = script(tmp_path / "editor", f'cat "{tmp_path}"/home/data/drafts/*.json > "{tmp_path}/seen"')
    with opened(tmp_path / "home", env={"VISUAL": str(editor)}) as terminal:
        terminal.press("nfrom here", "from here")
        terminal.press("<f4>", "came back at once")
        assert "from here" in (tmp_path / "seen").read_text()


def test_what_the_editor_saved_is_there_though_the_app_was_killed_meanwhile(tmp_path: Path) -> None:
    done = tmp_path / "done"
    lines = ("trap '' HUP", "kill -9 $PPID", 'echo " and from outside" >> "$1"', f'touch "{done}"')
    editor = script(tmp_path / "editor", *lines)
    with opened(tmp_path / "home", env={"VISUAL": str(editor)}) as terminal:
        terminal.press("nfrom here", "from here")
        terminal.send("<f4>")
        terminal.wait_for(done.exists)
    with opened(tmp_path / "home") as terminal:
        assert "0/5 · 0 kept" in terminal.screen()
        terminal.press("n", "from here and from outside")
        terminal.wait_for("what was being typed")
        terminal.press("<esc>", "1/5 · 1 kept")
        terminal.press("<up>", "from here and from outside")
    assert [path.name for path in (tmp_path / "home/data/drafts").iterdir()] == ["lock"]


def test_an_editor_that_fails_leaves_the_text_and_says_so(tmp_path: Path) -> None:
    editor = script(tmp_path / "editor", 'echo gone > "$1"; exit 3')
    with opened(tmp_path / "home", env={"VISUAL": str(editor)}) as terminal:
        terminal.press("nfrom here", "from here")
        terminal.press("<f4>", "ended with status 3: the text is as it was")
        terminal.press("!<esc>", "1/5 · 1 kept")
        terminal.press("<up>", "from here!")


def test_a_storm_of_sizes_ends_nothing(tmp_path: Path) -> None:
    with opened(tmp_path) as terminal:
        for step in range(60):
            terminal.resize(1 + step * 37 % 130, 1 + step * 17 % 50)
        terminal.resize(90, 24)
        terminal.press("k", "1/5 · 1 kept")


def test_a_size_that_changes_while_it_is_read_reaches_the_screen(tmp_path: Path) -> None:
    command: list[str | Path] = [sys.executable, "-m", "tests.tui.grows", tmp_path]
    with Terminal(command, cwd=HOUSE, size=(100, 30)) as terminal:
        terminal.wait_for(r"\d/5 · \d kept")
        terminal.resize(90, 24)
        terminal.wait_for(lambda: b"\x1b[40;" in terminal.raw)


def test_without_colours_the_state_is_still_to_be_seen(tmp_path: Path) -> None:
    with opened(tmp_path, env={"NO_COLOR": "1"}) as terminal:
        terminal.press("ks", "2/5 · 1 kept")
        assert "✓ Counting" in terminal.screen()
        assert "– A survey" in terminal.screen()
        assert "▌  Brackets" in terminal.screen()


def test_hostile_text_brings_no_escape_of_its_own(tmp_path: Path) -> None:
    with opened(tmp_path) as terminal:
        terminal.press("n", "note ─")
        terminal.paste("\x1b]52;c;aGk=\x07 \x9b31m \u202etext")
        terminal.wait_for("text")
        terminal.press("<esc>", "1/5 · 1 kept")
        terminal.press("<up>", "text")
        assert b"\x1b]52" not in terminal.raw
        assert "\u202e".encode() not in terminal.raw
