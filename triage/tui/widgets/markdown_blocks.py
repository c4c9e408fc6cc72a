"""Markdown as blocks: what a reader of it will see, drawn in lines of text.

Textual's Markdown widget drops HTML, and `<br/>` and every card with it, opens links on a click, and needs
seconds for a hostile text. Here a `<br/>` of any form is a line break, other HTML shows as it is written,
and nothing can be clicked.
"""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import TypeAlias

from markdown_it import MarkdownIt
from markdown_it.token import Token
from textual.content import Content

from triage.clean import shown
from triage.tui.widgets.blocks import BLANK, Block, styled
from triage.tui.widgets.line_breaks import breaks
from triage.tui.widgets.markdown_chunks import chunks
from triage.tui.widgets.markdown_inline import block_of, html, inline
from triage.tui.widgets.markdown_tables import table

# What stands in a paragraph is parsed when that paragraph is drawn.
_PARSER = MarkdownIt("commonmark", {"maxNesting": 60}).enable("table").disable("inline")
_LONGEST = 40_000
"""Characters of one note or comment that are drawn as Markdown; a longer one is drawn as it stands."""
_LONGEST_PARAGRAPH = 8_000
"""Characters of one paragraph that are drawn as Markdown, for the time it may take."""
_PIECE = 4_000
"""Characters of each block that a longer paragraph is cut into."""
_CODE = 50
"""Lines of code in one block."""

Drawing: TypeAlias = Iterator[Block | None]
"""Blocks as they are made, and None wherever one may pause meanwhile."""


@lru_cache(maxsize=512)
def markdown(text: str) -> tuple[Block, ...]:
    """Draw one note or comment; no block for an empty text."""
    safe = shown(text)
    if len(safe) > _LONGEST:
        return (Block(Content(safe)),)
    blocks = [block for block in _parsed(safe, 0) if block is not None]
    # markdown-it drops what is nested deeper than it goes; a note is never shown as nothing.
    return tuple(blocks) if blocks or not safe.strip() else (Block(Content(safe)),)


def drawn(text: str) -> Drawing:
    """Draw a text of any length bit by bit: a little of it each time that one asks for more."""
    line = 0
    begun = False
    for chunk in chunks(shown(text)):
        empty = True
        for block in _parsed(chunk.text, line):
            if empty and block is not None:
                if begun and chunk.apart:
                    yield BLANK
                begun, empty = True, False
            yield block
        if empty and chunk.text.strip():
            yield from _as_it_stands(chunk.text, line)
        line += chunk.text.count("\n")


def _parsed(text: str, line: int) -> Drawing:
    """Draw Markdown that begins at this line of its source."""
    tokens = _PARSER.parse(text)
    return _blocks(tokens, 0, len(tokens), line)


def _blocks(tokens: Sequence[Token], at: int, stop: int, line: int, *, tight: bool = False) -> Drawing:
    """Draw one thing after the other, with a blank line between each two."""
    begun = False
    while at < stop:
        end = _close(tokens, at)
        empty = True
        for block in _block(tokens, at, end, line):
            if empty and block is not None:
                if begun and not tight:
                    yield BLANK
                begun, empty = True, False
            yield block
        at = end + 1


def _block(tokens: Sequence[Token], at: int, end: int, line: int) -> Drawing:
    """Draw one thing, from the token that opens it to the one that closes it."""
    token = tokens[at]
    line_of = line + (token.map[0] if token.map else 0)
    match token.type:
        case "paragraph_open":
            yield from _paragraph(tokens[at + 1].content, line_of)
        case "heading_open":
            yield from _paragraph(tokens[at + 1].content, line_of, "heading")
        case "fence" | "code_block":
            yield from _code(token.content.rstrip("\n"), line_of)
        case "html_block":
            yield block_of(html(token.content.strip("\n")), line_of)
        case "hr":
            yield Block(Content(""), fill="─", line=line_of)
        case "blockquote_open":
            bar = styled("│ ", "rule")
            for block in _blocks(tokens, at + 1, end, line):
                yield block and block.within(bar, bar)
        case "bullet_list_open" | "ordered_list_open":
            yield from _list(tokens, at, end, line)
        case "table_open":
            yield from table(tokens[at + 1 : end], line_of)


def _close(tokens: Sequence[Token], at: int) -> int:
    """Where that is closed which is opened here."""
    level = tokens[at].level
    while not (tokens[at].level == level and tokens[at].nesting < 1):
        at += 1
    return at


def _paragraph(text: str, line: int, style: str = "") -> Drawing:
    if len(text) > _LONGEST_PARAGRAPH:
        yield from _as_it_stands(text, line)
    else:
        yield block_of(inline(text, style), line)


def _as_it_stands(text: str, line: int) -> Drawing:
    for piece in breaks(text, _PIECE):
        yield Block(Content(text[piece.start : piece.end]), line=line)


def _code(text: str, line: int) -> Drawing:
    indent = Content("  ")
    lines = text.split("\n")
    for at in range(0, len(lines), _CODE):
        part = styled("\n".join(lines[at : at + _CODE]), "code")
        yield Block(part, indent, indent, code=True, line=line)


def _list(tokens: Sequence[Token], at: int, end: int, line: int) -> Drawing:
    ordered = tokens[at].type == "ordered_list_open"
    number = int(tokens[at].attrGet("start") or 1)
    tight = _is_tight(tokens, at)
    begun = False
    at += 1
    while at < end:
        mark = styled(f"{number}. " if ordered else "• ", "mark")
        number += 1
        rest = Content(" " * mark.cell_length)
        if begun and not tight:
            yield BLANK
        begun = empty = True
        item_end = _close(tokens, at)
        for block in _blocks(tokens, at + 1, item_end, line, tight=tight):
            yield block and block.within(mark if empty else rest, rest)
            empty = empty and block is None
        if empty:
            yield BLANK.within(mark, rest)
        at = item_end + 1


def _is_tight(tokens: Sequence[Token], at: int) -> bool:
    """Tell whether a list's items stand without blank lines: markdown-it hides their paragraphs then."""
    level = tokens[at].level
    for token in tokens[at + 1 :]:
        if token.level <= level:
            break
        if token.type == "paragraph_open" and token.level == level + 2:
            return token.hidden
    return True
