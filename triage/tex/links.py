"""Links, references and footnotes: what in a text points elsewhere."""

from typing import NamedTuple

from triage.pattern import pattern
from triage.tex.source import Source, Span
from triage.tex.writing import TextInto, Writing

_ADDRESSES = frozenset(("url", "path", "nolinkurl", "doi", "email"))
_REFERENCES = frozenset((
    "cite", "citet", "citep", "citealt", "citealp", "citeauthor", "citeyear", "citeyearpar", "parencite",
    "textcite", "autocite", "footcite", "nocite", "citenum", "onlinecite", "Citet", "Citep",
    "ref", "eqref", "cref", "Cref", "autoref", "pageref", "nameref", "vref", "fref",
))  # fmt: skip
_NOTES = frozenset(("footnote", "thanks", "footnotetext", "marginpar", "tablefootnote"))
_ESCAPED = pattern(r"\\([%#&_~{}])")


class Links(NamedTuple):
    """Writes the links of one source; `text_into` is who writes the text within them."""

    source: Source
    text_into: TextInto

    def write(self, name: str, at: int, end: int, out: Writing, depth: int) -> int:
        """Write the macro whose arguments begin at `at`; returns where reading goes on, else 0."""
        source = self.source
        if name == "href":
            address = source.group(source.blank(at, end), end)
            label = source.group(source.blank(address.after, end), end) if address else None
            if address is None or label is None:
                return 0
            self._labelled(address, label, out, depth)
            return label.after
        if name in _REFERENCES:
            return self._reference(at, end, out, depth)
        option = source.option(source.blank(at, end), end)
        first = source.group(source.blank(option.after if option else at, end), end)
        if first is None:
            return 0
        if name in _ADDRESSES:
            out.add(_address(source.text[first.start : first.end]))
        elif name in _NOTES:
            out.space()
            out.add("(")
            self.text_into(first.start, first.end, out, depth + 1)
            out.add(")")
        else:
            return 0
        return first.after

    def _labelled(self, address: Span, label: Span, out: Writing, depth: int) -> None:
        written = Writing()
        self.text_into(label.start, label.end, written, depth + 1)
        where, shown = _address(self.source.text[address.start : address.end]), str(written).strip()
        if shown in (where, "", where.partition("://")[2]):
            self.source.left_out.append(self.source.text[address.start : address.end])
            out.add(shown or where)
        else:
            out.add(f"{shown} ({where})")

    def _reference(self, at: int, end: int, out: Writing, depth: int) -> int:
        """`\\cite[see][p.~3]{Key}` is `[see Key, p. 3]`."""
        source = self.source
        options: list[Span] = []
        after = at
        while len(options) < 2 and (option := source.option(source.blank(after, end), end)):
            options.append(option)
            after = option.after
        first = source.group(source.blank(after, end), end)
        if first is None:
            return 0
        texts = []
        for option in options:
            writing = Writing()
            self.text_into(option.start, option.end, writing, depth + 1)
            texts.append(str(writing).strip())
        before = f"{texts[0]} " if len(texts) == 2 and texts[0] else ""
        behind = f", {texts[-1]}" if texts and texts[-1] else ""
        out.add(f"[{before}{source.text[first.start : first.end]}{behind}]")
        return first.after


def _address(content: str) -> str:
    return _ESCAPED.sub(r"\1", content.strip())
