"""BibTeX that its readers take in whole, whatever the papers hold."""

import re

import pytest
from bibtexparser.entrypoint import parse_string
from hypothesis import given
from hypothesis import strategies as st

from triage.export.bibtex import bibtex
from triage.paper import Paper


def keys(*papers: Paper) -> list[str]:
    return [entry.key for entry in parse_string(bibtex(papers)).entries]


PAPER = Paper(
    "2306.07899",
    "Artificial Intelligence: a 100% {test} of $x_1$ & \\alpha",
    ("José Ångström", "Foo and Bar, Inc."),
    published="2023-06-13T00:00:00Z",
    primary="cs.CL",
    doi="10.1000/a_b",
    journal_ref="J. 1 (2023)",
)


def test_a_paper_of_arxiv_bears_its_eprint() -> None:
    (entry,) = parse_string(bibtex([PAPER])).entries
    fields = {field.key: field.value for field in entry.fields}
    assert (entry.entry_type, entry.key) == ("misc", "angstrom2023artificial")
    assert fields["author"] == "José Ångström and {Foo and Bar, Inc.}"
    assert (fields["eprint"], fields["archiveprefix"], fields["primaryclass"]) == (
        "2306.07899",
        "arXiv",
        "cs.CL",
    )
    assert (fields["year"], fields["url"]) == ("2023", "https://arxiv.org/abs/2306.07899")
    assert r"100\% \{test\}" in fields["title"]


def test_a_web_page_bears_its_address() -> None:
    page = Paper("https://a.b/c_(d)?e={f}", "The $5 page", (), site="A & B")
    (entry,) = parse_string(bibtex([page])).entries
    fields = {field.key: field.value for field in entry.fields}
    assert (entry.entry_type, entry.key) == ("misc", "b5")
    assert fields == {
        "title": r"The \$5 page",
        "howpublished": r"A \& B",
        "url": "https://a.b/c_(d)?e=%7Bf%7D",
    }


def test_keys_that_fall_together_are_told_apart() -> None:
    same = Paper("2306.00001", "On Foo", ("A. Łukasz Jr.",), published="2023-06-13T00:00:00Z")
    other = Paper("2306.00002", "Fooa", ("B. Łukasz",), published="2023-06-13T00:00:00Z")
    assert keys(same, other, same, same) == [
        "lukasz2023foob",
        "lukasz2023fooa",
        "lukasz2023fooc",
        "lukasz2023food",
    ]


def test_thirty_papers_of_one_name_have_thirty_keys() -> None:
    assert len(set(keys(*[PAPER] * 30))) == 30


def test_a_name_that_ascii_cannot_write_leaves_the_id() -> None:
    assert keys(Paper("2306.00001", "中文", ("王",))) == ["230600001"]


HOSTILE = [
    "{", "}", "}}", "{{", "\\", "\\{", "}\n@misc{evil, title={x}}", '"', "@", "%", "$", "#", "_", "~", "^",
    "&", "\x00\x1b[31m", "a\nb", "\\begin{x}", "{\\it x}", "\\", ",", "=",
]  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE)
def test_a_hostile_title_leaves_the_next_entry_whole(text: str) -> None:
    hostile = Paper("https://a.b/" + text, f"T {text}", (f"A {text}",), site=text, published="2023", doi=text)
    check(bibtex([hostile, PAPER]))


@given(st.text(), st.lists(st.text(), max_size=3))
def test_any_text_leaves_the_next_entry_whole(title: str, authors: list[str]) -> None:
    check(bibtex([Paper("2306.00001", title, tuple(authors), primary=title), PAPER]))


def check(written: str) -> None:
    library = parse_string(written)
    assert library.failed_blocks == []
    assert len(library.entries) == 2
    assert library.entries[1].fields_dict["eprint"].value == "2306.07899"
    assert written.count("{") == written.count("}")
    assert all(one.isprintable() or one in "\n " or ord(one) > 0x9F for one in written)
    assert all(re.fullmatch("[a-z0-9]+", entry.key) for entry in library.entries)


@pytest.mark.parametrize(
    ("key", "year"),
    [("2306.00001", "2023"), ("9107.0001", "1991"), ("hep-th/9901001", "1999"), ("math.GT/0309136", "2003")],
)
def test_a_paper_whose_date_nobody_tells_is_of_the_year_of_its_id(key: str, year: str) -> None:
    assert keys(Paper(key, "On Foo", ("Ada Bar",))) == [f"bar{year}foo"]
