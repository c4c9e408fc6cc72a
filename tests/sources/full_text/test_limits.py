"""Strange pages end soon, in this process already; and what they say is still read."""

from time import process_time

import pytest

from tests.sources.full_text.pages import KEY, URL, conversion, page, section
from triage.ports import Unreachable
from triage.sources.full_text.page import read

SECONDS = 5.0
"""Of the processor's time: a page that takes longer is one that something quadratic was found for."""
ROW = '<tr class="ltx_eqn_row"><td><math alttext="{}"></math></td></tr>'
EQUATION = f'<table class="ltx_equation ltx_eqn_table">{ROW}</table>'
LINE = '<div class="ltx_listing"><div class="ltx_listingline">{}</div></div>'
NOTE = '<span class="ltx_note"><span class="ltx_note_content">deep</span></span>'
AUTHOR = '<span class="ltx_creator">deep<span class="ltx_author_notes">{}</span></span>'
CELL = '<td class="ltx_td" colspan="999" rowspan="999">deep</td>'

READ = {
    "330 nested": "<div>" * 330 + "deep" + "</div>" * 330,
    "5000 nested": "<div>" * 5000 + "deep" + "</div>" * 5000,
    "3000 spans": "<p>" + "<span>" * 3000 + "deep" + "</span>" * 3000 + "</p>",
    "200 lists": "<ul><li>" * 200 + "deep" + "</li></ul>" * 200,
    "100 lists": "<ul><li>" * 90 + "deep" + "</li></ul>" * 90,
    "400 figures": '<figure class="ltx_figure">' * 400 + "<figcaption>deep</figcaption>",
    "1500 sections": '<section class="ltx_section"><h3>deep</h3>' * 1500,
    "500 drawings": "<svg><foreignObject>" * 500 + "<p>a b c d deep</p>",
    "4000 items": "<ol>" + "<li>deep</li>" * 4000 + "</ol>",
    "80000 spaces": "<p>a" + " " * 80_000 + "deep</p>",
    "80000 breaks": "<p>a" + "\n" * 80_000 + "deep</p>",
    "80000 spaces in code": LINE.format("a" + " " * 80_000 + "deep"),
    "20000 formulas": "<p>" + '<math alttext="x_{1}"><mi>x</mi></math> ' * 20_000 + "deep</p>",
    "a formula of braces": EQUATION.format("{" * 50_000 + "deep"),
    "a formula of rows": EQUATION.format("a\\\\" * 10_000 + "deep"),
    "a formula of beginnings": EQUATION.format("\\begin{split}" * 10_000 + "deep"),
    "2000 notes": f"<p>{NOTE * 2000}</p>",
    "cells without end": f'<table class="ltx_tabular">{f"<tr>{CELL}</tr>" * 2000}</table>',
    "20000 links": "<p>" + '<a href="#S1">deep</a> ' * 20_000 + "</p>",
    "20000 emphases": "<p>" + "<em>deep</em>b" * 20_000 + "</p>",
    "30000 breaks in a paragraph": "<p>" + "deep<br>" * 30_000 + "</p>",
    "200000 of <": "<p>" + "&lt;" * 200_000 + "deep</p>",
    "50000 backticks": "<p><code>" + "`" * 50_000 + "deep</code></p>",
    "2 MB in one paragraph": "<p>" + "word " * 400_000 + "deep</p>",
    "300000 digits of an author": f'<div class="ltx_authors">{AUTHOR.format("1" * 300_000)}</div>',
}  # fmt: skip


STRANGE = [
    "<a " * 20_000, "<!--" * 100_000, "<![" * 50_000, "<q" * 50_000, "<!DOCTYPE " * 20_000, "\0" * 100_000
]  # fmt: skip


@pytest.mark.parametrize("body", READ.values(), ids=READ)
def test_a_strange_page_is_read_in_time(body: str) -> None:
    begun = process_time()
    shown = "".join(part.heading + part.markdown for part in conversion(page(section(body))).parts())
    assert "deep" in shown
    assert process_time() - begun < SECONDS


def test_what_nests_deeper_than_readers_of_markdown_go_is_plain_text() -> None:
    body = "<ul><li>" * 50 + "deep" + "</li></ul>" * 50
    (part,) = conversion(page(section(f"<p>Tea.</p>{body}"))).parts()
    assert part.markdown == "Tea.\n\ndeep"


@pytest.mark.parametrize("rest", STRANGE)
def test_a_strange_end_takes_no_time(rest: str) -> None:
    begun = process_time()
    made = conversion(page(section("<p>Tea.</p>") + rest)).parts()
    assert next(made).markdown.startswith("Tea.")
    assert process_time() - begun < SECONDS


def test_tags_without_end_are_no_paper() -> None:
    with pytest.raises(Unreachable, match=KEY):
        read(("".join(f"<q{number}>" for number in range(20_000))).encode(), "", URL, KEY)
