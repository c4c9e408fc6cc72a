"""arXiv's calendar, against its published table."""

from datetime import UTC, date, datetime

import pytest

from triage.listing_day import eastern, expected, has_listing, listing_day, next_listing


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
    assert listing_day(at(submitted)) == date.fromisoformat(listed)


def test_the_cut_is_at_two_in_new_york_in_summer_and_winter() -> None:
    assert listing_day(datetime(2026, 7, 7, 17, 59, tzinfo=UTC)) == date(2026, 7, 8)
    assert listing_day(datetime(2026, 7, 7, 18, 0, tzinfo=UTC)) == date(2026, 7, 9)
    assert listing_day(datetime(2026, 2, 3, 18, 59, tzinfo=UTC)) == date(2026, 2, 4)


def test_a_time_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="zone"):
        listing_day(datetime(2026, 11, 9))  # noqa: DTZ001 - that is the point


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
    assert expected(at(now)) == date.fromisoformat(day)
    assert next_listing(at(now)) == datetime.fromisoformat(following)


def test_weekends_and_the_days_after_holidays_have_no_listing() -> None:
    assert not has_listing(date(2026, 11, 21))
    assert not has_listing(date(2026, 11, 27))
    assert has_listing(date(2026, 11, 26))
    assert not has_listing(date(2027, 9, 7))
