"""One edit that a hand made in a post, as it is shown before it is taken over."""

from dataclasses import dataclass
from enum import StrEnum

SINCE = "The library says another since; the hand's stands."
"""The remark on a part that both changed, and of which only one can stand."""


class Where(StrEnum):
    """The part of the post that an edit is in, in the post's order."""

    FRONT = "front matter"
    COMMENTS = "comments"
    ENTRIES = "entries"
    FORM = "form"
    """White space, line ends, text around the parts."""


class What(StrEnum):
    """What was done."""

    CHANGED = "changed"
    ADDED = "added"
    REMOVED = "removed"
    MOVED = "moved"
    STAYS = "stays"
    """Nothing is changed, and the edit says why: the library has another word on it."""


@dataclass(frozen=True, slots=True)
class Edit:
    """What changes in one part; texts as the post has them, without its marks."""

    where: Where
    what: What
    name: str
    """The key of the front matter, the entry's title; empty for a comment."""
    part: str = ""
    """Of an entry: `note`, `title`, `excerpt`, `link`; empty for the whole."""
    before: str = ""
    """As the library has it."""
    after: str = ""
    """As the library will have it."""
    remark: str = ""
    """A sentence on what is not plain from the texts: both changed, what becomes of the paper."""
    key: str = ""
    """The paper's id."""
