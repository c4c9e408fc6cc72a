"""What becomes of the pages of one day's listing, right or wrong."""

from datetime import date, timedelta

import pytest

from tests.arxiv_forms import Written
from tests.arxiv_pages import catchup_page
from tests.arxiv_server import ArxivServer, body, serving, status
from tests.sources.conftest import DAY, PAPERS, paper
from triage.ledger import Sections
from triage.network import Announced
from triage.paper import Kind, Paper
from triage.ports import Unreachable
from triage.sources import arxiv_listing
from triage.sources.feeds import ArxivFeeds
from triage.sources.http import Http

WEDNESDAY = DAY - timedelta(days=2)
SIZE = 4


def listing(new: int, cross: int, replaced: int) -> list[Paper]:
    """So many papers of cs.CL."""
    kinds = [Kind.NEW] * new + [Kind.CROSS] * cross + [Kind.REPLACE] * replaced
    names = {Kind.CROSS: ("cs.LG", "cs.CL")}
    return [paper(number, kind, *names.get(kind, ("cs.CL",))) for number, kind in enumerate(kinds, 1)]


def parse(content: bytes, page: int = 1, day: date = DAY, category: str = "cs.CL") -> Announced:
    return arxiv_listing.parse_day(content, category, day, page, "arxiv.org")


def pages(papers: list[Paper], size: int = SIZE) -> list[bytes]:
    """All pages of a listing."""
    count = -(-len(papers) // size)
    return [catchup_page(papers, DAY, "cs.CL", page=page, size=size) for page in range(1, count + 1)]


PAGE = catchup_page(PAPERS, DAY, "cs.CL")


def test_a_day_over_the_wire(http: Http) -> None:
    days = {WEDNESDAY: listing(2, 1, 1), DAY: PAPERS}
    with serving(Written(days, today=DAY)) as server:
        found = ArxivFeeds(http, server.settings).on("cs.CL", WEDNESDAY)
        assert server.paths() == ["/catchup/cs.CL/2026-11-18?abs=True&page=1"]
    assert (found.listed, found.source, found.sections) == (WEDNESDAY, "catchup", Sections(2, 1, 1))
    assert (found.page, found.cut_off, found.flagged) == (0, False, 0)
    assert [one.kind for one in found.papers] == [Kind.NEW, Kind.NEW, Kind.CROSS, Kind.REPLACE]
    assert (found.papers[0].abstract, found.papers[0].version) == ("Abstract 1.", 1)


def test_a_day_of_rest_is_an_empty_listing_of_that_day(http: Http) -> None:
    """A18."""
    saturday = date(2026, 11, 14)
    with serving(Written({WEDNESDAY: PAPERS, DAY: PAPERS}, today=DAY)) as server:
        found = ArxivFeeds(http, server.settings).on("cs.CL", saturday)
    assert (found.listed, found.papers, found.sections) == (saturday, (), Sections())
    assert found.page == 0


@pytest.mark.parametrize(
    "counts", [(9, 0, 0), (5, 4, 1), (2, 7, 1), (1, 1, 9), (4, 4, 4), (0, 9, 0), (0, 0, 6)]
)
def test_pages_make_the_whole_listing(counts: tuple[int, int, int]) -> None:
    """However the sections lie across the pages, no page says more of one than there is."""
    papers = listing(*counts)
    found = [parse(content, number) for number, content in enumerate(pages(papers), 1)]
    assert [one.id for page in found for one in page.papers] == [one.id for one in papers]
    assert [one.kind for page in found for one in page.papers] == [one.kind for one in papers]
    assert [page.page for page in found] == [*range(2, len(found) + 1), 0]
    assert Sections(*(max(told) for told in zip(*(page.sections for page in found), strict=True))) == counts
    assert not any(page.cut_off or page.flagged for page in found)


def test_a_page_tells_what_the_other_pages_hold_where_it_can() -> None:
    told = [parse(content, number).sections for number, content in enumerate(pages(listing(3, 6, 2)), 1)]
    assert told == [Sections(3, 6, 2), Sections(0, 6, 0), Sections(3, 6, 2)]
    told = [parse(content, number).sections for number, content in enumerate(pages(listing(4, 6, 2)), 1)]
    assert told == [Sections(4), Sections(4, 6, 2), Sections(4, 6, 2)]


def test_a_section_that_is_longer_than_the_listing_is_an_error() -> None:
    alone = catchup_page(listing(3, 0, 0), DAY, "cs.CL").replace(b"Total of 3", b"Total of 2")
    with pytest.raises(Unreachable, match="do not make the 2 papers it states"):
        parse(alone)
    second = pages(listing(4, 6, 2))[1].replace(b"Total of 12", b"Total of 9")
    with pytest.raises(Unreachable, match="do not make the 9 papers it states"):
        parse(second, 2)


def test_a_page_that_comes_again_is_an_error() -> None:
    first, second, third = pages(listing(5, 4, 3))
    for content, page in [(first, 2), (first, 3), (second, 1), (third, 1), (second, 3), (third, 2)]:
        with pytest.raises(
            Unreachable, match=rf"sent (page 1 again|another page) when asked for page {page} of"
        ):
            parse(content, page)


def test_a_page_behind_the_last_has_no_papers() -> None:
    """arXiv says so in words."""
    content = catchup_page(listing(4, 0, 0), DAY, "cs.CL", page=2, size=SIZE)
    found = parse(content, 2)
    assert (found.papers, found.page) == ((), 0)
    with pytest.raises(Unreachable, match="not a listing"):
        parse(content.replace(b"No further updates", b"Nothing"), 2)
    with pytest.raises(Unreachable, match="not a listing"):
        parse(content, 1)
    with pytest.raises(Unreachable, match="does not say how many papers"):
        parse(content.replace(b"Total of", b"Some of"), 2)


def test_the_listing_of_another_day_is_an_error(http: Http) -> None:
    """Two days' pages swapped: each is refused, and the papers of neither are taken for the other's."""
    days = {WEDNESDAY: listing(2, 1, 1), DAY: PAPERS}
    with serving(Written(days, today=DAY)) as server:
        for asked, sent in [(WEDNESDAY, DAY), (DAY, WEDNESDAY)]:
            server.misbehave(
                f"/catchup/cs.CL/{asked}", body(catchup_page(days[sent], sent, "cs.CL"), "text/html")
            )
        for asked, sent in [(WEDNESDAY, DAY), (DAY, WEDNESDAY)]:
            with pytest.raises(
                Unreachable,
                match=f"sent the listing of {sent} when asked for cs.CL of {asked}. Try again later",
            ):
                ArxivFeeds(http, server.settings).on("cs.CL", asked)


def test_the_listing_of_another_category_is_an_error() -> None:
    with pytest.raises(Unreachable, match=r"the listing of Computation and Language when asked for math\.NT"):
        parse(PAGE, category="math.NT")


@pytest.mark.parametrize(
    ("before", "after", "sentence"),
    [
        (b"on Fri, 20 Nov 2026</h1>", b"</h1>", "not a listing"),
        (b"Catchup results for", b"Results for", "not a listing"),
        (b"20 Nov 2026</h1>", b"31 Nov 2026</h1>", "not a listing"),
        (b"Total of 5", b"Total of 50", "a part of it may be missing"),
        (b"Total of 5", b"Total of 3", "a part of it may be missing"),
        (b"Total of 5", b"Total of many", "does not say how many papers"),
        (b"New submissions (showing", b"New submissions (continued, showing", "a part of it may be missing"),
        (b"(showing 2 of 2", b"(showing 2 of 1", "cut short"),
        (b"(showing 2 of 2", b"(showing 1 of 2", "cut short"),
        (b"<h3>Replacement submissions (showing 2 of 2 entries)</h3>", b"", "does not say what it holds"),
        (b"Replacement submissions", b"Withdrawn submissions", "does not say what it holds"),
        (b"name='item2'", b"name='item9'", "not numbered in a row"),
        (b"name='item", b"name='entry", "not numbered in a row"),
        (b"</html>", b"", "not a listing"),
    ],
)
def test_what_contradicts_itself_is_refused(before: bytes, after: bytes, sentence: str) -> None:
    assert before in PAGE
    with pytest.raises(Unreachable, match=sentence):
        parse(PAGE.replace(before, after))


@pytest.mark.parametrize(
    "bad", [b"\x00", b"\x01", b"&#1;", b"&#xFFFF;", b"\xff", b"<![CDATA[> &#1; ]]>", b"\xef\xbf\xbf"]
)
def test_one_bad_character_never_costs_a_listing(bad: bytes) -> None:
    """Not between the lists, not in an abstract, not in a paragraph's start."""
    content = PAGE.replace(b"<br>\n", b"<br>\n" + bad).replace(b"</dl>", b"</dl>" + bad)
    content = content.replace(b"Abstract 1.", b"Abstract 1." + bad + b"\n<br>" + bad + b"The end.")
    found = parse(content)
    assert (len(found.papers), found.sections.total, found.flagged) == (5, 5, 0)
    assert found.papers[0].abstract.startswith("Abstract 1.")
    assert "The end." in found.papers[0].abstract


def test_every_cut_of_a_page_is_an_error() -> None:
    """A17, with the page's end in its place: as if the middle was lost on the way."""
    end = b"\n</div></div></body></html>\n"
    whole = PAGE.index(b"</dl>", PAGE.index(b"Replacement"))
    for cut in range(0, whole, 61):
        with pytest.raises(Unreachable):
            parse(PAGE[:cut] + end)
        with pytest.raises(Unreachable):
            parse(PAGE[:cut])


def test_a_day_out_of_reach_is_refused_with_arxivs_reason(http: Http, server: ArxivServer) -> None:
    """A7: not asked for again, for it would not be there then either."""
    day = DAY - timedelta(days=120)
    with pytest.raises(
        Unreachable,
        match=rf"of cs\.CL of {day}: Invalid date: {day}\. Catchup only allowed for past 90 days\.",
    ):
        ArxivFeeds(http, server.settings).on("cs.CL", day)
    with pytest.raises(Unreachable, match="Can't request date later than today"):
        ArxivFeeds(http, server.settings).on("cs.CL", DAY + timedelta(days=1))
    assert len(server.requests) == 2


def test_an_unknown_category_is_refused_with_arxivs_reason(http: Http, server: ArxivServer) -> None:
    with pytest.raises(
        Unreachable, match=r"of cs\.ZZ .*: Invalid subject\. Subject must .* Check the categories"
    ):
        ArxivFeeds(http, server.settings).on("cs.ZZ", DAY)


@pytest.mark.parametrize("content", [b"", b"Bad Request", b"<html><h1>400</h1></html>", b"\x00\xff"])
def test_a_refusal_without_a_reason_is_one(http: Http, server: ArxivServer, content: bytes) -> None:
    server.misbehave("/catchup", status(400, content))
    with pytest.raises(
        Unreachable, match=r"refuses the listing of cs\.CL of 2026-11-20: it does not know it\."
    ):
        ArxivFeeds(http, server.settings).on("cs.CL", DAY)


def test_another_name_of_a_category_leads_to_its_listing(http: Http) -> None:
    papers = [paper(1, Kind.NEW, "eess.SY", "cs.SY")]
    with serving(Written({DAY: papers}, today=DAY)) as server:
        found = ArxivFeeds(http, server.settings).on("cs.SY", DAY)
    assert (found.category, [one.kind for one in found.papers]) == ("cs.SY", [Kind.NEW])


def test_a_page_without_its_number_is_not_asked_for(http: Http, server: ArxivServer) -> None:
    with pytest.raises(ValueError, match="no page 0"):
        ArxivFeeds(http, server.settings).on("cs.CL", DAY, 0)
    assert server.requests == []
