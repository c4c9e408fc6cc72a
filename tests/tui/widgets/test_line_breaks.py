"""Breaking texts into lines: nothing is lost, and nothing is wider than it may be."""

import re
import sys

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from triage.tui.widgets.line_breaks import NARROW, breaks, size

_LETTERS = st.sampled_from(["a", "b", " ", "  ", "\n", "é", "e\u0301", "字", "𝔽", "👩\u200d👧", "θ", "-"])
TEXTS = st.lists(_LETTERS, max_size=60).map("".join)


def lines(text: str, width: int, further: int | None = None) -> list[str]:
    return [text[one.start : one.end] for one in breaks(text, width, further)]


def test_lines_end_at_spaces_and_at_line_ends() -> None:
    assert lines("the quick brown fox\njumps", 10) == ["the quick", "brown fox", "jumps"]
    assert lines("the quick 字字 fox", 10) == ["the quick", "字字 fox"]


def test_spaces_at_a_break_go_and_those_elsewhere_stay() -> None:
    assert lines("  a  b    c", 6) == ["  a  b", "c"]
    assert lines("  字  b    c", 7) == ["  字  b", "c"]
    assert lines("a\n\nb", 5) == ["a", "", "b"]


def test_a_word_that_is_too_wide_is_broken() -> None:
    assert lines("an incomprehensible word", 6) == ["an", "incomp", "rehens", "ible", "word"]
    assert lines("x 字字字字字", 4) == ["x", "字字", "字字", "字"]


def test_lines_that_continue_one_may_have_less_room() -> None:
    assert lines("one two three four", 9, 5) == ["one two", "three", "four"]
    assert lines("字字字字 字字\nnew line", 8, 4) == ["字字字字", "字字", "new line"]


@given(TEXTS, st.integers(1, 12), st.integers(1, 12))
def test_nothing_is_lost_and_no_line_is_too_wide(text: str, width: int, further: int) -> None:
    found = list(breaks(text, width, further))
    assert "".join(text[one.start : one.end] for one in found).replace(" ", "") == re.sub("[ \n]", "", text)
    assert sum(not one.continues for one in found) == text.count("\n") + 1
    for one in found:
        room = further if one.continues else width
        assert cell_len(text[one.start : one.end]) <= max(room, 2)


@given(TEXTS, st.integers(0, 60), st.integers(0, 60), st.integers(1, 12))
def test_a_part_of_a_text_breaks_as_it_would_alone(text: str, start: int, end: int, width: int) -> None:
    start, end = min(start, len(text)), min(end, len(text))
    inside = (
        [text[one.start : one.end] for one in breaks(text, width, start=start, end=end)]
        if start <= end
        else []
    )
    assert inside == (lines(text[start:end], width) if start <= end else [])


def test_what_is_taken_for_narrow_takes_one_cell() -> None:
    narrow = re.compile(f"[{NARROW}]")
    wrong = [
        hex(code)
        for code in range(sys.maxunicode + 1)
        if not 0xD800 <= code < 0xE000 and narrow.match(chr(code)) and cell_len(chr(code)) != 1
    ]
    assert wrong == []


@given(TEXTS)
def test_sizes_are_those_of_the_terminal(text: str) -> None:
    assert size(text.replace("\n", "")) == cell_len(text)
