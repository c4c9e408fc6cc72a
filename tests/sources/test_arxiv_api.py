"""What the API tells of papers, through the `arxiv` package and past its faults (hazards A19 to A24, 1.2)."""

from pathlib import Path

import pytest

from tests import arxiv_server
from tests.arxiv_captures import Captures
from tests.arxiv_forms import api, api_entry, api_feed
from tests.arxiv_server import ArxivServer, Fault, serving
from tests.sources.conftest import PAPERS, NotingClock, paper
from triage.pace import BATCH
from triage.ports import Unreachable
from triage.sources.arxiv_api import ArxivApi
from triage.sources.http import USER_AGENT, Http

REAL = Path(__file__).parents[3] / "shared" / "real"
KEYS = [one.id for one in PAPERS]


def test_details_by_id_in_one_request(http: Http, server: ArxivServer, clock: NotingClock) -> None:
    found = {one.id: one for one in ArxivApi(http, server.settings).details([*KEYS, "2611.99999"])}
    assert sorted(found) == sorted(KEYS)
    first = found["2611.00001"]
    assert (first.arxiv_comments, first.primary, first.version) == ("12 pages", "cs.CL", 1)
    assert first.published == "2026-11-18T15:30:00+00:00"
    assert len(server.requests) == 1
    assert clock.waited == ["127.0.0.1"]


def test_the_package_asks_through_our_door(http: Http, server: ArxivServer) -> None:
    """The package's session is a private attribute: this fails on the day it is another."""
    ArxivApi(http, server.settings).details(KEYS)
    assert server.requests[0].headers["User-Agent"] == USER_AGENT


def test_no_papers_ask_for_nothing(http: Http, server: ArxivServer) -> None:
    assert list(ArxivApi(http, server.settings).details([])) == []
    assert server.requests == []


def test_too_many_papers_are_refused_before_the_network(http: Http, server: ArxivServer) -> None:
    with pytest.raises(ValueError, match="more than the 100"):
        ArxivApi(http, server.settings).details([f"2611.{number:05}" for number in range(BATCH + 1)])
    assert server.requests == []


def test_the_message_of_an_error_entry_is_shown(http: Http, server: ArxivServer) -> None:
    with pytest.raises(Unreachable, match=r"127\.0\.0\.1 says: incorrect id format for abc\."):
        ArxivApi(http, server.settings).details(["abc"])
    assert len(server.requests) == 1


@pytest.mark.parametrize(
    "fault",
    [
        arxiv_server.web_page(),
        arxiv_server.truncated(),
        arxiv_server.body(b""),
        arxiv_server.body(b"{}", "application/json"),
        arxiv_server.body(b"Rate exceeded.", "text/plain"),
        arxiv_server.body(b'<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"></feed>'),
        arxiv_server.short(),
        arxiv_server.hang(),
        arxiv_server.drip(),
        arxiv_server.bomb(),
    ],
)
def test_what_is_no_answer_is_never_no_papers(http: Http, server: ArxivServer, fault: Fault) -> None:
    server.misbehave("/api", fault)
    with pytest.raises(Unreachable):
        ArxivApi(http, server.settings).details(KEYS)


def test_an_id_that_is_absent_is_left_out(http: Http, server: ArxivServer) -> None:
    assert list(ArxivApi(http, server.settings).details(["2611.99999"])) == []


def test_a_bad_date_costs_that_date_only(http: Http, server: ArxivServer) -> None:
    bad = api(PAPERS).replace(b"2026-11-18T15:30:00", b"2026-99-18T15:30:00", 2)
    server.misbehave("/api", arxiv_server.body(bad))
    found = {one.id: one for one in ArxivApi(http, server.settings).details(KEYS)}
    assert len(found) == 5
    assert found["2611.00001"].published is None
    assert found["2611.00002"].published is not None


def test_elements_in_a_text_cost_no_words_and_controls_go(http: Http, server: ArxivServer) -> None:
    entry = api_entry(paper(1, title="MARK")).replace("MARK", "On <i>E. coli</i> &#27;[31mgrowth&#x9b;")
    server.misbehave("/api", arxiv_server.body(api_feed([entry], 1)))
    assert ArxivApi(http, server.settings).details(KEYS)[0].title == "On E. coli \ufffd[31mgrowth"


def test_entries_that_name_no_paper_or_one_not_asked_for_are_left_out(
    http: Http, server: ArxivServer
) -> None:
    entries = [
        api_entry(paper(1)),
        api_entry(paper(7)),
        api_entry(paper(2)).replace(
            "http://arxiv.org/abs/2611.00002v1", "http://arxiv.org/abs/../../etc/passwd"
        ),
        api_entry(paper(1)),
    ]
    server.misbehave("/api", arxiv_server.body(api_feed(entries, 4)))
    assert [one.id for one in ArxivApi(http, server.settings).details(KEYS)] == ["2611.00001"]


def test_a_total_that_lies_does_not_make_it_ask_for_ever(http: Http, server: ArxivServer) -> None:
    server.misbehave("/api", arxiv_server.body(api(PAPERS[:2], total=10**9)))
    assert len(ArxivApi(http, server.settings).details(KEYS)) == 2
    assert len(server.requests) == 1


@pytest.mark.skipif(not REAL.is_dir(), reason="the captures are not beside the checkout")
def test_the_captured_papers(http: Http) -> None:
    with serving(Captures(REAL)) as server:
        asked = ["1707.08567", "0808.05394", "1605.08386", "astro-ph/0601001", "quant-ph/0201082"]
        found = {one.id: one for one in ArxivApi(http, server.settings).details(asked)}
    assert sorted(found) == ["1605.08386", "1707.08567", "astro-ph/0601001", "quant-ph/0201082"]
    workshop = found["1707.08567"]
    assert workshop.primary == "cs.IT"
    assert workshop.published == "2017-07-27T08:18:33+00:00"
    assert workshop.arxiv_comments is not None
    assert workshop.arxiv_comments.startswith("44 pages, editors")
    assert "Dirk Wübben" in workshop.authors
