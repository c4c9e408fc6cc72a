"""The clipboard, through pyperclip in a child: its tools may hang, fail unheard, or write on the terminal.

`python -m triage.desktop.clipboard copy|paste` is that child: text comes and goes on its standard streams.
"""

import os
import signal
import subprocess
import sys

PATIENCE = 2.0
"""Seconds a clipboard tool may take; then it is ended, for some never answer."""


class PyperclipClipboard:
    """`ports.Clipboard` by whatever tool pyperclip finds."""

    def __init__(self, child: tuple[str, ...] = (sys.executable, "-m", "triage.desktop.clipboard")) -> None:
        self._child = child

    def copy(self, text: str) -> str | None:
        """Copy by a tool and read back that it is there; the tool's name, or None."""
        answer = self._ask("copy", text.encode("utf-8", "replace"))
        return answer.decode("utf-8", "replace") if answer else None

    def paste(self) -> str | None:
        """What the clipboard holds; None when it cannot be read."""
        answer = self._ask("paste", b"")
        return None if answer is None else answer.decode("utf-8", "replace")

    def _ask(self, what: str, data: bytes) -> bytes | None:
        try:
            child = subprocess.Popen(
                [*self._child, what],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                start_new_session=True,
            )
        except OSError:
            return None
        try:
            answer, _ = child.communicate(data, timeout=PATIENCE)
        except subprocess.TimeoutExpired:
            os.killpg(child.pid, signal.SIGKILL)
            child.communicate()
            return None
        return answer if child.returncode == 0 else None


def _main(what: str) -> int:
    import pyperclip

    # The tools inherit our streams, and one that stays behind to serve the clipboard would hold them open.
    answer = os.dup(1)
    nowhere = os.open(os.devnull, os.O_RDWR)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)
    try:
        if what == "paste":
            text = pyperclip.paste()
        else:
            wanted = sys.stdin.buffer.read().decode("utf-8", "replace")
            pyperclip.copy(wanted)
            if pyperclip.paste().replace("\r\n", "\n").rstrip("\n") != wanted.replace("\r\n", "\n").rstrip(
                "\n"
            ):
                return 1
            text = getattr(pyperclip.copy, "__name__", "copy").removeprefix("copy_")
    except (pyperclip.PyperclipException, OSError, ValueError):
        return 1
    with os.fdopen(answer, "wb") as stream:
        stream.write(text.encode("utf-8", "replace"))
    return 0


if __name__ == "__main__":
    sys.exit(_main(sys.argv[1]))
