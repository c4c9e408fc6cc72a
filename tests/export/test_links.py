"""Links that survive Markdown, whatever the title and the address hold."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from triage.export.links import markdown_link


def read_back(markdown: str) -> tuple[str, str]:
    (inline,) = [token for token in MarkdownIt("commonmark").parse(markdown) if token.type == "inline"]
    opening, *inside, closing = inline.children or []
    assert (opening.type, closing.type) == ("link_open", "link_close")
    assert all(token.type == "text" for token in inside)
    return "".join(token.content for token in inside), str(opening.attrs["href"])


@pytest.mark.parametrize(
    "title",
    [
        "[Re] Attention",
        "a](http://evil)",
        "a_b_c *d* `e`",
        "<b> &amp; \\",
        "![x]",
        "https://a.b",
        "",
        "# x",
        "~~a~~",
    ],
)
def test_a_title_shows_as_it_is(title: str) -> None:
    assert markdown_link(title or "t", "https://a.b/c").startswith("[")
    assert read_back(markdown_link(title or "t", "https://a.b/c")) == (title or "t", "https://a.b/c")


@given(st.text(st.characters(min_codepoint=33, exclude_categories=["Z", "C"]), min_size=1))
def test_any_title_shows_as_it_is(title: str) -> None:
    assert read_back(f"x {markdown_link(title, 'https://a.b/c')}"[2:])[0] == title


@pytest.mark.parametrize(
    ("url", "href"),
    [
        ("https://a.b/c_(d)", "https://a.b/c_%28d%29"),
        ("https://a.b/c) [evil](http://e", "https://a.b/c%29%20%5Bevil%5D%28http://e"),
        ("https://a.b/?x=1&copy;=2&y=3", "https://a.b/?x=1&copy;=2&y=3"),
        ("https://a.b/\n<>", "https://a.b/%0A%3C%3E"),
    ],
)
def test_an_address_leads_where_it_led(url: str, href: str) -> None:
    assert read_back(markdown_link("t", url)) == ("t", href)
