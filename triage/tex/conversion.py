"""The conversion of one source, whole: its text written as Unicode, and checked to have lost no word.

A single pass over the source, linear in its length. Text stays text: a bare `%`, `<`, `~`, `[`, brace or `$`
is left alone, what cannot be converted is shown as source, and no word is ever lost.
"""

import unicodedata
from collections import Counter

from triage.pattern import pattern
from triage.tex import marks
from triage.tex.source import Source
from triage.tex.text import Text
from triage.tex.writing import Writing

_CONTINUED = pattern(r"%[ \t]*\r?\n\s*")
"""Where LaTeXML breaks a long formula."""
_NAME = pattern(r"\\[A-Za-z]+")
_ANGLES = pattern(r"\\la(?![A-Za-z])((?:(?!\\[lr]a(?![A-Za-z]))[^$]){1,80}?)\\ra(?![A-Za-z])")
"""Authors' own `\\la x \\ra`; alone, `\\la` is astronomers' "less or about"."""


def text(source: str) -> str:
    """A text that may have TeX in it; what would lose a word comes back as it is.

    Never raises, whatever the source; linear in its length.
    """
    out = Writing()
    parts = Source(_with_angles(source))
    Text(parts).into(0, len(parts.text), out, 0)
    shown = str(out)
    # What leaves nothing to see, a line break alone, is shown as it came.
    return source if not shown.strip() or _lost_letters(source, shown, parts.left_out) else shown


def formula(source: str) -> str:
    """Convert what stands between `$` and `$`, as a page of LaTeXML gives it, with spaces around relations.

    Never raises; linear in its length; what would lose a letter comes back as it is.
    """
    source = _with_angles(_CONTINUED.sub("", source))
    out = Writing()
    parts = Source(source)
    Text(parts).math.into(0, len(source), out, 0)
    shown = marks.relations_apart(" ".join(str(out).split()))
    return source if _lost_letters(source, shown, parts.left_out) else shown


def _with_angles(source: str) -> str:
    """Name the brackets of `\\la x \\ra` as LaTeX does."""
    return _ANGLES.sub(r"\\langle\1\\rangle", source)


def _lost_letters(source: str, shown: str, left_out: list[str]) -> bool:
    """Tell whether a letter of the source's words is missing from what is shown, wherever it went."""
    if not shown.isascii():
        shown = unicodedata.normalize("NFKD", shown)
    have = Counter("".join((shown, *left_out)).lower())
    wanted = Counter(_NAME.sub("", source).lower())
    return any(have[c] < count for c, count in wanted.items() if c.isascii() and c.isalpha())
