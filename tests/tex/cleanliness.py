"""What is wrong with a conversion: the definition of clean, apart from the converter's own reading of TeX.

Clean is: no backslash, no `$` that is no money, no brace and no `^{` or `_{` of a formula left over; no word
of the prose lost or glued to its neighbour; no `%`, `<`, `>` or brace of the text lost, and no `~` that means
"about"; no sum of money read as a formula, no power of ten run into its ten, no word raised or lowered.

What follows from it: braces of the text are counted, and stay; TeX's own braces in the text (a font's group,
`70{,}496`, `{$x$}`) are none. `\\left\\{` before a table may be the table's own bracket. A macro that nobody
knows is clean by its name; its source, which is what doubt falls back to, is not.
"""

import re
import unicodedata
from collections.abc import Iterator

_FORMULA = re.compile(
    r"""\\\(.+?\\\) | \\\[.+?\\\] | \\begin\{(?P<name>[a-z]+\*?)\}.+?\\end\{(?P=name)\}
    | (?<!\\)(?P<dollars>\$\$?)""",
    re.DOTALL | re.VERBOSE,
)
_LINK = re.compile(r"""(?:https?://|www\.)[^\s{}<>\\$"]*""")
_UNSHOWN = re.compile(
    r"""\\(?:cite\w*|ref|eqref|label|url|path|color|textcolor|begin|end|vspace|hspace|ion|includegraphics)
    \*?(?:\[[^\]]*\])*\{[^{}]*\} | \\href\{(?:[^{}]|\{[^{}]*\})*\}""",
    re.VERBOSE,
)
_MACRO = re.compile(r"\\(?:(?:AA|aa|AE|ae|OE|oe|DJ|dj|O|o|L|l|ss|i|j)[ ](?=[a-z])|[A-Za-z]+\*?|.)", re.DOTALL)
"""A letter's macro takes the space behind it: `\\O rsted` has no word `rsted`."""
_WITH_ARGUMENT = re.compile(r"\\[A-Za-z]+\*?\s*(?:\[[^\]]*\]\s*)?\{[^{}]*\}|[\^_]\{[^{}]*\}")
_GROUP = re.compile(r"\{\s*\\[A-Za-z]+[^{}]*\}|(?<=\d)\{,\}(?=\d)|\{\$[^{}]*\$\}|(?<=[A-Za-z])\{\}")
"""Groups in the prose that are TeX's own: a switch of font and what it holds, the comma of `70{,}496`."""
_SET_IN_PROSE = re.compile(r"""\{[^{}@]*[,|:"*][^{}@]*\}""")
"""Braces of the prose that cannot be TeX's: `{a, b}`, `{"a": 1}`, `{ 7*7 }`."""
_NO_PART_OF_A_WORD = r"[\w@\\{}^~`'\"’$]"
_PROSE_WORD = re.compile(rf"(?<!{_NO_PART_OF_A_WORD})[A-Za-z]{{2,}}(?!{_NO_PART_OF_A_WORD})")
_WORD = re.compile(r"[^\W\d_]+")
_TEX = re.compile(
    r"""\\[A-Za-z] | \\[^A-Za-z\s] | (?<!\\)\$[^$]+\$ | [\^_]\{ | ``""",
    re.VERBOSE,
)
_MONEY = re.compile(r"(?<![\\$])\$(?=\d)")
_BARE_DOLLAR = re.compile(r"(?<![A-Z])(?<!\bR)\$(?!\s?\.?\d)")
_RAISED_WORD = re.compile(
    "(?=[ⁱʲᵏˡᵐⁿ]*[ᵃᵇᶜᵈᵉᶠᵍʰᵒᵖʳˢᵗᵘᵛʷˣʸᶻ])[ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻ]{3}"
    "|(?=[ᵢⱼₖₗₘₙ]*[ₐₑₕₒₚᵣₛₜᵤᵥₓ])[ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ]{3}"
)
_POWER = re.compile(r"(?<![\w.])10\$?\^\$?\{([-+]?\d+)\}")
_RAISED = str.maketrans("0123456789+-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻")
_ABOUT = re.compile(r"(?:^|(?<=[\s(\[=<>±/,;–-]))(?<!~[=<>])~(?=\.?\d|\$?\s*\d)")
"""A `~` before a number; in `a~=~5` both are ties."""
_OPEN_BRACES = (
    r"(?<!\\left)\\\{|\\left\\\{(?!\s*\\begin)|\\lbrace(?![A-Za-z])|\\textbraceleft",
    r"\\\}|\\rbrace(?![A-Za-z])|\\textbraceright",
)


def has_tex(source: str) -> bool:
    """Tell whether anything in a source wants converting."""
    return _TEX.search(source) is not None


def faults(source: str, shown: str) -> list[str]:
    """Name all that is wrong with a conversion; a clean one has none."""
    return [
        *_left_over(source, shown),
        *_lost_signs(source, shown),
        *(f"lost word {word!r}" for word in lost_words(source, shown)),
    ]


def _left_over(source: str, shown: str) -> Iterator[str]:
    if shown.count("\\") > len(re.findall(r"\\(?:text)?backslash(?![A-Za-z])", source)):
        yield "backslash"
    if len(_BARE_DOLLAR.findall(shown)) > len(re.findall(r"\\\$|\\textdollar", source)):
        yield "dollar"
    if _RAISED_WORD.search(shown):
        yield "word in a script"
    if re.search(r"[\^_]\{", shown) and not re.search(r"[\^_]\s*\\\{", source):
        yield "script"
    for brace, escaped in zip("{}", _OPEN_BRACES, strict=True):
        if shown.count(brace) > len(re.findall(escaped, source)) + _prose(source).count(brace):
            yield f"brace {brace}"


def _lost_signs(source: str, shown: str) -> Iterator[str]:
    if shown.count("%") < source.count("%"):
        yield "lost %"
    for sign in "<>":
        if shown.count(sign) < source.count(sign):
            yield f"lost {sign}"
    for brace, escaped in zip("{}", _OPEN_BRACES, strict=True):
        if shown.count(brace) < len(re.findall(escaped, source)) + len(_SET_IN_PROSE.findall(_prose(source))):
            yield f"lost {brace}"
    money = _MONEY.findall(_without_formulas(source))
    if shown.count("$") < len(money) + len(re.findall(r"\\\$", source)):
        yield "lost $"
    for power in _POWER.findall(source):
        if not any(f"10{form}" in shown for form in (power.translate(_RAISED), f"^{power}", f"^({power})")):
            yield f"lost power {power}"
    links = "".join(_LINK.findall(source)).count("~")
    abouts = len(_ABOUT.findall(_without_formulas(_LINK.sub("@", source))))
    if len(re.findall("[~∼]", shown)) < links + abouts + len(re.findall(r"\\sim(?![A-Za-z])", source)):
        yield "lost ~"


def lost_words(source: str, shown: str) -> list[str]:
    """The words of the prose that do not stand, as words and in their order, in what is shown."""
    rest = iter(_WORD.findall(unicodedata.normalize("NFC", shown)))
    missing = []
    seen: list[str] = []
    for word in prose_words(source):
        for other in rest:
            if other == word:
                break
            seen.append(other)
        else:
            missing.append(word)
            rest = iter(seen)
            seen = []
    return missing


def prose_words(source: str) -> list[str]:
    """The whole words outside of formulas, links and macros with their arguments."""
    return _PROSE_WORD.findall(_prose(source))


def _prose(source: str) -> str:
    """The source with `@` for each formula, link and argument of a macro, and for each macro."""
    text = _UNSHOWN.sub("@", _without_formulas(_LINK.sub("@", source)))
    for _ in range(4):
        text = _WITH_ARGUMENT.sub("@", text)
    return _MACRO.sub("@", _GROUP.sub("@", text))


def _without_formulas(text: str) -> str:
    """The text with `@` for each formula; dollars that hold prose between them are no formula's."""
    pieces = []
    at = 0
    while found := _FORMULA.search(text, at):
        pieces.append(text[at : found.start()])
        dollars, at = found["dollars"], found.end()
        if dollars is None:
            pieces.append("@")
            continue
        close = re.compile(rf"(?<!\\){re.escape(dollars)}").search(text, at)
        if close is None or _is_prose(text[at : close.start()], text[close.end() : close.end() + 1]):
            pieces.append(dollars)
        else:
            pieces.append("@")
            at = close.end()
    return "".join((*pieces, text[at:]))


def _is_prose(inside: str, behind: str) -> bool:
    """Tell what stands between two sums of money, or between a stray dollar and a formula."""
    if re.search(r"[\\^_={}]", inside):
        return False
    words = re.findall(r"[A-Za-z]{2,}", inside)
    open_end = inside[-1:].isspace() and not behind.isspace()
    return bool(words) and (open_end or (inside[:1].isspace() and inside[-1:].isspace()) or len(words) > 2)
