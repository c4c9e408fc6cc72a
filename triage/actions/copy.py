"""What can be copied of a paper: its link, a Markdown link, BibTeX, the card of a post, the note on it."""

from enum import StrEnum
from typing import NamedTuple

from triage import card, own_parts
from triage.actions.known import known
from triage.actions.making import entry_of_paper
from triage.export.bibtex import bibtex
from triage.export.links import markdown_link
from triage.haul import Entry
from triage.paper import Paper
from triage.ports import Archive, Library
from triage.steps import CURRENT


class Form(StrEnum):
    """A form in which a paper can be copied, in the order of the menu; the post is that of its haul."""

    LINK = "link"
    MARKDOWN = "Markdown"
    BIBTEX = "BibTeX"
    CARD = "card"
    NOTE = "note"
    POST = "post"


class Copied(NamedTuple):
    """What is copied from: a paper, the card it has or would have in a post, and the note on it."""

    paper: Paper
    entry: Entry
    note: str = ""


def of_paper(library: Library, archive: Archive, paper: Paper, note: str) -> Copied:
    """A paper as the haul being made has it, else as it is shown; and the note on it."""
    if (library.paper(paper.id) or {}).get("haul") != CURRENT:
        return Copied(paper, entry_of_paper(paper), note)
    ours = known(library, archive, paper.id)
    (entry,) = own_parts.entries(library.haul(CURRENT) or {}, [entry_of_paper(ours)])
    return Copied(ours, entry, note)


def text_of(copied: Copied, form: Form) -> str:
    """One form as it goes to the clipboard; empty for a note that is not there, and for the post."""
    entry = copied.entry
    match form:
        case Form.LINK:
            return entry.link
        case Form.MARKDOWN:
            return markdown_link(entry.title, entry.link)
        case Form.BIBTEX:
            return bibtex([copied.paper])
        case Form.CARD:
            return card.write(entry) + "\n"
        case Form.NOTE:
            return copied.note
        case Form.POST:
            return ""
