"""The known word a person probably meant when they mistyped one."""

from collections.abc import Iterable


def nearest(word: str, known: Iterable[str], limit: int = 1) -> tuple[str, ...]:
    """The known words closest to a word, the closest first; none when all are far from it.

    Close is one slip (a letter wrong, missing, too many, or two swapped) for each three letters.
    """
    allowed = max(1, len(word) // 3)
    distances = ((slips(word, other), place, other) for place, other in enumerate(known))
    return tuple(other for distance, _, other in sorted(distances) if distance <= allowed)[:limit]


def slips(one: str, two: str) -> int:
    """The fewest slips of the hand between two words (optimal string alignment distance)."""
    before_last: list[int] = []
    last = list(range(len(two) + 1))
    for row, char in enumerate(one, start=1):
        now = [row]
        for column, other in enumerate(two, start=1):
            cost = min(last[column] + 1, now[-1] + 1, last[column - 1] + (char != other))
            if row > 1 and column > 1 and char == two[column - 2] and one[row - 2] == other:
                cost = min(cost, before_last[column - 2] + 1)
            now.append(cost)
        before_last, last = last, now
    return last[-1]
