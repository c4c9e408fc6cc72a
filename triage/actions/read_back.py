"""Read a post back that was edited by hand: its edits are looked at first, then taken over as one Step."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import uuid4

from triage import clean, post
from triage.actions import hand_changes, post_files
from triage.actions import haul as hauls
from triage.actions.haul import Refused
from triage.hand_edits import merging, reading
from triage.hand_edits.base import Base
from triage.hand_edits.edit import Edit, What, Where
from triage.hand_edits.entries import By
from triage.haul import Haul
from triage.paper import Verdict
from triage.ports import Archive, Library, Posts, Unreachable
from triage.post import Unread
from triage.settings import Settings
from triage.steps import CURRENT, NOTED, Change, Step

WHAT = "read back"
"""The Step's verb."""
_LONGEST = 80


class Gone(Refused):
    """The file that a haul was exported to is not where it was; one names its new place."""

    def __init__(self, place: str) -> None:
        self.gone = f"{clean.name(place.rpartition('/')[2])} is gone"
        """The sentence with the file's name alone, and without what one does on the command line."""
        super().__init__(f"{clean.name(place)} is gone; if you moved it, name its new place once: -o FILE.")
        self.place = place


@dataclass(frozen=True, slots=True)
class ReadBack:
    """What reading a file back would do."""

    key: str
    """The haul's id."""
    number: int | None
    place: str
    """The file's whole path."""
    edits: tuple[Edit, ...]
    """In the post's order; none when the file says what the library says."""
    unread: tuple[Unread, ...]
    """What could not be read, and stays as it stands in its place."""
    changes: tuple[Change, ...]
    """Those of the Step."""
    added: tuple[str, ...]
    """The papers that join the haul."""
    is_exact: bool
    """Whether an export would then give the file as it is; else the library has more to say than the file."""


def where(library: Library, posts: Posts, key: str = CURRENT) -> str:
    """The whole path of a haul's file: of several the last one that was edited.

    Raises Gone, Refused when the haul was not exported, Unreachable.
    """
    for place in post_files.edited(library, posts, key):
        return place
    place, is_there = post_files.proposed(library, posts, key)
    if not place:
        raise Refused("This haul was not exported yet, so there is no file of it to read back.")
    if not is_there:
        raise Gone(place)
    return place


def prepare(
    library: Library,
    archive: Archive,
    posts: Posts,
    settings: Settings,
    now: datetime,
    *,
    key: str = CURRENT,
    place: str | None = None,
) -> ReadBack:
    """Read a haul's file and tell what would change; nothing is changed.

    `place` is where the file is now, if not where it was written. Raises Refused for a post that cannot be
    read back, or would lose something; Gone; Unreachable.
    """
    target = posts.whole(place) if place is not None else where(library, posts, key)
    _refuse_anothers(library, key, target)
    if not (there := posts.hash(target)):
        what = (
            "there is no such file" if there is None else "it is a link, a folder or a device; name the file"
        )
        raise Unreachable(f"{clean.name(target)} cannot be read: {what}")
    data = posts.read(target)
    if post_files.is_as_written(library, key, data):
        return _unedited(library, posts, settings, now, key, target, data)
    name, text = clean.name(target), data.decode("utf-8", "replace")
    ours = _haul(library, settings, now, key)
    try:
        read = reading.reading(data, ours, settings.haul.title)
    except reading.Unreadable as fault:
        raise Refused(f"{name}, {fault} Nothing was changed.") from fault
    merged = merging.merged(
        post_files.base_of(library, key, target, data, Base.of(read.haul)),
        ours,
        read.haul,
        By(target.rpartition("/")[2], now.date().isoformat()),
        notes=_notes(library, ours, read.haul) if key == CURRENT else {},
        new_id=lambda: uuid4().hex[:12],
    )
    if key == CURRENT:
        changes = hand_changes.of_current(library, archive, settings, now, merged)
        after = hand_changes.current_after(library, settings, now, changes)
    else:
        changes = hand_changes.of_published(library, archive, settings, now, key, merged)
        after = hand_changes.published_after(library, key, changes)
    _refuse_what_would_not_stay(name, merged, after)
    noted = post_files.written(library, posts, key, target, data, Base.of(merged.there))
    told = (_with_what_stays(merged.edits, changes), read.unread, (*changes, *noted), merged.added)
    return ReadBack(key, after.number, target, *told, is_exact=post.write(after) == text)


def take_over(library: Library, read: ReadBack) -> Step:
    """Bring a file's edits into the library as one Step. Raises NotSaved."""
    bookkeeping = all(one.path[0] in NOTED for one in read.changes)
    return library.record("export" if bookkeeping else WHAT, read.changes)


def _unedited(
    library: Library, posts: Posts, settings: Settings, now: datetime, key: str, target: str, data: bytes
) -> ReadBack:
    """What a file has to say that is as it was written, if in another place."""
    after = _haul(library, settings, now, key)
    base = post_files.base_of(library, key, target, data)
    noted = post_files.written(library, posts, key, target, data, base)
    is_exact = post.write(after).encode("utf-8", "replace") == data
    return ReadBack(key, after.number, target, (), (), tuple(noted), (), is_exact)


def _haul(library: Library, settings: Settings, now: datetime, key: str) -> Haul:
    return hauls.current(library, settings, now) if key == CURRENT else hauls.published(library, key)


def _with_what_stays(edits: Sequence[Edit], changes: Sequence[Change]) -> tuple[Edit, ...]:
    """The edits, and of an entry that leaves whose paper is not skipped that this is so."""
    skipped = {one.key for one in changes if one.path == ("verdict",) and one.after == Verdict.SKIP}
    return tuple(
        replace(edit, remark="Its paper stays as it is: another haul has it.")
        if (edit.where, edit.what) == (Where.ENTRIES, What.REMOVED) and edit.key not in skipped
        else edit
        for edit in edits
    )


def _notes(library: Library, ours: Haul, theirs: Haul) -> dict[str, str]:
    """The notes on papers that only the file's haul has."""
    keys = [entry.key for entry in theirs.entries if ours.entry(entry.key) is None]
    return {key: str((library.paper(key) or {}).get("note") or "") for key in keys}


def _refuse_anothers(library: Library, key: str, target: str) -> None:
    """Raise Refused for a file that another haul was written to."""
    if post_files.is_file_of(library.haul(key), target):
        return
    if key != CURRENT and post_files.is_file_of(library.haul(CURRENT), target):
        raise Refused(f"{clean.name(target)} is the post of the current haul; leave --haul out.")
    for other in library.hauls():
        if other["id"] != key and post_files.is_file_of(other, target):
            number = other.get("number")
            raise Refused(
                f"{clean.name(target)} is the post of haul {number}; name that haul: --haul {number}."
            )


def _refuse_what_would_not_stay(name: str, merged: merging.Merged, after: Haul) -> None:
    """Raise Refused where an edit would not be in the next export as it is in the file."""
    since = merged.front.from_library
    wanted = [replace(one, front=tuple(item for item in one.front if item.key not in since))
              for one in (merged.haul, after)]  # fmt: skip
    mine, stands = (post.write(one).split("\n") for one in wanted)
    if mine == stands:
        return
    at = next((at for at, (one, other) in enumerate(zip(mine, stands, strict=False)) if one != other), 0)
    raise Refused(
        f"{name}: the edit of “{mine[at][:_LONGEST]}” would not stay as it is there. Nothing was changed."
    )
