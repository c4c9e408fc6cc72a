"""Macros that have a name, where they stand in the text: fonts, symbols, links, references, authors' own."""

import re
from typing import NamedTuple

from triage.tex import accents, marks
from triage.tex.formulas import Math, TextInto
from triage.tex.source import ARITY, TOKEN, Source, Span
from triage.tex.symbols import (
    ACCENTS,
    ENVIRONMENTS,
    FONT_SWITCHES,
    LETTERS,
    LISTS,
    MATH_ONLY,
    NOTHING,
    OPERATORS,
    PLAIN_SWITCHES,
    SPACES,
    SYMBOLS,
    TEXT_ONLY,
    TEXT_STYLES,
)
from triage.tex.writing import Writing

_RAW = frozenset(("url", "path", "nolinkurl", "verb"))
_REFERENCES = frozenset((
    "cite", "citet", "citep", "citealt", "citealp", "citeauthor", "citeyear", "citeyearpar", "parencite",
    "textcite", "ref", "eqref", "cref", "Cref", "autoref", "pageref", "label",
))  # fmt: skip
_ROMAN = {
    "1": "I",
    "2": "II",
    "3": "III",
    "4": "IV",
    "5": "V",
    "6": "VI",
    "7": "VII",
    "8": "VIII",
    "9": "IX",
    "10": "X",
}


class Macros(NamedTuple):
    """Writes the named macros of one source's text; `text_into` is who writes the text within them."""

    source: Source
    math: Math
    text_into: TextInto

    def write(self, at: int, end: int, out: Writing, depth: int) -> int:
        """Write the macro at `at`; returns where reading goes on."""
        text, source = self.source.text, self.source
        token = TOKEN.match(text, at, end)
        after = token.end() if token else at + 1
        name = text[at + 1 : after].rstrip("*")
        first = source.group(source.blank(after, end), end)
        if name in ACCENTS and (first or text[after : after + 1].isspace() or text.startswith("\\", after)):
            return accents.write(source, name, at, after, end, out)
        if name in TEXT_STYLES and first:
            inner = Writing()
            self.text_into(first.start, first.end, inner, depth + 1)
            out.add(f"“{inner}”" if name == "enquote" else str(inner))
            return first.after
        if name in SYMBOLS or name in TEXT_ONLY:
            return self._text_symbol(name, after, end, out, depth)
        if name in PLAIN_SWITCHES or name in NOTHING or name in FONT_SWITCHES:
            return source.blank(after, end)
        if name in SPACES:
            out.space()
            return after
        if name in ARITY and (unit := source.unit(at, end)) and unit.after > after:
            self.math.into(unit.start, unit.end, out, depth + 1)
            return self._scripts_after(unit.after, end, out, depth)
        if name in ("begin", "end", "item"):
            return self._environment(name, at, after, end, out, depth)
        if first:
            done = self._linked(name, first, end, out, depth)
            if done:
                return done
        return self._unknown(name, at, after, first, out)

    def _text_symbol(self, name: str, after: int, end: int, out: Writing, depth: int) -> int:
        text = self.source.text
        inside_word = name in LETTERS and out.last.isalpha()
        symbol = TEXT_ONLY.get(name) or SYMBOLS[name]
        out.add(symbol)
        if text.startswith("{}", after):
            return after + 2
        if inside_word:
            return self.source.blank(after, end)
        return self._scripts_after(after, end, out, depth)

    def _scripts_after(self, at: int, end: int, out: Writing, depth: int) -> int:
        while at < end and self.source.text[at] in "^_":
            at = self.math.script(at, end, out, depth)
        return at

    def _linked(self, name: str, first: Span, end: int, out: Writing, depth: int) -> int:
        """Write links, references, notes and other macros of the text with arguments; 0 when it is none."""
        text, source = self.source.text, self.source
        content = text[first.start : first.end]
        second = source.group(source.blank(first.after, end), end)
        if name == "href" and second:
            inner = Writing()
            self.text_into(second.start, second.end, inner, depth + 1)
            link, label = self._link(content), str(inner)
            if label in (link, ""):
                self.source.left_out.append(content)
            out.add(link if label in (link, "") else f"{label} ({link})")
            return second.after
        if name in _RAW:
            out.add(self._link(content))
            return first.after
        if name in _REFERENCES:
            out.add(f"[{content}]")
            return first.after
        if name == "footnote":
            out.space()
            out.add("(")
            self.text_into(first.start, first.end, out, depth + 1)
            out.add(")")
            return first.after
        if name == "textcolor" and second:
            source.left_out.append(content)
            self.text_into(second.start, second.end, out, depth + 1)
            return second.after
        if name == "textsuperscript":
            out.add_open(*marks.script(content, up=True, word=True))
            return first.after
        if name == "ion" and second:
            stage = text[second.start : second.end].strip()
            out.add_word(f"{content} {_ROMAN.get(stage, stage.upper())}")
            return second.after
        if name in ("SI", "qty") and second:
            out.add(f"{content} ")
            self.math.into(second.start, second.end, out, depth + 1)
            return second.after
        if name in ("num", "si", "unit"):
            self.math.into(first.start, first.end, out, depth + 1)
            return first.after
        if name in ("color", "hspace", "vspace", "phantom"):
            source.left_out.append(content)
            return first.after
        return 0

    @staticmethod
    def _link(content: str) -> str:
        return re.sub(r"\\([%#&_~{}])", r"\1", content.strip())

    def _environment(self, name: str, at: int, after: int, end: int, out: Writing, depth: int) -> int:
        text = self.source.text
        group = self.source.group(after, end)
        if name == "item":
            out.add("•")
            return after
        stop = group.after if group else after
        inside = text[group.start : group.end].rstrip("*") if group else ""
        found = self.source.environments.get(at)
        if inside in ENVIRONMENTS and found and found.inside.after <= end:
            self.math.into(at, found.inside.after, out, depth + 1)
            return found.inside.after
        if inside in LISTS:
            self.source.left_out.append(inside)
        else:
            out.add(text[at:stop])
        return stop

    def _unknown(self, name: str, at: int, after: int, first: Span | None, out: Writing) -> int:
        """Show an author's own macro by its name; with an argument, or in a path, as source."""
        text = self.source.text
        in_path = out.last.isalnum() or out.last in ("\\", ":", "/", '"', "'", "_")
        if (
            name in OPERATORS
            or name in MATH_ONLY
            or (len(name) > 1 and not in_path and not (first and first.end > first.start))
        ):
            out.add_word(MATH_ONLY.get(name, name))
            return first.after if first and first.end == first.start and text[after] == "{" else after
        out.add(text[at:after])
        return after
