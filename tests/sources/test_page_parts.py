"""Who wrote a page, when, and what it is about: from whichever part of it says so."""

import pytest

from tests.sources.heads import ld, meta
from tests.sources.test_web_page import parse
from triage.sources.page_date import iso_day


@pytest.mark.parametrize(
    ("page", "authors"),
    [
        (meta("author", "Ann Author"), ["Ann Author"]),
        (meta("author", "By Ann Author and Bo Writer"), ["Ann Author", "Bo Writer"]),
        (meta("author", "Ann Author, Bo Writer, and Cy Editor"), ["Ann Author", "Bo Writer", "Cy Editor"]),
        (meta("author", "Ann Author, Bo Writer"), ["Ann Author", "Bo Writer"]),
        (meta("author", "Author, Ann"), ["Ann Author"]),
        (meta("author", "Ann Author, PhD"), ["Ann Author"]),
        (meta("author", "Martin Luther King, Jr."), ["Martin Luther King, Jr."]),
        (meta("author", "Ann Author; Writer, Bo"), ["Ann Author", "Bo Writer"]),
        (meta("author", "admin", "Ann Author"), ["Ann Author"]),
        (meta("author", "https://facebook.com/ann", "@ann", "ann@example.org", " "), []),
        (meta("citation_author", "Author, Ann", "Bo Writer", "Ann Author"), ["Ann Author", "Bo Writer"]),
        (meta("citation_authors", "Author, Ann; Writer, Bo"), ["Ann Author", "Bo Writer"]),
        (meta("citation_author", "de Souza, Ana", "van Gogh V."), ["Ana de Souza", "van Gogh V."]),
        (meta("citation_author", "Schäfer Aguilar, Paloma"), ["Paloma Schäfer Aguilar"]),
        (meta("citation_author", "van der Berg, Jan Willem"), ["Jan Willem van der Berg"]),
        (
            meta("citation_authors", "Ann Author, Bo Writer, and Cy Editor"),
            ["Ann Author", "Bo Writer", "Cy Editor"],
        ),
        (meta("author", "Written by Ann Author, PhD, and Bo Writer, Jr."), ["Ann Author", "Bo Writer, Jr."]),
        (meta("author", "Ann Author|Bo Writer"), ["Ann Author", "Bo Writer"]),
        (meta("og:site_name", "The Press") + meta("author", "Ann Author, The Press"), ["Ann Author"]),
        (meta("og:site_name", "The Press") + meta("author", "The Press"), ["The Press"]),
        (meta("author", "Somebody, Inc."), ["Somebody, Inc."]),
        (meta("author", "Author, Ann and Writer, Bo"), ["Ann Author", "Bo Writer"]),
        (meta("author", "Ann Author, Somewhere"), ["Ann Author", "Somewhere"]),
        (
            ld({"@type": "Article", "author": [{"name": "Ann Author"}, "Bo Writer"]}),
            ["Ann Author", "Bo Writer"],
        ),
        (ld({"@type": "Article", "author": {"@type": "Person", "name": ["Ann Author"]}}), ["Ann Author"]),
        (
            ld(
                {
                    "@graph": [
                        {"@type": "Article", "author": {"@id": "#a"}},
                        {"@id": "#a", "name": "Ann Author"},
                    ]
                }
            ),
            ["Ann Author"],
        ),
        (
            '<span itemprop="author"><link href="x"><link itemprop="name" content="A Channel"></span>',
            ["A Channel"],
        ),
        ("<title>A post | by Ann Author | The Press | Medium</title>", ["Ann Author"]),
        ("<title>A post - by Ann Author - Her Letter</title>", ["Ann Author"]),
        ('<p>Posted by <a rel="author" href="/ann">Ann Author</a></p>', ["Ann Author"]),
        ('<span class="p-author h-card">Ann Author</span>', ["Ann Author"]),
        ("<p>Nobody says</p>", []),
    ],
)
def test_who_wrote_it(page: str, authors: list[str]) -> None:
    assert list(parse(page.encode()).authors) == authors


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-03-04T10:00:00Z", "2026-03-04"),
        ("2026/3/4", "2026-03-04"),
        ("20260304", "2026-03-04"),
        ("20260304T101112Z", "2026-03-04"),
        ("2026-03", "2026-03"),
        ("1999", "1999"),
        ("4 March 2026", "2026-03-04"),
        ("March 4th, 2026", "2026-03-04"),
        ("Mar. 4, 2026", "2026-03-04"),
        ("Wednesday, 4 March 2026", "2026-03-04"),
        ("4.3.2026", "2026-03-04"),
        ("2026 Mar 4", "2026-03-04"),
        ("2026 March", "2026-03"),
        ("2026 Spring", "2026"),
        ("25/04/2026", "2026-04-25"),
        ("04/25/2026", "2026-04-25"),
        ("03/04/2026", None),
        ("July 2009", "2009-07"),
        ("Wed, 04 Mar 2026 10:00:00 GMT", "2026-03-04"),
        ("0001-01-01T00:00:00Z", None),
        ("2026-13-01", None),
        ("yesterday", None),
        ("", None),
        ("9" * 10_000, None),
    ],
)
def test_days_in_the_forms_that_pages_have(text: str, day: str | None) -> None:
    assert iso_day(text) == day


@pytest.mark.parametrize(
    ("page", "url", "day"),
    [
        (meta("article:published_time", "2026-03-04T10:00:00Z"), "", "2026-03-04"),
        (
            meta("citation_publication_date", "2026/01/01") + meta("citation_date", "2026-03-27"),
            "",
            "2026-03-27",
        ),
        (
            meta("citation_publication_date", "2026/01/01") + meta("citation_date", "2025-03-27"),
            "",
            "2026-01-01",
        ),
        (meta("citation_publication_date", "2026") + meta("dcterms.date", "2026-03-04"), "", "2026-03-04"),
        (meta("citation_publication_date", "2026/03") + meta("date", "2026-04-05"), "", "2026-03"),
        ("<main><h1>T</h1><p>Mar 4, 2026</p></main>", "", "2026-03-04"),
        (ld({"@type": "VideoObject", "name": "V", "uploadDate": "2026-03-04"}), "", "2026-03-04"),
        ('<meta itemprop="datePublished" content="2026-03-04">', "", "2026-03-04"),
        ('<article><time datetime="2026-03-04">a while ago</time></article>', "", "2026-03-04"),
        ("<time>4 March 2026</time>", "", "2026-03-04"),
        (meta("og:title", "T"), "http://a.example/2026/03/04/t", "2026-03-04"),
        (meta("og:title", "T"), "http://a.example/2026/03/t", "2026-03"),
        ("<h1>T</h1><p>4 March 2026</p><p>5 May 2027</p>", "", "2026-03-04"),
        ("<h1>T</h1><p>1 May 2020</p><p>4 March 2026</p>", "http://a.example/2026/03/t", "2026-03-04"),
        (meta("og:title", "T") + "<td>4 March 2026</td>", "", None),
        ("<p>It was 4 March 2026 when it began.</p>", "", None),
        ("<p>x</p>", "http://a.example/1234/56/t", None),
    ],
)
def test_when_it_was_published(page: str, url: str, day: str | None) -> None:
    assert parse(page.encode(), url=url or "http://blog.example/post").published == day


PROSE = "It begins here, with a sentence that is long enough to be one. And it goes on for a while."


@pytest.mark.parametrize(
    ("page", "text"),
    [
        (meta("description", "About it."), "About it."),
        (
            meta("og:description", "About…") + meta("description", "About it, and more."),
            "About it, and more.",
        ),
        (meta("description", "A title") + meta("og:title", "A title") + f"<p>{PROSE}</p>", PROSE),
        (ld({"@type": "Article", "description": "Told &amp; in JSON."}), "Told & in JSON."),
        (
            meta(
                "description", "A tool. Contribute to user/repo development by creating an account on GitHub."
            ),
            "A tool",
        ),
        (f"<nav><p>{PROSE}</p></nav><p>Short.</p><article><p>{PROSE[:-1]}!</p></article>", PROSE[:-1] + "!"),
        (f"<p>We use cookies to make this site better for you. {PROSE[:60]}</p><p>{PROSE}</p>", PROSE),
        (f"<p><a href=x>{PROSE}</a></p>", ""),
        (f"<p>{PROSE.replace('.', '<sup>[1]</sup>.', 1)}</p>", PROSE),
        (f"<font>{PROSE} {PROSE}<br><br>{PROSE}</font>", f"{PROSE} {PROSE}"),
        (
            f'<div class="article-abstract"><p>Abstract: {PROSE}</p></div>' + meta("citation_title", "T"),
            PROSE,
        ),
        (f"<p>{PROSE}</p>" + meta("citation_title", "T"), ""),
        (
            meta("citation_title", "T")
            + meta("description", "Ann Author. Proceedings of the Nth Conference. 2026.")
            + f"<form><h4>Abstract</h4><p>{PROSE} No.</p></form>"
            + f"<h5>Abstract</h5><div><p>{PROSE}</p><p>Keywords</p></div>",
            PROSE,
        ),
        (
            meta("citation_title", "T")
            + f'<div class="abstract"><ul class="highlights"><p>{PROSE} No.</p></ul></div>'
            + f'<div class="abstract">{PROSE}</div>',
            PROSE,
        ),
        (meta("citation_abstract", f"&lt;h3&gt;ABSTRACT&lt;/h3&gt; &lt;p&gt;{PROSE}&lt;/p&gt;"), PROSE),
        (
            meta("description", "Abstract algebra is what it is about."),
            "Abstract algebra is what it is about.",
        ),
        (meta("description", "The &lt;p&gt; element is a paragraph."), "The <p> element is a paragraph."),
        (meta("description", "&lt;p&gt;It was cut from its"), "It was cut from its"),
        (meta("description", "A tool. - a/post"), "A tool."),
        (f"<script>{PROSE} {PROSE}</script><style>{PROSE} {PROSE}</style>", ""),
        ("<p>No sentence</p>", ""),
    ],
)
def test_what_it_is_about(page: str, text: str) -> None:
    assert parse(page.encode(), url="http://blog.example/a/post").abstract == text


@pytest.mark.parametrize(
    ("page", "url", "site"),
    [
        (meta("og:site_name", "The Site"), "http://a.example/", "The Site"),
        (
            meta("citation_journal_title", "J. of X") + meta("citation_publisher", "P"),
            "http://a.example/",
            "J. of X",
        ),
        (
            ld([{"@type": "WebSite", "name": "The Site"}, {"@type": "Article"}]),
            "http://a.example/",
            "The Site",
        ),
        (ld({"@type": "Article", "publisher": {"name": "The Paper"}}), "http://a.example/", "The Paper"),
        (
            ld({"@type": "Article", "publisher": {"name": "Wikimedia Foundation, Inc."}})
            + "<title>Ein Ding – Wikipedia</title>",
            "https://de.wikipedia.org/wiki/A",
            "Wikipedia",
        ),
        ("<title>Daring Fireball: A thing</title>", "https://daringfireball.net/x", "Daring Fireball"),
        ("<title>A thing</title>", "https://www.a.example/x", "a.example"),
    ],
)
def test_whose_site_it_is(page: str, url: str, site: str) -> None:
    assert parse(page.encode(), url=url).site == site


@pytest.mark.parametrize(
    ("page", "doi"),
    [
        (meta("citation_doi", "10.1000/a.b-(1)2"), "10.1000/a.b-(1)2"),
        (meta("citation_doi", "https://doi.org/10.1000/a"), "10.1000/a"),
        (meta("dc.identifier", "S2210271X18305656", "doi:10.1000/a"), "10.1000/a"),
        (meta("citation_doi", "forthcoming"), None),
        (meta("description", "See 10.1000/a"), None),
    ],
)
def test_the_doi_of_a_papers_page(page: str, doi: str | None) -> None:
    assert parse(page.encode()).doi == doi
