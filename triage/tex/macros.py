"""Macros that have a name, where they stand in the text: fonts, symbols, links, references, authors' own."""

from triage.pattern import pattern
from triage.tex import accents, marks
from triage.tex.arities import ARITY, HIDDEN, LAST_SHOWN
from triage.tex.chemistry import chemical
from triage.tex.dimensions import passed_over
from triage.tex.formulas import Math
from triage.tex.links import Links
from triage.tex.source import TOKEN, Source, Span
from triage.tex.symbols import (
    ACCENTS,
    ENVIRONMENTS,
    FONT_SWITCHES,
    LETTERS,
    LISTS,
    NOTHING,
    NUMBER_SETS,
    OPENERS,
    OPERATORS,
    PLAIN_SWITCHES,
    SPACES,
    STATEMENTS,
    SYMBOLS,
    TEXT_ONLY,
    TEXT_STYLES,
    WRAPPERS,
)
from triage.tex.writing import TextInto, Writing

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
_VERBATIM = pattern(r"([^A-Za-z\s*])(.*?)\1")
_POSSESSIVE = pattern(r"(?:(?<=textquoteright)|(?<=textquotesingle)) (?:s(?![A-Za-z])|[A-Z])")
_NUMBER_BEFORE = pattern(r"(?<![\w\\/:.,_'-])\d[\d.,]*\Z")
_KNOWN_MACRO_BEFORE = pattern(r"\\([A-Za-z]+)\Z")


class Macros:
    """Writes the named macros of one source's text; `text_into` is who writes the text within them."""

    def __init__(self, source: Source, math: Math, text_into: TextInto) -> None:
        self.source = source
        self.math = math
        self.text_into = text_into
        self.links = Links(source, text_into)

    def write(self, at: int, end: int, out: Writing, depth: int) -> int:
        """Write the macro at `at`; returns where reading goes on."""
        text, source = self.source.text, self.source
        token = TOKEN.match(text, at, end)
        after = token.end() if token else at + 1
        name = text[at + 1 : after].rstrip("*")
        if text.startswith("*", after) and (name in HIDDEN or name in TEXT_STYLES or name in WRAPPERS):
            after += 1
        first = source.group(source.blank(after, end), end)
        if name in ACCENTS and (first or text[after : after + 1].isspace() or text.startswith("\\", after)):
            return accents.write(source, name, at, after, end, out)
        if first and (name in TEXT_STYLES or name in WRAPPERS):
            self._styled(name, first, out, depth)
            return first.after
        if first and text[after] == "{" and (name in PLAIN_SWITCHES or name in NOTHING):
            # `\\bf{so}` for `{\\bf so}`.
            self._styled(name, first, out, depth)
            return first.after
        if first and name in FONT_SWITCHES:
            self.math.into(at, first.after, out, depth + 1)
            return first.after
        if name in SYMBOLS or name in TEXT_ONLY:
            return self._text_symbol(name, after, end, out, depth)
        if name in PLAIN_SWITCHES or name in NOTHING or name in FONT_SWITCHES:
            return source.blank(after, end)
        if name in SPACES:
            out.space()
            return after
        if name in ARITY and name not in LAST_SHOWN and (unit := source.unit(at, end)) and unit.after > after:
            self.math.into(unit.start, unit.end, out, depth + 1)
            return self._scripts_after(unit.after, end, out, depth)
        if name in ("begin", "end", "item"):
            return self._environment(name, at, after, end, out, depth)
        done = (
            passed_over(source, name, after, end, out)
            or self.links.write(name, after, end, out, depth)
            or self._with_arguments(name, after, end, out, depth)
        )
        return done or self._unknown(name, at, after, first, out)

    def _styled(self, name: str, first: Span, out: Writing, depth: int) -> None:
        inner = Writing()
        self.text_into(first.start, first.end, inner, depth + 1)
        if name == "textsubscript":
            out.add_open(*marks.script(str(inner), up=False, word=True))
        elif name in ("enquote", "textquote"):
            out.add(f"“{inner}”")
        else:
            out.add(str(inner))

    def _text_symbol(self, name: str, after: int, end: int, out: Writing, depth: int) -> int:
        text = self.source.text
        swallows = name in LETTERS and (
            name != "AA" or text.startswith(" ngstr", after) or out.last.isalpha()
        )
        symbol = TEXT_ONLY.get(name) or SYMBOLS[name]
        if name in TEXT_ONLY and symbol.endswith("."):
            out.add_word(symbol.removesuffix(".") if text.startswith(".", after) else symbol)
            return after + 2 if text.startswith("{}", after) else after
        if name in ("lq", "rq") and text.startswith(f"\\{name}", after):
            out.add("“" if name == "lq" else "”")
            return self.source.blank(after + 3, end) if name == "lq" else after + 3
        out.add(symbol)
        if text.startswith("{}", after):
            return after + 2
        if swallows or name in OPENERS or symbol[0] == "." or _POSSESSIVE.match(text, after, end):
            return self.source.blank(after, end)
        return self._scripts_after(after, end, out, depth)

    def _scripts_after(self, at: int, end: int, out: Writing, depth: int) -> int:
        while at < end and self.source.text[at] in "^_":
            at = self.math.script(at, end, out, depth)
        return at

    def _with_arguments(self, name: str, after: int, end: int, out: Writing, depth: int) -> int:
        """Write other macros of the text with arguments; 0 when it is none."""
        text, source = self.source.text, self.source
        if name == "verb" and (verbatim := _VERBATIM.match(text, after, min(end, after + 200))):
            out.add(verbatim[2])
            return verbatim.end()
        groups = self._groups(after, end)
        if not groups:
            return 0
        if name in LAST_SHOWN and len(groups) >= LAST_SHOWN[name]:
            *hidden, shown = groups[: LAST_SHOWN[name]]
            source.left_out += [text[span.start : span.end] for span in hidden]
            self.text_into(shown.start, shown.end, out, depth + 1)
            return shown.after
        if name in HIDDEN and len(groups) >= HIDDEN[name]:
            hidden = groups[: HIDDEN[name]]
            source.left_out += [text[span.start : span.end] for span in hidden]
            return hidden[-1].after
        content = text[groups[0].start : groups[0].end]
        if name == "textsuperscript":
            inner = Writing()
            self.text_into(groups[0].start, groups[0].end, inner, depth + 1)
            out.add_open(*marks.script(str(inner), up=True, word=True))
        elif name == "ce":
            out.add_word(chemical(content))
        elif name == "ion" and len(groups) > 1:
            stage = text[groups[1].start : groups[1].end].strip()
            out.add_word(f"{content} {_ROMAN.get(stage, stage.upper())}")
            return groups[1].after
        elif name in ("SI", "qty") and len(groups) > 1:
            out.add(f"{content} ")
            self.math.into(groups[1].start, groups[1].end, out, depth + 1)
            return groups[1].after
        elif name in ("num", "si", "unit", "ang"):
            self.math.into(groups[0].start, groups[0].end, out, depth + 1)
            out.add("°" if name == "ang" else "")
        else:
            return 0
        return groups[0].after

    def _groups(self, at: int, end: int) -> list[Span]:
        """Read up to three groups, an option before any of them passed over."""
        groups: list[Span] = []
        while len(groups) < 3:
            option = self.source.option(self.source.blank(at, end), end)
            group = self.source.group(self.source.blank(option.after if option else at, end), end)
            if group is None:
                break
            if option:
                self.source.left_out.append(self.source.text[option.start : option.end])
            groups.append(group)
            at = group.after
        return groups

    def _environment(self, name: str, at: int, after: int, end: int, out: Writing, depth: int) -> int:
        text = self.source.text
        group = self.source.group(after, end)
        if name == "item":
            option = self.source.option(self.source.blank(after, end), end)
            if option:
                self.text_into(option.start, option.end, out, depth + 1)
            else:
                out.add("•")
            return option.after if option else after
        stop = group.after if group else after
        inside = text[group.start : group.end].rstrip("*") if group else ""
        found = self.source.environments.get(at)
        if inside in ENVIRONMENTS and found and found.inside.after <= end:
            self.math.into(at, found.inside.after, out, depth + 1)
            return found.inside.after
        if inside in LISTS or (inside in STATEMENTS and name == "end"):
            self.source.left_out.append(inside)
        elif inside in STATEMENTS:
            option = self.source.option(stop, end)
            named = Writing()
            if option:
                self.text_into(option.start, option.end, named, depth + 1)
            out.add(f"{inside.capitalize()} ({named})." if option else f"{inside.capitalize()}.")
            return option.after if option else stop
        else:
            out.add(text[at:stop])
        return stop

    def _unknown(self, name: str, at: int, after: int, first: Span | None, out: Writing) -> int:
        """Show an author's own macro by its name; with an argument, or in a path, as source."""
        text = self.source.text
        if (
            name in OPERATORS
            or name in NUMBER_SETS
            or (len(name) > 1 and not self._in_path(at, out) and not (first and first.end > first.start))
        ):
            out.add_word(NUMBER_SETS.get(name, name))
            return first.after if first and first.end == first.start and text[after] == "{" else after
        out.add(text[at:after])
        return after

    def _in_path(self, at: int, out: Writing) -> bool:
        """Tell a folder of a path from a macro: what stands before it is no macro that is known."""
        if not out.last.isalnum() and out.last not in ("\\", ":", "/", '"', "'", "_"):
            return False
        if _NUMBER_BEFORE.search(self.source.text, max(0, at - 30), at):
            return False
        before = _KNOWN_MACRO_BEFORE.search(self.source.text, max(0, at - 30), at)
        return before is None or (before[1] not in SYMBOLS and before[1] not in OPERATORS)
