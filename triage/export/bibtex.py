"""BibTeX entries of papers and web pages."""

import re
import unicodedata
from collections.abc import Iterable
from urllib.parse import quote

from triage import shown
from triage.export.cite_keys import cite_keys, year
from triage.export.names import parted
from triage.paper import Paper, is_arxiv

_COMMANDS = {
    "\\": r"\textbackslash{}", "{": r"\textbraceleft{}", "}": r"\textbraceright{}", "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}", "&": r"\&", "%": r"\%", "$": r"\$", "#": r"\#", "_": r"\_",
}  # fmt: skip
_LIGATURE = re.compile(r"(?<=-)(?=-)|(?<=')(?=')|(?<=[`!?])(?=`)|(?<=<)(?=<)|(?<=>)(?=>)|(?<=,)(?=,)")
"""Where TeX would make one sign of two: `--`, ` `` `, `!` with a backtick."""


def bibtex(papers: Iterable[Paper]) -> str:
    """The entries of the papers, a blank line between; text as shown.

    Fields are those of arXiv's own export.
    """
    chosen = list(papers)
    return "\n".join(_entry(paper, key) for paper, key in zip(chosen, cite_keys(chosen), strict=True))


def _entry(paper: Paper, key: str) -> str:
    fields = {
        "title": _braced(shown.title(paper) or paper.url),
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
    """Text that stands between braces: its own in pairs, no controls, one line."""
    line = "".join(one for one in " ".join(text.split()) if unicodedata.category(one) not in ("Cc", "Cs"))
    # `\{` alone would unbalance the brace counting of BibTeX and of most readers of its files.
    paired = _paired_braces(line)
    pieces = (f"\\{one}" if at in paired else _COMMANDS.get(one, one) for at, one in enumerate(line))
    return _LIGATURE.sub("{}", "".join(pieces))


def _paired_braces(line: str) -> set[int]:
    """Where the braces are that have their other half."""
    paired: set[int] = set()
    open_braces: list[int] = []
    for at, one in enumerate(line):
        if one == "{":
            open_braces.append(at)
        elif one == "}" and open_braces:
            paired |= {open_braces.pop(), at}
    return paired


def _address(url: str) -> str:
    """A URL as it stands, but for what would end the field, and what is not to be seen."""
    return "".join(
        quote(one, "", errors="replace") if one in " {}\\" or not one.isprintable() else one for one in url
    )


def _name(author: str) -> str:
    """An author in BibTeX's words; a name that is no person's, or in an order of its own, is taken whole."""
    name = parted(author)
    if not name.given:
        return f"{{{_braced(author)}}}" if " " in author.strip() else _braced(author)
    if name.suffix:
        return ", ".join(map(_braced, (name.family, name.suffix, name.given)))
    return _braced(author)
