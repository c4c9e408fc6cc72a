"""A row of the table of keys: what a key does in one place, and how the screen names it."""

from enum import StrEnum
from typing import NamedTuple

from triage.settings import VIM


class Place(StrEnum):
    """Where a key works."""

    MAIN = "main"
    NOTE = "note"
    """The editor of a note or a comment."""
    MARK = "mark"
    """A text in which a passage is being marked."""
    PREVIEW = "preview"
    """A note as it will read, shown while one writes it."""
    HAUL = "haul"
    DAYS = "days"
    """The calendar of the listing days."""
    FULL_TEXT = "full text"
    LISTING = "listing"
    """A screen that shows one list to choose from: the decisions."""


HEADINGS = {
    Place.MAIN: "The main screen:",
    Place.NOTE: "While a note or a comment is written:",
    Place.PREVIEW: "While a note is shown as it will read:",
    Place.MARK: "While a passage is marked:",
    Place.HAUL: "The haul:",
    Place.DAYS: "The days:",
    Place.FULL_TEXT: "The full text:",
    Place.LISTING: "The decisions:",
}
"""What stands above the keys of a place, in the order in which a whole table has them."""


class Key(NamedTuple):
    """One row of the table: what a key does in one place."""

    place: Place
    group: str
    """The heading it stands under in the help."""
    action: str
    """The action of the screen, as Textual writes it: `decide('keep')`."""
    mnemonic: str
    """Its keys, separated by spaces; empty: not bound in this preset."""
    vim: str
    label: str
    """Its word in the footer."""
    text: str
    """What it does, for the help and the README."""
    footer: int = 0
    """Its place in the footer from 1; 0: not there."""

    def keys(self, preset: str) -> tuple[str, ...]:
        """The keys in a preset, as they are typed or as Textual names them."""
        return tuple((self.vim if preset == VIM else self.mnemonic).split())

    def shown(self, preset: str) -> str:
        """The keys in a preset, as the screen names them."""
        return " ".join(NAMES.get(key, key) for key in self.keys(preset))


NAMES = {
    "up": "↑",
    "down": "↓",
    "shift+up": "Shift+↑",
    "shift+down": "Shift+↓",
    "delete": "Del",
    "backspace": "Backspace",
    "left": "←",
    "right": "→",
    "pageup": "PgUp",
    "pagedown": "PgDn",
    "home": "Home",
    "end": "End",
    "tab": "Tab",
    "enter": "Enter",
    "escape": "Esc",
    "ctrl+l": "Ctrl+L",
    "ctrl+p": "Ctrl+P",
    "ctrl+q": "Ctrl+Q",
    "ctrl+r": "Ctrl+R",
    "ctrl+s": "Ctrl+S",
    "ctrl+y": "Ctrl+Y",
    "ctrl+z": "Ctrl+Z",
    "f2": "F2",
    "f3": "F3",
    "f4": "F4",
    "g": "gg",
}
