"""Markdown of papers: text that shows as it is, and a plain list of links with the notes beneath."""

import re
from collections.abc import Iterable

from triage import clean, shown
from triage.export.cite_keys import year
from triage.export.kept import Kept
from triage.export.links import markdown_link
from triage.paper import Paper

# CommonMark's marks, and what Obsidian, Logseq and Zettlr add: tags, formulas, comments, highlights.
_MARKUP = re.compile(r"([\\`*_\[\]<>&~$#|^]|(?<=%)%|(?<==)=)")
_BLOCK_MARK = re.compile(r"[-+=](?=\s|$|[-=])|(?<!\d)\d{1,9}(?=[.)](?:\s|$))")
_NAMED = 3
"""Authors that a list names; of more, the first and how many."""


def escaped(text: str) -> str:
    """One line of text for a paragraph or a heading, in which it shows as it is."""
    line = _MARKUP.sub(r"\\\1", clean.line(text))
    block = _BLOCK_MARK.match(line)
    if block is None:
        return line
    at = block.end() if line[0].isdigit() else 0
    return f"{line[:at]}\\{line[at:]}"


def authors(paper: Paper) -> str:
    """The authors of a paper in a few words: `Ada Example, Bo Example +4`."""
    names = shown.authors(paper)
    few = names if len(names) <= _NAMED else names[:1]
    rest = f" +{len(names) - len(few)}" if len(few) < len(names) else ""
    return ", ".join(few) + rest


def markdown_list(kept: Iterable[Kept]) -> str:
    """One item a paper: its link, its authors, its year; beneath it the note, as it was written."""
    return "".join(_item(one) for one in kept)


def _item(kept: Kept) -> str:
    paper = kept.paper
    link = markdown_link(shown.title(paper) or paper.url, paper.url)
    told = ", ".join(filter(None, (authors(paper) or clean.line(paper.site or ""), year(paper))))
    head = f"- {link}" + (f", {escaped(told)}" if told else "") + "\n"
    if not kept.note.strip():
        return head
    lines = [f"  {line}" if line.strip() else "" for line in kept.note.split("\n")]
    return "\n".join([head, *lines, "", ""])
