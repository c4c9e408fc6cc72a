"""Where the converted pieces are put together, so that what stands side by side does not run together."""

import re
from collections.abc import Callable
from typing import TypeAlias

from triage.pattern import pattern

_NUMBER_ENDS = "⊙)%⁺⁻"
_UNIT = pattern(
    r"""(?:[kMGTPμnm]?eV|[kMGT]?Hz|(?:[ckMG]|[cp]k|cM)?pc|[kMG]?yr|[kcmnμ]m|ergs?|mag|dex|deg|arc(?:sec|min)|m?as|[mμ]?Jy
    |[mμnpf]s|rad|sr|mol|dB|[kMGT]B|au|AU|[kMG]Pa|[km]g|[mnμ]K|[μfpna]b|m?T|[kMG]W|ppm|hours?|days?|years?|hrs?|sec)
    (?![A-Za-z])""",
    re.VERBOSE,
)


class Writing:
    """The text written so far; a letter or digit after an open script or a named operator is kept apart."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self._wrapped: str | None = None
        """What the last part becomes if a letter or a digit follows: `_(mol)` for `_mol`."""
        self._word = False
        """Whether the last part is a word that a letter or a digit may not touch."""

    def add(self, piece: str) -> None:
        """Write a piece as it is."""
        if not piece:
            return
        if (self._wrapped is not None or self._word) and piece[0].isalnum():
            if self._wrapped is not None:
                self.parts[-1] = self._wrapped
            else:
                self.parts.append(" ")
        self._wrapped, self._word = None, False
        self.parts.append(piece)

    def add_open(self, piece: str, wrapped: str) -> None:
        """Write a piece that needs its wrapped form if a letter or digit comes next."""
        self.add(piece)
        self._wrapped = wrapped if wrapped != piece else None

    def add_word(self, word: str) -> None:
        """Write a word that is kept apart from letters and digits on both sides: `2 log n`."""
        if word[:1].isalnum() and self.last.isalnum():
            self.add(" ")
        self.add(word)
        self._word = word[-1:].isalnum()

    def add_apart(self, piece: str) -> None:
        """Write a piece that a space parts from a letter or digit behind it: `√n d`."""
        self.add(piece)
        self._word = True

    def add_writing(self, other: "Writing") -> None:
        """Write what was written elsewhere, with what it asks of the letter that follows."""
        for piece in other.parts:
            self.add(piece)
        if other.parts:
            self._wrapped, self._word = other._wrapped, other._word

    def space(self) -> None:
        """Write one space, if there is something to part and nothing parts it yet."""
        if self.parts and not self.last.isspace():
            self.add(" ")

    def part_rows(self, sign: str) -> None:
        """Write what stands between two rows; it takes the place of a comma at the end of the first."""
        if sign.startswith(";") and self.last == ",":
            self.parts[-1] = self.parts[-1][:-1]
        self.add(sign)

    def close_up(self) -> None:
        """Take back the spaces before a closing bracket."""
        while len(self.parts) > 1 and self.parts[-1] == " ":
            self.parts.pop()

    def part_from_unit(self, piece: str) -> None:
        """Write a space between a number and the unit that begins a piece: `10` and `yr⁻¹`."""
        if self.last and (self.last in _NUMBER_ENDS or self.last.isdigit()) and _UNIT.match(piece):
            self.add(" ")

    def before_script(self) -> None:
        """Take back the spaces a raised or lowered piece would else stand after."""
        while self.parts and self.parts[-1] == " ":
            self.parts.pop()
        if self._wrapped is not None and "/" in self._wrapped:
            self.parts[-1] = self._wrapped
        self._wrapped, self._word = None, False

    @property
    def last(self) -> str:
        """The last character written, or nothing."""
        return self.parts[-1][-1] if self.parts else ""

    def __str__(self) -> str:
        return "".join(self.parts)


TextInto: TypeAlias = Callable[[int, int, Writing, int], None]
"""Writes a stretch of the source, from start to end, as text; the last number is how deep it is nested."""
