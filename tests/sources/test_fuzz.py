"""Whatever bytes come, a source gives papers or one sentence, and nothing that a terminal obeys."""

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.arxiv_forms import api, feed, listing_page
from tests.sources.conftest import DAY, PAPERS
from triage import clean
from triage.paper import Paper
from triage.ports import Unreachable
from triage.sources import arxiv_api, arxiv_listing, arxiv_rss, web_page
from triage.sources.http import Answer

RSS = feed(PAPERS, DAY, "cs.CL")
ATOM = feed(PAPERS, DAY, "cs.CL", "atom")
LIST = listing_page(PAPERS, DAY, "cs.CL")
API = api(PAPERS)
CARD = (
    b'<html><head><title>T - S</title><meta property="og:title" content="T">'
    b'<script type="application/ld+json">{"@type":"Article","author":{"name":"A"},'
    b'"datePublished":"2026-01-02"}</script></head></html>'
)

bits = st.one_of(
    st.binary(max_size=12),
    st.sampled_from(
        [b"<", b">", b"&", b"&#27;", b"\x1b[31m", b"]]>", b"<!--", b"\xff", b"<title>", b"</item>", b'"']
    ),
)
Read = Callable[[bytes], tuple[Paper, ...]]


def rss(content: bytes) -> tuple[Paper, ...]:
    return arxiv_rss.parse(content, "cs.CL", "host").papers


def listing(content: bytes) -> tuple[Paper, ...]:
    return arxiv_listing.parse(content, "cs.CL", "host").papers


def answer(content: bytes) -> tuple[Paper, ...]:
    arxiv_api.mended(content, "host")
    return ()


def page(content: bytes) -> tuple[Paper, ...]:
    return (web_page.parse(Answer("http://a.example/x", 200, content), "http://a.example/x"),)


@pytest.mark.parametrize(
    ("read", "whole"), [(rss, RSS), (rss, ATOM), (listing, LIST), (answer, API), (page, CARD)]
)
@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10_000), st.integers(0, 40), bits)
def test_any_change_gives_papers_or_a_sentence(
    read: Read, whole: bytes, at: int, gone: int, new: bytes
) -> None:
    place = at % len(whole)
    try:
        papers = read(whole[:place] + new + whole[place + gone :])
    except Unreachable as refusal:
        assert clean.line(str(refusal)) == str(refusal)  # noqa: PT017 - either outcome is right
        return
    for paper in papers:
        texts = (paper.title, *paper.authors, *paper.categories, paper.arxiv_comments or "", paper.site or "")
        assert all(clean.line(text) == text for text in texts)
        assert clean.clean(paper.abstract) == paper.abstract
