"""Listings that arXiv is late with, makes anew under another date, or refuses: none is lost or invented."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from tests import arxiv_server
from tests.actions.test_fetch import (
    FRIDAY,
    MONDAY,
    PAPERS,
    PATIENT,
    all_ended,
    ended,
    known,
    paper,
    papers,
    run,
)
from tests.arxiv_forms import Written, feed, listing_page
from tests.arxiv_server import serving
from triage.actions.reports import Report
from triage.archive import open_archive
from triage.archive.listings import DiskArchive
from triage.ledger import Completeness
from triage.listing_day import Calendar
from triage.owing import RE_POLLS, owed

pytestmark = pytest.mark.usefixtures("berlin")
TUESDAY, WEDNESDAY = date(2026, 11, 24), date(2026, 11, 25)
MONDAY_NOON, TUESDAY_NOON, WEDNESDAY_NOON = (datetime(2026, 11, day, 17, tzinfo=UTC) for day in (23, 24, 25))
DAYS = {
    FRIDAY: PAPERS,
    MONDAY: [paper(11, "cs.CL"), paper(12, "cs.CL")],
    TUESDAY: [paper(21, "cs.CL")],
    WEDNESDAY: [paper(31, "cs.CL")],
}
LATE = {"cs.CL": FRIDAY}


@pytest.fixture
def archive(tmp_path: Path) -> DiskArchive:
    """Friday's listing is here."""
    opened = open_archive(tmp_path)
    with serving(Written(DAYS, today=FRIDAY)) as server:
        run(server, opened, "cs.CL")
    return opened


def states(reports: list[Report]) -> dict[str | None, Completeness]:
    return {one.day: one.state for one in all_ended(reports)}


def test_a_category_that_is_late_for_two_days_loses_neither(archive: DiskArchive) -> None:
    """arXiv's page of a day is empty while the category is late, just as it is when nothing was listed."""
    for today, now in ((MONDAY, MONDAY_NOON), (TUESDAY, TUESDAY_NOON)):
        with serving(Written(DAYS, today=today, stale_feeds=LATE, stale_pages=LATE)) as server:
            reports = run(server, archive, "cs.CL", now=now)
    assert states(reports) == {"2026-11-24": Completeness.STALE, "2026-11-23": Completeness.STALE}
    assert known(archive, day=MONDAY).sentence == (
        "arXiv's page of Mon 23 Nov 2026 is empty, and no later listing of cs.CL is out."
    )
    with serving(Written(DAYS, today=WEDNESDAY)) as server:
        run(server, archive, "cs.CL", now=WEDNESDAY_NOON)
    assert archive.days() == [FRIDAY, MONDAY, TUESDAY, WEDNESDAY]
    assert owed(archive.states("cs.CL"), Calendar(), WEDNESDAY_NOON) == []


def test_a_late_past_day_is_asked_for_three_times_a_day_and_again_tomorrow(archive: DiskArchive) -> None:
    late = Written(DAYS, today=TUESDAY, stale_feeds=LATE, stale_pages=LATE)
    with serving(late) as server:
        for _ in range(5):
            run(server, archive, "cs.CL", now=TUESDAY_NOON)
        assert len(server.paths("/catchup/cs.CL/2026-11-23")) == 1 + RE_POLLS
        late.today = WEDNESDAY
        run(server, archive, "cs.CL", now=WEDNESDAY_NOON)
        assert len(server.paths("/catchup/cs.CL/2026-11-23")) == 2 + RE_POLLS


def test_an_old_feed_and_an_empty_page_are_no_rest(archive: DiskArchive) -> None:
    with serving(Written(DAYS, today=MONDAY, stale_feeds=LATE)) as server:
        empty = listing_page([], MONDAY, "cs.CL")
        server.misbehave("/list/cs.CL/new", arxiv_server.body(empty, "text/html"))
        reports = run(server, archive, "cs.CL", now=MONDAY_NOON)
    assert states(reports) == {"2026-11-23": Completeness.STALE}


def test_a_feed_of_days_ago_under_todays_date_is_stale_though_later_ones_came(archive: DiskArchive) -> None:
    with serving(Written(DAYS, today=TUESDAY)) as server:
        run(server, archive, "cs.CL", now=TUESDAY_NOON)
    with serving(Written(DAYS, today=WEDNESDAY, stale_pages={"cs.CL": TUESDAY})) as server:
        server.misbehave("/rss", arxiv_server.body(feed(PAPERS[:1], WEDNESDAY, "cs.CL")))
        done = ended(run(server, archive, "cs.CL", now=WEDNESDAY_NOON))["cs.CL"]
    assert done.state is Completeness.STALE
    assert "holds nothing newer than 2611.00021, which was listed on Tue 24 Nov 2026" in done.sentence
    assert WEDNESDAY not in archive.days()


def test_a_feed_that_is_still_the_same_says_since_when(archive: DiskArchive) -> None:
    with serving(Written(DAYS, today=FRIDAY, stale_pages=LATE)) as server:
        done = ended(run(server, archive, "cs.CL", now=MONDAY_NOON))["cs.CL"]
    assert done.sentence == (
        "arXiv has not updated its feed since Fri 20 Nov 2026. Its listing page is no newer."
    )


@pytest.mark.parametrize("listed", [date(2036, 1, 2), date(1980, 1, 2), date(2026, 11, 22)])
def test_a_feed_of_an_impossible_day_is_no_listing_of_that_day(archive: DiskArchive, listed: date) -> None:
    with serving(Written(DAYS, today=MONDAY)) as server:
        server.misbehave("/rss", arxiv_server.body(feed([paper(99, "cs.CL")], listed, "cs.CL")))
        run(server, archive, "cs.CL", now=MONDAY_NOON)
    assert archive.days() == [FRIDAY, MONDAY]
    assert known(archive, day=MONDAY).completeness is Completeness.COMPLETE


def test_a_late_day_that_is_refused_on_the_next_has_failed(archive: DiskArchive) -> None:
    with serving(Written(DAYS, today=MONDAY, stale_feeds=LATE, stale_pages=LATE)) as server:
        run(server, archive, "cs.CL", now=MONDAY_NOON)
    with serving(Written(DAYS, today=TUESDAY)) as server:
        server.misbehave("/catchup", arxiv_server.status(404))
        reports = run(server, archive, "cs.CL", now=TUESDAY_NOON)
    assert states(reports) == {"2026-11-24": Completeness.COMPLETE, "2026-11-23": Completeness.FAILED}
    state = known(archive, day=MONDAY)
    assert state.completeness is Completeness.FAILED
    assert "answered 404" in state.sentence
    assert owed(archive.states("cs.CL"), Calendar(), TUESDAY_NOON) == [MONDAY]


def test_who_began_with_a_late_day_still_waits_for_it_when_it_fails(tmp_path: Path) -> None:
    archive = open_archive(tmp_path / "new")
    with serving(Written(DAYS, today=MONDAY, stale_feeds=LATE, stale_pages=LATE)) as server:
        run(server, archive, "cs.CL", now=MONDAY_NOON)
        server.misbehave("/rss", arxiv_server.status(404))
        server.misbehave("/list", arxiv_server.status(404))
        run(server, archive, "cs.CL", now=MONDAY_NOON)
    assert known(archive, day=MONDAY).completeness is Completeness.FAILED
    assert owed(archive.states("cs.CL"), Calendar(), WEDNESDAY_NOON) == [MONDAY, TUESDAY, WEDNESDAY]


def test_a_listing_with_a_paper_nobody_can_read_is_asked_for_three_times_on_its_day(
    archive: DiskArchive,
) -> None:
    listed = Written(DAYS, today=MONDAY)
    page = listed.catchup("cs.CL", MONDAY.isoformat(), 1, abstracts=True).body
    with serving(listed) as server:
        today = feed(DAYS[MONDAY], MONDAY, "cs.CL").replace(b"00012", b"x")
        latest = listing_page(DAYS[MONDAY], MONDAY, "cs.CL").replace(b"00012", b"x")
        server.misbehave("/rss", arxiv_server.body(today))
        server.misbehave("/list", arxiv_server.body(latest, "text/html"))
        server.misbehave("/catchup", arxiv_server.body(page.replace(b"00012", b"x"), "text/html"))
        for _ in range(5):
            done = ended(run(server, archive, "cs.CL", now=MONDAY_NOON))["cs.CL"]
        assert len(server.paths("/catchup")) == 1 + RE_POLLS
    assert (done.state, done.papers, done.asked) == (Completeness.CUT_OFF, 1, False)
    assert done.sentence == (
        "One entry has no id that can be read: its paper is not here. 2 papers were announced, 1 is here. "
        "arXiv is asked for it again tomorrow."
    )


def test_a_listing_on_a_day_the_config_calls_a_holiday_is_followed_by_no_word_of_rest(
    archive: DiskArchive,
) -> None:
    calendar = Calendar().with_holidays([date(2026, 11, 22)])
    with serving(Written(DAYS, today=MONDAY)) as server:
        reports = run(server, archive, "cs.CL", now=MONDAY_NOON, calendar=calendar)
    assert [(one.day, one.sentence) for one in all_ended(reports)] == [("2026-11-23", ""), ("2026-11-20", "")]


THANKSGIVING, HOLIDAY = date(2026, 11, 26), date(2026, 11, 27)
"""The day after Thanksgiving has no listing."""
HOLIDAY_NOON = datetime(2026, 11, 27, 17, tzinfo=UTC)


@pytest.mark.parametrize("feed_fails", [False, True])
def test_a_holiday_takes_nothing_over_from_the_listing_before(tmp_path: Path, feed_fails: bool) -> None:
    archive = open_archive(tmp_path / "new")
    with serving(Written({THANKSGIVING: PAPERS}, today=THANKSGIVING)) as server:
        if feed_fails:
            server.misbehave("/rss", arxiv_server.status(404))
        reports = run(server, archive, "cs.CL", now=HOLIDAY_NOON)
        assert len(server.paths("/list")) == 1, "the page that came is the one that is wanted"
    assert states(reports) == {"2026-11-26": Completeness.COMPLETE, "2026-11-27": Completeness.RESTS}
    assert known(archive, day=HOLIDAY).announced == 0


def test_that_arxiv_rests_on_a_holiday_gives_up_no_late_day_before(tmp_path: Path) -> None:
    archive, late = open_archive(tmp_path / "new"), {"cs.CL": WEDNESDAY}
    days = {WEDNESDAY: DAYS[WEDNESDAY], THANKSGIVING: PAPERS}
    listed = Written(days, today=THANKSGIVING, stale_feeds=late, stale_pages=late)
    with serving(listed) as server:
        run(server, archive, "cs.CL", now=datetime(2026, 11, 26, 17, tzinfo=UTC))
        server.misbehave("/rss", arxiv_server.body(feed((), HOLIDAY, "cs.CL")))
        listed.today = HOLIDAY
        run(server, archive, "cs.CL", now=HOLIDAY_NOON)
        assert known(archive, day=HOLIDAY).completeness is Completeness.RESTS
        run(server, archive, "cs.CL", now=HOLIDAY_NOON, on=THANKSGIVING)
    assert known(archive, day=THANKSGIVING).completeness is Completeness.STALE


def test_a_listing_on_a_day_that_passes_for_a_holiday_is_found_afterwards(tmp_path: Path) -> None:
    archive, monday = open_archive(tmp_path / "new"), date(2026, 11, 30)
    listed = Written({THANKSGIVING: PAPERS, HOLIDAY: [paper(41, "cs.CL")]}, today=THANKSGIVING)
    with serving(listed) as server:
        run(server, archive, "cs.CL", now=datetime(2026, 11, 26, 17, tzinfo=UTC))
        listed.days[monday], listed.today = [paper(51, "cs.CL")], monday
        for _ in range(2):
            reports = run(server, archive, "cs.CL", now=datetime(2026, 11, 30, 17, tzinfo=UTC))
        assert server.paths("/catchup") == ["/catchup/cs.CL/2026-11-27?abs=True&page=1"]
    assert archive.days() == [THANKSGIVING, HOLIDAY, monday]
    assert states(reports) == {"2026-11-30": Completeness.COMPLETE}


def test_a_page_that_is_empty_this_morning_is_no_rest_while_the_feed_cannot_be_had(
    archive: DiskArchive,
) -> None:
    with serving(Written(DAYS, today=MONDAY)) as server:
        server.misbehave("/rss", arxiv_server.status(404), times=1)
        server.misbehave(
            "/list/cs.CL/new", arxiv_server.body(listing_page([], MONDAY, "cs.CL"), "text/html"), times=1
        )
        first = ended(run(server, archive, "cs.CL", now=MONDAY_NOON))["cs.CL"]
        second = ended(run(server, archive, "cs.CL", now=MONDAY_NOON))["cs.CL"]
    assert first.state is Completeness.FAILED
    assert first.sentence.endswith("Its listing page is empty.")
    assert (second.state, second.papers) == (Completeness.COMPLETE, 2)


@pytest.mark.parametrize("page", ["older", "empty"])
def test_a_cut_off_feed_keeps_its_counts_and_its_polls_while_the_page_brings_nothing(
    archive: DiskArchive, page: str
) -> None:
    many = [paper(number, "cs.CL") for number in range(1000, 3300)]
    late = LATE if page == "older" else {}
    with serving(Written({**DAYS, MONDAY: many}, today=MONDAY, stale_pages=late)) as server:
        server.misbehave("/api", arxiv_server.status(404))
        if page == "empty":
            empty = listing_page([], MONDAY, "cs.CL")
            server.misbehave("/list/cs.CL/new", arxiv_server.body(empty, "text/html"))
            server.misbehave("/catchup", arxiv_server.status(404))
        for _ in range(5):
            run(server, archive, "cs.CL", now=MONDAY_NOON, limits=PATIENT)
        asked = len(server.paths("/catchup"))
    state = known(archive, day=MONDAY)
    assert (state.completeness, state.announced) == (Completeness.CUT_OFF, 2000)
    assert len(papers(archive, MONDAY)) == 2000
    assert asked <= 1 + RE_POLLS or page == "empty", "what fails is tried again"


def test_an_unchanged_feed_is_only_told_of_the_last_listing(archive: DiskArchive) -> None:
    """Found empty once this morning, it is empty at noon: not still Friday's."""
    quiet = Written({FRIDAY: PAPERS, MONDAY: []}, today=MONDAY)
    with serving(quiet) as server:
        server.misbehave("/list", arxiv_server.status(404), times=1)
        first = ended(run(server, archive, "cs.CL", now=MONDAY_NOON))["cs.CL"]
        second = ended(run(server, archive, "cs.CL", now=MONDAY_NOON))["cs.CL"]
    assert first.state is Completeness.STALE
    assert second.state is Completeness.RESTS


@pytest.mark.parametrize("named", ["on", "since"])
def test_a_late_day_that_is_named_is_asked_for_three_times_a_day_too(
    archive: DiskArchive, named: str
) -> None:
    with serving(Written(DAYS, today=TUESDAY, stale_feeds=LATE, stale_pages=LATE)) as server:
        for _ in range(5):
            reports = run(
                server,
                archive,
                "cs.CL",
                now=TUESDAY_NOON,
                on=MONDAY if named == "on" else None,
                since=MONDAY if named == "since" else None,
            )
        assert len(server.paths("/catchup/cs.CL/2026-11-23")) == 1 + RE_POLLS
    if named == "on":
        (done,) = all_ended(reports)
        assert (done.state, done.asked) == (Completeness.STALE, False)


def test_a_first_start_on_a_holiday_owes_the_days_that_follow(tmp_path: Path) -> None:
    archive, wednesday = open_archive(tmp_path / "new"), date(2026, 12, 2)
    listed = Written({THANKSGIVING: PAPERS}, today=THANKSGIVING)
    with serving(listed) as server:
        run(server, archive, "cs.CL", now=HOLIDAY_NOON)
        assert archive.days() == [THANKSGIVING]
        for day in (date(2026, 11, 30), date(2026, 12, 1), wednesday):
            listed.days[day] = [paper(day.day + 60, "cs.CL")]
        listed.today = wednesday
        run(server, archive, "cs.CL", now=datetime(2026, 12, 2, 17, tzinfo=UTC))
    assert archive.days() == sorted(listed.days)


def test_a_cut_off_listing_of_which_no_more_is_found_is_asked_for_three_times_a_day(
    archive: DiskArchive,
) -> None:
    many = [paper(number, "cs.CL") for number in range(1000, 3300)]
    with serving(Written({**DAYS, MONDAY: many}, today=MONDAY)) as server:
        server.misbehave("/api", arxiv_server.status(404))
        server.misbehave("/list", arxiv_server.status(404))
        run(server, archive, "cs.CL", now=MONDAY_NOON, limits=PATIENT)
        later = Written({FRIDAY: PAPERS, TUESDAY: DAYS[TUESDAY]}, today=TUESDAY)
    with serving(later) as server:
        server.misbehave("/api", arxiv_server.status(404))
        for _ in range(5):
            run(server, archive, "cs.CL", now=TUESDAY_NOON, limits=PATIENT)
        assert len(server.paths("/catchup/cs.CL/2026-11-23")) == 1 + RE_POLLS
    state = known(archive, day=MONDAY)
    assert (state.completeness, state.announced) == (Completeness.CUT_OFF, 2000)
    assert state.sentence == "arXiv finds nothing more of Mon 23 Nov 2026."


def test_a_holiday_that_arxiv_cannot_be_asked_about_is_no_debt(tmp_path: Path) -> None:
    archive, monday = open_archive(tmp_path / "new"), date(2026, 11, 30)
    now = datetime(2026, 11, 30, 17, tzinfo=UTC)
    listed = Written({THANKSGIVING: PAPERS}, today=THANKSGIVING)
    with serving(listed) as server:
        run(server, archive, "cs.CL", now=datetime(2026, 11, 26, 17, tzinfo=UTC))
        listed.days[monday], listed.today = [paper(51, "cs.CL")], monday
        server.misbehave("/catchup", arxiv_server.status(404), times=1)
        first = run(server, archive, "cs.CL", now=now)
        assert owed(archive.states("cs.CL"), Calendar(), now) == []
        assert states(first)["2026-11-27"] is Completeness.RESTS
        assert [one.sentence[:54] for one in all_ended(first)][1] == (
            "By the calendar arXiv lists nothing on Fri 27 Nov 2026"
        )
        run(server, archive, "cs.CL", now=now)
        assert len(server.paths("/catchup")) == 2, "it is asked for once more"
    assert known(archive, day=HOLIDAY).sentence == "arXiv listed nothing in cs.CL on Fri 27 Nov 2026."


def test_a_holiday_that_failed_on_its_day_is_settled_by_the_calendar_when_the_pages_are_gone(
    tmp_path: Path,
) -> None:
    archive, later = open_archive(tmp_path / "new"), datetime(2027, 3, 1, 17, tzinfo=UTC)
    with serving(Written({THANKSGIVING: PAPERS}, today=THANKSGIVING)) as server:
        for way in ("/rss", "/list"):
            server.misbehave(way, arxiv_server.status(404))
        run(server, archive, "cs.CL", now=HOLIDAY_NOON)
        assert known(archive, day=HOLIDAY).completeness is Completeness.FAILED
        run(server, archive, "cs.CL", now=later, on=HOLIDAY)
    assert known(archive, day=HOLIDAY).completeness is Completeness.RESTS


def test_one_old_day_that_is_late_begins_no_ledger(tmp_path: Path) -> None:
    archive = open_archive(tmp_path / "new")
    with serving(Written(DAYS, today=TUESDAY, stale_pages=LATE, stale_feeds=LATE)) as server:
        run(server, archive, "cs.CL", now=TUESDAY_NOON, on=MONDAY)
    assert known(archive, day=MONDAY).completeness is Completeness.STALE
    assert owed(archive.states("cs.CL"), Calendar(), WEDNESDAY_NOON) == ()
