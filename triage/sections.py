"""Under which heading a listing's rows stand, in which order, and what is folded away or left out."""

from collections.abc import Callable, Iterable, Sequence

from triage.paper import Kind, Row, Verdict
from triage.replacement import Mark, is_replacement
from triage.settings import FOLD, LEAVE_OUT

NEW = "New"
CROSS_LISTS = "Cross-lists"
OF_KEPT = "Replacements of kept papers"
REPLACEMENTS = "Replacements"
"""Of skipped and unseen papers: nobody asked to see these again."""


def section(row: Row, verdict: Callable[[str], Verdict | None]) -> str:
    """The heading that a row stands under."""
    match row.kind:
        case Kind.NEW:
            return NEW
        case Kind.CROSS:
            return CROSS_LISTS
        case _:
            return OF_KEPT if verdict(row.id) is Verdict.KEEP else REPLACEMENTS


def is_left_out(row: Row, stands: Mark, cross_lists: str) -> bool:
    """Tell whether the user wants a row out of sight: an open cross-list, for what is decided can be reached.

    `cross_lists` is one of `settings.CROSS_LISTS`.
    """
    return cross_lists == LEAVE_OUT and row.kind is Kind.CROSS and stands is Mark.OPEN


def in_sections(
    rows: Iterable[Row],
    verdict: Callable[[str], Verdict | None],
    mark: Callable[[Row], Mark],
    cross_lists: str,
) -> Sequence[Row]:
    """A listing's rows as they stand before the user: in its order, but for replacements of kept papers.

    Those come before the other replacements, the last that are shown of a day: the others are folded away.
    """
    shown = list(rows)
    if cross_lists == LEAVE_OUT:
        shown = [row for row in shown if not is_left_out(row, mark(row), cross_lists)]
    others = [row for row in shown if is_replacement(row) and verdict(row.id) is not Verdict.KEEP]
    if not others:
        return shown
    folded = {row.id for row in others}
    return [row for row in shown if row.id not in folded] + others


def folded(cross_lists: str) -> frozenset[str]:
    """The headings whose rows are folded away until the user unfolds them."""
    return frozenset({REPLACEMENTS, CROSS_LISTS} if cross_lists == FOLD else {REPLACEMENTS})
