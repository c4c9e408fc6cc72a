"""RIS and CSL-JSON as Zotero and JabRef take them in: each field in its place."""

import json

import rispy
from bibtexparser.entrypoint import parse_string
from hypothesis import given
from hypothesis import strategies as st

from tests.export import csl_schema
from triage.export.bibtex import bibtex
from triage.export.csl_json import csl_json
from triage.export.kept import Kept
from triage.export.ris import ris
from triage.paper import Paper

PAPER = Paper(
    "2306.07899",
    "On $O(n^2)$ growth",
    (r"Jos\'e van der \AA ngstr\"om", "Martin King Jr.", "The LIGO Collaboration"),
    "We grow.\nA lot.",
    2,
    categories=("cs.CL", "cs.LG"),
    primary="cs.CL",
    doi="10.1000/a_b",
    published="2023-06-13T17:59:00+00:00",
)
PAGE = Paper("https://a.org/b?c=d;e", "A page", ("Bo Example",), site="A & B", published="2024-02")


def test_ris_of_a_paper() -> None:
    (entry,) = rispy.loads(ris([Kept(PAPER, "Good.\n\nVery.")]))
    assert entry == {
        "type_of_reference": "UNPB",
        "id": "angstrom2023on2",
        "title": "On O(n²) growth",
        "authors": ["van der Ångström, José", "King, Martin, Jr.", "The LIGO Collaboration"],
        "year": "2023",
        "date": "2023/06/13",
        "abstract": "We grow. A lot.",
        "doi": "10.1000/a_b",
        "urls": ["https://arxiv.org/abs/2306.07899"],
        "accession_number": "arXiv:2306.07899",
        "name_of_database": "arXiv",
        "keywords": ["cs.CL", "cs.LG"],
        "notes": ["Good. Very."],
    }


def test_ris_of_a_page() -> None:
    text = ris([Kept(PAGE)])
    assert text.startswith("TY  - ELEC\nID  - example2024page\nTI  - A page\nAU  - Example, Bo\nPY  - 2024\n")
    assert "UR  - https://a.org/b?c=d;e\nT2  - A & B\nER  - \n" in text


def test_csl_of_a_paper() -> None:
    items = json.loads(csl_json([Kept(PAPER, "Good.")]))
    csl_schema.check(items)
    assert items == [
        {
            "id": "angstrom2023on2",
            "type": "article",
            "title": "On O(n²) growth",
            "author": [
                {"family": "van der Ångström", "given": "José"},
                {"family": "King", "given": "Martin", "suffix": "Jr."},
                {"literal": "The LIGO Collaboration"},
            ],
            "issued": {"date-parts": [[2023, 6, 13]]},
            "abstract": "We grow. A lot.",
            "DOI": "10.1000/a_b",
            "URL": "https://arxiv.org/abs/2306.07899",
            "publisher": "arXiv",
            "number": "arXiv:2306.07899",
            "keyword": "cs.CL, cs.LG",
            "version": "2",
            "note": "Good.",
        }
    ]


def test_csl_of_a_page_and_of_none() -> None:
    (item,) = json.loads(csl_json([Kept(PAGE)]))
    assert (item["type"], item["container-title"]) == ("webpage", "A & B")
    assert item["issued"] == {"date-parts": [[2024, 2]]}
    assert json.loads(csl_json([])) == []
    assert ris([]) == ""


def test_papers_that_share_a_key_are_told_apart_alike_in_every_format() -> None:
    twice = [Kept(PAPER), Kept(PAPER)]
    keys = ["angstrom2023on2a", "angstrom2023on2b"]
    assert [entry["id"] for entry in rispy.loads(ris(twice))] == keys
    assert [item["id"] for item in json.loads(csl_json(twice))] == keys


@given(st.text(), st.lists(st.text(), max_size=3), st.text())
def test_any_text_leaves_the_next_entry_whole(title: str, authors: list[str], note: str) -> None:
    odd = Paper("2306.00001", title, tuple(authors), title, categories=(title,), doi=title)
    chosen = [Kept(odd, note), Kept(PAPER)]
    assert rispy.loads(ris(chosen))[1]["title"] == "On O(n²) growth"
    items = json.loads(csl_json(chosen))
    csl_schema.check(items)
    assert items[1]["title"] == "On O(n²) growth"


def test_a_page_that_has_no_title_is_called_by_its_address() -> None:
    page = Kept(Paper("https://example.org/a_b", ""))
    (of_ris,) = rispy.loads(ris([page]))
    (of_csl,) = json.loads(csl_json([page]))
    assert of_ris["title"] == of_csl["title"] == "https://example.org/a_b"
    (of_bibtex,) = parse_string(bibtex([page.paper])).entries
    assert of_bibtex["title"] == r"https://example.org/a\_b"
