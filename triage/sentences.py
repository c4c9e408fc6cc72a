"""Where the sentences of a shown text begin and end: what one marks to quote it."""

import re
from collections.abc import Iterator

_END = r"[.!?…]+[)\]}\"'”’»›]*(?=\s)|[。！？]+[)\]}）」』”’]*|\n[ \t]*(?=\n)"
"""Where a sentence may end: its closing marks belong to it. A blank line always ends one."""
_WORD_BEFORE = r"[^\s([{\"'“‘«]+\Z"
_LONGEST_WORD = 40
_NEXT_WORD = r"\s*([^\s.]*)"
_NEVER = (
    r"(?i)e\.g|i\.e|cf|viz|vs|resp|approx|w\.r\.t|s\.t|a\.k\.a"
    r"|figs?|eqn?s?|secs?|sects?|refs?|thms?|tab|defs?|props?|lem|cor|chap|appx|alg|vol|nos|pp|eds?"
    r"|dr|prof|mrs?|st|sr|jr|hon|univ|dept|inst|proc|trans|conf|phys|rev|lett|math|astrophys|chem"
)
"""Abbreviations that something always follows."""
_SELDOM = (
    r"(?i)al|etc|i\.i\.d|a\.s|a\.e|i\.o|u\.s|u\.k|inc|ltd|co|corp|ca|app|art|ch|ex|ms|no|pt|soc|opt|appl|ann"
    r"|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec"
)
"""Abbreviations, and words like them, that end a sentence only when one plainly begins behind them."""
_OPENER = (
    r"We|The|This|These|That|Those|There|Our|In|It|Its|However|Moreover|Furthermore|Additionally|Here|For|To"
    r"|As|An|Using|Finally|Then|Thus|Hence|Therefore|While|When|With|By|On|If|Although|Despite|Such|Both|At"
    r"|After|Specifically|Recently|Unlike|Instead|Also|But|And|From|Based|Experiments|Results|Code|Let|Any|All"
    r"|Each|Every|Many|Some|Most|More|Existing|Similar|Given|Since|Because|Under|Through|What|How|Why|Not|Is|Are"
)
# All are compiled when the first text is looked at: the first screen needs none of them.


def spans(text: str) -> tuple[tuple[int, int], ...]:
    """Start and end of each sentence, in order: together they hold everything but the space between them.

    No sentence ends at `et al.`, `e.g.`, `Fig. 3`, `1.5` or an initial; in doubt two stay one.
    """
    return tuple(_spans(text))


def _spans(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for found in re.finditer(_END, text):
        if found[0][0] == "\n" or _ends(text, start, found):
            yield from _trimmed(text, start, found.end())
            start = found.end()
    yield from _trimmed(text, start, len(text))


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    inner = text[start:end]
    begin = start + len(inner) - len(inner.lstrip())
    end = start + len(inner.rstrip())
    if begin < end:
        yield begin, end


def _ends(text: str, start: int, found: re.Match[str]) -> bool:
    """Tell whether a sentence that began at `start` ends with these marks."""
    marks = found[0]
    if marks[0] in "。！？":
        return True
    follows = re.match(_NEXT_WORD, text[found.end() : found.end() + _LONGEST_WORD])
    opener = follows[1] if follows is not None else ""
    if opener[:1].islower():
        return False
    if not marks.startswith(".") or marks.startswith(".."):
        return True
    word = re.search(_WORD_BEFORE, text[max(start, found.start() - _LONGEST_WORD) : found.start()])
    before = word[0] if word is not None else ""
    if found.start() - start < _LONGEST_WORD and not text[start : found.start()].strip(" \n0123456789([{"):
        return False  # the number of an item: `1. First`
    if re.fullmatch(_NEVER, before) or (len(before) == 1 and before.islower() and opener[:1].isdigit()):
        return False
    if re.fullmatch(_SELDOM, before) or _is_initial(before):
        return re.fullmatch(_OPENER, opener) is not None and len(marks) == 1
    return True


def _is_initial(word: str) -> bool:
    """`J` of `J. Smith`, `J.-P` of `J.-P. Serre`, `U.S` of `U.S. states`."""
    parts = re.split(r"[.-]+", word)
    return all(len(part) == 1 and part.isupper() for part in parts)
