"""What text from outside may hold: everything that a terminal, markup or a reader might obey or choke on."""

import re
from typing import NamedTuple

OBEYED = (
    ("37", "\x1b[77;7m"), ("37", "\x1b[66;6H"),
    ("38", "\x1b]52;c;SE9T\x07"), ("38", "\x1b]0;HOSTILE\x07"), ("38", "\x1b]8;;file:///HOSTILE\x1b\\"),
    ("38", "\x1b]52;c;SE9TSE9T"), ("38", "\x1bPHOSTILE\x1b\\"), ("38", "\x1b_HOSTILE\x1b\\"),
    ("39", "\x9b77;7m"), ("39", "\x9d52;c;SE9T\x9c"),
    ("40", "\0\x7f\x07\x08\r\x0b\x0c"),
    ("41", "\u202eltr\u202d\u2066x\u2069\u200e\u061c"),
    ("42", "\u200b\u2060\ufeff\u2028\x85"),
    ("43", "\ud800 \udfff"),
)  # fmt: skip
"""What a terminal would obey, with its number among the bad inputs: colours, moves, clipboard, bidi."""
READ = (
    ("32", "[/]"), ("32", "[/b]"),
    ("33", "[red]red[/red]"), ("33", "[bold"),
    ("34", "[@click=app.quit]quit[/]"), ("34", "[@click=app.simulate_key('s')]skip[/]"),
    ("35", "[link=file:///etc/passwd]link[/link]"), ("35", "[link='javascript:alert(1)']js[/link]"),
    ("36", "$x x[0] [b + 1"), ("36", "{{ 7*7 }} %s {0} `rm -rf` $(id)"),
    ("44", "漢字かな"), ("44", "👩\u200d🔬 🇩🇪"), ("44", "Z" + "\u0301" * 1000 + "algo"),
    ("47", "$\\alpha_{i}^2$"), ("47", "$unbalanced {"), ("47", "\\input{/etc/passwd}"),
    ("48", "&#27;[77;7m &#x9b;77;7m &amp;#27; <b>"),
)  # fmt: skip
"""What widgets, templates, shells, converters and browsers would obey, and letters that are hard to draw."""
EMPTY = (("46", ""), ("46", "   "))


SOUND = tuple(text for number, text in (*OBEYED, *READ) if number != "43")
"""All that UTF-8 can hold."""


class Payload(NamedTuple):
    """One hostile text between two signs by which it is found on the screen and in the bytes."""

    number: str
    """Of the bad inputs: B32 to B48."""
    text: str
    sign: str
    """Stands before it."""


def _signed(place: int, number: str, text: str) -> Payload:
    return Payload(number, f"q{place:02}x{text}y{place:02}q", f"q{place:02}x")


PAYLOADS = tuple(_signed(place, number, text) for place, (number, text) in enumerate((*OBEYED, *READ)))
HUGE = (
    Payload("45", "q90x" + "\x1b[77;7m[/b]x" * 80_000, "q90x"),
    Payload("46", "", ""),
    Payload("46", "   ", ""),
)
"""What is looked at apart: a megabyte, and nothing."""

_OURS = re.compile(
    r"\x1b\[[0-9:;<=>?$ ]*[A-Za-z`~]"  # CSI
    r"|\x1b[()][0AB]|\x1b[78=>M]"  # character sets, the cursor kept, the keypad
    r"|\x1b]22;[a-z]*\x07"  # the shape of the mouse pointer
    r"|\x1b]52;c;(?!SE9T)[A-Za-z0-9+/=]*\x07"  # what the user copied
)
"""What Textual and Rich write of their own."""
_UNSEEN = "[\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff]"


def obeyed(raw: bytes) -> list[str]:
    """What a terminal would obey in what a program wrote, beyond what Textual writes of its own."""
    # What was read may end within a letter, or within a sequence of the program's own.
    text = re.sub(r"\x1b[^A-Za-z]*\Z", "", raw.decode("utf-8", "ignore"))
    return (
        [mark for _, mark in OBEYED if len(mark) > 3 and mark in text]
        + sorted(set(re.findall(r"[^ -~\n\r\t\xa0-\U0010ffff]", _OURS.sub("", text))))
        + sorted(set(re.findall(_UNSEEN, text)))
    )
