"""A CRC-32 finds the one bit that was flipped."""

from zlib import crc32

from hypothesis import given, settings
from hypothesis import strategies as st

from triage.one_bit import differs_in_one_bit, turned_back


@settings(max_examples=40, deadline=None)
@given(st.binary(min_size=1, max_size=400), st.data())
def test_any_single_flipped_bit_is_turned_back(data: bytes, choose: st.DataObject) -> None:
    bit = choose.draw(st.integers(0, len(data) * 8 - 1))
    flipped = bytearray(data)
    flipped[bit // 8] ^= 1 << bit % 8
    assert turned_back(bytes(flipped), crc32(data)) == data
    assert differs_in_one_bit(data, bytes(flipped))


def test_what_is_as_it_was_stays_and_two_flipped_bits_are_not_guessed_at() -> None:
    data = b"The quick brown fox jumps over the lazy dog. " * 20
    assert turned_back(data, crc32(data)) == data
    assert turned_back(b"\x01" + data[1:-1] + b"\x02", crc32(data)) is None
    assert turned_back(b"", 1) is None
    assert not differs_in_one_bit(b"ab", b"abc")
    assert not differs_in_one_bit(b"ab", b"ab")
