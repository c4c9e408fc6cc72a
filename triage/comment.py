"""The comments section of the post: list items and other Markdown blocks, written and read."""

import re

from triage.haul import Comment
from triage.pattern import pattern
from triage.user_text import trimmed

# What begins a block that is no paragraph: CommonMark 0.31.2, sections 4 and 5, and the tables of GFM.
_MARK = pattern(
    r"[-*+](?:[ \t]|$)|\d{1,9}[.)](?:[ \t]|$)|>|#{1,6}(?:[ \t]|$)|`{3}|~{3}|\|"
    r"|(?:-[ \t]*){3,}$|(?:\*[ \t]*){3,}$|(?:_[ \t]*){3,}$"
    r"|<(?:/?[A-Za-z][A-Za-z0-9-]*(?=[\s/>]|$)|[!?])",
    re.ASCII,
)


def write(comment: Comment) -> str:
    """A comment as the post has it: a list item, unless its text begins with a block mark of its own."""
    if comment.verbatim or _begins_a_block(comment.text):
        return comment.text
    first, *rest = comment.text.split("\n")
    return "\n".join([f"- {first}", *(f"  {line}" if line else "" for line in rest)])


def read(section: str) -> tuple[Comment, ...]:
    """The comments of a section without blank lines at its ends; with blank lines between, they give it back.

    What the post shows cannot tell the text `- a` from `a`: both are read as `a`, and written alike.
    """
    pieces: list[str] = []
    for part in section.split("\n\n"):
        bare = part.lstrip("\n")
        if pieces and len(bare) < len(part):
            pieces[-1] += part[: len(part) - len(bare)]
        if pieces and not _starts_a_comment(bare, pieces[-1]):
            pieces[-1] += "\n\n" + bare
        else:
            pieces.append(bare)
    return tuple(_comment(piece) for piece in pieces)


def _starts_a_comment(part: str, before: str) -> bool:
    if not part.strip(" \t\n") or part[0] in " \t":
        return False
    return _begins_a_block(part) or not _begins_a_block(before)


def _comment(piece: str) -> Comment:
    bare = _without_item(piece)
    for text in (piece,) if bare is None else (bare, piece):
        if text and trimmed(text) == ("", text, "") and write(Comment("", text)) == piece:
            return Comment("", text)
    return Comment("", piece, verbatim=True)


def _without_item(piece: str) -> str | None:
    first, *rest = piece.split("\n")
    if not first.startswith("- ") or any(line and not line.startswith("  ") for line in rest):
        return None
    return "\n".join([first[2:], *(line[2:] for line in rest)])


def _begins_a_block(text: str) -> bool:
    return _MARK.match(text.split("\n", 1)[0]) is not None
