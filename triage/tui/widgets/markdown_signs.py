"""How a line of Markdown looks while it is written: where its signs stand and what is between them.

Each line is looked at by itself, but for fenced code: that is quick, and what is half written stays calm. A
sign that has no partner on its line is a character like any other.
"""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

_LONGEST = 5_000
"""Characters of a line that are looked through for signs: a longer one is no prose."""
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
_BLOCK = re.compile(
    r"(?P<heading> {0,3}#{1,6}(?=\s|$))"
    r"|(?P<rule> {0,3}(?P<sign>[-_*])(?:\s*(?P=sign)){2,}\s*$)"
    r"|(?P<quote>(?: {0,3}>)+)"
    r"|(?P<item>\s*(?:[-+*]|\d{1,9}[.)])(?=\s|$))"
)
_EMPHASIS = (("emphasis",), ("strong",), ("strong", "emphasis"))
"""The looks between one, two, and three signs."""
_SIGN = re.compile(
    r"\\.|`+|\*+|_+|~~|!?\[|\]\([^\s()<>]*\)|<[A-Za-z/!][^<>]{0,200}>|https?://[^\s<>]*[\w/=#&-]"
)


class Look(NamedTuple):
    """A part of a line, and the name of its look."""

    start: int
    end: int
    name: str
    """One of `painting.NAMES`."""


def fenced(lines: Sequence[str]) -> set[int]:
    """The numbers of the lines that are fenced code, with their fences."""
    found: set[int] = set()
    opened, mark = -1, ""
    for at, line in enumerate(lines):
        if "```" not in line and "~~~" not in line:
            continue
        fence = _FENCE.match(line)
        if fence is None:
            continue
        if opened < 0:
            opened, mark = at, fence[1]
        elif fence[1].startswith(mark) and not line[fence.end() :].strip():
            found.update(range(opened, at + 1))
            opened = -1
    if opened >= 0:
        found.update(range(opened, len(lines)))
    return found


def looks(line: str) -> Iterator[Look]:
    """The looks of a line that is no code; later ones lie on top of earlier ones."""
    block = _BLOCK.match(line[:_LONGEST])
    start = 0
    if block is not None:
        start = block.end()
        if block["rule"] is not None:
            yield Look(0, len(line), "rule")
            return
        if block["heading"] is not None:
            yield Look(0, len(line), "heading")
        elif block["quote"] is not None:
            yield Look(0, len(line), "dim")
            yield Look(0, start, "mark")
        else:
            yield Look(0, start, "mark")
    if len(line) <= _LONGEST:
        yield from _inline(line, start)


def _inline(line: str, start: int) -> Iterator[Look]:
    signs = [*_SIGN.finditer(line, start)]
    ticks = _partners(signs)
    opened: dict[str, int] = {}
    brackets: list[int] = []
    code_until = -1
    for at, sign in enumerate(signs):
        text = sign[0]
        if sign.start() < code_until or text[0] == "\\":
            continue
        if text[0] == "`":
            if at in ticks:
                code_until = signs[ticks[at]].end()
                yield Look(sign.start(), code_until, "code")
        elif text[-1] == "[":
            brackets.append(sign.start())
        elif text[0] == "]":
            if brackets:
                yield Look(brackets.pop(), sign.end(), "link")
        elif text[0] == "<":
            yield Look(sign.start(), sign.end(), "link" if text.startswith("<http") else "html")
        elif text[0] == "h":
            yield Look(sign.start(), sign.end(), "link")
        else:
            yield from _emphasis(line, sign, opened)


def _emphasis(line: str, sign: re.Match[str], opened: dict[str, int]) -> Iterator[Look]:
    """Emphasis that a run of signs ends, if it does; else it may begin one."""
    text = sign[0]
    before, after = line[sign.start() - 1 : sign.start()], line[sign.end() : sign.end() + 1]
    in_word = text[0] == "_" and before.isalnum() and after.isalnum()
    if text in opened and before.strip() and not in_word:
        begin = opened.pop(text)
        for name in ("struck",) if text == "~~" else _EMPHASIS[min(len(text), 3) - 1]:
            yield Look(begin, sign.end(), name)
    elif after.strip() and not in_word and not (text[0] == "_" and before.isalnum()):
        opened[text] = sign.start()


def _partners(signs: Sequence[re.Match[str]]) -> dict[int, int]:
    """For each run of backticks that begins code the run that ends it: the next one of its length."""
    following: dict[int, int] = {}
    partners: dict[int, int] = {}
    for at in range(len(signs) - 1, -1, -1):
        text = signs[at][0]
        if text[0] == "`":
            if len(text) in following:
                partners[at] = following[len(text)]
            following[len(text)] = at
    return partners
