"""The user's Markdown as blocks: what a reader of the post will see, drawn in lines of text.

Textual's Markdown widget drops HTML, and `<br/>` and every card with it, opens links on a click, and needs
seconds for a hostile text. Here a `<br/>` of any form is a line break, other HTML shows as it is written,
and nothing can be clicked.
"""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from markdown_it import MarkdownIt
from markdown_it.token import Token
from textual.content import Content

from triage.clean import shown
from triage.tui.widgets.blocks import BLANK, Block, styled

_PARSER = MarkdownIt("commonmark", {"maxNesting": 60}).enable(["table", "strikethrough"])
_BREAK = re.compile(r"[ \t]*<br\b[^<>]*>[ \t]*\n?", re.IGNORECASE)
_STYLES = {"em_open": "emphasis", "strong_open": "strong", "s_open": "struck", "link_open": "link"}
_LONGEST = 40_000
"""Characters of one text that are drawn as Markdown; a longer one is drawn as it stands."""


@lru_cache(maxsize=512)
def markdown(text: str) -> tuple[Block, ...]:
    """Draw one note or comment; no block for an empty text."""
    safe = shown(text)
    if len(safe) > _LONGEST:
        return (Block(Content(safe)),)
    blocks, _ = _container(_PARSER.parse(safe), 0, tight=False)
    # markdown-it drops what is nested deeper than it goes; a note is never shown as nothing.
    return tuple(blocks) if blocks or not safe.strip() else (Block(Content(safe)),)


def _container(tokens: Sequence[Token], at: int, *, tight: bool) -> tuple[list[Block], int]:
    """The blocks up to the close of the container that `at` is in, and where that stands."""
    blocks: list[Block] = []

    def put(more: Sequence[Block]) -> None:
        if blocks and more and not tight:
            blocks.append(BLANK)
        blocks.extend(more)

    while at < len(tokens):
        token = tokens[at]
        match token.type:
            case "paragraph_open" | "heading_open":
                text = _inline(tokens[at + 1].children or [])
                put([Block(text.stylize("heading") if token.type == "heading_open" else text)])
                at += 2
            case "fence" | "code_block":
                indent = Content("  ")
                put([Block(styled(token.content.rstrip("\n"), "code"), indent, indent)])
            case "html_block":
                put([Block(_html(token.content.strip("\n")))])
            case "hr":
                put([Block(Content(""), fill="─")])
            case "blockquote_open":
                inner, at = _container(tokens, at + 1, tight=False)
                bar = styled("│ ", "rule")
                put([block.within(bar, bar) for block in inner])
            case "bullet_list_open" | "ordered_list_open":
                items, at = _list(tokens, at)
                put(items)
            case "table_open":
                rows, at = _table(tokens, at + 1)
                put(rows)
            case kind if kind.endswith("_close"):
                return blocks, at
        at += 1
    return blocks, at


def _list(tokens: Sequence[Token], at: int) -> tuple[list[Block], int]:
    ordered = tokens[at].type == "ordered_list_open"
    number = int(tokens[at].attrGet("start") or 1)
    tight = _is_tight(tokens, at)
    items: list[Block] = []
    at += 1
    while tokens[at].type == "list_item_open":
        inner, at = _container(tokens, at + 1, tight=tight)
        mark = styled(f"{number}. " if ordered else "• ", "mark")
        number += 1
        rest = Content(" " * mark.cell_length)
        if items and not tight:
            items.append(BLANK)
        items += [
            block.within(mark if place == 0 else rest, rest) for place, block in enumerate(inner or [BLANK])
        ]
        at += 1
    return items, at


def _is_tight(tokens: Sequence[Token], at: int) -> bool:
    """Tell whether a list's items stand without blank lines: markdown-it hides their paragraphs then."""
    level = tokens[at].level
    for token in tokens[at + 1 :]:
        if token.level <= level:
            break
        if token.type == "paragraph_open" and token.level == level + 2:
            return token.hidden
    return True


def _table(tokens: Sequence[Token], at: int) -> tuple[list[Block], int]:
    rows: list[Block] = []
    cells: list[Content] = []
    while tokens[at].type != "table_close":
        match tokens[at].type:
            case "tr_open":
                cells = []
            case "inline":
                cells.append(_inline(tokens[at].children or []))
            case "tr_close":
                rows.append(Block(styled(" │ ", "rule").join(cells)))
        at += 1
    return rows, at


def _inline(tokens: Sequence[Token]) -> Content:
    return Content("").join(_pieces(tokens))


def _pieces(tokens: Sequence[Token]) -> Iterator[Content]:
    styles: list[str] = []
    skip_newline = False
    for token in tokens:
        piece = Content("")
        match token.type:
            case "text":
                piece = Content(token.content)
            case "softbreak":
                piece = Content("" if skip_newline else " ")
            case "hardbreak":
                piece = Content("\n")
            case "code_inline":
                piece = styled(token.content, "code")
            case "html_inline":
                piece = _html(token.content)
            case "image":
                piece = styled(f"[{token.content or token.attrGet('src') or ''}]", "link")
            case kind if kind in _STYLES:
                styles.append(_STYLES[kind])
            case kind if kind.endswith("_close") and styles:
                styles.pop()
        skip_newline = token.type == "html_inline" and piece.plain == "\n"
        for style in styles:
            piece = piece.stylize(style)
        if piece:
            yield piece


def _html(text: str) -> Content:
    """HTML as it is written, but for its line breaks."""
    return Content("\n").join(styled(part, "html") for part in _BREAK.split(text))
