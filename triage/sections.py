"""Under which heading a listing's rows stand, in which order, and what is folded away or left out."""

from collections.abc import Callable, Iterable, Sequence

from triage.paper import Kind, Row, Verdict
from triage.replacement import Relation
from triage.settings import FOLD, LEAVE_OUT

NEW = "New"
CROSS_LISTS = "Cross-lists"
OF_KEPT = "Replacements of kept papers"
REPLACEMENTS = "Replacements"
"""Of skipped and unseen papers: nobody asked to see these again."""


def section(row: Row, verdict: Callable[[str], Verdict | None], relation: Callable[[Row], Relation]) -> str:
    """The heading that a row stands under, by the verdict on its paper and what it is to that."""
    match row.kind:
        case Kind.NEW:
            return NEW
        case Kind.CROSS:
            later = verdict(row.id) is Verdict.KEEP and relation(row) is not Relation.OTHER
            return OF_KEPT if later else CROSS_LISTS
        case _:
            return OF_KEPT if verdict(row.id) is Verdict.KEEP else REPLACEMENTS


def is_left_out(row: Row, verdict: Callable[[str], Verdict | None], cross_lists: str) -> bool:
    """Tell whether the user wants a row out of sight: an open cross-list, for what is decided can be reached.

    `cross_lists` is one of `settings.CROSS_LISTS`. The verdict on its paper is asked where it decides.
    """
    return cross_lists == LEAVE_OUT and row.kind is Kind.CROSS and verdict(row.id) is None


def in_sections(
    rows: Iterable[Row],
    verdict: Callable[[str], Verdict | None],
    relation: Callable[[Row], Relation],
    cross_lists: str,
) -> Sequence[Row]:
    """A listing's rows as they stand before the user: in its order, and last the replacements.

    Those of kept papers come first, the last that are shown of a day: the others are folded away.
    """
    shown = [row for row in rows if not is_left_out(row, verdict, cross_lists)]
    under = [section(row, verdict, relation) for row in shown]
    last = (OF_KEPT, REPLACEMENTS)
    return [row for row, title in zip(shown, under, strict=True) if title not in last] + [
        row for heading in last for row, title in zip(shown, under, strict=True) if title == heading
    ]


def folded(cross_lists: str) -> frozenset[str]:
    """The headings whose rows are folded away until the user unfolds them."""
    return frozenset({REPLACEMENTS, CROSS_LISTS} if cross_lists == FOLD else {REPLACEMENTS})
