"""A Step survives its line; a line that is not as it was written is none."""

from datetime import date
from typing import Any
from zlib import crc32

import pytest
from hypothesis import given
from hypothesis import strategies as st

from triage.paper import Verdict
from triage.steps import PAPERS, Change, Step, decode, encode, plain

texts = st.text(st.characters(), max_size=20)  # half surrogate pairs and controls too
scalars = (
    st.none()
    | st.booleans()
    | st.integers(-(2**62), 2**62)
    | st.floats(allow_nan=False, allow_infinity=False)
)
values = st.recursive(
    scalars | texts,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3),
    max_leaves=8,
)
changes = st.builds(Change, texts, texts, st.lists(texts, min_size=1, max_size=3).map(tuple), values, values)
numbers = st.integers(1, 2**40)
steps = st.builds(
    Step, texts, numbers, numbers, texts, texts, st.lists(changes, max_size=3).map(tuple), st.none() | numbers
)

KEEP = Step(
    "desk-1",
    3,
    7,
    "2026-11-20T08:01:02Z",
    "keep",
    (Change(PAPERS, "2306.07899", ("verdict",), None, "keep"),),
)


@given(steps)
def test_a_step_is_read_back_as_it_was(step: Step) -> None:
    line = encode(step)
    assert b"\n" not in line
    assert decode(line) == step


def test_a_line_is_json_that_a_person_can_read() -> None:
    assert encode(KEEP).decode() == (
        '{"sum":"b4281176","machine":"desk-1","number":3,"lamport":7,"at":"2026-11-20T08:01:02Z","what":"keep",'
        '"changes":[["_default","2306.07899",["verdict"],null,"keep"]]}'
    )


def test_every_single_flipped_bit_is_noticed() -> None:
    line = encode(KEEP)
    for place in range(len(line)):
        for bit in range(8):
            hit = bytearray(line)
            hit[place] ^= 1 << bit
            with pytest.raises(ValueError, match=r"."):
                decode(bytes(hit))


@pytest.mark.parametrize(
    "body",
    [
        b'"machine":1}',
        b"",
        b"[]",
        b'"machine":"a","number":0,"lamport":1,"at":"","what":"","changes":[]}',
        b'"machine":"a","number":true,"lamport":1,"at":"","what":"","changes":[]}',
        b'"machine":"a","number":1,"lamport":1,"at":"","what":"","changes":[["t","k",[],null,1]]}',
        b'"machine":"a","number":1,"lamport":1,"at":"","what":"","changes":[["t",2,["f"],null,1]]}',
        b'"machine":"a","number":1,"lamport":1,"at":"","what":"","changes":[["t","k",["f"],null]]}',
        b'"machine":"a","number":1,"lamport":1,"at":"","what":"","changes":5}',
        b'"machine":' + b"[" * 200_000,
        b'"machine":' + b"9" * 5_000 + b"}",
        b'"machine":"\xff"}',
    ],
)
def test_a_line_with_a_good_checksum_and_no_step_in_it_is_refused(body: bytes) -> None:
    with pytest.raises(ValueError, match=r"."):
        decode(b'{"sum":"%08x",%b' % (crc32(body), body))


@given(values)
def test_plain_is_a_copy_that_equals_what_json_holds(value: Any) -> None:
    assert plain(value) == value


def test_plain_makes_lists_of_tuples_and_text_of_enums() -> None:
    made = plain({"verdict": Verdict.KEEP, "authors": ("A", "B")})
    assert made == {"verdict": "keep", "authors": ["A", "B"]}
    assert type(made["verdict"]) is str


@pytest.mark.parametrize(
    "value",
    [
        float("nan"),
        float("inf"),
        {1, 2},
        b"bytes",
        date(2026, 11, 20),
        {1: "a"},
        {None: 1},
        object(),
        2**63,
        -(2**63) - 1,
    ],
)
def test_what_json_cannot_hold_is_refused_at_any_depth(value: Any) -> None:
    for wrapped in (value, [value], {"a": {"b": [value]}}):
        with pytest.raises((TypeError, ValueError)):
            plain(wrapped)


def test_a_value_nested_without_end_is_refused() -> None:
    endless: list[Any] = []
    endless.append(endless)
    with pytest.raises(ValueError, match="levels"):
        plain(endless)
