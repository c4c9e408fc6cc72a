"""The clipboard: what a user gets from a tool that works, fails, hangs or is missing (hazard E93)."""

import os
import shutil
import signal
import stat
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.scripts import script
from triage.desktop import clipboard
from triage.desktop.clipboard import PyperclipClipboard
from triage.desktop.interpreter import command

OURS = command("triage.desktop.clipboard")
WORKS = '#!/bin/sh\ncase "$*" in *-o*) cat "$CLIP" ;; *) cat > "$CLIP" ;; esac\n'
FAILS = "#!/bin/sh\necho no display >&2\nexit 1\n"
HANGS = "#!/bin/sh\nexec sleep 60\n"


@pytest.fixture
def tools(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A PATH on which xclip is what the test makes it, and no other clipboard tool."""
    folder = tmp_path / "bin"
    folder.mkdir()
    for name in ("sh", "cat", "sleep", "which"):
        found = next(Path(at) / name for at in os.defpath.split(":") if at and (Path(at) / name).exists())
        (folder / name).symlink_to(found)
    monkeypatch.setenv("PATH", str(folder))
    monkeypatch.setenv("DISPLAY", ":99")
    monkeypatch.setenv("CLIP", str(tmp_path / "clip"))
    for name in ("WAYLAND_DISPLAY", "TMUX", "STY"):
        monkeypatch.delenv(name, raising=False)
    return folder


def xclip(folder: Path, script: str) -> None:
    path = folder / "xclip"
    path.write_text(script)
    path.chmod(path.stat().st_mode | stat.S_IXUSR)


def test_text_is_copied_and_comes_back(tools: Path) -> None:
    xclip(tools, WORKS)
    assert PyperclipClipboard(OURS).copy("naïve\n– 𝔽ₚ") == "xclip"
    assert PyperclipClipboard(OURS).paste() == "naïve\n– 𝔽ₚ"


def test_a_tool_that_fails_unheard_is_told_apart(tools: Path, capfd: pytest.CaptureFixture[str]) -> None:
    xclip(tools, FAILS)
    assert PyperclipClipboard(OURS).copy("text") is None
    assert capfd.readouterr() == ("", "")


def test_a_tool_that_hangs_is_ended(tools: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    xclip(tools, HANGS)
    monkeypatch.setattr(clipboard, "PATIENCE", 0.5)
    started = time.monotonic()
    assert PyperclipClipboard(OURS).copy("text") is None
    assert PyperclipClipboard(OURS).paste() is None
    assert time.monotonic() - started < 5


def test_a_child_that_nobody_waits_for_any_more_ends_its_tool_and_itself(tools: Path) -> None:
    xclip(tools, 'echo $$ > "$CLIP"; exec sleep 60\n'.join(["#!/bin/sh\n", ""]))
    child = [*OURS, "copy"]
    ran = subprocess.run(child, input=b"text", start_new_session=True, timeout=30, check=False)
    assert ran.returncode == -signal.SIGKILL
    tool = int(Path(os.environ["CLIP"]).read_text())
    assert not Path(f"/proc/{tool}/cmdline").exists() or not Path(f"/proc/{tool}/cmdline").read_bytes()


def test_a_tool_that_is_gone_since_the_start_is_missed_and_nothing_more(tools: Path) -> None:
    xclip(tools, WORKS)
    board = PyperclipClipboard(OURS)
    assert board.copy("text") == "xclip"
    (tools / "xclip").unlink()
    assert board.copy("other") is None
    assert board.paste() is None


def test_five_megabytes_are_copied_whole(tools: Path) -> None:
    xclip(tools, WORKS)
    text = "ä–x " * 1_000_000
    assert PyperclipClipboard(OURS).copy(text) == "xclip"
    assert PyperclipClipboard(OURS).paste() == text


def test_without_a_tool_there_is_no_clipboard(tools: Path) -> None:
    assert PyperclipClipboard(OURS).copy("text") is None
    assert PyperclipClipboard(OURS).paste() is None
    assert PyperclipClipboard(("/no/such/program",)).copy("text") is None


def test_half_a_character_does_not_stop_the_rest(tools: Path) -> None:
    xclip(tools, WORKS)
    assert PyperclipClipboard(OURS).copy("a\udc80b") == "xclip"
    assert PyperclipClipboard(OURS).paste() == "a?b"


@pytest.fixture
def tmux(tools: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A tmux server of the test's own, in which we seem to run."""
    found = shutil.which("tmux", path=os.defpath)
    if found is None:
        pytest.skip("tmux is not installed")
    (tools / "tmux").symlink_to(found)
    socket = tmp_path / "tmux"
    monkeypatch.delenv("TMUX_TMPDIR", raising=False)
    subprocess.run([found, "-S", socket, "-f", "/dev/null", "new-session", "-d", "sleep 60"], check=True)
    monkeypatch.setenv("TMUX", f"{socket},1,0")
    yield socket
    subprocess.run([found, "-S", socket, "kill-server"], check=False)


def held(socket: Path) -> str:
    found = shutil.which("tmux", path=os.defpath) or ""
    shown = subprocess.run([found, "-S", socket, "show-buffer"], capture_output=True, check=True)
    return shown.stdout.decode()


@pytest.mark.parametrize("text", ["naïve\n– 𝔽ₚ", "x" * 5_000_000])
def test_without_a_tool_tmux_takes_it(tmux: Path, text: str) -> None:
    assert PyperclipClipboard(OURS).copy(text) == "tmux"
    assert held(tmux) == text


def test_a_tool_comes_before_tmux(tools: Path, tmux: Path) -> None:
    xclip(tools, WORKS)
    assert PyperclipClipboard(OURS).copy("text") == "xclip"


def test_a_tmux_that_is_gone_takes_nothing(tools: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TMUX", "/nowhere,1,0")
    assert PyperclipClipboard(OURS).copy("text") is None


def test_a_tmux_that_knows_no_w_is_asked_without(tools: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    script(tools / "tmux", 'case "$*" in *-w*) exit 1 ;; *) cat > "$CLIP" ;; esac')
    monkeypatch.setenv("TMUX", "/any,1,0")
    assert PyperclipClipboard(OURS).copy("text") == "tmux"
    assert Path(os.environ["CLIP"]).read_text() == "text"


@pytest.mark.parametrize(
    ("environment", "willing"),
    [
        ({"TERM": "xterm-256color"}, True),
        ({"TERM": "xterm-256color", "TMUX": "/x,1,0"}, False),
        ({"TERM": "screen", "STY": "1.x"}, False),
        ({"TERM": "linux"}, False),
        ({"TERM": "dumb"}, False),
        ({"TERM": ""}, False),
    ],
)
def test_which_terminals_are_sent_a_text(
    tools: Path, monkeypatch: pytest.MonkeyPatch, environment: dict[str, str], willing: bool
) -> None:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert PyperclipClipboard(OURS).is_terminal_willing is willing


def test_what_nothing_takes_is_left_in_a_file_for_this_user(tmp_path: Path) -> None:
    place = tmp_path / "state" / "copied.txt"
    board = PyperclipClipboard(OURS, left=place)
    assert board.leave("first") == board.leave("naïve \udc80") == str(place)
    assert place.read_text() == "naïve ?"
    assert stat.S_IMODE(place.stat().st_mode) == 0o600
    assert [path.name for path in place.parent.iterdir()] == ["copied.txt"]


def test_where_no_file_can_be_written_that_is_all(tmp_path: Path) -> None:
    (tmp_path / "state").write_text("a file in the way")
    assert PyperclipClipboard(OURS, left=tmp_path / "state" / "copied.txt").leave("text") is None
    (tmp_path / "folder").mkdir()
    assert PyperclipClipboard(OURS, left=tmp_path / "folder").leave("text") is None
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".copied")] == []
    assert PyperclipClipboard(OURS).leave("text") is None
