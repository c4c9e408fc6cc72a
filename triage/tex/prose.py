"""What in a TeX source is text after all: money, a stray dollar, a `~` that means "about"."""

import re

from triage.pattern import pattern
from triage.tex.source import Source, Span

_CLOSING = pattern(r"\\.|[{$]", re.DOTALL)
_PROSE_WORD = pattern(r"(?<![\\A-Za-z])[A-Za-z]{2,}(?![A-Za-z])")
_LONG_WORDS = pattern(r"(?<![\\A-Za-z{])[a-z]{3,}(?=[\s,.;:])")
_PROSE_END = pattern(r"(?:(?<![\\A-Za-z{])(?:[a-z]{3,}|in|to|of|is|on|at|by|or|vs|as|we)[,;:.]?|[,;:(])\s+\Z")
_SMALL_WORDS = frozenset(
    ("and", "or", "for", "to", "with", "is", "are", "of", "in", "the", "vs", "from", "on", "at", "by")
)
_OPENS_FORMULA = pattern(r"(?:\\[A-Za-z]+|[A-Za-z](?=[_^]))[^\s$]*")
_BARE_FORMULA_BEFORE = pattern(r"(?:\\[A-Za-z]|[_^][{\\])[^$]*[^\s$]\Z")
_MONEY = pattern(r"\d[\s\w.,/–-]*")
_LETTER_BEFORE = pattern(r"\$[A-Za-z]\$\Z")
_TIED_SIGN = pattern(r"[^\s~]~[=<>+-]~\S|[$}]~=\s")
_MATHS = pattern(r"[\\^_=]")


def is_tie(text: str, at: int, end: int) -> bool:
    """Tell TeX's unbreakable space from the `~` that means "about"."""
    if at == 0 or at + 1 >= end:
        return 0 < at < end and text[at - 1].isalnum() and text.startswith("}", at + 1)
    before, behind = text[at - 1], text[at + 1]
    if before == "{":
        return behind.isalpha()
    if _TIED_SIGN.match(text, at - 1, end) or (at > 2 and _TIED_SIGN.match(text, at - 3, end)):
        return True
    if not (before.isalnum() or before in ".,;:)]}$'\"”%&") or not (
        behind.isalnum() or behind in "(\\${}[`“"
    ):
        return False
    if not behind.isdigit():
        return True
    if before == "$":
        # `$z$~3` is about 3; a relation, a unit and a Greek letter are tied to their number.
        return _LETTER_BEFORE.search(text, max(0, at - 3), at) is None
    word = re.search(r"[^\s~(\[]*\Z", text[max(0, at - 20) : at])
    stem = word[0] if word else ""
    if before.isdigit() or before in "%&" or re.search(r"[=<>_/^]", stem):
        return False
    messier = stem == "M" and re.match(r"\d{1,3}(?![\d.^])", text[at + 1 : at + 6])
    return len(stem) > 1 or bool(messier) or not stem.isalpha()


def formula(source: Source, at: int, end: int) -> Span | None:
    """Find the formula that the `$` at `at` opens; `after` is 0 when no `$` of this stretch closes."""
    text = source.text
    double = text.startswith("$$", at)
    mark = "$$" if double else "$"
    position = at + len(mark)
    while position < end:
        found = _CLOSING.search(text, position, end)
        if found is None:
            break
        c = found[0]
        if c == "{":
            position = source.braces.get(found.start(), found.start()) + 1
            continue
        if c[0] == "\\":
            position = found.end()
            continue
        if double and not text.startswith("$$", found.start()):
            return None
        inside = Span(at + len(mark), found.start(), found.start() + len(mark))
        return None if _is_prose(source, inside) else inside
    return None if double else Span(0, 0, 0)


def _is_prose(source: Source, inside: Span) -> bool:
    """Tell money and stray dollars from formulas: `$5 million and $3`."""
    text = source.text
    content = text[inside.start : inside.end]
    if not content.strip():
        return True
    if text[inside.after : inside.after + 1].isdigit() and _MONEY.fullmatch(content):
        return not content[-1].isdigit()
    if len(_LONG_WORDS.findall(re.sub(r"\\(?:text|mbox|mathrm|rm)\w*\s*\{[^{}]*\}", "", content))) >= 3:
        return True
    closer_opens = (
        content[-1].isspace()
        and not content[0].isspace()
        and not text[inside.after : inside.after + 1].isspace()
    )
    if closer_opens and _PROSE_END.search(content):
        return True
    if _MATHS.search(content):
        return False
    words = _PROSE_WORD.findall(content)
    if closer_opens and words and content[0].isdigit():
        return True
    if content[0].isspace() and content[-1].isspace() and content.strip() in _SMALL_WORDS:
        return True
    if content[0].isdigit() and content[-1] in "([":
        return True
    around = content[0].isspace() and content[-1].isspace() and content.strip().isalpha() and len(words) == 1
    return (len(words) >= 2 and " " in content.strip()) or (around and len(content.strip()) > 3)


def unclosed_formula(source: Source, at: int, end: int) -> Span | None:
    """Read the formula of a `$` that no other closes: up to a space, if it begins as a formula does."""
    text = source.text
    if at and not (text[at - 1].isspace() or text[at - 1] in "([-"):
        return None
    found = _OPENS_FORMULA.match(text, at + 1, end)
    return Span(at + 1, found.end(), found.end()) if found else None


def closes_bare_formula(text: str, at: int, end: int) -> bool:
    """Tell a `$` that only closes, what opens being forgotten, from money: `\\beta=1.7$ and`."""
    behind = text[at + 1 : min(at + 2, end)]
    if behind.isalnum() or (at and text[at - 1].isspace()):
        return False
    return _BARE_FORMULA_BEFORE.search(text, max(0, at - 60), at) is not None
