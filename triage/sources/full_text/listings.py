"""Code, algorithms and verbatim text: kept line by line, with their indents and their line numbers."""

import re
from collections.abc import Iterator, Sequence

from triage import clean
from triage.sources.full_text import formulas
from triage.sources.full_text.anchors import parted
from triage.sources.full_text.formulas import words
from triage.sources.full_text.tree import (
    Element,
    below,
    classes,
    drop,
    has,
    new,
    pieces,
    replace,
    stands_in,
    tag,
)

_LANGUAGE = re.compile(r"ltx_lst_language_([A-Za-z][A-Za-z0-9+#-]{0,30})\Z")
_BREAK = re.compile(r"[ \t\n]{2,}|\n")
"""A break of the page's own; a line's indent stands in a piece of its own, or is of no-break spaces."""
_SPACE = re.compile(r"[^\S\n]")
_FLOATS = re.compile(r"float\s*:\s*right")


def write_out(root: Element) -> None:
    """Replace every listing below by a `pre` that holds its text, as it is to be shown."""
    for element in [*below(root, "ltx_listing", "ltx_lstlisting"), *root.iter("pre")]:
        # The float around a listing bears its class too.
        if tag(element) == "figure" or not stands_in(element, root):
            continue
        lines = [one for one in element.iter() if has(one, "ltx_listingline")]
        if lines:
            _replace(element, _numbered(lines))
        elif tag(element) == "pre":
            _replace(element, _plain("".join(_pieces(element))).split("\n"))


def _replace(element: Element, lines: Sequence[str]) -> None:
    shown = "\n".join(line.rstrip() for line in lines).strip("\n")
    language = next((found[1].lower() for name in classes(element) if (found := _LANGUAGE.match(name))), "")
    replace(element, new("pre", shown, attributes={"lang": language}) if shown else new("span"))


def _numbered(lines: Sequence[Element]) -> list[str]:
    """The lines, with their numbers before them where they have any."""
    numbers: list[str] = []
    texts: list[str] = []
    for line in lines:
        number = mark = ""
        for one in list(line.iter()):
            if has(one, "ltx_tag_listingline"):
                mark, number = parted(words(one))
                drop(one)
        numbers.append(number)
        texts.append(mark + _line(line))
    width = max(map(len, numbers))
    if not width:
        return texts
    return [f"{number:>{width}}  {text}" for number, text in zip(numbers, texts, strict=True)]


def _line(line: Element) -> str:
    """A line's text; breaks in it are the page's, and mean nothing."""
    found = [_BREAK.sub(_single, piece) for piece in _pieces(line) if piece]
    while found and found[0].startswith("\n"):
        found[0] = found[0][1:]
        if not found[0]:
            del found[0]
    return _plain("".join(found).rstrip("\n").replace("\n", " "))


def _single(run: re.Match[str]) -> str:
    return "\n" if "\n" in run[0] else run[0]


def _plain(raw: str) -> str:
    return clean.clean(_SPACE.sub(" ", raw.expandtabs(4)))


def _pieces(element: Element) -> Iterator[str]:
    for one in element.iter():
        if _FLOATS.search(one.get("style") or ""):
            # A remark at the right edge.
            one.text = f"  {one.text or ''}"
    return pieces(element, _instead)


def _instead(element: Element) -> str | None:
    if has(element, "ltx_rule"):
        return "│"
    return "\n" if tag(element) == "br" else formulas.instead(element)
