"""TeX's primitives that move things about or name a character by its number: `\\kern-1pt`, `\\char 37`."""

from triage.pattern import pattern
from triage.tex.source import Source
from triage.tex.writing import Writing

_UNIT = r"(?:true\s*)?(?:pt|em|ex|mm|cm|in|mu|pc|bp|sp|dd|cc)(?![A-Za-z])"
_LENGTH = rf"\s*=?\s*[-+]?\s*(?:\d*[.,]?\d*\s*{_UNIT}|\\[A-Za-z]+)"
_LENGTHS = pattern(rf"{_LENGTH}(?:\s*(?:plus|minus){_LENGTH})*\s?")
_ROW_GAP = pattern(rf"\*?(?:\s*\[{_LENGTH}\s*\])?")
_GLUE = frozenset(("hskip", "vskip", "mskip", "hglue", "vglue"))
_SHIFTS = frozenset(
    ("kern", "mkern", "raise", "lower", "moveleft", "moveright", "hangindent", "parindent", "parskip")
)
_NUMBER = pattern(r"""\s*(?:"(?P<hex>[0-9A-F]{1,4})|'(?P<octal>[0-7]{1,4})|(?P<decimal>\d{1,4}))\s?""")


def passed_over(source: Source, name: str, after: int, end: int, out: Writing) -> int:
    """Write a primitive whose name ends at `after`: glue is a space, a shift nothing, a character itself.

    Returns where reading goes on, 0 when it is none.
    """
    if name == "char":
        return _character(source, after, end, out)
    if name not in _GLUE and name not in _SHIFTS:
        return 0
    found = _LENGTHS.match(source.text, after, end)
    if found is None:
        return 0
    source.left_out.append(found[0])
    if name in _GLUE:
        out.space()
    return found.end()


def row_gap(source: Source, after: int, end: int) -> int:
    """Pass over the distance to the next row, as in `\\\\[2pt]`; returns where reading goes on."""
    found = _ROW_GAP.match(source.text, after, end)
    if found is None:
        return after
    source.left_out.append(found[0])
    return found.end()


def _character(source: Source, after: int, end: int, out: Writing) -> int:
    found = _NUMBER.match(source.text, after, end)
    if found is None:
        return 0
    number, base = next(
        (found[kind], base) for kind, base in (("hex", 16), ("octal", 8), ("decimal", 10)) if found[kind]
    )
    letter = chr(int(number, base))
    if not letter.isprintable():
        return 0
    out.add(letter)
    return found.end()
