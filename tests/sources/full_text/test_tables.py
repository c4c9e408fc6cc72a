"""Tables: every row, a cell for every column, and no table where one only lays out."""

import pytest

from tests.sources.full_text.pages import (
    conversion,
    markdown,
    math,
    note,
    page,
    para,
    rendered,
    rows,
    seen,
)


def td(content: str, more: str = "", kind: str = "td") -> str:
    return f'<{kind} class="ltx_td ltx_align_center" {more}>{content}</{kind}>'


def tr(*cells: str) -> str:
    return f'<tr class="ltx_tr">{"".join(cells)}</tr>'


def table(*lines: str, head: str = "", kind: str = "ltx_tabular") -> str:
    above = f'<thead class="ltx_thead">{head}</thead>' if head else ""
    return f'<table class="{kind}">{above}<tbody>{"".join(lines)}</tbody></table>'


def test_a_table_keeps_every_row_and_every_cell() -> None:
    shown = markdown(table(tr(td("a"), td("b")), tr(td("c"), td(math("x_{1}"))), head=tr(td("A"), td("B"))))
    assert rows(shown) == [["A", "B"], ["a", "b"], ["c", "x₁"]]


def test_a_cell_over_several_columns_or_rows_leaves_the_others_empty() -> None:
    shown = markdown(
        table(
            tr(td("Model", 'rowspan="2"'), td("Accuracy", 'colspan="2"'), td("Time", 'rowspan="2"')),
            tr(td("Dev"), td("Test")),
            tr(td("Ours"), td("90"), td("89"), td("12")),
            tr(td("Ablations", 'colspan="4"')),
        )
    )
    assert rows(shown) == [
        ["Model", "Accuracy", "", "Time"],
        ["", "Dev", "Test", ""],
        ["Ours", "90", "89", "12"],
        ["Ablations", "", "", ""],
    ]


def test_the_lower_rows_of_a_heading_are_bold() -> None:
    head = tr(td("A", 'colspan="2"', "th")) + tr(td("x", kind="th"), td("y", kind="th"))
    shown = rendered(markdown(table(tr(td("1"), td("2")), head=head)))
    assert [one.text_content() for one in shown.iter("strong")] == ["x", "y"]


def test_a_row_that_lacks_cells_is_filled_up() -> None:
    assert rows(markdown(table(tr(td("a"), td("b")), tr(td("c"))))) == [["a", "b"], ["c", ""]]


def test_rows_and_columns_that_only_put_others_apart_are_left_out() -> None:
    gap = td("")
    shown = markdown(
        table(
            tr(td("Model"), gap, td("Test", 'colspan="2"')),
            tr(gap, gap, td("P"), td("R")),
            tr(gap, gap, gap, gap),
            tr(td("Ours"), gap, td("90"), td("89")),
        )
    )
    assert rows(shown) == [["Model", "Test", ""], ["", "P", "R"], ["Ours", "90", "89"]]
    assert markdown(table(tr(gap, td(para("One was born."))))) == "One was born."


def test_bars_backslashes_and_code_in_cells_do_not_part_them() -> None:
    shown = markdown(table(tr(td(r"|x|"), td(r"a\|b")), tr(td("<code>p|q</code>"), td("*c*"))))
    assert rows(shown) == [["|x|", r"a\|b"], ["p|q", "*c*"]]


def test_several_lines_in_a_cell_become_one() -> None:
    inner = table(tr(td("in")), tr(td("ner")))
    cell = '<span class="ltx_inline-block"><span class="ltx_p">two<br class="ltx_break">lines</span></span>'
    assert rows(
        markdown(table(tr(td(cell), td(inner)), tr(td("a"), td("<ul><li>x</li><li>y</li></ul>"))))
    ) == [
        ["two lines", "in ner"],
        ["a", "• x • y"],
    ]


def test_a_table_of_spans_within_a_line_is_a_table_too() -> None:
    def row(first: str, second: str) -> str:
        cells = f'<span class="ltx_td">{first}</span><span class="ltx_td ltx_colspan_2">{second}</span>'
        return f'<span class="ltx_tr">{cells}</span>'

    spans = f'<span class="ltx_tabular"><span class="ltx_tbody">{row("a", "b")}{row("c", "d")}</span></span>'
    shown = markdown(para(f"Before {spans} after."))
    assert rows(shown) == [["a", "b", ""], ["c", "d", ""]]
    assert shown.startswith("Before\n\n|")
    assert shown.endswith("|\n\nafter.")


def test_the_columns_are_aligned_as_they_were() -> None:
    right = '<td class="ltx_td ltx_align_right">1</td>'
    left = '<td class="ltx_td ltx_align_left">x</td>'
    assert (
        markdown(table(tr(left, td("c"), right), tr(left, td("c"), right))).split("\n")[1]
        == "| :--- | :---: | ---: |"
    )


def test_the_caption_of_a_table_stands_above_it_and_its_notes_at_the_end() -> None:
    tag = '<span class="ltx_tag ltx_tag_table">Table 1: </span>'
    caption = f'<figcaption class="ltx_caption">{tag}Tea{note("2", "Hot.")}</figcaption>'
    cells = table(tr(td("a"), td("b")), tr(td("c"), td("d")))
    shown = markdown(f'<figure class="ltx_table">{cells}{caption}</figure>')
    assert [seen(one) for one in shown.split("\n\n")] == ["Table 1: Tea²", "a b c d", "² Hot."]
    assert shown.startswith("**Table 1:** Tea")


@pytest.mark.parametrize(
    "laid_out",
    [
        table(tr(td("Boxed text."))),
        table(tr(td("First.")), tr(td("Second."))),
        table(tr(td("<img src=a.png>"), td("<img src=b.png>")), tr(td("(a)"), td("(b)"))),
        table(tr(td('<pre class="ltx_verbatim">code</pre>'), td("text"))),
    ],
)
def test_what_only_lays_out_is_no_table(laid_out: str) -> None:
    shown = markdown(laid_out)
    assert "|" not in shown
    assert seen(shown)


def test_lines_set_by_tabs_are_lines() -> None:
    shown = markdown(table(tr(td("for"), td("i")), tr(td(""), td("x")), kind="ltx_tabular ltx_tabbing"))
    assert shown == "for i\\\n" + "\N{NO-BREAK SPACE}" * 4 + "x"


def test_a_hostile_table_is_unfolded_before_it_grows() -> None:
    shown = markdown(table(*[tr(td("x", 'colspan="999" rowspan="999"'))] * 900))
    assert shown.count("x") == 900
    assert len(shown) < 10_000


@pytest.mark.parametrize(
    ("begin", "end"), [("<table><tr><td>", "</td></tr></table>"), ("<figure>", "</figure>")]
)
def test_what_a_page_puts_around_its_article_changes_nothing_in_it(begin: str, end: str) -> None:
    cells = table(tr(td("1", 'rowspan="2"'), td("2")), tr(td("3")), head=tr(td("A"), td("B")))
    plain = page(para("Text.") + cells + '<figure class="ltx_figure"><figcaption>One.</figcaption></figure>')
    within = plain.replace(b"<article", f"{begin}<article".encode())
    within = within.replace(b"</article>", f"</article>{end}".encode())
    assert within != plain
    assert list(conversion(within).parts()) == list(conversion(plain).parts())
