"""The comments of an edited post, known again though all of them were changed."""

import random
import time
from collections.abc import Callable
from itertools import count

from triage.hand_edits.base import of_comment
from triage.hand_edits.comments import merged
from triage.hand_edits.edit import What
from triage.haul import Comment


def ids() -> Callable[[], str]:
    numbers = count()
    return lambda: f"new-{next(numbers)}"


def test_two_hundred_long_comments_are_known_again_at_once() -> None:
    chance = random.Random(1)
    words = [f"word{number}" for number in range(8)]
    ours = [
        Comment(f"c{number}", f"Comment {number} {' '.join(chance.choices(words, k=150))}")
        for number in range(200)
    ]
    theirs = [Comment("", one.text.replace("Comment", "Remark")) for one in ours]
    base = {one.key: of_comment(one) for one in ours}
    started = time.process_time()
    found = merged(base, ours, theirs, ids())
    assert time.process_time() - started < 5, "a person waits for it"
    assert {one.what for one in found.edits} == {What.CHANGED}
    assert [one.key for one in found.placed] == [one.key for one in ours]


def test_a_comment_with_few_words_of_another_is_no_change_of_it() -> None:
    ours = [Comment("c", "The first sentence of a comment on papers.")]
    theirs = [Comment("", "Something else that the hand has written of late.")]
    found = merged({"c": of_comment(ours[0])}, ours, theirs, ids())
    assert [one.what for one in found.edits] == [What.ADDED, What.REMOVED]
    assert [one.key for one in found.placed] == ["new-0"]
