"""What a reader sees of packages' macros and plain TeX's, of tables, and of dollars that nobody closes."""

import pytest

from triage import tex


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        # What other packages and plain TeX write.
        (
            r"\ce{SO4^2-}, \ce{2H2 + O2 -> 2H2O}, CO\textsubscript{2}, m\textsuperscript{-3}",
            "SO₄²⁻, 2H₂ + O₂ → 2H₂O, CO₂, m⁻³",
        ),
        (
            r"$\ket{\psi}$, $\norm{x}_2$, $\braket{a|b}$, $\pdv{u}{t}$, $\differential[3]{x}$",
            "|ψ⟩, ‖x‖₂, ⟨a|b⟩, ∂u/∂t, d³x",
        ),
        (r"\raise.3ex\hbox{$>$\kern-.75em\lower1ex\hbox{$\sim$}} 5, $\buildrel > \over \sim 3$", ">∼ 5, ≳ 3"),
        (r"$f = \begin{cases} 1 & x>0 \\ 0 & \text{else} \end{cases}$", "f = (1, x>0; 0, else)"),
        (r"$\left( \begin{array}{cc} a & b \\ c & d \end{array} \right)$", "(a, b; c, d)"),
        (r"$\left\{ \begin{array}{l} a \\ b \end{array} \right.$", "(a; b)"),
        (r"$\pmatrix{a & b\cr c & d\cr}$, $\displaylines{x\cr y}$", "(a, b; c, d), x y"),
        (
            r"$\mathchoice{a}{b}{c}{d}$, $\underbrace{1+1}_{n}$, $\sum_{\substack{i\\j}}$",
            "a, (1+1)ₙ, ∑_(i, j)",
        ),
        (r"{\color{red} red} \textcolor[rgb]{1,0,0}{text}, {\small so} \vspace{2mm}it", "red text, so it"),
        (r"\begin{theorem}[Main] If $x$. \end{theorem}", "Theorem (Main). If x. "),
        (r"\begin{align*} u_t = \Delta u", "uₜ = Δ u"),
        (
            r"\verb|x_1|, \L ojasiewicz, \AA ngstr\"om, 5 \AA thick, 68\char 37",
            "x_1, Łojasiewicz, Ångström, 5 Å thick, 68%",
        ),
        (r"\citep[see][p.~3]{B}, \footnote{So.} \label{x}", "[see B, p. 3], (So.) "),
        (r"$\href{https://a.org}{\texttt{a}}$, \ie, \etal.", "a (https://a.org), i.e., et al."),
        # Names of people, twice accented and in a bibliography's braces.
        (
            r"Nguy\~{\^e}n Th\`{\^o}ng, \`{\u a}, {G\"{o}del}, \textcommabelow{s}, O\textquoteright Brien",
            "Nguyễn Thồng, ằ, Gödel, ș, O’Brien",
        ),
        # Spaces as one would set them.
        (r"$\alpha \neq 0$, $\varepsilon > 1$, $2\pi /3$, $ρ= 0.4$", "α ≠ 0, ε > 1, 2π/3, ρ = 0.4"),
        (
            r"$10\mathrm{yr}^{-1}$, $5~\mu m$, $0\farcs5$, $k = 1 \text{ h} \text{ Mpc}$",
            "10 yr⁻¹, 5 μm, 0.″5, k = 1 h Mpc",
        ),
        (
            r"$\langle z \rangle = 1$, $\left[ x \right]$, $f\colon X\to Y$, $z\sim 4\text{--}7$",
            "⟨z⟩ = 1, [x], f: X→Y, z∼4–7",
        ),
        (
            r"$\sqrt{n}d$, $\frac{1}{\sqrt{d_k}}$, $\bar{\rho_0}$, $\frac{\partial u}{\partial t}$",
            "√n d, 1/√dₖ, ρ̄₀, ∂u/∂t",
        ),
        (
            r"$\mathbb{F}_{p^n}$, $2^{2^n}$, $x^{+1 -2}$, $s_{_{NN}}$, $\pi^{{\'e}t}$",
            "𝔽_(pⁿ), 2^(2ⁿ), x^(+1 -2), s_NN, π^ét",
        ),
        # Dollars that nobody closes, or opens.
        (r"\Delta\alpha_n=0.8\pm 1.7$ and $\beta$", "Δαₙ=0.8± 1.7 and β"),
        ("using $D_S^+ and so on", "using D_S⁺ and so on"),
        ("$HOME and a $variable", None),
        ("from $3B to $4B in $t$ years, for $5 ($x$)", "from $3B to $4B in t years, for $5 (x)"),
    ],
)
def test_a_reader_sees(source: str, shown: str | None) -> None:
    assert tex.to_unicode(source) == (source if shown is None else shown)
