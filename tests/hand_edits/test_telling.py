"""The edits of a post in words."""

import pytest

from triage.hand_edits.edit import Edit, What, Where
from triage.hand_edits.telling import counted, told
from triage.word_diff import How

NOTE = Edit(Where.ENTRIES, What.CHANGED, "A title", "note", "One two three.", "One two four.")


def test_a_changed_text_is_told_by_its_words() -> None:
    one = told(NOTE)
    assert (one.mark, one.name, one.part, one.remark) == ("~", "A title", "note", "")
    assert [(run.how, " ".join(run.words)) for run in one.runs] == [
        (How.SAME, "One two"),
        (How.REMOVED, "three."),
        (How.ADDED, "four."),
    ]


@pytest.mark.parametrize(
    ("edit", "mark", "remark"),
    [
        (Edit(Where.ENTRIES, What.ADDED, "A", after="Note."), "+", "It joins the haul."),
        (Edit(Where.ENTRIES, What.REMOVED, "A"), "–", "It leaves the haul, and its paper is skipped."),
        (Edit(Where.ENTRIES, What.CHANGED, "A", "note", "a b", "a  b"), "~", "Only white space is another."),
        (Edit(Where.ENTRIES, What.STAYS, "A", remark="Why."), "!", "Why."),
        (Edit(Where.COMMENTS, What.REMOVED, "", before="Gone."), "–", ""),
    ],
)
def test_what_the_words_do_not_say_is_a_sentence(edit: Edit, mark: str, remark: str) -> None:
    assert (told(edit).mark, told(edit).remark) == (mark, remark)


def test_names_and_texts_of_a_file_are_made_fit_to_show() -> None:
    one = told(Edit(Where.ENTRIES, What.ADDED, "A\x1b[31m\ntitle", after="\x9bnote"))
    assert "\x1b" not in one.name
    assert "\n" not in one.name
    assert "\x9b" not in " ".join(one.runs[0].words)


def test_edits_are_counted_without_what_stays() -> None:
    stays = Edit(Where.ENTRIES, What.STAYS, "A")
    assert [counted(edits) for edits in ([], [stays], [NOTE, stays], [NOTE] * 12)] == [
        "no edit",
        "no edit",
        "1 edit",
        "12 edits",
    ]
