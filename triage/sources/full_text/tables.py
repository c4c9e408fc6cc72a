"""Tables kept whole: every row with a cell for every column; what only lays a page out is unfolded."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from lxml import etree

from triage.sources.full_text.formulas import words
from triage.sources.full_text.tree import (
    Element,
    below,
    classes,
    contents,
    has,
    is_within,
    new,
    replace,
    stands_in,
    tag,
    text,
)

ALIGNMENT = "data-align"
"""The attribute of a table that says how its columns are aligned: a letter for each, l, c or r."""
_TABULAR = ("ltx_tabular",)
_SPAN = re.compile(r"ltx_(col|row)span_(\d{1,3})\Z")
_MOST_COLUMNS = 200
_MOST_CELLS = 60_000
_PICTURES = ("img", "object", "video", "canvas")
_LABEL = re.compile(r"[(\[]?[A-Za-z0-9]{0,3}[)\].:]?")
"""What stands in a cell below a picture and names it."""


@dataclass(slots=True)
class _Grid:
    """A table's cells by row; None where one from the left or from above reaches."""

    rows: list[list[Element | None]] = field(default_factory=list)
    heads: int = 0
    """How many rows at the top are headings."""

    @property
    def width(self) -> int:
        return max((len(row) for row in self.rows), default=0)

    def cells(self) -> Iterator[Element]:
        for row in self.rows:
            yield from (cell for cell in row if cell is not None)

    def close_gaps(self) -> None:
        """Leave out the rows and the columns of empty cells: they only put others apart."""
        told = [any(cell is not None and not _is_empty(cell) for cell in row) for row in self.rows]
        self.heads = sum(told[: self.heads])
        rows = [row for row, is_told in zip(self.rows, told, strict=True) if is_told]
        gaps = {
            at
            for at in range(self.width)
            if all(cell is not None and _is_empty(cell) for row in rows for cell in row[at : at + 1])
        }
        self.rows = [[cell for at, cell in enumerate(row) if at not in gaps] for row in rows]


def write_out(root: Element) -> None:
    """Replace every table below by one with as many cells in each row, or by what it lays out."""
    for table in [*below(root, *_TABULAR), *root.iter("table")]:
        # Most are found by their class and by their tag.
        if not stands_in(table, root) or _is_inner(table, root):
            continue
        rows = _rows(table)
        grid = _grid(rows)
        if grid is None:
            replace(table, new("div", children=[new("p", words(row)) for row in rows]))
        elif not grid.rows:
            replace(table, new("div", children=contents(table)))
        elif has(table, "ltx_tabbing"):
            replace(table, _lines(grid))
        elif _is_layout(table, grid):
            replace(table, new("div", children=[_unfolded(cell) for cell in grid.cells()]))
        else:
            replace(table, _table(grid))


def _grid(rows: Sequence[Element]) -> _Grid | None:
    """The cells by row and column; None when they would be too many."""
    grid = _Grid()
    reaching: set[tuple[int, int]] = set()
    cells = 0
    for number, row in enumerate(rows):
        line: list[Element | None] = []
        for cell in _cells(row):
            while (number, len(line)) in reaching:
                line.append(None)
            wide, high = _reach(cell)
            wide = max(1, min(wide, _MOST_COLUMNS - len(line)))
            high = min(high, len(rows) - number)
            cells += wide * high
            if cells > _MOST_CELLS:
                return None
            reaching.update((number + down, len(line) + at) for down in range(1, high) for at in range(wide))
            line += [cell, *[None] * (wide - 1)]
        while (number, len(line)) in reaching:
            line.append(None)
        grid.rows.append(line)
        if grid.heads == number and line and _is_head(row):
            grid.heads += 1
    grid.close_gaps()
    return grid


def _is_empty(cell: Element) -> bool:
    return not text(cell) and next(cell.iter(*_PICTURES), None) is None


def _is_head(row: Element) -> bool:
    if any(tag(outer) == "thead" or has(outer, "ltx_thead") for outer in row.iterancestors()):
        return True
    cells = _cells(row)
    return all(tag(cell) == "th" and not has(cell, "ltx_th_row") for cell in cells)


def _rows(table: Element) -> list[Element]:
    """The rows of a table itself, and not of the tables in its cells."""
    return [
        row
        for row in table.iterdescendants()
        if (tag(row) == "tr" or has(row, "ltx_tr")) and not _is_inner(row, table)
    ]


def _is_inner(element: Element, top: Element) -> bool:
    """Tell whether an element stands in a table below `top`."""
    return is_within(element, top, *_TABULAR, tags=("table",))


def _cells(row: Element) -> list[Element]:
    return [cell for cell in row if tag(cell) in ("td", "th") or has(cell, "ltx_td", "ltx_th")]


def _reach(cell: Element) -> tuple[int, int]:
    """Over how many columns and rows a cell reaches; tables made of spans say it by their classes."""
    said = {"col": cell.get("colspan") or "", "row": cell.get("rowspan") or ""}
    for name in classes(cell):
        if found := _SPAN.match(name):
            said[found[1]] = said[found[1]] or found[2]
    wide, high = (int(one) if one.isdecimal() and len(one) < 4 else 1 for one in said.values())
    return max(1, wide), max(1, high)


def _is_layout(table: Element, grid: _Grid) -> bool:
    """Tell whether a table only puts things side by side, or below each other."""
    if grid.width < 2 or sum(1 for _ in grid.cells()) < 2:
        return True
    if next(table.iter("pre", "figure", "table"), None) is not None and any(
        next(cell.iter("pre", "figure"), None) is not None for cell in grid.cells()
    ):
        return True
    pictures = sum(1 for cell in grid.cells() if next(cell.iter(*_PICTURES), None) is not None)
    told = sum(1 for cell in grid.cells() if not _LABEL.fullmatch(text(cell)))
    return pictures > 0 and pictures >= told


def _unfolded(cell: Element) -> Element:
    return new("div", (cell.text or ""), cell)


def _lines(grid: _Grid) -> Element:
    """Lines whose parts were set below each other by tabs."""
    made = new("p")
    for row in grid.rows:
        cells = [words(cell) if cell is not None else "" for cell in row]
        filled = [cell for cell in cells if cell]
        before = next((at for at, cell in enumerate(cells) if cell), 0)
        if filled:
            if len(made):
                made.append(new("br"))
            made.append(new("span", "\N{NO-BREAK SPACE}" * 4 * before + " ".join(filled)))
    return made


def _table(grid: _Grid) -> Element:
    width = grid.width
    made = new("table", attributes={ALIGNMENT: "".join(_alignment(grid, at) for at in range(width))})
    for number, row in enumerate(grid.rows):
        line = etree.SubElement(made, "tr")
        is_lower_head = 0 < number < grid.heads
        for cell in [*row, *[None] * (width - len(row))]:
            line.append(_flat(cell, bold=is_lower_head) if cell is not None else new("td"))
    return made


def _alignment(grid: _Grid, at: int) -> str:
    """How a column is aligned, as most of its cells below the headings are."""
    votes = {"l": 0, "c": 0, "r": 0}
    for row in grid.rows[grid.heads :] or grid.rows:
        cell = row[at] if at < len(row) else None
        if cell is not None and (len(cell) or (cell.text or "").strip()):
            votes["r" if has(cell, "ltx_align_right") else "c" if has(cell, "ltx_align_center") else "l"] += 1
    return max(votes, key=lambda side: votes[side])


def _flat(cell: Element, *, bold: bool) -> Element:
    """A cell in one line: what stood on several becomes one, with a space between."""
    for one in list(cell.iterdescendants()):
        name = tag(one)
        if name == "br":
            one.tag, one.tail = "span", f" {one.tail or ''}"
        elif name == "li":
            one.tag = "span"
            one.text, one.tail = f" • {(one.text or '').lstrip()}", f" {one.tail or ''}"
        elif name in _BLOCKS or has(one, "ltx_p", "ltx_tr", "ltx_td", "ltx_th", "ltx_para"):
            one.tag = "span"
            one.text, one.tail = f" {one.text or ''}", f" {one.tail or ''}"
    made = new("td")
    inner: Sequence[Element] = [new("span", cell.text or "", cell)]
    if bold and next(cell.iter("strong"), None) is None and text(inner[0]):
        inner = [new("strong", children=inner)]
    made.extend(inner)
    return made


_BLOCKS = ("p", "div", "ul", "ol", "table", "tbody", "thead", "tr", "td", "th", "blockquote", "pre", "figure")
