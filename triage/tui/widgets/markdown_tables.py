"""Tables in Markdown: a block for each row, all aligned to the same columns."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from markdown_it.token import Token

from triage.tui.widgets.blocks import BLANK, Block
from triage.tui.widgets.markdown_inline import Piece, block_of, inline
from triage.tui.widgets.table_layout import BAR, Cell, Kind, Row, Table, measured


def table(tokens: Sequence[Token], line: int) -> Iterator[Block | None]:
    """Draw what stands in a table whose source begins at `line`; None wherever one may pause.

    The columns are as wide as their widest cells, and so the rows come when all of them are known.
    """
    rows: list[_Joined] = []
    aligned: list[str] = []
    cells: list[list[Piece]] = []
    head = True
    for token in tokens:
        match token.type:
            case "tr_open":
                cells = []
            case "th_open":
                # `text-align:right`, or nothing.
                aligned.append(str(token.attrGet("style") or "").rpartition(":")[2])
            case "inline":
                cells.append([*inline(token.content, "strong" if head else "")])
            case "tr_close":
                # Below the first row stands the line that makes a table of it.
                rows.append(_joined(cells, line + len(rows) + (not head)))
                head = False
                yield None
    columns = Table.of((row.sizes for row in rows), tuple(aligned))
    for at, (block, places, _) in enumerate(rows):
        if at or block.text.plain.strip(" │"):
            yield _row(block, Row(columns, Kind.BODY if at else Kind.HEAD, places))
            if not at:
                yield _row(BLANK, Row(columns, Kind.RULE))
    yield _row(BLANK, Row(columns, Kind.HINT))


class _Joined(NamedTuple):
    """A row's cells as one block."""

    block: Block
    places: tuple[tuple[int, int], ...]
    """From where to where in its text each cell goes."""
    sizes: list[Cell]


def _joined(cells: Sequence[Sequence[Piece]], line: int) -> _Joined:
    pieces: list[Piece] = []
    places: list[tuple[int, int]] = []
    sizes: list[Cell] = []
    at = 0
    for cell in cells:
        if places:
            pieces.append(Piece(BAR, "rule"))
            at += len(BAR)
        text = "".join(piece.text for piece in cell)
        pieces += cell
        places.append((at, at + len(text)))
        sizes.append(measured(text))
        at += len(text)
    return _Joined(block_of(pieces, line), tuple(places), sizes)


def _row(block: Block, row: Row) -> Block:
    return Block(block.text, row=row, links=block.links, line=block.line)
