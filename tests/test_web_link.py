"""Which links are followed, and which are the same page."""

import pytest

from triage import web_link


@pytest.mark.parametrize(
    "link", ["https://a.example", "http://127.0.0.1:8000/x?y=1#z", "https://a.example/@me"]
)
def test_a_link_to_a_web_page_is(link: str) -> None:
    assert web_link.is_safe(link)


@pytest.mark.parametrize(
    "link",
    [
        "",
        "a.example",
        "ftp://a.example",
        "javascript:alert(1)",
        "https://",
        "https://me@a.example",
        "https://a.example:0",
        "https://a.example:99999",
        "http://[::1",
        "https://a.example/a b",
        "https://a.example/\n",
        "https://a.example/\N{RIGHT-TO-LEFT OVERRIDE}",
    ],
)
def test_anything_else_is_not(link: str) -> None:
    assert not web_link.is_safe(link)


@pytest.mark.parametrize(
    ("link", "bare"),
    [
        ("https://a.example/x?utm_source=rss&utm_medium=feed", "https://a.example/x"),
        ("https://a.example/x?id=3&fbclid=abc#part", "https://a.example/x?id=3#part"),
        ("https://a.example/x?UTM_Source=y&a=b&c", "https://a.example/x?a=b&c"),
        ("https://a.example/x?ref=y&source=z&t=10", "https://a.example/x?ref=y&source=z&t=10"),
        ("https://a.example/x#a?utm_source=y", "https://a.example/x#a?utm_source=y"),
        ("https://a.example/?q=a%20b&utm_id=1&q=", "https://a.example/?q=a%20b&q="),
        ("https://a.example/x?", "https://a.example/x?"),
    ],
)
def test_what_only_tells_whence_one_came_goes_and_nothing_else(link: str, bare: str) -> None:
    assert web_link.untracked(link) == bare


@pytest.mark.parametrize(
    ("link", "other"),
    [
        ("https://a.example/x?utm_source=rss", "https://a.example/x"),
        ("http://www.A.example/x/", "https://a.example/x"),
        ("https://a.example", "https://a.example/"),
        ("https://a.example/", "https://a.example"),
        ("http://a.example:80/x?b=c", "https://www.a.example/x/?b=c"),
        ("https://a.example/x#s", "http://a.example/x#s"),
    ],
)
def test_the_same_page_under_another_link(link: str, other: str) -> None:
    assert other in list(web_link.same_page(link))


@pytest.mark.parametrize("other", ["https://a.example/X", "https://a.example/x#s", "https://a.example/x?b=c"])
def test_another_page_is_another(other: str) -> None:
    assert other not in list(web_link.same_page("https://a.example/x"))
