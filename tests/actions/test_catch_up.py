"""Catching up over loopback: past listing days, page by page, resumed where a fetch was ended."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from tests import arxiv_server
from tests.actions.test_fetch import PATIENT, QUICK, NoClock, all_ended, known, paper, papers, run
from tests.arxiv_forms import Written, api
from tests.arxiv_server import ArxivServer, serving
from triage.actions.asking import Asking
from triage.actions.fetch import fetch
from triage.actions.mailing import take_in
from triage.actions.reports import CategoryDone, Report, Stopped
from triage.archive import open_archive
from triage.archive.listings import DiskArchive
from triage.ledger import Completeness, Sections
from triage.listing_day import Calendar
from triage.network import Announced
from triage.owing import CATCH_UP, owed
from triage.paper import Kind, Paper
from triage.settings import ArxivSettings
from triage.sources.arxiv_api import ArxivApi
from triage.sources.feeds import ArxivFeeds
from triage.sources.http import Http

pytestmark = pytest.mark.usefixtures("berlin")
MONDAY = date(2026, 11, 23)
NOW = datetime(2026, 11, 23, 17, 0, tzinfo=UTC)
WEEK = [date(2026, 11, day) for day in (16, 17, 18, 19, 20)]


@pytest.fixture
def archive(tmp_path: Path) -> DiskArchive:
    return open_archive(tmp_path)


def on(day: date, count: int = 2, *categories: str) -> list[Paper]:
    """So many papers of a day, whose numbers tell the day."""
    return [paper(day.day * 1000 + number, *(categories or ("cs.CL",))) for number in range(count)]


def two_weeks(today: date = MONDAY) -> Written:
    return Written({day: on(day) for day in (*WEEK, MONDAY)}, today=today)


def since_last_monday(archive: DiskArchive) -> None:
    """Begin the ledger with the listing of a week ago."""
    with serving(two_weeks(WEEK[0])) as server:
        run(server, archive, "cs.CL", now=datetime(2026, 11, 16, 17, tzinfo=UTC))


def days(reports: list[Report]) -> list[tuple[str | None, Completeness]]:
    return [(one.day, one.state) for one in all_ended(reports)]


def test_a_new_user_owes_nothing(archive: DiskArchive) -> None:
    with serving(two_weeks()) as server:
        reports = run(server, archive, "cs.CL", now=NOW)
        run(server, archive, "cs.CL", now=NOW)
        assert server.paths("/catchup") == []
    assert days(reports) == [("2026-11-23", Completeness.COMPLETE)]


def test_missed_days_are_fetched_oldest_first_after_todays(archive: DiskArchive) -> None:
    since_last_monday(archive)
    with serving(two_weeks()) as server:
        reports = run(server, archive, "cs.CL", now=NOW)
    assert days(reports) == [(day.isoformat(), Completeness.COMPLETE) for day in (MONDAY, *WEEK[1:])]
    assert archive.days() == [*WEEK, MONDAY]
    assert all(len(papers(archive, day)) == 2 for day in archive.days())
    assert all(one.published for day in archive.days() for one in papers(archive, day)), "completed too"
    assert owed(archive.states("cs.CL"), Calendar(), NOW) == []


def test_days_further_back_than_the_last_weeks_wait_to_be_named(archive: DiskArchive) -> None:
    first = MONDAY - timedelta(days=42)
    old = Written({day: on(day) for day in Calendar().days(first, MONDAY)}, today=MONDAY)
    with serving(replace(old, today=first)) as server:
        run(server, archive, "cs.CL", now=datetime(2026, 10, 12, 17, tzinfo=UTC))
    with serving(old) as server:
        run(server, archive, "cs.CL", now=NOW)
        assert archive.days() == [first, *Calendar().days(MONDAY - CATCH_UP, MONDAY)]
        reports = run(server, archive, "cs.CL", now=NOW, since=first)
    assert days(reports)[0][0] == "2026-11-23"
    assert archive.days() == list(Calendar().days(first, MONDAY))


def test_since_a_day_begins_the_ledger_there(archive: DiskArchive) -> None:
    with serving(two_weeks()) as server:
        server.misbehave("/catchup/cs.CL/2026-11-16", arxiv_server.status(404))
        run(server, archive, "cs.CL", now=NOW, since=WEEK[0])
    assert owed(archive.states("cs.CL"), Calendar(), NOW) == [WEEK[0]], "it failed, and is not forgotten"


def test_one_day_by_its_date(archive: DiskArchive) -> None:
    with serving(two_weeks()) as server:
        assert days(run(server, archive, "cs.CL", now=NOW, on=WEEK[2])) == [
            ("2026-11-18", Completeness.COMPLETE)
        ]
        server.requests.clear()
        reports = run(server, archive, "cs.CL", now=NOW, on=WEEK[2])
        assert server.requests == []
    assert [one.asked for one in all_ended(reports)] == [False]
    assert archive.days() == [WEEK[2]]


def test_one_old_day_by_its_date_owes_no_days_since(archive: DiskArchive) -> None:
    with serving(two_weeks()) as server:
        run(server, archive, "cs.CL", now=NOW, on=WEEK[0])
        assert owed(archive.states("cs.CL"), Calendar(), NOW) == ()
        run(server, archive, "cs.CL", now=NOW)
    assert archive.days() == [WEEK[0], MONDAY], "the ledger begins with the first listing that was the newest"


def test_a_listing_file_that_is_lost_comes_back_for_every_category(archive: DiskArchive) -> None:
    day = WEEK[4]
    papers_of = {
        on_day: [paper(on_day.day, "cs.CL"), paper(on_day.day + 50, "cs.LG")] for on_day in (day, MONDAY)
    }
    listed = Written(papers_of, today=MONDAY)
    with serving(listed) as server:
        run(server, archive, "cs.CL", "cs.LG", now=NOW, since=day)
        (archive._folder / f"{day}.jsonl").unlink()
        run(server, open_archive(archive._folder.parent), "cs.CL", "cs.LG", now=NOW)
    again = open_archive(archive._folder.parent)
    assert {name: known(again, name, day).completeness for name in ("cs.CL", "cs.LG")} == dict.fromkeys(
        ("cs.CL", "cs.LG"), Completeness.COMPLETE
    )
    listing = again.listing(day)
    assert listing is not None
    assert all(listing.members[name] for name in ("cs.CL", "cs.LG"))


def test_a_day_in_several_pages(archive: DiskArchive) -> None:
    kinds = [Kind.NEW] * 5 + [Kind.CROSS] * 3 + [Kind.REPLACE] * 3
    listed = [replace(one, kind=kind) for one, kind in zip(on(WEEK[0], 11), kinds, strict=True)]
    with serving(Written({WEEK[0]: listed}, today=MONDAY, page_size=4)) as server:
        (done,) = all_ended(run(server, archive, "cs.CL", now=NOW, on=WEEK[0]))
        assert len(server.paths("/catchup")) == 3
    assert (done.state, done.papers, done.sentence) == (Completeness.COMPLETE, 11, "")
    assert known(archive, day=WEEK[0]).sections == (5, 3, 3)


def test_a_page_that_fails_keeps_those_before_and_is_gone_on_with(archive: DiskArchive) -> None:
    listed = Written({WEEK[0]: on(WEEK[0], 11)}, today=MONDAY, page_size=4)
    with serving(listed) as server:
        server.misbehave("/catchup/cs.CL/2026-11-16?abs=True&page=2", arxiv_server.status(404))
        (done,) = all_ended(run(server, archive, "cs.CL", now=NOW, on=WEEK[0]))
    assert (done.state, done.papers) == (Completeness.FAILED, 4)
    assert "answered 404 for the listing of cs.CL of 2026-11-16" in done.sentence
    state = known(archive, day=WEEK[0])
    assert (state.completeness, state.sentence) == (Completeness.CUT_OFF, done.sentence)
    with serving(listed) as server:
        (done,) = all_ended(run(server, archive, "cs.CL", now=NOW, on=WEEK[0]))
        assert [path[-6:] for path in server.paths("/catchup")] == ["page=2", "page=3"]
    assert (done.state, done.papers) == (Completeness.COMPLETE, 11)


def test_a_paper_that_arxiv_took_out_of_a_listing_since_is_no_longer_counted(archive: DiskArchive) -> None:
    listed = Written({WEEK[0]: on(WEEK[0], 5)}, today=MONDAY, page_size=2)
    with serving(listed) as server:
        server.misbehave("/catchup/cs.CL/2026-11-16?abs=True&page=3", arxiv_server.web_page())
        run(server, archive, "cs.CL", now=NOW, on=WEEK[0])
    archive.remember(WEEK[0], {"cs.CL": known(archive, day=WEEK[0])._replace(page=0)})
    listed.days[WEEK[0]] = on(WEEK[0], 5)[1:]
    with serving(listed) as server:
        (done,) = all_ended(run(server, archive, "cs.CL", now=NOW, on=WEEK[0]))
    assert (done.state, done.papers) == (Completeness.COMPLETE, 4)


def test_a_page_that_is_the_first_again_is_no_second_page(archive: DiskArchive) -> None:
    listed = Written({WEEK[0]: on(WEEK[0], 11)}, today=MONDAY, page_size=4)
    first = listed.catchup("cs.CL", "2026-11-16", 1, abstracts=True).body
    with serving(listed) as server:
        server.misbehave("/catchup/cs.CL/2026-11-16?abs=True&page=2", arxiv_server.body(first, "text/html"))
        (done,) = all_ended(run(server, archive, "cs.CL", now=NOW, on=WEEK[0]))
    assert (done.state, done.papers) == (Completeness.FAILED, 4)
    state = known(archive, day=WEEK[0])
    assert state.completeness is Completeness.CUT_OFF
    assert state.sentence.endswith("sent page 1 again when asked for page 2 of cs.CL. Try again later.")
    with serving(listed) as server:
        (done,) = all_ended(run(server, archive, "cs.CL", now=NOW, on=WEEK[0]))
    assert (done.state, done.papers) == (Completeness.COMPLETE, 11)


def test_two_days_whose_pages_are_swapped_are_both_refused(archive: DiskArchive) -> None:
    listed = two_weeks()
    with serving(listed) as server:
        for asked, sent in ((WEEK[0], WEEK[1]), (WEEK[1], WEEK[0])):
            page = listed.catchup("cs.CL", sent.isoformat(), 1, abstracts=True).body
            server.misbehave(f"/catchup/cs.CL/{asked}", arxiv_server.body(page, "text/html"))
        reports = run(server, archive, "cs.CL", now=NOW, since=WEEK[0])
    assert dict(days(reports)) == {
        "2026-11-16": Completeness.FAILED,
        "2026-11-17": Completeness.FAILED,
        **{day.isoformat(): Completeness.COMPLETE for day in (*WEEK[2:], MONDAY)},
    }


def test_a_day_without_a_listing_is_told_by_arxiv_and_not_by_the_clock(archive: DiskArchive) -> None:
    listed = two_weeks()
    del listed.days[WEEK[2]]
    with serving(listed) as server:
        reports = run(server, archive, "cs.CL", now=NOW, since=WEEK[0])
        assert "/catchup/cs.CL/2026-11-18?abs=True&page=1" in server.paths()
        server.requests.clear()
        run(server, archive, "cs.CL", now=NOW, since=WEEK[0])
        assert server.requests == [], "once said, it is not asked for again"
    assert dict(days(reports))["2026-11-18"] is Completeness.RESTS
    assert known(archive, day=WEEK[2]).sentence == "arXiv listed nothing in cs.CL on Wed 18 Nov 2026."


def test_a_listing_that_nobody_expected_is_found_by_arxivs_own_link(archive: DiskArchive) -> None:
    """The day after Thanksgiving has no listing by the calendar; here arXiv lists papers all the same."""
    expected = [date(2026, 11, 25), date(2026, 11, 26), date(2026, 11, 30)]
    friday, now = date(2026, 11, 27), datetime(2026, 11, 30, 17, tzinfo=UTC)
    assert not Calendar().has_listing(friday)
    listed = Written({day: on(day) for day in (*expected, friday)}, today=expected[-1])
    with serving(listed) as server:
        run(server, archive, "cs.CL", now=now, since=expected[0])
    assert archive.days() == sorted([*expected, friday])


def test_three_failures_in_a_row_end_the_run(archive: DiskArchive) -> None:
    since_last_monday(archive)
    with serving(two_weeks()) as server:
        server.misbehave("/catchup", arxiv_server.status(404))
        reports = run(server, archive, "cs.CL", now=NOW)
        assert len(server.paths("/catchup")) == 3
    (stopped,) = [one for one in reports if isinstance(one, Stopped)]
    assert stopped.sentence.startswith("3 listings in a row failed, so 1 more were not asked for")
    assert owed(archive.states("cs.CL"), Calendar(), NOW) == WEEK[1:]


def test_one_day_that_fails_for_three_categories_ends_no_run(archive: DiskArchive) -> None:
    names = ("cs.CL", "cs.LG", "cs.IR")
    listed = Written({day: on(day, 2, *names) for day in (*WEEK, MONDAY)}, today=WEEK[0])
    with serving(listed) as server:
        run(server, archive, *names, now=datetime(2026, 11, 16, 17, tzinfo=UTC))
        listed.today = MONDAY
        for name in names:
            server.misbehave(f"/catchup/{name}/2026-11-17", arxiv_server.status(404))
        run(server, archive, *names, now=NOW)
    for name in names:
        assert owed(archive.states(name), Calendar(), NOW) == [WEEK[1]]


def test_one_paper_in_two_categories_is_one_paper_of_both(archive: DiskArchive) -> None:
    shared = paper(1, "cs.LG", "cs.CL")
    day = WEEK[0]
    with serving(Written({day: [shared, paper(2, "cs.CL"), paper(3, "cs.LG")]}, today=MONDAY)) as server:
        run(server, archive, "cs.CL", "cs.LG", now=NOW, on=day)
    listing = archive.listing(day)
    assert listing is not None
    assert {name: {listing.rows[at].id[-1] for at in rows} for name, rows in listing.members.items()} == {
        "cs.CL": {"1", "2"},
        "cs.LG": {"1", "3"},
    }
    assert {row.id[-1]: row.kind for row in listing.rows} == dict.fromkeys("123", Kind.NEW)
    assert known(archive, "cs.CL", day).sections == (1, 1, 0)


@pytest.fixture
def slow(archive: DiskArchive) -> Iterator[ArxivServer]:
    since_last_monday(archive)
    with serving(replace(two_weeks(), page_size=1)) as server:
        yield server


@pytest.mark.parametrize("asked", range(1, 11))
def test_ended_at_any_moment_a_catch_up_goes_on_without_asking_twice(
    slow: ArxivServer, archive: DiskArchive, asked: int
) -> None:
    """The generator is closed where a killed process would be: between a page and the next."""
    slow.misbehave("/api", arxiv_server.status(404))
    http = Http(NoClock(), QUICK)
    feeds, details = ArxivFeeds(http, slow.settings), ArxivApi(http, slow.settings)
    running = fetch(Asking(archive, feeds, Calendar(), NOW), details, ["cs.CL"])
    while len(slow.requests) < asked:
        next(running)
    running.close()
    run(slow, archive, "cs.CL", now=NOW)
    listings = [path for path in slow.paths() if not path.startswith("/api")]
    assert len(listings) == len(set(listings))
    assert archive.days() == [*WEEK, MONDAY]


def test_what_failed_is_asked_for_again_after_all_the_others(archive: DiskArchive) -> None:
    since_last_monday(archive)
    with serving(two_weeks()) as server:
        for day in WEEK[1:4]:
            server.misbehave(f"/catchup/cs.CL/{day}", arxiv_server.status(404))
        run(server, archive, "cs.CL", now=NOW)
        assert WEEK[4] not in archive.days(), "three failures in a row ended the run"
        server.requests.clear()
        run(server, archive, "cs.CL", now=NOW)
        asked = [path.split("/")[3][:10] for path in server.paths("/catchup")]
    assert asked == [day.isoformat() for day in (WEEK[4], *WEEK[1:4])]
    assert WEEK[4] in archive.days()


def test_where_every_listing_fails_nobody_is_asked_for_details(archive: DiskArchive) -> None:
    since_last_monday(archive)
    with serving(two_weeks()) as server:
        for way in ("/rss", "/list", "/catchup"):
            server.misbehave(way, arxiv_server.status(404))
        run(server, archive, "cs.CL", now=NOW)
        assert server.paths("/api") == []


def test_details_that_failed_come_with_a_later_fetch_however_far_back_the_day(archive: DiskArchive) -> None:
    day = date(2026, 9, 15)
    with serving(Written({day: on(day), MONDAY: on(MONDAY)}, today=MONDAY)) as server:
        server.misbehave("/api", arxiv_server.status(404), times=1)
        run(server, archive, "cs.CL", now=NOW, on=day)
        assert not known(archive, day=day).details
        run(server, archive, "cs.CL", now=NOW)
    assert known(archive, day=day).details
    assert all(one.published for one in papers(archive, day))


def test_what_is_refused_after_a_cut_off_feed_is_told_and_what_came_stays(archive: DiskArchive) -> None:
    many = [paper(number, "cs.CL") for number in range(1, 2301)]
    with serving(Written({MONDAY: many}, today=MONDAY)) as server:
        server.misbehave("/api", arxiv_server.status(404))
        server.misbehave("/catchup", arxiv_server.status(404))
        done = all_ended(run(server, archive, "cs.CL", now=NOW, limits=PATIENT))[-1]
    assert (done.state, done.papers) == (Completeness.FAILED, 2000)
    assert "answered 404 for the listing of cs.CL" in done.sentence
    state = known(archive, day=MONDAY)
    assert (state.completeness, state.sentence) == (Completeness.CUT_OFF, done.sentence)


def test_a_listing_that_is_cut_short_on_the_disk_comes_again(archive: DiskArchive) -> None:
    with serving(two_weeks()) as server:
        run(server, archive, "cs.CL", now=NOW, since=WEEK[3])
        path = archive._folder / f"{WEEK[4]}.jsonl"
        path.write_bytes(path.read_bytes()[:-60])
        again = open_archive(archive._folder.parent)
        run(server, again, "cs.CL", now=NOW)
    assert known(again, day=WEEK[4]).completeness is Completeness.COMPLETE
    assert all(one.abstract for one in papers(again, WEEK[4]))


def test_papers_that_the_api_never_has_are_not_asked_for_for_ever(archive: DiskArchive) -> None:
    day = WEEK[0]
    with serving(two_weeks()) as server:
        server.misbehave("/api", arxiv_server.body(api(()), "application/atom+xml"))
        run(server, archive, "cs.CL", now=NOW, on=day)
        assert known(archive, day=day).details
        run(server, archive, "cs.CL", now=NOW, on=MONDAY)
        assert not known(archive, day=MONDAY).details, "the API may be a day behind"


def test_an_old_mail_owes_no_days_since(archive: DiskArchive) -> None:
    found = Announced("cs.CL", "mail", WEEK[0], tuple(on(WEEK[0])), sections=Sections(2))
    asking = Asking(archive, ArxivFeeds(Http(NoClock()), ArxivSettings()), Calendar(), NOW)
    (done,) = take_in(asking, [found])
    assert isinstance(done, CategoryDone)
    assert (done.day, done.state, done.papers) == ("2026-11-16", Completeness.COMPLETE, 2)
    assert owed(archive.states("cs.CL"), Calendar(), NOW) == ()
