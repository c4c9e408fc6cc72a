"""The user's own editor, on this terminal, for a note or a comment."""

import os
import shlex
import subprocess
import tempfile
from pathlib import Path

_WAIT = {
    "code": "--wait",
    "code-insiders": "--wait",
    "codium": "--wait",
    "cursor": "--wait",
    "zed": "--wait",
    "atom": "--wait",
    "gedit": "--wait",
    "gnome-text-editor": "--wait",
    "subl": "--wait",
    "mate": "--wait",
    "bbedit": "--wait",
    "kate": "--block",
    "gvim": "--nofork",
    "mvim": "--nofork",
}
"""Editors with a window return at once unless they are told to wait."""


class TerminalEditor:
    """`ports.Editor` by $VISUAL, else $EDITOR."""

    def edit(self, text: str) -> str | None:
        """The text as the editor left it; None when none is set, or when it ended in error (`:cq`)."""
        command = command_of(os.environ.get("VISUAL") or os.environ.get("EDITOR") or "")
        if not command:
            return None
        try:
            with tempfile.TemporaryDirectory(prefix="triage-") as folder:
                path = Path(folder) / "note.md"
                path.write_bytes(text.encode("utf-8", "surrogateescape"))
                status = subprocess.run([*command, str(path)], check=False).returncode
                data = path.read_bytes()
        except (OSError, ValueError):
            return None
        return _decoded(data) if status == 0 else None


def command_of(setting: str) -> list[str]:
    """The words of an editor's command, with the flag that makes it wait; empty when there is none."""
    try:
        words = shlex.split(setting)
    except ValueError:
        words = setting.split()
    flag = _WAIT.get(Path(words[0]).name) if words else None
    short = {"--wait": "-w", "--block": "-b", "--nofork": "-f"}
    if flag and flag not in words and short[flag] not in words:
        words.insert(1, flag)
    return words


def _decoded(data: bytes) -> str:
    """The text of a file that an editor may have saved in another encoding: nothing typed is lost."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("latin-1")
