"""The files that a haul's post was written to: what they said then, whether a hand was at them since.

In the haul's document, by the file's whole path: `files` has the SHA-256 of what was written last, `exported`
what that said, part by part. `writing` has the same of what is about to take its place there, and is gone as
soon as it has: a kill in between leaves both known, the file that is there still and the one that may be.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from enum import Enum
from typing import Any, NamedTuple, Self

from triage import clean
from triage.digest import sha256
from triage.export import folding
from triage.hand_edits.base import Base
from triage.haul import Haul, fill
from triage.ports import Library, Posts, Record, Unreachable
from triage.settings import Settings
from triage.steps import EXPORTED, FILES, HAULS, NOTED, WRITING, Change, Json

_LONGEST_SLUG = 80


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


class _Known(NamedTuple):
    """What a haul's document says of its files."""

    files: Mapping[str, str]
    exported: Mapping[str, Any]
    writing: Mapping[str, Mapping[str, Any]]
    """`hash` and `says` of what is to come, and `over`: the hash of what was there."""

    @classmethod
    def of(cls, haul: Record | None) -> Self:
        """What a document says."""
        return cls(*((haul or {}).get(name) or {} for name in NOTED))

    def has(self, place: str) -> bool:
        """Tell whether the haul was written to a place."""
        return place in self.files or place in self.writing

    def is_ours(self, there: str) -> bool:
        """Tell whether bytes with this hash are what was written, here or in another place."""
        return there in self.files.values() or any(there == one["hash"] for one in self.writing.values())

    def is_edited(self, place: str, there: str) -> bool:
        """Tell whether a file that is not ours as it is was ours once: none that we never came to replace."""
        return place in self.files or (place in self.writing and self.writing[place]["over"] != there)

    def records(self, place: str, there: str) -> list[Any]:
        """What the file in a place may have said when it was written, the likeliest first."""
        same = [one["says"] for one in self.writing.values() if one["hash"] == there]
        same += [self.exported.get(other) for other, one in self.files.items() if one == there]
        here = [self.writing[place]["says"] if place in self.writing else None, self.exported.get(place)]
        last = [*self.exported.values()][-1:]
        for found in (same, here, last):
            if known := [record for record in found if record is not None]:
                return known
        return []


def place_of(posts: Posts, settings: Settings, haul: Haul, at: datetime) -> str:
    """Where a haul's post goes: the config's path filled in, else DIR/posts/haul-{number}.md."""
    number, count = haul.number, len(haul.entries)
    template = settings.haul.path
    if template is None:
        return f"{posts.folder}/haul-{number}.md"
    return fill(template, number=number, count=count, date=at.date().isoformat(), slug=slug(haul.title))


def slug(title: str) -> str:
    """A post's title as a part of its file's name or its address; `haul` where nothing of it can be one."""
    return folding.slug(title, _LONGEST_SLUG) or "haul"


def target(posts: Posts, place: str) -> str:
    """The whole path of the file that a place names. Raises Unreachable for one that names a folder."""
    if place.endswith("/") or place.rpartition("/")[2] in (".", ".."):
        raise Unreachable(f"{clean.name(place)} names a folder; name a file in it")
    return posts.whole(place)


def standing(library: Library, posts: Posts, key: str, target: str) -> Standing:
    """How the file in a place, a whole path, stands to a haul. Raises Unreachable."""
    there = posts.hash(target)
    known = _Known.of(library.haul(key))
    if there is None:
        return Standing.FREE
    # A link or a folder has no hash: it is none of ours, whatever was in its place.
    if not there:
        return Standing.FOREIGN
    if known.is_ours(there):
        return Standing.OURS
    if known.is_edited(target, there):
        return Standing.EDITED
    moved = any(_is_gone(posts, place) for place in places(library, posts, key))
    return Standing.MOVED if moved else Standing.FOREIGN


def is_file_of(haul: Record | None, target: str) -> bool:
    """Tell whether a haul was written to a place, a whole path."""
    return _Known.of(haul).has(target)


def is_as_written(library: Library, key: str, data: bytes) -> bool:
    """Tell whether a file that holds these bytes is as a haul's post was written."""
    return _Known.of(library.haul(key)).is_ours(sha256(data))


def places(library: Library, posts: Posts, key: str) -> Sequence[str]:
    """The whole paths that a haul's post was written to, the one that was added last first."""
    known = _Known.of(library.haul(key))
    came = [place for place, one in known.writing.items() if one["says"] and _came(posts, place, one["over"])]
    return list(reversed(dict.fromkeys((*known.exported, *came))))


def edited(library: Library, posts: Posts, key: str) -> Sequence[str]:
    """The files of a haul's post that were edited since they were written."""
    return [place for place in places(library, posts, key) if _is_edited(library, posts, key, place)]


def proposed(library: Library, posts: Posts, key: str) -> tuple[str, bool]:
    """Where a haul's post is, and whether it is there; empty when it was not exported.

    The file that was added last, of those that are there.
    """
    every = places(library, posts, key)
    found = next((place for place in every if not _is_gone(posts, place)), None)
    return (found, True) if found is not None else (every[0] if every else "", False)


def base_of(library: Library, key: str, target: str, data: bytes, now: Base | None = None) -> Base | None:
    """What a file with these bytes said when it was written; of an unknown place, what the last one said.

    After a kill in the middle of an export it may be one of two: the one that is more like what it says
    `now`. None: unknown.
    """
    found = map(Base.from_record, _Known.of(library.haul(key)).records(target, sha256(data)))
    return max(found, key=now.alike if now is not None else lambda _: 0, default=None)


def writing(
    library: Library, posts: Posts, key: str, target: str, data: bytes, base: Base | None
) -> Iterator[Change]:
    """The changes that note what is about to take its place in a file; `base` is what it says, if a post."""
    known, there = _Known.of(library.haul(key)), posts.hash(target)
    before = known.writing.get(target)
    if before is not None and before["hash"] == there:
        # What was to come the last time has come.
        yield from _set(key, FILES, target, known.files, there)
        yield from _set(key, EXPORTED, target, known.exported, before["says"])
    says = base.as_record() if base is not None else None
    yield from _set(key, WRITING, target, known.writing, {"hash": sha256(data), "says": says, "over": there})


def written(
    library: Library, posts: Posts, key: str, target: str, data: bytes, base: Base | None
) -> Iterator[Change]:
    """The changes that note what a file holds now; files that are gone are forgotten.

    `base` is what it says, if it is a post.
    """
    known = _Known.of(library.haul(key))
    yield from _set(key, FILES, target, known.files, sha256(data))
    yield from _set(key, EXPORTED, target, known.exported, base.as_record() if base is not None else None)
    yield from _set(key, WRITING, target, known.writing, None)
    for place in dict.fromkeys((*known.files, *known.writing)):
        if place != target and _is_gone(posts, place):
            for name, values in zip(NOTED, known, strict=True):
                yield from _set(key, name, place, values, None)


def _set(key: str, name: str, place: str, before: Mapping[str, Any], after: Json) -> Iterator[Change]:
    if before.get(place) != after:
        yield Change(HAULS, key, (name, place), before.get(place), after)


def _is_edited(library: Library, posts: Posts, key: str, place: str) -> bool:
    try:
        return standing(library, posts, key, place) is Standing.EDITED
    except Unreachable:
        return False


def _came(posts: Posts, place: str, over: str | None) -> bool:
    """Tell whether a place has another file than before something was about to be written there."""
    try:
        return posts.hash(place) != over
    except Unreachable:
        return False


def _is_gone(posts: Posts, place: str) -> bool:
    """Tell whether nothing is in a place; of what cannot be read nobody knows, until it is read."""
    try:
        return posts.hash(place) is None
    except Unreachable:
        return False
