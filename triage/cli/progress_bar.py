"""A bar on standard error while a command works; nothing where nobody watches."""

import os
import shutil

from triage import clean
from triage.cli.console import Console

_CELLS = 24
_CLEAR = "\r\x1b[K"


class ProgressBar:
    """One line that is drawn over and over, and makes room for what is said meanwhile."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._is_watched = console.is_watched and os.environ.get("TERM") != "dumb"
        self._line = ""

    def show(self, done: int, total: int, doing: str) -> None:
        """Show how far it is: `done` of `total`, and what is being done."""
        filled = min(_CELLS, done * _CELLS // total) if total else 0
        self._draw(f"{'━' * filled}{'─' * (_CELLS - filled)} {done}/{total} {doing}")

    def tell(self, text: str) -> None:
        """Show a sentence in the bar's place."""
        self._draw(text)

    def clear(self) -> None:
        """Take the bar away: before something else is said, and at the end."""
        if self._line:
            self._console.draw(_CLEAR)
            self._line = ""

    def _draw(self, text: str) -> None:
        if not self._is_watched:
            return
        room = max(1, shutil.get_terminal_size().columns - 1)
        line = clean.line(text)
        self._line = line if len(line) <= room else line[: room - 1] + "…"
        self._console.draw(f"{_CLEAR}{self._line}")
