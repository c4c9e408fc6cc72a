"""The one door for text from outside: what a terminal or a parser would obey becomes harmless text.

Textual writes ESC, C1 and bidirectional controls of any text to the terminal as they are, whatever the
widget, so a title could set the clipboard or repaint the screen. Every text from outside goes through
`clean` or `line` once; the user's own text goes through `shown` each time it is displayed.
"""

import codecs
import json
import re

_REPLACEMENT = "\N{REPLACEMENT CHARACTER}"

# Invisible characters that steer a terminal, turn the direction of the text, or hide text from the eye.
# ZWNJ, ZWJ and variation selectors stay: Persian and emoji need them.
_DROPPED = (
    *range(0x09),
    *range(0x0E, 0x20),
    *range(0x7F, 0x85),
    *range(0x86, 0xA0),
    0x00AD,  # soft hyphen: terminals do not agree on its width
    0x061C,
    0x180E,
    0x200B,
    0x200E,
    0x200F,
    *range(0x202A, 0x202F),
    *range(0x2060, 0x2070),
    0xFEFF,
    *range(0xFFF9, 0xFFFC),
)
_LINE_ENDS = (0x0B, 0x0C, 0x0D, 0x85, 0x2028, 0x2029)
_SURROGATES = range(0xD800, 0xE000)
_NONCHARACTERS = (0xFFFE, 0xFFFF)

_TABLE: dict[int, str | None] = {
    **dict.fromkeys(_DROPPED),
    **dict.fromkeys(_LINE_ENDS, "\n"),
    **dict.fromkeys(_SURROGATES, _REPLACEMENT),
    **dict.fromkeys(_NONCHARACTERS, _REPLACEMENT),
    0x09: " ",
}

# Marks that stack on one base: the combining blocks, and the scripts whose marks terminals pile up.
_MARKS = (
    "\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u0610-\u061a\u064b-\u065f\u0e31\u0e34-\u0e3a\u0e47-\u0e4e"
    "\u1ab0-\u1aff\u1dc0-\u1dff\u200c\u200d\u20d0-\u20ff\ufe00-\ufe0f\ufe20-\ufe2f\U000e0100-\U000e01ef"
)
_MOST_MARKS = 8
_PILE = re.compile(rf"([{_MARKS}]{{{_MOST_MARKS}}})[{_MARKS}]+")
_SUSPECT = re.compile(
    "[" + "".join(re.escape(chr(code)) for code in _TABLE if code not in _SURROGATES) + "\ud800-\udfff]"
    rf"|[{_MARKS}]{{{_MOST_MARKS + 1}}}"
)


def clean(text: str) -> str:
    """Make text from outside safe to store and to show; its newlines stay.

    Controls, bidirectional controls and invisible spaces go (of an escape sequence the ESC, and the rest
    is then only text), a tab becomes a space, every kind of line end a newline, a lone surrogate U+FFFD;
    of more than 8 marks on one base 8 stay. Linear in the length; text that is clean is returned as it is.
    """
    if _SUSPECT.search(text) is None:
        return text
    return _PILE.sub(r"\1", text.replace("\r\n", "\n").translate(_TABLE))


def line(text: str) -> str:
    """Make one clean line of text from outside: each run of white space becomes one space, the ends go."""
    return " ".join(clean(text).split())


def shown(text: str) -> str:
    """Give the user's own text as it is displayed; what is stored and exported never goes through here.

    As `clean`, but a tab keeps its meaning in Markdown as four spaces.
    """
    return clean(text.replace("\t", "    "))


def name(text: str) -> str:
    """Make a file's name, or a key of a file, fit for a sentence: what is not to be seen is U+FFFD.

    Nothing is dropped, so that a name that looks odd is odd.
    """
    return text if text.isprintable() else "".join(map(_visible, text))


def _visible(letter: str) -> str:
    return letter if letter.isprintable() else _REPLACEMENT


def escaped(json_text: str) -> str:
    """JSON with an escape for every character in it that is not to be seen; it reads back the same."""
    if json_text.isprintable():
        return json_text
    return "".join(one if one.isprintable() else json.dumps(one)[1:-1] for one in json_text)


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


def xml(data: bytes) -> bytes:
    """Make a feed's bytes fit for a strict XML parser: UTF-8, and nothing in them that XML 1.0 forbids.

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
