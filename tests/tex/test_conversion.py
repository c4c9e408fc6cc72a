"""What a reader sees of TeX: symbols where there is TeX, the source's own words and signs elsewhere."""

import re
import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from triage import tex


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        # Text that is text.
        ("It reaches an 88% mAP, doing well in rapid detection.", None),
        ("{{ 7*7 }} and {a_1,...as,c |ai<c}, x[0] < y [5,10]", None),
        ("between $5 and $10, or $5-$10, of $2 million and $3", None),
        ("costs about $1.57 per study", None),
        ("biases as large as ~120% at z~3, R~50,000 and 60%~70%", None),
        (r"\input{/etc/passwd} C:\Users\me\new and a regex \d+\n", None),
        ("git --all and a --> b and <-- and ----", None),
        ("``code`` and ```block``` and 5''", None),
        ("see https://a.org/~me/x--y_{z}", None),
        (r"he said \"hello\" twice", 'he said "hello" twice'),
        # Money then math; a stray dollar.
        (r"costs $5 million, but $2/N_c$ is free", "costs $5 million, but 2/N_c is free"),
        (
            r"a $38\% relative drop in false alarms ($\mathrm{Fa}$) is seen",
            "a $38% relative drop in false alarms (Fa) is seen",
        ),
        ("where $x$ is $y", "where x is $y"),
        ("a $20 fee; a $k$-NN costs $3 ($k$=5)", "a $20 fee; a k-NN costs $3 (k=5)"),
        # Escapes, ties, spaces, dashes, quotes.
        (r"34\,\% of \$5 \& \# a\_b \{x\}", "34 % of $5 & # a_b {x}"),
        (r"Learning~(FL) in Fig.~3 at 12~m, M~82", "Learning (FL) in Fig. 3 at 12 m, M 82"),
        (r"$s$~=~4~GeV, M$_W$~$\pm$~3, 50\%~of S/N~$>$~5", "s = 4 GeV, M_W ± 3, 50% of S/N > 5"),
        ("at $z$~3, 60%~70%, x~=5", "at z~3, 60%~70%, x~=5"),
        (r"{$\Lambda$CDM}, {$a_1$, ..., $a_n$}, {$x$ | $x>0$}", "ΛCDM, {a₁, ..., aₙ}, {x | x>0}"),
        (r"70{,}496 images in ${<}15$\,s at ${\sim}10^{4}{\times}$", "70,496 images in <15 s at ∼10⁴×"),
        ("a ``pure eviction'' of the 'old' \"kind\"", "a “pure eviction” of the 'old' \"kind\""),
        ("30--40, Castell--Gaines and x---y", "30–40, Castell–Gaines and x—y"),
        # Accents.
        (
            r"M\"obius, Erd\H{o}s, Tur\'{a}n, Verdi\`ere, na\"{\i}ve, \'{e}t\'e",
            "Möbius, Erdős, Turán, Verdière, naïve, été",
        ),
        (r"\c{c}\v{s}\k{a}\r{a}\u{g}\=a\.z\~n Ha\v cek S\o ren Stra\ss e", "çšąåğāżñ Haček Søren Straße"),
        (r"Jos\\'e P\\'{e}rez, G" + r'\\"odel, a\\b', r"José Pérez, Gödel, a\\b"),
        # Fonts and text macros.
        (
            r"{\bf Bold}, {\it E. coli}, {\em so}, \emph{a \textbf{b} c}, \textbf{Com}plete",
            "Bold, E. coli, so, a b c, Complete",
        ),
        (r"\bf{Aims:} we grow \it{E. coli} in {\small{so}} little", "Aims: we grow E. coli in so little"),
        (r"of order \cal{O}(\alpha_s^2)$ and 12\kms", "of order 𝒪(αₛ²) and 12 kms"),
        (r"$\mathbb{Z}[[q]]$, $\mathcal{T}$, ${\cal O}(n)$, $\mathfrak{g}$", "ℤ[[q]], 𝒯, 𝒪(n), 𝔤"),
        (
            r"\href{https://a.org/b_c}{code}, \url{https://a.org/~d}",
            "code (https://a.org/b_c), https://a.org/~d",
        ),
        (r"H{\sc i}, [O{\sc iii}] and C\,{\sc iv} with {\sc Galfit}", "H i, [O iii] and C iv with Galfit"),
        (r"\ion{H}{1} at 21\,cm, \cite{Key2020}", "H I at 21 cm, [Key2020]"),
        # Scripts.
        (r"$M_{\rm HI} \approx 7.4 \times 10^{6}$ $M_{\odot}$", "M_HI ≈ 7.4 × 10⁶ M_⊙"),
        (r"$z_{\rm wt}=0.464^{+0.235}_{-0.120}$", "z_wt=0.464^(+0.235)_(-0.120)"),
        (
            r"$\dot{\Sigma}^{+}_{\rm mol}$ in $x_{ij}$, $x_{max}y$, N$_2$H$^+$, $^{63}$Cu",
            "Σ̇⁺_mol in xᵢⱼ, x_(max)y, N₂H⁺, ⁶³Cu",
        ),
        (
            r"$2^{O(k\log k)}$, $e^{i\pi}$, $F_{\mu\nu}$, $t_{2g}$, $\R^{d\times d}$, $L_{\rm H\alpha}$",
            "2^(O(k log k)), e^(iπ), F_(μν), t_(2g), ℝ^(d×d), L_Hα",
        ),
        (r"10^{-4} and R^{2,1}, pass^1, 10^8", "10⁻⁴ and R^(2,1), pass^1, 10^8"),
        (r"$90^{\circ}$, $f'$, $1.5''$, $3^{\rm rd}$, D$^*$", "90°, f′, 1.5″, 3ʳᵈ, D^*"),
        (r"$M_{\rm BH}$$-$$R_{\rm b}$ of the $M_{\rm BH}$s", "M_BH-R_b of the M_(BH)s"),
        # Fractions, roots, accents, operators.
        (
            r"$\frac{m - 1}{r}$, $\frac{1}{2}x$, $\frac{a}{bc}$, $2\frac12$",
            "(m - 1)/r, (1/2)x, a/(bc), 2(1/2)",
        ),
        (r"\sqrt{2} times $\sqrt[3]{x+1}$, $\binom{n}{k}$", "√2 times ∛(x+1), (n choose k)"),
        (r"$\bar{x}_{\rm HI}$, $<\bar{q}q>$, $\widehat{AB}$, $\hat\imath$", "x̄_HI, <q̄q>, widehat(AB), î"),
        (
            r"$2\log n$, $\gcd(1 + rk, m)$, $\not\in$, $\left\lfloor x \right\rfloor$",
            "2 log n, gcd(1 + rk, m), ∉, ⌊x⌋",
        ),
        (r"\la r^2\ra and $\la x \ra$, but $M \la 10^9$", "⟨ r^2⟩ and ⟨x⟩, but M ≲ 10⁹"),
        (r"$\langle x\rangle = 1$, $\Gamma\backslash G$, 31\fs97", "⟨x⟩ = 1, Γ∖G, 31.ˢ97"),
        (r"$\sum_{n=0}^{\infty} a_f(n)q ^n$", "∑ₙ₌₀^∞ a_f(n)qⁿ"),
        (r"$e^+ e^-\to K^+ K^- \pi^+\gamma$", "e⁺ e⁻→K⁺ K⁻ π⁺γ"),
        (r"$\stackrel{d}\longrightarrow$ \(L^2\) \[a \over b\] $$x$$", "⟶ᵈ L² a/b x"),
        # Half converted by arXiv; authors' own macros; what cannot be done.
        (r"$\mathbfθ$ at $\tildeΘ(\sqrt{T})$, Ly$α$", "θ at Θ̃(√T), Lyα"),
        (r"$T \subset \R^{k_1+\ell}$ of \QSMM\ is", "T ⊂ ℝ^(k₁+ℓ) of QSMM is"),
        (r"an \newterm{unknown} one", None),
        (r"\begin{align*} u_t &= \Delta u, \\ v &= 0 \end{align*}", "uₜ = Δ u, v = 0"),
        (r"\begin{widetext} text \end{widetext}", None),
        # A title that is no TeX and must not be read as markup.
        ("[/INST] [@click=app.quit] [link=file:///x]", None),
    ],
)  # fmt: skip
def test_a_reader_sees(source: str, shown: str | None) -> None:
    assert tex.to_unicode(source) == (source if shown is None else shown)


_SIGNS = st.sampled_from(
    [*"\\{}$^_~`'\"-&%<[]() \n,.a1xéθ", "\\frac", "\\textbf{", "\\begin{align}", "\\end{align}"]
)
_TEX = st.lists(
    _SIGNS | st.sampled_from(sorted(f"\\{n}" for n in ("alpha", "bf", "cal", "over", "href", "H", "foo")))
)


def _letters(text: str) -> str:
    folded = unicodedata.normalize("NFKD", text).lower()
    return "".join(sorted(c for c in folded if c.isascii() and c.isalpha()))


@given(_TEX.map("".join))
def test_no_source_raises_or_loses_a_letter(source: str) -> None:
    shown = _letters(tex.to_unicode(source))
    kept = _letters(re.sub(r"\\[A-Za-z]+|align", "", source))
    assert all(shown.count(c) >= kept.count(c) for c in set(kept))


@given(st.text())
def test_any_text_is_converted_without_an_error(text: str) -> None:
    tex.to_unicode(text)


@given(st.text(st.characters(exclude_characters="\\$~`-^_{}")))
def test_a_text_without_tex_is_untouched(text: str) -> None:
    assert tex.to_unicode(text) == text


@pytest.mark.parametrize(
    "hostile",
    ["{", "}", "$", "\\", "{\\bf ", "${", "^{", "\\frac", "\\frac{", "$\\hat", "\\(", "\\begin{align}",
     "``", "~", "a~1", "--", "\\'", "\\href{", "$\\sqrt[", "$x_{", "{$}", "\\textbf{", "$\\text{$",
     "$a \\over ", "{\\cal ", "$$", "https://", "\\begin{cases}",
     "\\begin{align}\\begin{cases}\\end{align}",
     "\\cite[a][b]{", "\\textcolor[a]{b}", "\\hskip1pt plus", "\\verb|", "$\\left\\{\\begin",
     "$\\buildrel a \\over",
     "\\mathchoice{", "\\genfrac{", "$x_{_{", "$x^{x_1", "\\ce{H", "\\b$", "$D_S", "{\\color[a]{b} ",
     "\\pdv[2]{",
     "\\item[", "\\begin{theorem}[", "$\\mu ", "$\\not\\!", "$\\bar{x_1",
     "\\la ", "\\la a\\ra", "{$", "$x$~", "~=~", "\\bf{", "1\\kms"],
)  # fmt: skip
def test_hostile_text_is_shown_in_linear_time(hostile: str) -> None:
    def seconds(size: int) -> float:
        half = hostile * (size // len(hostile) // 2)
        start = time.thread_time()
        assert tex.to_unicode(half + "}" * half.count("{"))
        return time.thread_time() - start

    # Of the thread's own time: ten times the text may take some twenty times as long, never a hundred times.
    assert seconds(100_000) < 40 * seconds(10_000) + 0.5


def test_no_sign_has_the_rest_of_the_text_copied() -> None:
    def seconds(hostile: str, size: int) -> float:
        text = hostile * (size // len(hostile))
        start = time.thread_time()
        tex.to_unicode(text)
        return time.thread_time() - start

    # A copy of the rest is quick: only in a long text does it show that there is one for each sign.
    for hostile in ("$ ", "a\\\\"):
        assert seconds(hostile, 1_200_000) < 8 * seconds(hostile, 300_000), hostile
