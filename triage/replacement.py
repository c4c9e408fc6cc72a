"""What a listing's row means for somebody who may have decided on its paper before: one paper, one verdict.

A replacement of a paper that was kept is the one announcement of a decided paper that is to be looked at. It
is open until it is seen or kept anew; whether it is seen is a field of its own, and the earlier keep stays.
"""

from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Any, Protocol

from triage.paper import Kind, Paper, Row, Verdict

SEEN = "seen"
"""The field of a paper's document with the replacements that were seen: when, by their listing day, ISO.

A day each, so that two machines that saw different ones have seen both.
"""
EARLIER = "earlier"
"""The field of a paper that was kept anew with what told of the keep before: `at`, `haul`, `kind`, `listed`.

`haul` only where the new keep made a new entry.
"""
BEFORE = "before"
"""The field with the text of the version before the document's, as it was decided on."""

_TEXT = ("version", "title", "abstract", "arxiv_comments")
"""What can change from version to version, and is shown when it did."""
_REPLACED = (Kind.REPLACE, Kind.REPLACE_CROSS)


class Mark(StrEnum):
    """How a row of a listing stands with the user; a letter each, as an inbox holds them."""

    OPEN = "o"
    KEPT = "k"
    SKIPPED = "s"
    SEEN = "v"
    """A replacement of a kept paper that was looked at; the paper is kept as it was."""

    @property
    def verdict(self) -> Verdict | None:
        """The paper's verdict that it stands for."""
        return _VERDICT[self]


_VERDICT = {
    Mark.OPEN: None,
    Mark.KEPT: Verdict.KEEP,
    Mark.SKIPPED: Verdict.SKIP,
    Mark.SEEN: Verdict.KEEP,
}
_DECIDED = {None: Mark.OPEN, Verdict.KEEP: Mark.KEPT, Verdict.SKIP: Mark.SKIPPED}


class Announced(Protocol):
    """A paper as one listing day announces it: a row, or the paper of a row."""

    @property
    def id(self) -> str:
        """The paper's id."""

    @property
    def kind(self) -> Kind | None:
        """How it is announced; None for what no listing announces."""

    @property
    def version(self) -> int | None:
        """The version that is announced; None where the listing does not tell."""

    @property
    def listed(self) -> str | None:
        """The listing day, ISO."""


def is_replacement(announced: Announced) -> bool:
    """Tell whether a later version is announced as such."""
    return announced.kind in _REPLACED


def is_later(announced: Announced, record: Mapping[str, Any]) -> bool:
    """Tell whether a later version is announced than that which a document was first decided on."""
    before = record.get(BEFORE) or record
    return _is_later(announced, before.get("version"))


class Relation(StrEnum):
    """What an announcement is to a paper that was kept."""

    OF_KEPT = "of kept"
    """A later version than the one that was kept before that day's listing."""
    KEPT_ANEW = "kept anew"
    """The very replacement that a paper kept before was kept at again."""
    PASSED = "passed"
    """A replacement of a paper of which a later one has been kept since."""
    OTHER = "other"
    """None of these: its paper has one verdict, which is that on the announcement."""


def relation(announced: Announced, record: Mapping[str, Any] | None) -> Relation:
    """What an announcement is to the paper of a document."""
    if record is None or record.get("verdict") != Verdict.KEEP:
        return Relation.OTHER
    decided, listed = decided_on(record), announced.listed or ""
    if decided < listed:
        is_newer = _is_later(announced, _version_decided_on(record))
        return Relation.OF_KEPT if is_newer else Relation.OTHER
    if not record.get(EARLIER) or not is_later(announced, record):
        return Relation.OTHER
    return Relation.KEPT_ANEW if decided == listed else Relation.PASSED


def is_of_kept(announced: Announced, record: Mapping[str, Any] | None) -> bool:
    """Tell whether a later version is announced of a paper that was kept before that day's listing."""
    return relation(announced, record) is Relation.OF_KEPT


def is_passed(announced: Announced, record: Mapping[str, Any] | None) -> bool:
    """Tell whether it is a replacement of a kept paper, and a later one has been kept since."""
    return relation(announced, record) is Relation.PASSED


def _is_later(announced: Announced, version: int | None) -> bool:
    """Tell whether a later version is announced than one.

    A paper that one category lists as replaced and another as cross-listed on the same day is a cross-list,
    which is the stronger kind; only its version tells that it was replaced.
    """
    if announced.kind is not Kind.CROSS:
        return announced.kind in _REPLACED
    return announced.version is not None and version is not None and announced.version > version


def _version_decided_on(record: Mapping[str, Any]) -> int | None:
    """The version that a paper was decided on, though its document may have followed a later one."""
    before = record.get(BEFORE) or {}
    followed = before.get("listed") == decided_on(record)
    version: int | None = (before if followed else record).get("version")
    return version


def decided_on(record: Mapping[str, Any]) -> str:
    """The listing day, ISO, of the announcement that a paper was decided on.

    A paper that came from no listing (added, or of an imported post) counts from the day it was kept.
    """
    return str(record.get("listed") or str(record.get("at") or "")[:10])


def is_seen(announced: Announced, record: Mapping[str, Any]) -> bool:
    """Tell whether this replacement, or a later one, was seen."""
    return max(record.get(SEEN) or (), default="") >= (announced.listed or "")


def mark_on(announced: Announced, record: Mapping[str, Any] | None) -> Mark:
    """How a row stands: by its paper's verdict; a replacement of a kept paper by whether it was seen."""
    if record is None:
        return Mark.OPEN
    if is_of_kept(announced, record):
        return Mark.SEEN if is_seen(announced, record) else Mark.OPEN
    verdict = record.get("verdict")
    return _DECIDED[Verdict(verdict) if verdict else None]


def marks(
    verdict: Callable[[str], Verdict | None], record: Callable[[str], Mapping[str, Any] | None]
) -> Callable[[Row], Mark]:
    """`mark_on` for any row of a library; documents are looked into only where it takes one."""

    def on(row: Row) -> Mark:
        found = verdict(row.id)
        if found is Verdict.KEEP and row.kind is not Kind.NEW:
            return mark_on(row, record(row.id))
        return _DECIDED[found]

    return on


def text_of(record: Mapping[str, Any]) -> Mapping[str, Any]:
    """A document's text as it is kept for comparing, with the listing day it was decided on."""
    kept = {name: record[name] for name in _TEXT if record.get(name)}
    return kept | {"listed": decided_on(record)}


def version_before(paper: Paper, record: Mapping[str, Any] | None) -> Paper | None:
    """What the document tells of the version that a replacement replaced; None when it tells nothing.

    Only text and version are told. The version is None for what was kept without one (an imported post).
    """
    known = record or {}
    for told in (known, known.get(BEFORE) or {}):
        version = told.get("version")
        earlier = version is None or paper.version is None or version < paper.version
        if told.get("title") and earlier:
            return Paper.from_record({"id": paper.id} | {name: told.get(name) for name in _TEXT})
    return None
