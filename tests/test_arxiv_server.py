"""The loopback server starts by hand, and answers in arXiv's own forms."""

import hashlib
import re
import subprocess
import sys
import tomllib
from dataclasses import replace
from datetime import date
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest

from tests.arxiv_forms import Reply, Written
from tests.arxiv_pages import listing_page
from tests.arxiv_server import serving
from tests.sources.conftest import paper
from triage.paper import Kind, Paper
from triage.sources import arxiv_listing

REAL = Path(__file__).parents[2] / "shared" / "real"
HERE = Path(__file__).parents[1]


def start(*arguments: str) -> tuple["subprocess.Popen[str]", dict[str, object]]:
    child = subprocess.Popen(
        [sys.executable, "-m", "tests.arxiv_server", *arguments], stdout=subprocess.PIPE, text=True, cwd=HERE
    )
    assert child.stdout is not None
    lines = ""
    while "delay_seconds" not in lines:
        line = child.stdout.readline()
        assert line
        lines += line
    return child, tomllib.loads(lines)


def read(url: str) -> bytes:
    with urlopen(url, timeout=10) as answer:  # noqa: S310 - loopback
        content: bytes = answer.read()
        return content


def test_it_serves_the_sample_by_hand() -> None:
    child, config = start()
    try:
        arxiv = config["arxiv"]
        assert isinstance(arxiv, dict)
        assert arxiv["delay_seconds"] == 0
        assert "cs.CL" in str(config["categories"])
        assert b"<item>" in read(f"{arxiv['rss']}/cs.CL")
        assert b"<entry>" in read(f"{arxiv['api']}?id_list=9912.00001")
        assert b"New submissions" in read(f"{arxiv['site']}/list/cs.CL/new")
        assert b"ltx_document" in read(f"{arxiv['site']}/html/9912.00001v1")
    finally:
        child.terminate()
        child.wait(10)


@pytest.mark.skipif(not REAL.is_dir(), reason="the captures are not beside the checkout")
def test_it_serves_a_folder_of_captures_by_hand() -> None:
    child, config = start("--data", str(REAL))
    try:
        arxiv = config["arxiv"]
        assert isinstance(arxiv, dict)
        assert config["categories"] == ["cs", "math"]
        assert read(f"{arxiv['rss']}/cs").count(b"<item>") == 40
        assert b"Workshop AEW10" in read(f"{arxiv['api']}?id_list=1707.08567&max_results=10")
        assert b"ltx_" in read(f"{arxiv['site']}/html/2101.10016")
        assert b"3 March 2023" in read(f"{arxiv['site']}/list/astro-ph.GA/new")
        assert b"Obsidian" in read(f"{arxiv['site']}/web/general--wikipedia.html")
    finally:
        child.terminate()
        child.wait(10)


FRIDAY, SATURDAY, MONDAY, TUESDAY = (date(2026, 11, day) for day in (20, 21, 23, 24))


def some(count: int, kind: Kind = Kind.NEW, start: int = 1) -> list[Paper]:
    return [paper(number, kind) for number in range(start, start + count)]


def page_of(reply: Reply) -> str:
    return " ".join(reply.body.decode().split())


def test_the_latest_listing_is_that_of_the_latest_day_that_is_out() -> None:
    content = Written({FRIDAY: some(2), MONDAY: some(3, start=10)}, today=SATURDAY)
    friday = page_of(content.latest("cs.CL", 0, 2000))
    assert "Showing new listings for Friday, 20 November 2026" in friday
    assert "New submissions (showing 2 of 2 entries)" in friday
    content.today = MONDAY
    monday = page_of(content.latest("cs.CL", 0, 2000))
    assert "Monday, 23 November 2026" in monday
    assert "Total of 3 entries" in monday


def test_a_long_day_is_told_over_pages_with_arxivs_words_for_what_is_left_out() -> None:
    listed = [*some(7), *some(2, Kind.CROSS, 20), *some(3, Kind.REPLACE, 30)]
    content = Written({FRIDAY: listed, MONDAY: some(1, start=90)}, today=MONDAY, page_size=5)
    first, second, third, fourth = (
        page_of(content.catchup("cs.CL", "2026-11-20", number, abstracts=True)) for number in range(1, 5)
    )
    assert "Catchup results for Computation and Language on Fri, 20 Nov 2026" in first
    assert "Total of 12 entries View page:<span>1</span>" in first
    assert "<a href=/catchup/cs.CL/2026-11-20?abs=True&amp;page=3>3</a>" in first
    assert "Continue catchup on Mon, 23 Nov 2026" in first
    assert "New submissions (showing first 5 of 7 entries)" in first
    assert "New submissions (continued, showing last 2 of 7 entries)" in second
    assert "Cross submissions (showing 2 of 2 entries)" in second
    assert "Replacement submissions (showing first 1 of 3 entries)" in second
    assert "Replacement submissions (continued, showing last 2 of 3 entries)" in third
    assert "No further updates for Fri, 20 Nov 2026" in fourth
    assert "Continue catchup" not in page_of(content.catchup("cs.CL", "2026-11-23", 1, abstracts=True))


def test_a_day_of_whole_pages_is_said_to_have_one_more() -> None:
    content = Written({FRIDAY: some(10)}, today=FRIDAY, page_size=5)
    assert "page=3>3</a>" in page_of(content.catchup("cs.CL", "2026-11-20", 1, abstracts=True))


def test_a_day_without_a_listing_has_no_updates() -> None:
    content = Written({FRIDAY: some(2)}, today=MONDAY)
    assert "No updates for Sat, 21 Nov 2026" in page_of(
        content.catchup("cs.CL", "2026-11-21", 1, abstracts=True)
    )


def test_arxiv_refuses_days_out_of_reach_and_what_is_no_subject() -> None:
    with serving(Written({FRIDAY: some(2)}, today=FRIDAY)) as server:
        for path, reason in (
            ("cs.CL/2026-08-20", "Catchup only allowed for past 90 days"),
            ("cs.CL/2026-11-21", "Can&#x27;t request date later than today"),
            ("cs.XX/2026-11-20", "Invalid subject"),
        ):
            with pytest.raises(HTTPError) as refused:
                read(f"{server.url}/catchup/{path}?abs=True")
            assert refused.value.code == 400
            assert reason in refused.value.read().decode()
        assert b"No updates for" in read(f"{server.url}/catchup/cs.CL/2026-08-21?abs=True")


def test_another_name_of_a_category_leads_to_its_own() -> None:
    listed = [replace(paper(1), categories=("math-ph",), primary="math-ph")]
    with serving(Written({FRIDAY: listed}, today=FRIDAY)) as server:
        assert b"2611.00001" in read(f"{server.url}/catchup/math.MP/2026-11-20?abs=True&page=1")
        assert server.paths("/catchup/math-ph/2026-11-20?abs=True&page=1")


def test_a_feed_that_is_known_is_not_sent_again() -> None:
    content = Written({FRIDAY: some(2)}, today=FRIDAY)
    with serving(content) as server:
        with urlopen(f"{server.url}/rss/cs.CL", timeout=10) as answer:  # noqa: S310 - loopback
            etag = answer.headers["ETag"]
            assert etag == f'"{hashlib.sha256(answer.read()).hexdigest()}"'
        asking = Request(f"{server.url}/rss/cs.CL", headers={"If-None-Match": etag})  # noqa: S310 - loopback
        with pytest.raises(HTTPError) as unchanged:
            urlopen(asking, timeout=10)  # noqa: S310 - loopback
        assert unchanged.value.code == 304
        content.days[FRIDAY] = some(3)
        with urlopen(asking, timeout=10) as answer:  # noqa: S310 - loopback
            assert answer.read().count(b"<item>") == 3


def test_a_feed_of_too_many_leaves_the_lowest_new_ids_out() -> None:
    listed = [*some(4), *some(2, Kind.CROSS, 20), *some(2, Kind.REPLACE, 30)]
    fed = Written({FRIDAY: listed}, today=FRIDAY, feed_limit=6).feed("cs.CL", "rss").body.decode()
    kept = [number for number in (1, 2, 3, 4, 20, 21, 30, 31) if f"/abs/2611.{number:05}<" in fed]
    assert kept == [3, 4, 20, 21, 30, 31]


def test_a_stale_feed_stands_beside_a_listing_page_that_is_current() -> None:
    content = Written(
        {FRIDAY: some(2), MONDAY: some(3, start=10)}, today=MONDAY, stale_feeds={"cs.CL": FRIDAY}
    )
    assert content.feed("cs.CL", "rss").body.count(b"<item>") == 2
    assert "Monday, 23 November 2026" in page_of(content.latest("cs.CL", 0, 2000))
    content.stale_pages["cs.CL"] = FRIDAY
    assert "Friday, 20 November 2026" in page_of(content.latest("cs.CL", 0, 2000))
    assert "No updates for" in page_of(content.catchup("cs.CL", "2026-11-23", 1, abstracts=True))


def test_the_api_finds_papers_by_when_they_were_submitted() -> None:
    times = ("2026-11-18T19:00:00+00:00", "2026-11-19T18:59:00+00:00", "2026-11-19T19:00:30+00:00")
    listed = [replace(paper(number), published=time) for number, time in enumerate(times, 1)]
    content = Written({FRIDAY: listed, TUESDAY: some(1, start=9)}, today=MONDAY)
    search = "cat:cs.CL AND submittedDate:[202611181900 TO 202611191859]"
    found = content.query([], search, 0, 100).body.decode()
    assert [number for number in (1, 2, 3, 9) if f"/abs/2611.{number:05}v" in found] == [1, 2]
    second = content.query([], search, 1, 1).body.decode()
    assert "2611.00002" in second
    assert "<opensearch:totalResults>2</opensearch:totalResults>" in second


MARKS = re.compile(
    r"<h3>.*?</h3>|<div class='(?:paging|list-[\w-]+(?: mathjax)?|meta)'>|<p class='mathjax'>"
    r"|<dl id='articles'>|<a href =\"/abs/[^\"]+\" title=\"Abstract\" id="
    r"|<span class=\"primary-subject\">|</d[ltd]>"
)


@pytest.mark.skipif(not REAL.is_dir(), reason="the captures are not beside the checkout")
def test_a_listing_page_of_ours_has_the_real_ones_marks() -> None:
    real = (REAL / "html_listing" / "rendered_list_astro-ph.GA_new.html").read_text(encoding="utf-8")
    shown = arxiv_listing.parse(real.encode(), "astro-ph.GA", "arxiv.org")
    assert shown.listed == date(2023, 3, 3)
    ours = listing_page(shown.papers, shown.listed, "astro-ph.GA").decode()

    def marks(text: str) -> list[str]:
        return [re.sub(r"/abs/[^\"]+", "/abs/ID", mark) for mark in MARKS.findall(text)]

    assert marks(ours) == marks(real)
    again = arxiv_listing.parse(ours.encode(), "astro-ph.GA", "arxiv.org")
    assert [(one.id, one.title, one.authors, one.kind, one.categories) for one in again.papers] == [
        (one.id, one.title, one.authors, one.kind, one.categories) for one in shown.papers
    ]
