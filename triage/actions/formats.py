"""A haul in the formats beside the post: the papers of its entries, in the post's order."""

import json
from dataclasses import replace

from triage import clean
from triage.actions import listing
from triage.actions.known import known
from triage.export.bibtex import bibtex
from triage.paper import Paper
from triage.ports import Archive, Library


def bibtex_of(library: Library, archive: Archive, haul: int | str) -> str:
    """The BibTeX entries of a haul, by its number or `current`. Raises Refused when there is none."""
    papers = listing.select(library, archive, haul=haul)
    return bibtex(_titled(known(library, archive, one.id), one.title) for one in papers)


def json_lines_of(library: Library, archive: Archive, haul: int | str) -> str:
    """A haul's papers as JSON Lines, by its number or `current`. Raises Refused when there is none."""
    papers = listing.select(library, archive, haul=haul)
    records = (listing.as_record(library, archive, one) for one in papers)
    return "".join(clean.escaped(json.dumps(one, ensure_ascii=False)) + "\n" for one in records)


def _titled(paper: Paper, title: str) -> Paper:
    return paper if paper.title else replace(paper, title=title)
