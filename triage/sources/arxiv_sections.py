"""The sections on a listing's page, and what they say of the whole listing that the page is a part of."""

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from triage.ledger import Sections
from triage.paper import Kind, Paper
from triage.ports import Unreachable
from triage.sources.arxiv_entry import Entry

_ORDER = (Kind.NEW, Kind.CROSS, Kind.REPLACE)


class Section(NamedTuple):
    """One section as far as it is on the page."""

    kind: Kind
    total: int
    """Papers it holds on all pages."""
    continued: bool
    """Whether it begins on an earlier page."""
    entries: tuple[Entry, ...]


class Span(NamedTuple):
    """The entries of a page, by their places in the whole listing, counted from 1."""

    first: int
    last: int

    @property
    def length(self) -> int:
        """How many entries there are on the page."""
        return self.last - self.first + 1


def span(sections: Sequence[Section], category: str, where: str) -> Span:
    """Which entries the page holds, by their own numbers.

    Raises Unreachable when those do not tell it, or are not in a row.
    """
    numbers = [entry.number for section in sections for entry in section.entries]
    firsts = {number - at for at, number in enumerate(numbers) if number is not None}
    if len(firsts) != 1 or min(firsts) < 1:
        raise Unreachable(
            f"{where} sent a listing of {category} whose entries are not numbered in a row: a part of it may "
            "be missing. Try again later."
        )
    first = firsts.pop()
    return Span(first, first + len(numbers) - 1)


def whole(sections: Sequence[Section], shown: Span, total: int, category: str, where: str) -> Sections:
    """What the whole listing of so many entries holds by section, as far as this page of it tells.

    Of sections on other pages only the sum is known: while there are two such, neither is counted.
    Raises Unreachable when such a listing does not have these sections on such a page.
    """
    kinds = [section.kind for section in sections]
    rest = total - sum(section.total for section in sections)
    if kinds != [kind for kind in _ORDER if kind in kinds] or rest < 0 or shown.last > total:
        raise _disagree(total, category, where)
    # A section between two that are on the page would be on it too, so it is empty.
    before, after = _ORDER[: _ORDER.index(kinds[0])], _ORDER[_ORDER.index(kinds[-1]) + 1 :]
    start = _start(sections, shown, total, rest)
    if start is not None and not _fit(sections, shown, start, is_last=not after, total=total):
        raise _disagree(total, category, where)
    counts = {section.kind: section.total for section in sections}
    if start is not None:
        counts |= {kind: start - 1 for kind in before if len(before) == 1}
        counts |= {kind: rest - (start - 1) for kind in after if len(after) == 1}
    if min(counts.values()) < 0:
        raise _disagree(total, category, where)
    return Sections(*(counts.get(kind, 0) for kind in _ORDER))


def less_doubles(counted: Sections, papers: Sequence[Paper], once: Sequence[Paper]) -> Sections:
    """The counts with each paper once: less what the entries of a page are more than its papers."""
    left = Counter(_section(paper) for paper in papers)
    left.subtract(_section(paper) for paper in once)
    return Sections(*(count - left[kind] for count, kind in zip(counted, _ORDER, strict=True)))


def _start(sections: Sequence[Section], shown: Span, total: int, rest: int) -> int | None:
    """The place of the first section's first entry; None while only other pages can tell it."""
    head = sections[0]
    if head.kind is Kind.NEW:
        return 1
    if not head.continued:
        return shown.first
    return rest + 1 if sections[-1].kind is Kind.REPLACE or shown.last == total else None


def _fit(sections: Sequence[Section], shown: Span, start: int, *, is_last: bool, total: int) -> bool:
    """Tell whether sections that begin at this place have on the page what the page has of them."""
    for section in sections:
        end = start + section.total
        here = min(end - 1, shown.last) - max(start, shown.first) + 1
        if here != len(section.entries) or section.continued is not (start < shown.first):
            return False
        start = end
    return not is_last or start == total + 1


def _section(paper: Paper) -> Kind:
    return Kind.REPLACE if paper.kind is Kind.REPLACE_CROSS else paper.kind or Kind.NEW


def _disagree(total: int, category: str, where: str) -> Unreachable:
    return Unreachable(
        f"{where} sent a listing of {category} whose sections do not make the {total} papers it states: a "
        "part of it may be missing. Try again in some minutes."
    )
