"""A paper that was published in a haul is told by that haul's number and day."""

from triage.actions.kept import kept_in
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
