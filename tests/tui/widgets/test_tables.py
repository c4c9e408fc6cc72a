"""Tables as they are drawn: aligned, wrapped in their cells, and shown in part when they are too wide."""

import pytest

from triage.tui.widgets.blocks import Block
from triage.tui.widgets.markdown_blocks import markdown
from triage.tui.widgets.table_layout import Kind

RESULTS = "\n".join(
    [
        "| Model | BLEU | Cost |",
        "|:------|-----:|:----:|",
        "| ByteNet | 23.75 | |",
        "| Deep-Att + PosUnk | 39.2 | 1.0·10²⁰ |",
        "| **Ours** (big) | 9.8 | [12](#bib.bib12) |",
    ]
)


def drawn(text: str, width: int, column: int | None = None) -> list[str]:
    """A table's lines; with a column as the full text shows them, without one as a note's preview does."""
    return [line for block in markdown(text) for line in lines(block, width, column)]


def lines(block: Block, width: int, column: int | None) -> list[str]:
    if column is None:
        return [line.plain.rstrip() for line in block.lines(width)]
    text = block.text.plain
    return [
        "".join(bit.before + text[bit.start : bit.end] for bit in line).rstrip()
        for line in block.laid_out(width, column).lines
    ]


def test_columns_are_aligned_as_the_source_asks() -> None:
    assert drawn(RESULTS, 60) == [
        "Model             │  BLEU │   Cost",
        "──────────────────┼───────┼─────────",
        "ByteNet           │ 23.75 │",
        "Deep-Att + PosUnk │  39.2 │ 1.0·10²⁰",
        "Ours (big)        │   9.8 │    12",
    ]


def test_cells_wrap_where_the_columns_do_not_fit() -> None:
    long = "asks arXiv for what is owed of the last days"
    text = f"| name | what it does |\n|---|---|\n| fetch | {long} |\n| x | y |"
    assert drawn(text, 30) == [
        "name  │ what it does",
        "──────┼───────────────────────",
        "fetch │ asks arXiv for what is",
        "      │ owed of the last days",
        "x     │ y",
    ]


def test_characters_of_two_cells_do_not_shift_the_columns() -> None:
    assert drawn("| a | b |\n|---|---|\n| 字字 | 1 |\n| é | 2 |", 40) == [
        "a    │ b",
        "─────┼──",
        "字字 │ 1",
        "é    │ 2",
    ]


def test_a_table_without_a_head_begins_with_its_first_row() -> None:
    assert drawn("| | |\n|---|---|\n| a | b |", 40) == ["a │ b"]


def test_a_bar_that_is_text_is_text() -> None:
    assert drawn("| a | b |\n|---|---|\n| x \\| y | z |", 40)[-1] == "x | y │ z"


@pytest.mark.parametrize("width", [1, 4, 9, 20, 33])
def test_a_note_shows_every_word_of_a_table_at_any_width(width: int) -> None:
    shown = "".join(drawn(RESULTS, width)).replace(" ", "").replace("\n", "")
    for word in ("Model", "BLEU", "Deep-Att", "PosUnk", "1.0·10²⁰", "Ours"):
        assert word in shown
    assert all(
        line.cell_length <= max(width, 2) for block in markdown(RESULTS) for line in block.lines(width)
    )


WIDE = "\n".join(
    ["|" + "|".join(f" head {at} " for at in range(1, 13)) + "|", "|" + "---|" * 12]
    + ["|" + "|".join(f" {row}.{at} " for at in range(1, 13)) + "|" for row in (1, 2)]
)


def test_a_table_that_is_too_wide_shows_some_columns_and_says_which() -> None:
    assert drawn(WIDE, 40, 1) == [
        "head 1 │ head 2 │ head 3 │ head 4 ›",
        "───────┼────────┼────────┼───────",
        "1.1    │ 1.2    │ 1.3    │ 1.4    ›",
        "2.1    │ 2.2    │ 2.3    │ 2.4    ›",
        "columns 1–4 of 12 · ← →",
    ]
    assert drawn(WIDE, 40, 10)[-2:] == [
        "2.1    ‹ 2.11    │ 2.12",
        "columns 1, 11–12 of 12 · ← →",
    ]


@pytest.mark.parametrize("width", [8, 20, 40])
def test_every_column_of_a_wide_table_can_be_reached(width: int) -> None:
    rows = [block for block in markdown(WIDE) if block.row is not None and block.row.kind is Kind.BODY]
    seen = " ".join(line for column in range(12) for line in lines(rows[0], width, column))
    squeezed = seen.replace(" ", "")
    assert [at for at in range(1, 13) if f"1.{at}" not in squeezed] == []


@pytest.mark.parametrize("width", [1, 3, 8, 20, 40, 77])
def test_a_wide_table_is_never_wider_than_its_room(width: int) -> None:
    every = [line for column in range(12) for block in markdown(WIDE) for line in lines(block, width, column)]
    assert max(map(len, every)) <= max(width, 3)


@pytest.mark.parametrize("width", [8, 20, 40])
def test_a_wide_table_moves_to_its_end_and_back(width: int) -> None:
    table = next(block.row.table for block in markdown(WIDE) if block.row is not None)
    seen = [0]
    while (after := table.moved(width, seen[-1], 1)) != seen[-1]:
        seen.append(after)
    assert [at for at, _ in table.window(width, seen[-1])][-1] == 11
    for _ in seen:
        after = table.moved(width, after, -1)
    assert table.window(width, after)[0][0] == 0


def test_a_table_that_all_but_fits_has_narrow_bars() -> None:
    assert drawn(WIDE, 60, 1)[1:3] == [
        "1    │2   │3   │4   │5   │6   │7   │8   │9   │10  │11  │12",
        "─────┼────┼────┼────┼────┼────┼────┼────┼────┼────┼────┼────",
    ]
    assert drawn(WIDE, 60) == drawn(WIDE, 60, 1)


def test_a_table_that_fits_does_not_move() -> None:
    table = next(block.row.table for block in markdown(WIDE) if block.row is not None)
    assert table.moved(200, 1, 1) == 1


def test_the_column_of_a_place_in_a_row_is_known() -> None:
    row = next(block for block in markdown(WIDE) if block.row is not None and block.row.kind is Kind.BODY)
    assert row.row is not None
    assert row.row.column_at(row.text.plain.index("1.7")) == 6
    assert row.row.column_at(len(row.text.plain) + 5) == 11
