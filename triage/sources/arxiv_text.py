"""How arXiv's feeds, pages and API write ids, authors and abstracts."""

import re

from triage import taxonomy
from triage.paper import PaperId

_DESCRIPTION = re.compile(r"\s*arXiv:\S+\s+Announce Type:\s*\S+\s*\n\s*Abstract:\s?", re.IGNORECASE)
MISSING = "(missing)"
"""Stands where an entry lacks its title."""


def abstract(text: str) -> str:
    """An abstract without its hard line breaks, paragraphs kept, separated by a blank line.

    help/prep: a newline followed by white space starts a paragraph, any other newline is a space.
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n").strip().split("\n")
    paragraphs: list[list[str]] = [[]]
    for number, line in enumerate(lines):
        bare = " ".join(line.split(" ")).strip()
        if number and (not bare or line[:1].isspace()) and paragraphs[-1]:
            paragraphs.append([])
        if bare:
            paragraphs[-1].append(bare)
    return "\n\n".join(" ".join(paragraph) for paragraph in paragraphs if paragraph)


def described(description: str) -> str:
    """The abstract in a feed's description, which begins `arXiv:ID Announce Type: new \\nAbstract: `."""
    head = _DESCRIPTION.match(description)
    return abstract(description[head.end() :] if head else description)


def authors(creator: str) -> tuple[str, ...]:
    """The names of one comma-separated list, each with the affiliations it bears in parentheses."""
    names, depth, start = [], 0, 0
    for place, character in enumerate(creator):
        if character in "({":
            depth += 1
        elif character in ")}":
            depth = max(0, depth - 1)
        elif character == "," and depth == 0:
            names.append(creator[start:place])
            start = place + 1
    names.append(creator[start:])
    return tuple(name for name in (" ".join(name.split()) for name in names) if name)


def paper_id(*candidates: str | None) -> PaperId | None:
    """The first candidate (guid, link, id) that names a paper, with the version another of them may tell."""
    found: PaperId | None = None
    for candidate in candidates:
        text = (candidate or "").strip()
        text = re.sub(r"\Aoai:arXiv\.org:", "", text, flags=re.IGNORECASE)
        text = re.sub(r"\Ahttps?://[^/]+/abs/", "", text)
        try:
            one = PaperId.parse(text)
        except ValueError:
            continue
        if found is None or (found.version is None and one.key == found.key):
            found = one
    return found


def is_within(primary: str, category: str) -> bool:
    """Tell whether a primary category is the listed one, or belongs to the listed archive, under any name."""
    return any(name == listed or name.startswith(f"{listed}.")
               for name in taxonomy.same(primary) for listed in taxonomy.same(category))  # fmt: skip
