"""Comments as list items and blocks of the post, and back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from triage import comment
from triage.haul import Comment
from triage.user_text import trimmed


@pytest.mark.parametrize(
    "text",
    [
        "- a",
        "* a",
        "+ a",
        "> a",
        ">a",
        "# a",
        "###### a",
        "1. a",
        "12) a",
        "```\na\n```",
        "~~~",
        "| a |",
        "<div>",
        "<!-- a -->",
        "</p>",
        "---",
        "* * *",
    ],
)
def test_a_comment_that_begins_a_block_stands_as_it_is(text: str) -> None:
    assert comment.write(Comment("", text)) == text


@pytest.mark.parametrize(
    "text", ["a", "-a", "#a", "2023 was", "<3 this", "`a`", "**a** b", "a\n- b", "<https://a.b>"]
)
def test_any_other_comment_is_a_list_item(text: str) -> None:
    assert comment.write(Comment("", text)).startswith(f"- {text[0]}")


def test_further_lines_are_indented_and_blank_ones_stay_blank() -> None:
    text = "a\nb\n\n  c\n \nd"
    assert comment.write(Comment("", text)) == "- a\n  b\n\n    c\n   \n  d"
    assert comment.read("- a\n  b\n\n    c\n   \n  d") == (Comment("", text),)


def test_a_section_made_by_hand_is_read_comment_by_comment() -> None:
    section = "Intro\n\n- one\n  more\n\n  still one\n\n- [two](x)\n- tight\n\n\n> quote\n\nits source"
    section += "\n\n- - nested"
    assert comment.read(section) == (
        Comment("", "Intro", verbatim=True),
        Comment("", "one\nmore\n\nstill one"),
        Comment("", "- [two](x)\n- tight\n", verbatim=True),
        Comment("", "> quote\n\nits source"),
        Comment("", "- - nested"),
    )


@given(st.text(st.sampled_from("-> \t\na#<"), min_size=1))
def test_any_section_is_written_as_it_was_read(text: str) -> None:
    section = trimmed(text)[1]
    assert "\n\n".join(map(comment.write, comment.read(section))) == section


@given(
    st.lists(st.text(st.sampled_from("ab \n>-\u200a")).map(lambda text: trimmed(f"a{text}")[1]), min_size=1)
)
def test_comments_of_paragraphs_come_back_one_by_one(texts: list[str]) -> None:
    section = "\n\n".join(comment.write(Comment("", text)) for text in texts)
    assert [one.text for one in comment.read(section)] == texts
