"""The keys papers are cited by, as Google Scholar makes them: `vaswani2017attention`."""

import re
from collections import Counter
from collections.abc import Sequence
from string import ascii_lowercase

from triage import shown
from triage.export.folding import folded
from triage.paper import Paper, is_arxiv

_SMALL_WORDS = frozenset(("a", "an", "the", "on", "of", "in", "for", "to", "and", "with", "from", "at", "by"))
_SUFFIXES = frozenset(("jr", "sr", "ii", "iii", "iv"))


def cite_keys(papers: Sequence[Paper]) -> list[str]:
    """A key for each paper, `lastnameYEARfirstword`; those that fall together get a, b, ... in order."""
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


def year(paper: Paper) -> str:
    """The year a paper was published in, four digits; empty when nothing tells it. An arXiv id tells it."""
    found = re.match(r"[0-9]{4}", paper.published or paper.updated or "")
    if found:
        return found[0]
    of_id = re.match(r"(?:[a-z-]+(?:\.[A-Z]{2})?/)?([0-9]{2})", paper.id) if is_arxiv(paper.id) else None
    # arXiv's first papers are of 1991.
    return f"{'19' if of_id[1] > '90' else '20'}{of_id[1]}" if of_id else ""


def _stem(paper: Paper) -> str:
    authors = shown.authors(paper)
    names = [folded(word) for word in (authors[0] if authors else paper.site or "").split()]
    last = next((name for name in reversed(names) if name and name not in _SUFFIXES), "")
    words = [folded(word) for word in re.split(r"[\s\-–—:/]+", shown.title(paper))]
    first = next((word for word in words if word and word not in _SMALL_WORDS), "")
    if not last and not first:
        return folded(paper.id) or "paper"
    return last + year(paper) + first


def _letters(place: int) -> str:
    """a, b, ... z, aa, ab, ...: the mark of the entry at a place, counted from 0."""
    marks = ""
    place += 1
    while place:
        place, digit = divmod(place - 1, len(ascii_lowercase))
        marks = ascii_lowercase[digit] + marks
    return marks
