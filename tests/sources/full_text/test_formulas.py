"""Formulas: once, by their TeX, and as TeX where nothing better is known."""

import pytest

from tests.sources.full_text.pages import links, markdown, math, of_text, para, rendered, seen


def test_a_formula_is_shown_once_and_its_mathml_never() -> None:
    assert seen(of_text(f"Let {math('x_{1}+y^{2}')} be.")) == "Let x₁+y² be."


def test_what_follows_a_formula_stays_at_its_side() -> None:
    assert seen(of_text(f"({math('a')}, {math('b')})-tea; {math('c')}.")) == "(a, b)-tea; c."


def test_a_formula_that_cannot_be_converted_is_its_tex_as_code(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("triage.tex.formula", lambda source: source)
    formula = math(r"\doubt{x_1}")
    (code,) = rendered(of_text(f"Let {formula} stay.")).iter("code")
    assert code.text_content() == r"\doubt{x_1}"


@pytest.mark.parametrize(
    ("formula", "shown"),
    [
        ('<math><mi>z</mi><annotation encoding="application/x-tex">a^{2}</annotation></math>', "a²"),
        ("<math><mrow><mi>a</mi><mo>=</mo><mi>b</mi></mrow></math>", "a=b"),
        ('<math alttext=""><mi>q</mi></math>', "q"),
    ],
)  # fmt: skip
def test_without_its_tex_beside_it_a_formula_is_shown_by_what_there_is(formula: str, shown: str) -> None:
    assert seen(of_text(f"Let {formula} be.")) == f"Let {shown} be."


def test_a_formula_broken_over_lines_by_latexml_is_one() -> None:
    assert seen(of_text(math("a+%\nb"))) == "a+b"


def test_the_signs_of_a_formula_are_no_markdown() -> None:
    shown = markdown(para(math("a*b*c_{i}<d|e|[0,1]")))
    assert seen(shown) == "a*b*cᵢ < d|e|[0,1]"


def test_raised_and_lowered_text_has_characters_of_its_own_or_says_that_it_is() -> None:
    shown = of_text('H<sub class="ltx_sub">2</sub>O, m<sup class="ltx_sup">2</sup>, 5<sup>th &amp; x</sup>')
    assert seen(shown) == "H₂O, m², 5^(th & x)"


def test_a_citation_in_a_formula_keeps_its_link() -> None:
    cite = '<cite class="ltx_cite">[<a href="#bib.bib1">1</a>]</cite>'
    formula = rf'<math alttext="{{}}^{{\text{{\cite[cite]{{}}}}}}"><msup><mtext>{cite}</mtext></msup></math>'
    assert list(links(of_text(f"Tea{formula}."))) == [("1", "#bib.bib1")]


def test_what_only_takes_up_room_is_not_shown() -> None:
    assert (
        seen(of_text('a<span class="ltx_text ltx_phantom"><span style="visibility:hidden">00</span></span>b'))
        == "ab"
    )
