"""TeX in titles, abstracts and author lines as Unicode: everything shown goes through this one converter.

Texts without TeX, which most are, are told here; the converter is imported with the first that has some.
"""

from triage.pattern import pattern

_ANY_TEX = pattern(r"[\\$~]|``|--|[\^_]\{|\d\{,\}\d")


def to_unicode(source: str) -> str:
    """Convert TeX to Unicode text; a text without TeX, and one that would lose a word, comes back as it is.

    Never raises, whatever the source; linear in its length.
    """
    if _ANY_TEX.search(source) is None:
        return source
    from triage.tex.conversion import text

    return text(source)


def formula(source: str) -> str:
    """Convert what stands between `$` and `$`, as a page of LaTeXML gives it, with spaces around relations.

    Never raises; linear in its length; what would lose a letter comes back as it is.
    """
    from triage.tex.conversion import formula

    return formula(source)
