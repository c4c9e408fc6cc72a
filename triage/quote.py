"""A passage as a Markdown quote: it reads as it was shown, whatever Markdown would make of its signs.

Nothing is escaped that does not have to be, so that the quote reads well in the note, too. The rules are
CommonMark's (spec 0.31.2, 2.4, 4 and 6) and those for `~` of GitHub's.
"""

import re
from string import punctuation

from triage.pattern import pattern

_PARAGRAPHS = pattern(r"\n[ \t]*(?:\n[ \t]*)+")
_SPACE = pattern(r"[ \t\n]+")
_BLOCK = pattern(
    r"#{1,6}(?:\s|\Z)"  # a heading
    r"|>"  # a quote in the quote
    r"|[-+*](?:\s|\Z)"  # an item of a list
    r"|\d{1,9}(?=[.)](?:\s|\Z))"  # an item with a number: its dot is escaped
    r"|([-_*])(?:\s*\1){2,}\s*\Z"  # a rule
    r"|~~~"  # fenced code
)
_ENTITY = pattern(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{0,31});")
_TAG = pattern(r"<[A-Za-z/!?]")
_LINK = pattern(r"\](?=[(\[:])")
_LETTER = r"[^\W\u2e80-\uffff]"
_IN_WORD = pattern(rf"(?<={_LETTER}){_LETTER}[^\s\u2e80-\uffff]*")
"""The rest of a word; what is written without spaces between its words has none."""
_QUOTED_LINE = pattern(r" {0,3}>")
_ENDS_BLANK = pattern(r"\n[ \t]*\n[ \t]*\Z")
_BEGINS_BLANK = pattern(r"[ \t]*\n[ \t]*\n")


def as_quote(passage: str) -> str:
    """Markdown that reads as a quote of exactly this passage, one line for each of its paragraphs."""
    paragraphs = [_SPACE.sub(" ", part).strip() for part in _PARAGRAPHS.split(passage)]
    return "\n>\n".join(f"> {_escaped(part)}" for part in paragraphs if part)


def place_for(note: str, at: int) -> int:
    """Where a quote stands that is set at an offset: never within a word, or within a line that is quoted."""
    start, end = note.rfind("\n", 0, at) + 1, note.find("\n", at)
    if at > start and _QUOTED_LINE.match(note, start):
        return len(note) if end < 0 else end
    rest = _IN_WORD.match(note, at)
    return at if rest is None else rest.end()


def insert(note: str, at: int, passage: str) -> tuple[str, int]:
    """The note with a passage quoted at an offset, blank lines around it, and the offset behind it.

    Nothing of the note goes; blank lines that are there are used. An empty passage changes nothing.
    """
    quote = as_quote(passage)
    if not quote:
        return note, at
    before, after = note[:at], note[at:]
    if before.strip(" \t\n") and not _ENDS_BLANK.search(before):
        before += "\n" if before.endswith("\n") else "\n\n"
    elif before and not before.endswith("\n"):
        before += "\n"  # a quote behind spaces could be code
    blank = _BEGINS_BLANK.match(after)
    if blank is not None:
        gap, after = blank[0], after[blank.end() :]
    elif after.startswith("\n"):
        gap, after = "\n\n", after[1:]
    else:
        gap = "\n\n"
    start = before + quote + gap
    return start + after, len(start)


def _escaped(text: str) -> str:
    """One line, with a backslash before each sign that Markdown would take for its own."""
    marks: set[int] = set()
    if (block := _BLOCK.match(text)) is not None:
        marks.add(block.end() if text[0].isdigit() else 0)
    if text.count("`") > 1:
        marks.update(at for at, sign in enumerate(text) if sign == "`")
    for sign in "*_~":
        marks.update(_emphasis(text, sign))
    last = text.rfind(">")
    marks.update(found.start() for found in _TAG.finditer(text) if found.start() < max(last, 1))
    marks.update(found.start() for found in _ENTITY.finditer(text))
    if (first := text.find("[")) >= 0:
        marks.update(found.start() for found in _LINK.finditer(text, first))
    marks.update(at for at in range(len(text) - 1) if text[at] == "\\" and text[at + 1] in punctuation)
    return "".join(f"\\{sign}" if at in marks else sign for at, sign in enumerate(text))


def _emphasis(text: str, sign: str) -> set[int]:
    """Where a sign stands that could begin an emphasis that another one could end."""
    opening: set[int] = set()
    closes = False
    for run in reversed([*re.finditer(f"{re.escape(sign)}+", text)]):
        before, after = text[run.start() - 1 : run.start()], text[run.end() : run.end() + 1]
        inside_word = sign == "_" and _is_of_word(before) and _is_of_word(after)
        opens = after.strip() and not (sign == "_" and _is_of_word(before))
        if opens and closes:
            opening.update(range(run.start(), run.end()))
        closes = closes or bool(before.strip() and not inside_word)
    return opening


def _is_of_word(letter: str) -> bool:
    """Tell whether a sign beside this letter stands inside a word for every reader of Markdown."""
    return letter.isalnum()
