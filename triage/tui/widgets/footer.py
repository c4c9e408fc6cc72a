"""The last line: the keys one needs, or what just happened; `?` is always to be seen."""

from collections.abc import Sequence
from typing import ClassVar

from rich.cells import cell_len
from textual import events
from textual.strip import Strip

from triage.clean import shown
from triage.tui.keys import typed
from triage.tui.widgets.line_widget import LineWidget, Piece, wrap

_MOST_LINES = 4
"""Lines that one sentence may take."""
_HELP = "?"
_APART = 3
"""Cells between a sentence and the keys."""


class Footer(LineWidget):
    """Shows the keys of a place, or a sentence until there is another or none."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"footer--error", "footer--key", "footer--said"}

    def __init__(self, keys: Sequence[tuple[str, str]], *, id: str | None = None) -> None:
        """`keys` are the keys and their words, the first the most needed."""
        super().__init__(id=id)
        self._keys = keys
        self._said = ""
        self._error = False

    @property
    def said(self) -> str:
        """The sentence that is shown; empty while the keys are."""
        return self._said

    @property
    def is_error(self) -> bool:
        """Whether the sentence tells of something that went wrong."""
        return self._error

    def show(self, keys: Sequence[tuple[str, str]]) -> None:
        """Show the keys of another place."""
        if keys != self._keys:
            self._keys = keys
            self.refresh()

    def say(self, sentence: str, *, error: bool = False) -> None:
        """Show a sentence instead of the keys; an empty one brings them back."""
        text = shown(sentence)
        if (text, error) == (self._said, self._error):
            return
        before = self._height(self._said)
        self._said, self._error = text, error
        if self._height(text) != before:
            self.styles.height = self._height(text)
        self.refresh()

    def on_resize(self) -> None:
        """A sentence needs other lines in another width."""
        if self.styles.height is None or self.styles.height.value != self._height(self._said):
            self.styles.height = self._height(self._said)

    def on_click(self, event: events.Click) -> None:
        """A key or its word was clicked: the same as pressing it."""
        event.stop()
        end = 0
        key = ""
        for text, style in self._row(event.y):
            key = text.strip() if style == "footer--key" else key if text.strip() or end == 0 else ""
            end += cell_len(text)
            if event.x < end:
                break
        else:
            key = ""
        if key and any(key == name for name, _ in self._keys):
            self.app.post_message(events.Key(typed(key), key if len(key) == 1 else None))

    def render_line(self, y: int) -> Strip:
        """One line of the sentence, or the keys."""
        return self.strip(self._row(y), self.size.width)

    def _row(self, y: int) -> list[Piece]:
        """One line: of the keys, or of the sentence with as many keys behind it as it leaves room for."""
        width = self.size.width
        if not self._said:
            return _fitting(self._keys, width) if y == 0 else []
        lines = self._lines(self._said)
        text = lines[y] if y < len(lines) else ""
        pieces: list[Piece] = [(" ", ""), (text, "footer--error" if self._error else "footer--said")]
        room = width - cell_len(text) - 1 - _APART
        least = [pair for pair in self._keys if pair[0] == _HELP] or self._keys
        if y == self.size.height - 1 and self._keys and _size(least, 1) <= room:
            keys = _fitting(self._keys, room)
            pieces += [(" " * (room + _APART - sum(cell_len(part) for part, _ in keys) - 1), ""), *keys]
        return pieces

    def _lines(self, text: str) -> list[str]:
        lines = wrap(text, max(1, self.size.width - 2 - len(" ? Help ")))
        if len(lines) > _MOST_LINES:
            lines = [*lines[: _MOST_LINES - 1], lines[_MOST_LINES - 1] + " …"]
        typing = all(key != _HELP for key, _ in self._keys)
        if lines and typing and _size(self._keys, 1) > self.size.width - cell_len(lines[-1]) - 1 - _APART:
            # Where keys are letters nobody can ask for help: what leads out stays in sight.
            lines = [*lines[: _MOST_LINES - 1], ""]
        return lines

    def _height(self, text: str) -> int:
        return max(1, len(self._lines(text))) if text else 1


def _fitting(keys: Sequence[tuple[str, str]], width: int) -> list[Piece]:
    """The keys that fit, `?` among them whatever the width."""
    chosen = list(keys)
    for gap in (3, 2, 1):
        if _size(chosen, gap) <= width:
            break
    while len(chosen) > 1 and _size(chosen, gap) > width:
        last = max((at for at, (key, _) in enumerate(chosen) if key != _HELP), default=0)
        del chosen[last]
    pieces: list[Piece] = [(" ", "")]
    for at, (key, word) in enumerate(chosen):
        pieces += [(" " * gap if at else "", ""), (f"{key} ", "footer--key"), (word, "")]
    return pieces


def _size(keys: Sequence[tuple[str, str]], gap: int) -> int:
    return 2 + sum(cell_len(key) + 1 + cell_len(word) for key, word in keys) + gap * (len(keys) - 1)
