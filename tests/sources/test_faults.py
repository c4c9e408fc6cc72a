"""The same faults against every way in which a listing is asked for (hazards A1 to A31).

Here are A1 to A3, A6, A7, A10 to A17, A25 to A28 and A30, each against the feed, the latest listing, a day's
page, a search and single papers. The others are A4, A5, A8 and A9 in test_http.py; A18 to A24 in
test_arxiv_rss.py, test_arxiv_listing.py, test_arxiv_catchup.py, test_arxiv_submitted.py and
test_arxiv_api.py; A29 in tests/test_announcement.py and tests/test_replacement.py; A31 in
tests/archive/test_request_clock.py.
"""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import NamedTuple

import pytest

from tests import arxiv_server
from tests.arxiv_forms import Written, api, feed, listing_page
from tests.arxiv_pages import catchup_page
from tests.arxiv_server import ArxivServer, Fault, serving
from tests.sources.conftest import PAPERS, NotingClock, paper
from triage.listing_day import Calendar
from triage.paper import Paper
from triage.ports import Unreachable
from triage.settings import ArxivSettings
from triage.sources.arxiv_api import ArxivApi
from triage.sources.feeds import ArxivFeeds
from triage.sources.http import Http

DAY = date(2026, 11, 20)
WINDOW = Calendar().submissions(DAY - timedelta(days=1))
"""When papers of ours were submitted."""


class Way(NamedTuple):
    """One way to ask for papers."""

    path: str
    """What is asked for begins so."""
    subject: str
    """What a sentence says was asked for."""
    ask: Callable[[Http, ArxivSettings], object]
    write: Callable[[list[Paper]], bytes]
    """The right answer with these papers."""


def submitted(http: Http, settings: ArxivSettings) -> object:
    return ArxivFeeds(http, settings).submitted("cs.CL", DAY, *WINDOW).papers


WAYS = {
    "feed": Way(
        "/rss",
        r"the feed of cs\.CL",
        lambda http, settings: ArxivFeeds(http, settings).today("cs.CL").papers,
        lambda papers: feed(papers, DAY, "cs.CL"),
    ),
    "latest": Way(
        "/list",
        r"the listing page of cs\.CL",
        lambda http, settings: ArxivFeeds(http, settings).latest("cs.CL").papers,
        lambda papers: listing_page(papers, DAY, "cs.CL"),
    ),
    "day": Way(
        "/catchup",
        r"the listing of cs\.CL of 2026-11-20",
        lambda http, settings: ArxivFeeds(http, settings).on("cs.CL", DAY).papers,
        lambda papers: catchup_page(papers, DAY, "cs.CL"),
    ),
    "search": Way("/api", r"the papers of cs\.CL submitted for 2026-11-20", submitted, api),
    "details": Way(
        "/api",
        "the details of papers",
        lambda http, settings: ArxivApi(http, settings).details([one.id for one in PAPERS]),
        api,
    ),
}


@pytest.fixture(params=WAYS)
def way(request: pytest.FixtureRequest) -> Way:
    """Each of the ways."""
    return WAYS[request.param]


@pytest.fixture
def server() -> Iterator[ArxivServer]:
    """arXiv with five papers, submitted in time for their day."""
    with serving(Written({DAY: PAPERS}, today=DAY)) as running:
        yield running


@pytest.mark.parametrize(
    ("fault", "sentence", "tries"),
    [
        pytest.param(arxiv_server.hang(), "No reply from HOST in 0.3 s for SUBJECT; try again", 1, id="A1"),
        pytest.param(
            arxiv_server.drip(), "HOST did not send SUBJECT within 0.6 s; try again later", 1, id="A2"
        ),
        pytest.param(
            arxiv_server.status(429, Retry_After="7"),
            "HOST says it was asked too often and asks to wait 7 s; SUBJECT was not sent",
            3,
            id="A3",
        ),
        pytest.param(
            arxiv_server.status(503), r"HOST is out of order \(503\); SUBJECT was not sent", 3, id="A6"
        ),
        pytest.param(arxiv_server.status(404), "HOST answered 404 for SUBJECT: .* config", 1, id="A7"),
        pytest.param(
            arxiv_server.redirect("?"), "HOST redirects SUBJECT in a circle; try again", 6, id="A10"
        ),
        pytest.param(arxiv_server.redirect("file:///etc/passwd"), "is not a web link", 1, id="A11"),
        pytest.param(
            arxiv_server.reset(), "The connection to HOST broke off before SUBJECT was whole", 3, id="A12"
        ),
        pytest.param(
            arxiv_server.short(), "The connection to HOST broke off before SUBJECT was whole", 3, id="A13"
        ),
        pytest.param(arxiv_server.web_page(), "HOST sent a (web )?page.*not a listing", 1, id="A14"),
        pytest.param(
            arxiv_server.body(b"Rate exceeded.", "text/plain"),
            "HOST says it was asked too often",
            3,
            id="A15",
        ),
        pytest.param(arxiv_server.body(b""), "HOST sent .*(empty|not a listing)", 1, id="A16-empty"),
        pytest.param(
            arxiv_server.body(b'{"papers": []}', "application/json"),
            "HOST sent .*not a listing",
            1,
            id="A16-json",
        ),
        pytest.param(
            arxiv_server.truncated(), "HOST sent .*(cut short or damaged|not a listing)", 1, id="A17"
        ),
        pytest.param(
            arxiv_server.bomb(32), "HOST sent more than 1 MB for SUBJECT; it was refused", 1, id="A26-bomb"
        ),
        pytest.param(
            arxiv_server.body(b"<rss>" + b" " * 2 * 1024 * 1024),
            "HOST sent more than 1 MB for SUBJECT; it was refused",
            1,
            id="A26",
        ),
    ],
)
def test_a_fault_is_a_sentence_and_never_no_papers(
    http: Http, server: ArxivServer, way: Way, fault: Fault, sentence: str, tries: int
) -> None:
    server.misbehave(way.path, fault)
    expected = sentence.replace("HOST", r"127\.0\.0\.1").replace("SUBJECT", way.subject)
    with pytest.raises(Unreachable, match=expected):
        way.ask(http, server.settings)
    assert len(server.requests) == tries


def test_papers_that_come_with_a_refusal_are_none(http: Http, server: ArxivServer, way: Way) -> None:
    """A7: status 400 is read for its reason only."""
    server.misbehave(way.path, arxiv_server.status(400, way.write(PAPERS)))
    with pytest.raises(Unreachable, match=rf"127\.0\.0\.1 refuses {way.subject}: it does not .* Check the"):
        way.ask(http, server.settings)


def test_a_fault_that_passes_costs_nothing(
    http: Http, server: ArxivServer, way: Way, clock: NotingClock
) -> None:
    """A6, A12, A13: the second or third try gives the papers."""
    server.misbehave(way.path, arxiv_server.status(503), times=1)
    server.misbehave(way.path, arxiv_server.short(), times=1)
    assert len(list(way.ask(http, server.settings))) == 5  # type: ignore[call-overload]  # papers of some kind
    assert clock.waited == ["127.0.0.1"] * 3


@pytest.mark.parametrize("start", [0.02, 0.3, 0.6, 0.9])
def test_a_page_that_lost_its_end_is_refused_wherever_it_broke(
    http: Http, server: ArxivServer, way: Way, start: float
) -> None:
    """A17."""
    whole = way.write(PAPERS).rstrip()
    server.misbehave(way.path, arxiv_server.body(whole[: int(len(whole) * start)]))
    with pytest.raises(Unreachable, match=r"127\.0\.0\.1 sent "):
        way.ask(http, server.settings)


def titles(found: object) -> list[str]:
    return [one.title for one in found]  # type: ignore[attr-defined]  # papers of some kind


def test_a_document_that_declares_entities_reads_no_file(
    http: Http, server: ArxivServer, way: Way, tmp_path: Path
) -> None:
    """A25: XML is refused, HTML has no entities of its own."""
    secret = tmp_path / "secret"
    secret.write_text("do not read")
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    for entities in (f'<!ENTITY l0 "ha">{laughs}', f'<!ENTITY l9 SYSTEM "file://{secret}">'):
        content = way.write([paper(1, title="MARK")]).decode().replace("MARK", "&l9;")
        for root in ("<rss", "<feed", "<html"):
            content = content.replace(root, f"<!DOCTYPE x [{entities}]>{root}", 1)
        server.misbehave(way.path, arxiv_server.body(content.encode()), times=1)
        try:
            shown = titles(way.ask(http, server.settings))
        except Unreachable as refusal:
            assert "do not read" not in str(refusal)  # noqa: PT017 - either outcome is right
        else:
            assert shown == ["&l9;"]


def test_wrong_charsets_and_a_byte_order_mark(http: Http, server: ArxivServer, way: Way) -> None:
    """A27: one character at most is lost of a title, and a listing in UTF-16 is read or refused."""
    content = way.write([paper(1, title="Müller–Łódź")])
    server.misbehave(way.path, arxiv_server.body(b"\xef\xbb\xbf" + content), times=1)
    assert titles(way.ask(http, server.settings)) == ["Müller–Łódź"]
    server.misbehave(way.path, arxiv_server.body(content.replace("ü".encode(), b"\xfc")), times=1)
    assert titles(way.ask(http, server.settings)) == ["M\ufffdller–Łódź"]
    wide = content.decode().replace("UTF-8", "UTF-16").encode("utf-16")
    server.misbehave(way.path, arxiv_server.body(wide), times=1)
    try:
        assert titles(way.ask(http, server.settings)) == ["Müller–Łódź"]
    except Unreachable as refusal:
        assert "not a listing" in str(refusal)  # noqa: PT017 - either outcome is right


def test_links_of_another_host_still_name_the_papers(http: Http, server: ArxivServer, way: Way) -> None:
    """A28."""
    content = way.write(PAPERS)
    for link in (b"https://arxiv.org/abs/", b"http://arxiv.org/abs/", b'"/abs/'):
        quote = b'"' if link.startswith(b'"') else b""
        content = content.replace(link, quote + b"http://export.arxiv.org/abs/")
    server.misbehave(way.path, arxiv_server.body(content))
    found = way.ask(http, server.settings)
    assert sorted(one.id for one in found) == [one.id for one in PAPERS]  # type: ignore[attr-defined]  # papers


def test_nothing_a_terminal_obeys_comes_through(http: Http, server: ArxivServer, way: Way) -> None:
    content = way.write([paper(1, title="MARK")]).replace(
        b"MARK", "A\x9b31m &#27;]52;c;eA==&#7; \u202ebad".encode()
    )
    server.misbehave(way.path, arxiv_server.body(content))
    (title,) = titles(way.ask(http, server.settings))
    assert not set(title) & set("\x1b\x07\x9b\u202e")
    assert "52;c;eA==" in title


@pytest.mark.parametrize("page", [0, -1])
def test_what_cannot_be_asked_for_is_not_asked_for(http: Http, server: ArxivServer, page: int) -> None:
    """A30."""
    feeds = ArxivFeeds(http, server.settings)
    with pytest.raises(ValueError, match=f"there is no page {page}"):
        feeds.on("cs.CL", DAY, page)
    with pytest.raises(ValueError, match=f"there is no page {page}"):
        feeds.submitted("cs.CL", DAY, *WINDOW, page)
    with pytest.raises(ValueError, match="zone"):
        feeds.submitted("cs.CL", DAY, WINDOW[0].replace(tzinfo=None), WINDOW[1])
    assert server.requests == []


def test_a_day_nobody_can_have_is_refused_by_arxiv(http: Http, server: ArxivServer) -> None:
    """A7, with the reason that arXiv gives."""
    for day in (DAY + timedelta(days=1), DAY - timedelta(days=100), date(1991, 8, 14)):
        with pytest.raises(
            Unreachable, match=rf"refuses the listing of cs\.CL of {day}: Invalid date: {day}"
        ):
            ArxivFeeds(http, server.settings).on("cs.CL", day)
