"""Both real pages from top to bottom: nothing twice, nothing lost, nothing that is not the paper."""

import re
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from html import unescape
from pathlib import Path

import pytest
from lxml import html

from tests.sources.full_text.pages import URL, rendered
from triage import tex
from triage.full_text import Part
from triage.sources.full_text.conversion import Conversion
from triage.sources.full_text.page import read

FOLDER = Path(__file__).resolve().parents[4] / "shared" / "real" / "html_fulltext"
PAGES = sorted(FOLDER.glob("*.html"))
WORD = re.compile("[A-Za-zÀ-ɏ]{3,}")
APART = ("ltx_ERROR", "ltx_note_mark", "ltx_note_type", "ltx_role_pubyear", "ltx_role_pagerange")
"""What is no prose: LaTeXML's complaints, marks of notes, and what a journal notes of its pages."""

pytestmark = pytest.mark.skipif(not PAGES, reason="the real pages are not here")


@lru_cache
def converted(path: Path) -> tuple[str, Sequence[Part]]:
    made = Conversion(read(path.read_bytes(), "", URL, path.stem), URL)
    return made.title, tuple(made.parts())


@lru_cache
def article(path: Path) -> html.HtmlElement:
    (found,) = html.fromstring(path.read_bytes(), parser=html.HTMLParser(encoding="utf-8")).iter("article")
    return found


def shown(path: Path) -> str:
    """All text that is seen of a page."""
    title, parts = converted(path)
    return "\n".join(
        [title, *(f"{part.heading}\n{rendered(part.markdown).text_content()}" for part in parts)]
    )


def has(element: html.HtmlElement, name: str) -> bool:
    return name in (element.get("class") or "").split()


@pytest.fixture(params=PAGES, ids=lambda path: path.stem[:12])
def path(request: pytest.FixtureRequest) -> Path:
    """One of the pages."""
    found = request.param
    assert isinstance(found, Path)
    return found


def test_every_section_is_in_the_outline_and_no_other(path: Path) -> None:
    headings = [
        one for one in article(path).iter("h1", "h2", "h3", "h4", "h5") if not has(one, "ltx_title_document")
    ]
    texts = [" ".join("".join(one.itertext()).split()) for one in headings]
    assert [part.heading for part in converted(path)[1] if part.level] == texts
    assert [part.anchor for part in converted(path)[1] if part.level] == [
        one.get("id") for one in article(path).iter("section")
    ]


def test_no_word_of_the_prose_is_lost(path: Path) -> None:
    whole = html.fragment_fromstring(html.tostring(article(path)))
    for one in [*whole.iter("math"), *(found for name in APART for found in whole.find_class(name))]:
        one.drop_tree()
    wanted = Counter(WORD.findall(whole.text_content()))
    have = Counter(WORD.findall(shown(path)))
    assert {word: count for word, count in wanted.items() if have[word] < count} == {}


def test_no_formula_is_shown_twice(path: Path) -> None:
    formulas = [tex.formula(one.get("alttext") or "") for one in article(path).iter("math")]
    text = re.sub(r"\s+", "", shown(path))
    for formula, count in Counter(re.sub(r"\s+", "", one) for one in formulas if len(one) > 8).items():
        others = sum(
            one.count(formula) for one in {re.sub(r"\s+", "", one) for one in formulas} if one != formula
        )
        assert text.count(formula) <= count + others * len(formulas), formula
        assert formula * 2 not in text


def test_there_is_no_raw_tex(path: Path) -> None:
    code = [one.text_content() for part in converted(path)[1] for one in rendered(part.markdown).iter("code")]
    assert [one for one in code if "\\" in one] == []
    assert re.findall(r"\\[A-Za-z]+|\$[^$ ]+\$|[_^]\{", shown(path)) == []


def test_every_table_is_whole(path: Path) -> None:
    real = [one for one in article(path).iter("table") if has(one, "ltx_tabular")]
    tables = [table for part in converted(path)[1] for table in rendered(part.markdown).iter("table")]
    assert len(tables) == len(real)
    for table, wanted in zip(tables, real, strict=True):
        rows, filled = list(table.iter("tr")), list(wanted.iter("tr"))
        width = max(sum(int(cell.get("colspan") or 1) for cell in row) for row in filled)
        assert [len(row) for row in rows] == [width] * len(filled)
        for row, source in zip(rows, filled, strict=True):
            told = [cell for cell in source if "".join(cell.itertext()).strip()]
            assert sum(1 for cell in row if cell.text_content().strip()) == len(told)


def test_every_figure_and_table_is_told_by_its_caption(path: Path) -> None:
    tags = [
        one for one in article(path).iter("span") if has(one, "ltx_tag_figure") or has(one, "ltx_tag_table")
    ]
    bold = [
        one.text_content() for part in converted(path)[1] for one in rendered(part.markdown).iter("strong")
    ]
    assert tags
    assert [one for one in tags if " ".join(one.text_content().split()) not in bold] == []


def test_every_numbered_equation_has_its_number_at_the_end_of_a_line(path: Path) -> None:
    numbers = [
        "".join(one.itertext()).strip() for one in article(path).iter("span") if has(one, "ltx_tag_equation")
    ]
    assert numbers
    ends = {
        line.removesuffix("\\").split("\N{NO-BREAK SPACE}")[-1]
        for part in converted(path)[1]
        for line in part.markdown.split("\n")
    }
    assert [number for number in numbers if number not in ends] == []


def test_every_link_within_the_page_leads_somewhere(path: Path) -> None:
    reachable = {part.anchor for part in converted(path)[1]}
    reachable |= {anchor for part in converted(path)[1] for anchor, _ in part.targets}
    for part in converted(path)[1]:
        for link in rendered(part.markdown).iter("a"):
            href = link.get("href") or ""
            assert not href.startswith("#") or href[1:] in reachable, href
        assert all(line < part.markdown.count("\n") + 1 for _, line in part.targets)


def test_nothing_of_the_sites_is_shown(path: Path) -> None:
    text = shown(path)
    for word in (
        "Report",
        "LaTeXML",
        "LATExml",
        "ar5iv",
        "Feedback",
        "footnotemark",
        "pagerange",
        "Refer to caption",
        "dark mode",
    ):
        assert word not in text
    assert unescape(text) == text or "&" in text


def test_no_space_stands_before_a_comma_and_none_is_doubled(path: Path) -> None:
    for part in converted(path)[1]:
        for block in rendered(part.markdown).iter("p", "li"):
            told = block.text_content()
            assert re.findall(r"\w  +\w|\w [,;.)]|\( \w", told) == [], told[:200]
