"""How one mathematical thing is set in plain characters: raised, lowered, accented, in another alphabet."""

import re
import unicodedata

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
_LIST_OR_SUM = re.compile(r"[\s+\-−±∓=<>,/∼≈≤≥→]")
_ONE_ATOM = re.compile(r"[\d.]+|\w[\u0300-\u036f\u20d0-\u20ff]*(?:[_^]\w+)?[⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻₀-₉′]*")


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
    word = tight.isalpha() and (
        (len(tight) > 2 and not set(tight) <= set("ijkl"))
        or (word and len(tight) > 1 and tight not in _ORDINALS)
    )
    if not word and all(ord(c) in alphabet for c in tight):
        return (tight.translate(alphabet),) * 2
    mark = "^" if up else "_"
    if len(tight) == 1 or enclosed(inner):
        return (mark + inner,) * 2
    wrapped = f"{mark}({inner})"
    return (mark + inner, wrapped) if tight.isalnum() and tight == inner else (wrapped, wrapped)


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
    return text if _ONE_ATOM.fullmatch(text) or len(text) < 2 or enclosed(text) else f"({text})"


def accented(base: str, mark: str, name: str) -> str:
    """Put a combining mark on one character; a bar on each of a few; else say its name: `hat(AB)`."""
    base = base.strip()
    first = _DOTLESS.get(base[:1], base[:1])
    if base and all(unicodedata.combining(c) for c in base[1:]):
        return unicodedata.normalize("NFC", first + mark + base[1:])
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
