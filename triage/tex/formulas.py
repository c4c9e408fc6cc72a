"""Formulas as plain characters: what stands between `$` and `$`."""

import re
import unicodedata
from collections.abc import Callable
from typing import NamedTuple

from triage.tex import marks
from triage.tex.source import TOKEN, Source, Span
from triage.tex.symbols import (
    ENVIRONMENTS,
    FONT_SWITCHES,
    FONTS,
    MATH_ACCENTS,
    MATH_ONLY,
    MATH_STYLES,
    NOTHING,
    OPERATORS,
    PLAIN_SWITCHES,
    ROMAN,
    SPACES,
    SYMBOLS,
    TEXT_STYLES,
)
from triage.tex.writing import Writing

DEEPEST = 25
"""Groups within groups beyond this are shown as source: no real paper has them, and hostile text may."""

_SPECIAL = re.compile(r"[\\{}^_'~&\s]")
_SPACES = re.compile(r"\s+")
_UPRIGHT = re.compile(r"[{\s]*\\([A-Za-z]+)")
_FRACTIONS = frozenset(("frac", "dfrac", "tfrac", "cfrac", "nicefrac", "sfrac"))
_CHOICES = frozenset(("binom", "dbinom", "tbinom"))
_ROOTS = {"": "√", "2": "√", "3": "∛", "4": "∜"}
_MATRICES = frozenset(("array", "matrix", "pmatrix", "bmatrix", "vmatrix", "smallmatrix"))

TextInto = Callable[[int, int, Writing, int], None]


class Math(NamedTuple):
    """Writes formulas of one source; `text_into` is who writes the text within them."""

    source: Source
    text_into: TextInto

    def string(self, span: Span, depth: int) -> str:
        """Convert a stretch on its own."""
        writing = Writing()
        self.into(span.start, span.end, writing, depth + 1)
        return str(writing)

    def into(
        self, start: int, end: int, out: Writing, depth: int, *, rows: str = " ", cells: str = ""
    ) -> None:
        """Convert `source.text[start:end]` into `out`; `rows` and `cells` stand for `\\\\` and `&`."""
        text = self.source.text
        if depth > DEEPEST:
            out.add(text[start:end])
            return
        at = start
        while at < end:
            found = _SPECIAL.search(text, at, end)
            if found is None:
                out.add(text[at:end])
                return
            if found.start() > at:
                out.add(text[at : found.start()])
            at = found.start()
            c = text[at]
            if c == "\\":
                at = self._macro(at, start, end, out, depth, rows)
            elif c in "^_":
                at = self.script(at, end, out, depth)
            elif c == "{":
                at = self._group(at, end, out, depth)
            elif c == "'":
                primes = len(text[at : min(at + 3, end)]) - len(text[at : min(at + 3, end)].lstrip("'"))
                out.add("′″‴"[primes - 1])
                at += primes
            elif c == "&":
                out.add(cells) if cells else out.space()
                at += 1
            elif c == "}":
                out.add(c)
                at += 1
            else:
                out.space()
                spaces = _SPACES.match(text, at, end)
                at = spaces.end() if spaces else at + 1

    def script(self, at: int, end: int, out: Writing, depth: int) -> int:
        """Write the `^...` or `_...` at `at`; returns where reading goes on."""
        text = self.source.text
        unit = self.source.unit(at + 1, end)
        if unit is None or unit.start >= unit.end:
            out.add("" if unit else text[at])
            return unit.after if unit else at + 1
        upright = _UPRIGHT.match(text, unit.start, unit.end)
        inner = self.string(unit, depth)
        narrow, wrapped = marks.script(inner, up=text[at] == "^", word=bool(upright and upright[1] in ROMAN))
        out.before_script()
        out.add_open(narrow, wrapped)
        return unit.after

    def _group(self, at: int, end: int, out: Writing, depth: int) -> int:
        group = self.source.group(at, end)
        if group is None:
            out.add("{")
            return at + 1
        piece = self.string(group, depth)
        out.add(piece)
        return group.after

    def _macro(self, at: int, start: int, end: int, out: Writing, depth: int, rows: str) -> int:
        """Write the macro at `at`; returns where reading goes on."""
        text = self.source.text
        token = TOKEN.match(text, at, end)
        after = token.end() if token else at + 1
        name = text[at + 1 : after]
        if name in ("hspace*", "vspace*"):
            name = name[:-1]
        if name in MATH_ONLY or name in SYMBOLS:
            symbol = MATH_ONLY.get(name) or SYMBOLS[name]
            glued = not out.parts or not out.last.isspace() or not text[start:at].strip()
            out.add_word(symbol) if len(symbol) > 1 else out.add(symbol)
            blank = self.source.blank(after, end)
            return blank if glued and len(symbol) == 1 else after
        if name in OPERATORS:
            out.add_word(name)
            return after
        if name in SPACES:
            out.space()
            return after
        if name == "\\":
            out.add(rows)
            option = self.source.option(after, end)
            return option.after if option else after
        if name in NOTHING or name in PLAIN_SWITCHES:
            if name in ("left", "right", "middle") and text.startswith(".", after):
                after += 1
            return self.source.blank(after, end)
        if name in FONT_SWITCHES:
            inner = self.string(Span(after, end, end), depth)
            out.add(marks.in_font(inner.lstrip(), FONT_SWITCHES[name]))
            return end
        if name in ("over", "choose", "atop"):
            return self._infix(name, after, end, out, depth)
        if name in ("begin", "end"):
            return self._environment(at, after, end, out, depth)
        if not name or not name[0].isalpha():
            out.add("‖" if name == "|" else name or "\\")
            return after
        return self._with_arguments(name, after, end, out, depth)

    def _with_arguments(self, name: str, after: int, end: int, out: Writing, depth: int) -> int:
        source = self.source
        root = source.option(source.blank(after, end), end) if name == "sqrt" else None
        if name in ("xrightarrow", "xleftarrow"):
            root = source.option(after, end)
        first = source.unit(root.after if root else after, end)
        if name in FONTS and first:
            out.add(marks.in_font(self.string(first, depth), FONTS[name]))
        elif name in MATH_ACCENTS and first:
            out.add(marks.accented(self.string(first, depth), MATH_ACCENTS[name], name))
        elif name in TEXT_STYLES and first:
            self.text_into(first.start, first.end, out, depth + 1)
        elif name in MATH_STYLES and first:
            inner = self.string(first, depth)
            out.add_word(inner) if name.startswith("operatorname") else out.add(inner)
        elif name == "sqrt" and first:
            index = self.string(root, depth) if root else ""
            sign = _ROOTS.get(index) or f"{marks.script(index, up=True, word=False)[0]}√"
            out.add(sign + marks.atom(self.string(first, depth)))
        elif name == "not" and first:
            out.add(unicodedata.normalize("NFC", self.string(first, depth) + "\u0338"))
        elif name == "pmod" and first:
            out.add(f"(mod {self.string(first, depth)})")
        elif name == "bmod":
            out.add_word("mod")
        elif name in ("xrightarrow", "xleftarrow") and first:
            label = marks.script(self.string(first, depth), up=True, word=False)
            out.add(("→" if name == "xrightarrow" else "←") + label[1])
        elif name in ("color", "tag", "label", "hspace", "vspace", "phantom") and first:
            return self._layout(name, first, out, depth)
        elif name == "textcolor" and first and (second := source.unit(first.after, end)):
            source.left_out.append(source.text[first.start : first.end])
            self.into(second.start, second.end, out, depth + 1)
            return second.after
        else:
            second = source.unit(first.after, end) if first else None
            if first and second and self._two(name, first, second, out, depth):
                return second.after
            out.add_word(name)
            return after
        return first.after if first else after

    def _two(self, name: str, first: Span, second: Span, out: Writing, depth: int) -> bool:
        """Write the macros of two arguments; False when the name is none of them."""
        if (
            name not in _FRACTIONS
            and name not in _CHOICES
            and name not in ("overset", "underset", "stackrel")
        ):
            return False
        a, b = self.string(first, depth), self.string(second, depth)
        if name in _FRACTIONS:
            self._fraction(a, b, out)
        elif name in _CHOICES:
            out.add(f"({a} choose {b})")
        else:
            out.add_open(b, b)
            out.add(marks.script(a, up=name != "underset", word=False)[1])
        return True

    def _fraction(self, over: str, under: str, out: Writing) -> None:
        piece = marks.fraction(over, under)
        if out.last.isalnum() or out.last in ("^", "_"):
            out.add(f"({piece})")
        else:
            out.add_open(piece, f"({piece})")

    def _infix(self, name: str, after: int, end: int, out: Writing, depth: int) -> int:
        """`a \\over b`: what was written so far is the upper part, the rest the lower."""
        over, under = str(out).strip(), self.string(Span(after, end, end), depth).strip()
        out.parts.clear()
        if name == "over":
            self._fraction(over, under, out)
        else:
            out.add(f"({over} choose {under})" if name == "choose" else f"({over}; {under})")
        return end

    def _layout(self, name: str, span: Span, out: Writing, depth: int) -> int:
        if name == "tag":
            out.space()
            out.add(f"({self.string(span, depth)})")
        elif name != "label":
            out.space()
            self.source.left_out.append(self.source.text[span.start : span.end])
        else:
            out.add(f"[{self.source.text[span.start : span.end]}]")
        return span.after

    def _environment(self, at: int, after: int, end: int, out: Writing, depth: int) -> int:
        found = self.source.environments.get(at)
        if found is None or found.inside.after > end or found.name not in ENVIRONMENTS:
            group = self.source.group(after, end)
            stop = group.after if group else after
            out.add(self.source.text[at:stop])
            return stop
        start = found.inside.start
        if found.name == "array" and (columns := self.source.group(start, found.inside.end)):
            start = columns.after
        self.source.left_out += [found.name, found.name, self.source.text[found.inside.start : start]]
        matrix = found.name in _MATRICES
        writing = Writing()
        self.into(
            start,
            found.inside.end,
            writing,
            depth + 1,
            rows="; " if matrix else " ",
            cells=", " if matrix else "",
        )
        inner = " ".join(str(writing).split())
        out.add(f"({inner.replace(' ,', ',').replace(' ;', ';')})" if matrix else inner)
        return found.inside.after
