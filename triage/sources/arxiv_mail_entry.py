"""One entry of arXiv's daily mailings: a paper between two rules."""

import re
from collections.abc import Iterable, Iterator
from datetime import UTC, date
from email.utils import parsedate_to_datetime
from textwrap import shorten
from typing import NamedTuple

from triage.paper import Kind, Paper
from triage.ports import Unreachable
from triage.sources.arxiv_text import MISSING, abstract, is_within, paper_id
from triage.sources.arxiv_text import authors as split_authors

_HEAD = re.compile(r"arXiv:(\S+)( +\(\*cross-listing\*\))?\s*")
_REPLACED = re.compile(r"(?:replaced with revised version|(?:figures|part) added)\s+(.+)", re.IGNORECASE)
_FIELD = re.compile(
    r"(Date|Title|Authors?|Categories|Comments|Report-no|MSC-class|ACM-class|Journal-ref|DOI|License|Proxy)"
    r"(?: \((?:revised )?v(\d{1,3})\))?:(?:\s+(.*))?"
)
_END = re.compile(r"\\\\ \( *https?://[^/ ]+/abs/(\S+?) *(?:,.*)?\)\s*")
_SIZE = re.compile(r"\s*\([^()]*\)\s*\Z")
_AND = re.compile(r",?\s+and\s+")


class Entry(NamedTuple):
    """A paper's place in a mailing."""

    kind: Kind
    """That of its section."""
    categories: tuple[str, ...]
    paper: Paper | None
    """None when there is no id to keep the paper under."""
    whole: bool
    """Whether nothing of it was missing."""

    def is_in(self, category: str) -> bool:
        """Tell whether the paper is in a category or archive; one that does not say so is in any."""
        return not self.categories or any(is_within(one, category) for one in self.categories)


def read(lines: Iterator[str], kind: Kind, listed: date, where: str) -> Entry:
    """The entry that starts with these lines, which are used up to its end.

    Raises Unreachable when its end is missing, or when it is not one of its section.
    """
    head: list[str] = []
    summary: list[str] | None = None
    for line in lines:
        end = _END.fullmatch(line)
        if end is not None:
            return _entry(head, summary or [], end[1], kind, listed, where)
        if summary is not None:
            summary.append(line)
        elif line.strip() == "\\\\":
            summary = []
        elif line.strip():
            head.append(line)
    raise _damaged(head, where)


def _entry(head: list[str], summary: list[str], linked: str, kind: Kind, listed: date, where: str) -> Entry:
    first = _HEAD.fullmatch(head[0]) if head else None
    replaced = next((found for line in head[1:3] if (found := _REPLACED.match(line))), None)
    if first is None or bool(replaced) is not (kind is Kind.REPLACE) or (kind is Kind.NEW and first[2]):
        raise _damaged(head, where)
    named, link = paper_id(first[1]), paper_id(linked)
    if named is not None and link is not None and named.key != link.key:
        # The end of one paper after the beginning of another: what stood between them is lost.
        raise _damaged(head, where)
    fields, version = _fields(head[1:])
    categories = tuple(fields.get("Categories", "").split())
    if named is None:
        return Entry(kind, categories, None, whole=False)
    title, names = fields.get("Title", ""), _authors(fields.get("Authors") or fields.get("Author", ""))
    paper = Paper(
        named.key,
        title or MISSING,
        names,
        abstract("\n".join(summary)),
        named.version or version,
        kind,
        categories,
        primary=categories[0] if categories else None,
        arxiv_comments=fields.get("Comments") or None,
        doi=fields.get("DOI") or None,
        journal_ref=fields.get("Journal-ref") or None,
        published=_moment(fields.get("Date", "")),
        updated=_moment(replaced[1]) if replaced else None,
        listed=listed.isoformat(),
    )
    return Entry(kind, categories, paper, whole=bool(title and names and categories))


def _fields(lines: Iterable[str]) -> tuple[dict[str, str], int | None]:
    """The fields by their labels, wrapped lines joined, the first of each; and the version they name last."""
    found: dict[str, list[str]] = {}
    current: list[str] = []
    version: int | None = None
    for line in lines:
        label = _FIELD.fullmatch(line.rstrip())
        if label is None:
            current.append(line)
            continue
        version = int(label[2]) if label[2] else version
        current = [label[3] or ""]
        found.setdefault(label[1], current)
    return {name: " ".join(" ".join(pieces).split()) for name, pieces in found.items()}, version


def _authors(text: str) -> tuple[str, ...]:
    """The names; unlike the feeds, a mailing has the authors' own commas and "and"s."""
    outer, depth = "", 0
    for piece in re.split(r"([(){}])", text):
        depth += (piece in "({") - (piece in ")}") if piece else 0
        outer += _AND.sub(", ", piece) if depth <= 0 else piece
    return split_authors(outer)


def _moment(text: str) -> str | None:
    try:
        moment = parsedate_to_datetime(_SIZE.sub("", text))
        return moment.astimezone(UTC).isoformat() if moment.tzinfo else None
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _damaged(head: list[str], where: str) -> Unreachable:
    name = f" {shorten(head[0], 60, placeholder=' …')}" if head else ""
    return refused(where, f"the entry{name} is damaged, or a part of the mailing is missing")


def refused(where: str, why: str) -> Unreachable:
    """What to say of a mail that is no whole mailing."""
    return Unreachable(
        f"{where} is not a whole mailing of arXiv: {why}. "
        "Save the mail as arXiv sent it, as plain text or .eml."
    )
