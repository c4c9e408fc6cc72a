"""The ledger: which days are owed, what is said of one, and which of two states stands."""

from datetime import UTC, date, datetime

import pytest

from triage.ledger import (
    CATCH_UP,
    RE_POLLS,
    Completeness,
    ListingState,
    Sections,
    Tally,
    account,
    begins,
    is_due,
    newest,
    owed,
    standing,
    to_catch_up,
)
from triage.listing_day import Calendar

CALENDAR = Calendar()
NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)  # a Monday morning in New York


def day(number: int) -> date:
    return date(2026, 11, number)


def state(
    number: int, completeness: Completeness = Completeness.COMPLETE, new: int = 5, source: str = "list"
) -> ListingState:
    return ListingState("cs.CL", completeness, day(number).isoformat(), Sections(new), source)


def test_a_category_that_was_never_asked_for_owes_nothing() -> None:
    assert owed({}, CALENDAR, NOW) == ()
    rested = {day(20): state(20, Completeness.RESTS, new=0)}
    assert begins(rested) is None
    assert owed(rested, CALENDAR, NOW) == ()


def test_a_day_that_the_user_named_is_owed_though_it_failed_and_nothing_came_before() -> None:
    failed = state(20, Completeness.FAILED, new=0)
    assert begins({day(20): failed, day(23): state(23)}) == day(23), "a new user who was offline owes nothing"
    named = {day(20): failed._replace(named=True), day(23): state(23)}
    assert begins(named) == day(20)
    assert list(owed(named, CALENDAR, NOW)) == [day(20)]


def test_a_day_that_arxiv_was_late_with_begins_the_ledger() -> None:
    late = {day(20): state(20, Completeness.STALE, new=0), day(23): state(23)}
    assert list(owed(late, CALENDAR, NOW)) == [day(20)]


def test_a_past_day_whose_counts_never_meet_is_not_asked_for_for_ever() -> None:
    states = {day(19): state(19), day(20): state(20, Completeness.CUT_OFF)._replace(polls=RE_POLLS)}
    assert to_catch_up(states, CALENDAR, NOW) == [day(20)]
    states[day(20)] = states[day(20)]._replace(polls=RE_POLLS + 1)
    assert to_catch_up(states, CALENDAR, NOW) == []
    assert list(owed(states, CALENDAR, NOW)) == [day(20), day(23)], "the ledger says so all the same"


def test_a_listing_that_came_in_place_of_another_begins_no_ledger() -> None:
    came = {day(2): state(2)._replace(unasked=True), day(20): state(20)}
    assert begins(came) == day(20)
    assert list(owed(came, CALENDAR, NOW)) == [day(23)]


def test_a_day_that_nobody_expected_is_owed_when_its_listing_was_cut_off() -> None:
    states = {day(20): state(20), day(21): state(21, Completeness.CUT_OFF), day(23): state(23)}
    assert list(owed(states, CALENDAR, NOW)) == [day(21)]


def test_what_is_owed_is_caught_up_with_for_a_month_and_not_further() -> None:
    states = {date(2026, 10, 1): state(1), day(23): state(23)}
    caught_up = to_catch_up(states, CALENDAR, NOW)
    assert caught_up == list(CALENDAR.days(day(23) - CATCH_UP, day(22)))
    assert set(caught_up) < set(owed(states, CALENDAR, NOW))
    assert is_due(states, CALENDAR, NOW)


@pytest.mark.parametrize(
    ("completeness", "polls", "due"),
    [
        (Completeness.COMPLETE, 0, False),
        (Completeness.RESTS, 0, False),
        (Completeness.FAILED, 0, True),
        (Completeness.CUT_OFF, 0, True),
        (Completeness.STALE, RE_POLLS, True),
        (Completeness.STALE, RE_POLLS + 1, False),
    ],
)
def test_arxiv_is_asked_again_for_the_newest_listing_while_that_is_of_use(
    completeness: Completeness, polls: int, due: bool
) -> None:
    states = {day(23): state(23, completeness)._replace(polls=polls)}
    assert is_due(states, CALENDAR, NOW) is due


def test_without_any_state_the_newest_listing_is_due() -> None:
    assert is_due({}, CALENDAR, NOW)


def test_owed_is_what_is_not_whole_from_the_first_listing_on() -> None:
    states = {
        day(12): state(12),
        day(13): state(13, Completeness.CUT_OFF),
        day(16): state(16, Completeness.RESTS, new=0),
        day(17): state(17, Completeness.FAILED, new=0),
        day(19): state(19),
        day(23): state(23, Completeness.STALE, new=0),
    }
    assert list(owed(states, CALENDAR, NOW)) == [day(13), day(17), day(18), day(20), day(23)]


def test_who_asks_for_days_before_the_first_listing_owes_them_too() -> None:
    states = {day(20): state(20), day(23): state(23)}
    assert list(owed(states, CALENDAR, NOW, since=day(18))) == [day(18), day(19)]


def test_a_listing_that_is_not_out_yet_is_not_owed() -> None:
    sunday = datetime(2026, 11, 22, 20, tzinfo=UTC)
    assert list(owed({day(20): state(20)}, CALENDAR, sunday)) == []


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
