"""What a user's template is given: the haul and its entries, every name of them, as plain values."""

from collections.abc import Mapping
from typing import Any

from triage import comment, front_matter, shown
from triage.export.cite_keys import cite_keys
from triage.haul import Entry, Haul, fill, is_web_link, key_of
from triage.paper import Paper, is_arxiv, pdf_url


def template_values(haul: Haul, papers: Mapping[str, Paper], url: str | None) -> dict[str, Any]:
    """The one name `haul` that a template is given.

    `papers` has what is known of each entry's paper, by the paper's id; `url` is where posts are read,
    from the config. Text is as shown; what is not known is empty.
    """
    known = [papers.get(key_of(entry.link)) or Paper(entry.key, entry.title) for entry in haul.entries]
    keys = cite_keys(known)
    entries = [_entry(entry, paper, key) for entry, paper, key in zip(haul.entries, known, keys, strict=True)]
    said = [one for one in haul.comments if one.verbatim or one.text.strip(" \t\n")]
    return {
        "haul": {
            "number": haul.number,
            "title": haul.title,
            "published_at": haul.published_at,
            "count": len(entries),
            "url": fill(url, number=haul.number) if url else "",
            "front": [
                {"key": item.key or "", "value": item.value, "line": front_matter.line(item)}
                for item in haul.front
            ],
            "comments": [{"text": one.text, "item": comment.write(one)} for one in said],
            "entries": entries,
        }
    }


def _entry(entry: Entry, paper: Paper, key: str) -> dict[str, Any]:
    return {
        "id": paper.id,
        "key": key,
        "link": entry.link,
        "href": entry.link if is_web_link(entry.link) else "",
        "title": entry.title,
        "excerpt": entry.excerpt,
        "note": entry.note,
        "authors": list(shown.authors(paper)),
        "abstract": shown.abstract(paper),
        "categories": list(paper.categories),
        "primary": paper.primary or "",
        "doi": paper.doi or "",
        "journal_ref": paper.journal_ref or "",
        "arxiv_comments": paper.arxiv_comments or "",
        "published": paper.published or "",
        "updated": paper.updated or "",
        "version": paper.version or "",
        "site": paper.site or "",
        "pdf": pdf_url(paper.id) if is_arxiv(paper.id) else "",
    }
