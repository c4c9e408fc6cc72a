"""RIS, which Zotero, JabRef, EndNote and Mendeley import: one tag a line."""

from collections.abc import Iterable, Iterator

from triage import clean, shown
from triage.export.cite_keys import cite_keys, year
from triage.export.kept import Kept
from triage.export.names import parted
from triage.paper import Paper, is_arxiv


def ris(kept: Iterable[Kept]) -> str:
    """The entries of the papers, each ended by `ER`; text as shown, every value on one line.

    A preprint is `UNPB`, a web page `ELEC`; the user's note is `N1`.
    """
    chosen = list(kept)
    keys = cite_keys([one.paper for one in chosen])
    lines: list[str] = []
    for one, key in zip(chosen, keys, strict=True):
        lines += [f"{tag}  - {line}" for tag, value in _tags(one, key) if (line := clean.line(value))]
        lines += ["ER  - ", ""]
    return "\n".join(lines)


def _tags(kept: Kept, key: str) -> Iterator[tuple[str, str]]:
    paper = kept.paper
    of_arxiv = is_arxiv(paper.id)
    yield "TY", "UNPB" if of_arxiv else "ELEC"
    yield "ID", key
    yield "TI", shown.title(paper) or paper.url
    for author in shown.authors(paper):
        name = parted(author)
        yield "AU", ", ".join(part for part in name if part)
    yield "PY", year(paper)
    yield "DA", _date(paper)
    yield "AB", shown.abstract(paper)
    yield "DO", paper.doi or ""
    yield "UR", paper.url
    yield ("AN", f"arXiv:{paper.id}") if of_arxiv else ("T2", paper.site or "")
    yield "DB", "arXiv" if of_arxiv else ""
    for category in paper.categories:
        yield "KW", category
    yield "N1", kept.note


def _date(paper: Paper) -> str:
    """The day a paper was published, as `2023/06/13`."""
    day = (paper.published or paper.updated or "")[:10]
    return day.replace("-", "/") if len(day) == 10 else ""
