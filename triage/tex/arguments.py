"""Macros of a formula that take arguments: fractions, roots, fonts, accents, brackets, derivatives."""

import re
import unicodedata
from typing import NamedTuple

from triage.pattern import pattern
from triage.tex import marks
from triage.tex.arities import (
    ARROWS,
    BRACKETS,
    CHOICES,
    DERIVATIVES,
    FRACTIONS,
    HIDDEN,
    LAST_SHOWN,
    SET_APART,
    STACKED,
    TABLES,
)
from triage.tex.chemistry import chemical
from triage.tex.source import Source, Span
from triage.tex.symbols import FONT_SWITCHES, FONTS, MATH_ACCENTS, MATH_STYLES, ROMAN, TEXT_STYLES, WRAPPERS
from triage.tex.tables import MathInto, Tables
from triage.tex.writing import TextInto, Writing

_ROOTS = {"": "√", "2": "√", "3": "∛", "4": "∜"}
_STACKS = {
    (">", "∼"): "≳", ("<", "∼"): "≲", ("∼", ">"): "≳", ("∼", "<"): "≲", (">", "≈"): "⪆", ("<", "≈"): "⪅",
    ("def", "="): "≝", ("△", "="): "≜", ("Δ", "="): "≜", ("?", "="): "≟", ("∘", "="): "≗", ("·", "="): "≐",
}  # fmt: skip
"""What is one sign of Unicode when set one above the other."""
_DIFFERENTIALS = frozenset(("differential", "dd"))

_LEADING_SPACES = pattern(r"(?:\s|~|\\[,:; >]|\\q?quad(?![A-Za-z]))*")
_SQUEEZED = pattern(r"(?:\s|\\[!,;:/])*")


class Arguments(NamedTuple):
    """Writes the macros with arguments of one source's formulas."""

    source: Source
    math_into: MathInto
    text_into: TextInto

    def string(self, span: Span, depth: int, **rows: str) -> str:
        """Convert a stretch of a formula on its own."""
        writing = Writing()
        self.math_into(span.start, span.end, writing, depth + 1, **rows)
        return str(writing)

    def write(self, name: str, after: int, end: int, out: Writing, depth: int) -> int:
        """Write the macro whose name ends at `after`; one that is not known leaves its name.

        Returns where reading goes on.
        """
        source = self.source
        at = after + 1 if source.text.startswith("*", after) else after
        option = source.option(source.blank(at, end), end)
        first = source.unit(option.after if option else at, end)
        if first is None:
            return self._bare(name, after, out)
        if option and (name in HIDDEN or name in LAST_SHOWN):
            source.left_out.append(source.text[option.start : option.end])
        if name in FONT_SWITCHES or name in FONTS:
            font = FONTS.get(name) or FONT_SWITCHES[name]
            out.add(marks.in_font(self.string(first, depth).lstrip(), font))
        elif name in MATH_ACCENTS:
            out.add(marks.accented(self.string(first, depth), MATH_ACCENTS[name], name))
        elif name in TEXT_STYLES or (name in WRAPPERS and source.text[first.start - 1] == "{"):
            self._text(name, first, out, depth)
        elif name in MATH_STYLES:
            self._style(name, first, out, depth)
        elif name == "sqrt":
            self._root(option, first, out, depth)
        elif name in ARROWS:
            self._arrow(ARROWS[name], option, first, out, depth)
        elif name in ("not", "slashed", "centernot"):
            return self._struck(at, end, out, depth)
        elif name in TABLES:
            Tables(source, self.math_into).plain(name, first, out, depth)
        elif name == "ce":
            out.add_word(chemical(source.text[first.start : first.end]))
        elif name in HIDDEN:
            return self._hidden(name, first, end, out)
        elif name in _DIFFERENTIALS:
            power = marks.script(self.string(option, depth), up=True, word=False)[0] if option else ""
            out.add_word(f"d{power}{self.string(first, depth)}")
        else:
            return self._several(name, after, option, first, end, out, depth)
        return first.after

    def _struck(self, at: int, end: int, out: Writing, depth: int) -> int:
        """Strike through the sign behind `\\not`, whatever spacing brings the stroke over it."""
        squeezed = _SQUEEZED.match(self.source.text, at, end)
        first = self.source.unit(squeezed.end() if squeezed else at, end)
        if first is None:
            out.add_word("not")
            return at
        struck = self.string(first, depth).strip()
        out.add(unicodedata.normalize("NFC", struck[:1] + "\u0338" + struck[1:]) if struck else "")
        return first.after

    def _bare(self, name: str, after: int, out: Writing) -> int:
        """Write a macro that nothing follows."""
        if name in _DIFFERENTIALS:
            out.add_word("d")
        elif name not in HIDDEN:
            out.add_word(name)
        return after

    def _several(
        self, name: str, after: int, option: Span | None, first: Span, end: int, out: Writing, depth: int
    ) -> int:
        """Write what takes several arguments, or a shape of its own."""
        source = self.source
        second = source.unit(first.after, end)
        if name in DERIVATIVES:
            self._derivative(DERIVATIVES[name], option, first, second, out, depth)
            return second.after if second else first.after
        if name in BRACKETS and (count := BRACKETS[name][0]) <= (2 if second else 1):
            if name in SET_APART:
                out.space()
            pieces = [self.string(span, depth) for span in (first, second)[:count] if span]
            out.add(BRACKETS[name][1].format(*pieces))
            return second.after if second and count == 2 else first.after
        if name in LAST_SHOWN and (last := self._last(LAST_SHOWN[name], first, end)):
            self.math_into(last.start, last.end, out, depth + 1)
            return last.after
        if name == "mathchoice":
            return self._first_of_four(first, end, out, depth)
        if name == "genfrac":
            return self._general_fraction(first, end, out, depth)
        if second is None or name not in FRACTIONS | CHOICES | STACKED:
            out.add_word(name)
            return after
        over, under = self.string(first, depth), self.string(second, depth)
        if name in FRACTIONS:
            self.fraction(over, under, out)
        elif name in CHOICES:
            out.add(f"({over} choose {under})")
        else:
            self.stack(over, under, out, above=name != "underset")
        return second.after

    def _text(self, name: str, first: Span, out: Writing, depth: int) -> None:
        writing = Writing()
        leading = _LEADING_SPACES.match(self.source.text, first.start, first.end)
        start = leading.end() if leading else first.start
        if start > first.start:
            out.space()
        self.text_into(start, first.end, writing, depth + 1)
        text = str(writing)
        if name == "textsubscript":
            out.before_script()
            out.add_open(*marks.script(text, up=False, word=True))
            return
        if name in ROMAN:
            out.part_from_unit(text)
        out.add(text)

    def _style(self, name: str, first: Span, out: Writing, depth: int) -> None:
        if name == "substack":
            out.add(self.string(first, depth, rows=", "))
            return
        inner = self.string(first, depth)
        if name.startswith("operatorname"):
            out.add_word(inner)
        elif name in ("underbrace", "overbrace"):
            out.add(marks.atom(inner))
        else:
            if name in ROMAN:
                out.part_from_unit(inner)
            out.add(inner)

    def _root(self, option: Span | None, first: Span, out: Writing, depth: int) -> None:
        index = self.string(option, depth).strip() if option else ""
        sign = _ROOTS.get(index) or f"{marks.script(index, up=True, word=False)[0]}√"
        out.add_apart(marks.rooted(sign, self.string(first, depth)))

    def _arrow(self, arrow: str, option: Span | None, first: Span, out: Writing, depth: int) -> None:
        above = self.string(first, depth).strip()
        below = self.string(option, depth).strip() if option else ""
        out.add(arrow + (marks.script(above, up=True, word=False)[1] if above else ""))
        if below:
            out.add(marks.script(below, up=False, word=False)[1])

    def fraction(self, over: str, under: str, out: Writing) -> None:
        """Write a fraction, in parentheses where what stands beside it would be read into it."""
        piece = marks.fraction(over, under)
        if out.last.isalnum() or out.last in ("^", "_"):
            out.add(f"({piece})")
        else:
            out.add_open(piece, f"({piece})")

    def stack(self, mark: str, base: str, out: Writing, *, above: bool) -> None:
        """Write a sign with another above or beneath it: `\\stackrel{d}{=}` as `=ᵈ`."""
        mark, base = mark.strip(), base.strip().lstrip("_^")
        one = _STACKS.get((mark, base))
        out.add(one or base)
        if one:
            self.source.left_out.append(mark)
        elif mark:
            out.add(marks.script(mark, up=above, word=False)[1])

    def _derivative(
        self, d: str, option: Span | None, first: Span, second: Span | None, out: Writing, depth: int
    ) -> None:
        power = marks.script(self.string(option, depth), up=True, word=False)[0] if option else ""
        of, by = (self.string(first, depth), self.string(second, depth)) if second else ("", "")
        by = by if second else self.string(first, depth)
        self.fraction(d + power + of, d + by + power, out)

    def _last(self, count: int, first: Span, end: int) -> Span | None:
        """The last of so many arguments; the ones before it are not shown."""
        hidden = []
        span: Span | None = first
        for _ in range(count - 1):
            if span is None:
                return None
            hidden.append(self.source.text[span.start : span.end])
            span = self.source.unit(span.after, end)
        self.source.left_out += hidden if span else []
        return span

    def _hidden(self, name: str, first: Span, end: int, out: Writing) -> int:
        """Pass over what takes up space, names a colour or a place, and shows nothing."""
        if name not in ("label", "color", "vphantom"):
            out.space()
        span: Span | None = first
        after = first.after
        for _ in range(HIDDEN[name]):
            if span is None:
                break
            self.source.left_out.append(self.source.text[span.start : span.end])
            after = span.after
            span = self.source.unit(after, end)
        return after

    def _first_of_four(self, first: Span, end: int, out: Writing, depth: int) -> int:
        """`\\mathchoice`: the same in four sizes."""
        self.math_into(first.start, first.end, out, depth + 1)
        span = first
        for _ in range(3):
            following = self.source.unit(span.after, end)
            if following is None:
                break
            span = following
            self.source.left_out.append(self.source.text[span.start : span.end])
        return span.after

    def _general_fraction(self, first: Span, end: int, out: Writing, depth: int) -> int:
        """`\\genfrac{(}{)}{0pt}{}{n}{k}`: delimiters, thickness and style before the two parts."""
        spans = [first]
        while len(spans) < 6 and (span := self.source.unit(spans[-1].after, end)):
            spans.append(span)
        if len(spans) < 6:
            out.add_word("genfrac")
            self.math_into(first.start, first.end, out, depth + 1)
            return first.after
        left, right, thickness, _, over, under = (self.string(span, depth) for span in spans)
        self.source.left_out += [self.source.text[span.start : span.end] for span in spans[2:4]]
        if re.match(r"0(?!\.?[1-9])", thickness):
            out.add(f"({over} choose {under})" if left else f"({over}; {under})")
        else:
            out.add(f"{left}{marks.fraction(over, under)}{right}")
        return spans[-1].after
