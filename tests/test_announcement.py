"""One paper announced several times is one paper, and loses nothing."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from triage.announcement import in_order, merged, with_details
from triage.paper import Kind, Paper

FEED = Paper("2611.00001", "On $x$", ("A. B\\'ee",), "Text.", 1, Kind.CROSS, ("cs.CL",), "cs.CL")
DETAILS = Paper(
    "2611.00001",
    "On $\\mathbfx$",
    ("A. Bée",),
    "Half-converted.",
    1,
    None,
    ("cs.CL",),
    "cs.CL",
    arxiv_comments="9 pages",
    published="2026-11-18T00:00:00+00:00",
    updated="2026-11-18T00:00:00+00:00",
)


def test_details_bring_what_the_feed_lacks_and_leave_its_source() -> None:
    both = with_details(FEED, DETAILS)
    assert (both.title, both.abstract, both.kind) == ("On $x$", "Text.", Kind.CROSS)
    assert (both.authors, both.arxiv_comments, both.published) == (("A. Bée",), "9 pages", DETAILS.published)


def test_details_of_an_older_version_do_not_date_the_newer() -> None:
    assert with_details(replace(FEED, version=2), DETAILS).updated is None
    assert with_details(replace(FEED, version=None), DETAILS).version == 1


def test_the_strongest_kind_stands_whichever_came_first() -> None:
    for first in Kind:
        for second in Kind:
            both = merged(replace(FEED, kind=first), replace(FEED, kind=second))
            assert both.kind is min(first, second, key=lambda kind: kind.rank)


kinds = st.sampled_from(list(Kind))
papers = st.builds(
    lambda number, kind, version: replace(FEED, id=f"2611.{number:05}", kind=kind, version=version),
    st.integers(1, 6),
    kinds,
    st.sampled_from([None, 1, 2, 3]),
)


@given(st.lists(papers, max_size=30))
def test_each_paper_once_in_its_section_with_its_latest_version(announced: list[Paper]) -> None:
    ordered = in_order(announced)
    assert len({paper.id for paper in ordered}) == len(ordered) == len({paper.id for paper in announced})
    ranks = [min(paper.kind.rank, 2) if paper.kind else 0 for paper in ordered]
    assert ranks == sorted(ranks)
    for paper in ordered:
        versions = [one.version or 0 for one in announced if one.id == paper.id]
        assert (paper.version or 0) == max(versions)


@given(st.lists(papers, max_size=20))
def test_fetching_the_same_again_changes_nothing(announced: list[Paper]) -> None:
    once = in_order(announced)
    assert in_order([*once, *once]) == once
