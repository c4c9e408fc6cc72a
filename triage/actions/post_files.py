"""The files that a haul's post was written to: what they said then, whether a hand was at them since.

In the haul's document, by the file's whole path: `files` has the SHA-256 of what was written last, `exported`
what that said, part by part.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime
from enum import Enum

from triage import clean
from triage.digest import sha256
from triage.hand_edits.base import Base
from triage.haul import Haul, fill
from triage.ports import Library, Posts, Unreachable
from triage.settings import Settings
from triage.steps import HAULS, Change

_LONGEST_SLUG = 80
FILES = "files"
EXPORTED = "exported"


class Standing(Enum):
    """How a file stands to a haul."""

    FREE = "free"
    """Nothing is there."""
    OURS = "ours"
    """It is as we wrote it, here or in another place from which it was moved."""
    EDITED = "edited"
    """We wrote it, and a hand was at it since."""
    MOVED = "moved"
    """We did not write it, but a file that we wrote is gone: it may be that one, edited."""
    FOREIGN = "foreign"


def place_of(posts: Posts, settings: Settings, haul: Haul, at: datetime) -> str:
    """Where a haul's post goes: the config's path filled in, else DIR/posts/haul-{number}.md."""
    number, count = haul.number, len(haul.entries)
    template = settings.haul.path
    if template is None:
        return f"{posts.folder}/haul-{number}.md"
    return fill(template, number=number, count=count, date=at.date().isoformat(), slug=slug(haul.title))


def slug(title: str) -> str:
    """A title as a part of a file's name: lower case, letters and digits of ASCII, hyphens between."""
    words = "".join(char if char.isascii() and char.isalnum() else " " for char in title.casefold()).split()
    return "-".join(words)[:_LONGEST_SLUG].strip("-") or "haul"


def target(posts: Posts, place: str) -> str:
    """The whole path of the file that a place names. Raises Unreachable for one that names a folder."""
    if place.endswith("/") or place.rpartition("/")[2] in (".", ".."):
        raise Unreachable(f"{clean.name(place)} names a folder; name a file in it")
    return posts.whole(place)


def standing(library: Library, posts: Posts, key: str, target: str) -> Standing:
    """How the file in a place, a whole path, stands to a haul. Raises Unreachable."""
    there = posts.hash(target)
    ours = (library.haul(key) or {}).get(FILES) or {}
    if there is None:
        return Standing.FREE
    if there and there in ours.values():
        return Standing.OURS
    # A link or a folder has no hash: it is none of ours, whatever was in its place.
    if not there or target in ours:
        return Standing.EDITED if there else Standing.FOREIGN
    moved = any(_is_gone(posts, place) for place in places(library, key))
    return Standing.MOVED if moved else Standing.FOREIGN


def places(library: Library, key: str) -> Sequence[str]:
    """The whole paths that a haul's post was written to, the one that was added last first."""
    return list(reversed((library.haul(key) or {}).get(EXPORTED) or {}))


def edited(library: Library, posts: Posts, key: str) -> Sequence[str]:
    """The files of a haul's post that were edited since they were written."""
    return [place for place in places(library, key) if _is_edited(library, posts, key, place)]


def proposed(library: Library, posts: Posts, key: str) -> tuple[str, bool]:
    """Where a haul's post is, and whether it is there; empty when it was not exported.

    The file that was added last, of those that are there.
    """
    every = places(library, key)
    found = next((place for place in every if not _is_gone(posts, place)), None)
    return (found, True) if found is not None else (every[0] if every else "", False)


def base_of(library: Library, key: str, target: str) -> Base | None:
    """What a file said when it was written; of another, what the one written last said; None: unknown."""
    known = (library.haul(key) or {}).get(EXPORTED) or {}
    record = known.get(target) or next((known[place] for place in places(library, key)), None)
    return None if record is None else Base.from_record(record)


def written(
    library: Library, posts: Posts, key: str, target: str, data: bytes, base: Base | None
) -> Iterator[Change]:
    """The changes that note what a file holds now; files that are gone are forgotten.

    `base` is what it says, if it is a post.
    """
    haul = library.haul(key) or {}
    files, exported = haul.get(FILES) or {}, haul.get(EXPORTED) or {}
    said = base.as_record() if base is not None else None
    if files.get(target) != (now := sha256(data)):
        yield Change(HAULS, key, (FILES, target), files.get(target), now)
    if exported.get(target) != said:
        yield Change(HAULS, key, (EXPORTED, target), exported.get(target), said)
    for place in files:
        if place != target and _is_gone(posts, place):
            yield Change(HAULS, key, (FILES, place), files[place], None)
            if place in exported:
                yield Change(HAULS, key, (EXPORTED, place), exported[place], None)


def _is_edited(library: Library, posts: Posts, key: str, place: str) -> bool:
    try:
        return standing(library, posts, key, place) is Standing.EDITED
    except Unreachable:
        return False


def _is_gone(posts: Posts, place: str) -> bool:
    """Tell whether nothing is in a place; of what cannot be read nobody knows, until it is read."""
    try:
        return posts.hash(place) is None
    except Unreachable:
        return False
