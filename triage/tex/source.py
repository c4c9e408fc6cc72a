"""A TeX source with its pairs found: which brace, which `\\(` and which `\\begin` belongs to which end."""

import re
from collections import Counter
from typing import NamedTuple

from triage.pattern import pattern
from triage.tex.arities import ARITY
from triage.tex.symbols import ENVIRONMENTS

TOKEN = pattern(r"\\(?:(?:operatorname|[hv]space|DeclareMathOperator)\*|[A-Za-z]+|.)?", re.DOTALL)
_PAIRS = pattern(r"\\(?:(?:begin|end)\s*\{(?P<name>[A-Za-z]+)\*?\}|[A-Za-z]+|.)?|[{}]", re.DOTALL)
_BLANK = pattern(r"\s*")
_MARKS = pattern(r"[\u0300-\u036f\u20d0-\u20ff]*")

_MOST_BARE = 4
"""How deep arguments without braces may nest (`\\hat\\tilde x`): real text has two."""


class Span(NamedTuple):
    """A stretch of the source, and where reading goes on after it."""

    start: int
    end: int
    after: int


class Environment(NamedTuple):
    """`\\begin{name} ... \\end{name}`: its inside, and where reading goes on."""

    name: str
    inside: Span


class _OpenEnvironments:
    """The environments that have begun; one that nobody ends is ended by what is around it."""

    def __init__(self, ended: dict[int, Environment]) -> None:
        self._ended = ended
        self._open: list[tuple[str, int, int]] = []
        self._names: Counter[str] = Counter()

    def begin(self, name: str, at: int, inside: int) -> None:
        self._open.append((name, at, inside))
        self._names[name] += 1

    def end(self, name: str, at: int, after: int) -> None:
        while self._names[name]:
            other, start, inside = self._open.pop()
            self._names[other] -= 1
            if other == name:
                self._ended[start] = Environment(name, Span(inside, at, after))
                return
            self._ended[start] = Environment(other, Span(inside, at, at))

    def end_all(self, at: int) -> None:
        """End what is a formula and has no end; of other environments that is no reading to trust."""
        for name, start, inside in self._open:
            if name in ENVIRONMENTS:
                self._ended[start] = Environment(name, Span(inside, at, at))


class Source:
    """The text, and each opening's end, found in one pass."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.braces: dict[int, int] = {}
        """Position of `{` to that of its `}`; a brace without its other half is not in it."""
        self.formulas: dict[int, int] = {}
        """Position of `\\(` or `\\[` to that of its closing."""
        self.environments: dict[int, Environment] = {}
        self.quoting = False
        """Whether `\\"` is somebody's escaped straight quote here, and no umlaut."""
        self.left_out: list[str] = []
        """What was not shown on purpose: a colour, a link that is shown already."""
        self._pair()

    def _pair(self) -> None:
        open_braces: list[int] = []
        open_formulas: dict[str, int] = {}
        environments = _OpenEnvironments(self.environments)
        for found in _PAIRS.finditer(self.text):
            sign, at = found[0], found.start()
            if sign == "{":
                open_braces.append(at)
            elif sign == "}":
                if open_braces:
                    self.braces[open_braces.pop()] = at
            elif found["name"]:
                # The pattern took the name's braces with it.
                brace = self.text.index("{", at)
                self.braces[brace] = found.end() - 1
                if sign.startswith("\\begin"):
                    environments.begin(found["name"], at, found.end())
                else:
                    environments.end(found["name"], at, found.end())
            elif sign in ("\\(", "\\["):
                open_formulas[")" if sign == "\\(" else "]"] = at
            elif sign in ("\\)", "\\]"):
                opening = open_formulas.pop(sign[1], None)
                if opening is not None:
                    self.formulas[opening] = at
            elif sign == '\\"' and not re.match(r"[A-Za-z{\\]", self.text[found.end() : found.end() + 1]):
                self.quoting = True
        environments.end_all(len(self.text))

    def blank(self, at: int, end: int) -> int:
        """Skip white space."""
        found = _BLANK.match(self.text, at, end)
        return found.end() if found else at

    def group(self, at: int, end: int) -> Span | None:
        """Read `{...}` that begins at `at` and lies before `end`."""
        close = self.braces.get(at, end)
        return Span(at + 1, close, close + 1) if close < end else None

    def option(self, at: int, end: int) -> Span | None:
        """Read a short `[...]` that begins at `at`."""
        if not self.text.startswith("[", at):
            return None
        close = self.text.find("]", at, min(end, at + 80))
        return Span(at + 1, close, close + 1) if close > 0 else None

    def unit(self, at: int, end: int, nesting: int = 0) -> Span | None:
        """Read one argument: a group, a macro with its own arguments, or one character with its marks."""
        at = self.blank(at, end)
        if at >= end or self.text[at] in "}$&":
            return None
        if self.text[at] == "{":
            return self.group(at, end)
        if self.text[at] != "\\":
            marks = _MARKS.match(self.text, at + 1, end)
            after = marks.end() if marks else at + 1
            return Span(at, after, after)
        token = TOKEN.match(self.text, at, end)
        after = token.end() if token else at + 1
        name = self.text[at + 1 : after]
        if nesting < _MOST_BARE:
            option = self.option(after, end) if name == "sqrt" else None
            after = option.after if option else after
            for _ in range(ARITY.get(name, 0)):
                argument = self.unit(after, end, nesting + 1)
                if argument is None:
                    break
                after = argument.after
        return Span(at, after, after)
