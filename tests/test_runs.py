"""Runs of numbers are a list of them to whoever reads, whatever the runs."""

from bisect import bisect_left

import pytest
from hypothesis import given
from hypothesis import strategies as st

from triage.runs import Runs

gaps = st.lists(st.tuples(st.integers(1, 4), st.integers(0, 5)), max_size=6)


def made(lengths: list[tuple[int, int]]) -> list[range]:
    """Ranges from how far each stands behind the one before, and how long it is."""
    runs, at = [], 0
    for gap, length in lengths:
        runs.append(range(at + gap, at + gap + length))
        at += gap + length
    return runs


@given(gaps, st.integers(0, 40), st.integers(0, 40))
def test_they_read_as_the_list_of_their_numbers(
    lengths: list[tuple[int, int]], start: int, stop: int
) -> None:
    runs = made(lengths)
    numbers = [number for run in runs for number in run]
    read = Runs(runs)
    assert list(read) == numbers
    assert (len(read), bool(read)) == (len(numbers), bool(numbers))
    assert read[start:stop] == numbers[start:stop]
    assert [number for part in read.parts(start, stop) for number in part] == numbers[start:stop]
    assert [number in read for number in range(45)] == [number in numbers for number in range(45)]
    assert [bisect_left(read, at) for at in range(45)] == [bisect_left(numbers, at) for at in range(45)]
    assert [read[-1 - at] for at in range(len(numbers))] == numbers[::-1]


def test_a_place_behind_the_end_is_none() -> None:
    with pytest.raises(IndexError):
        Runs([range(2, 4)])[2]
