"""Whatever bytes come, each part does what it says that it does, and nothing else; in time."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.fuzz.mended import MENDED
from tests.fuzz.table import TARGETS
from tests.fuzz.target import Hangs, Target, within
from triage.ports import Unreachable

NAMES = sorted(TARGETS)


@st.composite
def inputs(draw: st.DrawFn, target: Target) -> bytes:
    """A right input with a little of it cut, doubled, or put in the place of something else."""
    data = draw(st.sampled_from(target.seeds))
    known = st.sampled_from([*target.words, b"", b"\0", b"\xff", b"\n"])
    for _ in range(draw(st.integers(1, 4))):
        at, length = draw(st.integers(0, len(data))), draw(st.integers(0, 40))
        new = draw(known | st.binary(max_size=12) | st.just(data[at : at + length] * 2))
        data = data[:at] + new + data[at + length :]
    return data[: target.longest]


@pytest.mark.parametrize("name", NAMES)
def test_what_is_right_is_taken_and_what_was_mended_stays_so(name: str) -> None:
    target = TARGETS[name]
    taken = [target(right) for right in target.seeds]
    assert any(taken), "a target that refuses everything tries nothing"
    for odd in MENDED.get(name, ()):
        target(odd)


@pytest.mark.parametrize("name", NAMES)
def test_any_change_of_what_is_right_does_what_is_declared(name: str) -> None:
    target = TARGETS[name]

    @settings(max_examples=25, deadline=None, database=None, derandomize=True)
    @given(inputs(target) | st.binary(max_size=100))
    def tried(data: bytes) -> None:
        target(data)

    tried()


def test_a_target_says_what_nobody_declared() -> None:
    def check(data: bytes) -> None:
        if data == b"unknown":
            raise KeyError(data)
        if data == b"escape":
            raise Unreachable("\x1b[31m")
        if data == b"refused":
            raise Unreachable("not a listing")

    target = Target("x", check, (b"",), (Unreachable,))
    assert target(b"right")
    assert not target(b"refused")
    for wrong, says in ((b"unknown", KeyError), (b"escape", AssertionError)):
        with pytest.raises(says):
            target(wrong)


def for_ever() -> None:
    while True:
        pass


def test_an_input_that_takes_for_ever_is_found() -> None:
    with pytest.raises(Hangs), within(0.05):
        for_ever()


def test_mended_inputs_are_of_targets() -> None:
    assert set(MENDED) <= set(NAMES)
