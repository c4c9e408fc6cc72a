"""What stands within a line: fonts, links, and what LaTeXML could not make."""

import pytest

from tests.sources.full_text.pages import links, markdown, of_text, para, rendered, seen


def test_fonts_are_emphasis_where_markdown_has_it() -> None:
    shown = rendered(
        of_text(
            '<span class="ltx_text ltx_font_bold">bold</span>, '
            '<em class="ltx_emph ltx_font_italic">italic</em>, '
            '<span class="ltx_text ltx_font_typewriter">a_b</span>, '
            '<span class="ltx_text ltx_ulem_sout">gone</span>, '
            '<span class="ltx_text ltx_font_smallcaps">Small</span>, '
            '<span class="ltx_text ltx_font_bold ltx_font_italic">both</span>'
        )
    )
    assert {(one.tag, one.text_content()) for one in shown.iter("strong", "em", "code", "s")} == {
        ("strong", "bold"),
        ("em", "italic"),
        ("code", "a_b"),
        ("s", "gone"),
        ("strong", "both"),
        ("em", "both"),
    }


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("<b>M</b>essage-<b>R</b>ole", "Message-Role"),
        ("see<em>(this)</em>word", "see(this)word"),
        ("<em>a</em><b>b</b><em>c</em>", "abc"),
        ("<em> spaced </em>word", "spaced word"),
        ("<em><em>twice</em></em>", "twice"),
        ("<em></em>nothing<b> </b>.", "nothing ."),
        ("“<em>quoted</em>”, <em>x</em>’s", "“quoted”, x’s"),
        ("<em>*</em>1 <b>_</b>2", "*1 _2"),
    ],
)
def test_emphasis_never_shows_its_marks(text: str, shown: str) -> None:
    assert seen(of_text(text)) == shown


@pytest.mark.parametrize(
    ("href", "target"),
    [
        ("#S2.E1", "#S2.E1"),
        ("https://arxiv.org/html/2311.00001v2#S2.E1", "#S2.E1"),
        ("https://arxiv.org/html/2311.00001#bib", "#bib"),
        ("https://arxiv.org/html/2311.00002v1#bib", "https://arxiv.org/html/2311.00002v1#bib"),
        ("http://example.org/a_b?c=d&amp;e=(f)", "http://example.org/a_b?c=d&e=%28f%29"),
        ("mailto:a@b.c", "mailto:a@b.c"),
        ("x1.png", "https://arxiv.org/html/x1.png"),
        ("https://example.org/a b\\c`d|e", "https://example.org/a%20b%5Cc%60d%7Ce"),
    ],
)
def test_a_link_leads_where_it_led(href: str, target: str) -> None:
    assert list(links(of_text(f'See <a href="{href}">this *one*</a>.'))) == [("this *one*", target)]


@pytest.mark.parametrize(
    "href",
    [
        "javascript:alert(1)",
        "data:text/html,x",
        "vbscript:x",
        "#",
        "",
        "file:///etc/passwd",
        "http:///x",
        "//[x",
    ],
)
def test_a_link_that_leads_nowhere_good_is_text(href: str) -> None:
    shown = of_text(f'See <a href="{href}">this</a>.')
    assert shown == "See this."


def test_a_link_cannot_break_out_into_another() -> None:
    shown = of_text(
        '<a href="http://good.example/a) [evil](http://evil.example">text](http://evil.example)</a>'
    )
    ((text, target),) = links(shown)
    assert text == "text](http://evil.example)"
    assert target == "http://good.example/a%29%20%5Bevil%5D%28http://evil.example"


def test_a_link_without_text_is_nothing() -> None:
    assert of_text('Tea<a href="#S1"></a>.') == "Tea."


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ('<span class="ltx_ERROR undefined">\\makecell</span>two', "two"),
        ('<span class="ltx_ERROR undefined">{tcolorbox}</span>box', "box"),
        ('<span class="ltx_ERROR">Conversion had a fatal error.</span>', "Conversion had a fatal error."),
        ('see <span class="ltx_ref ltx_missing_label ltx_ref_self">LABEL:eq:one</span>', "see eq:one"),
    ],
)
def test_what_latexml_could_not_make_is_dropped_or_told(text: str, shown: str) -> None:
    assert seen(of_text(text)) == shown


def test_boxes_within_a_line_are_blocks_of_their_own() -> None:
    box = (
        '<span class="ltx_inline-block ltx_minipage">'
        '<span class="ltx_para"><span class="ltx_p">First.</span></span>'
        '<span class="ltx_para"><span class="ltx_p">Second.</span></span></span>'
    )
    assert markdown(para(f"Before {box} after.")) == "Before\n\nFirst.\n\nSecond.\n\nafter."


def test_a_rotated_text_is_read_where_it_stands() -> None:
    inner = '<span class="ltx_transformed_inner"><span class="ltx_p">turned</span></span>'
    assert seen(of_text(f'<span class="ltx_inline-block ltx_transformed_outer">{inner}</span>')) == "turned"


def test_quotes_and_verses_keep_their_lines() -> None:
    assert (
        markdown(
            '<blockquote class="ltx_quote"><p class="ltx_p">One<br class="ltx_break">\ntwo</p></blockquote>'
        )
        == "> One\\\n> two"
    )
