"""Accented letters in the text: `\\'e`, `\\H{o}`, `\\v Sa`."""

import unicodedata

from triage.pattern import pattern
from triage.tex.source import Source
from triage.tex.symbols import ACCENTS, SYMBOLS
from triage.tex.writing import Writing

_LETTER_NEXT = pattern(r"\s*([A-Za-z]|\\(?:i|j|ae|AE|oe|OE|aa|AA|o|O|l|L)(?![A-Za-z]))\s*")

_ACCENTED_NEXT = pattern(r"""\s*\{?\s*\\(["'`^~=.]|[uvHcdbrk](?![A-Za-z]))""")
_CLOSING = pattern(r"\s*\}")
_MOST_ACCENTS = 2
"""Accents on accents beyond this are shown as source."""


def write(source: Source, name: str, at: int, after: int, end: int, out: Writing, nested: int = 0) -> int:
    """Write the accent macro `name` at `at`, with its letter; what is none stays source.

    `after` is where its name ends; returns where reading goes on. A letter may have two accents: `\\~{\\^e}`.
    """
    text = source.text
    accented = _ACCENTED_NEXT.match(text, after, end) if nested < _MOST_ACCENTS else None
    if accented:
        inner = Writing()
        stop = write(source, accented[1], accented.start(1) - 1, accented.end(1), end, inner, nested + 1)
        letter = unicodedata.normalize("NFC", str(inner) + ACCENTS[name])
        closed = _CLOSING.match(text, stop, end) if "{" in accented[0] else None
        if str(inner)[:1].isalpha() and len(letter) <= 2 and (closed or "{" not in accented[0]):
            out.add(letter)
            return closed.end() if closed else stop
    group = source.group(source.blank(after, end), end)
    if group and group.start == group.end and name in "^~":
        out.add(name)
        return group.after
    if group:
        found = _LETTER_NEXT.match(text, group.start, group.end)
        rest = text[found.end() : group.end] if found else ""
        stop = group.after
    elif name.isalpha() and after < end and not text[after].isspace() and text[after] != "\\":
        found, rest, stop = None, "", after
    else:
        found = _LETTER_NEXT.match(text, after, end)
        rest, stop = "", after
    if found is None or (rest and not rest.isalpha()):
        out.add(text[at:after])
        return after
    if not group:
        stop = found.start(1) + len(found[1])
    base = found[1]
    letter = SYMBOLS.get(base[1:], base) if base[0] == "\\" else base
    letter = {"ı": "i", "ȷ": "j"}.get(letter, letter)
    out.add(unicodedata.normalize("NFC", letter + ACCENTS[name]) + rest)
    return stop
