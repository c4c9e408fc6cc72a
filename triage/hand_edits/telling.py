"""The edits of a post in words, for the command line and the screen alike."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from triage import clean
from triage.hand_edits.edit import Edit, What, Where
from triage.word_diff import How, Run, is_changed, shortened, word_diff

_MARKS = {What.ADDED: "+", What.REMOVED: "–", What.MOVED: "↕", What.STAYS: "!", What.CHANGED: "~"}
_LONGEST = 200
"""Characters of a title or a moved comment that are told."""
_CONTEXT = 6
"""Words that are told on either side of a change."""
_JOINS = "It joins the haul."
_LEAVES = "It leaves the haul."
_SKIPPED = "It leaves the haul, and its paper is skipped."
_SPACE = "Only white space is another."


class Told(NamedTuple):
    """One edit in words."""

    where: Where
    mark: str
    """One character for what was done."""
    name: str
    """The key of the front matter or the entry's title, one clean line; empty for a comment."""
    part: str
    """Of an entry: `note`, `title`, `excerpt`, `link`."""
    runs: Sequence[Run]
    """The words that were removed and added, with some around them; of what joins or leaves, all."""
    remark: str
    """A sentence; empty where the words say it all."""


def told(edit: Edit) -> Told:
    """One edit in words."""
    remarks = [edit.remark]
    runs: Sequence[Run] = ()
    before, after = clean.shown(edit.before), clean.shown(edit.after)
    match edit.what:
        case What.ADDED:
            runs = _whole(How.ADDED, after)
            remarks.insert(0, _JOINS if edit.where is Where.ENTRIES else "")
        case What.REMOVED:
            runs = _whole(How.REMOVED, before)
            leaves = _LEAVES if edit.remark else _SKIPPED
            remarks.insert(0, leaves if edit.where is Where.ENTRIES else "")
        case What.CHANGED if before or after:
            diff = word_diff(before, after)
            runs = shortened(diff, _CONTEXT)
            remarks += [] if is_changed(diff) or edit.remark else [_SPACE]
        case What.MOVED | What.STAYS if edit.where is Where.COMMENTS:
            runs = _whole(How.SAME, clean.line(after)[:_LONGEST])
    name = clean.line(edit.name)[:_LONGEST]
    if edit.where is Where.FORM and edit.key:
        name = f"White space or form of “{name}”"
    return Told(edit.where, _MARKS[edit.what], name, edit.part, runs, " ".join(filter(None, remarks)))


def changing(edits: Iterable[Edit]) -> int:
    """How many of some edits change the library."""
    return sum(edit.what is not What.STAYS for edit in edits)


def counted(edits: Iterable[Edit]) -> str:
    """How many edits there are, in words: `1 edit`, `12 edits`, `no edit`."""
    count = changing(edits)
    return "no edit" if not count else "1 edit" if count == 1 else f"{count} edits"


def _whole(how: How, text: str) -> Sequence[Run]:
    words = tuple(text.split())
    return (Run(how, words),) if words else ()
