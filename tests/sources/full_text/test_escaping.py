"""Text stays text, wherever it stands and whatever it holds."""

from html import escape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.sources.full_text.pages import markdown, of_text, rendered, seen
from triage import clean
from triage.sources.full_text import escaping

HOSTILE = [
    "# no heading", "## no", "- no item", "+ no", "* no", "1. no", "12) no", "> no quote", "---", "***",
    "___", "===", "--", "=", "```", "~~~", "    four", "| a | b |", "|---|---|", ":---:", "[x](http://e)",
    "![x](http://e)", "[x]: http://e", "<b>bold</b>", "<script>alert(1)</script>", "<!-- c -->", "<?php",
    "<http://e>", "&amp;", "&copy;", "&#42;", "a*b*c", "*a*", "_a_", "__a__", "a_b_c", "`a`", "``a``",
    "~~a~~", "~a~", "\\", "\\*", "a\\", "a  ", "a < b", "n!", "n![1]", "[/INST]", "{{ 7*7 }}", "$x$",
    "100%", "AT&T", "R&D <x@y.z>", "\\[x\\]", "- [ ] no task", "www.e.org", "a^b", "#", "##", "1.", "-",
    "+", "*", ">", "<", "&", "!", "[", "]", "|", "~", "_", "`",
]  # fmt: skip


LETTERS = st.sampled_from("*_`~[]()<>!#&;|\\+-=.:1a \"'") | st.characters()
PIECES = st.tuples(st.sampled_from(["", "em", "b", "code", "a"]), st.text("ab *_.,()[]`", max_size=6))


@pytest.mark.parametrize("text", HOSTILE)
def test_a_paragraph_reads_as_it_was_written(text: str) -> None:
    shown = rendered(of_text(escape(text)))
    assert [one.tag for one in shown] == ["p"]
    assert len(shown[0]) == 0
    assert shown.text_content().strip() == clean.line(text)


@pytest.mark.parametrize("text", HOSTILE)
def test_a_line_after_a_break_reads_as_it_was_written(text: str) -> None:
    shown = rendered(of_text(f"Tea<br>{escape(text)}"))
    assert [one.tag for one in shown.iterdescendants()] == ["p", "br"]
    assert " ".join(shown.text_content().split()) == f"Tea {clean.line(text)}"


@pytest.mark.parametrize("text", HOSTILE)
def test_an_item_and_a_cell_read_as_they_were_written(text: str) -> None:
    cell = escape(text)
    shown = markdown(
        f"<ul><li>{cell}</li></ul><table class=ltx_tabular><tr><td>{cell}</td><td>x</td></tr></table>"
    )
    (item,) = rendered(shown).iter("li")
    (first, _) = rendered(shown).iter("th")
    assert item.text_content().strip() == first.text_content().strip() == clean.line(text)


@settings(max_examples=300, deadline=None)
@given(st.lists(st.text(LETTERS, max_size=12), min_size=1, max_size=5))
def test_pieces_of_any_text_side_by_side_read_as_they_were_written(pieces: list[str]) -> None:
    pieces = [clean.clean(piece).replace("\n", " ") for piece in pieces]
    whole = escaping.line("".join(map(escaping.escaped, pieces)).strip())
    shown = rendered(whole)
    assert " ".join(shown.text_content().split()) == " ".join("".join(pieces).split())
    assert {one.tag for one in shown.iterdescendants()} <= {"p"}


@settings(max_examples=150, deadline=None)
@given(st.lists(PIECES, max_size=6))
def test_emphasis_code_and_links_side_by_side_lose_no_letter(pieces: list[tuple[str, str]]) -> None:
    source = "".join(
        f"<{name} href='http://e.org/'>{escape(text)}</{name}>" if name else escape(text)
        for name, text in pieces
    )
    letters = [letter for _, text in pieces for letter in text if not letter.isspace()]
    assert [letter for letter in seen(of_text(f"x{source}x")) if not letter.isspace()] == ["x", *letters, "x"]


def test_controls_and_what_turns_the_text_are_gone() -> None:
    assert of_text("a&#27;[31m&#x202e;b&#7;&#x200b;c") == "a\\[31mbc"


def test_a_line_end_of_any_kind_makes_no_line() -> None:
    assert of_text("a&#x2028;# b&#x2029;- c&#12;d") == "a # b - c d"


def test_the_signs_that_travel_in_the_text_are_nobody_elses() -> None:
    shown = of_text("&#xfdd0;a&#xfdd1; &#64980;0&#xFDD5; \ufdd6")
    assert shown == "�a� �0� �"


def test_white_space_is_single() -> None:
    assert of_text("a \n\t b\N{NO-BREAK SPACE}\N{NO-BREAK SPACE}c") == "a b c"


def test_a_page_indented_for_reading_has_no_spaces_before_its_commas() -> None:
    text = """
        Tea
        <cite class="ltx_cite">
            (Fall &amp;Rise, <a href="#b">
                1980</a>
            ; Mo <a href="#c">1998</a>
            )
        </cite>
        , and ( <em>x</em>
        ).
    """
    assert seen(of_text(text)) == "Tea (Fall & Rise, 1980; Mo 1998), and ( x)."
