"""Hostile titles read back equal from every format, by the readers people use for them."""

import json
import unicodedata
from collections.abc import Iterable
from html.parser import HTMLParser

import pytest
import rispy
import yaml
from bibtexparser.entrypoint import parse_string
from bibtexparser.middlewares import LatexDecodingMiddleware
from markdown_it import MarkdownIt
from pylatexenc.latex2text import LatexNodes2Text, MacroTextSpec, get_default_latex_context_db

from tests.export import csl_schema
from tests.export.hostile import TITLES, papers, shown_title
from triage import card
from triage.export.bibtex import bibtex
from triage.export.csl_json import csl_json
from triage.export.kept import Kept
from triage.export.markdown import markdown_list
from triage.export.paper_files import paper_files
from triage.export.records import record
from triage.export.ris import ris
from triage.export.template import render
from triage.export.template_values import template_values
from triage.haul import Entry, Haul, excerpt
from triage.paper import Paper

PAPERS = papers()
WANTED = [shown_title(paper) for paper in PAPERS]
NOTE = "A **note**.\n\nTY  - x\n}\n---\n"
KEPT = [Kept(paper, NOTE) for paper in PAPERS]


def entries() -> Iterable[Entry]:
    return (Entry(one.id, one.url, shown_title(one), excerpt(shown_title(one)), NOTE) for one in PAPERS)


class Headings(HTMLParser):
    """The texts of the `h4`s of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self._inside = False

    def handle_starttag(self, tag: str, _attrs: object) -> None:
        if tag == "h4":
            self._inside = True
            self.found.append("")

    def handle_endtag(self, tag: str) -> None:
        if tag == "h4":
            self._inside = False

    def handle_data(self, data: str) -> None:
        if self._inside:
            self.found[-1] += data


def headings(page: str) -> list[str]:
    reader = Headings()
    reader.feed(page)
    reader.close()
    return reader.found


def _decoder() -> LatexNodes2Text:
    """Pylatexenc's, which lacks two of LaTeX's names and has another circumflex for a third."""
    known = get_default_latex_context_db()
    lacking = {"textbraceleft": "{", "textbraceright": "}", "textasciicircum": "^"}
    macros = [MacroTextSpec(name, simplify_repl=sign) for name, sign in lacking.items()]
    known.add_context_category("lacking", macros=macros, prepend=True)
    return LatexNodes2Text(latex_context=known)


def test_there_are_hostile_titles_of_every_kind() -> None:
    assert len(TITLES) == len(set(TITLES)) >= 100
    assert all(unicodedata.category(letter) not in ("Cc", "Cs") for title in WANTED for letter in title)
    assert "" not in WANTED


def test_yaml() -> None:
    found = []
    for _, text in paper_files(KEPT, ("arxiv",)):
        front = yaml.safe_load(text.split("\n---\n")[0].removeprefix("---\n"))
        assert front["tags"] == ["arxiv"]
        assert front["aliases"] == [front["title"]]
        assert front["authors"][1] == "Bo Example"
        found.append(front["title"])
    assert found == WANTED


def test_bibtex() -> None:
    library = parse_string(bibtex(PAPERS), append_middleware=[LatexDecodingMiddleware(decoder=_decoder())])
    assert library.failed_blocks == []
    assert [entry.fields_dict["title"].value for entry in library.entries] == WANTED


def test_ris() -> None:
    read = rispy.loads(ris(KEPT))
    assert [entry["title"] for entry in read] == WANTED
    assert {entry["type_of_reference"] for entry in read} == {"UNPB", "ELEC"}
    assert all(entry["notes"] == ["A **note**. TY - x } ---"] for entry in read)


def test_csl_json() -> None:
    items = json.loads(csl_json(KEPT))
    csl_schema.check(items)
    assert [item["title"] for item in items] == WANTED
    assert all(item["note"] == NOTE for item in items)


def test_json() -> None:
    lines = "\n".join(json.dumps(record(paper), ensure_ascii=False) for paper in PAPERS)
    assert [json.loads(line)["title"] for line in lines.split("\n")] == WANTED


def test_html_of_the_card() -> None:
    assert headings("\n".join(card.write(entry) for entry in entries())) == WANTED


def test_html_of_a_template() -> None:
    page = "{% for entry in haul.entries %}<h4>{{ entry.title }}</h4>{% endfor %}"
    values = template_values(Haul(entries=tuple(entries())), {}, None)
    assert headings(render("page.html", lambda _: page, values)) == WANTED


@pytest.mark.parametrize("ending", [".html.j2", ".xml"])
def test_a_page_without_a_filter_is_escaped(ending: str) -> None:
    values = template_values(Haul(entries=(Entry("a", "b", "<b>&"),)), {}, None)
    assert render("x" + ending, lambda _: "{{ haul.entries[0].title }}", values) == "&lt;b&gt;&amp;"


def test_markdown() -> None:
    tokens = MarkdownIt("commonmark").parse(markdown_list(Kept(paper) for paper in PAPERS))
    lines = [token for token in tokens if token.type == "inline"]
    assert len(lines) == len(PAPERS)
    found = []
    for line in lines:
        inside = line.children or []
        assert [one.type for one in inside].count("link_open") == 1
        ends = next(at for at, one in enumerate(inside) if one.type == "link_close")
        found.append("".join(one.content for one in inside[1:ends]))
    assert found == WANTED


def test_the_heading_of_a_papers_file() -> None:
    for (_, text), wanted in zip(paper_files(KEPT, ()), WANTED, strict=True):
        body = text.split("\n---\n", 1)[1]
        tokens = MarkdownIt("commonmark").parse(body)
        assert [one.type for one in tokens[:3]] == ["heading_open", "inline", "heading_close"]
        assert "".join(one.content for one in tokens[1].children or []) == wanted


def test_a_title_of_a_hundred_thousand_letters_costs_no_more_than_its_length() -> None:
    long = Paper("2611.00001", "{\\$x: " * 17_000)
    wanted = shown_title(long)
    ((name, text),) = paper_files([Kept(long)], ())
    assert len(name) < 120
    assert json.loads(csl_json([Kept(long)]))[0]["title"] == wanted
    assert rispy.loads(ris([Kept(long)]))[0]["title"] == wanted
    assert text.count("\n") < 40


def test_a_paper_without_a_title_is_named_by_its_address() -> None:
    for paper in (Paper("2611.00001", " "), Paper("https://a.org/x", "")):
        ((name, text),) = paper_files([Kept(paper)], ())
        assert yaml.safe_load(text.split("\n---\n")[0])["title"] == paper.url
        assert name.endswith(".md")
        assert len(name) > 10
        assert f"]({paper.url})" in markdown_list([Kept(paper)])
