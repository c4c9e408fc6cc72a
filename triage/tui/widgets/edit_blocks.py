"""The edits of a post that was edited by hand, as blocks: part by part of the post, entry by entry."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from textual.content import Content

from triage.hand_edits.edit import Edit, Where
from triage.hand_edits.telling import Told, told
from triage.post import Unread
from triage.tui.widgets.blocks import Block, plain, rule, spaced, styled
from triage.word_diff import BRACKETS, How

WIDEST = 90
"""Cells; longer lines are hard to read."""
_STYLES = {How.REMOVED: "struck", How.ADDED: "kept"}
_MARKS = {"+": "kept", "–": "warning", "!": "warning"}
_PART = 9
"""Cells for the name of a part: the longest is `excerpt`."""


def edit_blocks(edits: Sequence[Edit], unread: Sequence[Unread]) -> list[Block]:
    """What changes, with the words that were removed and added; then what could not be read."""
    groups: list[list[Block]] = []
    for where, of_part in groupby(map(told, edits), key=lambda one: one.where):
        rows = [list(_together(list(same))) for _, same in groupby(of_part, key=_same)]
        if where in (Where.FRONT, Where.FORM):
            rows = [[block for row in rows for block in row]]
        groups += [[rule(where.capitalize()), *rows[0]], *rows[1:]]
    if unread:
        lines = [
            plain(f"{one.why} {one.text}").within(styled(f"line {one.line}  ", "dim"), Content("  "))
            for one in unread
        ]
        groups.append([rule("Not read, and left as it stands"), *lines])
    return spaced(groups)


def _same(one: Told) -> object:
    """What edits have in common that stand under one title."""
    return one.name if one.part else one


def _together(edits: Sequence[Told]) -> Iterator[Block]:
    """One edit, or those of one entry under its title."""
    first = edits[0]
    if not first.part:
        yield from _edit(first)
        return
    yield plain(first.name, "title")
    for one in edits:
        yield from _part(one)


def _part(one: Told) -> Iterator[Block]:
    indent = Content(" " * (_PART + 2))
    yield Block(_said(one), styled(f"  {one.part:<{_PART}}", "dim"), indent)
    if one.runs and one.remark:
        yield plain(one.remark, "warning").within(indent, indent)


def _edit(one: Told) -> Iterator[Block]:
    mark = styled(f"{one.mark} ", _MARKS.get(one.mark, "accent"))
    indent = Content("  ")
    if not one.name:
        yield Block(_said(one), mark, indent)
    elif one.where is Where.FRONT:
        yield Block(styled(f"{one.name}  ", "dim") + _said(one), mark, indent)
    else:
        yield plain(one.name, "title").within(mark, indent)
        if one.remark:
            yield plain(one.remark, "dim").within(indent, indent)
        if one.runs:
            yield Block(_words(one), indent, indent)
        return
    if one.runs and one.remark:
        yield plain(one.remark, "warning").within(indent, indent)


def _said(one: Told) -> Content:
    """The words, or the sentence where there are none."""
    return _words(one) if one.runs else plain(one.remark, "dim").text


def _words(one: Told) -> Content:
    """The words; brackets tell apart what went from what came where both stand."""
    pieces: list[Content] = []
    for run in one.runs:
        opening, closing = BRACKETS[run.how] if one.mark == "~" else ("", "")
        style = _STYLES.get(run.how, "")
        words = styled(opening, "dim") + styled(" ".join(run.words), style) + styled(closing, "dim")
        pieces += [Content(" "), words] if pieces else [words]
    return Content.assemble(*pieces)
