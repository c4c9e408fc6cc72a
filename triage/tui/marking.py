"""A passage that is being marked in a shown text: by sentence with the keys, by character with the mouse."""

from bisect import bisect_right
from collections.abc import Sequence
from typing import NamedTuple, TypeAlias

Span: TypeAlias = tuple[int, int]
"""Start and end of a part of a text."""


class Mark(NamedTuple):
    """What is marked: all from where it was begun to where it is drawn to, whichever comes first."""

    anchor: Span
    """The sentence, or the character, at which the marking began."""
    head: Span
    """The one at which it ends now; the next step goes on from it."""

    @property
    def start(self) -> int:
        """Where the passage starts."""
        return min(self.anchor[0], self.head[0])

    @property
    def end(self) -> int:
        """Where the passage ends."""
        return max(self.anchor[1], self.head[1])

    def step(self, sentences: Sequence[Span], by: int) -> "Mark":
        """Mark the sentence so many further down (by > 0) or up alone; the first and the last stay."""
        head = sentences[_stepped(sentences, self.head[0], by)]
        return Mark(head, head)

    def extend(self, sentences: Sequence[Span], by: int) -> "Mark":
        """Draw the passage on by so many sentences, down or up."""
        return self._replace(head=sentences[_stepped(sentences, self.head[0], by)])

    def drawn_to(self, head: Span) -> "Mark":
        """Draw the passage to a character."""
        return self._replace(head=head)


def first_from(sentences: Sequence[Span], first: int, last: int) -> Mark:
    """Mark the first sentence that starts in view, from the character `first` to `last`; else the one there.

    `sentences` is not empty.
    """
    at = _at(sentences, first)
    if sentences[at][0] < first and at + 1 < len(sentences) and sentences[at + 1][0] < last:
        at += 1
    return Mark(sentences[at], sentences[at])


def sentence_at(sentences: Sequence[Span], place: int) -> Mark:
    """Mark the sentence that a character belongs to. `sentences` is not empty."""
    span = sentences[_at(sentences, place)]
    return Mark(span, span)


def _at(sentences: Sequence[Span], place: int) -> int:
    """The number of the last sentence that starts no later than a place; 0 when none does."""
    return max(0, bisect_right(sentences, place, key=lambda span: span[0]) - 1)


def _stepped(sentences: Sequence[Span], place: int, by: int) -> int:
    return max(0, min(_at(sentences, place) + by, len(sentences) - 1))
