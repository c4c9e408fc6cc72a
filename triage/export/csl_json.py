"""CSL-JSON, which Zotero imports and pandoc cites from (github.com/citation-style-language/schema)."""

import json
import re
from collections.abc import Iterable
from typing import Any

from triage import clean, shown
from triage.export.cite_keys import cite_keys, year
from triage.export.kept import Kept
from triage.export.names import parted
from triage.paper import is_arxiv


def csl_json(kept: Iterable[Kept]) -> str:
    """The papers as one array of CSL items; text as shown. A preprint is an `article`, a page a `webpage`."""
    chosen = list(kept)
    keys = cite_keys([one.paper for one in chosen])
    items = [_item(one, key) for one, key in zip(chosen, keys, strict=True)]
    written = json.dumps(items, ensure_ascii=False, indent=2)
    return "\n".join(clean.escaped(line) for line in written.split("\n")) + "\n"


def _item(kept: Kept, key: str) -> dict[str, Any]:
    paper = kept.paper
    of_arxiv = is_arxiv(paper.id)
    fields: dict[str, Any] = {
        "id": key,
        "type": "article" if of_arxiv else "webpage",
        "title": shown.title(paper) or paper.url,
        "author": [_author(author) for author in shown.authors(paper) if author],
        "issued": _issued(paper.published or paper.updated or year(paper)),
        "abstract": shown.abstract(paper),
        "DOI": paper.doi,
        "URL": paper.url,
        "publisher": "arXiv" if of_arxiv else None,
        "number": f"arXiv:{paper.id}" if of_arxiv else None,
        "container-title": None if of_arxiv else paper.site,
        "keyword": ", ".join(paper.categories),
        "version": str(paper.version) if paper.version else None,
        "note": kept.note,
    }
    return {name: value for name, value in fields.items() if value}


def _author(author: str) -> dict[str, str]:
    name = parted(author)
    if not name.given:
        return {"literal": name.family}
    return {part: value for part, value in name._asdict().items() if value}


def _issued(moment: str) -> dict[str, list[list[int]]] | None:
    found = re.match(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?", moment, re.ASCII)
    return {"date-parts": [[int(part) for part in found.groups() if part]]} if found else None
