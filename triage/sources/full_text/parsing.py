"""From bytes to a tree: the page's encoding, the parser that nothing hangs, and pages too deep for any."""

import re
from html import unescape

from lxml import etree

from triage import clean
from triage.sources.full_text import signs
from triage.sources.full_text.tree import Element, is_deeper, new

_DECLARED = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([A-Za-z0-9_.:-]{1,40})""", re.IGNORECASE)
_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What is no character of XML 1.0, and what no tree can be given, though the parser gives it."""
_REFERENCE = re.compile(r"&#(?:[xX]0*(?P<hex>[0-9A-Fa-f]{1,8})|0*(?P<decimal>[0-9]{1,8}));?")
_DEEPEST = 200
"""Elements within elements: pages of papers have fifty at most, and what is done to them is not linear."""
_PIECE = re.compile(
    r"<!--(?s:.*?)(?:-->|\Z)|<[!?][^>]*>?|<(?P<end>/?)(?P<name>[A-Za-z][A-Za-z0-9]*)[^<>]*>|(?P<text>[^<]+|<)"
)
_ARTICLE = re.compile(r"<article[^<>]*ltx_document[^<>]*>")
_TITLE = re.compile(r"<title[^<>]*>(?P<text>[^<]*)", re.IGNORECASE)
_SILENT = frozenset(("script", "style", "head"))
_WITHIN_LINES = frozenset(("a", "b", "cite", "code", "em", "i", "span", "strong", "sub", "sup"))


def parsed(body: bytes, charset: str) -> Element | None:
    """The tree of a page; None when there is nothing in it. `charset` is what the server says.

    Raises MemoryError.
    """
    page = _REFERENCE.sub(_fit, _FORBIDDEN.sub(_cleaned, _decoded(body, charset)))
    parser = etree.HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True)
    try:
        root = etree.fromstring(page.encode("utf-8", "replace"), parser)
    except etree.XMLSyntaxError:
        root = None
    if any(error.type == etree.ErrorTypes.ERR_NO_MEMORY for error in parser.error_log):
        # libxml2 gives what it has read so far.
        raise MemoryError
    if root is None:
        return None
    if is_deeper(root, _DEEPEST):
        root = _flat(page)
    signs.expel(page, root)
    return root


def _decoded(body: bytes, charset: str) -> str:
    """The page's text: LaTeXML writes UTF-8, whatever a header says; else as the page or the header says."""
    declared = _DECLARED.search(body[:4096])
    for name in ("utf-8-sig", declared[1].decode("ascii") if declared else "", charset):
        try:
            if name:
                return body.decode(name)
        except (LookupError, UnicodeDecodeError, ValueError):
            continue
    return body.decode("utf-8", "replace")


def _fit(reference: re.Match[str]) -> str:
    """A numeric reference, or what `clean` leaves of one to what no tree takes."""
    code = int(reference["hex"], 16) if reference["hex"] else int(reference["decimal"])
    letter = chr(code) if code <= 0x10FFFF else "\0"
    return clean.clean(letter) if _FORBIDDEN.match(letter) else reference[0]


def _cleaned(found: re.Match[str]) -> str:
    return clean.clean(found[0])


def _flat(page: str) -> Element:
    """What can be read of a page without its structure: the parser itself leaves the deepest out."""
    begins = _ARTICLE.search(page)
    ends = page.rfind("</article") if begins else -1
    lines = [""]
    silent = ""
    for piece in _PIECE.finditer(page, begins.end() if begins else 0, ends if ends > 0 else len(page)):
        name = (piece["name"] or "").lower()
        if name in _SILENT:
            silent = "" if piece["end"] else silent or name
        elif silent:
            continue
        elif piece["text"]:
            lines[-1] += unescape(piece["text"])
        elif name not in _WITHIN_LINES and lines[-1].strip():
            lines.append("")
    shown = [line for line in lines if line.strip()]
    article = new("article", children=map(_line, shown))
    if "ltx_document" in page:
        article.set("class", "ltx_document")
    title = _TITLE.search(page)
    head = new("head", children=[new("title", _shown(unescape(title["text"])) if title else "")])
    return new("html", children=[head, new("body", children=[article])])


def _line(text: str) -> Element:
    return new("p", _shown(text))


def _shown(text: str) -> str:
    """A text without what no tree takes."""
    return "".join(letter for letter in text if letter >= " " or letter in "\t\n\r")
