"""A paper's text as it is shown: one line, TeX as Unicode; a web page's text is no TeX and stays as it is."""

from triage import clean, tex
from triage.paper import Paper, is_arxiv


def prepare() -> None:
    """Import the converter of TeX, so that the first text that has some need not wait for it."""
    tex.to_unicode(r"$\alpha$")


def text(key: str, source: str) -> str:
    """A title, an abstract or a name of the paper with this id, as shown."""
    return clean.line(tex.to_unicode(source) if is_arxiv(key) else source)


def title(paper: Paper) -> str:
    """The title as shown."""
    return text(paper.id, paper.title)


def authors(paper: Paper) -> tuple[str, ...]:
    """The authors as shown."""
    return tuple(text(paper.id, author) for author in paper.authors)


def abstract(paper: Paper) -> str:
    """The abstract as shown."""
    return text(paper.id, paper.abstract)
