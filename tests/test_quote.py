"""A passage in a note: quoted, it reads as it was shown, and the note loses nothing."""

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from triage.post import faults_in_note
from triage.quote import as_quote, insert, place_for
from triage.user_text import user_text

# As the post is read by those who publish it: CommonMark, and what GitHub adds.
PARSERS = (MarkdownIt("commonmark"), MarkdownIt("commonmark").enable(["table", "strikethrough"]))

SIGNS = st.text(alphabet=st.sampled_from("ab1 *_~`#<>/![]():\\&;amp-+=.)|x\n$∑"), max_size=40)
# What `clean` lets through: that is done where text comes in.
CLEAN = st.text(
    alphabet=st.characters(exclude_categories=("Cs", "Cc", "Zl", "Zp"), include_characters="\n"), max_size=40
)
NOTES = st.text(alphabet=st.sampled_from("ab> \n-*#`"), max_size=20)


def quotes(markdown: str, parser: MarkdownIt) -> list[str]:
    """The text of each block quote, its paragraphs apart; fails on anything in one that is not plain."""
    found: list[str] = []
    inside = 0
    for token in parser.parse(markdown):
        if token.type == "blockquote_open":
            inside += 1
            found.append("")
        elif token.type == "blockquote_close":
            inside -= 1
        elif inside:
            assert token.type in ("paragraph_open", "paragraph_close", "inline"), token
            if token.type == "inline":
                found[-1] += ("\n\n" if found[-1] else "") + "".join(plain(token.children or []))
    return found


def plain(tokens: list[Token]) -> list[str]:
    assert {token.type for token in tokens} <= {"text", "text_special"}, tokens
    return [token.content for token in tokens]


def as_shown(passage: str) -> str:
    """A passage with one space between words of a line, and paragraphs apart."""
    paragraphs = re.split(r"\n(?:[ \t]*\n)+", passage)
    texts = (re.sub(r"[ \t\n]+", " ", one).strip() for one in paragraphs)
    return "\n\n".join(filter(None, texts))


@pytest.mark.parametrize(
    "passage",
    [
        "22% of suggestions were accepted. This resulted in 8% of code typed by users.",
        "The norm ‖x‖_p of x_i and f_θ(x) is 2 * 3 at most, a < b, R&D, C#, [CLS] and [MASK].",
        "O(n²) – “as shown” – costs $5 to $10, or ~3 %; k-means, x^(n+1), {{ 7*7 }}",
    ],
)
def test_a_plain_passage_stands_in_the_note_as_it_was_shown(passage: str) -> None:
    assert as_quote(passage) == f"> {passage}"


@pytest.mark.parametrize(
    ("passage", "markdown"),
    [
        ("*all* of __it__", "> \\*all* of \\_\\_it__"),
        ("# one", "> \\# one"),
        ("- two", "> \\- two"),
        ("1. three", "> 1\\. three"),
        ("<b>four</b> x<y", "> \\<b>four\\</b> x<y"),
        ("&amp; five", "> \\&amp; five"),
        ("`six`", "> \\`six\\`"),
        ("[seven](https://a.example)", "> [seven\\](https://a.example)"),
        ("a\\_b", "> a\\\\_b"),
        ("∑_(i) x_(j)", "> ∑\\_(i) x_(j)"),
    ],
)
def test_what_markdown_would_take_for_its_own_is_escaped(passage: str, markdown: str) -> None:
    assert as_quote(passage) == markdown


def test_paragraphs_of_a_quote_stay_apart_and_in_one_quote() -> None:
    assert as_quote("One  line\nand more.\n \n\n Two. ") == "> One line and more.\n>\n> Two."
    assert as_quote(" \n ") == ""


@given(SIGNS | CLEAN)
def test_a_quote_reads_as_exactly_the_passage(passage: str) -> None:
    expected = [as_shown(passage)] if passage.strip() else []
    for parser in PARSERS:
        assert quotes(as_quote(passage), parser) == expected


@given(NOTES, st.integers(0, 20), SIGNS)
def test_a_quote_takes_nothing_from_the_note_and_stands_between_blank_lines(
    note: str, at: int, passage: str
) -> None:
    at = min(at, len(note))
    after, caret = insert(note, at, passage)
    quote = as_quote(passage)
    if not quote:
        assert (after, caret) == (note, at)
        return
    start = after.index(quote, at)
    before, gap, rest = after[:start], after[start + len(quote) : caret], after[caret:]
    assert before.startswith(note[:at])
    assert not before[at:].strip()
    assert gap.replace(" ", "") == "\n\n"
    assert note[at:].endswith(rest)
    assert gap.endswith(note[at : len(note) - len(rest)])
    assert not before.strip() or before.replace(" ", "").endswith("\n\n")


@pytest.mark.parametrize(
    ("note", "at", "expected"),
    [
        ("", 0, "> Q\n\n|"),
        ("Mine.", 5, "Mine.\n\n> Q\n\n|"),
        ("Mine.\n", 6, "Mine.\n\n> Q\n\n|"),
        ("Mine.\n\n", 7, "Mine.\n\n> Q\n\n|"),
        ("Mine.\n\nYours.", 7, "Mine.\n\n> Q\n\n|Yours."),
        ("Mine.\n\nYours.", 5, "Mine.\n\n> Q\n\n|Yours."),
        ("Mine. Yours.", 5, "Mine.\n\n> Q\n\n| Yours."),
        ("\n\nYours.", 0, "> Q\n\n|Yours."),
    ],
)
def test_a_quote_is_set_at_the_caret_with_blank_lines_around(note: str, at: int, expected: str) -> None:
    after, caret = insert(note, at, "Q")
    assert after[:caret] + "|" + after[caret:] == expected


@pytest.mark.parametrize(
    ("note", "place"),
    [
        ("Mi|ne.", "Mine.|"),
        ("|Mine.", "|Mine."),
        ("Mine|.", "Mine|."),
        ("- a|n item\n- b", "- an| item\n- b"),
        ("> a quote| goes on\n> and on", "> a quote goes on|\n> and on"),
        ("|> a quote", "|> a quote"),
        ("don't s|top’s", "don't stop’s|"),
        ("漢字|の文です。", "漢字|の文です。"),
        ("a|漢", "a|漢"),
    ],
)
def test_a_quote_parts_no_word_and_no_quoted_line(note: str, place: str) -> None:
    at, text = note.index("|"), note.replace("|", "")
    found = place_for(text, at)
    assert f"{text[:found]}|{text[found:]}" == place


@given(SIGNS | CLEAN, st.sampled_from(["", "Mine.", "Mine.\n\n- a\n- b", "> older"]))
def test_a_note_with_a_quote_comes_back_from_the_post(passage: str, note: str) -> None:
    after, _ = insert(note, len(note), passage)
    assert faults_in_note(user_text(after)) is None
    if passage.strip():
        assert quotes(after, PARSERS[1])[-1] == as_shown(passage)


@pytest.mark.parametrize(
    "text", ["*a " * 50_000, "[" * 100_000 + "](", "<a " * 50_000 + ">", "`" * 100_000, "- " * 60_000]
)
def test_a_passage_of_any_form_takes_linear_time(text: str) -> None:
    begin = time.process_time()
    as_quote(text)
    assert time.process_time() - begin < 3
