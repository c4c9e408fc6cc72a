"""How one mathematical thing is set in plain characters: raised, lowered, accented, in another alphabet."""

import re
import unicodedata

from triage.pattern import pattern

_RAISED = str.maketrans(
    "0123456789+-−=()abcdefghijklmnoprstuvwxyzABDEGHIJKLMNOPRTUVWαβγδεθιϕφχ",
    "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻᴬᴮᴰᴱᴳᴴᴵᴶᴷᴸᴹᴺᴼᴾᴿᵀᵁⱽᵂᵅᵝᵞᵟᵋᶿᶥᶲᵠᵡ",
)
_LOWERED = str.maketrans(
    "0123456789+-−=()aehijklmnoprstuvxβγρϕφχ",
    "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓᵦᵧᵨᵩᵩᵪ",
)
_ALREADY_RAISED = {
    "∘": "°",
    "°": "°",
    "deg": "°",
    "′": "′",
    "″": "″",
    "†": "†",
    "‡": "‡",
    "′′": "″",
    "′′′": "‴",
}
_ORDINALS = frozenset(("st", "nd", "rd", "th"))
_BLACKBOARD = {"C": "ℂ", "H": "ℍ", "N": "ℕ", "P": "ℙ", "Q": "ℚ", "R": "ℝ", "Z": "ℤ"}
_SCRIPT = {"B": "ℬ", "E": "ℰ", "F": "ℱ", "H": "ℋ", "I": "ℐ", "L": "ℒ", "M": "ℳ", "R": "ℛ"}
_FRAKTUR = {"C": "ℭ", "H": "ℌ", "I": "ℑ", "R": "ℜ", "Z": "ℨ"}
_DOTLESS = {"ı": "i", "ȷ": "j"}
_LIST_OR_SUM = pattern(r"[\s+\-−±∓=<>,/∼≈≤≥→]")
_RAISED_OR_LOWERED = "".join({chr(code) for code in (*_RAISED.values(), *_LOWERED.values())}) + "′″‴"
_HAS_SCRIPT = pattern(f"[{_RAISED_OR_LOWERED}]")
_MARKS = r"[\u0300-\u036f\u20d0-\u20ff]*"
_LETTER = rf"[^\W{_RAISED_OR_LOWERED}]{_MARKS}"
_SCRIPTS = rf"[{_RAISED_OR_LOWERED}]*(?:[_^](?:\w+|\([^()]*\)))?[{_RAISED_OR_LOWERED}]*"
_ONE_ATOM = pattern(rf"[\d.]+|\|[^|]+\||‖[^‖]+‖|⌊[^⌊⌋]+⌋|⌈[^⌈⌉]+⌉|⟨[^⟨⟩]+⟩|[√∛∜∂dδ]?{_LETTER}{_SCRIPTS}")
_ONE_LETTER = pattern(rf".{_MARKS}{_SCRIPTS}", re.DOTALL)
_WORD_INSIDE = pattern(r"[^\W\d_]{3,}|[A-Za-z]{2,}(?=\s)|(?<=\s)[A-Za-z]{2,}")
_LATIN_WORD = pattern(r"[A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f]+|\d+")
_SPACED = pattern(r"[\w)]\s+[+\-−±]\w|\d\s+\d")
_SCRIPT_OR_RELATION = pattern(
    r"[_^]\((?:[^()]|\([^()]*\))*\)|\s*(?P<relation>[=<>≤≥≈≃≅∼≡≠∝∈∉∋⊂⊆⊃⊇→←↔⟶⇒⇔↦≪≫≲≳⪅⪆≺≻≔≜:]+(?<!:))\s*"
)
_LONGEST_ATOM = 40
"""What is longer is no one letter with its marks, and is not looked at: the patterns are not linear."""
UNIT_AFTER_MICRO = pattern(r"(?:m|s|as|Jy|K|G|b|eV|Hz|W|V|A|F|g|l|L|M|T|rad|mol|Pa|bar)(?![A-Za-z])")
"""Units that a `\\mu` stands before with a space that TeX does not print."""


def script(inner: str, *, up: bool, word: bool) -> tuple[str, str]:
    """Raise or lower: the form for most places, and the one for before a letter or digit.

    Characters are only raised or lowered where every one of them can be; a word never is (`_mol`, not `ₘₒₗ`).
    `word` says that the source set it upright.
    """
    inner = inner.strip()
    tight = inner.replace(" ", "")
    if up and tight in _ALREADY_RAISED:
        return (_ALREADY_RAISED[tight],) * 2
    alphabet = _RAISED if up else _LOWERED
    upright = word and len(tight) > 1 and tight.isalnum()
    word = (upright and tight.isalpha() and tight not in _ORDINALS) or any(
        set(found) - set("ijkl") for found in _WORD_INSIDE.findall(inner)
    )
    if not word and all(ord(c) in alphabet for c in tight) and not _SPACED.search(inner):
        return (tight.translate(alphabet),) * 2
    mark = "^" if up else "_"
    if len(tight) == 1 or enclosed(inner):
        return (mark + inner,) * 2
    wrapped = f"{mark}({inner})"
    plain = tight == inner and (
        _LATIN_WORD.fullmatch(tight) is not None or (upright and not _HAS_SCRIPT.search(tight))
    )
    return (mark + inner, wrapped) if plain else (wrapped, wrapped)


def enclosed(text: str) -> bool:
    """Tell whether one pair of parentheses holds the whole text."""
    if not (text.startswith("(") and text.endswith(")")):
        return False
    depth = 0
    for i, c in enumerate(text):
        depth += (c == "(") - (c == ")")
        if depth == 0:
            return i == len(text) - 1
    return False


def fraction(over: str, under: str) -> str:
    """Write a fraction on one line: with parentheses where it would else be read wrongly."""
    over, under = over.strip(), under.strip()
    if _LIST_OR_SUM.search(over.lstrip("-")) and not enclosed(over):
        over = f"({over})"
    return f"{over}/{atom(under)}"


def atom(text: str) -> str:
    """Put parentheses around what is more than one letter with its marks, or one number."""
    return text if _is_atom(text) or len(text) < 2 or enclosed(text) else f"({text})"


def relations_apart(text: str) -> str:
    """Put the spaces around `=` and its kind that TeX sets; within scripts, and in `<1`, there are none."""
    return _SCRIPT_OR_RELATION.sub(_apart, text).strip()


def _apart(found: re.Match[str]) -> str:
    relation = found["relation"]
    if not relation:
        return found[0]
    first = found.start() == 0 or found.string[found.start() - 1] in "([{|,;"
    if first:
        return relation if relation != "=" else "= "
    return f" {relation} "


def _is_atom(text: str) -> bool:
    return len(text) <= _LONGEST_ATOM and _ONE_ATOM.fullmatch(text) is not None


def rooted(sign: str, under: str) -> str:
    """Put a root's sign before what is under it."""
    under = under.strip()
    return sign + (under if under.isdigit() or enclosed(under) or _is_atom(under) else f"({under})")


def accented(base: str, mark: str, name: str) -> str:
    """Put a combining mark on a letter, a bar on each of a few; else say its name: `hat(AB)`."""
    base = base.strip()
    letter = len(base) <= _LONGEST_ATOM and _ONE_LETTER.fullmatch(base)
    if letter:
        return unicodedata.normalize("NFC", _DOTLESS.get(base[0], base[0]) + mark + base[1:])
    if mark in "\u0304\u0305\u0332" and base.isalnum() and len(base) <= 8:
        return "".join(c + mark for c in base)
    return f"{name}({base})" if base else name


def in_font(text: str, font: str) -> str:
    """Set letters in blackboard bold (`bb`), script (`cal`) or Fraktur (`frak`), where Unicode has them."""
    return "".join(_font_letter(c, font) for c in text)


def _font_letter(c: str, font: str) -> str:
    if not c.isascii() or not c.isalnum():
        return c
    if font == "bb":
        if c.isdigit():
            return chr(0x1D7D8 + int(c))
        return _BLACKBOARD.get(c) or chr((0x1D538 if c.isupper() else 0x1D552) + ord(c.lower()) - ord("a"))
    if font == "frak":
        if c.isdigit():
            return c
        return _FRAKTUR.get(c) or chr((0x1D504 if c.isupper() else 0x1D51E) + ord(c.lower()) - ord("a"))
    # TeX's calligraphic alphabet has capitals only.
    return (_SCRIPT.get(c) or chr(0x1D49C + ord(c) - ord("A"))) if c.isupper() else c
