"""The table of keys: every key of the design in both presets, none twice, and the footer in 80 columns."""

import pytest

from triage.settings import PRESETS
from triage.tui.keys import KEYS, Place, footer, rows, to_learn
from triage.tui.screens.main import MainScreen
from triage.tui.widgets.footer import Footer

RESERVED = set("wmvVg")
MNEMONIC = {
    "step(-1)": "up", "step(1)": "down", "page(-1)": "pageup", "page(1)": "pagedown", "first": "home",
    "last": "end", "next_section": "tab", "decide('keep')": "k", "decide('skip')": "s", "note": "n",
    "note_of_last": "N", "reopen": "x", "undo": "u", "redo": "U", "decisions": "' `", "finish": "F",
    "comment": "c", "add": "a", "hold": ">", "haul": "h", "days": "D", "all_open": "A", "day(-1)": "[",
    "day(1)": "]", "filter": "/", "scroll(1)": "space", "scroll(-1)": "b", "open_page": "o", "open_pdf": "p",
    "copy": "y",
    "source": "t", "layout": "z", "fetch": "r", "cross_lists": "X",
    "fold(True)": "left", "fold(False)": "right", "help": "?", "leave": "escape", "hint_at_vim": "j",
}  # fmt: skip
VIM = {**MNEMONIC, "step(-1)": "up k", "step(1)": "down j", "first_by_two": "g", "last": "end G",
       "decide('keep')": "f", "decide('skip')": "d", "finish": "Z", "hint_at_vim": ""}  # fmt: skip


@pytest.mark.parametrize(("preset", "design"), [("mnemonic", MNEMONIC), ("vim", VIM)])
def test_the_main_screen_has_the_designs_keys(preset: str, design: dict[str, str]) -> None:
    table = {row.action: " ".join(row.keys(preset)) for row in rows(Place.MAIN)}
    assert {action: table[action] for action in design} == design


@pytest.mark.parametrize("preset", PRESETS)
@pytest.mark.parametrize("place", Place)
def test_no_key_stands_for_two_things(place: Place, preset: str) -> None:
    keys = [key for row in rows(place) for key in row.keys(preset)]
    assert len(keys) == len(set(keys))


def test_reserved_keys_are_free() -> None:
    taken = {key for row in rows(Place.MAIN) for key in row.keys("mnemonic")}
    assert taken & RESERVED == set()
    assert {key for row in rows(Place.MAIN) for key in row.keys("vim")} & RESERVED == {"g"}


def test_every_key_of_the_main_screen_does_something() -> None:
    names = {row.action.partition("(")[0] for row in rows(Place.MAIN)}
    assert [name for name in sorted(names) if not hasattr(MainScreen, f"action_{name}")] == []


@pytest.mark.parametrize("preset", PRESETS)
def test_the_footer_fits_80_columns_and_names_the_help(preset: str) -> None:
    keys = footer(Place.MAIN, preset)
    line = "  ".join(f"{key} {word}" for key, word in keys)
    assert len(line) <= 78
    assert keys[-1] == ("?", "Help")


@pytest.mark.parametrize("preset", PRESETS)
def test_the_help_names_every_key_that_does_something(preset: str) -> None:
    learned = " ".join(keys for place in Place for _, keys, _ in to_learn(place, preset))
    for row in KEYS:
        if row.text:
            assert row.shown(preset) in learned


def test_a_sentence_is_shown_in_the_footer_as_text() -> None:
    line = Footer([("?", "Help")])
    line.say("[/INST] \x1b]52;c;aGk=\x07 failed.")
    assert "\x1b" not in line.said
    assert line.said.startswith("[/INST] ")
