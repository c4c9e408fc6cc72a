"""Fetching, end to end over loopback: what lands in the archive, and what is said of each category."""

import os
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from tests import arxiv_server
from tests.arxiv_captures import Captures
from tests.arxiv_forms import Written, feed
from tests.arxiv_server import ArxivServer, Content, serving
from triage import shown
from triage.actions.asking import Asking
from triage.actions.fetch import Wanted, fetch
from triage.actions.reports import CategoryDone, DetailsDone, Progress, Report, Waiting
from triage.archive import open_archive
from triage.archive.listings import DiskArchive
from triage.ledger import Completeness, ListingState
from triage.listing_day import Calendar
from triage.paper import Kind, Paper
from triage.ports import ArchiveUnusable
from triage.sources.arxiv_api import ArxivApi
from triage.sources.feeds import ArxivFeeds
from triage.sources.http import Http, Limits

pytestmark = pytest.mark.usefixtures("berlin")
REAL = Path(__file__).parents[3] / "shared" / "real"
FRIDAY = date(2026, 11, 20)
NOON = datetime(2026, 11, 20, 17, 0, tzinfo=UTC)
SATURDAY_NOON = datetime(2026, 11, 21, 17, 0, tzinfo=UTC)
QUICK = Limits(connect=1.0, read=0.3, total=0.6, size=8 * 1024 * 1024)
PATIENT = Limits(connect=10.0, read=30.0, total=60.0, size=20 * 1024 * 1024)
"""For thousands of papers, which a busy machine takes its time to write."""


@dataclass
class NoClock:
    asked: list[str] = field(default_factory=list)
    held: list[tuple[str, float]] = field(default_factory=list)

    def wait(self, host: str) -> None:
        self.asked.append(host)

    def hold_back(self, host: str, seconds: float) -> None:
        self.held.append((host, seconds))


def paper(number: int, *categories: str, kind: Kind = Kind.NEW) -> Paper:
    return Paper(
        f"2611.{number:05}",
        f"On $\\alpha_{{{number}}}$",
        ('K. L\\"aufer', "Bo Writer"),
        f"Abstract {number}.",
        1,
        kind,
        categories,
        primary=categories[0],
        arxiv_comments="12 pages",
    )


PAPERS = [
    paper(1, "cs.CL"),
    paper(2, "cs.LG", "cs.CL"),
    paper(3, "cs.LG"),
    paper(4, "cs.LG", kind=Kind.REPLACE),
]


@pytest.fixture
def server() -> Iterator[ArxivServer]:
    with serving(Written({FRIDAY: PAPERS}, today=FRIDAY)) as running:
        yield running


@pytest.fixture
def archive(tmp_path: Path) -> DiskArchive:
    return open_archive(tmp_path)


def run(
    server: ArxivServer,
    archive: DiskArchive,
    *categories: str,
    now: datetime = NOON,
    on: date | None = None,
    since: date | None = None,
    limits: Limits = QUICK,
    calendar: Calendar | None = None,
) -> list[Report]:
    http = Http(NoClock(), limits)
    feeds, details = ArxivFeeds(http, server.settings), ArxivApi(http, server.settings)
    asking = Asking(archive, feeds, calendar or Calendar(), now.astimezone())
    return list(fetch(asking, details, categories, Wanted(on, since)))


def all_ended(reports: list[Report]) -> list[CategoryDone]:
    return [report for report in reports if isinstance(report, CategoryDone)]


def ended(reports: list[Report]) -> dict[str, CategoryDone]:
    """How each category ended last."""
    return {report.category: report for report in all_ended(reports)}


def known(archive: DiskArchive, category: str = "cs.CL", day: date = FRIDAY) -> ListingState:
    return archive.states(category)[day]


def detailed(reports: list[Report]) -> list[DetailsDone]:
    return [report for report in reports if isinstance(report, DetailsDone)]


def papers(archive: DiskArchive, day: date = FRIDAY) -> list[Paper]:
    listing = archive.listing(day)
    return [archive.paper(row) for row in listing.rows] if listing else []


def test_a_morning(server: ArxivServer, archive: DiskArchive) -> None:
    reports = run(server, archive, "cs.CL", "cs.LG")
    assert [(one.id[-1], one.kind) for one in papers(archive)] == [
        ("1", Kind.NEW),
        ("2", Kind.NEW),
        ("3", Kind.NEW),
        ("4", Kind.REPLACE),
    ]
    assert {name: (one.day, one.state, one.sentence, one.papers) for name, one in ended(reports).items()} == {
        "cs.CL": ("2026-11-20", Completeness.COMPLETE, "", 2),
        "cs.LG": ("2026-11-20", Completeness.COMPLETE, "", 3),
    }
    assert detailed(reports)[-1] == DetailsDone(4, 4, "")
    assert all(one.arxiv_comments == "12 pages" and one.published for one in papers(archive))
    listing = archive.listing(FRIDAY)
    assert listing is not None
    assert all(state.details for state in listing.states.values())
    assert [path.split("?")[0] for path in server.paths()] == ["/rss/cs.CL", "/rss/cs.LG", "/api/query"]


def test_the_progress_counts_categories(server: ArxivServer, archive: DiskArchive) -> None:
    progress = [one for one in run(server, archive, "cs.CL", "cs.LG", "cs.CL") if isinstance(one, Progress)]
    assert [(one.done, one.total, one.doing) for one in progress] == [
        (0, 2, "the feed of cs.CL"),
        (1, 2, "the feed of cs.LG"),
        (2, 3, "the details of papers"),
    ]


def test_reports_are_lines_of_json() -> None:
    assert Progress(0, 2, "x").as_record() == {"event": "progress", "done": 0, "total": 2, "doing": "x"}
    done = CategoryDone("cs.CL", "2026-11-20", Completeness.CUT_OFF, "s", 3).as_record()
    assert done == {
        "event": "category",
        "category": "cs.CL",
        "day": "2026-11-20",
        "state": "cut off",
        "sentence": "s",
        "papers": 3,
        "asked": True,
    }
    assert Waiting("arxiv.org", 7.5).as_record() == {"event": "waiting", "host": "arxiv.org", "seconds": 7.5}


def test_a_second_fetch_asks_for_no_details_again(server: ArxivServer, archive: DiskArchive) -> None:
    run(server, archive, "cs.CL")
    before = papers(archive)
    run(server, archive, "cs.CL")
    assert len(server.paths("/api")) == 1
    assert papers(archive) == before


def test_one_category_that_fails_costs_no_other(server: ArxivServer, archive: DiskArchive) -> None:
    server.misbehave("/rss/cs.CL", arxiv_server.web_page())
    server.misbehave("/list/cs.CL", arxiv_server.web_page())
    done = ended(run(server, archive, "cs.CL", "cs.LG"))
    assert done["cs.CL"].state is Completeness.FAILED
    assert (done["cs.CL"].day, done["cs.CL"].papers) == ("2026-11-20", 0)
    assert "a web page, not a listing" in done["cs.CL"].sentence
    assert done["cs.LG"].state is Completeness.COMPLETE
    assert len(papers(archive)) == 3
    assert known(archive).completeness is Completeness.FAILED


def test_where_the_feed_fails_the_listing_page_is_asked(server: ArxivServer, archive: DiskArchive) -> None:
    server.misbehave("/rss", arxiv_server.status(404))
    done = ended(run(server, archive, "cs.CL"))["cs.CL"]
    assert (done.state, done.sentence, done.papers) == (Completeness.COMPLETE, "", 2)
    assert known(archive).source == "list"
    assert [path.split("?")[0] for path in server.paths()] == ["/rss/cs.CL", "/list/cs.CL/new", "/api/query"]


def test_a_failed_fetch_leaves_the_listing_of_before(server: ArxivServer, archive: DiskArchive) -> None:
    run(server, archive, "cs.CL")
    before = papers(archive)
    server.misbehave("/rss", arxiv_server.truncated())
    run(server, archive, "cs.CL")
    assert papers(archive) == before


@pytest.mark.parametrize(
    "fault",
    [arxiv_server.status(503), arxiv_server.web_page(), arxiv_server.hang(), arxiv_server.truncated()],
)
def test_without_the_api_the_listing_is_there_and_it_is_said(
    server: ArxivServer, archive: DiskArchive, fault: arxiv_server.Fault
) -> None:
    server.misbehave("/api", fault)
    reports = run(server, archive, "cs.CL")
    assert ended(reports)["cs.CL"].state is Completeness.COMPLETE
    assert "Comments and dates come with the next fetch" in detailed(reports)[-1].sentence
    assert [one.authors[0] for one in papers(archive)] == ['K. L\\"aufer'] * 2
    listing = archive.listing(FRIDAY)
    assert listing is not None
    assert not listing.states["cs.CL"].details


def test_papers_the_api_does_not_know_yet_are_asked_for_again(archive: DiskArchive) -> None:
    with serving(Written({FRIDAY: PAPERS[:1]}, today=FRIDAY)) as behind:
        behind.misbehave("/rss", arxiv_server.body(feed(PAPERS, FRIDAY, "cs.CL")))
        reports = run(behind, archive, "cs.CL")
    assert "does not know 3 of these papers yet" in detailed(reports)[-1].sentence
    with serving(Written({FRIDAY: PAPERS}, today=FRIDAY)) as later:
        run(later, archive, "cs.CL", "cs.LG")
    assert all(one.published for one in papers(archive))


def test_many_papers_are_asked_for_in_hundreds(archive: DiskArchive) -> None:
    many = [paper(number, "cs.CL") for number in range(1, 251)]
    with serving(Written({FRIDAY: many}, today=FRIDAY)) as server:
        reports = run(server, archive, "cs.CL", limits=PATIENT)
        assert len(server.paths("/api")) == 3
    assert [(one.done, one.total) for one in detailed(reports)] == [(100, 250), (200, 250), (250, 250)]


def test_a_second_fetch_asks_for_nothing_that_is_here(server: ArxivServer, archive: DiskArchive) -> None:
    run(server, archive, "cs.CL")
    server.requests.clear()
    done = ended(run(server, archive, "cs.CL"))["cs.CL"]
    assert (done.day, done.state, done.papers, done.asked) == ("2026-11-20", Completeness.COMPLETE, 2, False)
    assert server.requests == []


def test_a_listing_whose_file_is_gone_is_asked_for_again(server: ArxivServer, archive: DiskArchive) -> None:
    run(server, archive, "cs.CL")
    (file,) = archive._folder.glob("2026-11-20.jsonl")
    file.unlink()
    run(server, archive, "cs.CL")
    assert len(papers(archive)) == 2


def test_a_weekend_shows_the_latest_listing_and_when_the_next_comes(archive: DiskArchive) -> None:
    with serving(Written({FRIDAY: PAPERS}, today=date(2026, 11, 21))) as server:
        done = ended(run(server, archive, "cs.CL", now=SATURDAY_NOON))["cs.CL"]
        assert [path.split("?")[0] for path in server.paths()] == ["/list/cs.CL/new", "/api/query"]
    assert (done.day, done.state, done.papers) == ("2026-11-20", Completeness.COMPLETE, 2)
    assert done.sentence == "arXiv rests; the next listing comes Mon 23 Nov at 06:00."
    assert known(archive).sentence == "", "that arXiv rests on Saturday is no word on Friday"
    assert [one.id for one in papers(archive)] == ["2611.00001", "2611.00002"]
    assert all(one.version == 1 and one.published for one in papers(archive))


def test_a_weekend_after_a_fetch_on_friday_asks_for_nothing(
    server: ArxivServer, archive: DiskArchive
) -> None:
    run(server, archive, "cs.CL")
    with serving(Written({FRIDAY: PAPERS}, today=date(2026, 11, 21))) as weekend:
        done = ended(run(weekend, archive, "cs.CL", now=SATURDAY_NOON))["cs.CL"]
        assert weekend.paths() == []
    assert (done.day, done.state) == ("2026-11-20", Completeness.COMPLETE)
    assert done.sentence == "arXiv rests; the next listing comes Mon 23 Nov at 06:00."


def test_a_weekend_without_the_listing_page_says_that_friday_failed(archive: DiskArchive) -> None:
    with serving(Written({FRIDAY: PAPERS}, today=date(2026, 11, 21))) as server:
        server.misbehave("/list", arxiv_server.status(404))
        done = ended(run(server, archive, "cs.CL", now=SATURDAY_NOON))["cs.CL"]
    assert (done.day, done.state) == ("2026-11-20", Completeness.FAILED)
    assert "answered 404 for the listing page of cs.CL" in done.sentence


def test_a_holiday_has_arxivs_own_word_and_the_listing_before(archive: DiskArchive) -> None:
    friday, wednesday = date(2026, 11, 27), date(2026, 11, 26)
    with serving(Written({wednesday: PAPERS}, today=friday)) as server:
        reports = run(server, archive, "cs.CL", now=datetime(2026, 11, 27, 17, tzinfo=UTC))
    assert [(one.day, one.state) for one in all_ended(reports)] == [
        ("2026-11-27", Completeness.RESTS),
        ("2026-11-26", Completeness.COMPLETE),
    ]
    assert all_ended(reports)[0].sentence == (
        "arXiv listed nothing in cs.CL on Fri 27 Nov 2026. The next listing comes Mon 30 Nov at 06:00."
    )
    assert all_ended(reports)[1].sentence == "", "when the next one comes is said once"
    with serving(Written({wednesday: PAPERS}, today=friday)) as server:
        again = run(server, archive, "cs.CL", now=datetime(2026, 11, 27, 20, tzinfo=UTC))
        assert server.requests == [], "arXiv has said that it rests"
    assert [one.sentence for one in all_ended(again)] == [one.sentence for one in all_ended(reports)]


def test_a_quiet_day_is_no_failure_and_no_stale_feed(archive: DiskArchive) -> None:
    quiet = Written({FRIDAY: [], date(2026, 11, 19): PAPERS}, today=FRIDAY)
    with serving(quiet) as server:
        done = ended(run(server, archive, "cs.CL"))["cs.CL"]
        assert [path.split("?")[0] for path in server.paths()] == ["/rss/cs.CL", "/list/cs.CL/new"]
    assert (done.day, done.state) == ("2026-11-20", Completeness.RESTS)
    assert done.sentence == (
        "arXiv listed nothing in cs.CL on Fri 20 Nov 2026. The next listing comes Mon 23 Nov at 06:00."
    )


def test_a_feed_that_is_empty_by_mistake_is_caught_by_the_listing_page(archive: DiskArchive) -> None:
    with serving(Written({FRIDAY: PAPERS}, today=FRIDAY)) as server:
        server.misbehave("/rss", arxiv_server.body(feed((), FRIDAY, "cs.CL")))
        done = ended(run(server, archive, "cs.CL"))["cs.CL"]
    assert (done.state, done.papers) == (Completeness.COMPLETE, 2)


def test_an_empty_feed_is_taken_for_no_rest_while_the_listing_page_is_older(archive: DiskArchive) -> None:
    """arXiv may make the feed of the day before the papers are in: nothing may be lost by that."""
    late = Written({date(2026, 11, 19): PAPERS, FRIDAY: [paper(9, "cs.CL")]}, today=FRIDAY)
    late.stale_pages = {"cs.CL": date(2026, 11, 19)}
    with serving(late) as server:
        server.misbehave("/rss", arxiv_server.body(feed((), FRIDAY, "cs.CL")))
        done = ended(run(server, archive, "cs.CL"))["cs.CL"]
    assert (done.day, done.state) == ("2026-11-20", Completeness.STALE)
    assert done.sentence == "arXiv's feed of cs.CL is empty. Its listing page is no newer."
    with serving(Written({FRIDAY: [paper(9, "cs.CL")]}, today=FRIDAY)) as server:
        done = ended(run(server, archive, "cs.CL"))["cs.CL"]
    assert (done.state, done.papers) == (Completeness.COMPLETE, 1)


MONDAY = date(2026, 11, 23)
MONDAY_MORNING = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)


def stale(*, pages_too: bool) -> Written:
    """Monday's listing, of which the feed of cs.CL does not know; with `pages_too` its pages neither."""
    days = {FRIDAY: PAPERS, MONDAY: [paper(11, "cs.CL"), paper(12, "cs.LG")]}
    late = {"cs.CL": FRIDAY}
    return Written(days, today=MONDAY, stale_feeds=late, stale_pages=late if pages_too else {})


def test_a_stale_feed_is_made_up_for_by_the_listing_page(archive: DiskArchive) -> None:
    with serving(stale(pages_too=False)) as server:
        reports = run(server, archive, "cs.CL", now=MONDAY_MORNING)
    assert [(one.day, one.state, one.papers) for one in all_ended(reports)] == [
        ("2026-11-20", Completeness.COMPLETE, 2),
        ("2026-11-23", Completeness.COMPLETE, 1),
    ]


def test_where_the_listing_page_is_stale_too_the_ledger_says_so(archive: DiskArchive) -> None:
    with serving(stale(pages_too=True)) as server:
        done = ended(run(server, archive, "cs.CL", "cs.LG", now=MONDAY_MORNING))
    assert (done["cs.CL"].day, done["cs.CL"].state) == ("2026-11-23", Completeness.STALE)
    assert done["cs.CL"].sentence == (
        "arXiv has not updated its feed: it still is that of Fri 20 Nov 2026. Its listing page is no newer."
    )
    assert done["cs.LG"].state is Completeness.COMPLETE
    assert len(papers(archive)) == 2, "Friday's papers stand under Friday"


def test_a_stale_listing_is_asked_for_twice_more_that_day_and_no_oftener(archive: DiskArchive) -> None:
    with serving(stale(pages_too=True)) as server:
        for _ in range(5):
            done = ended(run(server, archive, "cs.CL", now=MONDAY_MORNING))["cs.CL"]
        assert len(server.paths("/rss")) == 3
        assert len(server.paths("/list")) == 3
    assert (done.state, done.asked) == (Completeness.STALE, False)


def test_what_came_stale_on_its_day_is_fetched_on_the_next(archive: DiskArchive) -> None:
    with serving(stale(pages_too=True)) as server:
        run(server, archive, "cs.CL", now=MONDAY_MORNING)
    later = stale(pages_too=False)
    later.days[date(2026, 11, 24)] = [paper(21, "cs.CL")]
    later.today, later.stale_feeds = date(2026, 11, 24), {}
    with serving(later) as server:
        reports = run(server, archive, "cs.CL", now=datetime(2026, 11, 24, 6, tzinfo=UTC))
    assert [(one.day, one.state) for one in all_ended(reports)] == [
        ("2026-11-24", Completeness.COMPLETE),
        ("2026-11-23", Completeness.COMPLETE),
    ]


def test_a_feed_with_a_new_date_and_the_old_papers_is_stale(archive: DiskArchive) -> None:
    with serving(Written({FRIDAY: PAPERS}, today=FRIDAY)) as server:
        run(server, archive, "cs.CL")
    with serving(stale(pages_too=True)) as server:
        server.misbehave("/rss", arxiv_server.body(feed(PAPERS[:1], MONDAY, "cs.CL")))
        done = ended(run(server, archive, "cs.CL", now=MONDAY_MORNING))["cs.CL"]
    assert done.state is Completeness.STALE
    assert "holds nothing newer than 2611.00001, which was listed on Fri 20 Nov 2026" in done.sentence
    assert papers(archive, MONDAY) == []


def test_papers_that_were_held_back_under_lower_ids_are_a_listing(archive: DiskArchive) -> None:
    with serving(Written({FRIDAY: [paper(500, "cs.CL")]}, today=FRIDAY)) as server:
        run(server, archive, "cs.CL")
    with serving(Written({MONDAY: [paper(400, "cs.CL")]}, today=MONDAY)) as server:
        done = ended(run(server, archive, "cs.CL", now=MONDAY_MORNING))["cs.CL"]
        assert server.paths("/list") == ["/list/cs.CL/new"], "the page bears its own day"
    assert (done.state, done.papers) == (Completeness.COMPLETE, 1)


def test_a_holiday_on_which_arxiv_makes_no_feed_is_a_rest_and_no_stale_feed(archive: DiskArchive) -> None:
    thanksgiving = date(2026, 11, 26)
    with serving(Written({thanksgiving: PAPERS}, today=thanksgiving)) as server:
        reports = run(server, archive, "cs.CL", now=datetime(2026, 11, 27, 17, tzinfo=UTC))
    assert [(one.day, one.state) for one in all_ended(reports)] == [
        ("2026-11-26", Completeness.COMPLETE),
        ("2026-11-27", Completeness.RESTS),
    ]


def test_a_stale_friday_is_not_polled_without_end_at_the_weekend(archive: DiskArchive) -> None:
    late = Written({date(2026, 11, 19): PAPERS}, today=date(2026, 11, 19))
    with serving(late) as server:
        for _ in range(6):
            run(server, archive, "cs.CL", now=SATURDAY_NOON)
        assert len(server.paths("/list")) == 3
    assert known(archive).completeness is Completeness.STALE


def test_a_feed_that_is_known_is_not_sent_again(archive: DiskArchive) -> None:
    with serving(stale(pages_too=True)) as server:
        run(server, archive, "cs.CL", now=MONDAY_MORNING)
        run(server, archive, "cs.CL", now=MONDAY_MORNING)
        first, second = (one for one in server.requests if one.path.startswith("/rss"))
    assert "If-None-Match" not in first.headers
    assert second.headers["If-None-Match"] == known(archive).etag, "that of the listing it still is"
    assert known(archive, day=MONDAY).polls == 2, "an answer that nothing is new is a poll"


def test_a_feed_that_was_cut_off_is_made_up_for_by_the_listing_pages(archive: DiskArchive) -> None:
    many = [paper(number, "cs.CL") for number in range(1, 2301)]
    with serving(Written({FRIDAY: many}, today=FRIDAY)) as server:
        server.misbehave("/api", arxiv_server.status(404))
        done = ended(run(server, archive, "cs.CL", limits=PATIENT))["cs.CL"]
        asked = [path for path in server.paths() if not path.startswith("/api")]
    assert asked == [
        "/rss/cs.CL",
        "/list/cs.CL/new",
        "/catchup/cs.CL/2026-11-20?abs=True&page=1",
        "/catchup/cs.CL/2026-11-20?abs=True&page=2",
    ]
    assert (done.state, done.papers, done.sentence) == (Completeness.COMPLETE, 2300, "")
    assert known(archive).announced == 2300


def test_a_cut_off_feed_is_kept_and_said_where_the_pages_fail(archive: DiskArchive) -> None:
    many = [paper(number, "cs.CL") for number in range(1, 2301)]
    with serving(Written({FRIDAY: many}, today=FRIDAY)) as server:
        server.misbehave("/api", arxiv_server.status(404))
        server.misbehave("/list", arxiv_server.status(404))
        done = ended(run(server, archive, "cs.CL", limits=PATIENT))["cs.CL"]
    assert (done.state, done.papers) == (Completeness.FAILED, 2000), "what came stays, what failed is told"
    assert known(archive).completeness is Completeness.CUT_OFF
    assert known(open_archive(archive._folder.parent)).sentence == done.sentence, "for the next start too"
    assert "holds 2,000 papers and leaves others out, new ones first" in done.sentence
    assert "answered 404 for the listing page of cs.CL" in done.sentence
    with serving(Written({FRIDAY: many}, today=FRIDAY)) as server:
        server.misbehave("/api", arxiv_server.status(404))
        done = ended(run(server, archive, "cs.CL", limits=PATIENT))["cs.CL"]
        assert server.paths("/rss") == [], "the feed has nothing more to say"
    assert (done.state, done.papers) == (Completeness.COMPLETE, 2300)


def test_the_next_days_listing_page_leads_to_the_day_that_is_wanted(archive: DiskArchive) -> None:
    """From 20:00 Eastern on the listing page is that of the next day, while the feed is not made yet."""
    days = {FRIDAY: PAPERS, MONDAY: [paper(11, "cs.CL")]}
    with serving(Written(days, today=MONDAY)) as server:
        server.misbehave("/rss", arxiv_server.status(404))
        reports = run(server, archive, "cs.CL", now=datetime(2026, 11, 21, 3, 0, tzinfo=UTC))
    assert [(one.day, one.state) for one in all_ended(reports)] == [
        ("2026-11-23", Completeness.COMPLETE),
        ("2026-11-20", Completeness.COMPLETE),
    ]


@pytest.mark.parametrize("name", ["../../etc", "cs.CL/x", "cs CL", "", "x" + "\x1b[31m"])
def test_what_is_no_category_is_never_asked_for(server: ArxivServer, archive: DiskArchive, name: str) -> None:
    done = ended(run(server, archive, name))[name]
    assert done.state is Completeness.FAILED
    assert "is not a category" in done.sentence
    assert "\x1b" not in done.sentence
    assert server.requests == []


def test_a_replaced_paper_is_one_paper_with_its_new_version(archive: DiskArchive) -> None:
    with serving(Written({FRIDAY: PAPERS}, today=FRIDAY)) as server:
        run(server, archive, "cs.CL")
    monday = date(2026, 11, 23)
    second = replace(PAPERS[0], version=2, title="Second", kind=Kind.REPLACE)
    with serving(Written({monday: [second]}, today=monday)) as server:
        run(server, archive, "cs.CL", now=datetime(2026, 11, 23, 17, tzinfo=UTC))
    found = archive.find("2611.00001")
    assert found is not None
    assert (found.version, found.title, found.listed) == (2, "Second", "2026-11-23")


def test_a_full_archive_ends_the_fetch_with_a_sentence(
    server: ArxivServer, archive: DiskArchive, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(ArchiveUnusable, match="make room"):
        run(server, archive, "cs.CL")


@pytest.mark.skipif(not REAL.is_dir(), reason="the captures are not beside the checkout")
def test_every_paper_of_the_captured_feed_once(archive: DiskArchive) -> None:
    content: Content = Captures(REAL)
    with serving(content) as server:
        done = ended(run(server, archive, "cs", now=datetime(2025, 6, 3, 17, tzinfo=UTC)))
    assert done["cs"].state is Completeness.COMPLETE
    listed = papers(archive, date(2025, 6, 3))
    assert len(listed) == len({one.id for one in listed}) == 40
    assert [sum(one.kind is kind for one in listed) for kind in Kind] == [14, 8, 14, 4]
    assert all(one.listed == "2025-06-03" and one.authors and one.abstract and one.version for one in listed)
    survey = next(one for one in listed if one.id == "2505.18458")
    assert (survey.title, shown.title(survey)) == ("A Survey of LLM $\\times$ DATA", "A Survey of LLM × DATA")
    assert not any("$" in shown.title(one) or "\\" in shown.title(one) for one in listed)
    assert any("Läufer" in name for one in listed for name in shown.authors(one))
