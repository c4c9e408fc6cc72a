"""What becomes of a listing page: the latest listing while the feeds are empty."""

from datetime import date
from pathlib import Path

import pytest

from tests.arxiv_forms import listing_page
from tests.arxiv_server import ArxivServer
from tests.sources.conftest import DAY, PAPERS
from triage.network import Announced
from triage.paper import Kind
from triage.ports import Unreachable
from triage.sources import arxiv_listing
from triage.sources.feeds import ArxivFeeds
from triage.sources.http import Http

REAL = Path(__file__).parents[3] / "shared" / "real" / "html_listing"


def parse(content: bytes, category: str = "cs.CL") -> Announced:
    return arxiv_listing.parse(content, category, "arxiv.org")


def test_a_listing_over_the_wire(http: Http, server: ArxivServer) -> None:
    found = ArxivFeeds(http, server.settings).latest("cs.CL")
    assert (found.listed, found.source, found.announced, found.cut_off) == (DAY, "list", 5, False)
    assert [(one.id, one.kind) for one in found.papers] == [
        ("2611.00001", Kind.NEW),
        ("2611.00002", Kind.CROSS),
        ("2611.00003", Kind.CROSS),
        ("2611.00004", Kind.REPLACE),
        ("2611.00005", Kind.REPLACE_CROSS),
    ]
    second = found.papers[1]
    assert (second.title, second.authors) == ("Title 2", ("Ann Author", "Bo Writer"))
    assert (second.primary, second.categories) == ("cs.LG", ("cs.LG", "cs.CL"))
    assert (second.arxiv_comments, second.abstract) == ("12 pages", "Abstract 2.")


def test_no_updates_is_an_empty_listing() -> None:
    assert parse(listing_page([], DAY, "cs.CL")).papers == ()


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{}",
        b"<html><body>Down for maintenance</body></html>",
        listing_page(PAPERS, DAY, "cs.CL")[:-300],
    ],
)
def test_what_is_no_listing_is_never_no_papers(content: bytes) -> None:
    with pytest.raises(Unreachable, match=r"for cs\.CL that is not a listing"):
        parse(content)


def test_a_section_that_holds_less_than_it_says_is_an_error() -> None:
    content = listing_page(PAPERS, DAY, "cs.CL").replace(
        b"Replacement submissions (showing 2 of 2", b"Replacement submissions (showing 3 of 3"
    )
    with pytest.raises(Unreachable, match="2 of 3 papers under “Replacement submissions”"):
        parse(content)


def test_a_page_that_shows_a_part_is_cut_off() -> None:
    content = listing_page(PAPERS, DAY, "cs.CL").replace(
        b"Replacement submissions (showing 2 of 2", b"Replacement submissions (showing first 2 of 9"
    )
    found = parse(content)
    assert (found.cut_off, found.announced, len(found.papers)) == (True, 12, 5)


def test_a_page_without_its_day_is_an_error() -> None:
    content = listing_page(PAPERS, DAY, "cs.CL").replace(b"Showing new listings for", b"Listings of")
    with pytest.raises(Unreachable, match="does not say its day"):
        parse(content)


@pytest.mark.skipif(not REAL.is_dir(), reason="the captures are not beside the checkout")
@pytest.mark.parametrize(
    ("name", "category", "listed", "kinds"),
    [
        ("rendered_list_q-fin_new.html", "q-fin", date(2023, 3, 17), (13, 0, 3, 0)),
        ("rendered_list_astro-ph.GA_new.html", "astro-ph.GA", date(2023, 3, 3), (14, 1, 9, 2)),
        ("rendered_db_list_cs_new.html", "cs", date(2011, 2, 3), (1, 1, 0, 0)),
    ],
)
def test_the_captures(name: str, category: str, listed: date, kinds: tuple[int, ...]) -> None:
    found = parse((REAL / name).read_bytes(), category)
    assert (found.listed, found.flagged) == (listed, 0)
    assert tuple(sum(one.kind is kind for one in found.papers) for kind in Kind) == kinds
    assert all(one.title and one.authors and one.primary for one in found.papers)
