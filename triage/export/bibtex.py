"""BibTeX entries of papers and web pages."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from string import ascii_lowercase

from triage import shown
from triage.paper import Paper, is_arxiv

# `\{` would still unbalance the brace counting of BibTeX and of most readers of its files.
_COMMANDS = {
    "\\": r"\textbackslash{}", "{": r"\textbraceleft{}", "}": r"\textbraceright{}", "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}", "&": r"\&", "%": r"\%", "$": r"\$", "#": r"\#", "_": r"\_",
}  # fmt: skip
# Letters that Unicode does not decompose into an ASCII letter and a mark.
_LETTERS = str.maketrans({
    "ß": "ss", "æ": "ae", "Æ": "AE", "œ": "oe", "Œ": "OE", "ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d",
    "Đ": "D", "ð": "d", "Ð": "D", "þ": "th", "Þ": "Th", "ı": "i", "ħ": "h", "Ħ": "H",
})  # fmt: skip
_SMALL_WORDS = frozenset(("a", "an", "the", "on", "of", "in", "for", "to", "and", "with", "from", "at", "by"))
_SUFFIXES = frozenset(("jr", "sr", "ii", "iii", "iv"))


def bibtex(papers: Iterable[Paper]) -> str:
    """The entries of the papers, a blank line between; text as shown, keys `lastnameYEARfirstword`.

    Keys that fall together get a, b, ... in order. Fields are those of arXiv's own export.
    """
    chosen = list(papers)
    return "\n".join(_entry(paper, key) for paper, key in zip(chosen, _keys(chosen), strict=True))


def _keys(papers: Sequence[Paper]) -> list[str]:
    stems = [_stem(paper) for paper in papers]
    shared = Counter(stems)
    taken = {stem for stem in stems if shared[stem] == 1}
    place: Counter[str] = Counter()
    keys: list[str] = []
    for stem in stems:
        key = stem
        while shared[stem] > 1 and (key == stem or key in taken):
            key = stem + _letters(place[stem])
            place[stem] += 1
        taken.add(key)
        keys.append(key)
    return keys


def _entry(paper: Paper, key: str) -> str:
    fields = {
        "title": _braced(shown.title(paper)),
        "author": " and ".join(_name(author) for author in shown.authors(paper)),
        "year": _year(paper),
        "eprint": _braced(paper.id) if is_arxiv(paper.id) else "",
        "archiveprefix": "arXiv" if is_arxiv(paper.id) else "",
        "primaryclass": _braced(paper.primary or ""),
        "doi": _braced(paper.doi or ""),
        "note": _braced(paper.journal_ref or ""),
        "howpublished": _braced(paper.site or ""),
        "url": _address(paper.url),
    }
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
    return "\n".join([f"@misc{{{key},", *lines, "}", ""])


def _braced(text: str) -> str:
    """Text that stands between braces: none of its own, no controls, one line."""
    line = " ".join(text.split())
    return "".join(_COMMANDS.get(one, one) for one in line if unicodedata.category(one) not in ("Cc", "Cs"))


def _address(url: str) -> str:
    """A URL as it stands, but for what would end the field."""
    return re.sub(r"[\x00-\x20{}\\\x7f]", lambda found: f"%{ord(found[0]):02X}", url)


def _name(author: str) -> str:
    """An author in BibTeX's words; one whose name holds a comma or an `and` is taken whole."""
    whole = "," in author or re.search(r"\b(?:and|others)\b", author, re.IGNORECASE)
    return f"{{{_braced(author)}}}" if whole else _braced(author)


def _year(paper: Paper) -> str:
    found = re.match(r"[0-9]{4}", paper.published or paper.updated or "")
    return found[0] if found else ""


def _stem(paper: Paper) -> str:
    authors = shown.authors(paper)
    names = [_ascii(word) for word in (authors[0] if authors else paper.site or "").split()]
    last = next((name for name in reversed(names) if name and name not in _SUFFIXES), "")
    words = [_ascii(word) for word in re.split(r"[\s\-–—:/]+", shown.title(paper))]
    first = next((word for word in words if word and word not in _SMALL_WORDS), "")
    return (last + _year(paper) + first) or _ascii(paper.id) or "paper"


def _ascii(word: str) -> str:
    folded = unicodedata.normalize("NFKD", word.translate(_LETTERS))
    return re.sub(r"[^a-z0-9]", "", folded.lower())


def _letters(place: int) -> str:
    """a, b, ... z, aa, ab, ...: the mark of the entry at a place, counted from 0."""
    marks = ""
    place += 1
    while place:
        place, digit = divmod(place - 1, len(ascii_lowercase))
        marks = ascii_lowercase[digit] + marks
    return marks
