"""What a web page says of itself, and pages that say nothing or too much (hazards E94, E96)."""

import json
import time
from dataclasses import replace
from pathlib import Path

import pytest

from tests.arxiv_forms import Reply, Written
from tests.arxiv_server import ArxivServer, drip, redirect
from tests.sources.conftest import QUICK, NotingClock
from triage.network import Told
from triage.paper import Paper
from triage.ports import Unreachable
from triage.sources import web_page
from triage.sources.arxiv_api import ArxivApi
from triage.sources.http import Answer, Http
from triage.sources.pages import WebAndArxiv

REAL = Path(__file__).parents[3] / "shared" / "real" / "web"

CARD = b"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>The Essay | Example Press</title>
<meta property="og:title" content="The Essay &amp; Its Reader">
<meta property="og:site_name" content="Example Press"><meta name="author" content="By Ann Author">
<meta property="og:description" content="What &lt;b&gt;it&lt;/b&gt; is about.">
<meta property="article:published_time" content="2026-03-04T10:00:00Z"></head><body><h1>Other</h1></body>
</html>"""
LINKED = json.dumps(
    {
        "@graph": [
            {"@type": "Organization", "name": "Not this"},
            {
                "@type": "NewsArticle",
                "headline": "From JSON-LD",
                "author": [{"name": "Bo Writer"}, {"name": "Cy Editor"}],
                "publisher": {"name": "The Paper"},
                "datePublished": "2025-12-31",
                "description": "Told in JSON.",
            },
        ]
    }
).encode()


def parse(content: bytes, kind: str = "text/html", url: str = "http://blog.example/post") -> Paper:
    return web_page.parse(Answer(url, 200, content, {"content-type": kind}), url)


def test_open_graph_over_the_wire(http: Http, server: ArxivServer) -> None:
    assert isinstance(server.content, Written)
    server.content.pages["essay"] = Reply(CARD)
    link = f"{server.url}/web/essay"
    found = list(WebAndArxiv(ArxivApi(http, server.settings), http).look_up([link, "2611.00001"]))
    by_id = {one.paper.id: one.paper for one in found}
    assert by_id["2611.00001"].title == "Title 1"
    page = by_id[link]
    assert (page.title, page.site, page.authors) == (
        "The Essay & Its Reader",
        "Example Press",
        ("Ann Author",),
    )
    assert (page.abstract, page.published, page.url) == ("What it is about.", "2026-03-04", link)
    assert (page.kind, page.version) == (None, None)


def test_json_ld() -> None:
    page = parse(b'<html><script type="application/ld+json">' + LINKED + b"</script></html>")
    assert (page.title, page.site, page.authors) == ("From JSON-LD", "The Paper", ("Bo Writer", "Cy Editor"))
    assert (page.published, page.abstract) == ("2025-12-31", "Told in JSON.")


def test_citation_tags() -> None:
    page = parse(
        b'<title>x | Journal</title><meta name="citation_title" content="A Study">'
        b'<meta name="citation_author" content="Author, Ann">'
        b'<meta name="citation_author" content="Bo Writer">'
        b'<meta name="citation_publication_date" content="2019/4/5">'
        b'<meta name="citation_publisher" content="Press">'
    )
    assert (page.title, page.authors, page.published) == (
        "A Study",
        ("Ann Author", "Bo Writer"),
        "2019-04-05",
    )
    assert page.site == "Press"


def test_dublin_core() -> None:
    page = parse(
        b'<meta name="DC.title" content="Core"><meta name="DC.creator" content="Ann Author">'
        b'<meta name="DC.date" content="1999"><meta name="DC.description" content="Old.">'
    )
    assert (page.title, page.authors, page.published, page.abstract) == (
        "Core",
        ("Ann Author",),
        "1999",
        "Old.",
    )


@pytest.mark.parametrize(
    ("content", "kind", "title"),
    [
        ("<title>Łódź – ü</title>".encode(), "text/html", "Łódź – ü"),
        ("<title>Łódź – ü</title>".encode(), "text/html; charset=iso-8859-1", "Łódź – ü"),
        ("<title>ü</title>".encode("latin-1"), "text/html; charset=iso-8859-1", "ü"),
        ('<meta charset="koi8-r"><title>Ж</title>'.encode("koi8-r"), "text/html", "Ж"),
        ("<title>ü</title>".encode("latin-1"), "text/html; charset=nonsense", "ü"),
        ("<title>Łódź</title>".encode("utf-16"), "text/html", "Łódź"),
        ("\ufeff<title>Łódź</title>".encode(), "text/html; charset=iso-8859-1", "Łódź"),
    ],
)
def test_charsets_come_from_the_bytes_first(content: bytes, kind: str, title: str) -> None:
    assert parse(content, kind).title == title


@pytest.mark.parametrize(
    "content",
    [
        b"<a " * 20_000,
        b"<!--" * 100_000,
        b"<![" * 50_000,
        b"<div>" * 5_000 + b"x",
        b"<p>" + b" " * 80_000,
        b'<script type="application/ld+json">' + b"[" * 100_000 + b"</script>",
        b'<script type="application/ld+json">' + b'{"@graph":' * 5_000 + b"</script>",
        b'<meta name="author" content="A">' * 10_000,
        b"\x00\xff\xfe<title>",
        b"",
    ],
)
def test_pages_that_hang_others_are_read_at_once(content: bytes) -> None:
    started = time.process_time()
    assert parse(content).id == "http://blog.example/post"
    assert time.process_time() - started < 5


def test_nothing_a_terminal_obeys_comes_through() -> None:
    page = parse("<title>A\x1b]52;c;x\x07 \u202eb [@click=app.quit]</title>".encode())
    assert page.title == "A]52;c;x b [@click=app.quit]"


@pytest.mark.parametrize(
    ("description", "abstract"),
    [
        ("How &lt;and why&gt; it works", "How <and why> it works"),
        ("List&lt;String&gt; and a &lt; b, c &gt; d", "List<String> and a < b, c > d"),
        ("&lt;p class='x'&gt;One &lt;b&gt;bold&lt;/b&gt; word&lt;br /&gt;&lt;/p&gt;", "One bold word"),
        ("&lt;a href=https://x.example/ rel=me&gt;A link&lt;/a&gt; &lt;a and b&gt;", "A link <a and b>"),
    ],
)
def test_of_a_description_only_html_goes(description: str, abstract: str) -> None:
    head = f'<meta property="og:title" content="T"><meta property="og:description" content="{description}">'
    assert parse(f"<html><head>{head}</head></html>".encode()).abstract == abstract


def test_a_look_alike_host_shows_as_what_it_is() -> None:
    assert parse(b"<p>", url="http://аrxiv.example/x").site == "xn--rxiv-43d.example"


@pytest.mark.parametrize(
    ("reply", "sentence"),
    [
        (Reply(b"\x89PNG", "image/png"), r"is not a web page but image/png, and says nothing .*; write its"),
        (Reply(b"%PDF-1.4", "application/pdf"), "is not a web page but application/pdf"),
        (Reply(b"no", status=404), r"answered 404 for .* Check the link, or write its title"),
    ],
)
def test_what_says_nothing_is_told(http: Http, server: ArxivServer, reply: Reply, sentence: str) -> None:
    assert isinstance(server.content, Written)
    server.content.pages["7"] = reply
    with pytest.raises(Unreachable, match=sentence):
        web_page.look_up(http, f"{server.url}/web/7?")


def test_a_page_longer_than_the_limit_is_read_from_its_start(server: ArxivServer, clock: NotingClock) -> None:
    assert isinstance(server.content, Written)
    server.content.pages["x"] = Reply(CARD + b" " * 2 * 1024 * 1024)
    told = web_page.look_up(Http(clock, replace(QUICK, cuts=True)), f"{server.url}/web/x")
    assert told.paper.title == "The Essay & Its Reader"
    assert web_page.LIMITS.cuts
    assert (web_page.LIMITS.total, web_page.LIMITS.size) == (10.0, 5 * 1024 * 1024)


def test_who_answered_in_the_end_is_told_when_it_is_another_host(http: Http, server: ArxivServer) -> None:
    assert isinstance(server.content, Written)
    server.content.pages["essay"] = Reply(CARD)
    there = server.url.replace("127.0.0.1", "localhost")
    server.misbehave("/web/short", redirect(f"{there}/web/essay"))
    assert web_page.look_up(http, f"{server.url}/web/short").host == "localhost"
    assert web_page.look_up(http, f"{server.url}/web/essay").host == ""


def test_a_page_to_sign_in_at_is_told(http: Http, server: ArxivServer) -> None:
    assert isinstance(server.content, Written)
    server.content.pages["login"] = Reply(b"<title>Example</title><input type=password>")
    server.misbehave("/web/secret", redirect(f"{server.url}/web/login"))
    with pytest.raises(Unreachable, match=r"does not show .*/web/secret but “Example”"):
        web_page.look_up(http, f"{server.url}/web/secret")
    assert web_page.look_up(http, f"{server.url}/web/login").paper.title == "Example", "asked for itself"


def test_a_page_that_drips_ends_at_the_deadline(http: Http, server: ArxivServer) -> None:
    server.misbehave("/web", drip())
    with pytest.raises(Unreachable, match=r"within 0\.6 s"):
        web_page.look_up(http, f"{server.url}/web/x")


@pytest.mark.parametrize(
    ("trouble", "said"), [("slow", r"longer than 0\.1 s"), ("large", "too much for the memory")]
)
def test_a_page_that_takes_too_much_does_not_cost_the_rest(
    http: Http, server: ArxivServer, monkeypatch: pytest.MonkeyPatch, trouble: str, said: str
) -> None:
    def parse(answer: Answer, url: str) -> Paper:
        while url.endswith("slow"):
            pass
        if url.endswith("large"):
            raise MemoryError
        return Paper(url, "Title")

    assert isinstance(server.content, Written)
    server.content.pages |= {trouble: Reply(CARD), "good": Reply(CARD)}
    monkeypatch.setattr(web_page, "parse", parse)
    monkeypatch.setattr("triage.sources.pages.PAGE_SECONDS", 0.1)
    found: list[Told] = []
    links = [f"{server.url}/web/{trouble}", f"{server.url}/web/good"]
    with pytest.raises(Unreachable, match=said):
        found.extend(WebAndArxiv(ArxivApi(http, server.settings), http).look_up(links))
    assert [one.paper.id for one in found] == links[1:]


def test_what_cannot_be_read_does_not_cost_the_rest(http: Http, server: ArxivServer) -> None:
    assert isinstance(server.content, Written)
    server.content.pages["good"] = Reply(CARD)
    server.misbehave("/web/bad", redirect("file:///etc/passwd"))
    links = [f"{server.url}/web/bad", f"{server.url}/web/good"]
    found: list[Told] = []
    pages = WebAndArxiv(ArxivApi(http, server.settings), http)
    with pytest.raises(Unreachable, match="not a web link"):
        found.extend(pages.look_up(links))
    assert [one.paper.id for one in found] == links[1:]


@pytest.mark.skipif(not REAL.is_dir(), reason="the captures are not beside the checkout")
@pytest.mark.parametrize(
    ("name", "url", "title", "site", "authors", "published", "begins"),
    [
        (
            "general--daringfireball.net-2025-02-the_iphone_16e.html",
            "https://daringfireball.net/2025/02/the_iphone_16e",
            "The iPhone 16e", "Daring Fireball", 0, "2025-02-26", "The iPhone 16e is an iPhone for people",
        ),
        (
            "general--obsidian.md-blog-verify-obsidian-sync-encryption.html",
            "https://obsidian.md/blog/verify-obsidian-sync-encryption/",
            "How to verify Obsidian Sync's end-to-end encryption", "Obsidian", 0, None, "How can you be sure",
        ),
        (
            "general--wikipedia.html",
            "https://en.wikipedia.org/wiki/Obsidian_(software)",
            "Obsidian (software)", "Wikipedia", 0, None,
            "Obsidian is a personal knowledge management and note-taking software application that operates "
            "on Markdown files. It allows users",
        ),
        (
            "papis_IOPScience_ab007b.html",
            "https://iopscience.iop.org/article/10.1088/1748-605X/ab007b",
            "Resorbable PCEC/gelatin-bismuth doped bioglass-graphene oxide bilayer membranes "
            "for guided bone regeneration",
            "Biomedical Materials", 4, "2019-04-15", "Guided bone regeneration (GBR) is a",
        ),
        (
            "papis_USENIX_goyal.html",
            "https://www.usenix.org/conference/nsdi22/presentation/goyal",
            "Backpressure Flow Control", "USENIX", 6, "2022", "",
        ),
        (
            "table-layout--paulgraham.com-makersschedule.html",
            "https://paulgraham.com/makersschedule.html",
            "Maker's Schedule, Manager's Schedule", "paulgraham.com", 0, "2009-07",
            "One reason programmers dislike meetings so much is that they're on a different type of schedule",
        ),
    ],
)  # fmt: skip
def test_the_captured_pages(
    name: str, url: str, title: str, site: str, authors: int, published: str | None, begins: str
) -> None:
    page = parse((REAL / name).read_bytes(), url=url)
    assert (page.title, page.site, len(page.authors), page.published) == (title, site, authors, published)
    assert page.abstract.startswith(begins)
    assert bool(page.abstract) is bool(begins)
