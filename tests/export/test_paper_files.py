"""One Markdown file per paper: names fit for every disk, front matter that YAML reads, the note as it was."""

import re

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from tests.export.hostile import papers
from triage import clean
from triage.export.kept import Kept
from triage.export.paper_files import file_stem, paper_file, paper_files
from triage.paper import Paper

PAPER = Paper(
    "2306.07899",
    "Attention: is it *all* you need?",
    ("Ada Example", r"Jos\'e P\'erez"),
    "We study $O(n^2)$.\n# Indeed.",
    categories=("cs.CL",),
    doi="10.1000/182",
    published="2023-06-13T17:59:00Z",
)


def test_a_papers_file() -> None:
    note = "A **note**.\n\n- with a list\n"
    assert paper_file(Kept(PAPER, f"\n{note}"), ("arxiv", "to read")) == (
        "---\n"
        'title: "Attention: is it *all* you need?"\n'
        "authors:\n  - Ada Example\n  - José Pérez\n"
        'arxiv: "2306.07899"\n'
        "url: https://arxiv.org/abs/2306.07899\n"
        "doi: 10.1000/182\n"
        "published: 2023-06-13\n"
        "categories:\n  - cs.CL\n"
        "tags:\n  - arxiv\n  - to read\n"
        'aliases:\n  - "Attention: is it *all* you need?"\n'
        "---\n"
        "\n"
        "# Attention: is it \\*all\\* you need?\n"
        "\n"
        "[Abstract](https://arxiv.org/abs/2306.07899) · [PDF](https://arxiv.org/pdf/2306.07899)\n"
        "\n"
        "We study O(n²). \\# Indeed.\n"
        "\n"
        "## Note\n"
        "\n"
        "A **note**.\n\n- with a list\n"
    )


def test_a_paper_of_which_little_is_known_has_only_that() -> None:
    text = paper_file(Kept(Paper("https://a.org/b", "A page")), ())
    front = yaml.safe_load(text.split("\n---\n")[0])
    assert front == {"title": "A page", "url": "https://a.org/b", "aliases": ["A page"]}
    assert "## Note" not in text
    assert text.endswith("# A page\n\n[https://a.org/b](https://a.org/b)\n")


@pytest.mark.parametrize(
    ("paper", "stem"),
    [
        (PAPER, "attention-is-it-all-you-need-2306.07899"),
        (Paper("hep-th/9901001", "Gauß & Łukasz: $O(n^2)$"), "gauss-lukasz-o-n2-hep-th-9901001"),
        (Paper("math.GT/0309136", "中文"), "math.GT-0309136"),
        (Paper("2306.07899", "con"), "con-2306.07899"),
        (Paper("2306.07899", "../../etc/passwd"), "etc-passwd-2306.07899"),
        (Paper("2306.07899", "x" * 500), "x" * 80 + "-2306.07899"),
        (Paper("https://a.org/b", "A page"), "a-page-8cb70016"),
        (Paper("https://a.org/c", ""), "c00f2a75"),
    ],
)
def test_a_file_is_named_by_title_and_id(paper: Paper, stem: str) -> None:
    assert file_stem(paper) == stem


def test_no_two_files_have_one_name_and_none_is_reserved() -> None:
    names = [name for name, _ in paper_files([Kept(one) for one in [*papers(), PAPER, PAPER]], ())]
    assert len({name.casefold() for name in names}) == len(names)
    assert all(re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9.-]{4,120}\.md", name) for name in names)
    reserved = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?", re.IGNORECASE)
    assert not any(reserved.fullmatch(name) for name in names)


@given(st.text(), st.text(), st.text())
def test_any_front_matter_reads_back(title: str, author: str, site: str) -> None:
    paper = Paper("https://a.org/b", title, (author,), site=site, published=title)
    front = yaml.safe_load(paper_file(Kept(paper), (site,)).split("\n---\n")[0].removeprefix("---\n"))
    assert front["title"] == (clean.line(title) or paper.url)
    assert front.get("authors", [""]) == [clean.line(author)]
    assert front.get("site", "") == clean.line(site)
    assert front.get("tags", [""]) == [clean.line(site)]
