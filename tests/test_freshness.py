"""Whether an answer is the listing it should be."""

from datetime import date

import pytest

from triage.freshness import fault, highest, last_before
from triage.ledger import Completeness, ListingState, Sections
from triage.network import Announced
from triage.paper import Kind, Paper

FRIDAY, MONDAY = date(2026, 11, 20), date(2026, 11, 23)


def paper(key: str, kind: Kind = Kind.NEW) -> Paper:
    return Paper(key, "A title", kind=kind)


def feed(listed: date | None = MONDAY, *keys: str) -> Announced:
    return Announced("cs.CL", "rss", listed, tuple(paper(key) for key in keys))


def friday(top: str) -> ListingState:
    return ListingState("cs.CL", Completeness.COMPLETE, FRIDAY.isoformat(), Sections(5), "rss", highest=top)


def test_a_listing_of_its_day_with_new_papers_has_no_fault() -> None:
    assert fault(feed(MONDAY, "2611.20001"), MONDAY, friday("2611.19999")) is None
    assert fault(feed(MONDAY, "2611.00001"), MONDAY, None) is None
    assert fault(feed(MONDAY), MONDAY, friday("2611.19999")) is None, "an empty one has nothing to be old"


@pytest.mark.parametrize(
    ("found", "says"),
    [
        (feed(FRIDAY, "2611.20001"), "it still is that of Fri 20 Nov 2026"),
        (feed(date(2026, 11, 24), "2611.20001"), "is that of Tue 24 Nov 2026 already"),
        (feed(None), "does not say its day"),
        (feed(None)._replace(unchanged=True), "has not updated its feed since"),
        (feed(MONDAY, "2611.19999"), "nothing newer than 2611.19999, which was listed on Fri 20 Nov 2026"),
        (feed(MONDAY)._replace(source="list", listed=FRIDAY), "has not updated its listing page"),
    ],
)
def test_what_is_stale_is_said_with_its_reason(found: Announced, says: str) -> None:
    wrong = fault(found, MONDAY, friday("2611.19999"))
    assert wrong is not None
    assert wrong.completeness is Completeness.STALE
    assert says in wrong.sentence


FOUR = feed(MONDAY, *(f"2611.2000{at}" for at in range(4)))


@pytest.mark.parametrize(
    ("found", "says"),
    [
        (FOUR._replace(cut_off=True), "arXiv's feed holds 4 papers and leaves others out, new ones first."),
        (FOUR._replace(unread=1), "One entry has no id that can be read: its paper is not here."),
        (FOUR._replace(unread=2), "2 entries have no id that can be read: their papers are not here."),
        (FOUR._replace(source="list", page=2), "Page 2 is still to come."),
    ],
)
def test_a_listing_that_lacks_papers_is_cut_off_and_says_why(found: Announced, says: str) -> None:
    assert fault(found, MONDAY, None) == (Completeness.CUT_OFF, says)


def test_the_highest_id_is_that_of_new_papers_and_knows_its_numbers() -> None:
    papers = [
        paper("2611.09999"),
        paper("2611.100000"),
        paper("2612.00001", Kind.CROSS),
        paper("math/0309136"),
    ]
    assert highest(papers) == "2611.100000"
    assert highest([paper("2612.00001"), *papers]) == "2612.00001"
    assert highest([paper("2611.00001", Kind.REPLACE)]) == ""


def test_the_last_listing_is_the_latest_that_came_before_the_day() -> None:
    states = {
        date(2026, 11, 18): friday("a"),
        FRIDAY: friday("b"),
        date(2026, 11, 21): ListingState("cs.CL", Completeness.FAILED),
        MONDAY: friday("c"),
    }
    last = last_before(states, MONDAY)
    assert last is not None
    assert last.highest == "b"
    assert last_before({}, MONDAY) is None
