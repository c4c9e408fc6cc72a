"""BibTeX entries of papers and web pages."""

import re
import unicodedata
from collections.abc import Iterable

from triage import shown
from triage.export.cite_keys import cite_keys, year
from triage.paper import Paper, is_arxiv

# `\{` would still unbalance the brace counting of BibTeX and of most readers of its files.
_COMMANDS = {
    "\\": r"\textbackslash{}", "{": r"\textbraceleft{}", "}": r"\textbraceright{}", "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}", "&": r"\&", "%": r"\%", "$": r"\$", "#": r"\#", "_": r"\_",
}  # fmt: skip


def bibtex(papers: Iterable[Paper]) -> str:
    """The entries of the papers, a blank line between; text as shown.

    Fields are those of arXiv's own export.
    """
    chosen = list(papers)
    return "\n".join(_entry(paper, key) for paper, key in zip(chosen, cite_keys(chosen), strict=True))


def _entry(paper: Paper, key: str) -> str:
    fields = {
        "title": _braced(shown.title(paper)),
        "author": " and ".join(_name(author) for author in shown.authors(paper)),
        "year": year(paper),
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
