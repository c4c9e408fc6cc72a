"""Fetching, end to end over loopback: what lands in the archive, and what is said of each category."""

import os
import time
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
from triage.actions.fetch import CategoryDone, DetailsDone, Progress, Report, fetch
from triage.archive import open_archive
from triage.archive.listings import DiskArchive
from triage.ledger import Completeness
from triage.paper import Kind, Paper
from triage.ports import ArchiveUnusable
from triage.sources.arxiv_api import ArxivApi
from triage.sources.feeds import ArxivFeeds
from triage.sources.http import Http, Limits

REAL = Path(__file__).parents[3] / "shared" / "real"
FRIDAY = date(2026, 11, 20)
NOON = datetime(2026, 11, 20, 17, 0, tzinfo=UTC)
SATURDAY_NOON = datetime(2026, 11, 21, 17, 0, tzinfo=UTC)
QUICK = Limits(connect=1.0, read=0.3, total=0.6, size=8 * 1024 * 1024)


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


@pytest.fixture(autouse=True)
def _berlin(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("TZ", "Europe/Berlin")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.fixture
def server() -> Iterator[ArxivServer]:
    with serving(Written({FRIDAY: PAPERS}, today=FRIDAY)) as running:
        yield running


@pytest.fixture
def archive(tmp_path: Path) -> DiskArchive:
    return open_archive(tmp_path)


def run(server: ArxivServer, archive: DiskArchive, *categories: str, now: datetime = NOON) -> list[Report]:
    http = Http(NoClock(), QUICK)
    feeds, details = ArxivFeeds(http, server.settings), ArxivApi(http, server.settings)
    return list(fetch(archive, feeds, details, now=now, categories=categories))


def ended(reports: list[Report]) -> dict[str, CategoryDone]:
    return {report.category: report for report in reports if isinstance(report, CategoryDone)}


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
        (2, 2, "the details of papers"),
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
    }


def test_a_second_fetch_asks_for_no_details_again(server: ArxivServer, archive: DiskArchive) -> None:
    run(server, archive, "cs.CL")
    before = papers(archive)
    run(server, archive, "cs.CL")
    assert len(server.paths("/api")) == 1
    assert papers(archive) == before


def test_one_category_that_fails_costs_no_other(server: ArxivServer, archive: DiskArchive) -> None:
    server.misbehave("/rss/cs.CL", arxiv_server.web_page())
    done = ended(run(server, archive, "cs.CL", "cs.LG"))
    assert done["cs.CL"].state is Completeness.FAILED
    assert done["cs.CL"].day is None
    assert "a web page, not a listing" in done["cs.CL"].sentence
    assert done["cs.LG"].state is Completeness.COMPLETE
    assert len(papers(archive)) == 3
    last = archive.last_state("cs.CL")
    assert last is not None
    assert last.completeness is Completeness.FAILED


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
        reports = run(server, archive, "cs.CL")
        assert len(server.paths("/api")) == 3
    assert [(one.done, one.total) for one in detailed(reports)] == [(100, 250), (200, 250), (250, 250)]


def test_a_weekend_shows_the_latest_listing_and_when_the_next_comes(archive: DiskArchive) -> None:
    with serving(Written({FRIDAY: PAPERS}, today=date(2026, 11, 21))) as server:
        done = ended(run(server, archive, "cs.CL", now=SATURDAY_NOON))["cs.CL"]
        assert server.paths("/list") == ["/list/cs.CL/new"]
    assert (done.day, done.state, done.papers) == ("2026-11-20", Completeness.COMPLETE, 2)
    assert done.sentence == (
        "This is the listing of Fri 20 Nov 2026. No new papers for Sat 21 Nov 2026, arXiv rests; "
        "the next listing comes Mon 23 Nov 2026 at 06:00."
    )
    assert [one.id for one in papers(archive)] == ["2611.00001", "2611.00002"]
    assert all(one.version == 1 and one.published for one in papers(archive))


def test_a_weekend_after_a_fetch_on_friday_asks_for_the_feed_only(
    server: ArxivServer, archive: DiskArchive
) -> None:
    run(server, archive, "cs.CL")
    with serving(Written({FRIDAY: PAPERS}, today=date(2026, 11, 21))) as weekend:
        done = ended(run(weekend, archive, "cs.CL", now=SATURDAY_NOON))["cs.CL"]
        assert weekend.paths() == ["/rss/cs.CL"]
    assert (done.day, done.state) == (None, Completeness.RESTS)
    assert "arXiv rests; the next listing comes Mon 23 Nov 2026 at 06:00" in done.sentence
    listing = archive.listing(FRIDAY)
    assert listing is not None
    assert listing.states["cs.CL"].completeness is Completeness.COMPLETE


def test_a_weekend_without_the_listing_page_is_still_a_rest_day(archive: DiskArchive) -> None:
    with serving(Written({FRIDAY: PAPERS}, today=date(2026, 11, 21))) as server:
        server.misbehave("/list", arxiv_server.status(404))
        done = ended(run(server, archive, "cs.CL", now=SATURDAY_NOON))["cs.CL"]
    assert (done.day, done.state) == (None, Completeness.RESTS)
    assert "answered 404 for the listing page of cs.CL" in done.sentence


def test_a_quiet_day_is_no_failure_and_no_rest(archive: DiskArchive) -> None:
    quiet = Written({FRIDAY: [], date(2026, 11, 19): PAPERS}, today=FRIDAY)
    with serving(quiet) as server:
        done = ended(run(server, archive, "cs.CL"))["cs.CL"]
    assert (done.day, done.state) == (None, Completeness.RESTS)
    assert done.sentence.startswith("No new papers for Fri 20 Nov 2026; the next listing comes Mon 23 Nov")


def test_a_stale_feed_is_kept_under_its_own_day_and_said(server: ArxivServer, archive: DiskArchive) -> None:
    monday = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)
    done = ended(run(server, archive, "cs.CL", now=monday))["cs.CL"]
    assert (done.day, done.state) == ("2026-11-20", Completeness.STALE)
    assert done.sentence == (
        "arXiv has not updated its feed: it still is that of Fri 20 Nov 2026. Fetch again in an hour."
    )
    assert len(papers(archive)) == 2


def test_an_empty_feed_of_yesterday_is_stale_too(archive: DiskArchive) -> None:
    monday = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)
    archive.store(date(2026, 11, 23), [paper(9, "cs.LG")], {})
    with serving(Written({FRIDAY: PAPERS}, today=date(2026, 11, 22))) as server:
        done = ended(run(server, archive, "cs.CL", now=monday))["cs.CL"]
    assert done.state is Completeness.STALE


def test_a_cut_off_feed_is_kept_and_said(archive: DiskArchive) -> None:
    many = [paper(number, "cs.CL") for number in range(1, 2001)]
    with serving(Written({FRIDAY: many}, today=FRIDAY)) as server:
        server.misbehave("/api", arxiv_server.status(404))
        done = ended(run(server, archive, "cs.CL"))["cs.CL"]
    assert (done.state, done.papers) == (Completeness.CUT_OFF, 2000)
    assert "sent 2,000 papers and left others out" in done.sentence
    listing = archive.listing(FRIDAY)
    assert listing is not None
    assert listing.states["cs.CL"].announced == 2000


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
        done = ended(run(server, archive, "cs", "math", now=datetime(2025, 6, 3, 17, tzinfo=UTC)))
    assert {name: one.state for name, one in done.items()} == dict.fromkeys(
        ("cs", "math"), Completeness.COMPLETE
    )
    listed = papers(archive, date(2025, 6, 3))
    assert len(listed) == len({one.id for one in listed}) == 40
    assert [sum(one.kind is kind for one in listed) for kind in Kind] == [14, 8, 14, 4]
    assert all(one.listed == "2025-06-03" and one.authors and one.abstract and one.version for one in listed)
    survey = next(one for one in listed if one.id == "2505.18458")
    assert (survey.title, shown.title(survey)) == ("A Survey of LLM $\\times$ DATA", "A Survey of LLM × DATA")
    assert not any("$" in shown.title(one) or "\\" in shown.title(one) for one in listed)
    assert any("Läufer" in name for one in listed for name in shown.authors(one))
