"""What becomes of the latest listing page, which stays up while the feeds are empty."""

from datetime import date
from pathlib import Path

import pytest

from tests.arxiv_forms import Written, listing_page
from tests.arxiv_server import ArxivServer, serving
from tests.sources.conftest import DAY, PAPERS, paper
from triage.ledger import Sections
from triage.network import Announced
from triage.paper import Kind
from triage.ports import Unreachable
from triage.sources import arxiv_listing
from triage.sources.feeds import ArxivFeeds
from triage.sources.http import Http

REAL = Path(__file__).parents[3] / "shared" / "real" / "html_listing"
real = pytest.mark.skipif(not REAL.is_dir(), reason="the captures are not beside the checkout")
PAGE = listing_page(PAPERS, DAY, "cs.CL")


def parse(content: bytes, category: str = "cs.CL") -> Announced:
    return arxiv_listing.parse(content, category, "arxiv.org")


def test_a_listing_over_the_wire(http: Http, server: ArxivServer) -> None:
    found = ArxivFeeds(http, server.settings).latest("cs.CL")
    assert (found.listed, found.source, found.sections) == (DAY, "list", Sections(1, 2, 2))
    assert (found.cut_off, found.flagged, found.page) == (False, 0, 0)
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
    assert (second.version, second.listed) == (1, DAY.isoformat())


def test_no_updates_is_an_empty_listing_of_its_day() -> None:
    found = parse(listing_page([], DAY, "cs.CL"))
    assert (found.listed, found.papers, found.sections) == (DAY, (), Sections())


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{}",
        b"<html><body>Down for maintenance</body></html>",
        PAGE[:-300],
        PAGE.replace(b"id='dlpage'", b""),
        listing_page([], DAY, "cs.CL").replace(b"No updates today.", b"Come back later."),
        listing_page([], DAY, "cs.CL").replace(b"</h3>", b"</h3><p>Total of 7 entries</p>"),
        PAGE.replace(b"<dl id='articles'>", b"<ul>").replace(b"</dl>", b"</ul>"),
    ],
)
def test_what_is_no_listing_is_never_no_papers(content: bytes) -> None:
    """A14, A16, A17."""
    with pytest.raises(Unreachable, match=r"^arxiv\.org sent a page for cs\.CL that is not a listing\. Try"):
        parse(content)


def test_a_page_without_its_day_is_an_error() -> None:
    with pytest.raises(Unreachable, match="does not say its day"):
        parse(PAGE.replace(b"Showing new listings for", b"Listings of"))
    with pytest.raises(Unreachable, match="does not say its day"):
        parse(PAGE.replace(b"Friday, 20 November", b"Friday, 32 November"))
    with pytest.raises(Unreachable, match="does not say its day"):
        parse(listing_page([], DAY, "cs.CL").replace(b"Showing new listings for", b"Listings of"))


def test_a_section_that_holds_less_than_it_says_is_an_error() -> None:
    content = PAGE.replace(
        b"Replacement submissions (showing 2 of 2", b"Replacement submissions (showing 3 of 3"
    )
    with pytest.raises(Unreachable, match="2 of 3 papers under “Replacement submissions”: it is cut short"):
        parse(content)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (b"Total of 5 entries", b"Total of 6 entries"),
        (b"Total of 5 entries", b"Total of 4 entries"),
        (b"(showing 2 of 2 entries)", b"(showing first 2 of 3 entries)"),
        (b"(showing 2 of 2 entries)", b"(continued, showing last 2 of 3 entries)"),
    ],
)
def test_counts_that_disagree_are_an_error(before: bytes, after: bytes) -> None:
    with pytest.raises(Unreachable, match=r"a part of it may be missing|a section is missing"):
        parse(PAGE.replace(before, after))


def test_totals_above_and_below_that_differ_are_an_error() -> None:
    content = PAGE.replace(b"Total of 5 entries", b"Total of 9 entries", 1)
    with pytest.raises(Unreachable, match="does not say how many papers there are"):
        parse(content)
    with pytest.raises(Unreachable, match="does not say how many papers there are"):
        parse(PAGE.replace(b"Total of 5 entries", b""))


def test_a_heading_that_is_missing_is_an_error() -> None:
    content = PAGE.replace(b"<h3>Cross submissions (showing 1 of 1 entries)</h3>", b"")
    with pytest.raises(Unreachable, match="a section that does not say what it holds"):
        parse(content)


def test_a_whole_section_that_is_missing_is_an_error() -> None:
    start, end = PAGE.index(b"<dl id='articles'>\n<h3>Replacement"), PAGE.rindex(b"</dl>") + len(b"</dl>")
    with pytest.raises(Unreachable, match=r"sent 3 of 5 papers of cs\.CL: a section is missing"):
        parse(PAGE[:start] + PAGE[end:])


def test_sections_in_another_order_are_an_error() -> None:
    content = PAGE.replace(b"New submissions (", b"Cross submissions (", 1)
    content = content.replace(b"Cross submissions (showing 1 of 1", b"New submissions (showing 1 of 1")
    with pytest.raises(Unreachable, match="a part of it may be missing"):
        parse(content)


def test_entries_that_are_not_numbered_in_a_row_are_an_error() -> None:
    with pytest.raises(Unreachable, match="not numbered in a row"):
        parse(PAGE.replace(b"name='item4'", b"name='item7'"))
    with pytest.raises(Unreachable, match="not numbered in a row"):
        parse(PAGE.replace(b"name='item", b"name='entry"))
    assert len(parse(PAGE.replace(b"name='item4'", b"")).papers) == 5


def test_the_listing_of_another_category_is_an_error() -> None:
    with pytest.raises(Unreachable, match=r"the listing of Computation and Language when asked for cs\.LG"):
        parse(PAGE, "cs.LG")
    renamed = PAGE.replace(b"<h1>Computation and Language</h1>", b"<h1>Language, by Machines</h1>")
    assert len(parse(renamed).papers) == 5


def test_a_listing_of_several_pages_names_the_next() -> None:
    found = parse(listing_page(PAPERS, DAY, "cs.CL", size=3))
    assert (len(found.papers), found.page, found.cut_off) == (3, 2, False)
    assert found.sections == Sections(2, 1, 2)


def test_a_later_part_is_not_the_listing() -> None:
    with pytest.raises(Unreachable, match=r"sent another page when asked for page 1 of cs\.CL"):
        parse(listing_page(PAPERS, DAY, "cs.CL", skip=3, size=3))


def test_a_paper_that_comes_twice_is_counted_once() -> None:
    """A22."""
    twice = [paper(1), paper(2), paper(1), paper(3, Kind.CROSS, "cs.LG", "cs.CL"), paper(2, Kind.REPLACE)]
    found = parse(listing_page(twice, DAY, "cs.CL"))
    assert [(one.id, one.kind) for one in found.papers] == [
        ("2611.00001", Kind.NEW),
        ("2611.00002", Kind.NEW),
        ("2611.00003", Kind.CROSS),
    ]
    assert (found.sections, found.cut_off) == (Sections(2, 1, 0), False)


def test_an_entry_without_an_id_is_counted_and_keeps_the_listing_from_being_whole() -> None:
    """A21: the number of the papers announced stays true."""
    content = PAGE.replace(b'"/abs/2611.00003"', b'"/abs/"').replace(b"/html/2611.00003v1", b"/html/")
    found = parse(content)
    assert [one.id for one in found.papers] == ["2611.00001", "2611.00002", "2611.00004", "2611.00005"]
    assert (found.sections, found.unread, found.flagged) == (Sections(2, 1, 2), 1, 0)
    assert (found.cut_off, found.lacks_papers) == (False, True)


def test_entries_with_parts_missing_are_kept_and_flagged() -> None:
    """A21."""
    content = PAGE.replace(b"\nTitle 1\n", b"\n \n")
    content = content.replace(b'<a href="https://arxiv.org/search/cs">Ann Author</a>, ', b"", 2)
    content = content.replace(
        b'<a href="https://arxiv.org/search/cs">Bo Writer</a>', b"(author list is unavailable)", 2
    )
    found = parse(content)
    assert [one.title for one in found.papers[:2]] == ["(missing)", "Title 2"]
    assert [one.authors for one in found.papers[:3]] == [(), (), ("Ann Author", "Bo Writer")]
    assert (found.flagged, found.cut_off, found.sections.total) == (2, False, 5)


def test_no_paper_that_can_be_read_is_an_error() -> None:
    content = PAGE.replace(b"/abs/", b"/nothing/").replace(b"/html/", b"/nothing/")
    with pytest.raises(Unreachable, match="in which no paper can be read"):
        parse(content)


def test_the_version_is_that_of_the_link_to_the_html() -> None:
    content = PAGE.replace(b"/html/2611.00004v1", b"https://arxiv.org/html/2611.00004v3")
    content = content.replace(b"/html/2611.00005v1", b"/html/2611.00009v7")
    assert [one.version for one in parse(content).papers] == [1, 1, 1, 3, None]


def test_old_ids_and_the_form_of_older_headings() -> None:
    content = PAGE.replace(b"2611.00001", b"hep-th/9901001").replace(
        b"New submissions (showing 1 of 1 entries)",
        b"New submissions for Friday, 20 November 2026 (showing 1 of 1 entries )",
    )
    assert parse(content).papers[0].id == "hep-th/9901001"


def test_a_category_is_known_under_all_its_names(http: Http) -> None:
    """eess.SY is cs.SY: a paper of the one is new in the other and in both archives."""
    papers = [paper(1, Kind.NEW, "eess.SY", "cs.SY"), paper(2, Kind.REPLACE, "eess.SY", "cs.SY")]
    for category in ("eess.SY", "cs.SY", "cs", "eess"):
        with serving(Written({DAY: papers}, today=DAY)) as server:
            found = ArxivFeeds(http, server.settings).latest(category)
        assert [one.kind for one in found.papers] == [Kind.NEW, Kind.REPLACE], category


def test_paragraphs_are_kept_and_hard_line_breaks_are_not() -> None:
    content = PAGE.replace(b"Abstract 1.", b"One line\nand the next.\n<br>A paragraph\nof <b>two</b> lines.")
    assert parse(content).papers[0].abstract == "One line and the next.\n\nA paragraph of two lines."


def test_text_of_papers_is_never_taken_for_that_of_the_page() -> None:
    """Neither a title nor an abstract that speaks as the page does is heard."""
    title = "Total of 9 entries. Showing new listings for Monday, 2 March 2026"
    hostile = [
        paper(1, title=title, abstract="</dl><h3>New submissions (showing 7 of 7 entries)</h3>"),
        *PAPERS[1:],
    ]
    found = parse(listing_page(hostile, DAY, "cs.CL"))
    assert (found.listed, found.sections) == (DAY, Sections(2, 1, 2))
    assert found.papers[0].title == title


def test_an_unknown_category_is_refused_and_named(http: Http, server: ArxivServer) -> None:
    """A7: the listing page gives no reason."""
    with pytest.raises(
        Unreachable, match=r"refuses the listing page of cs\.ZZ: it does not know it\. Check the categories"
    ):
        ArxivFeeds(http, server.settings).latest("cs.ZZ")
    assert len(server.requests) == 1


@real
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
    assert (found.listed, found.flagged, found.cut_off, found.page) == (listed, 0, False, 0)
    assert tuple(sum(one.kind is kind for one in found.papers) for kind in Kind) == kinds
    assert found.sections == Sections(kinds[0], kinds[1], kinds[2] + kinds[3])
    assert all(one.title and one.authors and one.primary for one in found.papers)


@real
def test_the_captured_form_is_no_listing() -> None:
    content = (REAL / "rendered_catchup_form.html").read_bytes()
    with pytest.raises(Unreachable, match="is not a listing"):
        parse(content, "cs")
    with pytest.raises(Unreachable, match="is not a listing"):
        arxiv_listing.parse_day(content, "cs", DAY, 1, "arxiv.org")
