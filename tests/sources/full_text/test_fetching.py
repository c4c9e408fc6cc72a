"""The page of a paper over HTTP: whose it is, its charset, and what stands in its place."""

import pytest

from tests.arxiv_server import ArxivServer, Fault, body, redirect, status
from tests.sources.full_text.pages import KEY, page
from triage.full_text import Fetched, NoPage
from triage.ports import Unreachable
from triage.sources import peers
from triage.sources.full_text.fetching import LIMITS, ArxivPages
from triage.sources.http import Http


@pytest.fixture
def pages(http: Http, server: ArxivServer) -> ArxivPages:
    return ArxivPages(http, server.settings)


def test_a_page_comes_as_it_was_sent_with_where_it_was_read(pages: ArxivPages, server: ArxivServer) -> None:
    server.misbehave(f"/html/{KEY}v2", body(page(""), 'text/html; x=y; Charset="ISO-8859-1"'))
    server.misbehave("/html/", redirect(f"/html/{KEY}v2"))
    assert pages.get(KEY) == Fetched(KEY, f"{server.url}/html/{KEY}v2", page(""), "ISO-8859-1")


def test_an_old_id_has_its_archive_in_its_address(pages: ArxivPages, server: ArxivServer) -> None:
    server.misbehave("/html/", body(page(""), "text/html"))
    pages.get("hep-th/9901001")
    assert server.paths() == ["/html/hep-th/9901001"]


@pytest.mark.parametrize("fault", [status(404), status(410), body(b"%PDF-1.4", "application/pdf")])
def test_where_there_is_no_page_the_pdf_is_left(pages: ArxivPages, server: ArxivServer, fault: Fault) -> None:
    server.misbehave("/html/", fault)
    with pytest.raises(NoPage, match=f"no HTML of {KEY}") as refused:
        pages.get(KEY)
    assert refused.value.pdf


def test_a_page_does_not_lead_into_the_local_network(
    pages: ArxivPages, server: ArxivServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    local = [False]
    monkeypatch.setattr(peers, "is_private", lambda _peer: local.pop(0) if local else True)
    server.misbehave("/html/", redirect(f"{server.url}/web/router"))
    with pytest.raises(Unreachable, match="in the local network"):
        pages.get(KEY)
    assert server.paths("/web") == []


def test_a_page_may_be_of_20_megabytes() -> None:
    assert LIMITS.size == 20 * 1024 * 1024
