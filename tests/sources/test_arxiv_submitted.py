"""What the API tells of a day that the listing pages no longer reach."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from tests import arxiv_server
from tests.arxiv_forms import Written, api, api_entry, api_error, api_feed
from tests.arxiv_server import ArxivServer, Fault, serving
from tests.sources.conftest import NotingClock, paper
from triage.ledger import Sections
from triage.listing_day import Calendar
from triage.network import Announced
from triage.paper import Kind, Paper
from triage.ports import Unreachable
from triage.sources import arxiv_submitted
from triage.sources.feeds import ArxivFeeds
from triage.sources.http import Http

TODAY = date(2026, 11, 20)
DAY = date(2026, 7, 15)
"""A Wednesday: papers submitted from Monday 14:00 to Tuesday 14:00, US Eastern."""
SINCE, UNTIL = Calendar().submissions(DAY)


def at(moment: datetime, number: int, *categories: str) -> Paper:
    """A paper submitted at a moment."""
    return replace(paper(number, Kind.NEW, *categories), published=moment.isoformat(), kind=Kind.REPLACE)


PAPERS = [
    at(SINCE - timedelta(seconds=1), 1),
    at(SINCE, 2),
    at(SINCE + timedelta(hours=3), 3, "math.NT", "cs.CL"),
    at(UNTIL - timedelta(seconds=1), 4),
    at(UNTIL, 5),
    at(SINCE + timedelta(hours=1), 6, "cs.LG"),
    at(UNTIL + timedelta(hours=4), 7),
]


def ask(http: Http, server: ArxivServer, category: str = "cs.CL", page: int = 1) -> Announced:
    return ArxivFeeds(http, server.settings).submitted(category, DAY, SINCE, UNTIL, page)


@pytest.fixture
def old() -> Written:
    """Papers of the summer."""
    return Written({DAY: PAPERS}, today=TODAY)


def test_the_papers_of_the_days_of_submission(http: Http, old: Written) -> None:
    assert datetime(2026, 7, 13, 18, tzinfo=UTC) == SINCE
    with serving(old) as server:
        found = ask(http, server)
        assert len(server.requests) == 1
        assert "submittedDate%3A%5B202607131800+TO+202607141759%5D" in server.requests[0].path
        assert "start=0&max_results=2000" in server.requests[0].path
    assert (found.source, found.listed, found.page) == ("api", DAY, 0)
    assert [(one.id, one.kind) for one in found.papers] == [
        ("2611.00002", Kind.NEW),
        ("2611.00004", Kind.NEW),
        ("2611.00003", Kind.CROSS),
    ]
    assert (found.sections, found.cut_off, found.flagged) == (Sections(2, 1, 0), False, 0)
    assert {one.listed for one in found.papers} == {"2026-07-15"}


def test_no_papers_are_an_empty_listing(http: Http, old: Written) -> None:
    """A18."""
    with serving(old) as server:
        found = ask(http, server, "cs.LG")
        assert [one.id for one in found.papers] == ["2611.00006"]
        found = ask(http, server, "math.AG")
    assert (found.papers, found.sections, found.cut_off, found.listed) == ((), Sections(), False, DAY)


@pytest.mark.parametrize(
    ("category", "query"),
    [
        ("cs.CL", "%28cat%3Acs.CL+OR+cat%3Acmp-lg%29+AND"),
        ("cs.LG", "search_query=cat%3Acs.LG+AND"),
        ("eess.SY", "%28cat%3Aeess.SY+OR+cat%3Acs.SY%29+AND"),
        ("cs.SY", "%28cat%3Aeess.SY+OR+cat%3Acs.SY%29+AND"),
        ("cs", "%28cat%3Acs+OR+cat%3Acs.%2A%29+AND"),
        ("astro-ph", "%28cat%3Aastro-ph+OR+cat%3Aastro-ph.%2A%29+AND"),
    ],
)
def test_a_category_is_searched_for_under_all_its_names(
    http: Http, old: Written, category: str, query: str
) -> None:
    with serving(old) as server:
        ask(http, server, category)
        assert query in server.requests[0].path


def test_an_archive_holds_its_categories(http: Http, old: Written) -> None:
    with serving(old) as server:
        found = ask(http, server, "cs")
    assert [(one.id[-1], one.kind) for one in found.papers] == [
        ("2", Kind.NEW),
        ("6", Kind.NEW),
        ("4", Kind.NEW),
        ("3", Kind.CROSS),
    ]


def test_a_system_paper_is_new_under_both_its_names(http: Http) -> None:
    papers = [at(SINCE, 1, "eess.SY", "cs.SY")]
    with serving(Written({DAY: papers}, today=TODAY)) as server:
        for category in ("cs.SY", "eess.SY", "cs"):
            assert [one.kind for one in ask(http, server, category).papers] == [Kind.NEW]


def test_many_papers_come_page_by_page(
    http: Http, old: Written, monkeypatch: pytest.MonkeyPatch, clock: NotingClock
) -> None:
    monkeypatch.setattr(arxiv_submitted, "PAGE", 2)
    with serving(old) as server:
        first, second = ask(http, server), ask(http, server, page=2)
        assert [path.partition("start=")[2] for path in server.paths("/api")] == [
            "0&max_results=2",
            "2&max_results=2",
        ]
    assert [one.id for one in (*first.papers, *second.papers)] == ["2611.00002", "2611.00003", "2611.00004"]
    assert (first.page, second.page) == (2, 0)
    assert (first.sections.total, second.sections.total) == (3, 3)
    assert not first.cut_off
    assert not second.cut_off
    assert clock.waited == ["127.0.0.1"] * 2


def test_a_page_that_is_empty_is_an_error(http: Http, old: Written) -> None:
    """A24: also the first, which looks as if there was nothing."""
    with serving(old) as server:
        server.misbehave("/api", arxiv_server.body(api([], total=3)))
        with pytest.raises(
            Unreachable, match=r"sent none of the 3 papers it has for page 1 of .* cs\.CL submitted"
        ):
            ask(http, server)


def test_a_total_that_lies_is_capped_or_cut_off(http: Http, old: Written) -> None:
    """A23: nothing is asked for that the API does not hand out."""
    with serving(old) as server:
        server.misbehave("/api", arxiv_server.body(api(PAPERS[1:2], total=30_001)), times=1)
        with pytest.raises(Unreachable, match=r"has 30001 papers .* more than the 30000 it hands out"):
            ask(http, server)
        server.misbehave("/api", arxiv_server.body(api(PAPERS[1:2], total=9)), times=1)
        found = ask(http, server)
        assert (found.cut_off, found.page, found.sections.total) == (True, 0, 9)
        server.misbehave("/api", arxiv_server.body(api(PAPERS[1:2], total=29_000)), times=1)
        found = ask(http, server)
        assert (found.cut_off, found.page) == (True, 0)
        assert len(server.requests) == 3


def test_entries_with_parts_missing_are_kept_and_flagged(http: Http, old: Written) -> None:
    """A21."""
    entries = [api_entry(PAPERS[1]).replace("Title 2", " "), api_entry(PAPERS[3])]
    entries[1] = entries[1].replace("Abstract 4.", "")
    with serving(old) as server:
        server.misbehave("/api", arxiv_server.body(api_feed(entries, 2)))
        found = ask(http, server)
    assert [one.title for one in found.papers] == ["(missing)", "Title 4"]
    assert (found.flagged, found.cut_off) == (2, False)


def test_a_paper_of_another_time_is_an_error(http: Http, old: Written) -> None:
    """Two days' answers swapped."""
    with serving(old) as server:
        server.misbehave("/api", arxiv_server.body(api([PAPERS[1], PAPERS[6]])))
        with pytest.raises(
            Unreachable, match=r"sent 2611\.00007, submitted on 2026-07-14T22:00:00\+00:00, for"
        ):
            ask(http, server)


def test_the_message_of_an_error_entry_is_shown(http: Http, old: Written) -> None:
    """A19."""
    with serving(old) as server:
        server.misbehave("/api", arxiv_server.status(400, api_error("the dates are the wrong way round")))
        with pytest.raises(Unreachable, match=r"127\.0\.0\.1 says: the dates are the wrong way round\."):
            ask(http, server)


def test_a_bad_date_costs_no_paper(http: Http, old: Written) -> None:
    """A20."""
    bad = api(PAPERS[1:4]).replace(b"<published>2026-07-13T18:00:00", b"<published>2026-99-13T18:00:00")
    with serving(old) as server:
        server.misbehave("/api", arxiv_server.body(bad))
        found = ask(http, server)
    assert (found.flagged, found.cut_off) == (1, False)
    assert [(one.id, bool(one.published)) for one in found.papers] == [
        ("2611.00002", False),
        ("2611.00004", True),
        ("2611.00003", True),
    ]


def test_entries_without_an_id_and_twice_the_same(http: Http, old: Written) -> None:
    """A21, A22."""
    nameless = api_entry(PAPERS[3]).replace("http://arxiv.org/abs/2611.00004v1", "http://arxiv.org/abs/")
    entries = [api_entry(PAPERS[1]), api_entry(PAPERS[1]), nameless]
    with serving(old) as server:
        server.misbehave("/api", arxiv_server.body(api_feed(entries, 3)))
        found = ask(http, server)
    assert [one.id for one in found.papers] == ["2611.00002"]
    assert (found.unread, found.flagged, found.cut_off, found.sections.total) == (1, 0, True, 3)


def test_an_entry_without_an_id_does_not_end_the_listing(
    http: Http, old: Written, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(arxiv_submitted, "PAGE", 2)
    with serving(old) as server:
        nameless = api_entry(PAPERS[1]).replace("http://arxiv.org/abs/2611.00002v1", "http://arxiv.org/abs/")
        server.misbehave("/api", arxiv_server.body(api_feed([nameless, api_entry(PAPERS[2])], 3)))
        found = ask(http, server)
    assert (len(found.papers), found.unread, found.flagged, found.page) == (1, 1, 0, 2)
    assert (found.cut_off, found.lacks_papers) == (False, True)


@pytest.mark.parametrize(
    "fault",
    [
        arxiv_server.web_page(),
        arxiv_server.truncated(),
        arxiv_server.body(b""),
        arxiv_server.body(
            api_feed([], 0).replace(b">0</opensearch:totalResults>", b">many</opensearch:totalResults>")
        ),
    ],
)
def test_what_is_no_answer_is_never_no_papers(http: Http, old: Written, fault: Fault) -> None:
    """A14, A16, A17."""
    with serving(old) as server:
        server.misbehave("/api", fault)
        with pytest.raises(Unreachable, match=r"127\.0\.0\.1 sent "):
            ask(http, server)


def test_what_cannot_be_asked_for_is_not_asked_for(http: Http, old: Written) -> None:
    """A30."""
    with serving(old) as server:
        feeds = ArxivFeeds(http, server.settings)
        for since, until, page in [
            (SINCE, UNTIL, 0),
            (SINCE, UNTIL, -1),
            (SINCE, UNTIL, 16),
            (SINCE, UNTIL, 10**9),
            (SINCE, SINCE, 1),
            (UNTIL, SINCE, 1),
            (SINCE.replace(tzinfo=None), UNTIL, 1),
        ]:
            with pytest.raises(ValueError, match=r"no page|no minute|needs a zone"):
                feeds.submitted("cs.CL", DAY, since, until, page)
        assert server.requests == []
