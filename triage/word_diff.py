"""What changed from one text to another, word by word."""

from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from enum import StrEnum
from itertools import takewhile
from typing import NamedTuple
from unicodedata import normalize

_MOST_WORK = 8_000_000
"""Comparisons that looking for what is common may take at worst: a real abstract takes some 100,000."""
_ISLAND = 2
"""So many words that stayed between two longer changes do not break those up: one reads them as one."""


class How(StrEnum):
    """What became of some words."""

    SAME = "same"
    REMOVED = "removed"
    ADDED = "added"


BRACKETS = {How.SAME: ("", ""), How.REMOVED: ("[-", "-]"), How.ADDED: ("[+", "+]")}
"""What stands around words, to tell them apart without colours."""


class Run(NamedTuple):
    """Words that stand together and went the same way."""

    how: How
    words: tuple[str, ...]
    """As the later text has them; removed ones as the earlier had them."""


class _Change(NamedTuple):
    """Words [old_start:old_stop] gave way to words [new_start:new_stop]."""

    old_start: int
    old_stop: int
    new_start: int
    new_stop: int

    @property
    def size(self) -> int:
        return max(self.old_stop - self.old_start, self.new_stop - self.new_start)


def word_diff(before: str, after: str) -> Sequence[Run]:
    """The runs that lead from one text to the other; what was removed stands before what took its place.

    White space does not count, nor how Unicode puts a letter and its accent together. Texts that would take
    too long to compare differ in all that stands between their common beginning and their common end.
    """
    old, new = before.split(), after.split()
    runs: list[Run] = []
    here = 0
    for change in _joined(_changes([normalize("NFC", w) for w in old], [normalize("NFC", w) for w in new])):
        pieces = (
            (How.SAME, new[here : change.new_start]),
            (How.REMOVED, old[change.old_start : change.old_stop]),
            (How.ADDED, new[change.new_start : change.new_stop]),
        )
        runs += [Run(how, tuple(words)) for how, words in pieces if words]
        here = change.new_stop
    return [*runs, Run(How.SAME, tuple(new[here:]))] if here < len(new) else runs


def is_changed(runs: Sequence[Run]) -> bool:
    """Tell whether anything but white space differs."""
    return any(run.how is not How.SAME for run in runs)


def shortened(runs: Sequence[Run], context: int) -> Sequence[Run]:
    """The runs, of what stayed only so many words beside a change; an ellipsis stands for the rest."""
    short: list[Run] = []
    for at, run in enumerate(runs):
        words = run.words
        before = context if at else 0
        behind = context if at < len(runs) - 1 else 0
        if run.how is How.SAME and len(words) > before + behind + 1:
            words = (*words[:before], "…", *words[len(words) - behind :])
        short.append(Run(run.how, words))
    return short


def _changes(old: Sequence[str], new: Sequence[str]) -> Iterator[_Change]:
    start = _common(old, new)
    old_rest, new_rest = old[start:], new[start:]
    end = _common(old_rest[::-1], new_rest[::-1])
    a, b = old_rest[: len(old_rest) - end], new_rest[: len(new_rest) - end]
    if not (a or b):
        return
    if not (a and b) or _work(a, b) > _MOST_WORK:
        yield _Change(start, start + len(a), start, start + len(b))
        return
    for tag, a0, a1, b0, b1 in SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        if tag != "equal":
            yield _Change(start + a0, start + a1, start + b0, start + b1)


def _common(one: Sequence[str], other: Sequence[str]) -> int:
    """How many words two texts begin with alike."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


def _work(old: Sequence[str], new: Sequence[str]) -> int:
    """The comparisons that difflib makes at worst: every pair of equal words, in each of its rounds."""
    counts = Counter(new)
    return sum(counts[word] for word in old) * min(len(old), len(new))


def _joined(changes: Iterator[_Change]) -> Iterator[_Change]:
    """The changes, those as one between which next to nothing stayed."""
    last: _Change | None = None
    for change in changes:
        if last is None:
            last = change
        elif change.new_start - last.new_stop <= _ISLAND < last.size + change.size:
            last = _Change(last.old_start, change.old_stop, last.new_start, change.new_stop)
        else:
            yield last
            last = change
    if last is not None:
        yield last
