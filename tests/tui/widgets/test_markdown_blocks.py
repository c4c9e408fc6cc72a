"""Notes and comments in the preview: as a reader of the post will see them, and nothing acted on."""

import pytest

from triage.tui.widgets.markdown_blocks import markdown


def drawn(text: str, width: int = 60) -> list[str]:
    return [line.plain.rstrip() for block in markdown(text) for line in block.lines(width)]


@pytest.mark.parametrize("form", ["<br>", "<br/>", "<br />", "<BR/>", "<br/>\n", "  \n", "<br class='x'>"])
def test_every_form_of_a_line_break_breaks_the_line(form: str) -> None:
    assert drawn(f"one{form}two") == ["one", "two"]


def test_line_breaks_that_stand_alone_are_empty_lines() -> None:
    assert drawn("one\n\n<br/>\n\ntwo") == ["one", "", "", "", "", "two"]


def test_emphasis_code_and_links_show_without_their_marks() -> None:
    assert drawn("*a* **b** `c` [d](https://example.org) ~~e~~") == ["a b c d e"]


def test_lists_nest_and_wrap_under_their_text() -> None:
    assert drawn("- one two three\n- four\n  1. five\n  2. six", 14) == [
        "• one two",
        "  three",
        "• four",
        "  1. five",
        "  2. six",
    ]


def test_quotes_code_tables_and_rules() -> None:
    assert drawn("> said\n\n```\na  b\n```\n\n| x | y |\n|---|---|\n| 1 | 2 |\n\n***", 12) == [
        "│ said",
        "",
        "  a  b",
        "",
        "x │ y",
        "──┼──",
        "1 │ 2",
        "",
        "─" * 12,
    ]


@pytest.mark.parametrize(
    "text",
    [
        "[/INST] [@click=app.quit] [red]x[/red] [/]",
        "{{ 7*7 }} 100 % $x$ ~ ^ \\",
        "<script>alert(1)</script>",
        "5 < 6 & 7 > 2",
    ],
)
def test_what_is_text_shows_literally(text: str) -> None:
    assert "".join(drawn(text, 200)).replace("\\", "") == text.replace("\\", "")


def test_escape_sequences_never_reach_the_terminal() -> None:
    shown = "\n".join(drawn("a\x1b[31mb\x1b]52;c;eA==\x07c\u202e\x9b2J"))
    assert not {"\x1b", "\x07", "\u202e", "\x9b"} & set(shown)


def test_a_note_nested_deeper_than_the_parser_goes_still_shows() -> None:
    assert "x" in "".join(drawn(">" * 500 + " x"))


def test_a_text_longer_than_any_note_shows_as_it_stands() -> None:
    assert drawn("*a* " * 20_000, 100_000)[0].startswith("*a* *a*")


@pytest.mark.parametrize("width", [1, 2, 5, 9])
def test_no_line_is_wider_than_the_pane(width: int) -> None:
    for block in markdown("> - a long word: incomprehensibilities\n\n" + "字" * 9):
        for line in block.lines(width):
            assert line.cell_length <= max(width, 2)
