"""Bring in many old posts: read first, then in the order of their numbers, so that the latest haul wins."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import NamedTuple

from triage.actions.haul import Refused
from triage.actions.import_post import Find, Imported, OldPost, bring_in, read_post
from triage.paper import Paper
from triage.ports import Archive, Library, Posts, Unreachable
from triage.settings import Settings

_MANY = 60
"""Entries from which on the archive is looked through once for all of them."""


class Done(NamedTuple):
    """What became of one post."""

    place: str
    """Its file."""
    imported: Imported | None = None
    refusal: str = ""
    """Why it was not imported: a sentence fit to show."""


class Read(NamedTuple):
    """One more post was read; what becomes of it is told later."""

    place: str


def import_posts(
    library: Library,
    archive: Archive,
    posts: Posts,
    settings: Settings,
    places: Sequence[str],
    now: datetime,
) -> Iterator[Read | Done]:
    """Bring posts into the library, each as one Step; one that is refused does not stop the others.

    Each is told of twice at most: when it was read, and what became of it. Raises NotSaved.
    """
    old: list[OldPost] = []
    for place in dict.fromkeys(places):
        try:
            old.append(read_post(posts, settings, place))
        except (Refused, Unreachable) as refusal:
            yield Done(place, refusal=str(refusal))
        else:
            yield Read(place)
    find = _finder(archive, sum(len(one.reading.haul.entries) for one in old))
    for one in sorted(old, key=lambda one: one.number):
        try:
            yield Done(one.place, bring_in(library, find, settings, one, now))
        except Refused as refusal:
            yield Done(one.place, refusal=str(refusal))


def _finder(archive: Archive, entries: int) -> Find:
    """Finds papers in the archive; for many it is known at once which of them no listing has."""
    if entries < _MANY:
        return archive.find
    listings = (archive.listing(day) for day in archive.days())
    listed = {row.id for listing in listings if listing is not None for row in listing.rows}

    def find(key: str) -> Paper | None:
        return archive.find(key) if key in listed else None

    return find
