"""Which links are followed."""

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
