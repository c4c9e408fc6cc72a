"""One Markdown file per paper with YAML front matter, for folders of notes: Obsidian, Logseq, Zettlr."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from datetime import date

from triage import clean, front_matter, shown
from triage.digest import sha256
from triage.export.folding import slug
from triage.export.kept import Kept
from triage.export.links import markdown_link
from triage.export.markdown import escaped
from triage.paper import Paper, file_part, is_arxiv, pdf_url

_LONGEST_SLUG = 80


def paper_files(kept: Iterable[Kept], tags: Sequence[str]) -> Iterator[tuple[str, str]]:
    """The name of each paper's file, and what it holds; no two names fall together on any disk."""
    taken: set[str] = set()
    for one in kept:
        stem = file_stem(one.paper)
        name, place = f"{stem}.md", 2
        while name.casefold() in taken:
            name, place = f"{stem}-{place}.md", place + 1
        taken.add(name.casefold())
        yield name, paper_file(one, tags)


def file_stem(paper: Paper) -> str:
    """The title in ASCII and the arXiv id, by which no two papers have one name and no name is reserved.

    `hep-th/9901001` is `hep-th-9901001`; a web page has eight digits of its address's SHA-256.
    """
    address = paper.id.encode("utf-8", "surrogatepass")
    key = file_part(paper.id, "-") if is_arxiv(paper.id) else sha256(address)[:8]
    return "-".join(filter(None, (slug(shown.title(paper), _LONGEST_SLUG), key)))


def paper_file(kept: Kept, tags: Sequence[str]) -> str:
    """A paper's file: front matter, title, links, abstract, and the note as it was written."""
    paper = kept.paper
    title = shown.title(paper) or paper.url
    blocks = [f"# {escaped(title)}", _links(paper), escaped(shown.abstract(paper))]
    note = kept.note.strip("\n")
    if note.strip():
        blocks += ["## Note", note]
    return f"{_front(paper, title, tags)}\n" + "\n\n".join(filter(None, blocks)) + "\n"


def _links(paper: Paper) -> str:
    links = [markdown_link("Abstract" if is_arxiv(paper.id) else paper.url, paper.url)]
    if is_arxiv(paper.id):
        links.append(markdown_link("PDF", pdf_url(paper.id)))
    return " · ".join(links)


def _front(paper: Paper, title: str, tags: Sequence[str]) -> str:
    lines = [
        *_scalar("title", title),
        *_list("authors", shown.authors(paper)),
        *_scalar("arxiv", paper.id if is_arxiv(paper.id) else ""),
        *_scalar("url", paper.url),
        *_scalar("doi", paper.doi or ""),
        *_scalar("site", paper.site or ""),
        *_day("published", paper.published or paper.updated or ""),
        *_list("categories", paper.categories),
        *_list("tags", tags),
        # A link by the title finds the file, whatever its name is.
        *_list("aliases", [title]),
    ]
    return "\n".join([front_matter.FENCE, *lines, front_matter.FENCE, ""])


def _scalar(key: str, value: str) -> Iterator[str]:
    line = clean.line(value)
    if line:
        yield f"{key}: {front_matter.scalar(key, line)}"


def _day(key: str, moment: str) -> Iterator[str]:
    """A day is a day to whoever reads the front matter, and no text."""
    with suppress(ValueError):
        yield f"{key}: {date.fromisoformat(moment[:10]).isoformat()}"


def _list(key: str, values: Iterable[str]) -> Iterator[str]:
    lines = [f"  - {front_matter.scalar(key, line)}" for value in values if (line := clean.line(value))]
    if lines:
        yield f"{key}:"
        yield from lines
