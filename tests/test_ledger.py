"""The ledger: what is said of a day, and which of two states stands."""

from datetime import UTC, date, datetime

import pytest

from triage.ledger import Completeness, ListingState, Sections, Tally, account, newest, standing
from triage.listing_day import Calendar

CALENDAR = Calendar()
NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)  # a Monday morning in New York


def day(number: int) -> date:
    return date(2026, 11, number)


def state(
    number: int, completeness: Completeness = Completeness.COMPLETE, new: int = 5, source: str = "list"
) -> ListingState:
    """What is known of cs.CL on a day, as it was asked for that Monday."""
    return ListingState(
        "cs.CL", completeness, day(number).isoformat(), Sections(new), source, fetched_at=NOW.isoformat()
    )


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (23, Completeness.MISSING),
        (24, Completeness.NOT_OUT),
        (22, Completeness.RESTS),
        (27, Completeness.RESTS),
    ],
)
def test_what_is_said_of_a_day_that_nobody_asked_for(number: int, said: Completeness) -> None:
    assert account("cs.CL", day(number), None, Tally(), CALENDAR, NOW).completeness is said


def test_a_whole_day_balances() -> None:
    line = account("cs.CL", day(20), state(20), Tally(2, 2, 1), CALENDAR, NOW)
    assert line.completeness is Completeness.COMPLETE
    assert line.balances
    assert (line.announced, line.tally.archived) == (5, 5)


def test_a_day_whose_papers_are_not_those_announced_is_never_complete() -> None:
    line = account("cs.CL", day(20), state(20), Tally(2, 2, 0), CALENDAR, NOW)
    assert line.completeness is Completeness.CUT_OFF
    assert not line.balances


def test_a_day_put_together_from_submissions_says_so() -> None:
    assert account("cs.CL", day(20), state(20, source="api"), Tally(5), CALENDAR, NOW).is_reconstructed
    assert not account("cs.CL", day(20), state(20), Tally(5), CALENDAR, NOW).is_reconstructed


def test_once_complete_is_complete() -> None:
    whole = state(20)
    for worse in Completeness:
        if worse is not Completeness.COMPLETE:
            assert standing(whole, state(20, worse)).completeness is Completeness.COMPLETE
            assert standing(state(20, worse), whole) == whole


def test_a_listing_stands_above_what_was_put_together_from_submissions() -> None:
    listed, reconstructed = state(20), state(20, source="api")
    assert standing(listed, reconstructed).source == "list"
    assert standing(reconstructed, listed).source == "list"
    assert standing(None, reconstructed) == reconstructed


def test_the_newest_state_is_that_of_the_latest_day() -> None:
    assert newest({}) is None
    assert newest({day(20): state(20), day(19): state(19)}) == state(20)


def test_where_no_listing_came_the_later_word_stands() -> None:
    stale = state(20, Completeness.STALE, new=0)._replace(polls=2)
    failed = state(20, Completeness.FAILED, new=0)._replace(sentence="No network.", polls=2)
    assert standing(stale, failed) == failed._replace(named=True), "whoever waited for it still does"
    assert standing(failed, stale) == stale
    assert standing(state(20, Completeness.RESTS, new=0), failed).completeness is Completeness.RESTS


def test_papers_that_are_here_stay_when_asking_for_the_others_fails() -> None:
    here = state(20, Completeness.CUT_OFF)._replace(sentence="Page 3 is still to come.", page=3)
    failed = state(20, Completeness.FAILED, new=0)._replace(sentence="No network.", page=3, polls=1)
    assert standing(here, failed) == here._replace(sentence="No network.", polls=1)
    assert standing(here, failed._replace(page=0)).page == 0, "it is asked for from its first page on"


def test_a_listing_that_takes_the_place_of_another_lacks_details_of_its_own() -> None:
    reconstructed = state(20, source="api")._replace(details=True)
    cut_off = state(20, Completeness.CUT_OFF)._replace(details=True)
    for before in (reconstructed, cut_off):
        assert not standing(before, state(20)).details, "it has papers that those lacked"
    assert standing(state(20), state(20)._replace(details=True)).details
