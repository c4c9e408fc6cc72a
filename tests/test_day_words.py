"""Days and moments as sentences say them."""

from datetime import UTC, date, datetime, timedelta

import pytest

from tests.zones import machine_in
from triage.day_words import appearing, day_name, next_listing, said, short_date, short_day
from triage.listing_day import Calendar


def test_a_day_has_its_name_in_english_and_as_many_columns_whatever_the_day() -> None:
    assert day_name(date(2026, 11, 2)) == "Mon 02 Nov 2026"
    assert {len(day_name(date(2026, 5, 1) + timedelta(days=at))) for at in range(60)} == {15}
    assert short_day(date(2026, 11, 2)) == "Mon 2 Nov"
    assert short_date(date(2025, 9, 3)) == "3 Sep 2025"
    told = ("2025-09-03", "2025-09-03T10:00:00Z", "2025-09", "2025", "soon")
    assert [said(iso) for iso in told] == ["3 Sep 2025", "3 Sep 2025", "Sep 2025", "2025", "soon"]


def test_the_next_listing_is_told_in_the_users_own_time() -> None:
    friday = datetime(2026, 11, 20, 17, tzinfo=UTC)
    assert next_listing(Calendar(), friday) == "Mon 23 Nov at 05:00"
    with machine_in("Asia/Tokyo"):
        assert next_listing(Calendar(), friday) == "Mon 23 Nov at 14:00"


@pytest.mark.parametrize(
    ("now", "coming"), [("2026-10-31", "Mon 2 Nov at 00:00"), ("2027-03-13", "Mon 15 Mar at 00:00")]
)
def test_a_moment_beyond_a_change_of_the_clocks_is_told_as_they_show_it_then(now: str, coming: str) -> None:
    with machine_in("America/New_York"):
        assert next_listing(Calendar(), datetime.fromisoformat(f"{now}T12:00Z").astimezone()) == coming


def test_a_listing_appears_at_midnight_in_new_york_in_summer_time_too() -> None:
    assert appearing(date(2026, 6, 10)) == "Wed 10 Jun at 04:00"
