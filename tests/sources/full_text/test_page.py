"""The page as it comes: which paper it is of, or what it is in place of one."""

import pytest

from tests.sources.full_text.pages import KEY, URL, conversion, math, page, para, parts, section
from triage.full_text import NoPage
from triage.ports import Unreachable
from triage.sources.full_text.conversion import Conversion
from triage.sources.full_text.page import read


def test_the_version_is_the_watermarks_else_that_of_the_address() -> None:
    assert read(page(""), "", URL, KEY).version == 2
    assert (
        read(page("").replace(b"00001v2", b"00001"), "", "https://arxiv.org/html/2311.00001v7", KEY).version
        == 7
    )
    based = (
        page("").replace(b"00001v2", b"00001").replace(b"<head>", b'<head><base href="/html/2311.00001v3/">')
    )
    assert read(based, "", "https://arxiv.org/html/2311.00001", KEY).version == 3
    assert (
        read(page("").replace(b"00001v2", b"00001"), "", "https://arxiv.org/html/2311.00001", KEY).version
        is None
    )


def test_the_title_is_the_papers() -> None:
    formula = math(r"\ell_{2}")
    title = f'<h1 class="ltx_title ltx_title_document">On {formula}<br>Tea &amp; [x]\n</h1>'
    assert conversion(page("", title)).title == "On ℓ₂ Tea & [x]"
    assert conversion(page(para("x"), "")).title == "On Tea, head"


def test_nothing_of_the_site_is_shown() -> None:
    made = parts(
        section(
            para('Text.<button class="sr-only button">Report issue for preceding element</button>')
            + '<div class="ltx_pagination ltx_role_newpage"></div><style>x</style><script>y</script>'
            + '<nav class="ltx_TOC ltx_list_toc"><h6 class="ltx_title ltx_title_contents">Contents</h6></nav>'
        )
    )
    assert [(part.heading, part.markdown) for part in made] == [("1 Brewing", "Text.")]


def test_the_page_with_the_abstract_is_no_full_text() -> None:
    body = f"<main><h1>Title: On Tea</h1><blockquote>{'<p>We brew it.</p>' * 30}</blockquote></main>"
    head = f'<meta name="citation_title" content="On Tea"><meta name="citation_arxiv_id" content="{KEY}">'
    with pytest.raises(NoPage, match=f"arXiv has no HTML of {KEY}"):
        read(f"<html><head>{head}</head><body>{body}</body></html>".encode(), "", URL, KEY)


def test_a_sign_that_the_page_could_not_make_is_made() -> None:
    missing = '<span class="ltx_ERROR undefined">\\{}</span>'
    text = f"Yes {missing.format('checkmark')} no {missing.format('xmark')} {missing.format('draw')}."
    assert [part.markdown for part in parts(para(text))] == ["Yes ✓ no ✗ ."]


def test_a_page_too_deep_for_any_parser_keeps_its_name_and_no_mark_of_html() -> None:
    deep = page("<!-- a > b --><div>" * 400 + "deep" + "</div>" * 400, "")
    made = conversion(deep)
    assert made.title == "On Tea, head"
    assert [part.markdown for part in made.parts()] == ["deep"]


def test_parts_come_in_the_order_of_the_page_with_their_levels() -> None:
    inner = section(para("b") + section(para("c"), "S1.SS1.SSS1", "C", "1.1.1"), "S1.SS1", "B", "1.1")
    made = parts(
        para("zero") + section(para("a") + inner, "S1", "A") + section(para("d"), "A1", "D", "Appendix A")
    )
    assert [(part.level, part.anchor, part.heading, part.markdown) for part in made] == [
        (0, "", "", "zero"),
        (1, "S1", "1 A", "a"),
        (2, "S1.SS1", "1.1 B", "b"),
        (3, "S1.SS1.SSS1", "1.1.1 C", "c"),
        (1, "A1", "Appendix A D", "d"),
    ]


def test_what_stands_behind_an_inner_section_is_read_behind_it() -> None:
    made = parts(section(para("a") + section(para("b"), "S1.SS1", "B", "1.1") + para("late"), "S1", "A"))
    assert [part.markdown for part in made] == ["a", "b\n\nlate"]


def test_a_page_of_another_program_is_cut_at_its_headings() -> None:
    body = "<h2>First</h2><p>One.</p><h3 id='x'>Inner</h3><p>Two.</p><h2>Last</h2><p>Three.</p>"
    front = f"<h1>My Paper</h1><p>{'Front. ' * 40}</p>"
    source = f"<html><head><title>Mine</title></head><body>{front}{body}</body></html>"
    made = Conversion(read(source.encode(), "", URL, KEY), URL)
    assert made.title == "My Paper"
    assert [(part.level, part.heading, part.markdown) for part in list(made.parts())[1:]] == [
        (1, "First", "One."),
        (2, "Inner", "Two."),
        (1, "Last", "Three."),
    ]


def test_a_theorem_among_the_targets_has_its_line() -> None:
    theorem = (
        '<div id="Thm1" class="ltx_theorem"><h6 class="ltx_title">Theorem 1.</h6>'
        + para("Tea.", "q")
        + "</div>"
    )
    row = f'<tr class="ltx_eqn_row"><td>{math("a")}</td></tr>'
    equation = f'<table id="S1.E1" class="ltx_equation ltx_eqn_table">{row}</table>'
    figure = (
        '<figure id="F1" class="ltx_figure"><img><figcaption class="ltx_caption">Tea.</figcaption></figure>'
    )
    refs = "".join(f'<a href="#{anchor}">x</a>' for anchor in ("Thm1", "S1.E1", "F1", "nowhere"))
    (part,) = parts(section(para(refs) + theorem + equation + figure))
    lines = part.markdown.split("\n")
    assert [(anchor, lines[line]) for anchor, line in part.targets] == [
        ("Thm1", "> **Theorem 1.** Tea."),
        ("S1.E1", "a"),
        ("F1", "> Tea."),
    ]


@pytest.mark.parametrize(
    ("source", "pdf"),
    [
        (
            "<title>x</title><h1>No HTML for '2311.00001'</h1><p>HTML is not available for the source.</p>",
            True,
        ),
        ("<title>No file for 2311.00001</title><h1>File unavailable for 2311.00001</h1>", False),
    ],
)
def test_arxivs_own_pages_say_that_there_is_none(source: str, pdf: bool) -> None:
    whole = f"<html><body>{source}<article><p>{'Donate. ' * 60}</p></article></body></html>"
    with pytest.raises(NoPage, match=KEY) as refused:
        read(whole.encode(), "", URL, KEY)
    assert refused.value.pdf is pdf


@pytest.mark.parametrize(
    "source",
    [
        b"",
        b"   ",
        b"\0",
        b"<html></html>",
        b"<html><title>Sign in</title><p>Wi-Fi</p></html>",
        b"%PDF-1.4",
        b"\xff\xfe\x00",
    ],
)
def test_what_is_no_paper_is_refused_by_name(source: bytes) -> None:
    with pytest.raises(Unreachable, match=KEY):
        read(source, "", URL, KEY)


def test_a_page_that_breaks_off_is_refused() -> None:
    whole = page(section(para("Text. " * 100)))
    with pytest.raises(Unreachable, match="broke off"):
        read(whole[: len(whole) // 2], "", URL, KEY)


@pytest.mark.parametrize(
    ("charset", "encoding", "declared"),
    [
        ("iso-8859-1", "utf-8", "utf-8"),
        ("", "utf-8-sig", "utf-8"),
        ("windows-1252", "windows-1252", "no-such-charset"),
        ("", "iso-8859-1", "iso-8859-1"),
        ("no-such-charset", "utf-8", "utf-8"),
    ],
)
def test_the_text_is_read_in_its_own_charset(charset: str, encoding: str, declared: str) -> None:
    whole = (
        page(section(para("Zoë")))
        .decode()
        .replace('charset="utf-8"', f'charset="{declared}"')
        .encode(encoding)
    )
    (part,) = Conversion(read(whole, charset, URL, KEY), URL).parts()
    assert part.markdown == "Zoë"


def test_bytes_that_no_charset_explains_are_replaced() -> None:
    whole = page(section(para("Zoë"))).replace("ë".encode(), b"\xff")
    (part,) = Conversion(read(whole, "", URL, KEY), URL).parts()
    assert part.markdown == "Zo�"
