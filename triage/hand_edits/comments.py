"""The comments of an edited post, known again in the library's: by text, else by what is most like it."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from triage import comment
from triage.hand_edits.base import of_comment
from triage.hand_edits.edit import Edit, What, Where
from triage.hand_edits.order import moved
from triage.haul import Comment

_ALIKE = 0.4
"""From this share of common words on, one comment is the other changed."""


class Comments(NamedTuple):
    """The comments with the hand's edits."""

    placed: tuple[Comment, ...]
    there: tuple[Comment, ...]
    """The file's own, under the ids that they have here."""
    edits: tuple[Edit, ...]


def merged(
    base: Mapping[str, str],
    ours: Sequence[Comment],
    theirs: Sequence[Comment],
    new_id: Callable[[], str],
) -> Comments:
    """The comments with the hand's edits; one that was changed here and there stands twice.

    `base`: the digests of what the file held, by id.
    """
    known = {one.key: one for one in ours}
    keys = _known_again(base, ours, theirs)
    placed: list[Comment] = []
    there: list[Comment] = []
    edits: list[Edit] = []
    for key, one in zip(keys, theirs, strict=True):
        mine = known.get(key)
        was = base.get(key)
        there.append(replace(one, key=key or new_id()))
        if mine is None and key:
            continue  # as it was in the file, and removed from the library since
        if mine is None:
            placed.append(there[-1])
            edits.append(Edit(Where.COMMENTS, What.ADDED, "", after=one.text))
        elif comment.write(mine) == comment.write(one) or of_comment(one) == was:
            placed.append(mine)
        elif of_comment(mine) == was:
            placed.append(there[-1])
            edits.append(Edit(Where.COMMENTS, What.CHANGED, "", before=mine.text, after=one.text))
        else:
            there[-1] = replace(one, key=new_id())
            placed += [mine, there[-1]]
            both = "It was changed in the library too: both stand."
            edits.append(Edit(Where.COMMENTS, What.ADDED, "", after=one.text, remark=both))
    kept = {one.key for one in placed}
    for one in ours:
        if one.key in kept:
            continue
        was = base.get(one.key)
        if was is not None and of_comment(one) == was:
            edits.append(Edit(Where.COMMENTS, What.REMOVED, "", before=one.text))
            continue
        if was is not None:
            why = "It is gone from the file, but was changed in the library since: it stays."
            edits.append(Edit(Where.COMMENTS, What.STAYS, "", before=one.text, after=one.text, remark=why))
        placed.insert(_behind(one, ours, placed), one)
    after = [one.key for one in placed if one.key in known]
    before = [key for key in known if key in after]
    if [key for key in keys if key in base] == [key for key in base if key in keys]:
        # The hand moved none: the library's own order stands.
        fill = iter(before)
        by_key = {one.key: one for one in placed}
        placed = [by_key[next(fill)] if one.key in known else one for one in placed]
    elif before != after:
        texts = [known[key].text for key in moved(before, after)]
        edits += [Edit(Where.COMMENTS, What.MOVED, "", before=text, after=text) for text in texts]
    return Comments(tuple(placed), tuple(there), tuple(edits))


def _known_again(base: Mapping[str, str], ours: Sequence[Comment], theirs: Sequence[Comment]) -> list[str]:
    """The id of each of their comments; empty for what is new."""
    keys = [""] * len(theirs)
    free = {one.key: comment.write(one) for one in ours}
    written = [comment.write(one) for one in theirs]
    digests = [of_comment(one) for one in theirs]
    gone = {key: digest for key, digest in base.items() if key not in free}
    for at, text in enumerate(written):
        keys[at] = next((key for key, mine in free.items() if mine == text), "")
        free.pop(keys[at], None)
    for at, digest in enumerate(digests):
        for known in (free, gone):
            if not keys[at]:
                keys[at] = next((key for key in known if base.get(key) == digest), "")
                known.pop(keys[at], "")
    # What only the library has was not before the hand's eyes: it is nothing that a hand changed.
    seen = {key: mine for key, mine in free.items() if key in base}
    likely = sorted(_alike(seen, [(at, text) for at, text in enumerate(written) if not keys[at]]))
    for _, at, key in likely:
        if key in free and not keys[at]:
            keys[at] = key
            del free[key]
    return keys


def _alike(free: Mapping[str, str], left: Sequence[tuple[int, str]]) -> Iterator[tuple[float, int, str]]:
    """The pairs with many common words, each with their share; their order is not looked at, for its cost."""
    counted = [(at, Counter(text.split())) for at, text in left]
    for key, mine in free.items():
        words = Counter(mine.split())
        for at, other in counted:
            share = 2 * (words & other).total() / (words.total() + other.total() or 1)
            if share >= _ALIKE:
                yield -share, at, key


def _behind(one: Comment, ours: Sequence[Comment], placed: Sequence[Comment]) -> int:
    """Where a comment goes that only the library has: behind the one it stands behind there."""
    at = {other.key: place for place, other in enumerate(placed)}
    before = [other.key for other in ours[: ours.index(one)] if other.key in at]
    return at[before[-1]] + 1 if before else 0
