"""Whatever bytes come, a source gives papers or one sentence, and nothing that a terminal obeys."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.arxiv_forms import api, feed, listing_page
from tests.arxiv_mails import mailing
from tests.arxiv_pages import catchup_page
from tests.sources.conftest import DAY, PAPERS
from triage import clean
from triage.listing_day import Calendar
from triage.network import Announced
from triage.paper import Paper
from triage.ports import Unreachable
from triage.sources import arxiv_api, arxiv_listing, arxiv_mail, arxiv_rss, web_page
from triage.sources.http import Answer

RSS = feed(PAPERS, DAY, "cs.CL")
ATOM = feed(PAPERS, DAY, "cs.CL", "atom")
LIST = listing_page(PAPERS, DAY, "cs.CL")
CATCHUP = catchup_page(PAPERS, DAY, "cs.CL", next_day=DAY + timedelta(days=3))
SECOND = catchup_page(PAPERS, DAY, "cs.CL", page=2, size=3)
WINDOW = Calendar().submissions(DAY)
MAIL = mailing(PAPERS, *WINDOW, "cs.CL")
CLASSES = mailing(PAPERS, *WINDOW, "cs", ["cs.CL", "cs.LG"])
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


def checked(*found: Announced) -> tuple[Paper, ...]:
    """The papers; a listing that is not cut off and has no further page has as many as it states."""
    for one in found:
        assert one.lacks_papers or one.page or not one.papers or one.sections.total >= len(one.papers)
        assert min(one.sections) >= 0
        assert len({paper.id for paper in one.papers}) == len(one.papers)
    return tuple(paper for one in found for paper in one.papers)


def whole(*found: Announced) -> tuple[Paper, ...]:
    """The same of what is on one page, which has exactly as many."""
    assert all(one.lacks_papers or one.sections.total == len(one.papers) for one in found)
    return checked(*found)


def rss(content: bytes) -> tuple[Paper, ...]:
    return whole(arxiv_rss.parse(content, "cs.CL", "host"))


def listing(content: bytes) -> tuple[Paper, ...]:
    found = arxiv_listing.parse(content, "cs.CL", "host")
    return checked(found) if found.page else whole(found)


def catchup(content: bytes) -> tuple[Paper, ...]:
    found = arxiv_listing.parse_day(content, "cs.CL", DAY, 1, "host")
    assert found.listed == DAY
    return checked(found) if found.page else whole(found)


def second(content: bytes) -> tuple[Paper, ...]:
    return checked(arxiv_listing.parse_day(content, "cs.CL", DAY, 2, "host"))


def mail(content: bytes) -> tuple[Paper, ...]:
    return whole(*arxiv_mail.parse(content, "host", Calendar()))


def answer(content: bytes) -> tuple[Paper, ...]:
    arxiv_api.mended(content, "host")
    return ()


def page(content: bytes) -> tuple[Paper, ...]:
    return (web_page.parse(Answer("http://a.example/x", 200, content), "http://a.example/x"),)


@pytest.mark.parametrize(
    ("read", "right"),
    [
        (rss, RSS),
        (rss, ATOM),
        (listing, LIST),
        (catchup, CATCHUP),
        (second, SECOND),
        (mail, MAIL),
        (mail, CLASSES),
        (answer, API),
        (page, CARD),
    ],
)
@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10_000), st.integers(0, 40), bits)
def test_any_change_gives_papers_or_a_sentence(
    read: Read, right: bytes, at: int, gone: int, new: bytes
) -> None:
    place = at % len(right)
    try:
        papers = read(right[:place] + new + right[place + gone :])
    except Unreachable as refusal:
        assert clean.line(str(refusal)) == str(refusal)  # noqa: PT017 - either outcome is right
        return
    for paper in papers:
        texts = (paper.title, *paper.authors, *paper.categories, paper.arxiv_comments or "", paper.site or "")
        assert all(clean.line(text) == text for text in texts)
        assert clean.clean(paper.abstract) == paper.abstract


@pytest.mark.parametrize("read", [rss, listing, catchup, second, mail])
@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes_give_a_sentence(read: Read, content: bytes) -> None:
    with pytest.raises(Unreachable):
        read(content)


lines = st.sampled_from(
    [line for line in MAIL.split(b"\n") if line] + [b"", b"\\\\", b"Title:", b"arXiv:", b"> "]
)


@settings(max_examples=200, deadline=None)
@given(st.lists(lines, max_size=60))
def test_a_mailing_of_shuffled_lines_gives_papers_or_a_sentence(shuffled: list[bytes]) -> None:
    head, _, body = MAIL.partition(b"\n\\\\\n")
    for content in (b"\n".join(shuffled), b"\n".join([head, *shuffled]), b"\n".join([head, *shuffled, body])):
        try:
            mail(content)
        except Unreachable as refusal:
            assert str(refusal).startswith("host is not a whole mailing")  # noqa: PT017 - either outcome is right
