"""Make the bytes of a feed fit for a strict XML parser, so that one bad character never costs a listing."""

import codecs
import re

_REPLACEMENT = "\N{REPLACEMENT CHARACTER}"

# XML 1.0 (5th edition), production [2] Char: everything else is forbidden, as itself and as a reference.
_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# In a CDATA section and in a comment a reference is only text, so those are stepped over whole.
_REFERENCE = re.compile(
    r"<!\[CDATA\[.*?(?:\]\]>|\Z)|<!--.*?(?:-->|\Z)|&#(?:x(?P<hex>[0-9A-Fa-f]+)|(?P<decimal>[0-9]+));",
    re.DOTALL,
)
_DECLARATION = re.compile(r"""(<\?xml\b[^<>]{0,200}?\bencoding\s*=\s*)(["'])([A-Za-z0-9._-]{1,40})\2""")
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# Python also has codecs that are no character sets, and some that can be made slow: these are what feeds use.
_CHARACTER_SETS = re.compile(
    r"iso-8859-(?:[1-9]|1[013-6])|latin-?1|windows-125[0-8]|cp125[0-8]|koi8-[ru]|gb2312|gbk|gb18030|big5"
    r"|euc-(?:jp|kr)|shift_jis",
    re.IGNORECASE,
)


def mended(data: bytes) -> bytes:
    """UTF-8 bytes that hold nothing XML 1.0 forbids.

    Bytes that cannot be decoded, forbidden characters and numeric references to such become U+FFFD, so
    that one bad character never costs a listing. Nothing is closed or completed: a feed that was cut off
    still fails to parse. The encoding is the byte order mark's, else the declaration's, else UTF-8.
    """
    text = _FORBIDDEN.sub(_REPLACEMENT, _decoded(data))
    text = _REFERENCE.sub(_reference, text)
    declaration = _DECLARATION.match(text)
    if declaration:
        text = f"{declaration[1]}{declaration[2]}UTF-8{declaration[2]}{text[declaration.end() :]}"
    return text.encode()


def _decoded(data: bytes) -> str:
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return data[len(bom) :].decode(encoding, "replace")
    if data.startswith(b"<\x00"):
        return data.decode("utf-16-le", "replace")
    if data.startswith(b"\x00<"):
        return data.decode("utf-16-be", "replace")
    declaration = _DECLARATION.match(data[:300].decode("latin-1"))
    encoding = declaration[3] if declaration else "utf-8"
    return data.decode(encoding if _CHARACTER_SETS.fullmatch(encoding) else "utf-8", "replace")


def _reference(found: re.Match[str]) -> str:
    digits = found["hex"] or found["decimal"]
    if digits is None:
        return found[0]
    significant = digits.lstrip("0")
    # Ten digits are more than any character has, and int() refuses thousands of them.
    code = int(significant or "0", 16 if found["hex"] else 10) if len(significant) < 10 else 0
    if code > 0x10FFFF or _FORBIDDEN.match(chr(code)):
        return _REPLACEMENT
    return found[0]
