"""Ids in the forms people paste, and records that read back equal."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from triage.paper import Kind, Paper, PaperId, abs_url, is_arxiv


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("0704.0001", "0704.0001"),
        ("1412.9999v12", "1412.9999v12"),
        ("2306.07899", "2306.07899"),
        ("arXiv: 2306.07899v1", "2306.07899v1"),
        ("ARXIV:2306.07899", "2306.07899"),
        ("[arXiv:2306.07899]", "2306.07899"),
        ("arxiv.org/abs/2306.07899", "2306.07899"),
        ("http://export.arxiv.org/abs/2306.07899v3?context=cs", "2306.07899v3"),
        ("https://www.arxiv.org/pdf/2306.07899.pdf", "2306.07899"),
        ("https://arxiv.org/html/2306.07899v2/", "2306.07899v2"),
        ("https://alphaxiv.org/abs/2306.07899", "2306.07899"),
        ("astro-ph/0601001v1", "astro-ph/0601001v1"),
        ("math.GT/0309136", "math/0309136"),
        ("https://arxiv.org/abs/cond-mat/9508001", "cond-mat/9508001"),
        ("10.48550/arXiv.2306.07899", "2306.07899"),
        ("https://www.alphaxiv.org/overview/2306.07899v1", "2306.07899v1"),
        ("https://huggingface.co/papers/2306.07899", "2306.07899"),
        ("https://hf.co/papers/2306.07899?x=y", "2306.07899"),
        ("https://scirate.com/arxiv/2306.07899", "2306.07899"),
        ("https://api.semanticscholar.org/arXiv:2306.07899", "2306.07899"),
        ("https://browse.arxiv.org/html/2306.07899v2", "2306.07899v2"),
        ("https://www.doi.org/10.48550/arXiv.2306.07899", "2306.07899"),
    ],
)
def test_an_id_in_any_form(text: str, shown: str) -> None:
    assert str(PaperId.parse(text)) == shown


@pytest.mark.parametrize(
    "text",
    [
        "",
        "231.00001",
        "12345",
        "2306.07899v0",
        "../../etc/passwd",
        "2306.07899\n2306.1",
        "https://x.org/2306.07899",
    ],
)
def test_what_is_no_id(text: str) -> None:
    with pytest.raises(ValueError, match="not an arXiv id"):
        PaperId.parse(text)


@given(st.text(max_size=60))
def test_any_text_is_an_id_or_refused(text: str) -> None:
    try:
        key = PaperId.parse(text).key
    except ValueError:
        return
    assert is_arxiv(key)
    assert PaperId.parse(abs_url(key)).key == key


def test_a_paper_reads_back_from_its_record() -> None:
    paper = Paper(
        "2306.07899", "T", ("A", "B"), "X", 2, Kind.CROSS, ("cs.CL", "cs.CY"), "cs.CL", doi="10.1/x"
    )
    assert Paper.from_record(paper.as_record()) == paper


def test_the_strongest_kind_ranks_first() -> None:
    assert sorted(Kind, key=lambda kind: kind.rank) == [
        Kind.NEW,
        Kind.CROSS,
        Kind.REPLACE,
        Kind.REPLACE_CROSS,
    ]
