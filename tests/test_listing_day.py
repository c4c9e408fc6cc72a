"""arXiv's calendar, against its published table."""

from datetime import UTC, date, datetime, timedelta

import pytest

from triage.listing_day import BEGINNING, Calendar, appears, eastern, today

CALENDAR = Calendar()


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=eastern())


@pytest.mark.parametrize(
    ("submitted", "listed"),
    [
        ("2026-11-09T13:59", "2026-11-10"),  # Monday before the cut
        ("2026-11-09T14:00", "2026-11-11"),  # Monday after it
        ("2026-11-10T10:00", "2026-11-11"),
        ("2026-11-11T10:00", "2026-11-12"),
        ("2026-11-12T13:59", "2026-11-13"),
        ("2026-11-12T14:00", "2026-11-16"),  # Thursday after the cut: Sunday evening, Monday's listing
        ("2026-11-13T13:59", "2026-11-16"),
        ("2026-11-13T14:00", "2026-11-17"),  # Friday after it, and the weekend: Tuesday's
        ("2026-11-14T12:00", "2026-11-17"),
        ("2026-11-15T23:00", "2026-11-17"),
        ("2026-11-26T10:00", "2026-11-30"),  # Thanksgiving: no listing on the Friday after
        ("2026-09-07T10:00", "2026-09-09"),  # Labor Day: all feeds were empty on the Tuesday
    ],
)
def test_the_listing_day_of_a_submission(submitted: str, listed: str) -> None:
    assert CALENDAR.listing_day(at(submitted)) == date.fromisoformat(listed)


def test_the_cut_is_at_two_in_new_york_in_summer_and_winter() -> None:
    assert CALENDAR.listing_day(datetime(2026, 7, 7, 17, 59, tzinfo=UTC)) == date(2026, 7, 8)
    assert CALENDAR.listing_day(datetime(2026, 7, 7, 18, 0, tzinfo=UTC)) == date(2026, 7, 9)
    assert CALENDAR.listing_day(datetime(2026, 2, 3, 18, 59, tzinfo=UTC)) == date(2026, 2, 4)


def test_a_time_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="zone"):
        CALENDAR.listing_day(datetime(2026, 11, 9))  # noqa: DTZ001 - that is the point


@pytest.mark.parametrize(
    ("now", "day", "following"),
    [
        ("2026-11-20T00:00", "2026-11-20", "2026-11-23T05:00+00:00"),
        ("2026-11-19T23:59", "2026-11-19", "2026-11-20T05:00+00:00"),
        ("2026-11-21T12:00", "2026-11-20", "2026-11-23T05:00+00:00"),
        ("2026-11-22T23:00", "2026-11-20", "2026-11-23T05:00+00:00"),
        ("2026-11-27T12:00", "2026-11-26", "2026-11-30T05:00+00:00"),
        ("2026-07-16T12:00", "2026-07-16", "2026-07-17T04:00+00:00"),
        ("2027-01-01T12:00", "2026-12-31", "2027-01-04T05:00+00:00"),
    ],
)
def test_what_the_feeds_should_show_and_when_the_next_comes(now: str, day: str, following: str) -> None:
    assert CALENDAR.newest(at(now)) == date.fromisoformat(day)
    assert CALENDAR.next_listing(at(now)) == datetime.fromisoformat(following)


def test_weekends_and_the_days_after_holidays_have_no_listing() -> None:
    assert not CALENDAR.has_listing(date(2026, 11, 21))
    assert not CALENDAR.has_listing(date(2026, 11, 27))
    assert CALENDAR.has_listing(date(2026, 11, 26))
    assert not CALENDAR.has_listing(date(2027, 9, 7))


@pytest.mark.parametrize(
    ("listed", "since", "until"),
    [
        ("2026-11-11", "2026-11-09T14:00", "2026-11-10T14:00"),
        ("2026-11-16", "2026-11-12T14:00", "2026-11-13T14:00"),
        ("2026-11-17", "2026-11-13T14:00", "2026-11-16T14:00"),
        ("2026-11-30", "2026-11-25T14:00", "2026-11-27T14:00"),  # with what Thanksgiving held up
    ],
)
def test_the_submissions_of_a_listing_day(listed: str, since: str, until: str) -> None:
    assert CALENDAR.submissions(date.fromisoformat(listed)) == (at(since), at(until))


def test_every_submission_of_two_years_lies_in_the_window_of_its_listing_day() -> None:
    moment = datetime(2026, 1, 5, 12, tzinfo=UTC)
    while moment.year < 2028:
        since, until = CALENDAR.submissions(CALENDAR.listing_day(moment))
        assert since <= moment < until
        moment += timedelta(hours=5)


@pytest.mark.parametrize("day", ["2026-11-21", "2026-11-27"])
def test_a_day_without_a_listing_holds_no_submissions(day: str) -> None:
    with pytest.raises(ValueError, match=f"{day} has no listing"):
        CALENDAR.submissions(date.fromisoformat(day))


def test_the_listing_days_between_two_dates_leave_out_weekends_and_the_day_after_a_holiday() -> None:
    days = list(CALENDAR.days(date(2026, 11, 24), date(2026, 12, 1)))
    assert [day.day for day in days] == [24, 25, 26, 30, 1]


def test_a_holiday_of_the_users_own_is_one_day_without_a_listing_more() -> None:
    calendar = CALENDAR.with_holidays([date(2026, 11, 18)])
    assert not calendar.has_listing(date(2026, 11, 19))
    assert calendar.newest(at("2026-11-19T12:00")) == date(2026, 11, 18)
    assert calendar.listing_day(at("2026-11-18T10:00")) == date(2026, 11, 20)


def test_a_listing_appears_at_midnight_in_new_york() -> None:
    assert appears(date(2026, 7, 8)) == datetime(2026, 7, 8, 4, tzinfo=UTC)
    assert appears(date(2026, 12, 8)) == datetime(2026, 12, 8, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    ("day", "may"),
    [
        ("2026-11-19", True),
        ("2026-11-20", True),
        ("2026-11-27", True),  # after Thanksgiving: not expected, and arXiv's word outweighs the calendar
        ("2026-11-30", True),  # the one that comes next
        ("2026-12-01", False),
        ("2026-11-28", False),
        ("1991-08-14", True),
        ("1991-08-13", False),
        ("3026-11-19", False),
    ],
)
def test_the_days_that_arxiv_can_have_listed_papers_under(day: str, may: bool) -> None:
    assert CALENDAR.may_list(date.fromisoformat(day), at("2026-11-26T12:00")) is may


def test_a_listing_can_be_announced_on_the_evening_before_its_day_as_new_york_has_it() -> None:
    evening = datetime(2026, 11, 19, 3, tzinfo=UTC)  # still the 18th in New York
    assert today(evening) == date(2026, 11, 18)
    assert CALENDAR.may_list(date(2026, 11, 19), evening)
    assert not CALENDAR.may_list(date(2026, 11, 20), evening)
    assert CALENDAR.may_list(BEGINNING, evening)
