"""Displayed equations: on lines of their own, with their numbers."""

from tests.sources.full_text.pages import markdown, math, seen


def cell(content: str, side: str = "center") -> str:
    return f'<td class="ltx_td ltx_align_{side} ltx_eqn_cell">{content}</td>'


def number(shown: str, rows: int = 1) -> str:
    return (
        f'<td rowspan="{rows}" class="ltx_eqn_cell ltx_eqn_eqno ltx_align_right">'
        f'<span class="ltx_tag ltx_tag_equation ltx_align_right">{shown}</span></td>'
    )


def row(*cells: str) -> str:
    return (
        '<tr class="ltx_equation ltx_eqn_row"><td class="ltx_eqn_cell ltx_eqn_center_padleft"></td>'
        f'{"".join(cells)}<td class="ltx_eqn_cell ltx_eqn_center_padright"></td></tr>'
    )


def equation(*rows: str, kind: str = "ltx_equation", anchor: str = "S1.E1") -> str:
    bodies = "".join(f"<tbody>{one}</tbody>" for one in rows)
    return f'<table id="{anchor}" class="{kind} ltx_eqn_table">{bodies}</table>'


def lines(*rows: str, kind: str = "ltx_equationgroup ltx_eqn_align") -> list[str]:
    """The lines that are seen of an equation between two paragraphs."""
    shown = f'<p class="ltx_p">Before</p>{equation(*rows, kind=kind)}<p class="ltx_p">after.</p>'
    before, shown, after = markdown(f'<div class="ltx_para">{shown}</div>').split("\n\n")
    assert (before, after) == ("Before", "after.")
    return [line.removesuffix("\\") for line in shown.split("\n")]


def test_an_equation_stands_on_a_line_of_its_own_with_its_number_behind_it() -> None:
    (line,) = lines(row(cell(math("f(x)=0")), number("(3)")), kind="ltx_equation")
    assert line.split() == ["f(x)", "=", "0", "(3)"]


def test_each_row_of_aligned_equations_has_its_own_line_and_number() -> None:
    shown = lines(
        row(cell(math("a"), "right"), cell(math("=b+c"), "left"), number("(1)")),
        row(cell("", "right"), cell(math("=d"), "left")),
        row(cell(math("f"), "right"), cell(math("=g"), "left"), number("(2)")),
    )
    assert [line.split() for line in shown] == [["a", "=", "b+c", "(1)"], ["=", "d"], ["f", "=", "g", "(2)"]]
    assert [line.startswith("\N{NO-BREAK SPACE}") for line in shown] == [False, True, False]


def test_two_equations_in_one_row_are_kept_apart() -> None:
    pairs = [
        cell(math("a"), "right"),
        cell(math("=b,"), "left"),
        cell(math("c"), "right"),
        cell(math("=d"), "left"),
    ]
    (line,) = lines(row(*pairs))
    assert line == "a = b,\N{NO-BREAK SPACE}\N{NO-BREAK SPACE}\N{NO-BREAK SPACE}c = d"


def test_a_number_beside_several_rows_ends_the_last_of_them() -> None:
    shown = lines(
        row(cell(math("a"), "right"), cell(math("=b"), "left"), number("(7)", rows=2)),
        row(cell("", "right"), cell(math("=c"), "left")),
    )
    assert "(7)" not in shown[0]
    assert shown[1].endswith("(7)")


def test_an_equation_with_its_number_on_the_left_shows_it_on_the_right() -> None:
    (line,) = lines(row(number("(4)"), cell(math("x=1"))), kind="ltx_equation")
    assert line.split() == ["x", "=", "1", "(4)"]


def test_a_split_equation_has_a_line_for_each_of_its_rows() -> None:
    shown = lines(row(cell(math(r"\begin{split}a&=b\\ &=c\end{split}.")), number("(5)")), kind="ltx_equation")
    assert [line.split() for line in shown] == [["a", "=", "b"], ["=", "c.", "(5)"]]


def test_cases_and_matrices_are_not_torn_apart() -> None:
    (line,) = lines(row(cell(math(r"f=\begin{cases}1&x>0\\ 0&x<0\end{cases}"))), kind="ltx_equation")
    assert "1" in line
    assert "0" in line


def test_text_between_the_rows_of_equations_is_a_line_without_indent() -> None:
    shown = lines(
        row(cell(math("a"), "right"), cell(math("=b"), "left")),
        row('<td class="ltx_eqn_cell ltx_align_left" colspan="2"><p class="ltx_p">and so</p></td>'),
        row(cell(math("c"), "right"), cell(math("=d"), "left")),
    )
    assert shown == ["a = b", "and so", "c = d"]


def test_the_equations_of_a_group_within_a_group_have_their_rows() -> None:
    inner = row(cell(math("u"), "right"), cell(math("=1"), "left"), number("(8a)"))
    group = f"<tbody><tbody>{inner}</tbody></tbody>"
    shown = markdown(f'<table class="ltx_equationgroup ltx_eqn_table">{group}</table>')
    assert seen(shown) == "u = 1 (8a)"


def test_an_equation_that_the_page_lacks_is_said_to_be_missing() -> None:
    (line,) = lines(row(number("(4)")), kind="ltx_equation")
    assert seen(line) == "[missing on the page] (4)"
