"""The text of a source, sign by sign: ties, quotes, dashes, groups, scripts, and where formulas begin."""

import re

from triage.pattern import pattern
from triage.tex import accents, prose
from triage.tex.arities import ARITY, HIDDEN, LAST_SHOWN
from triage.tex.formulas import DEEPEST, Math
from triage.tex.macros import Macros
from triage.tex.source import TOKEN, Source, Span
from triage.tex.symbols import (
    ACCENTS,
    FONT_SWITCHES,
    NOTHING,
    PLAIN_SWITCHES,
    SPACES,
    SYMBOLS,
    TEXT_ONLY,
    WRAPPERS,
)
from triage.tex.writing import Writing

_SPECIAL = pattern(
    r"""https?://[^\s{}<>\\$"]*|\\|\$|~|\{|(?<!`)``(?!`)|(?<!')''(?!')|-{2,}|[\^_](?=\{|\\[A-Za-z])""",
    re.VERBOSE,
)
_DOUBLY_ESCAPED_ACCENT = pattern(r"""(?<=[^\W\d_])\\\\['"`^~](?=\{?[AEIOUYCNSZaeiouycnsz])""")
_DOUBLY_ESCAPED = pattern(r"\\\\(?=(?:href|url|emph|cite|text(?:bf|it|tt|sc|rm)|math(?:bf|bb|cal|rm))\{)")
_SWITCH = pattern(r"\{\s*\\([A-Za-z]+|.)", re.DOTALL)
_ACCENTED_NAME = pattern(r"""[^\s{}$]{0,40}\\["'`^~=.](?:\{\\?[A-Za-z]{1,2}\}|[A-Za-z])[^\s{}$]{0,40}""")
"""What braces hold together that a bibliography takes as it is: `{Poincar\\'e}`."""
_FORMULA_AND_WORD = pattern(r"[^\s{}$,:|]{0,40}\$[^$]+\$[^\s{}$,:|]{0,40}")
"""What braces hold together for TeX: `{$\\Lambda$CDM}`; those of a set have more in them, and stay."""
_SMALL_CAPITALS = ("sc", "scshape")
_STAGE = pattern(r"\s*[ivx]{1,5}\s*")
"""Of what is ionized, in small capitals: `H{\\sc i}` is H i, and no "Hi"."""
_QUOTE_END = pattern(r"``|''|[\"”]")


class Text:
    """Writes the text of one source, and has its formulas and its named macros written."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.math = Math(source, self.into)
        self.macros = Macros(source, self.math, self.into)
        self.quotes = 0
        """How many TeX quotes are open: only these are closed by `''`."""

    def into(self, start: int, end: int, out: Writing, depth: int) -> None:
        """Convert `source.text[start:end]` into `out`."""
        text = self.source.text
        if depth > DEEPEST:
            out.add(text[start:end])
            return
        at = start
        dollars = True
        while at < end:
            found = _SPECIAL.search(text, at, end)
            if found is None:
                out.add(text[at:end])
                return
            out.add(text[at : found.start()])
            at, sign = found.start(), found[0]
            if sign == "\\":
                at = self._macro(at, end, out, depth)
            elif sign == "$":
                span = prose.formula(self.source, at, end) if dollars else None
                dollars = dollars and (span is None or span.after > 0)
                at = self._dollar(at, span, out, depth)
            elif sign == "{":
                at = self._brace(at, end, out, depth)
            elif sign in ("^", "_"):
                at = self._script(at, end, out, depth)
            else:
                out.add(self._mark(sign, at, found.end(), end))
                at = found.end()

    def _mark(self, sign: str, at: int, after: int, end: int) -> str:
        """Say what a tie, a quote, dashes or a link become."""
        text = self.source.text
        before, behind = text[at - 1 : at] if at else "", text[after : min(after + 1, end)]
        if sign == "``":
            # Markdown's ``code`` is closed by the same sign; TeX's quote by '' or by a straight one.
            closing = _QUOTE_END.search(text, after, end)
            if before.isalnum() or closing is None or closing[0] == "``":
                return sign
            self.quotes += 1
            return "“"
        if sign == "''":
            if not self.quotes:
                return sign
            self.quotes -= 1
            return "”"
        if sign == "~":
            return " " if prose.is_tie(text, at, end) else sign
        if sign in ("--", "---"):
            if before == "{" and text.startswith("}", after):
                return "–" if sign == "--" else "—"
            # A flag (`--all`), an arrow (`-->`) and a rule of dashes are no dashes.
            joins = not before.isspace() and before not in ("", "<", "-", ">", "!", "`", "=", "|")
            apart = before.isspace() and behind.isspace()
            if apart or (
                joins and behind and (behind.isalnum() or behind.isspace() or behind in "$\\(“`{\"'")
            ):
                return "–" if sign == "--" else "—"
        return sign

    def _dollar(self, at: int, span: Span | None, out: Writing, depth: int) -> int:
        if span is None or span.after == 0:
            text, end = self.source.text, len(self.source.text)
            doubled = text.startswith("$$", at)
            unclosed = prose.unclosed_formula(self.source, at, end) if span else None
            if unclosed:
                return self._write_formula(unclosed, out, depth)
            if not doubled and prose.closes_bare_formula(text, at, end):
                return at + 1
            out.add("$$" if doubled else "$")
            return at + (2 if doubled else 1)
        return self._write_formula(span, out, depth)

    def _write_formula(self, span: Span, out: Writing, depth: int) -> int:
        text = self.source.text
        content = text[span.start : span.end]
        start = span.start + len(content) - len(content.lstrip())
        stop = span.end - (len(content) - len(content.rstrip()))
        if start > span.start and out.last.isalnum():
            out.space()
        writing = Writing()
        self.math.into(start, stop, writing, depth + 1)
        if writing.parts:
            out.add_writing(writing)
        else:
            out.space()
        if stop < span.end and text[span.after : span.after + 1].isalnum():
            out.space()
        return span.after

    def _brace(self, at: int, end: int, out: Writing, depth: int) -> int:
        """Resolve a brace that groups for TeX; any other is a character of the text."""
        text = self.source.text
        group = self.source.group(at, end)
        switch = _SWITCH.match(text, at, end)
        if group and switch and self._known(switch[1]):
            inner = Writing()
            if switch[1] in FONT_SWITCHES:
                self.math.into(group.start, group.end, inner, depth + 1)
            else:
                self.into(group.start, group.end, inner, depth + 1)
            shown = str(inner)
            if switch[1] in _SMALL_CAPITALS and _STAGE.fullmatch(shown) and out.last.isalpha():
                out.space()
                shown = shown.lstrip()
            out.add(shown.lstrip() if out.last.isspace() or not out.parts else shown)
            return group.after
        if group and _FORMULA_AND_WORD.fullmatch(text, group.start, group.end):
            self.into(group.start, group.end, out, depth + 1)
            return group.after
        if group and _ACCENTED_NAME.fullmatch(text, group.start, group.end):
            self.into(group.start, group.end, out, depth + 1)
            return group.after
        if group and text.startswith(",}", group.start) and text[at - 1 : at].isdigit() and at:
            out.add(",")
            return group.after
        out.add("{")
        return at + 1

    def _known(self, name: str) -> bool:
        return (
            name in PLAIN_SWITCHES
            or name in FONT_SWITCHES
            or name in SYMBOLS
            or name in TEXT_ONLY
            or name in ACCENTS
            or name in ARITY
            or name in HIDDEN
            or name in LAST_SHOWN
            or name in WRAPPERS
            or (name in NOTHING and name.isalpha())
        )

    def _script(self, at: int, end: int, out: Writing, depth: int) -> int:
        text = self.source.text
        if text[at + 1] == "\\":
            token = TOKEN.match(text, at + 1, end)
            name = token[0][1:] if token else ""
            if name not in SYMBOLS and name not in ARITY:
                out.add(text[at])
                return at + 1
        elif out.last in ("", "}", "{", "_", "^"):
            out.add(text[at])
            return at + 1
        unit = self.source.unit(at + 1, end)
        if unit is None:
            out.add(text[at])
            return at + 1
        if out.last.isspace():
            writing = Writing()
            after = self.math.script(at, end, writing, depth)
            out.add(str(writing))
            return after
        return self.math.script(at, end, out, depth)

    def _macro(self, at: int, end: int, out: Writing, depth: int) -> int:
        """Write the macro at `at`; returns where reading goes on."""
        text = self.source.text
        escaped = _DOUBLY_ESCAPED.match(text, at, end)
        if escaped:
            return self.macros.write(escaped.end() - 1, end, out, depth)
        if text[at + 1 : at + 2].isalpha():
            return self.macros.write(at, end, out, depth)
        return self._symbol(at, end, out, depth)

    def _symbol(self, at: int, end: int, out: Writing, depth: int) -> int:
        """Write a macro that is one sign: `\\%`, `\\,`, `\\'e`, `\\(`."""
        text = self.source.text
        sign = text[at + 1] if at + 1 < end else ""
        if sign in ("(", "[") and self.source.formulas.get(at, end) < end:
            close = self.source.formulas[at]
            return self._write_formula(Span(at + 2, close, close + 2), out, depth)
        if sign and sign in "%&$#_{}":
            out.add(sign)
            return at + 2
        if sign == '"' and self.source.quoting:
            out.add(sign)
            return at + 2
        if sign in ACCENTS:
            return accents.write(self.source, sign, at, at + 2, end, out)
        if sign == "\\":
            if _DOUBLY_ESCAPED_ACCENT.match(text, at, end):
                return accents.write(self.source, text[at + 2], at + 1, at + 3, end, out)
            before, behind = text[at - 1 : at] if at else "", text[at + 2 : min(at + 3, end)]
            if before.isspace() or behind.isspace() or behind == "":
                out.space()
            else:
                out.add("\\\\")
            return at + 2
        if sign in SPACES:
            out.space()
            return at + 2
        if sign in ("-", "/", "!", "@"):
            return at + 2
        out.add("\\")
        return at + 1
