"""The clipboard, through pyperclip in a child: its tools may hang, fail unheard, or write on the terminal.

`python -m triage.desktop.clipboard copy|paste` is that child: text comes and goes on its standard streams.
"""

import os
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from types import FrameType

from triage.ports import TMUX

PATIENCE = 2.0
"""Seconds a clipboard tool may take; then it is ended, for some never answer."""
_DEAF = ("", "dumb", "linux", "unknown")
"""Terminals, by their TERM, that do not know OSC 52 and may print it."""


class PyperclipClipboard:
    """`ports.Clipboard` by whatever tool pyperclip finds, else by tmux."""

    def __init__(self, child: Sequence[str], left: Path | None = None) -> None:
        """`child` is the command that runs this module; `left` the file for a text that nothing takes."""
        self._child = child
        self._left = left
        self._one = threading.Lock()
        """Of two texts that are copied at once the later one is to stay."""

    def copy(self, text: str) -> str | None:
        """Copy by a tool and read back that it is there, or into tmux's buffer; the tool's name, or None."""
        data = text.encode("utf-8", "replace")
        with self._one:
            tool = _ask([*self._child, "copy"], data)
            if tool:
                return tool.decode("utf-8", "replace")
            return TMUX if os.environ.get("TMUX") and _load_into_tmux(data) else None

    def paste(self) -> str | None:
        """What the clipboard holds; None when it cannot be read."""
        held = _ask([*self._child, "paste"], b"")
        return None if held is None else held.decode("utf-8", "replace")

    @property
    def is_terminal_willing(self) -> bool:
        """Whether the terminal may take OSC 52; tmux and screen keep it to themselves by default."""
        inside = os.environ.get("TMUX") or os.environ.get("STY")
        return not inside and os.environ.get("TERM", "") not in _DEAF

    def leave(self, text: str) -> str | None:
        """Put a text into our file, for this user's eyes alone; its path, or None."""
        if self._left is None:
            return None
        try:
            self._left.parent.mkdir(parents=True, exist_ok=True)
            handle, made = tempfile.mkstemp(dir=self._left.parent, prefix=".copied-")
        except OSError:
            return None
        try:
            with os.fdopen(handle, "wb") as stream:
                stream.write(text.encode("utf-8", "replace"))
            Path(made).replace(self._left)
        except OSError:
            with suppress(OSError):
                Path(made).unlink()
            return None
        return str(self._left)


def _load_into_tmux(data: bytes) -> bool:
    """Give tmux a text, to paste and to pass on to the terminal; before 3.2 it knew no `-w`."""
    return any(_ask(["tmux", "load-buffer", *how, "-"], data) is not None for how in (["-w"], []))


def _ask(argv: Sequence[str], data: bytes) -> bytes | None:
    """What a child answers; None when it cannot be started, fails, or takes too long and is ended."""
    with suppress(subprocess.TimeoutExpired):
        return answer(argv, data)
    return None


def answer(
    argv: Sequence[str], data: bytes = b"", *, silent: bool = False, environment: dict[str, str] | None = None
) -> bytes | None:
    """What a program answers, None when it fails; it is ended, with all that it started, when it takes long.

    One that copies may stay to serve the clipboard: `silent`, it gets no stream of ours to hold. Raises
    TimeoutExpired.
    """
    try:
        child = subprocess.Popen(
            list(argv),
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL if silent else subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=environment,
            start_new_session=True,
        )
    except OSError:
        return None
    try:
        answered, _ = child.communicate(data, timeout=PATIENCE)
    except subprocess.TimeoutExpired:
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(child.pid, signal.SIGKILL)
        child.communicate()
        raise
    return (answered or b"") if child.returncode == 0 else None


def _end_all(_signal: int, _frame: FrameType | None) -> None:
    os.killpg(0, signal.SIGKILL)


def _as_kept(text: str) -> str:
    """A text without what some tools change of it: line ends, and those at its end."""
    return text.replace("\r\n", "\n").rstrip("\n")


def _main(what: str) -> int:
    import pyperclip

    # An app that ends while a tool hangs no longer waits for it: then the child ends it and itself.
    signal.signal(signal.SIGALRM, _end_all)
    signal.setitimer(signal.ITIMER_REAL, 2 * PATIENCE)
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
            if _as_kept(pyperclip.paste()) != _as_kept(wanted):
                return 1
            text = getattr(pyperclip.copy, "__name__", "copy").removeprefix("copy_")
    except (pyperclip.PyperclipException, OSError, ValueError):
        return 1
    with os.fdopen(answer, "wb") as stream:
        stream.write(text.encode("utf-8", "replace"))
    return 0


if __name__ == "__main__":
    sys.exit(_main(sys.argv[1]))
