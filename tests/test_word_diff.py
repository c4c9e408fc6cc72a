"""What changed from one text to another, word by word."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from triage.word_diff import How, Run, is_changed, shortened, word_diff

_SHOWN = {How.SAME: "{}", How.REMOVED: "[-{}]", How.ADDED: "[+{}]"}
words = st.lists(st.sampled_from(["a", "b", "c", "the", "of"]), max_size=40)


def told(before: str, after: str) -> str:
    """The runs in one line."""
    return " ".join(_SHOWN[run.how].format(" ".join(run.words)) for run in word_diff(before, after))


@pytest.mark.parametrize(
    ("before", "after", "runs"),
    [
        ("a method that works", "a method that works well", "a method that works [+well]"),
        ("a fast method that works", "a method that works", "a [-fast] method that works"),
        ("error of 12 percent", "error of 15 percent", "error of [-12] [+15] percent"),
        ("", "all of it", "[+all of it]"),
        ("all of it", "", "[-all of it]"),
        ("one word", "another thing", "[-one word] [+another thing]"),
        ("no end in sight no end", "no end", "no end [-in sight no end]"),
    ],
)
def test_removed_words_stand_before_those_that_took_their_place(before: str, after: str, runs: str) -> None:
    assert told(before, after) == runs


def test_small_changes_stay_apart_and_a_rewritten_sentence_is_one() -> None:
    assert told("from 12 to 14 of them", "from 13 to 15 of them") == "from [-12] [+13] to [-14] [+15] of them"
    before = "our method beats all the known baselines of old and is quick"
    after = "our approach outperforms every one of the earlier ones of note and is quick"
    assert told(before, after) == (
        "our [-method beats all the known baselines of old]"
        " [+approach outperforms every one of the earlier ones of note] and is quick"
    )


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("wrapped\nin  another\tway", "wrapped in another\u00a0way\n"),
        ("Erdo\u030bs and Re\u0301nyi", "Erd\u0151s and R\u00e9nyi"),
        ("", " \n "),
    ],
)
def test_white_space_and_the_make_of_an_accent_are_no_change(before: str, after: str) -> None:
    assert not is_changed(word_diff(before, after))


def test_a_change_is_seen() -> None:
    assert is_changed(word_diff("a b", "a c"))


@given(words, words)
def test_the_runs_hold_both_texts_and_never_two_of_a_kind_in_a_row(old: list[str], new: list[str]) -> None:
    runs = word_diff(" ".join(old), " ".join(new))
    assert [word for run in runs if run.how is not How.REMOVED for word in run.words] == new
    assert is_changed(runs) is (old != new)
    hows = [run.how for run in runs]
    assert all(one is not other for one, other in pairwise(hows))
    assert all(run.words for run in runs)
    removed = [word for run in runs if run.how is How.REMOVED for word in run.words]
    added = sum(len(run.words) for run in runs if run.how is How.ADDED)
    assert len(new) - added + len(removed) == len(old)


def test_of_texts_too_long_to_compare_the_whole_middle_differs() -> None:
    # Comparing every word with its equals would take hours.
    many = 500_000
    runs = word_diff("It begins. " + "a b " * many + "It ends.", "It begins. " + "b c a " * many + "It ends.")
    assert [run.how for run in runs] == [How.SAME, How.REMOVED, How.ADDED, How.SAME]
    assert runs[0] == Run(How.SAME, ("It", "begins."))
    assert runs[-1].words[-2:] == ("It", "ends.")
    assert [len(run.words) for run in runs[1:3]] == [2 * many, 3 * many]


def test_of_long_texts_with_a_small_change_that_change_is_found() -> None:
    same = "word " * 900_000
    assert [run.words for run in word_diff(same + "x " + same, same + "y " + same)][1:3] == [("x",), ("y",)]


def test_what_stayed_is_shortened_beside_what_changed() -> None:
    words = [f"w{at}" for at in range(20)]
    runs = word_diff(" ".join(words), " ".join([*words[:10], "new", *words[11:]]))
    said = [" ".join(run.words) for run in shortened(runs, 2)]
    assert said == ["… w8 w9", "w10", "new", "w11 w12 …"]
    assert [run.how for run in shortened(runs, 2)] == [run.how for run in runs]
    assert list(shortened(runs, 10)) == list(runs), "no ellipsis stands for nothing, or for one word"
