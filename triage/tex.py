"""TeX in titles, abstracts and author lines as Unicode. The one converter: everything shown goes through it.

A single pass over the source, linear in its length. Text stays text: a bare `%`, `<`, `~`, `[`, brace or `$`
is left alone, what cannot be converted is shown as source, and no word is ever lost.
"""

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass, field

from triage import tex_marks, tex_prose
from triage.tex_math import DEEPEST, Math
from triage.tex_source import ARITY, TOKEN, Source, Span
from triage.tex_symbols import (
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
    TEXT_STYLES,
)
from triage.tex_writing import Writing

_ANY_TEX = re.compile(r"[\\$~]|``|--|[\^_]\{|\d\{,\}\d")
_SPECIAL = re.compile(
    r"""https?://[^\s{}<>\\$"]*|\\|\$|~|\{|(?<!`)``(?!`)|(?<!')''(?!')|-{2,}|[\^_](?=\{|\\[A-Za-z])""",
    re.VERBOSE,
)
_DOUBLY_ESCAPED = re.compile(r"\\\\(?=(?:href|url|emph|cite|text(?:bf|it|tt|sc|rm)|math(?:bf|bb|cal|rm))\{)")
_SWITCH = re.compile(r"\{\s*\\([A-Za-z]+|.)", re.DOTALL)
_LETTER_NEXT = re.compile(r"\s*([A-Za-z]|\\(?:i|j|ae|AE|oe|OE|aa|AA|o|O|l|L)(?![A-Za-z]))\s*")
_QUOTE_END = re.compile(r"``|''|[\"”]")
_RAW = frozenset(("url", "path", "nolinkurl", "verb"))
_REFERENCES = frozenset((
    "cite", "citet", "citep", "citealt", "citealp", "citeauthor", "citeyear", "citeyearpar", "parencite",
    "textcite", "ref", "eqref", "cref", "Cref", "autoref", "pageref", "label",
))  # fmt: skip
_NAME = re.compile(r"\\[A-Za-z]+")
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
_TEXT_SYMBOLS = {"deg": "°"}


def to_unicode(source: str) -> str:
    """Convert TeX to Unicode text; a text without TeX, and one that would lose a word, comes back as it is.

    Never raises, whatever the source; linear in its length.
    """
    if _ANY_TEX.search(source) is None:
        return source
    out = Writing()
    parts = Source(source)
    _Text(parts).into(0, len(source), out, 0)
    shown = str(out)
    return source if _lost_letters(source, shown, parts.left_out) else shown


def _lost_letters(source: str, shown: str, left_out: list[str]) -> bool:
    """Tell whether a letter of the source's words is missing from what is shown, wherever it went."""
    if not shown.isascii():
        shown = unicodedata.normalize("NFKD", shown)
    have = Counter("".join((shown, *left_out)).lower())
    wanted = Counter(_NAME.sub("", source).lower())
    return any(have[c] < count for c, count in wanted.items() if c.isascii() and c.isalpha())


@dataclass(slots=True)
class _Text:
    """Writes the text of one source, and has its formulas written."""

    source: Source
    math: Math = field(init=False)
    quotes: int = 0
    """How many TeX quotes are open: only these are closed by `''`."""

    def __post_init__(self) -> None:
        self.math = Math(self.source, self.into)

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
                span = tex_prose.formula(self.source, at, end) if dollars else None
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
        before, behind = text[at - 1 : at] if at else "", text[after:end][:1] if after < end else ""
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
            return " " if tex_prose.is_tie(text, at, end) else sign
        if sign in ("--", "---"):
            # A flag (`--all`), an arrow (`-->`) and a rule of dashes are no dashes.
            joins = not before.isspace() and before not in ("", "<", "-", ">", "!", "`", "=", "|")
            apart = before.isspace() and behind.isspace()
            if apart or (
                joins and behind and (behind.isalnum() or behind.isspace() or behind in "$\\(“`{\"'")
            ):
                return "–" if sign == "--" else "—"
        return sign

    # -- formulas in the text

    def _dollar(self, at: int, span: Span | None, out: Writing, depth: int) -> int:
        if span is None or span.after == 0:
            doubled = self.source.text.startswith("$$", at)
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

    # -- braces, scripts, macros

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
            out.add(str(inner))
            return group.after
        if group and text[group.start : group.end] == "," and text[at - 1 : at].isdigit() and at:
            out.add(",")
            return group.after
        out.add("{")
        return at + 1

    def _known(self, name: str) -> bool:
        return (
            name in PLAIN_SWITCHES
            or name in FONT_SWITCHES
            or name in SYMBOLS
            or name in _TEXT_SYMBOLS
            or name in ACCENTS
            or name in ARITY
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
            at = escaped.end() - 1
            return (
                self._macro(at + 1, end, out, depth)
                if text[at + 1 : at + 2] == "\\"
                else self._named(at, end, out, depth)
            )
        if text[at + 1 : at + 2].isalpha():
            return self._named(at, end, out, depth)
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
            return self._accent(sign, at, at + 2, end, out)
        if sign == "\\":
            before, behind = text[at - 1 : at] if at else "", text[at + 2 : end][:1]
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

    def _accent(self, name: str, at: int, after: int, end: int, out: Writing) -> int:
        """Write an accented letter; what is none stays source."""
        text = self.source.text
        group = self.source.group(self.source.blank(after, end), end)
        if group and group.start == group.end and name in "^~":
            out.add(name)
            return group.after
        if group:
            found = _LETTER_NEXT.match(text, group.start, group.end)
            rest = text[found.end() : group.end] if found else ""
            stop = group.after
        elif name.isalpha() and after < end and not text[after].isspace() and text[after] != "\\":
            found, rest, stop = None, "", after
        else:
            found = _LETTER_NEXT.match(text, after, end)
            rest, stop = "", after
        if found is None or (rest and not rest.isalpha()):
            out.add(text[at:after])
            return after
        if not group:
            stop = found.start(1) + len(found[1])
        base = found[1]
        letter = SYMBOLS.get(base[1:], base) if base[0] == "\\" else base
        letter = {"ı": "i", "ȷ": "j"}.get(letter, letter)
        out.add(unicodedata.normalize("NFC", letter + ACCENTS[name]) + rest)
        return stop

    def _named(self, at: int, end: int, out: Writing, depth: int) -> int:
        """Write a macro that has a name."""
        text, source = self.source.text, self.source
        token = TOKEN.match(text, at, end)
        after = token.end() if token else at + 1
        name = text[at + 1 : after].rstrip("*")
        first = source.group(source.blank(after, end), end)
        if name in ACCENTS and (first or text[after : after + 1].isspace() or text.startswith("\\", after)):
            return self._accent(name, at, after, end, out)
        if name in TEXT_STYLES and first:
            inner = Writing()
            self.into(first.start, first.end, inner, depth + 1)
            out.add(f"“{inner}”" if name == "enquote" else str(inner))
            return first.after
        if name in SYMBOLS or name in _TEXT_SYMBOLS:
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
        symbol = _TEXT_SYMBOLS.get(name) or SYMBOLS[name]
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
            self.into(second.start, second.end, inner, depth + 1)
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
            self.into(first.start, first.end, out, depth + 1)
            out.add(")")
            return first.after
        if name == "textcolor" and second:
            source.left_out.append(content)
            self.into(second.start, second.end, out, depth + 1)
            return second.after
        if name == "textsuperscript":
            out.add_open(*tex_marks.script(content, up=True, word=True))
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
