"""The judge of conversions: it finds what is wrong, and nothing wrong with what is right."""

import pytest

from tests.tex import cleanliness


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        (r"It reaches 88\% of $x^2$, i.e. \emph{most}.", "It reaches 88% of x², i.e. most."),
        (r"a set $\{1, 2\}$ and a text {a, b}, {{ 7*7 }}", "a set {1, 2} and a text {a, b}, {{ 7*7 }}"),
        ("from $5 million to $6 million, US$ 3 and \\$K", "from $5 million to $6 million, US$ 3 and $K"),
        (r"costs $5 and $n$ is free", "costs $5 and n is free"),
        (r"at ~120% and z$\sim$2 of ~$\alpha$", r"at ~120% and z∼2 of ~α"),
        (r"Fig.~3 by Erd\H{o}s and M\"obius", "Fig. 3 by Erdős and Möbius"),
        (r"{\it E. coli} grows", "E. coli grows"),
        (r"the $\mathcal{O}(n)$-time one", "the 𝒪(n)-time one"),
        (r"\href{https://a.org/x}{here} and https://a.org/~b", "here (https://a.org/x) and https://a.org/~b"),
        (r"x < y and $a<b$", "x < y and a<b"),
        (r"a \textbackslash{} sign", "a \\ sign"),
        (r"\O rsted at $s$~=~5", "Ørsted at s = 5"),
        (r"$10^{-3}$ of $10^{7.5}$, $x_{ijk}$", "10⁻³ of 10^(7.5), xᵢⱼₖ"),
        (r"$\left\{ \begin{array}{l} a \\ b \end{array} \right.$", "(a; b)"),
    ],
)
def test_a_right_conversion_has_no_fault(source: str, shown: str) -> None:
    assert cleanliness.faults(source, shown) == []


@pytest.mark.parametrize(
    ("source", "shown", "fault"),
    [
        (r"of \foo here", r"of \foo here", "backslash"),
        ("if $x$ holds", "if $x$ holds", "dollar"),
        (r"an $a$ of $\beta", "an a of $β", "dollar"),
        (r"$\{1\}$ and $x^{2}$", "{1} and x^{2}", "script"),
        ("an $x_{i}$ here", "an x{i} here", "brace {"),
        (r"{\bf bold} text", "{bold} text", "brace {"),
        ("70{,}496 images", "70{,}496 images", "brace {"),
        (r"a set $\{1\}$", "a set 1}", "lost {"),
        ("of {a1, ..., an} here", "of a1, ..., an here", "lost {"),
        ("88% of all", "88", "lost %"),
        (r"88\% of all", "88 of all", "lost %"),
        ("p < 0.05 for all", "p 0.05 for all", "lost <"),
        ("at ~120 K", "at 120 K", "lost ~"),
        (r"z $\sim$ 2 here", "z  2 here", "lost ~"),
        ("https://a.org/~b is it", "https://a.org/ b is it", "lost ~"),
        ("the whole text", "the text", "lost word 'whole'"),
        ("the end is near", "", "lost word 'the'"),
        ("where $r$ is large", "whereris large", "lost word 'where'"),
        (r"the $n$ and $m$ of it", "the nand m of it", "lost word 'and'"),
        (r"an \textbf{A} and words words", "an A and words", "lost word 'words'"),
        ("in this order", "order this in", "lost word 'this'"),
        (r"costs $5 and $10 for $n$ of it", "costs 5 and 10 for n of it", "lost $"),
        ("about 10$^{-3}$ of it", "about 10-3 of it", "lost power -3"),
        (r"$M_{\rm mol}$ is", "Mₘₒₗ is", "word in a script"),
    ],
)
def test_a_wrong_conversion_has_its_fault(source: str, shown: str, fault: str) -> None:
    assert fault in cleanliness.faults(source, shown)


@pytest.mark.parametrize("text", [r"\alpha", r"a \% b", "$x$", "10^{-3}", "``so''", r"M\"uller", r"\(x\)"])
def test_tex_is_seen(text: str) -> None:
    assert cleanliness.has_tex(text)


@pytest.mark.parametrize("text", ["88% of 5", "{a, b}", "costs $5", "x_1 and y^2", "`so'", "C:\\ "])
def test_what_is_none_is_not_taken_for_tex(text: str) -> None:
    assert not cleanliness.has_tex(text)
