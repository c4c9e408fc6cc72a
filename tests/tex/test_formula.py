"""Formulas as a page of full text gives them: without dollars, broken over lines, packed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from triage import tex


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ("\\displaystyle=\\mathrm{Concat}(h_{1},...)W^{O}", "= Concat(h₁,...)Wᴼ"),
        ("a\\leq b=c\\in\\mathbb{R}^{d}", "a ≤ b = c ∈ ℝᵈ"),
        ("x_{B=0}<1", "x_(B=0) < 1"),
        ("<10^{-3}", "<10⁻³"),
        ("\\sim 5", "∼5"),
        ("H_{0}=$67.3\\text{\\,}\\mathrm{k}\\mathrm{m}\\,\\mathrm{s}^{-1}$", "H₀ = 67.3 km s⁻¹"),
        ("({\\bf\\it f^{\\prime% \n}}-{\\bf\\it f})", "(f′-f)"),
        ("\\dot{D}% \n_{0}", "Ḋ₀"),
        ("\\mathrm{p%\n}\\mathrm{c}", "pc"),
        ("68\\text{\\,}\\mathrm{\\char 37}", "68 %"),
        ("\\displaystyle\\text{where}~{}x_{i}", "where xᵢ"),
        ("\\begin{pmatrix}1&0\\\\ 0&1\\end{pmatrix}", "(1, 0; 0, 1)"),
        ("\\partialderivative*{D}{t}\\equiv\\gradient{\\phi}", "∂D/∂t ≡ ∇ϕ"),
        ("\\left.\\frac{df}{dx}\\right|_{x=0}", "df/dx|ₓ₌₀"),
        ("\\mathbf{z}=(z_{1},...,z_{n})", "z = (z₁,...,zₙ)"),
        (
            "\\begin{cases}x^{2},&x>0\\text{ and so},\\\\[2.84526pt] 0,&\\text{else},\\end{cases}",
            "(x², x > 0 and so; 0, else,)",
        ),
        ("\\begin{pmatrix}a&&b\\\\[4.0pt] [1,2]&c&d\\end{pmatrix}", "(a,, b; [1,2], c, d)"),
        ("\\begin{array}[]{rcl}a&=&b\\\\ c&\\leq&d\\end{array}", "(a = b; c ≤ d)"),
        ("a\\\\*[1ex] b\\\\ [c]", "a b [c]"),
        ("b=\\left\\{\\begin{aligned}x&=1,\\\\ y&=2\\end{aligned}\\right.", "b = (x = 1; y = 2)"),
        ("b=\\begin{aligned}x&+1\\\\ &+2\\end{aligned}", "b = x +1 +2"),
        ("a\\bmod b", "a mod b"),
        ("plain", "plain"),
        ("", ""),
    ],
)
def test_a_reader_sees(source: str, shown: str) -> None:
    assert tex.formula(source) == shown


@given(st.text(st.sampled_from("\\{}$^_~&% \n()=<ax1") | st.characters(), max_size=60))
def test_any_formula_is_converted_without_an_error(source: str) -> None:
    tex.formula(source)
