"""Three weeks of listings as arXiv gives them: a holiday, a stale category, a feed cut off, a faulty day."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest

from tests import arxiv_server
from tests.arxiv_forms import Written
from tests.arxiv_server import ArxivServer, serving
from tests.sources.conftest import NotingClock, paper
from triage.ledger import LISTING_PAGES_REACH, Sections
from triage.listing_day import Calendar
from triage.paper import Kind, Paper
from triage.ports import Unreachable
from triage.sources.feeds import ArxivFeeds
from triage.sources.http import Http, Limits

TODAY = date(2026, 12, 7)
"""A Monday; the 27th of November had no listing, for Thanksgiving was the day before."""
FIRST = TODAY - timedelta(days=20)
DAYS = tuple(Calendar().days(FIRST, TODAY))
HOLIDAY = date(2026, 11, 27)
LONG = 2150


def listing(at: int, count: int, category: str) -> list[Paper]:
    """A day's papers, every fourth of them a cross-list and every fifth a replacement."""
    kinds = [Kind.CROSS if n % 4 == 3 else Kind.REPLACE if n % 5 == 4 else Kind.NEW for n in range(count)]
    names = {Kind.CROSS: ("math.NT", category)}
    first = at * 3000 + (1 if category == "cs.CL" else 50_000)
    papers = [paper(first + n, kind, *names.get(kind, (category,))) for n, kind in enumerate(kinds)]
    submitted = datetime.combine(DAYS[at] - timedelta(days=2), time(22), UTC)
    return [replace(one, published=submitted.isoformat()) for one in papers]


@pytest.fixture(scope="module")
def content() -> Written:
    """Two categories; the first has a feed of 2,000 today, the second is stale since Friday."""
    days = {
        day: [*listing(at, LONG if day == TODAY else 7, "cs.CL"), *listing(at, 3, "cs.LG")]
        for at, day in enumerate(DAYS)
    }
    return Written(days, TODAY, stale_feeds={"cs.LG": DAYS[-2]}, stale_pages={"cs.LG": DAYS[-2]})


@pytest.fixture
def server(content: Written) -> Iterator[ArxivServer]:
    """arXiv on that Monday."""
    with serving(content) as running:
        yield running


@pytest.fixture
def feeds(clock: NotingClock, server: ArxivServer) -> ArxivFeeds:
    """What asks it."""
    return ArxivFeeds(Http(clock, Limits(), jitter=lambda low, _high: low), server.settings)


def test_every_expected_day_comes_with_its_papers_once(
    feeds: ArxivFeeds, content: Written, server: ArxivServer
) -> None:
    assert len(DAYS) == 14
    for day in DAYS[:-1]:
        found = feeds.on("cs.CL", day)
        listed = [one.id for one in content.days[day] if "cs.CL" in one.categories]
        assert sorted(one.id for one in found.papers) == sorted(listed)
        assert (found.listed, found.sections.total, found.page, found.cut_off) == (day, 7, 0, False)
    assert len(server.requests) == len(DAYS) - 1


def test_a_holiday_and_a_weekend_have_no_papers(feeds: ArxivFeeds) -> None:
    for day in (HOLIDAY, HOLIDAY + timedelta(days=1)):
        found = feeds.on("cs.CL", day)
        assert (found.listed, found.papers, found.sections) == (day, (), Sections())


def test_a_day_out_of_order_at_first_comes_when_it_is_asked_for_again(
    feeds: ArxivFeeds, server: ArxivServer
) -> None:
    server.misbehave(f"/catchup/cs.CL/{DAYS[4]}", arxiv_server.status(503), times=3)
    with pytest.raises(
        Unreachable, match=rf"out of order \(503\); the listing of cs\.CL of {DAYS[4]} was not"
    ):
        feeds.on("cs.CL", DAYS[4])
    assert len(feeds.on("cs.CL", DAYS[3]).papers) == 7
    assert len(feeds.on("cs.CL", DAYS[4]).papers) == 7


def test_a_feed_of_2000_is_cut_off_and_the_pages_have_what_it_lacks(
    feeds: ArxivFeeds, content: Written
) -> None:
    fed, shown = feeds.today("cs.CL"), feeds.latest("cs.CL")
    assert (fed.cut_off, len(fed.papers), fed.sections.total) == (True, 2000, 2000)
    rest = feeds.on("cs.CL", TODAY, shown.page)
    assert (shown.page, rest.page, shown.cut_off, rest.cut_off) == (2, 0, False, False)
    assert (len(shown.papers), len(rest.papers), shown.sections.total) == (2000, 150, LONG)
    listed = {one.id for one in content.days[TODAY] if "cs.CL" in one.categories}
    assert {one.id for one in (*shown.papers, *rest.papers)} == listed


def test_a_stale_category_bears_its_old_day_beside_a_current_one(feeds: ArxivFeeds) -> None:
    assert feeds.today("cs.CL").listed == TODAY
    assert feeds.today("cs.LG").listed == DAYS[-2]
    assert feeds.latest("cs.LG").listed == DAYS[-2]
    assert feeds.on("cs.LG", TODAY).papers == ()


def test_what_lies_too_far_back_comes_from_the_api(feeds: ArxivFeeds, content: Written) -> None:
    early = TODAY - timedelta(days=LISTING_PAGES_REACH + 2)
    with pytest.raises(Unreachable, match="Catchup only allowed for past 90 days"):
        feeds.on("cs.CL", early)
    day = DAYS[2]
    found = feeds.submitted("cs.CL", day, *Calendar().submissions(day))
    assert {one.id for one in found.papers} == {
        one.id for one in content.days[day] if "cs.CL" in one.categories
    }
    assert (found.source, found.listed, found.page) == ("api", day, 0)
