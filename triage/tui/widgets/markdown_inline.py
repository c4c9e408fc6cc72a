"""What stands within a paragraph of Markdown, in pieces: emphasis, code, links, and HTML as it is written."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from markdown_it import MarkdownIt
from markdown_it.token import Token
from textual.content import Content, Span

from triage.tui.widgets.blocks import Block

_PARSER = MarkdownIt("commonmark", {"maxNesting": 60}).enable("strikethrough")
_BREAK = re.compile(r"[ \t]*<br\b[^<>]*>[ \t]*\n?", re.IGNORECASE)
_STYLES = {"em_open": "emphasis", "strong_open": "strong", "s_open": "struck", "link_open": "link"}


class Piece(NamedTuple):
    """Some text in one look."""

    text: str
    style: str = ""
    """Names of styles, the outermost first."""
    link: str = ""
    """Where a link leads that it is in."""


def inline(source: str, style: str = "") -> Iterator[Piece]:
    """The pieces of a paragraph or a cell, all within a style."""
    tokens: list[Token] = []
    # Nothing of what an environment holds, as the targets of `[1]: …` elsewhere, is known here.
    env: dict[str, Any] = {}
    _PARSER.inline.parse(source, _PARSER, env, tokens)
    return _pieces(tokens, style)


def html(source: str) -> Iterator[Piece]:
    """HTML as it is written, but for its line breaks."""
    for at, part in enumerate(_BREAK.split(source)):
        if at:
            yield Piece("\n")
        if part:
            yield Piece(part, "html")


def block_of(pieces: Iterable[Piece], line: int) -> Block:
    """One block of these pieces, which begin at this line of the source."""
    texts: list[str] = []
    spans: list[Span] = []
    links: list[tuple[int, int, str]] = []
    at = 0
    for text, style, link in pieces:
        end = at + len(text)
        if style:
            spans.append(Span(at, end, style))
        if link and links and links[-1][1:] == (at, link):
            links[-1] = (links[-1][0], end, link)
        elif link:
            links.append((at, end, link))
        texts.append(text)
        at = end
    return Block(Content("".join(texts), spans), links=tuple(links), line=line)


def _pieces(tokens: Sequence[Token], style: str) -> Iterator[Piece]:
    styles = [style] if style else []
    link = ""
    skip_newline = False
    for token in tokens:
        made: Iterable[Piece] = ()
        match token.type:
            case "text" | "text_special":
                made = [Piece(token.content)]
            case "softbreak":
                made = [Piece("" if skip_newline else " ")]
            case "hardbreak":
                made = [Piece("\n")]
            case "code_inline":
                made = [Piece(token.content, "code")]
            case "html_inline":
                made = [*html(token.content)]
            case "image":
                made = [Piece(f"[{token.content or token.attrGet('src') or ''}]", "link")]
            case kind if kind in _STYLES:
                styles.append(_STYLES[kind])
                link = str(token.attrGet("href") or "") if kind == "link_open" else link
            case kind if kind.endswith("_close") and styles:
                styles.pop()
                link = "" if kind == "link_close" else link
        skip_newline = token.type == "html_inline" and made == [Piece("\n")]
        for piece in made:
            if piece.text:
                yield Piece(piece.text, " ".join([*styles, piece.style] if piece.style else styles), link)
