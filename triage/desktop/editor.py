"""The user's own editor, on this terminal, for a note or a comment."""

import os
import signal
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from types import FrameType
from typing import Any

from triage.clean import name
from triage.ports import Edited
from triage.user_text import from_file

_WAIT: Mapping[str, tuple[str, ...]] = {
    **dict.fromkeys(("code", "code-insiders", "codium", "vscodium", "cursor", "windsurf"), ("--wait", "-w")),
    **dict.fromkeys(("subl", "sublime_text", "atom", "pulsar", "zed", "zeditor", "zedit"), ("--wait", "-w")),
    **dict.fromkeys(("gedit", "xed", "pluma", "mate", "bbedit"), ("--wait", "-w")),
    **dict.fromkeys(("idea", "pycharm", "webstorm", "clion", "goland", "rubymine", "lapce"), ("--wait",)),
    **dict.fromkeys(("gnome-text-editor", "featherpad"), ("--standalone", "-s")),
    **dict.fromkeys(("gvim", "mvim", "vimr"), ("--nofork", "-f")),
    "kate": ("--block", "-b"),
    "neovide": ("--no-fork",),
    "nvim-qt": ("--nofork",),
    "mousepad": ("--disable-server",),
    "geany": ("--new-instance", "-i"),
    "open": ("-W", "--wait-apps"),
}
"""Editors with a window return at once unless they are told to wait: the flag, and other forms of it."""
_AT_ONCE = 0.4
"""Seconds within which nobody reads a text and leaves it."""
_GRACE = 1.0
"""Seconds that an editor which is asked to end may take."""
_NOT_SET = "No editor is set: export EDITOR=vim in your shell, then start anew. Nothing was changed."


class TerminalEditor:
    """`ports.Editor` by $VISUAL, else $EDITOR."""

    def edit(self, text: str, place: str = "") -> Edited:
        """The text as the editor left it, and what is to be said of it."""
        command = command_of(os.environ.get("VISUAL") or os.environ.get("EDITOR") or "")
        if not command:
            return Edited(None, _NOT_SET)
        try:
            with _file_at(place) as path:
                path.write_bytes(text.encode("utf-8", "surrogatepass"))
                return _edited(command, path, text)
        except OSError as error:
            return Edited(None, f"There is no room for the text ({error.strerror}); it is as it was.")


def _edited(command: Sequence[str], path: Path, text: str) -> Edited:
    """Run an editor on a file that holds a text. Raises OSError when the file cannot be read."""
    whole, shown = name(" ".join(command)), name(Path(command[0]).name)
    begin = time.monotonic()
    try:
        with _deaf(), subprocess.Popen([*command, str(path)]) as child, _passing_on(child) as passed:
            status = child.wait()
    except (OSError, ValueError) as error:
        why = error.strerror if isinstance(error, OSError) else "it holds a NUL"
        return Edited(None, f"`{whole}` cannot be started ({why}): see $VISUAL and $EDITOR.")
    taken = time.monotonic() - begin
    # An editor that was left without saving may take its file along, or leave what is none.
    after = from_file(path.read_bytes()) if path.is_file() else text
    if after == f"{text}\n":
        after = text
    if passed:
        return Edited(after)  # whatever its status: nobody gave up what is saved there
    if status > 0:
        return Edited(None, f"`{shown}` ended with status {status}: the text is as it was.")
    if status < 0:
        told = "what it had saved is here" if after != text else "the text is as it was"
        return Edited(after, f"`{shown}` was ended by signal {-status}: {told}.")
    if after == text and taken < _AT_ONCE:
        return Edited(None, f"`{shown}` came back at once and changed nothing. Has it a flag to wait?")
    return Edited(after)


@contextmanager
def _file_at(place: str) -> Iterator[Path]:
    """A file for the text: in a place that stays, or one that goes. Raises OSError."""
    if place:
        path = Path(place)
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        yield path
        return
    with tempfile.TemporaryDirectory(prefix="triage-", ignore_cleanup_errors=True) as folder:
        yield Path(folder) / "note.md"


@contextmanager
def _deaf() -> Iterator[None]:
    """Let Ctrl+C and Ctrl+\\ be the editor's alone, as a shell does for what it runs."""
    # A handler and not SIG_IGN, which the editor would inherit.
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGQUIT)}
    with suppress(ValueError):  # no signals but in the main thread
        for number in before:
            signal.signal(number, lambda *_: None)
    try:
        yield
    finally:
        with suppress(ValueError):
            for number, handler in before.items():
                signal.signal(number, handler if handler is not None else signal.SIG_DFL)


@contextmanager
def _passing_on(child: subprocess.Popen[bytes]) -> Iterator[Sequence[int]]:
    """Let what ends us end a child first, if need be by force; yields the signals that came.

    Whoever handles them here learns of them, too.
    """
    passed: list[int] = []

    def on_signal(number: int, frame: FrameType | None) -> None:
        passed.append(number)
        child.send_signal(number)
        by_force = threading.Timer(_GRACE, child.kill)
        by_force.daemon = True
        by_force.start()
        if callable(handler := before[number]):
            handler(number, frame)

    before: dict[int, Any] = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGHUP)}
    with suppress(ValueError):
        for number in before:
            signal.signal(number, on_signal)
    try:
        yield passed
    finally:
        with suppress(ValueError):
            for number, handler in before.items():
                signal.signal(number, handler if handler is not None else signal.SIG_DFL)


def command_of(setting: str) -> list[str]:
    """The words of an editor's command, with the flag that makes it wait; empty when there is none."""
    import shlex

    try:
        words = shlex.split(setting)
    except ValueError:
        words = setting.split()
    flags = _WAIT.get(Path(words[0]).name.removesuffix(".exe"), ()) if words else ()
    if flags and not set(flags) & set(words):
        words.insert(1, flags[0])
    return words
