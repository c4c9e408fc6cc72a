"""The haul being made: of what is kept, the comments, the config, and what a hand wrote into its post."""

from collections.abc import Iterable
from datetime import datetime

from triage import front_matter, own_parts, shown
from triage.haul import Comment, Entry, Haul, excerpt
from triage.paper import Paper
from triage.ports import Library, Record
from triage.settings import Settings
from triage.steps import CURRENT


def made_of(
    known: Record,
    papers: Iterable[Record],
    comments: Iterable[Record],
    number: int,
    settings: Settings,
    now: datetime,
) -> Haul:
    """The current haul with this number that the documents of papers and comments make.

    `known` is its own document: what it has that is not made anew.
    """
    entries = own_parts.entries(known, map(entry_of, papers))
    made = front_matter.new(settings.haul, number, len(entries), first_exported(known, now))
    front = own_parts.front(own_parts.items(known), made)
    said = (Comment(one["id"], one["text"], bool(one.get("verbatim"))) for one in comments)
    return Haul(number, front, tuple(said), entries, own_parts.verbatim(known))


def current_entries(library: Library) -> tuple[Entry, ...]:
    """The entries of the haul being made, in the post's order."""
    return own_parts.entries(library.haul(CURRENT) or {}, map(entry_of, library.in_haul(CURRENT)))


def entry_of(record: Record) -> Entry:
    """The entry that a paper's document makes in a haul being made."""
    return entry_of_paper(Paper.from_record(record), record.get("note") or "")


def entry_of_paper(paper: Paper, note: str = "") -> Entry:
    """The entry that a paper makes, whether it is in a haul or not."""
    title = shown.title(paper) or paper.url
    return Entry(paper.id, paper.url, title, excerpt(shown.abstract(paper)), note)


def first_exported(known: Record, now: datetime) -> str:
    """The `published_at` of the current haul: when it was exported first; now, while it was not."""
    return known.get("published_at") or front_matter.stamp(now)
