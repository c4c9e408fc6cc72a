"""Lines of JSON that begin with a checksum of their rest, by which `check` knows what was written."""

from zlib import crc32

from triage.one_bit import differs_in_one_bit, turned_back

_MARK = b'{"sum":"'
_HEAD = len(_MARK) + 8 + 2


def summed(record: bytes) -> bytes:
    """A JSON object led by the CRC-32, eight hex digits, of every byte behind the comma that follows it."""
    return _head(record[1:]) + record[1:]


def is_as_written(line: bytes) -> bool:
    """Tell whether nothing of such an object has changed."""
    return line[:_HEAD] == _head(line[_HEAD:])


def as_written(line: bytes) -> bytes | None:
    """Such an object as it was written, where it is that but for one bit; None where nobody can tell."""
    head, rest = line[:_HEAD], line[_HEAD:]
    right = _head(rest)
    if head == right or differs_in_one_bit(head, right):
        return right + rest
    try:
        back = turned_back(rest, int(head[len(_MARK) : -2], 16))
    except ValueError:
        return None
    return None if back is None or head[: len(_MARK)] != _MARK else _head(back) + back


def _head(rest: bytes) -> bytes:
    return b'%b%08x",' % (_MARK, crc32(rest))
