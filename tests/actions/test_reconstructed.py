"""Days beyond the reach of arXiv's pages, put together from the API by submission date."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from tests.actions.test_catch_up import on
from tests.actions.test_fetch import MONDAY, PATIENT, all_ended, ended, known, paper, papers, run
from tests.arxiv_forms import Reply, Written, api
from tests.arxiv_server import ArxivServer, serving
from triage.archive import open_archive
from triage.archive.listings import DiskArchive
from triage.ledger import LISTING_PAGES_REACH, Completeness, ListingState, Sections
from triage.listing_day import Calendar
from triage.owing import RE_POLLS
from triage.paper import Kind, Paper, Row
from triage.sources import arxiv_submitted

pytestmark = pytest.mark.usefixtures("berlin")
NOW, TOMORROW = (datetime(2026, 11, day, 17, tzinfo=UTC) for day in (23, 24))
DAY = date(2026, 6, 9)


@pytest.fixture
def archive(tmp_path: Path) -> DiskArchive:
    return open_archive(tmp_path)


def submitted(count: int) -> list[Paper]:
    """So many papers, an hour apart."""
    since, _ = Calendar().submissions(DAY)
    return [
        replace(one, published=(since + timedelta(minutes=number)).isoformat())
        for number, one in enumerate(on(DAY, count))
    ]


def test_beyond_the_reach_of_the_pages_a_day_is_reconstructed_and_says_so(archive: DiskArchive) -> None:
    day = DAY
    since, until = Calendar().submissions(day)
    listed = [
        replace(one, published=(since + timedelta(hours=number)).isoformat())
        for number, one in enumerate([*on(day, 3), paper(77, "cs.LG", "cs.CL")])
    ]
    late = replace(paper(78, "cs.CL"), published=until.isoformat())
    with serving(Written({day: [*listed, late]}, today=MONDAY)) as server:
        (done,) = all_ended(run(server, archive, "cs.CL", now=NOW, on=day))
        assert server.paths("/catchup") == []
    assert (done.state, done.papers) == (Completeness.COMPLETE, 4)
    assert done.sentence.startswith("Reconstructed from the days of submission")
    state = known(archive, day=day)
    assert (state.source, state.sections) == ("api", (3, 1, 0))
    assert {one.id for one in papers(archive, day)} == {one.id for one in listed}


@pytest.mark.parametrize(
    ("back", "way"), [(LISTING_PAGES_REACH, "/catchup"), (LISTING_PAGES_REACH + 1, "/api")]
)
def test_the_pages_are_asked_as_far_as_they_reach(archive: DiskArchive, back: int, way: str) -> None:
    day = MONDAY - timedelta(days=back)
    with serving(Written({day: on(day)}, today=MONDAY)) as server:
        run(server, archive, "cs.CL", now=NOW, on=day)
        assert server.requests[0].path.startswith(way)


class Searched(Written):
    """Answers a search page by page, some pages otherwise than arXiv would."""

    def __init__(self, days: dict[date, list[Paper]], today: date) -> None:
        super().__init__(days, today)
        self.otherwise: dict[int, Callable[[Reply], Reply]] = {}
        """By the number of results before the page."""

    def query(self, ids: list[str], search: str, start: int, most: int) -> Reply:
        """The API's answer, changed if it is a page that is to be."""
        reply = super().query(ids, search, start, most)
        changed = self.otherwise.get(start) if search else None
        return changed(reply) if changed is not None else reply


@pytest.fixture
def searched(monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Searched, ArxivServer]]:
    """Five papers on pages of two."""
    monkeypatch.setattr(arxiv_submitted, "PAGE", 2)
    content = Searched({DAY: submitted(5)}, today=MONDAY)
    with serving(content) as server:
        yield content, server


def starts(server: ArxivServer) -> list[str]:
    """The first result of each page of a search that was asked for."""
    found = (re.search(r"start=(\d+)", path) for path in server.paths("/api/query?search_query=%28cat"))
    return [one[1] for one in found if one]


def test_a_search_of_several_pages_goes_on_where_it_was_refused(
    searched: tuple[Searched, ArxivServer], archive: DiskArchive
) -> None:
    content, server = searched
    content.otherwise = {2: lambda _right: Reply(b"", status=404)}
    (done,) = all_ended(run(server, archive, "cs.CL", now=NOW, on=DAY))
    assert (done.state, done.papers) == (Completeness.FAILED, 2)
    content.otherwise = {}
    server.requests.clear()
    (done,) = all_ended(run(server, archive, "cs.CL", now=NOW, on=DAY))
    assert starts(server) == ["2", "4"]
    assert (done.state, done.papers) == (Completeness.COMPLETE, 5)


def test_a_search_whose_first_page_has_an_entry_without_an_id_is_not_whole(
    searched: tuple[Searched, ArxivServer], archive: DiskArchive
) -> None:
    content, server = searched
    content.otherwise = {
        0: lambda right: replace(right, body=right.body.replace(b"/abs/2611.09000v1", b"/abs/x", 1))
    }
    (done,) = all_ended(run(server, archive, "cs.CL", now=NOW, on=DAY))
    assert (done.state, done.papers, known(archive, day=DAY).announced) == (Completeness.CUT_OFF, 4, 5)
    assert "5 papers were announced, 4 are here." in done.sentence


def test_a_search_whose_pages_overlap_lacks_a_paper_and_says_so(
    searched: tuple[Searched, ArxivServer], archive: DiskArchive
) -> None:
    """What stands on two pages has pushed another off both."""
    content, server = searched
    papers_of = submitted(5)
    content.otherwise = {2: lambda _right: Reply(api(papers_of[1:3], 5, 2), "application/atom+xml")}
    (done,) = all_ended(run(server, archive, "cs.CL", now=NOW, on=DAY))
    assert (done.state, done.papers) == (Completeness.CUT_OFF, 4)


def test_a_search_that_sends_a_page_again_is_refused(
    searched: tuple[Searched, ArxivServer], archive: DiskArchive
) -> None:
    content, server = searched
    papers_of = submitted(5)
    content.otherwise = {2: lambda _right: Reply(api(papers_of[:2], 5, 2), "application/atom+xml")}
    (done,) = all_ended(run(server, archive, "cs.CL", now=NOW, on=DAY))
    assert (done.state, done.papers) == (Completeness.FAILED, 2)
    assert done.sentence == "Page 2 of the listing is an earlier page again. Try again later."


def test_a_search_without_end_is_not_followed_for_ever(
    archive: DiskArchive, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(arxiv_submitted, "PAGE", 1)
    with serving(Written({DAY: submitted(45)}, today=MONDAY)) as server:
        (done,) = all_ended(run(server, archive, "cs.CL", now=NOW, on=DAY, limits=PATIENT))
        assert len(starts(server)) == 40
    assert (done.state, done.papers) == (Completeness.CUT_OFF, 40)


def test_an_empty_answer_of_the_api_is_believed_on_another_day(archive: DiskArchive) -> None:
    with serving(Written({}, today=MONDAY)) as server:
        for _ in range(5):
            done = ended(run(server, archive, "cs.CL", now=NOW, on=DAY))["cs.CL"]
        assert len(server.paths("/api")) == 1 + RE_POLLS
        assert done.state is Completeness.MISSING
        assert done.sentence == (
            "arXiv's API finds nothing submitted for Tue 09 Jun 2026. Fetch it again another day. "
            "arXiv is asked for it again tomorrow."
        )
        done = ended(run(server, archive, "cs.CL", now=TOMORROW, on=DAY))["cs.CL"]
    assert done.state is Completeness.RESTS
    assert papers(archive, DAY) == []


@pytest.mark.parametrize("state", [Completeness.CUT_OFF, Completeness.COMPLETE])
def test_a_reconstruction_takes_nothing_away_that_a_listing_announced(
    archive: DiskArchive, state: Completeness
) -> None:
    """A cut-off feed, or a whole listing of which an abstract is lost since."""
    found = submitted(3)
    held_back = replace(paper(1, "cs.CL"), published="2026-06-01T10:00:00Z")
    replaced = replace(paper(2, "cs.CL"), kind=Kind.REPLACE, version=2, published="2026-05-01T10:00:00Z")
    listed = [found[0], held_back, replaced]
    known_then = ListingState("cs.CL", state, DAY.isoformat(), Sections(2, 0, 1), "rss")
    archive.store(DAY, listed, {"cs.CL": known_then})
    if state is Completeness.COMPLETE:
        path = archive._folder / f"{DAY}.jsonl"
        path.write_bytes(path.read_bytes()[:-60])
        archive = open_archive(archive._folder.parent)
    with serving(Written({DAY: found}, today=MONDAY)) as server:
        (done,) = all_ended(run(server, archive, "cs.CL", now=NOW, on=DAY))
    assert {one.id for one in papers_of(archive)} == {one.id for one in (*found, held_back, replaced)}
    assert done.papers == 5
    if state is Completeness.CUT_OFF:
        assert done.state is Completeness.COMPLETE
        assert known(archive, day=DAY).sections == (4, 0, 1), "what is here is what is known of it"
    else:
        assert done.state is Completeness.CUT_OFF, "the API brings no replacement back"


def papers_of(archive: DiskArchive) -> Sequence[Row]:
    """The rows of the day."""
    listing = archive.listing(DAY)
    assert listing is not None
    return listing.rows
