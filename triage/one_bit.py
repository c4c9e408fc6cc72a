"""A single flipped bit, found again by a CRC-32: where one bit is wrong, the checksum says which."""

from zlib import crc32

_POLYNOMIAL = 0xEDB88320


def _table() -> tuple[int, ...]:
    """What each byte makes of an empty register (the table of RFC 1952, section 8)."""
    made = []
    for byte in range(256):
        register = byte
        for _ in range(8):
            register = register >> 1 ^ (_POLYNOMIAL if register & 1 else 0)
        made.append(register)
    return tuple(made)


def turned_back(data: bytes, check: int) -> bytes | None:
    """The bytes with the one bit turned back that makes their CRC-32 fit; None where no single one does.

    A flipped bit changes the checksum in a way that depends on its place alone, and no two places of data
    shorter than 256 MB change it alike. Linear in the length. Bytes that are damaged worse pass for one
    flipped bit about once in 2**32 / (8 * length): whoever uses this checks what comes out.
    """
    table = _table()
    whose = {value >> 24: byte for byte, value in enumerate(table)}
    of_bit = {table[1 << bit]: 1 << bit for bit in range(8)}
    register = crc32(data) ^ check
    if not register:
        return data
    for place in range(len(data) - 1, -1, -1):
        bit = of_bit.get(register)
        if bit is not None:
            return data[:place] + bytes([data[place] ^ bit]) + data[place + 1 :]
        # One byte back: what the register was before a byte that changed nothing went through it.
        byte = whose[register >> 24]
        register = (register ^ table[byte]) << 8 & 0xFFFFFFFF | byte
    return None


def differs_in_one_bit(one: bytes, two: bytes) -> bool:
    """Tell whether two runs of bytes are the same but for one bit."""
    if len(one) != len(two):
        return False
    return sum((a ^ b).bit_count() for a, b in zip(one, two, strict=True)) == 1
