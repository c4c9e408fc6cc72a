"""Papers as JSON Lines show them: every key of every paper, in one order."""

from typing import Any

from triage import shown
from triage.paper import Paper, Verdict


def record(
    paper: Paper,
    verdict: Verdict | None = None,
    note: str | None = None,
    haul: int | str | None = None,
    decided_at: str | None = None,
) -> dict[str, Any]:
    """What `--json` says of a paper, every key in this order: text as shown, and as received under `_source`.

    `haul` is a number, "current", "next" or None; dates are ISO 8601; what is not known is None.
    """
    return {
        "id": paper.id,
        "version": paper.version,
        "title": shown.title(paper),
        "title_source": paper.title,
        "authors": list(shown.authors(paper)),
        "abstract": shown.abstract(paper),
        "abstract_source": paper.abstract,
        "categories": list(paper.categories),
        "primary": paper.primary,
        "arxiv_comments": paper.arxiv_comments,
        "doi": paper.doi,
        "journal_ref": paper.journal_ref,
        "url": paper.url,
        "published": paper.published,
        "updated": paper.updated,
        "listed": paper.listed,
        "kind": None if paper.kind is None else str(paper.kind),
        "verdict": None if verdict is None else str(verdict),
        "note": note,
        "haul": haul,
        "decided_at": decided_at,
    }
