"""The clipboard: what a user gets from a tool that works, fails, hangs or is missing."""

import os
import stat
from pathlib import Path

import pytest

from triage.desktop import clipboard
from triage.desktop.clipboard import PyperclipClipboard

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
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    return folder


def xclip(folder: Path, script: str) -> None:
    path = folder / "xclip"
    path.write_text(script)
    path.chmod(path.stat().st_mode | stat.S_IXUSR)


def test_text_is_copied_and_comes_back(tools: Path) -> None:
    xclip(tools, WORKS)
    assert PyperclipClipboard().copy("naïve\n– 𝔽ₚ") == "xclip"
    assert PyperclipClipboard().paste() == "naïve\n– 𝔽ₚ"


def test_a_tool_that_fails_unheard_is_told_apart(tools: Path, capfd: pytest.CaptureFixture[str]) -> None:
    xclip(tools, FAILS)
    assert PyperclipClipboard().copy("text") is None
    assert capfd.readouterr() == ("", "")


def test_a_tool_that_hangs_is_ended(tools: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    xclip(tools, HANGS)
    monkeypatch.setattr(clipboard, "PATIENCE", 0.5)
    assert PyperclipClipboard().copy("text") is None


def test_without_a_tool_there_is_no_clipboard(tools: Path) -> None:
    assert PyperclipClipboard().copy("text") is None
    assert PyperclipClipboard().paste() is None
    assert PyperclipClipboard(("/no/such/program",)).copy("text") is None


def test_half_a_character_does_not_stop_the_rest(tools: Path) -> None:
    xclip(tools, WORKS)
    assert PyperclipClipboard().copy("a\udc80b") == "xclip"
    assert PyperclipClipboard().paste() == "a?b"
