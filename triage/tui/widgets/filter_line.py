"""The line a filter is typed into; the list answers each letter."""

from dataclasses import dataclass
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.message import Message

from triage.tui.widgets.field import Field

LONGEST = 500
"""Characters of a filter."""


class FilterLine(Field):
    """An input that says when the filter is left, and lets the arrows move in the list."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave(False)", show=False),
        Binding("enter,tab", "leave(True)", show=False),
        Binding("up", "move(-1)", show=False),
        Binding("down", "move(1)", show=False),
    ]

    @dataclass
    class Left(Message):
        """Enter or Esc."""

        line: "FilterLine"
        """The line; its `value` is what was typed."""
        on: bool
        """Whether the filter stays on."""

    @dataclass
    class Moved(Message):
        """The arrows, while the filter is being typed."""

        rows: int

    def __init__(self) -> None:
        super().__init__(id="filter", longest=LONGEST)

    def action_leave(self, on: bool) -> None:
        """Go back to the list."""
        self.post_message(self.Left(self, on))

    def action_move(self, rows: int) -> None:
        """Move in the list."""
        self.post_message(self.Moved(rows))
