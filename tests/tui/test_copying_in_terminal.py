"""Copying by the real app in a real pseudo-terminal: what the terminal is sent, and what tmux holds."""

import base64
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.scripts import script
from tests.terminal import Terminal

HOUSE = Path(__file__).resolve().parents[2]
SENT = re.compile(rb"\x1b\]52;c;([A-Za-z0-9+/=]*)\x07")


def demo(folder: Path, env: Mapping[str, str]) -> Terminal:
    """The app on its sample, where no clipboard tool is found."""
    tools = folder / "bin"
    tools.mkdir()
    for name in ("sh", "which", "tmux"):
        found = shutil.which(name, path=os.defpath)
        if found is not None:
            (tools / name).symlink_to(found)
    home = {"HOME": str(folder), "XDG_STATE_HOME": str(folder), "XDG_CONFIG_HOME": str(folder)}
    bare = {"PATH": str(tools), "DISPLAY": "", "WAYLAND_DISPLAY": "", "TMUX": "", "STY": ""}
    command = [sys.executable, "-m", "triage", "--demo"]
    terminal = Terminal(command, cwd=HOUSE, size=(120, 40), env={**home, **bare, **env})
    terminal.wait_for(r"\d/\d+ · \d kept")
    return terminal


def test_a_terminal_is_sent_the_text_and_that_is_said(tmp_path: Path) -> None:
    with demo(tmp_path, {}) as terminal:
        terminal.press("y", "Copy ")
        terminal.press("m", r"Markdown sent to the terminal's clipboard \(OSC 52\)")
        (sent,) = SENT.findall(bytes(terminal.raw))
        title = re.escape(terminal.text()[2].partition("│")[2].strip())
        text = base64.b64decode(sent).decode()
        assert re.match(rf"\[{title}.*\]\(https://arxiv\.org/abs/[\d.]+\)\Z", text)


def test_the_note_and_the_post_go_there_too(tmp_path: Path) -> None:
    with demo(tmp_path, {}) as terminal:
        terminal.press("n", "note ─")
        terminal.press("naïve – 𝔽ₚ<esc>", "1 kept")
        terminal.press("<up>y", "Copy ")
        terminal.press("n", "Note sent to the terminal")
        terminal.press("y", "Copy ")
        terminal.press("p", "Post sent to the terminal")
        note, post = (base64.b64decode(sent).decode() for sent in SENT.findall(bytes(terminal.raw)))
        assert note == "naïve – 𝔽ₚ"
        assert post.startswith("---\ntitle: ML Arxiv Haul ~")
        assert "\nnaïve – 𝔽ₚ\n" in post


def test_where_no_terminal_takes_it_the_text_is_shown_and_left_in_a_file(tmp_path: Path) -> None:
    with demo(tmp_path, {"STY": "1.screen"}) as terminal:
        terminal.press("y", "Copy ")
        terminal.press("l", "The link to copy · all of it is in .*copied.txt")
        terminal.wait_for(r"\nhttps://arxiv\.org/abs/[\d.]+")
        assert SENT.findall(bytes(terminal.raw)) == []
        terminal.press("<esc>", "Link not copied, for nothing here takes it; it is in ")


def test_in_tmux_its_buffer_holds_the_text(tmp_path: Path) -> None:
    tmux = shutil.which("tmux", path=os.defpath)
    if tmux is None:
        pytest.skip("tmux is not installed")
    socket = tmp_path / "tmux"
    server = [tmux, "-S", str(socket), "-f", "/dev/null"]
    subprocess.run([*server, "new-session", "-d", "-x", "120", "-y", "40", "sleep 120"], check=True)
    try:
        with demo(tmp_path, {"TMUX": f"{socket},1,0"}) as terminal:
            terminal.press("y", "Copy ")
            terminal.press("l", "Link is in tmux's buffer; whether the terminal took it")
        held = subprocess.run([*server, "show-buffer"], capture_output=True, check=True).stdout.decode()
    finally:
        subprocess.run([*server, "kill-server"], check=False)
    assert re.fullmatch(r"https://arxiv\.org/abs/[\d.]+", held)


def test_a_tool_that_hangs_holds_up_neither_a_key_nor_the_end(tmp_path: Path) -> None:
    with demo(tmp_path, {"DISPLAY": ":99"}) as terminal:
        script(tmp_path / "bin" / "xclip", "while :; do :; done")
        terminal.press("y", "Copy ")
        terminal.press("l", "Copying the link …")
        terminal.press("k", "1 kept")
        started = time.monotonic()
        terminal.send("q")
        assert terminal.wait() == 0
        assert time.monotonic() - started < 1.5, "the tool has two seconds"
