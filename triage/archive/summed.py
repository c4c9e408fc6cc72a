"""Lines of JSON that begin with a checksum of their rest, by which `check` knows what was written."""

from zlib import crc32

MARK = b'{"sum":"'
HEAD = len(MARK) + 8 + 2
"""Bytes up to and with the comma behind the sum."""


def summed(record: bytes) -> bytes:
    """A JSON object led by the CRC-32, eight hex digits, of every byte behind the comma that follows it."""
    return head(record[1:]) + record[1:]


def is_as_written(line: bytes) -> bool:
    """Tell whether nothing of such an object has changed."""
    return line[:HEAD] == head(line[HEAD:])


def head(rest: bytes) -> bytes:
    """How such an object begins, up to the comma behind the sum."""
    return b'%b%08x",' % (MARK, crc32(rest))
