"""The one door for text from outside: what a terminal or a parser would obey becomes harmless text.

Textual writes ESC, C1 and bidirectional controls of any text to the terminal as they are, whatever the
widget, so a title could set the clipboard or repaint the screen. Every text from outside goes through
`clean` or `line` once; the user's own text goes through `shown` each time it is displayed.
"""

import json
import re

from triage.pattern import pattern

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
_PILE = pattern(rf"([{_MARKS}]{{{_MOST_MARKS}}})[{_MARKS}]+")
_SUSPECT = pattern(
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
