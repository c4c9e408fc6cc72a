"""Rows and cells on one line: matrices, cases, aligned equations."""

from collections.abc import Callable
from typing import NamedTuple, TypeAlias

from triage.pattern import pattern
from triage.tex.arities import ENVIRONMENT_BRACKETS, TABLES
from triage.tex.source import Source, Span
from triage.tex.symbols import ENVIRONMENTS, ENVIRONMENTS_WITH_COLUMNS
from triage.tex.writing import Writing

_RELATION = pattern(r", ?(:?[=<>≤≥≈≡∼≃≅→]) ?, ")
"""A relation in a cell of its own."""
_ALIGNED = frozenset(("aligned", "alignedat", "gathered", "split"))
_BRACE = pattern(r"\\left\s*\\\{\s*\Z")
"""The brace before a system of equations, which makes it one thing."""
_NEAR = 20
"""Characters in which that brace is looked for."""

MathInto: TypeAlias = Callable[..., None]
"""`Math.into`: writes a stretch of the source as a formula, with what stands for `rows` and `cells`."""


class Tables(NamedTuple):
    """Writes the tables of one source's formulas; `math_into` is who writes what is in them."""

    source: Source
    math_into: MathInto

    def environment(self, at: int, after: int, end: int, out: Writing, depth: int) -> int:
        """Write the `\\begin{...}` at `at`, whose name ends at `after`; returns where reading goes on.

        What is no environment of formulas stays source.
        """
        found = self.source.environments.get(at)
        if found is None or found.inside.after > end or found.name not in ENVIRONMENTS:
            group = self.source.group(after, end)
            stop = group.after if group else after
            out.add(self.source.text[at:stop])
            return stop
        start = self._past_columns(found.name, found.inside)
        self.source.left_out += [found.name, found.name, self.source.text[found.inside.start : start]]
        ended = found.inside.end < found.inside.after
        brackets = ENVIRONMENT_BRACKETS.get(found.name, "") if ended else ""
        cells = ", " if brackets else ""
        if ended and found.name in _ALIGNED and _BRACE.search(self.source.text, max(0, at - _NEAR), at):
            brackets = "()"
        inner = self._rows(start, found.inside.end, depth, rows="; " if brackets else " ", cells=cells)
        if brackets == "()" and out.last and out.last in "([|":
            brackets = ""
        out.add(f"{brackets[0]}{inner}{brackets[1]}" if brackets else inner)
        return found.inside.after

    def plain(self, name: str, inside: Span, out: Writing, depth: int) -> None:
        """Write plain TeX's `\\cases{...}` and its kind."""
        left, right = TABLES[name]
        rows, cells = ("; ", ", ") if left else (" ", "")
        out.add(left + self._rows(inside.start, inside.end, depth, rows=rows, cells=cells) + right)

    def _past_columns(self, name: str, inside: Span) -> int:
        if name not in ENVIRONMENTS_WITH_COLUMNS:
            return inside.start
        option = self.source.option(inside.start, inside.end)
        columns = self.source.group(option.after if option else inside.start, inside.end)
        return columns.after if columns else inside.start

    def _rows(self, start: int, end: int, depth: int, *, rows: str, cells: str) -> str:
        """The rows, parted by signs, or one after the other: `a, b; c, d`."""
        writing = Writing()
        self.math_into(start, end, writing, depth + 1, rows=rows, cells=cells)
        joined = " ".join(str(writing).split()).replace(" ,", ",").replace(" ;", ";")
        return _RELATION.sub(r" \1 ", joined.removesuffix(";").rstrip())
