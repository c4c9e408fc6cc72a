"""A Step that comes late changes what nobody has set since, and says so when that is not the whole story."""

from triage.late import what_is_left
from triage.steps import HAULS, PAPERS, Change, Step


def step(lamport: int, *changes: Change) -> Step:
    """A Step at a place in the order."""
    return Step("a", lamport, lamport, "", "keep", changes)


VERDICT = Change(PAPERS, "2306.07899", ("verdict",), None, "keep")
HAUL = Change(PAPERS, "2306.07899", ("haul",), None, "current")
NOTE = Change(PAPERS, "2306.07899", ("note",), None, "text")


def test_a_field_set_since_stays_and_the_others_are_changed() -> None:
    assert what_is_left([step(2, VERDICT, HAUL)], [step(3, VERDICT.opposite)]) == [step(2, HAUL)]


def test_a_field_set_before_is_changed() -> None:
    assert what_is_left([step(2, VERDICT), step(4, VERDICT)], [step(3, VERDICT)]) == [
        step(2),
        step(4, VERDICT),
    ]


def test_the_same_field_of_another_paper_is_no_hindrance() -> None:
    other = Change(PAPERS, "2306.99999", ("note",), None, "text")
    assert what_is_left([step(2, NOTE)], [step(3, other)]) == [step(2, NOTE)]


def test_texts_and_parts_of_fields_changed_in_both_need_everything() -> None:
    assert what_is_left([step(2, NOTE)], [step(3, NOTE)]) is None
    entries = Change(HAULS, "20", ("entries",), None, {"a": {"title": "T"}})
    title = Change(HAULS, "20", ("entries", "a", "title"), None, "T")
    assert what_is_left([step(2, entries)], [step(3, title)]) is None
    assert what_is_left([step(2, title)], [step(3, entries)]) is None
    entry = Change(HAULS, "20", ("entries", "a"), None, {"note": "text"})
    assert what_is_left([step(2, entry)], [step(3, entry)]) is None


def test_what_is_imported_twice_needs_everything() -> None:
    number = Change(HAULS, "20", ("number",), None, 20)
    other = Change(HAULS, "20", ("number",), 20, 21)
    imported = Step("a", 3, 3, "", "import", (number,))
    assert what_is_left([step(2, other)], [imported]) is None
    assert what_is_left([imported], [step(4, other)]) is None
    assert what_is_left([imported], [step(2, other)]) == [imported]
    assert what_is_left([step(2, other)], [step(3, other)]) == [step(2)]
