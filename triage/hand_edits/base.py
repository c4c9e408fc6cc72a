"""What a file said when it was written, by digests: enough to tell who changed what since."""

from collections.abc import Mapping
from typing import Any, NamedTuple, Self

from triage import comment
from triage.digest import sha256
from triage.haul import Comment, Entry, Field, Haul, Verbatim

_DIGITS = 8
"""Hex digits of a digest: of four thousand million changed texts one has the digest it had."""
PARTS = ("note", "title", "excerpt", "link", "form")
"""The parts of an entry, in the order of their digests; `form` is how card and white space are written."""


class Base(NamedTuple):
    """The parts of a haul as a file had them."""

    front: Mapping[str, str]
    """By key."""
    layout: str
    """The keys' order, and the lines between them."""
    around: str
    """What the post holds around its parts."""
    comments: Mapping[str, str]
    """By the comment's id, in their order."""
    entries: Mapping[str, tuple[str, ...]]
    """By the paper's id, in their order; a digest for each of `PARTS`."""

    @classmethod
    def of(cls, haul: Haul) -> Self:
        """What the post of a haul says; a comment without an id has its place for one."""
        return cls(
            {item.key: of_field(item) for item in haul.front if item.key is not None},
            of_layout(haul.front),
            of_verbatim(haul.verbatim),
            {one.key or f"#{place}": of_comment(one) for place, one in enumerate(haul.comments)},
            {entry.key: of_entry(entry) for entry in haul.entries},
        )

    def as_record(self) -> dict[str, Any]:
        """The base as JSON has it; pairs, for an object of JSON has no order."""
        return {
            "front": [list(pair) for pair in self.front.items()],
            "layout": self.layout,
            "around": self.around,
            "comments": [list(pair) for pair in self.comments.items()],
            "entries": [[key, "".join(digests)] for key, digests in self.entries.items()],
        }

    @classmethod
    def from_record(cls, record: Mapping[str, Any]) -> Self:
        """The base of a record."""
        entries = {
            key: tuple(joined[at : at + _DIGITS] for at in range(0, len(PARTS) * _DIGITS, _DIGITS))
            for key, joined in record.get("entries", ())
        }
        return cls(
            dict(record.get("front", ())),
            record.get("layout", ""),
            record.get("around", ""),
            dict(record.get("comments", ())),
            entries,
        )

    def alike(self, other: Self) -> int:
        """How many parts are the same in two posts, whatever ids their comments have."""
        both = [(self.entries[key], other.entries[key]) for key in self.entries.keys() & other.entries.keys()]
        cards = sum(one == two for mine, theirs in both for one, two in zip(mine, theirs, strict=True))
        around = (self.layout == other.layout) + (self.around == other.around)
        said = len({*self.comments.values()} & {*other.comments.values()})
        return cards + around + said + len(self.front.items() & other.front.items())


def of_field(item: Field) -> str:
    """The digest of a field of the front matter."""
    return _digest(item.value, item.source)


def of_layout(front: tuple[Field, ...]) -> str:
    """The digest of the order of the keys, and of the lines between them."""
    return _digest(*(item.key if item.key is not None else f"\n{item.value}" for item in front))


def of_verbatim(verbatim: Verbatim) -> str:
    """The digest of what stands around the parts."""
    return _digest(repr(verbatim))


def of_comment(one: Comment) -> str:
    """The digest of a comment as the post has it."""
    return _digest(comment.write(one))


def of_entry(entry: Entry) -> tuple[str, ...]:
    """The digests of an entry's parts."""
    texts = (entry.note, entry.title, entry.excerpt, entry.link)
    return (*map(_digest, texts), _digest(entry.card, *entry.gaps))


def _digest(*texts: str) -> str:
    return sha256("\0".join(texts).encode("utf-8", "surrogatepass"))[:_DIGITS]
