"""Choose the key preset: both stand side by side with their main keys."""

from typing import ClassVar

from textual import events
from textual.content import Content
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from triage.settings import MNEMONIC, PRESETS, VIM
from triage.tui.keys import Place, rows
from triage.tui.widgets.blocks import styled
from triage.tui.widgets.painting import CLASSES, painted

_WIDTHS = (16, 16)
_SHOWN = (
    "step(-1)",
    "step(1)",
    "decide('keep')",
    "decide('skip')",
    "reopen",
    "note",
    "undo",
    "finish",
    "filter",
    "comment",
    "add",
    "haul",
    "help",
    "quit",
)
"""The actions whose keys are compared."""


class PresetPicker(Widget, can_focus=True):
    """Shows both presets; ← and → choose, Enter goes on."""

    COMPONENT_CLASSES: ClassVar[set[str]] = set(CLASSES)

    class Chosen(Message):
        """Enter: the preset stands."""

    def __init__(self, preset: str = MNEMONIC, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.preset = preset if preset in PRESETS else MNEMONIC
        """The preset chosen."""

    def on_key(self, event: events.Key) -> None:
        """Choose."""
        if event.key in ("left", "m"):
            self.preset = MNEMONIC
        elif event.key in ("right", "v"):
            self.preset = VIM
        elif event.key == "enter":
            self.post_message(self.Chosen())
        else:
            return
        event.stop()
        self.refresh()

    def on_click(self, event: events.Click) -> None:
        """A click chooses the column."""
        event.stop()
        self.preset = VIM if event.x > 2 + sum(_WIDTHS) - 1 else MNEMONIC
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """A line of the comparison."""
        return painted(self, self._line(y), self.size.width)

    def _line(self, y: int) -> Content:
        keys = {row.action: row for row in rows(Place.MAIN)}
        actions = [action for action in _SHOWN if action in keys]
        if y == 1:
            return self._columns("", *(f"{'▌' if name == self.preset else ' '}{name}" for name in PRESETS))
        if 3 <= y < 3 + len(actions):
            row = keys[actions[y - 3]]
            return self._columns(row.label, *(f" {row.shown(name)}" for name in PRESETS))
        return Content("")

    def _columns(self, label: str, *cells: str) -> Content:
        line = Content("  ") + styled(f"{label:<{_WIDTHS[0]}}", "dim")
        for name, cell in zip(PRESETS, cells, strict=True):
            line += styled(f"{cell:<{_WIDTHS[1]}}", "key" if name == self.preset else "dim")
        return line
