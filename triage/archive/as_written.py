"""What begins with a sum of its rest, as it was before one bit of it was flipped."""

from triage.archive.summed import HEAD, MARK, head
from triage.one_bit import differs_in_one_bit, turned_back


def as_written(line: bytes) -> bytes | None:
    """An object of `summed` as it was written, where all but one bit is; None where nobody can tell."""
    begin, rest = line[:HEAD], line[HEAD:]
    right = head(rest)
    if begin == right or differs_in_one_bit(begin, right):
        return right + rest
    try:
        back = turned_back(rest, int(begin[len(MARK) : -2], 16))
    except ValueError:
        return None
    return head(back) + back if back is not None and head(back) == begin else None
