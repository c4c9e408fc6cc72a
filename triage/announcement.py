"""One paper met several times: the strongest kind, the latest version, and no detail lost."""

from collections.abc import Iterable
from dataclasses import replace

from triage.paper import Kind, Paper

_GROUP = {Kind.NEW: 0, Kind.CROSS: 1, Kind.REPLACE: 2, Kind.REPLACE_CROSS: 2}


def merged(first: Paper, second: Paper) -> Paper:
    """Both announcements as one paper; equally good, the second, which was fetched later, stands.

    What only the API tells (submission date, comments, Unicode authors) outlives a listing that lacks it.
    """
    kinds = [paper.kind for paper in (first, second) if paper.kind is not None]
    older, newer = (second, first) if (first.version or 0) > (second.version or 0) else (first, second)
    same = older.version == newer.version
    detailed = older if same and older.published and not newer.published else newer
    return replace(
        newer,
        title=newer.title or older.title,
        authors=detailed.authors or newer.authors or older.authors,
        abstract=newer.abstract or older.abstract,
        kind=min(kinds, key=lambda kind: kind.rank) if kinds else None,
        categories=newer.categories or older.categories,
        primary=newer.primary or older.primary,
        arxiv_comments=newer.arxiv_comments or older.arxiv_comments,
        doi=newer.doi or older.doi,
        journal_ref=newer.journal_ref or older.journal_ref,
        published=newer.published or older.published,
        updated=newer.updated or (older.updated if same else None),
        listed=newer.listed or older.listed,
        site=newer.site or older.site,
    )


def with_details(paper: Paper, details: Paper) -> Paper:
    """The paper with what the API tells of it; title and abstract stay as the listing gave them.

    The API hands out half-converted TeX; a listing's is the source the authors wrote.
    """
    current = paper.version is None or details.version is None or paper.version == details.version
    return replace(
        paper,
        title=paper.title or details.title,
        abstract=paper.abstract or details.abstract,
        version=paper.version or details.version,
        authors=details.authors or paper.authors,
        categories=paper.categories or details.categories,
        primary=details.primary or paper.primary,
        arxiv_comments=details.arxiv_comments or paper.arxiv_comments,
        doi=details.doi or paper.doi,
        journal_ref=details.journal_ref or paper.journal_ref,
        published=details.published or paper.published,
        updated=details.updated if current else paper.updated,
    )


def in_order(papers: Iterable[Paper]) -> list[Paper]:
    """Each paper once, under New, Cross-lists, Replacements, in each as they first came."""
    by_id: dict[str, Paper] = {}
    for paper in papers:
        known = by_id.get(paper.id)
        by_id[paper.id] = paper if known is None else merged(known, paper)
    return sorted(by_id.values(), key=lambda paper: _GROUP[paper.kind or Kind.NEW])
