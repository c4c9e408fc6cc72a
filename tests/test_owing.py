"""Which days are owed, and which of those arXiv may be asked for."""

from datetime import UTC, date, datetime

import pytest

from tests.test_ledger import CALENDAR, NOW, day, state
from triage.ledger import Completeness
from triage.owing import CATCH_UP, RE_POLLS, begins, is_askable, is_due, owed, polls, to_catch_up, unheard_of


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


def test_a_listing_that_is_not_out_yet_is_not_owed() -> None:
    sunday = datetime(2026, 11, 22, 20, tzinfo=UTC)
    assert list(owed({day(20): state(20)}, CALENDAR, sunday)) == []


def test_what_was_asked_for_often_enough_today_is_asked_for_again_tomorrow() -> None:
    late = state(23, Completeness.STALE, new=0)._replace(polls=RE_POLLS + 1)
    assert not is_askable(late, day(23))
    assert is_askable(late, day(24))
    assert (polls(late, day(23)), polls(late, day(24)), polls(None, day(23))) == (RE_POLLS + 1, 0, 0)
    evening = late._replace(fetched_at=datetime(2026, 11, 24, 3, tzinfo=UTC).isoformat())
    assert not is_askable(evening, day(23)), "at arXiv it is still Monday"
    assert is_askable(late._replace(page=2), day(23)), "a page that is still to come was not asked for yet"
    assert is_askable(None, day(23))
    assert not is_askable(state(23, Completeness.RESTS), day(24))
    assert is_askable(late._replace(fetched_at="yesterday"), day(23)), "a moment nobody can read is no poll"


def test_a_holiday_that_arxiv_said_nothing_of_is_not_owed_and_yet_asked_for() -> None:
    later = datetime(2026, 11, 30, 17, tzinfo=UTC)
    states = {day(number): state(number) for number in (24, 25, 26)}
    assert list(owed(states, CALENDAR, later)) == [day(30)]
    assert list(unheard_of(states, CALENDAR, later)) == [day(27)]
    assert unheard_of({**states, day(27): state(27, Completeness.RESTS)}, CALENDAR, later) == []
    assert unheard_of({}, CALENDAR, later) == ()
    assert unheard_of({day(30): state(30)}, CALENDAR, later) == [], "a new user owes nothing"
