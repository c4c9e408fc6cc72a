"""What was moved between two orders of the same things, where only the orders are known."""

from collections.abc import Sequence
from difflib import SequenceMatcher


def moved(before: Sequence[str], after: Sequence[str]) -> Sequence[str]:
    """The keys that make one order of the other when they are moved, as few as can be told, as in `after`."""
    stays: set[str] = set()
    for block in SequenceMatcher(None, before, after, autojunk=False).get_matching_blocks():
        stays |= set(before[block.a : block.a + block.size])
    return [key for key in after if key not in stays]
