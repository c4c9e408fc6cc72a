"""From the cells of wrapped lines to the characters of their text, and back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from triage.paper import Kind, Paper
from triage.tui.widgets.leaf import Leaf, wrapped
from triage.tui.widgets.line_widget import Piece, wrap
from triage.tui.widgets.passage import Passage, laid

WORDS = st.lists(st.text(alphabet="abcd漢é𝔽", min_size=1, max_size=12), min_size=1, max_size=12)


def of(words: list[str], width: int) -> tuple[Passage, list[list[Piece]]]:
    text = " ".join(words)
    lines: list[list[Piece]] = [[(line, "")] for line in wrap(text, width)]
    return laid(lines, text, 3, frozenset()), lines


def seen(passage: Passage, lines: list[list[Piece]], start: int, end: int) -> str:
    """What stands on the cells of a part of the text, line after line."""
    found = ""
    for at, pieces in enumerate(lines):
        text = "".join(piece for piece, _ in pieces)
        for left, right in passage.cells(3 + at, start, end):
            chars = [char for at, char in enumerate(text) if left <= cell_len(text[:at]) < right]
            found += "".join(chars)
    return found


@given(WORDS, st.integers(2, 20), st.data())
def test_a_part_of_the_text_is_found_on_its_cells(words: list[str], width: int, data: st.DataObject) -> None:
    passage, lines = of(words, width)
    start = data.draw(st.integers(0, len(passage.text)))
    end = data.draw(st.integers(start, len(passage.text)))
    assert seen(passage, lines, start, end).replace(" ", "") == passage.text[start:end].replace(" ", "")


@given(WORDS, st.integers(2, 20))
def test_every_cell_leads_to_the_character_on_it(words: list[str], width: int) -> None:
    passage, lines = of(words, width)
    for at, pieces in enumerate(lines):
        text = pieces[0][0]
        for cell in range(cell_len(text)):
            char = next(char for n, char in enumerate(text) if cell_len(text[: n + 1]) > cell)
            place = passage.place(3 + at, cell)
            assert passage.text[place] == char
            assert passage.line(place) == 3 + at


def test_a_cell_beside_the_text_leads_to_the_nearest_character() -> None:
    passage, _ = of(["One", "two", "three"], 7)
    assert (passage.place(0, 0), passage.place(3, 99), passage.place(9, 0)) == (0, 6, 12)
    assert Passage().place(1, 1) == 0
    assert list(Passage().cells(0, 0, 9)) == []


@pytest.mark.parametrize("width", [2, 3, 8, 20, 60])
def test_of_a_changed_abstract_what_it_says_now_is_found(width: int) -> None:
    before = Paper("2611.00001", "T", abstract="One stays here. Two goes now. 漢字 too.", version=1)
    now = "One stays here.\n\nTwo [+ comes anew now. 漢字 too."
    paper = Paper("2611.00001", "T", abstract=now, version=2, kind=Kind.REPLACE)
    page = wrapped(Leaf(paper, before=before), width)
    passage = page.passage()
    assert passage.text == now
    found = ""
    for at, pieces in enumerate(page.lines):
        line = "".join(text for text, _ in pieces)
        for left, right in passage.cells(at, 0, len(now)):
            found += "".join(c for n, c in enumerate(line) if left <= cell_len(line[:n]) < right)
    assert found.replace(" ", "") == "".join(now.split())
