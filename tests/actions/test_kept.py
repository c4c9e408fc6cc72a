"""A paper that was published in a haul is told by that haul's number and day."""

from tests.actions.conftest import NOW, paper
from triage.actions import decide, note
from triage.actions.kept import kept_in
from triage.paper import Kind
from triage.ports import Library
from triage.steps import HAULS, Change, change

KEY = "2611.00001"


def publish(library: Library, haul: str, *papers: str, **fields: object) -> None:
    entries = {paper: {"link": paper, "title": paper, "note": ""} for paper in papers}
    told = [Change(HAULS, haul, ("entries", paper), None, entry) for paper, entry in entries.items()]
    library.record("publish", [*told, *change(HAULS, haul, None, **fields)])


def test_a_published_paper_is_told_by_number_and_day(library: Library) -> None:
    publish(library, "haul-a", KEY, number=17, published_at="2025-09-03T04:05:06.000Z")
    assert kept_in(library, KEY) == "kept in haul 17, 3 Sep 2025"


def test_of_several_hauls_the_latest_is_told(library: Library) -> None:
    publish(library, "haul-b", KEY, number=18, published_at="2025-10-01T00:00:00.000Z")
    publish(library, "haul-a", KEY, number=17, published_at="2025-09-03T00:00:00.000Z")
    assert kept_in(library, KEY) == "kept in haul 18, 1 Oct 2025"


def test_a_haul_that_says_no_day_or_number_is_told_without(library: Library) -> None:
    publish(library, "haul-a", KEY, number=3, published_at="some day")
    assert kept_in(library, KEY) == "kept in haul 3"
    publish(library, "haul-b", "x", published_at="2025-10-01T00:00:00.000Z")
    assert kept_in(library, "x") == "kept in an earlier haul, 1 Oct 2025"


def test_what_no_haul_has_is_told_nothing_of(library: Library) -> None:
    publish(library, "haul-a", KEY, number=17)
    assert kept_in(library, "2611.00002") == ""


def test_a_paper_of_an_old_post_that_is_kept_again_has_its_old_notes_beside_the_new(library: Library) -> None:
    notes = {"haul-a": "The first word.", "haul-b": "The second."}
    for number, (haul, said) in enumerate(notes.items(), start=17):
        entry = {"link": KEY, "title": KEY, "note": said}
        told = [Change(HAULS, haul, ("entries", KEY), None, entry)]
        library.record("import", [*told, *change(HAULS, haul, None, number=number)])
    again = paper(1, Kind.CROSS)
    assert list(note.older_notes(library, again)) == [*notes.items()]
    decide.keep(library, [again], NOW)
    note.write(library, again, "The third.", NOW)
    assert note.note_on(library, again) == "The third."
    assert list(note.older_notes(library, again)) == [*notes.items()]
    assert [said for _, said in note.notes_by_haul(library, KEY)] == [*notes.values(), "The third."]


def test_hauls_are_looked_through_without_a_copy_of_each(library: Library) -> None:
    publish(library, "haul-a", KEY, number=17)
    publish(library, "haul-b", "2611.00002", number=18)
    assert [haul["id"] for haul in library.hauls_of(KEY)] == ["haul-a"]
    library.hauls_of(KEY)[0]["entries"].clear()
    assert [haul["id"] for haul in library.hauls_of(KEY)] == ["haul-a"]
