"""The table of symbols, held against a well-kept one."""

from pylatexenc.latex2text import get_default_latex_context_db

from triage import tex
from triage.tex.symbols import ACCENTS, AUTHORS_OWN, MATH_ACCENTS, MATH_ONLY, OPERATORS, SPACES, SYMBOLS

# Where ours is another character on purpose.
_OURS = {
    "hbar": "ℏ", "bullet": "•", "bigotimes": "⨂", "bigoplus": "⨁", "prime": "′", "mid": "∣", "dotsb": "⋯",
    "dotsm": "⋯", "textasciicircum": "^", "textmu": "μ", "textperiodcentered": "·", "blacksquare": "■",
    "diamond": "⋄", "barwedge": "⊼", "blacktriangle": "▲", "vartriangle": "△", "blacktriangleright": "▶",
    "triangleright": "▷", "blacktriangledown": "▼", "triangleleft": "◁", "eth": "ð", "backslash": "∖",
}  # fmt: skip
# Words and parts of documents that are no symbols, and signs of the zodiac: names of other things in a paper.
_NONE_OF_OURS = (
    *("today", "id", "Ident", "vspace", "ref", "autoref", "cref", "Cref", "eqref", "cite", "citet", "citep"),
    *("leo", "cancer", "gemini", "aries", "taurus", "virgo", "libra", "scorpio", "sagittarius"),
    *("capricornus", "aquarius", "pisces", "male", "image", "original", "recorder", "estimates", "Angle"),
    *("Equal", "textcompwordmark", "nolinebreak", "limsup", "liminf", "ddddot"),
)


def _theirs() -> dict[str, str]:
    """The names of single characters that pylatexenc knows."""
    shown = {spec.macroname: spec.simplify_repl for spec in get_default_latex_context_db().iter_macro_specs()}
    return {
        name: text
        for name, text in shown.items()
        if isinstance(text, str) and name.isalpha() and text.strip() and "%" not in text
    }


def test_every_symbol_that_pylatexenc_knows_is_known_as_the_same_character() -> None:
    theirs = {name: shown for name, shown in _theirs().items() if name not in _NONE_OF_OURS}
    assert len(theirs) > 700
    ours = {
        name: SYMBOLS.get(name) or MATH_ONLY.get(name) or (name if name in OPERATORS else None)
        for name in theirs
        if name not in ACCENTS and name not in MATH_ACCENTS and name not in SPACES
    }
    other = {name: (shown, theirs[name]) for name, shown in ours.items() if shown != theirs[name]}
    assert {name: shown for name, (shown, _) in other.items()} == _OURS, other


def test_each_symbol_is_shown_for_its_name() -> None:
    wrong = {
        name: (shown, symbol)
        for name, symbol in SYMBOLS.items()
        if (shown := tex.to_unicode(f"$\\{name}$")) != symbol and name not in AUTHORS_OWN
    }
    assert wrong == {}
