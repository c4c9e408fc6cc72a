"""What outside text looks like once it is through the door; no feed is lost to one character."""

import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from triage import clean

_HARMFUL = "\u200b\u2060\ufeff\u200e\u200f\u061c\u2028\u2029" + "".join(
    chr(code) for code in (*range(0x202A, 0x202F), *range(0x2066, 0x206A))
)
_ANY_TEXT = st.text(st.characters(exclude_categories=()))


@pytest.mark.parametrize(
    ("outside", "seen"),
    [
        ("A \x1b[31mred\x1b[0m title", "A [31mred[0m title"),
        ("\x1b]52;c;cHduZWQ=\x07Deep nets", "]52;c;cHduZWQ=Deep nets"),
        ("\x9b2Jx \x9d0;t\x9c", "2Jx 0;t"),
        ("\x1bP+q\x1b\\ \x1b_apc\x1b\\", "P+q\\ _apc\\"),
        ("nul\0 bel\a bs\b del\x7f", "nul bel bs del"),
        ("a\tb", "a b"),
        ("one\r\ntwo\rthree\u2028four\x0bfive\x85six", "one\ntwo\nthree\nfour\nfive\nsix"),
        ("user\u202egnp.exe\u2066x\u2069", "usergnp.exex"),
        ("zero\u200bwidth\ufeff\u2060", "zerowidth"),
        ("lone \ud800 half", "lone \ufffd half"),
        ("\U0001f469\u200d\U0001f52c \u2764\ufe0f", "\U0001f469\u200d\U0001f52c \u2764\ufe0f"),
        ("[@click=app.quit]x[/] [/INST] $x < 5%", "[@click=app.quit]x[/] [/INST] $x < 5%"),
        ("{{ 7*7 }} hair\u200aspace  twice", "{{ 7*7 }} hair\u200aspace  twice"),
    ],
)
def test_what_a_terminal_would_obey_becomes_text(outside: str, seen: str) -> None:
    assert clean.clean(outside) == seen


def test_a_thousand_marks_on_one_letter_become_eight() -> None:
    assert clean.clean("e" + "\u0301" * 1000 + "x") == "e" + "\u0301" * 8 + "x"
    assert clean.shown("e" + "\u0301\x1b\u0302" * 500) == "e" + "\u0301\u0302" * 4


def test_a_line_has_no_line_ends_and_single_spaces() -> None:
    assert clean.line("  A title\n  in two\r\nlines\u2029 and\tmore ") == "A title in two lines and more"


def test_the_users_own_text_keeps_its_indentation_and_hair_spaces() -> None:
    assert clean.shown("- a\n\t- b\u200a–\u200ac\r\n\x1b[1m") == "- a\n    - b\u200a–\u200ac\n[1m"


@given(_ANY_TEXT)
def test_nothing_harmful_is_left_and_cleaning_twice_changes_nothing(text: str) -> None:
    once = clean.clean(text)
    assert not [c for c in once if c != "\n" and (unicodedata.category(c) in ("Cc", "Cs") or c in _HARMFUL)]
    assert clean.clean(once) == once
    assert clean.line(clean.line(text)) == clean.line(text)


@given(st.text(st.characters(categories=("L", "N", "P", "S", "Zs"))))
def test_ordinary_text_is_untouched(text: str) -> None:
    assert clean.clean(text) == text


@pytest.mark.parametrize("hostile", ["<![CDATA[", "&#", "&#1", "<!--", "<?xml", "\x1b", "e\u0301", "\u0301"])
def test_a_megabyte_of_anything_takes_no_time(hostile: str) -> None:
    text = hostile * (1_000_000 // len(hostile))
    start = time.perf_counter()
    clean.clean(text)
    assert time.perf_counter() - start < 2
