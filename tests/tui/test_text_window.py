"""The window on a text: what is in view, how it scrolls, and that the place outlives every size."""

import pytest

from tests.tui.test_text_body import taken_in
from triage.full_text import Part
from triage.tui.text_body import TextBody
from triage.tui.text_window import TextWindow
from triage.tui.widgets.fragments import Fragment

WORDS = " ".join(f"word{at:04}" for at in range(200))
TABLE = "\n".join(
    ["|" + "|".join(f" head {at} " for at in range(30)) + "|", "|" + "---|" * 30]
    + ["|" + "|".join(f" {row}.{at} " for at in range(30)) + "|" for row in range(3)]
)


@pytest.fixture
def window() -> TextWindow:
    parts = [Part(f"S{at}", 1, f"{at} Section", f"{WORDS}\n\n- one\n- two\n\n{TABLE}") for at in range(1, 6)]
    window = TextWindow(taken_in(TextBody(), *parts))
    window.resize(60, 20)
    return window


def seen(window: TextWindow) -> list[str]:
    return ["".join(piece.text for piece in window.lines(block)[at]).rstrip() for block, at in window.view()]


def first_words(window: TextWindow) -> str:
    return window.body.passage(window.place, window.place + 8)


def test_it_scrolls_line_by_line_to_the_end_and_back(window: TextWindow) -> None:
    every = seen(window)
    while window.scroll(1):
        every.append(seen(window)[-1])
    assert seen(window) == every[-20:]
    assert window.end >= window.body.end - 1
    back = seen(window)
    while window.scroll(-1):
        back.insert(0, seen(window)[0])
    assert back == every
    assert sum(line.startswith("word") for line in every) == 5 * 34


def test_a_page_is_as_many_lines(window: TextWindow) -> None:
    whole = seen(window)
    assert window.scroll(7)
    assert seen(window)[:13] == whole[7:]
    assert window.scroll(-7)
    assert seen(window) == whole
    assert not window.scroll(-1)


def test_the_place_at_the_top_outlives_every_width(window: TextWindow) -> None:
    window.go(window.body.section_start(2) + 700)
    before = window.place
    for width in (200, 80, 33, 7, 1, 60):
        window.resize(width, 20)
        line = window.line_of(before)
        assert window.view()[0] == line
    assert abs(window.place - before) <= 60


def test_the_last_line_is_never_above_the_bottom(window: TextWindow) -> None:
    window.to_end()
    assert len(seen(window)) == 20
    window.resize(60, 40)
    assert len(seen(window)) == 40
    window.resize(200, 12)
    window.go(window.body.end)
    assert len(seen(window)) == 12


def test_only_what_was_seen_is_laid_out() -> None:
    body = taken_in(TextBody(), Part("S1", 1, "1 Long", f"{WORDS}\n\n" * 300))
    laid: list[int] = []

    class Counting(TextWindow):
        def lines(self, block: int) -> list[list[Fragment]]:
            laid.append(block)
            return super().lines(block)

    window = Counting(body)
    window.resize(60, 20)
    window.go(body.starts[400])
    window.view()
    assert len(set(laid)) < 10


def test_text_is_brought_into_view_with_as_little_moving_as_can_be(window: TextWindow) -> None:
    whole = seen(window)
    start = window.body.passage(0, window.body.end).index("word0050")
    place = window.body.starts[2] + start - window.body.passage(0, window.body.end).index("word0000")
    assert not window.bring_into_view(place, place + 8)
    assert seen(window) == whole
    far = window.body.section_start(3)
    assert window.bring_into_view(far, far + 5)
    assert seen(window)[-1] == "4 Section"
    assert window.bring_into_view(place, place + 8, margin=5)
    assert "word0050" in seen(window)[5]


def test_a_cell_is_a_character_of_the_text_and_beyond_the_edges_too(window: TextWindow) -> None:
    body = window.body
    row = next(at for at, line in enumerate(seen(window)) if line.startswith("word0006"))
    place = window.place_at(row, 9)
    assert body.passage(place, place + 8) == "word0007"
    assert window.place_at(row, 500) == place - 9 + 53
    assert window.place_at(-3, 0) == window.place
    assert window.place_at(25, 0) > window.place_at(19, 0)


def test_characters_of_two_cells_are_found_by_their_cells() -> None:
    body = taken_in(TextBody(), Part("S1", 1, "", "字字字 abc"))
    window = TextWindow(body)
    window.resize(40, 5)
    row = seen(window).index("字字字 abc")
    assert [body.passage(at, at + 1) for at in (window.place_at(row, cell) for cell in (0, 1, 2, 5, 7))] == [
        *"字字字字a"
    ]


def test_a_table_that_is_too_wide_turns_and_shows_what_is_searched(window: TextWindow) -> None:
    body = window.body
    table = next(at for at, block in enumerate(body.blocks) if block.row is not None)
    window.go(body.starts[table])
    assert "head 0 " in seen(window)[0]
    assert "head 20" not in seen(window)[0]
    assert window.turn(1)
    assert "head 1 " not in seen(window)[0]
    place = body.starts[table] + body.blocks[table].text.plain.index("head 20")
    assert window.bring_into_view(place, place + 7)
    assert "head 20" in seen(window)[0]
    assert "head 0 " in seen(window)[0]
    for _ in range(40):
        window.turn(-1)
    assert "head 1 " in seen(window)[0]
    assert not window.turn(-1)


def test_where_no_table_is_nothing_turns(window: TextWindow) -> None:
    assert not window.turn(1)


def test_an_empty_text_has_no_lines() -> None:
    window = TextWindow(TextBody())
    window.resize(40, 10)
    assert window.view() == []
    assert not window.scroll(1)
    assert not window.go(5)
    assert window.place_at(3, 3) == 0
    assert window.end == 0
