"""Markdown from a settled tree, through markdownify: which characters stand for which element."""

import re
from typing import Any

from bs4 import BeautifulSoup, NavigableString, Tag
from lxml import etree
from markdownify import MarkdownConverter

from triage.sources.full_text import escaping
from triage.sources.full_text.lists import MARK
from triage.sources.full_text.signs import (
    ANCHOR,
    CELL,
    EMPHASIS,
    EMPHASIS_END,
    STRONG,
    STRONG_END,
)
from triage.sources.full_text.tables import ALIGNMENT
from triage.sources.full_text.tree import Element, drop

_RULES = {"l": ":---", "c": ":---:", "r": "---:"}
_READ = frozenset((MARK, ALIGNMENT, "href", "lang"))
"""The attributes that are looked at."""
_TICKS = re.compile(r"`{3,}")
_SPACES = re.compile(r" +(?=[ \n]|\\\n)")
_AFTER_TARGET = re.compile(f"^((?:{ANCHOR})+) +")
_EVERY_LINE = re.compile(r"^(?=.)", re.MULTILINE)


def of_tree(root: Element) -> str:
    """The Markdown of a tree that `blocks.settle` has brought into order, with the signs of its targets."""
    # As XML, for a parser of HTML has its own mind about what may stand where.
    etree.strip_tags(root, "span")
    for empty in [one for one in root.iter("em", "strong", "del", "code") if len(one) == 0 and not one.text]:
        drop(empty)
    for code in list(root.iter("code")):
        _join(code)
    for element in root.iter():
        # A page may name an attribute as XML may not, and the text would be cut there.
        for name in {*element.attrib} - _READ:
            del element.attrib[name]
    soup = BeautifulSoup(etree.tostring(root, encoding="unicode"), "xml", element_classes={Tag: _Element})
    return str(_Converter(strip_document="strip").convert_soup(soup)).strip()


def _join(code: Element) -> None:
    """Take in what is code too and directly follows: their marks would run together."""
    following = code.getnext()
    while not code.tail and following is not None and following.tag == "code":
        code.text = (code.text or "") + (following.text or "")
        drop(following)
        following = code.getnext()


class _Element(Tag):
    """An element that knows at once whether it stands in code: markdownify asks that of every one."""

    def find_parent(self, name: Any = None, attrs: Any = None, **kwargs: Any) -> Any:
        """The closest element around this one with a name."""
        if not isinstance(name, str) or attrs or kwargs:
            return super().find_parent(name, attrs or {}, **kwargs)
        outer = self.parent
        while outer is not None and outer.name != name:
            outer = outer.parent
        return outer


class _Converter(MarkdownConverter):
    """markdownify, with our own forms of what it gets wrong for papers or for readers of CommonMark."""

    def process_text(self, el: NavigableString, parent_tags: set[str]) -> str:
        """Text with nothing in it that Markdown would take for its own; code as it stands."""
        text = str(el)
        return text if "_noformat" in parent_tags else escaping.escaped(text)

    def convert_p(self, _el: Tag, text: str, **_context: set[str]) -> str:
        """A paragraph: one line, and one more for each break in it."""
        single = _SPACES.sub("", escaping.emphasised(text)).strip(" \n")
        lines = [escaping.line(_AFTER_TARGET.sub(r"\1", line.strip(" "))) for line in single.split("\n")]
        whole = "\n".join(lines).strip("\n").removesuffix("\\")
        return f"\n\n{whole}\n\n" if whole else ""

    def convert_br(self, _el: Tag, _text: str, **_context: set[str]) -> str:
        """A break within a paragraph."""
        return "\\\n"

    def convert_em(self, _el: Tag, text: str, **_context: set[str]) -> str:
        """Emphasis, still by a sign: whether asterisks can stand is seen when the paragraph is whole."""
        return _within(EMPHASIS, text, EMPHASIS_END)

    def convert_strong(self, _el: Tag, text: str, **_context: set[str]) -> str:
        """Strong emphasis, likewise."""
        return _within(STRONG, text, STRONG_END)

    def convert_a(self, el: Tag, text: str, **_context: set[str]) -> str:
        """A link; where it may lead was decided before."""
        href = str(el.get("href") or "")
        inner = text.strip()
        return _around(text, f"[{inner}]({href})") if inner and href else text

    def convert_li(self, el: Tag, text: str, **_context: set[str]) -> str:
        """An item with the mark it was given."""
        mark = str(el.get(MARK) or "- ")
        inner = text.strip("\n")
        return mark + _EVERY_LINE.sub(" " * len(mark), inner)[len(mark) :] + "\n" if inner else ""

    def convert_list(self, _el: Tag, text: str, parent_tags: set[str]) -> str:
        """A list; one within an item follows its text directly."""
        inner = text.strip("\n")
        return f"\n{inner}\n" if "li" in parent_tags else f"\n\n{inner}\n\n"

    convert_ul = convert_list
    convert_ol = convert_list

    def convert_pre(self, el: Tag, text: str, **_context: set[str]) -> str:
        """Code between fences that are longer than any in it."""
        fence = "`" * max(3, *(len(ticks) + 1 for ticks in _TICKS.findall(text)), 0)
        return f"\n\n{fence}{el.get('lang') or ''}\n{text}\n{fence}\n\n"

    def convert_td(self, _el: Tag, text: str, **_context: set[str]) -> str:
        """A cell in one line."""
        inner = escaping.emphasised(" ".join(text.replace("\\\n", " ").split()))
        return inner.replace("|", "\\|") + CELL

    def convert_tr(self, _el: Tag, text: str, **_context: set[str]) -> str:
        """A row."""
        return "".join(f"| {cell} " for cell in text.split(CELL)[:-1]) + "|\n"

    def convert_table(self, el: Tag, text: str, **_context: set[str]) -> str:
        """A table; its first row is its heading, for Markdown has none without."""
        head, _, body = text.strip("\n").partition("\n")
        rule = "".join(f"| {_RULES[side]} " for side in str(el.get(ALIGNMENT) or "l"))
        return f"\n\n{head}\n{rule}|\n{body}".rstrip("\n") + "\n\n"


def _within(sign: str, text: str, end: str) -> str:
    inner = text.strip()
    # What reaches over several paragraphs is no emphasis.
    return _around(text, f"{sign}{inner}{end}") if inner and "\n\n" not in inner else text


def _around(text: str, inner: str) -> str:
    """What was made of a text, with the spaces that the text had at its ends."""
    before = " " if text[:1].isspace() else ""
    return f"{before}{inner}{' ' if text[-1:].isspace() else ''}"
