"""Displayed equations: a paragraph of their own, row by row, each with its number."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from triage.sources.full_text import formulas
from triage.sources.full_text.anchors import parted
from triage.sources.full_text.formulas import Formula, words
from triage.sources.full_text.tree import Element, below, has, is_within, new, pieces, replace, tag, text

INDENT = "\N{NO-BREAK SPACE}" * 4
"""Before a row that goes on with the one above it."""
_GAP = "\N{NO-BREAK SPACE}" * 3
"""Between two equations in one row."""
_BEFORE_NUMBER = "\N{NO-BREAK SPACE}" * 2
_MISSING = "[missing on the page]"
"""LaTeXML could not make it, and left its number."""
_TABLE = ("ltx_eqn_table", "ltx_eqn_div")
_EQUATION = ("ltx_equation", "ltx_equationgroup")
_PADDING = (
    "ltx_eqn_center_padleft",
    "ltx_eqn_center_padright",
    "ltx_eqn_left_padleft",
    "ltx_eqn_left_padright",
    "ltx_eqn_right_padleft",
    "ltx_eqn_right_padright",
)
_NUMBER = ("ltx_tag_equation", "ltx_tag_equationgroup")

_ROWS = re.compile(
    r"\s*(?:\\displaystyle\s*)?\\begin\{(?P<name>split|aligned|alignedat|gathered|multline\*?|multlined)\}"
    r"(?:\[[a-z]*\])?(?:\{\d+\})?(?P<inside>.*)\\end\{(?P=name)\}(?P<rest>[\s.,;]*)",
    re.DOTALL,
)
_PIECE = re.compile(r"\\(?:(?:begin|end)\s*\{[^{}]*\}|\\\*?(?:\[[^\]]*\])?|.)|[{}]", re.DOTALL)


class _Row(NamedTuple):
    """One line of an equation."""

    shown: str
    is_tex: bool = False
    number: str = ""


def write_out(root: Element) -> None:
    """Replace every displayed equation by a paragraph that holds its rows."""
    for element in below(root, *_TABLE, *_EQUATION):
        if tag(element) in ("tr", "tbody", "td") or is_within(element, root, *_TABLE, *_EQUATION):
            continue
        rows = [row for row in _rows(element) if row.shown or row.number]
        if rows and not any(row.shown for row in rows):
            rows[0] = rows[0]._replace(shown=_MISSING)
        if rows:
            replace(element, _paragraph(rows))
        elif element.getparent() is not None:
            replace(element, new("span"))


def _paragraph(rows: Sequence[_Row]) -> Element:
    made = new("p")
    for at, row in enumerate(rows):
        if at:
            made.append(new("br"))
        if row.is_tex:
            # As source, beside which nothing is aligned.
            made.append(new("code", row.shown.strip()))
        else:
            made.append(new("span", row.shown))
        if row.number:
            made.append(new("span", f"{_BEFORE_NUMBER if row.shown else ''}{row.number}"))
    return made


def _rows(element: Element) -> Iterator[_Row]:
    lines = [one for one in element.iter() if has(one, "ltx_eqn_row")] or [
        one for one in element.iter("tr") if next(one.iterdescendants("tr"), None) is None
    ]
    waiting: tuple[str, int] | None = None
    begun = False
    for line in lines or [element]:
        number, height = _number(line)
        rows = _of_cells(_cells(line), begun=begun)
        begun = begun or bool(rows)
        if height > 1:
            # A number that stands beside several rows ends the last of them.
            waiting, number = (number, height), ""
        if waiting is not None:
            waiting = (waiting[0], waiting[1] - 1)
            if waiting[1] == 0 or line is lines[-1]:
                number, waiting = waiting[0], None
        yield from rows[:-1]
        last = rows[-1] if rows else _Row("")
        yield last._replace(number=number)


def _number(line: Element) -> tuple[str, int]:
    """A row's number, and how many rows it is for."""
    for cell in line:
        if has(cell, "ltx_eqn_eqno"):
            height = cell.get("rowspan") or "1"
            return words(cell), int(height) if height.isdecimal() and len(height) < 4 else 1
    found = [one for one in line.iter() if has(one, *_NUMBER)]
    return (words(found[0]) if found else ""), 1


def _cells(line: Element) -> Sequence[Element]:
    if tag(line) == "tr" or has(line, "ltx_eqn_row"):
        return [one for one in line if not has(one, "ltx_eqn_eqno", *_PADDING)]
    return [line]


def _of_cells(cells: Sequence[Element], *, begun: bool) -> list[_Row]:
    """The rows that one row of cells makes: several, where the TeX in its only cell has several."""
    filled = [(at, cell) for at, cell in enumerate(cells) if len(cell) or text(cell)]
    if len(filled) == 1 and (single := _single_formula(filled[0][1])) is not None:
        lines = list(_lines(formulas.source(single)))
        if len(lines) > 1:
            mark = parted(formulas.of_math(single).shown)[0]
            made = [formulas.of_source(one) for one in lines]
            starts = [mark, *[INDENT] * (len(made) - 1)]
            return [
                _Row(start + one.shown, one.is_tex)
                for start, one in zip(starts, made, strict=True)
                if one.shown
            ]
    shown, is_tex, before = "", False, ""
    for at, cell in filled:
        piece, from_tex = _cell(cell)
        if not piece:
            continue
        side = "right" if has(cell, "ltx_align_right") else "left" if has(cell, "ltx_align_left") else ""
        if shown:
            shown += _GAP if (before, side) == ("left", "right") else " "
        elif at and begun and not has(cell, "ltx_intertext"):
            shown = INDENT
        shown += piece
        is_tex, before = is_tex or from_tex, side
    return [_Row(shown, is_tex)] if shown else []


def _single_formula(cell: Element) -> Element | None:
    """The formula that a cell consists of, if it does."""
    inner = list(cell.iter("math"))
    if len(inner) != 1:
        return None
    around = "".join(pieces(cell, lambda one: "" if tag(one) == "math" else None))
    return inner[0] if not around.strip() else None


def _cell(cell: Element) -> tuple[str, bool]:
    made: list[Formula] = [formulas.of_math(math) for math in cell.iter("math")]
    number = [one for one in cell.iter() if has(one, *_NUMBER)]
    shown = words(cell)
    if number and (told := words(number[0])):
        shown = shown.replace(told, "", 1).strip()
    return shown, any(one.is_tex for one in made)


def _lines(written: str) -> Iterator[str]:
    """The rows of a formula's TeX: of `split` and its like, or of a bare `a \\\\ b`."""
    whole = _ROWS.fullmatch(written)
    inside, rest = (whole["inside"], whole["rest"].strip()) if whole else (written, "")
    depth, start = 0, 0
    ends: list[tuple[int, int]] = []
    for piece in _PIECE.finditer(inside):
        sign = piece[0]
        if sign == "{" or sign.startswith("\\begin"):
            depth += 1
        elif sign == "}" or sign.startswith("\\end"):
            depth -= 1
        elif sign.startswith("\\\\") and depth == 0:
            ends.append((start, piece.start()))
            start = piece.end()
        if depth < 0:
            yield written
            return
    ends.append((start, len(inside)))
    for at, (begin, end) in enumerate(ends):
        yield inside[begin:end] + (rest if at == len(ends) - 1 else "")
