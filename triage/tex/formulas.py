"""Formulas as plain characters: what stands between `$` and `$`."""

from triage.pattern import pattern
from triage.tex import accents, marks
from triage.tex.arguments import Arguments
from triage.tex.dimensions import passed_over, row_gap
from triage.tex.links import Links
from triage.tex.source import TOKEN, Source, Span
from triage.tex.symbols import (
    AUTHORS_OWN,
    FONT_SWITCHES,
    MATH_ONLY,
    NOTHING,
    OPERATOR_WORDS,
    OPERATORS,
    PLAIN_SWITCHES,
    ROMAN,
    SPACES,
    SYMBOLS,
)
from triage.tex.tables import Tables
from triage.tex.writing import TextInto, Writing

DEEPEST = 25
"""Groups within groups beyond this are shown as source: no real paper has them, and hostile text may."""

_SPECIAL = pattern(r"[\\{}^_'~&$\s]")
_SPACES = pattern(r"\s+")
_UPRIGHT = pattern(r"[{\s]*\\([A-Za-z]+)")
_ACCENT = pattern(r"""[`'"^~=.](?=\{?\\?[A-Za-z])|r(?=\{[Aa]\})""")
_OVER = pattern(r"\\over(?![A-Za-z])")
_RELATION_NEXT = pattern(r"(?:[=<>+*:-]+|\\(?P<name>[A-Za-z]+))\s")
_LETTERLIKE = "∂∇∞∅√⟩⌋⌉"


class Math:
    """Writes formulas of one source; `text_into` is who writes the text within them."""

    def __init__(self, source: Source, text_into: TextInto) -> None:
        self.source = source
        self.arguments = Arguments(source, self.into, text_into)
        self.tables = Tables(source, self.into)
        self.links = Links(source, text_into)

    def string(self, span: Span, depth: int) -> str:
        """Convert a stretch on its own."""
        return self.arguments.string(span, depth)

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
                _add_plain(text[at : found.start()], text[found.start()].isspace(), out)
            at = found.start()
            c = text[at]
            if c == "\\":
                at = self._macro(at, end, out, depth, rows)
            elif c in "^_":
                at = self.script(at, end, out, depth)
            elif c == "{":
                at = self._group(at, end, out, depth)
            elif c == "'":
                primes = len(text[at : min(at + 3, end)]) - len(text[at : min(at + 3, end)].lstrip("'"))
                out.add("′″‴"[primes - 1])
                at += primes
            elif c == "&":
                at = self._cell(at, end, out, cells)
            elif c == "}":
                out.add(c)
                at += 1
            elif c == "$":
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
        after = unit.after
        while text[unit.start] == text[at] and (inner := self.source.unit(unit.start + 1, unit.end)):
            # `s_{_{NN}}` only makes the letters smaller still.
            if inner.after < unit.end:
                break
            unit = inner
        upright = _UPRIGHT.match(text, unit.start, unit.end)
        lowered = self.string(unit, depth)
        narrow, wrapped = marks.script(
            lowered, up=text[at] == "^", word=bool(upright and upright[1] in ROMAN)
        )
        out.before_script()
        out.add_open(narrow, wrapped)
        return after

    def _group(self, at: int, end: int, out: Writing, depth: int) -> int:
        group = self.source.group(at, end)
        if group is None:
            out.add("{")
            return at + 1
        piece = self.string(group, depth)
        switch = _UPRIGHT.match(self.source.text, group.start, group.end)
        if switch and switch[1] in ROMAN:
            out.part_from_unit(piece)
        out.add(piece)
        return group.after

    def _cell(self, at: int, end: int, out: Writing, cells: str) -> int:
        """`&` parts the cells of a row; where it only aligns, a relation behind it gets its space."""
        if cells:
            out.add(" " if out.last == "," else cells)
        else:
            out.space()
            if self.source.text.startswith("=", at + 1) and at + 2 <= end:
                out.add("=")
                out.space()
                return at + 2
        return at + 1

    def _macro(self, at: int, end: int, out: Writing, depth: int, rows: str) -> int:
        """Write the macro at `at`; returns where reading goes on."""
        text = self.source.text
        token = TOKEN.match(text, at, end)
        after = token.end() if token else at + 1
        name = text[at + 1 : after]
        if not name[:1].isalpha():
            return self._sign(name, at, after, end, out, rows)
        if name in AUTHORS_OWN:
            out.add_word(name)
            return after
        if _ACCENT.match(text, at + 1, min(end, at + 6)):
            return accents.write(self.source, name, at, after, end, out)
        if name in MATH_ONLY or name in SYMBOLS:
            return self._symbol(name, after, end, out)
        if name in OPERATORS:
            out.add_word(OPERATOR_WORDS.get(name, name))
            return after
        if name in SPACES:
            out.space()
            return after
        if name in ("cr", "tabularnewline"):
            out.part_rows(rows)
            return after
        if name in ("left", "right"):
            return self._delimiter(name, after, end, out)
        if name in NOTHING or name in PLAIN_SWITCHES:
            return self.source.blank(after, end)
        passed = passed_over(self.source, name, after, end, out)
        if passed:
            return passed
        if name in FONT_SWITCHES and not text.startswith("{", self.source.blank(after, end)):
            inner = self.string(Span(after, end, end), depth)
            out.add(marks.in_font(inner.lstrip(), FONT_SWITCHES[name]))
            return end
        if name in ("over", "choose", "atop", "brack", "brace"):
            return self._infix(name, after, end, out, depth)
        if name == "buildrel":
            return self._built(after, end, out, depth)
        if name in ("begin", "end"):
            return self.tables.environment(at, after, end, out, depth)
        linked = self.links.write(name, after, end, out, depth)
        return linked or self.arguments.write(name, after, end, out, depth)

    def _sign(self, name: str, at: int, after: int, end: int, out: Writing, rows: str) -> int:
        """Write a macro that is one sign."""
        if name == "\\":
            out.part_rows(rows)
            return row_gap(self.source, after, end)
        if name in SPACES:
            out.space()
        elif name in NOTHING:
            return self.source.blank(after, end)
        elif _ACCENT.match(self.source.text, at + 1, min(end, at + 6)):
            return accents.write(self.source, name, at, after, end, out)
        else:
            out.add("‖" if name == "|" else name or "\\")
        return after

    def _symbol(self, name: str, after: int, end: int, out: Writing) -> int:
        """Write a symbol; the space that ends its name stays only where it sets the formula apart."""
        symbol = MATH_ONLY.get(name) or SYMBOLS[name]
        glued = not out.last.isspace()
        if symbol in "⟩⌋⌉":
            out.close_up()
        if len(symbol) > 1:
            out.add_word(symbol) if symbol[0].isalpha() else out.add(symbol)
            return self.source.blank(after, end) if symbol[0] == "." else after
        out.add(symbol)
        blank = self.source.blank(after, end)
        if symbol in "⟨⌊⌈":
            return blank
        if symbol == "μ" and marks.UNIT_AFTER_MICRO.match(self.source.text, blank, end):
            return blank
        if not glued or name == "colon" or (_is_letter(symbol) and self._relation_at(blank, end)):
            return after
        return blank

    def _relation_at(self, at: int, end: int) -> bool:
        """Tell whether a relation or an operator stands here."""
        found = _RELATION_NEXT.match(self.source.text, at, end)
        if found is None:
            return False
        name = found["name"]
        return name is None or (name in SYMBOLS and not _is_letter(SYMBOLS[name]))

    def _delimiter(self, name: str, after: int, end: int, out: Writing) -> int:
        """Write what stands behind `\\left` or `\\right`, close to what it encloses."""
        text = self.source.text
        at = self.source.blank(after, end)
        if name == "right":
            out.close_up()
        if at >= end:
            return at
        if text[at] == ".":
            return at + 1
        token = TOKEN.match(text, at, end)
        stop = token.end() if token else at + 1
        sign = text[at + 1 : stop] if token else text[at]
        if sign == "{" and text.startswith("\\begin", self.source.blank(stop, end)):
            # The table that follows has brackets of its own.
            return self.source.blank(stop, end)
        if token and (sign in SYMBOLS or sign in "{}|"):
            out.add("‖" if sign == "|" else SYMBOLS.get(sign, sign))
        elif not token and sign not in "{}^_$&":
            out.add(sign)
        else:
            return at
        return self.source.blank(stop, end) if name == "left" else stop

    def _infix(self, name: str, after: int, end: int, out: Writing, depth: int) -> int:
        """`a \\over b`: what was written so far is the upper part, the rest the lower."""
        over, under = str(out).strip(), self.string(Span(after, end, end), depth).strip()
        out.parts.clear()
        if name == "over":
            self.arguments.fraction(over, under, out)
        else:
            out.add(f"({over} choose {under})" if name == "choose" else f"({over}; {under})")
        return end

    def _built(self, after: int, end: int, out: Writing, depth: int) -> int:
        """`\\buildrel > \\over \\sim`: one sign above another."""
        over = _OVER.search(self.source.text, after, min(end, after + 80))
        base = self.source.unit(over.end(), end) if over else None
        if over is None or base is None:
            out.add_word("buildrel")
            return after
        mark = self.string(Span(after, over.start(), over.start()), depth)
        self.arguments.stack(mark, self.string(base, depth), out, above=True)
        return base.after


def _add_plain(piece: str, before_space: bool, out: Writing) -> None:
    """Write what is no TeX; in `ρ= 0.4` arXiv took the space of `\\rho = 0.4` for that of the macro."""
    if before_space and piece[-1] in "=<>+" and len(piece) > 1 and "α" <= piece[-2].lower() <= "ω":
        out.add(piece[:-1])
        out.add(" ")
        piece = piece[-1]
    out.add(piece)


def _is_letter(symbol: str) -> bool:
    return symbol.isalpha() or symbol in _LETTERLIKE
