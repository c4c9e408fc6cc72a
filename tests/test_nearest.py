"""What a mistyped word is taken for."""

import pytest

from triage.nearest import nearest, slips


@pytest.mark.parametrize(
    ("one", "two", "count"),
    [
        ("list", "list", 0),
        ("lsit", "list", 1),
        ("lst", "list", 1),
        ("listt", "list", 1),
        ("undo", "redo", 2),
        ("", "ab", 2),
    ],
)
def test_a_swap_a_gap_and_a_letter_too_many_are_one_slip(one: str, two: str, count: int) -> None:
    assert slips(one, two) == slips(two, one) == count


def test_the_closest_word_comes_first_and_far_words_not_at_all() -> None:
    assert nearest("unod", ["redo", "undo", "and", "list"], limit=2) == ("undo",)
    assert nearest("lst", ["lists", "list"]) == ("list",)
    assert nearest("banana", ["export", "import", "list"]) == ()
