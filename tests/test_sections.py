"""Under which heading a row stands, and what is folded away or left out."""

from triage.paper import Kind, Row, Verdict
from triage.replacement import Relation
from triage.sections import folded, in_sections, section
from triage.settings import FOLD, LEAVE_OUT, SHOW

ROWS = [
    Row("1", "", Kind.NEW),
    Row("2", "", Kind.CROSS),
    Row("3", "", Kind.REPLACE),
    Row("4", "", Kind.REPLACE_CROSS),
    Row("5", "", Kind.REPLACE),
    Row("6", "", Kind.REPLACE),
    Row("7", "", Kind.CROSS),
]
VERDICTS = {"1": Verdict.SKIP, "3": Verdict.SKIP, "4": Verdict.KEEP, "6": Verdict.KEEP, "7": Verdict.SKIP}


def is_to(_row: Row) -> Relation:
    """What a row is to a kept paper."""
    return Relation.OTHER


def shown(cross_lists: str) -> list[tuple[str, str]]:
    """Id and heading of the rows in their order."""
    placed = in_sections(ROWS, VERDICTS.get, is_to, cross_lists)
    return [(row.id, section(row, VERDICTS.get, is_to)) for row in placed]


def test_replacements_of_kept_papers_have_a_heading_of_their_own_above_the_others() -> None:
    assert shown(SHOW) == [
        ("1", "New"),
        ("2", "Cross-lists"),
        ("7", "Cross-lists"),
        ("4", "Replacements of kept papers"),
        ("6", "Replacements of kept papers"),
        ("3", "Replacements"),
        ("5", "Replacements"),
    ]


def test_open_cross_lists_can_be_left_out_or_folded_and_other_replacements_are_always_folded() -> None:
    assert shown(FOLD) == shown(SHOW)
    assert [key for key, _ in shown(LEAVE_OUT)] == ["1", "7", "4", "6", "3", "5"], "what is decided stays"
    assert folded(SHOW) == folded(LEAVE_OUT) == {"Replacements"}
    assert folded(FOLD) == {"Cross-lists", "Replacements"}


def test_a_kept_paper_whose_later_version_came_with_a_cross_list_is_a_replacement_of_it() -> None:
    later = Row("6", "", Kind.CROSS)
    for one in (Relation.OF_KEPT, Relation.KEPT_ANEW, Relation.PASSED):

        def relation(row: Row, one: Relation = one) -> Relation:
            return one if row is later else Relation.OTHER

        assert section(later, VERDICTS.get, relation) == "Replacements of kept papers"
        placed = in_sections([later, *ROWS[:3]], VERDICTS.get, relation, LEAVE_OUT)
        assert [row.id for row in placed] == ["1", "6", "3"]
