"""Whether the terminal, the clipboard, the browser and the editor of this machine work: each is tried."""

import locale
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import suppress
from typing import NamedTuple

from triage import clean
from triage.desktop.clipboard import PATIENCE, PyperclipClipboard, answer
from triage.desktop.editor import command_of
from triage.looked_at import Looked

_NARROWEST, _LOWEST = 40, 10
_LONGEST = 1_000_000
"""Bytes: a clipboard that holds more is not written back."""
_OURS = b"triage"
"""Copied where nothing is in the clipboard, and taken away again."""
_PLAIN = ("text/plain", "UTF8_STRING", "STRING", "TEXT", "COMPOUND_TEXT", "TARGETS", "TIMESTAMP", "MULTIPLE")
_PLAIN_TOO = ("SAVE_TARGETS", "DELETE", "LENGTH")
"""The beginnings of what plain text is offered as; of what is more, copying anew would lose something."""
_BROWSER = "import webbrowser; b = webbrowser.get(); print(getattr(b, 'name', '') or type(b).__name__)"


class _Tool(NamedTuple):
    """A program that copies, and one that pastes."""

    name: str
    copy: Sequence[str]
    paste: Sequence[str]
    display: str
    """The variable without which it cannot work; empty: none."""
    types: Sequence[str] = ()
    """Tells in which forms the clipboard holds what is in it; empty: it cannot be asked."""


_X = ("-selection", "clipboard")
_TOOLS = (
    _Tool(
        "wl-copy", ["wl-copy"], ["wl-paste", "--no-newline"], "WAYLAND_DISPLAY", ["wl-paste", "--list-types"]
    ),
    _Tool("xclip", ["xclip", *_X], ["xclip", *_X, "-o"], "DISPLAY", ["xclip", *_X, "-o", "-t", "TARGETS"]),
    _Tool("xsel", ["xsel", "--clipboard", "--input"], ["xsel", "--clipboard", "--output"], "DISPLAY"),
    _Tool("pbcopy", ["pbcopy"], ["pbpaste"], ""),
)


def terminal() -> Iterator[Looked]:
    """What the terminal says of itself."""
    size = _size()
    environment = os.environ
    term = clean.name(environment.get("TERM", ""))
    inside = [
        name
        for name, mark in (("tmux", "TMUX"), ("screen", "STY"), ("ssh", "SSH_CONNECTION"))
        if mark in environment
    ]
    parts = [
        f"TERM={term or 'unset'}",
        *(f"{name}={clean.name(environment[name])}" for name in ("COLORTERM",) if environment.get(name)),
        f"{size[0]} × {size[1]}" if size is not None else "no terminal here",
        *([f"in {' in '.join(inside)}"] if inside else []),
    ]
    says = " · ".join(parts)
    if size is not None and term in ("", "dumb", "unknown"):
        yield Looked("terminal", says, False, "The app needs a terminal that moves its cursor: set TERM.")
    elif size is not None and (size[0] < _NARROWEST or size[1] < _LOWEST):
        yield Looked("terminal", says, False, f"The app needs {_NARROWEST} columns and {_LOWEST} rows.")
    else:
        yield Looked("terminal", says)
    encoding = locale.getpreferredencoding(False)
    is_unicode = encoding.lower().replace("-", "") == "utf8"
    remedy = "" if is_unicode else "Accents and formulas are lost: export LANG=C.UTF-8 in your shell."
    yield Looked("characters", clean.name(encoding), is_unicode, remedy)


def clipboard(child: Sequence[str]) -> Iterator[Looked]:
    """Every way to the clipboard, tried; what is in it stays. `child` runs our own clipboard module."""
    ours, works, is_tool_here = PyperclipClipboard(child), False, False
    for tool in _TOOLS:
        if shutil.which(tool.copy[0]) is None or shutil.which(tool.paste[0]) is None:
            continue
        is_tool_here = True
        if tool.display and not os.environ.get(tool.display):
            yield _way(f"{tool.name}: not tried, for there is no ${tool.display} here")
            continue
        fault, says = _tried(tool)
        works |= not fault
        remedy = (
            f"Try `{' '.join(tool.copy)}` in a shell, or take it away: another way may work." if fault else ""
        )
        yield _way(f"{tool.name}: {fault or says}", is_well=not fault, remedy=remedy)
    if os.environ.get("TMUX"):
        taken = _tmux()
        works |= taken
        yield _way(f"tmux: {'copies and pastes' if taken else 'does not take a text'}", is_well=taken)
    if ours.is_terminal_willing and _size() is not None:
        works = True
        yield _way("OSC 52: is sent to the terminal where no tool works; whether it is taken cannot be known")
    if not is_tool_here and not works and ours.paste() is not None:
        works = True
        yield _way("pastes by a way of the system's own")
    if not works:
        yield _way(
            "nothing here takes a text",
            is_well=False,
            remedy="Install wl-clipboard (Wayland), xclip or xsel (X11); till then texts go into a file.",
        )


def browser() -> Iterator[Looked]:
    """Which browser opens links."""
    # As where a link is opened: without TERM no text browser is chosen.
    environment = {name: value for name, value in os.environ.items() if name != "TERM"}
    told = _answer([sys.executable, "-P", "-c", _BROWSER], environment=environment)
    name = clean.line((told or b"").decode("utf-8", "replace"))
    if name:
        yield Looked("browser", name)
    else:
        yield Looked(
            "browser", "none", False, "Links are shown instead of opened: set BROWSER, or install xdg-utils."
        )


def editor() -> Iterator[Looked]:
    """Whether the user's own editor is there."""
    variable = "VISUAL" if os.environ.get("VISUAL") else "EDITOR"
    command = command_of(os.environ.get(variable) or "")
    if not command:
        yield Looked("editor", "none is set", False, "F4 and `triage note ID` want one: export EDITOR=vim.")
        return
    says = f"{clean.name(' '.join(command))} (${variable})"
    found = shutil.which(command[0]) is not None
    remedy = "" if found else f"It is not on your PATH, or may not be run: see ${variable}."
    yield Looked("editor", says, found, remedy)


def _way(says: str, *, is_well: bool = True, remedy: str = "") -> Looked:
    return Looked("clipboard", says, is_well, remedy)


def _tried(tool: _Tool) -> tuple[str, str]:
    """What is wrong with a tool, else what it does; what the clipboard holds is copied back as it was."""
    try:
        held = answer(tool.paste) or b""
        kinds = (answer(tool.types) or b"").decode("utf-8", "replace").split() if held and tool.types else []
        is_plain = bool(kinds) and all(kind.startswith((*_PLAIN, *_PLAIN_TOO)) for kind in kinds)
        if held and (not is_plain or len(held) > _LONGEST):
            return "", "pastes; copying was not tried, for what is in it may be more than text"
        wanted = held or _OURS
        copied = answer(tool.copy, wanted, silent=True) is not None and answer(tool.paste) == wanted
        if not held:
            answer(tool.copy, b"", silent=True)
    except subprocess.TimeoutExpired:
        return f"gave no answer within {PATIENCE:g} s", ""
    return ("", "copies and pastes") if copied else ("does not keep what is copied", "")


def _tmux() -> bool:
    """Try a buffer of our own, which is taken away again."""
    buffer = ("-b", "triage-doctor")
    with suppress(subprocess.TimeoutExpired):
        loaded = answer(["tmux", "load-buffer", *buffer, "-"], _OURS) is not None
        shown = answer(["tmux", "show-buffer", *buffer])
        answer(["tmux", "delete-buffer", *buffer])
        return loaded and shown == _OURS
    return False


def _answer(argv: Sequence[str], environment: dict[str, str]) -> bytes | None:
    with suppress(subprocess.TimeoutExpired):
        return answer(argv, environment=environment)
    return None


def _size() -> os.terminal_size | None:
    for handle in (1, 2, 0):
        with suppress(OSError):
            return os.get_terminal_size(handle)
    return None
