"""A haul in the formats beside the post: the papers of its entries, as the library knows them."""

from collections.abc import Sequence
from dataclasses import replace

from triage.actions import haul as hauls
from triage.actions import listing
from triage.actions.known import known
from triage.actions.listing import Listed
from triage.export.bibtex import bibtex
from triage.paper import Paper
from triage.ports import Archive, Library
from triage.steps import CURRENT


def papers_of(library: Library, archive: Archive, key: str) -> Sequence[Listed]:
    """The papers of a haul in the post's order. Raises Refused when there is no such haul."""
    if key == CURRENT:
        return list(listing.select(library, archive, haul=CURRENT))
    entries = hauls.published(library, key).entries
    return [Listed(entry.key, entry.title, library.verdict(entry.key), haul=key) for entry in entries]


def bibtex_of(library: Library, archive: Archive, key: str) -> str:
    """The BibTeX entries of a haul. Raises Refused when there is no such haul."""
    return bibtex(
        _titled(known(library, archive, one.id), one.title)
        for one in papers_of(library, archive, key)
    )


def _titled(paper: Paper, title: str) -> Paper:
    return paper if paper.title else replace(paper, title=title)
