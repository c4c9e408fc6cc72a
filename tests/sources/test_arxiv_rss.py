"""What becomes of a feed, right or wrong (hazards A14 to A22, A25, A27, A28)."""

from datetime import date
from pathlib import Path

import pytest

from tests.arxiv_forms import Written, feed
from tests.arxiv_server import ArxivServer, body, serving, truncated, web_page
from tests.sources.conftest import DAY, PAPERS, paper
from triage.ledger import Sections
from triage.network import Announced
from triage.paper import Kind
from triage.ports import Unreachable
from triage.sources import arxiv_rss
from triage.sources.feeds import ArxivFeeds
from triage.sources.http import Http

REAL = Path(__file__).parents[3] / "shared" / "real" / "rss"
real = pytest.mark.skipif(not REAL.is_dir(), reason="the captures are not beside the checkout")


def parse(content: bytes) -> Announced:
    return arxiv_rss.parse(content, "cs.CL", "rss.arxiv.org")


def test_a_listing_over_the_wire(http: Http, server: ArxivServer) -> None:
    found = ArxivFeeds(http, server.settings).today("cs.CL")
    assert (found.listed, found.sections, found.source) == (DAY, Sections(1, 2, 2), "rss")
    assert (found.cut_off, found.flagged) == (False, 0)
    assert [(one.id, one.kind) for one in found.papers] == [
        ("2611.00001", Kind.NEW),
        ("2611.00002", Kind.CROSS),
        ("2611.00003", Kind.CROSS),
        ("2611.00004", Kind.REPLACE),
        ("2611.00005", Kind.REPLACE_CROSS),
    ]
    first = found.papers[0]
    assert (first.title, first.authors, first.abstract) == (
        "Title 1",
        ("Ann Author", "Bo Writer"),
        "Abstract 1.",
    )
    assert (first.version, first.categories, first.primary, first.listed) == (
        1,
        ("cs.CL",),
        "cs.CL",
        "2026-11-20",
    )


def test_a_feed_that_is_known_is_not_sent_again(http: Http, server: ArxivServer) -> None:
    feeds = ArxivFeeds(http, server.settings)
    first = feeds.today("cs.CL")
    again = feeds.today("cs.CL", first.etag)
    assert first.etag
    assert (again.unchanged, again.papers, again.listed, again.etag) == (True, (), None, first.etag)
    assert not feeds.today("cs.CL", '"another"').unchanged
    assert not first.unchanged


def test_atom_of_a_mirror_reads_the_same() -> None:
    rss, atom = parse(feed(PAPERS, DAY, "cs.CL")), parse(feed(PAPERS, DAY, "cs.CL", "atom"))
    assert atom.papers == rss.papers
    assert atom.listed == rss.listed == DAY


def test_a_weekend_is_an_empty_listing_of_its_day() -> None:
    found = parse(feed((), date(2026, 11, 21), "cs.CL"))
    assert (found.listed, found.papers, found.sections) == (date(2026, 11, 21), (), Sections())
    assert not found.cut_off


def test_an_unknown_category_is_named_with_the_reason(http: Http, server: ArxivServer) -> None:
    with pytest.raises(Unreachable, match=r"does not know the category cs\.ZZ: Bad subject class"):
        ArxivFeeds(http, server.settings).today("cs.ZZ")


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"<!DOCTYPE html><html><body>Down</body></html>", "a web page, not a listing"),
        (b"", "an empty answer"),
        (b"  \n", "an empty answer"),
        (b'{"error": "x"}', "something that is not a listing"),
        (b"<rss version='2.0'></rss>", "cut short or damaged"),
        (b"<other/>", "something that is not a listing"),
        (feed(PAPERS, DAY, "cs.CL")[:-400], "cut short or damaged"),
    ],
)
def test_what_is_no_listing_is_never_no_papers(content: bytes, sentence: str) -> None:
    with pytest.raises(Unreachable, match=sentence):
        parse(content)


@pytest.mark.parametrize("fault", [web_page(), truncated(), body(b""), body(b"[]", "application/json")])
def test_the_same_over_the_wire(http: Http, server: ArxivServer, fault: object) -> None:
    server.misbehave("/rss", fault)  # type: ignore[arg-type]  # parametrize loses the type
    with pytest.raises(Unreachable, match=r"127\.0\.0\.1 sent .* for cs\.CL\. What was fetched before stays"):
        ArxivFeeds(http, server.settings).today("cs.CL")


def test_every_cut_of_a_feed_is_an_error() -> None:
    whole = feed(PAPERS, DAY, "cs.CL").rstrip()
    for end in range(0, len(whole) - 1, 37):
        with pytest.raises(Unreachable):
            parse(whole[:end])


def test_exactly_the_limit_is_cut_off() -> None:
    many = [paper(number) for number in range(1, 2001)]
    assert parse(feed(many, DAY, "cs")).cut_off
    assert not parse(feed(many[:-1], DAY, "cs")).cut_off
    # Whatever comes of them: arXiv counts items.
    assert parse(feed([*many[:-1], many[0]], DAY, "cs")).cut_off


def test_an_entry_without_an_id_counts_in_its_own_section() -> None:
    content = feed(PAPERS, DAY, "cs.CL").decode()
    content = content.replace("oai:arXiv.org:2611.00004v1", "").replace(
        "https://arxiv.org/abs/2611.00004", ""
    )
    found = parse(content.encode())
    assert (len(found.papers), found.sections) == (4, Sections(2, 1, 2))
    assert (found.cut_off, found.unread, found.flagged) == (False, 1, 0)


def test_entries_with_parts_missing_are_kept_or_counted() -> None:
    content = feed(PAPERS, DAY, "cs.CL").decode()
    content = content.replace("<title>Title 1</title>", "<title> </title>")
    content = content.replace("oai:arXiv.org:2611.00002v1", "junk").replace(
        "arxiv.org/abs/2611.00002", "x.org"
    )
    content = content.replace(">replace-cross<", ">absonly<")
    found = parse(content.encode())
    assert (found.sections, found.flagged) == (Sections(3, 1, 1), 2)
    # One of the papers announced is not here, so the listing is not whole.
    assert (found.unread, found.cut_off, found.lacks_papers) == (1, False, True)
    assert [one.id for one in found.papers] == ["2611.00001", "2611.00005", "2611.00003", "2611.00004"]
    assert found.papers[0].title == "(missing)"


def test_one_bad_date_costs_nothing() -> None:
    content = feed(PAPERS, DAY, "cs.CL").replace(b"<pubDate>Fri, 20 Nov", b"<pubDate>Fri, 99 Nov")
    bad_items = content.replace(b"<pubDate>Fri, 99 Nov", b"<pubDate>Fri, 20 Nov", 1)
    found = parse(bad_items)
    assert (found.listed, len(found.papers), found.flagged) == (DAY, 5, 5)
    with pytest.raises(Unreachable, match="does not say its day"):
        parse(content)


def test_an_id_announced_twice_is_one_paper_of_the_stronger_kind() -> None:
    found = parse(feed([paper(1, Kind.REPLACE), paper(1), paper(2)], DAY, "cs.CL"))
    assert [(one.id, one.kind) for one in found.papers] == [
        ("2611.00001", Kind.NEW),
        ("2611.00002", Kind.NEW),
    ]
    assert (found.sections, found.cut_off, found.flagged) == (Sections(2), False, 0)


def test_entities_of_the_feed_itself_are_refused(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("do not read")
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 9))
    for doctype in (
        f'<!DOCTYPE rss [<!ENTITY l0 "ha">{laughs}]>',
        f'<!DOCTYPE rss [<!ENTITY l8 SYSTEM "file://{secret}">]>',
    ):
        content = feed([paper(1, title="MARK")], DAY, "cs.CL").decode()
        content = content.replace("<rss", doctype + "<rss", 1).replace("MARK", "&l8;")
        with pytest.raises(Unreachable) as refused:
            parse(content.encode())
        assert "do not read" not in str(refused.value)


def test_charsets() -> None:
    content = feed([paper(1, title="Müller–Łódź")], DAY, "cs.CL").decode()
    utf16 = content.replace("UTF-8", "UTF-16").encode("utf-16")
    latin = content.replace("UTF-8", "ISO-8859-1").replace("–Łódź", "").encode("latin-1")
    assert parse(b"\xef\xbb\xbf" + content.encode()).papers[0].title == "Müller–Łódź"
    assert parse(utf16).papers[0].title == "Müller–Łódź"
    assert parse(latin).papers[0].title == "Müller"
    wrong = content.encode("utf-8").replace("ü".encode(), b"\xfc")
    assert parse(wrong).papers[0].title == "M\ufffdller–Łódź"


def test_nothing_a_terminal_obeys_comes_through() -> None:
    title = "A\x9b31m &#27;]52;c;eA==&#7; \u202ebad"
    content = feed([paper(1, title="MARK")], DAY, "cs.CL").decode().replace("MARK", title)
    shown = parse(content.encode()).papers[0].title
    assert not set(shown) & set("\x1b\x07\x9b\u202e")
    assert "52;c;eA==" in shown


def test_elements_and_comments_in_a_text_cost_no_words() -> None:
    content = feed([paper(1, title="MARK")], DAY, "cs.CL").decode()
    content = content.replace("MARK", "On <i>E. coli</i> <!-- not this -->growth")
    assert parse(content.encode()).papers[0].title == "On E. coli growth"


def test_links_to_an_old_host_still_name_the_paper() -> None:
    content = feed([paper(1)], DAY, "cs.CL").decode()
    content = content.replace("https://arxiv.org/abs/", "http://rss.arxiv.org/abs/")
    content = content.replace('<guid isPermaLink="false">oai:arXiv.org:2611.00001v1</guid>', "")
    assert parse(content.encode()).papers[0].id == "2611.00001"


def test_paragraphs_are_kept_and_hard_line_breaks_are_not() -> None:
    content = feed([paper(1, abstract="MARK")], DAY, "cs.CL").decode()
    content = content.replace("MARK", "One line\nand the next.\n  A paragraph\nof two lines.")
    assert parse(content.encode()).papers[0].abstract == "One line and the next.\n\nA paragraph of two lines."


def test_affiliations_stay_with_their_authors() -> None:
    names = "A. Bee (CERN, Geneva), K. L\\&quot;aufer, {\\L}. Cee ((1) MIT, (2) ETH)"
    content = feed([paper(1)], DAY, "cs.CL").decode().replace("Ann Author, Bo Writer", names)
    assert parse(content.encode()).papers[0].authors == (
        "A. Bee (CERN, Geneva)",
        'K. L\\"aufer',
        "{\\L}. Cee ((1) MIT, (2) ETH)",
    )


def test_ten_thousand_authors_and_a_long_title(http: Http) -> None:
    huge = paper(1, title="word " * 20_000)
    huge = type(huge)(
        **{**{name: getattr(huge, name) for name in huge.__slots__}, "authors": ("A. Bee",) * 10_000}
    )
    with serving(Written({DAY: [huge]}, today=DAY)) as server:
        found = ArxivFeeds(http, server.settings).today("cs.CL")
    assert len(found.papers[0].authors) == 10_000


@real
@pytest.mark.parametrize(
    ("name", "listed", "kinds"),
    [
        ("serialized_rss_cs_2025-06-03.xml", date(2025, 6, 3), (14, 8, 14, 4)),
        ("serialized_atom_cs_2025-06-03.xml", date(2025, 6, 3), (14, 8, 14, 4)),
        ("serialized_rss_math_officialtestdb.xml", date(2026, 11, 22), (1, 1, 0, 0)),
        ("atom_cs.AI_2025-08-20_excerpt.xml", date(2025, 8, 20), (2, 5, 0, 0)),
        ("rss_cs_2025-04-27_sunday_empty_captured.xml", date(2025, 4, 27), (0, 0, 0, 0)),
        ("serialized_rss_empty_cs.CL_2026-09-26_saturday.xml", date(2026, 9, 26), (0, 0, 0, 0)),
        ("serialized_atom_empty_cs.CL_2026-09-26_saturday.xml", None, (0, 0, 0, 0)),
    ],
)
def test_the_captures(name: str, listed: date | None, kinds: tuple[int, ...]) -> None:
    found = parse((REAL / name).read_bytes())
    assert found.listed == listed
    assert tuple(sum(one.kind is kind for one in found.papers) for kind in Kind) == kinds
    assert found.flagged == 0


@real
@pytest.mark.parametrize("form", ["rss", "atom"])
def test_the_captured_error_feeds(form: str) -> None:
    with pytest.raises(Unreachable, match=r"category cs\.CL: Bad subject class 'ZZ'"):
        parse((REAL / f"serialized_{form}_error_bad_category.xml").read_bytes())
