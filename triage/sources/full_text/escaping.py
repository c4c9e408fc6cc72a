"""What a character means in Markdown is taken from it: text stays text, wherever it stands."""

import re
import unicodedata
from collections.abc import Iterator

from triage.sources.full_text.signs import ANCHOR, EMPHASIS, EMPHASIS_END, STRONG, STRONG_END

_SPECIAL = re.compile(r"[\\`*_\[\]]|<(?![\s=0-9(])|&(?!\s)|~(?=~|\Z)|(?<=~)~|\A~|!\Z")
"""At the end of a piece of text nobody knows what will follow."""
_START = re.compile(
    rf"(?:{ANCHOR})*(?P<number>[0-9]{{1,9}})?"
    r"(?P<mark>(?(number)[.)](?=\s|\Z)|(?:\#{1,6}(?=\s|\Z)|>|[+-](?=\s|\Z)|[-:|=][-:|=\s]*\Z)))"
)
_MARKERS = {EMPHASIS: "*", STRONG: "**"}
_ENDS = {EMPHASIS_END: EMPHASIS, STRONG_END: STRONG}
_SIGN = re.compile(f"([{EMPHASIS}{EMPHASIS_END}{STRONG}{STRONG_END}])")
_ANCHOR = re.compile(ANCHOR)


def escaped(text: str) -> str:
    """A piece of a line, with a backslash before every character that Markdown would take for its own."""
    return _SPECIAL.sub(r"\\\g<0>", text)


def line(text: str) -> str:
    """A whole line: what would begin a heading, list, quote, table or rule begins with a backslash."""
    found = _START.match(text)
    if found is None or not found["mark"]:
        return text
    at = found.start("mark")
    return f"{text[:at]}\\{text[at:]}"


def emphasised(text: str) -> str:
    """A paragraph with asterisks for the signs of emphasis, where Markdown can tell them for what they are.

    They are left out where a letter or a digit touches them from outside and a mark from inside
    (CommonMark 6.2), and where two of them would run together.
    """
    if _SIGN.search(text) is None:
        return text
    return "".join(_Emphasis([piece for piece in _SIGN.split(text) if piece]).written())


class _Emphasis:
    """The pieces of a paragraph: text, and the signs between."""

    def __init__(self, pieces: list[str]) -> None:
        self._pieces = pieces
        self._closing: set[int] = set()
        """Where asterisks were written that end something."""

    def written(self) -> list[str]:
        """The pieces, with asterisks or nothing for the signs."""
        for start, end in self._pairs():
            sign = _MARKERS[self._pieces[start]] if self._can_stand(start, end) else ""
            self._pieces[start] = self._pieces[end] = sign
            if sign:
                self._closing.add(end)
        return [_SIGN.sub("", piece) for piece in self._pieces]

    def _pairs(self) -> list[tuple[int, int]]:
        """Where each emphasis begins and ends, in the order of the text; one within its like is none."""
        opened: list[int] = []
        pairs: list[tuple[int, int]] = []
        for at, piece in enumerate(self._pieces):
            if piece in _MARKERS:
                opened.append(at)
            elif piece in _ENDS and opened and self._pieces[opened[-1]] == _ENDS[piece]:
                start = opened.pop()
                if all(self._pieces[outer] != self._pieces[start] for outer in opened):
                    pairs.append((start, at))
        return sorted(pairs)

    def _can_stand(self, start: int, end: int) -> bool:
        if any(at in self._closing for at in self._touching(start)):
            return False
        before, first = (
            self._character(range(start - 1, -1, -1), -1),
            self._character(range(start + 1, end), 0),
        )
        last, after = (
            self._character(range(end - 1, start, -1), -1),
            self._character(range(end + 1, len(self._pieces)), 0),
        )
        if not first.strip() or not last.strip():
            return False
        return (not _is_mark(first) or _is_gap(before)) and (not _is_mark(last) or _is_gap(after))

    def _touching(self, start: int) -> Iterator[int]:
        """The pieces directly before one, up to the first that shows."""
        for at in range(start - 1, -1, -1):
            yield at
            if self._pieces[at] and self._pieces[at] not in _MARKERS:
                return

    def _character(self, places: range, which: int) -> str:
        """The first character that shows at these places, or the last one of each; nothing at the ends."""
        for at in places:
            piece = self._pieces[at]
            if piece not in _MARKERS and piece not in _ENDS and piece not in ("*", "**"):
                shown = _ANCHOR.sub("", piece)
                if shown:
                    return shown[which]
        return ""


def _is_gap(character: str) -> bool:
    return not character.strip() or _is_mark(character)


def _is_mark(character: str) -> bool:
    return unicodedata.category(character)[0] in "PS"
