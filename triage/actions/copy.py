"""What can be copied of a paper: its link, a Markdown link, BibTeX, the card of a post."""

from enum import StrEnum

from triage import card, shown
from triage.export.bibtex import bibtex
from triage.export.links import markdown_link
from triage.haul import Entry, excerpt
from triage.paper import Paper


class Form(StrEnum):
    """A form in which a paper can be copied, in the order of the menu."""

    LINK = "link"
    MARKDOWN = "Markdown"
    BIBTEX = "BibTeX"
    CARD = "card"


def text_of(paper: Paper, form: Form) -> str:
    """A paper in one form, as it goes to the clipboard."""
    title = shown.title(paper)
    match form:
        case Form.LINK:
            return paper.url
        case Form.MARKDOWN:
            return markdown_link(title, paper.url)
        case Form.BIBTEX:
            return bibtex([paper])
        case Form.CARD:
            return card.write(Entry(paper.id, paper.url, title, excerpt(shown.abstract(paper)))) + "\n"
