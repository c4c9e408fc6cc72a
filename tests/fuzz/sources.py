"""What comes over the network: feeds, listings, mailings, the API's answers, web pages, full texts."""

import re
from collections.abc import Callable
from contextlib import suppress
from datetime import date, timedelta

from lxml import etree
from markdown_it import MarkdownIt

from tests.arxiv_forms import api, feed, listing_page
from tests.arxiv_mails import mailing
from tests.arxiv_pages import catchup_page
from tests.fuzz.target import Target
from tests.sources.full_text.pages import KEY, URL, page, para, section
from triage import clean, xml_bytes
from triage.full_text import Part
from triage.listing_day import Calendar
from triage.network import Announced
from triage.paper import Kind, Paper
from triage.ports import Unreachable
from triage.settings import ArxivSettings
from triage.sources import arxiv_api, arxiv_listing, arxiv_mail, arxiv_rss, links, web_page
from triage.sources.full_text.conversion import Conversion
from triage.sources.full_text.page import read
from triage.sources.http import Answer, Http

DAY = date(2026, 11, 20)
PAPERS = [
    Paper(
        f"2611.0{number:04d}",
        f"On $O(n^{number})$ & <tea>, 100% of {{it}}",
        ("Ada Example", r"Jos\'e P\'erez (1)", "The {Tea} Collaboration"),
        f"We study $\\alpha_{number}$ and ``tea''. It is 5 < 6.",
        1 if kind is Kind.NEW else 2,
        kind,
        ("cs.CL", "cs.LG") if number % 2 else ("cs.LG", "cs.CL"),
        "cs.CL" if number % 2 else "cs.LG",
        "18 pages, 4 figures",
        "10.1000/a_b",
        "J. 1 (2026)",
    )
    for number, kind in enumerate(Kind, start=1)
]
_CALENDAR = Calendar()
_WINDOW = _CALENDAR.submissions(DAY)
CARD = (
    b'<html><head><title>T - S</title><meta property="og:title" content="T">'
    b'<script type="application/ld+json">{"@type":"Article","author":{"name":"A"},'
    b'"datePublished":"2026-01-02"}</script></head></html>'
)
_META = (
    b'<meta charset=utf-8><meta name="citation_title" content="A &amp; B"><meta name=author content=Ada>'
    b'<meta property="article:published_time" content="2026-01-02T03:04:05Z"><h1>A &lt;b&gt;</h1>'
    b'<p class="byline">By <a rel=author href=/ada>Ada Example</a></p><time datetime="2026-01-02">x</time>'
    b'<meta name=description content="What it says."><link rel=canonical href="http://a.example/y">'
)
_PDF = (
    b"%PDF-1.4\n1 0 obj <</Title (On \\(tea\\) \\101\\\n) /Author (A)>> endobj\n"
    b"2 0 obj <</Title <FEFF00410042>>> endobj\ntrailer <</Info 1 0 R>> <</Info 2 0 R>>\n"
    b"<dc:title><rdf:Alt><rdf:li xml:lang='x-default'>On tea</rdf:li></rdf:Alt></dc:title>"
)
_TABLE = (
    '<figure class="ltx_table" id="S1.T1"><figcaption class="ltx_caption">Table 1: Tea</figcaption>'
    '<table class="ltx_tabular"><tr class="ltx_tr"><td class="ltx_td" colspan="2">a|b</td><td>1</td></tr>'
    '<tr><th rowspan="2">c</th><td>2</td></tr></table></figure>'
)
_TEXT = page(
    section(
        para('Tea <em>and</em> <a href="#bib.bib1">[1]</a> <math alttext="x^{2}"><mi>x</mi></math><br>more')
        + '<span class="ltx_note ltx_role_footnote"><span class="ltx_note_content">A note</span></span>'
        + _TABLE
        + '<table class="ltx_equation"><tr class="ltx_eqn_row"><td><math alttext="a\\\\b"></math></table>'
        + '<ul><li id="i1">one</li><li>two<ol><li>three</li></ol></li></ul><blockquote>q</blockquote>'
        + '<div class="ltx_listing"><div class="ltx_listingline">a = `b` * 3</div></div><code>``x`</code>'
        + '<div class="ltx_theorem"><h6 class="ltx_title">Theorem 1</h6><p>All *tea*.</p></div>'
    )
    + '<section class="ltx_bibliography"><h2>References</h2><ul><li class="ltx_bibitem" id="bib.bib1">'
    'Ada, <a href="https://a.example/x_(y)">On tea</a></li></ul></section>'
)
XML = (
    b"<",
    b">",
    b"&",
    b"&#27;",
    b"&#x9b;",
    b"\x1b[31m",
    b"]]>",
    b"<![CDATA[",
    b"<!--",
    b"\xff",
    b"&amp;lt;",
)


def full_text_of(body: str) -> bytes:
    """A page of a paper with this in its first section."""
    return page(section(body))


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


def _listing(content: bytes) -> tuple[Paper, ...]:
    found = arxiv_listing.parse(content, "cs.CL", "host")
    return checked(found) if found.page else whole(found)


def _catchup(content: bytes) -> tuple[Paper, ...]:
    found = arxiv_listing.parse_day(content, "cs.CL", DAY, 1, "host")
    assert found.listed == DAY
    return checked(found) if found.page else whole(found)


class Answering(Http):
    """An HTTP session that has its answer already."""

    def __init__(self, content: bytes) -> None:
        self._content = content

    def get(self, url: str, *_: object, **_options: object) -> Answer:
        return Answer(url, 200, self._content)


def _details(content: bytes) -> tuple[Paper, ...]:
    found = tuple(arxiv_api.ArxivApi(Answering(content), ArxivSettings()).details([one.id for one in PAPERS]))
    assert {paper.id for paper in found} <= {paper.id for paper in PAPERS}
    return found


def _card(content: bytes) -> tuple[Paper, ...]:
    return (web_page.parse(Answer("http://a.example/x", 200, content), "http://a.example/x"),)


def _file(content: bytes) -> tuple[Paper, ...]:
    kind, _, body = content.partition(b"\n")
    answer = Answer(
        "http://a.example/x_y.pdf", 200, body, {"content-type": kind.decode("latin-1", "replace").strip()}
    )
    return (web_page.parse(answer, answer.url),)


def _are_clean(read: Callable[[bytes], tuple[Paper, ...]]) -> Callable[[bytes], None]:
    def check(content: bytes) -> None:
        for paper in read(content):
            texts = (
                paper.title, *paper.authors, *paper.categories, paper.primary, paper.arxiv_comments,
                paper.site, paper.doi, paper.journal_ref, paper.published, paper.updated, paper.id,
            )  # fmt: skip
            assert all(clean.line(one) == one for one in texts if one), texts
            assert clean.clean(paper.abstract) == paper.abstract
            assert Paper.from_record(paper.as_record()) == paper

    return check


_COMMONMARK = MarkdownIt("commonmark").enable(["table", "strikethrough"])


def _full_text(content: bytes) -> None:
    conversion = Conversion(read(content, "", URL, KEY), URL)
    assert clean.line(conversion.title) == conversion.title
    for part in conversion.parts():
        assert Part.from_record(part.as_record()) == part
        assert clean.line(part.heading) == part.heading
        assert clean.clean(part.markdown) == part.markdown, repr(part.markdown)
        assert all(0 <= line <= part.markdown.count("\n") for _, line in part.targets)
        for token in _COMMONMARK.parse(part.markdown):
            assert token.type != "html_block", token.content
            for one in token.children or ():
                assert one.type != "html_inline" or one.content.startswith("<br"), one.content


def _mended(content: bytes) -> None:
    fit = xml_bytes.mended(content)
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    with suppress(etree.XMLSyntaxError):
        etree.fromstring(fit, parser)
    # Where XML knows of neither text nor attribute, a reference is stepped over: `<?x <!-- ?>`.
    odd = re.search(rb"<!|.<\?|&#(?!x[0-9A-Fa-f]+;|[0-9]+;)", fit, re.DOTALL)
    assert odd or etree.ErrorTypes.ERR_INVALID_CHAR not in {one.type for one in parser.error_log}, fit


def _redirect(content: bytes) -> None:
    start, _, to = content.decode("latin-1").partition("\n")
    leads = links.redirected(links.checked(start, "a page"), to, "a page")
    assert leads.scheme in ("http", "https")
    assert leads.hostname
    assert leads.username is None


TARGETS = (
    Target(
        "rss",
        _are_clean(lambda data: whole(arxiv_rss.parse(data, "cs.CL", "host"))),
        (feed(PAPERS, DAY, "cs.CL"), feed(PAPERS, DAY, "cs.CL", "atom")),
        (Unreachable,),
        XML,
        8192,
    ),
    Target("listing", _are_clean(_listing), (listing_page(PAPERS, DAY, "cs.CL"),), (Unreachable,), XML, 8192),
    Target(
        "catch-up",
        _are_clean(_catchup),
        (
            catchup_page(PAPERS, DAY, "cs.CL"),
            catchup_page(PAPERS, DAY, "cs.CL", next_day=DAY + timedelta(days=3)),
        ),
        (Unreachable,),
        XML,
        8192,
    ),
    Target(
        "second page",
        _are_clean(lambda data: checked(arxiv_listing.parse_day(data, "cs.CL", DAY, 2, "host"))),
        (catchup_page(PAPERS, DAY, "cs.CL", page=2, size=3),),
        (Unreachable,),
        XML,
        8192,
    ),
    Target(
        "mailing",
        _are_clean(lambda data: whole(*arxiv_mail.parse(data, "host", _CALENDAR))),
        (mailing(PAPERS, *_WINDOW, "cs.CL"), mailing(PAPERS, *_WINDOW, "cs", ["cs.CL", "cs.LG"])),
        (Unreachable,),
        (b"\\\\", b"Title:", b"arXiv:", b"> ", b"\n", b"=?utf-8?q?", b"--"),
        8192,
    ),
    Target("api", _are_clean(_details), (api(PAPERS),), (Unreachable,), XML, 8192),
    Target(
        "xml bytes",
        _mended,
        (b"<?xml version='1.0' encoding='latin-1'?><a>&#27;&#x9;</a>", "<a>\ufffe</a>".encode("utf-16")),
        (),
        XML,
    ),
    Target(
        "web page",
        _are_clean(_card),
        (CARD, _META),
        (Unreachable,),
        (*XML, b'<meta name="author" content="', b'"@type":"Person"', b"itemprop=name"),
    ),
    Target(
        "file on the web",
        _are_clean(_file),
        (
            b"application/pdf\n" + _PDF,
            b"text/plain\n# A title\n\nText.",
            b"text/markdown\n---\ntitle: x\n---",
            b"image/png; charset=x\n\x89PNG",
        ),
        (Unreachable,),
        (b"/Title (", b"<FEFF", b"/Info 1 0 R", b"\\"),
    ),
    Target(
        "full text",
        _full_text,
        (_TEXT,),
        (Unreachable,),
        (
            *XML,
            b'<table class="ltx_tabular">',
            b'<math alttext="',
            b"<td>",
            b"`",
            b"*",
            b"|",
            b"\\",
            b"<br>",
            b"<li>",
            b'class="ltx_note"',
            b"</p>",
            b'<a href="#',
        ),
        8192,
    ),
    Target(
        "redirect",
        _redirect,
        (b"https://a.example/x\nhttps://127.0.0.1/y", b"http://a.example\n/z"),
        (Unreachable,),
        (b"://", b"@", b"[::1]", b"\\", b"%00", b"file:", b"//"),
    ),
)
