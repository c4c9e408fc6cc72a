"""What is found in what people paste: ids and links, in any form, with any prose around them."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from triage import web_link
from triage.paper import is_arxiv
from triage.pasted import LONGEST, named_in


def keys(text: str) -> list[str]:
    return [one.key for one in named_in(text)]


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("2306.07899", "2306.07899"),
        ("2306.07899v2", "2306.07899"),
        (" hep-th/9901001v3\n", "hep-th/9901001"),
        ("math.GT/0309136", "math/0309136"),
        ("arxiv.org/abs/2306.07899", "2306.07899"),
        ("https://arxiv.org/pdf/2306.07899v2.pdf#page=3", "2306.07899"),
        ("https://arxiv.org/html/2306.07899v1", "2306.07899"),
        ("https://browse.arxiv.org/abs/hep-th/9901001", "hep-th/9901001"),
        ("https://www.alphaxiv.org/overview/2306.07899", "2306.07899"),
        ("https://alphaxiv.org/2306.07899v2", "2306.07899"),
        ("https://huggingface.co/papers/2306.07899", "2306.07899"),
        ("https://doi.org/10.48550/arXiv.2306.07899", "2306.07899"),
        ("doi:10.48550/arXiv.2306.07899", "2306.07899"),
        ("https://www.semanticscholar.org/arxiv/2306.07899", "2306.07899"),
        ("https://example.org/post", "https://example.org/post"),
        ("HTTPS://Example.org/Post", "HTTPS://Example.org/Post"),
        ("http://localhost:8000/x", "http://localhost:8000/x"),
        ("paulgraham.com/makersschedule.html", "https://paulgraham.com/makersschedule.html"),
        ("www.example.org", "https://www.example.org"),
        ("https://example.org/a_(b)", "https://example.org/a_(b)"),
        (
            "https://web.archive.org/web/2020/https://a.example/",
            "https://web.archive.org/web/2020/https://a.example/",
        ),
        ("https://example.org/2306.07899", "https://example.org/2306.07899"),
    ],
)
def test_one_alone(text: str, key: str) -> None:
    assert keys(text) == [key]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("2306.07899 2401.00001\nhep-th/9901001", ["2306.07899", "2401.00001", "hep-th/9901001"]),
        ("2306.07899,2401.00001;2402.00002", ["2306.07899", "2401.00001", "2402.00002"]),
        ("2306.07899 arXiv:2306.07899v3 https://arxiv.org/abs/2306.07899", ["2306.07899"]),
        (
            "Have you seen https://example.org/post, (https://en.wikipedia.org/wiki/X_(y)) "
            "and arXiv:2306.07899v2 [cs.CL]?",
            ["https://example.org/post", "https://en.wikipedia.org/wiki/X_(y)", "2306.07899"],
        ),
        ("Hou et al. (2306.07899) go on from [2401.00001].", ["2306.07899", "2401.00001"]),
        (
            "- [A title](https://example.org/a)\n- <https://example.org/b>",
            ["https://example.org/a", "https://example.org/b"],
        ),
        ('<a href="https://example.org/a">A</a>', ["https://example.org/a"]),
        ("**https://example.org/a**", ["https://example.org/a"]),
        ("see arxiv.org/abs/2306.07899v1.", ["2306.07899"]),
        ("J. Doe, doi.org/10.1145/3292500.3330701", ["https://doi.org/10.1145/3292500.3330701"]),
        ("\u200bhttps://example.org/a\u200b and more", ["https://example.org/a"]),
        ("id:2306.07899", ["2306.07899"]),
    ],
)
def test_several_and_prose_around_them(text: str, found: list[str]) -> None:
    assert keys(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "",
        "nonsense",
        "It costs $1234.5678, and 12306.07899 is 2306.078991 or 3.2306.07899 or 2313.00001 or 2306.0789.",
        "1412.00001 has a digit too many for its year, and 1501.0001 one too few",
        "and/0701234 is no id, nor is TCP/IP, and/or, v1.2/v1.3, e.g. node.js/deno",
        "me@example.org/2306.07899",
        "2306.07899/2",
        "javascript:alert(1)",
        "file:///etc/passwd",
        "--opt",
        "ftp://example.org/a",
        "notes.md",
    ],
)
def test_what_names_nothing(text: str) -> None:
    assert keys(text) == []


@pytest.mark.parametrize(
    "link",
    [
        "https://user:pw@example.org/",
        "http://[::1",
        "http://example.org:99999/",
        "http:///path",
        "https://example.org/\x1b]52;c;x\x07",
        "https://example.org/\N{RIGHT-TO-LEFT OVERRIDE}gpj",
        "https://example.org/a-long-title-that-is-c…",
        "https://example.org/" + "a" * 3000,
    ],
)
def test_a_link_that_is_not_followed_is_there_without_a_key(link: str) -> None:
    (found,) = named_in(link)
    assert found.key == ""
    assert link.startswith(found.text)
    assert "" in keys(f"this: {link} is odd")


def test_a_link_with_a_space_ends_there() -> None:
    assert keys("https://exam ple.org") == [""], "a host without a dot is none in prose"
    assert keys("https://example.org/a b") == ["https://example.org/a"]


@pytest.mark.parametrize(
    "text",
    [
        "https://" * 25_000,
        "https://a.b/" + ")" * 190_000,
        "2306." * 40_000,
        "a." * 100_000,
        " 2306.07899" * 18_000,
    ],
)
def test_a_long_text_is_searched_at_once(text: str) -> None:
    started = time.process_time()
    named_in(text * 2)
    assert time.process_time() - started < 1.0
    assert len(text) <= LONGEST + 20


@given(st.text(alphabet=st.characters() | st.sampled_from("https://arxiv.org 2306.07899[]()"), max_size=80))
def test_whatever_the_text_a_key_is_an_id_or_a_link_that_may_be_followed(text: str) -> None:
    assert all(not key or is_arxiv(key) or web_link.is_safe(key) for key in keys(text))
