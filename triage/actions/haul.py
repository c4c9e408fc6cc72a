"""The haul: the current one made of what is kept, the published ones as they froze; export, publish."""

from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import uuid4

from triage import clean, front_matter, own_parts, post
from triage.actions import post_files
from triage.actions.frozen_comments import comments_of, freezing
from triage.actions.making import first_exported, made_of
from triage.actions.numbering import MADE, current_number, next_number, of_number
from triage.actions.post_files import Standing
from triage.digest import sha256
from triage.hand_edits.base import Base
from triage.haul import Haul
from triage.ports import Library, NotSaved, Posts, Record, Unreachable
from triage.settings import Settings
from triage.steps import COMMENTS, CURRENT, HAULS, NEXT, NOTED, PAPERS, Change, Json, Step, change


class Refused(ValueError):
    """What was asked for cannot be done; the message is a sentence fit to show: what, why, what to do."""


class Foreign(Refused):
    """A file that we did not write is in the way; `overwrite` would replace it."""

    def __init__(self, what: str) -> None:
        super().__init__(f"{what}, or --overwrite it.")
        self.what = what
        """The sentence without its end, which says how one overwrites on the command line."""


class Edited(Foreign):
    """A file of ours was edited since it was written, and maybe moved: its edits can be read back."""

    def __init__(self, place: str, haul: str = "", *, moved: bool = False) -> None:
        """`haul` is the option that names the haul on the command line."""
        what = (
            "is not as the file of this haul was that is gone" if moved else "was edited since it was written"
        )
        self.edited = f"{clean.name(place.rpartition('/')[2])} {what}"
        """The sentence with the file's name alone, and without what one does on the command line."""
        command = f"triage export --read-back{' -o FILE' if moved else ''}{haul}"
        super().__init__(f"{clean.name(place)} {what}; take its edits over with `{command}`")
        self.place = place
        """The file's whole path."""


@dataclass(frozen=True, slots=True)
class Published:
    """What a publish did."""

    number: int
    place: str
    """The post's file, as a whole path."""
    entries: int


def current(library: Library, settings: Settings, now: datetime) -> Haul:
    """The haul being made, as a post would have it now."""
    known, number = library.haul(CURRENT) or {}, current_number(library)
    return made_of(known, library.in_haul(CURRENT), library.comments(CURRENT), number, settings, now)


def published(library: Library, key: str) -> Haul:
    """A published or imported haul by its id. Raises Refused when there is none."""
    document = library.haul(key)
    if document is None:
        raise Refused(f"No haul {key} is in the library.")
    return Haul.from_document(document, comments_of(library, key))


def key_of_number(library: Library, number: int) -> str:
    """The id of the haul published first with a number. Raises Refused when there is none."""
    found = of_number(library, number)
    if not found:
        raise Refused(f"There is no haul {number}; {_known(library)}.")
    return str(found[0]["id"])


def say_number(library: Library, number: int) -> Step | None:
    """Give the current haul its number; None when it has it. Raises Refused for one in use, and NotSaved."""
    refuse_used(library, number)
    changes = list(change(HAULS, CURRENT, library.haul(CURRENT), number=number))
    return library.record("number", changes) if changes else None


def post_of(library: Library, settings: Settings, now: datetime, *, key: str = CURRENT) -> bytes:
    """The post of a haul, as its file holds it; unstamped where nothing is saved. Raises as `stamped`."""
    if key == CURRENT and library.read_only:
        return encoded(current(library, settings, now))
    return encoded(stamped(library, settings, now, key=key))


def stamped(library: Library, settings: Settings, now: datetime, *, key: str = CURRENT) -> Haul:
    """A haul to be exported.

    The first export of the current haul sets its `published_at`, so that a second gives the same bytes.
    Raises NotSaved, and Refused when there is no such haul.
    """
    if key != CURRENT:
        return published(library, key)
    haul = current(library, settings, now)
    known = library.haul(CURRENT)
    if haul.entries or haul.comments:
        changes = list(change(HAULS, CURRENT, known, published_at=first_exported(known or {}, now)))
        if changes and settings.haul.front_matter.get("published_at") is None:
            library.record("export", changes)
    return haul


def export(
    library: Library,
    posts: Posts,
    data: bytes,
    place: str,
    *,
    key: str = CURRENT,
    overwrite: bool = False,
    base: Base | None = None,
) -> str:
    """Write what a haul was exported to into a file, and note that it is ours; the file's whole path.

    `base` is what it says, if it is a post. Raises Foreign for a file that we did not write, Edited for one
    that was edited since, unless `overwrite`; Unreachable; NotSaved, and then nothing was written.
    """
    target = post_files.target(posts, place)
    refuse_foreign(library, posts, key, target, data, overwrite=overwrite)
    if posts.hash(target) != sha256(data):
        coming = list(post_files.writing(library, posts, key, target, data, base))
        posts.write(target, data, lambda: _note(library, coming))
        _note_come(library, posts, key, target, data, base)
    else:
        _note(library, post_files.written(library, posts, key, target, data, base))
    return target


def export_post(
    library: Library,
    posts: Posts,
    settings: Settings,
    now: datetime,
    place: str,
    *,
    key: str = CURRENT,
    overwrite: bool = False,
) -> str:
    """Write the post of a haul into a file as `export` does; the file's whole path."""
    haul = stamped(library, settings, now, key=key)
    return export(library, posts, encoded(haul), place, key=key, overwrite=overwrite, base=Base.of(haul))


def publish(
    library: Library,
    posts: Posts,
    settings: Settings,
    now: datetime,
    *,
    number: int | None = None,
    at: datetime | None = None,
    place: str | None = None,
    overwrite: bool = False,
) -> Published:
    """Close the current haul: number it, stamp it with `at` (now by default), freeze it, write its post.

    One Step. The post's bytes are safe beside their place before the Step is made, and take their place
    after it. Raises Refused for an empty haul or a number in use, Foreign for a file that is not ours, and
    Unreachable or NotSaved.
    """
    known = dict(library.haul(CURRENT) or {})
    wanted = number or current_number(library)
    refuse_used(library, wanted)
    moment = at or now
    haul = _restamped(known, current(library, settings, now), settings, wanted, moment)
    # What another process or machine adds from here on is not in the post, and goes into the next haul.
    papers, comments = library.in_haul(CURRENT), library.comments(CURRENT)
    if not haul.entries and not haul.comments:
        raise Refused("Nothing to publish: the haul is empty; keep a paper or add a comment first.")
    data, base = encoded(haul), Base.of(haul)
    target = post_files.target(posts, place or post_files.place_of(posts, settings, haul, moment))
    refuse_foreign(library, posts, CURRENT, target, data, overwrite=overwrite)

    key = f"haul-{uuid4().hex[:12]}"
    closed: list[Step] = []

    def close() -> None:
        noted = library.record("export", post_files.writing(library, posts, CURRENT, target, data, base))
        made = Change(HAULS, key, (MADE,), None, [noted.lamport + 1, noted.machine])
        closing = _closing(library, haul, key, papers, comments)
        closed.append(library.record("publish", [*closing, made]))

    try:
        posts.write(target, data, close)
    except Unreachable as refusal:
        if not closed:
            raise
        raise Unreachable(
            f"haul {wanted} is published, but its post did not come to its place: {refusal}; "
            f"write it again with `triage export --haul {wanted} -o FILE`"
        ) from refusal
    _note_come(library, posts, key, target, data, base)
    return Published(wanted, target, len(haul.entries))


def _restamped(known: Record, haul: Haul, settings: Settings, number: int, at: datetime) -> Haul:
    made = front_matter.new(settings.haul, number, len(haul.entries), front_matter.stamp(at))
    front = own_parts.front(own_parts.items(known), made, publishing=True)
    return replace(haul, number=number, front=front)


def encoded(haul: Haul) -> bytes:
    """The post of a haul, as its file holds it."""
    return post.write(haul).encode("utf-8", "replace")


def _note(library: Library, changes: Iterable[Change]) -> None:
    """Note what is known of a haul's files: a Step of its own, which an undo of the publish leaves alone."""
    library.record("export", changes)


def _note_come(library: Library, posts: Posts, key: str, target: str, data: bytes, base: Base | None) -> None:
    """Note that what was to be written is in its place; without it the file is known too."""
    with suppress(NotSaved):
        _note(library, post_files.written(library, posts, key, target, data, base))


def refuse_foreign(
    library: Library, posts: Posts, key: str, target: str, data: bytes, *, overwrite: bool
) -> None:
    """Raise Foreign or Edited for a file in the way that we did not write, or that was edited since."""
    if overwrite or posts.hash(target) == sha256(data):
        return
    number = (library.haul(key) or {}).get("number") if key != CURRENT else None
    option = f" --haul {number}" if number else ""
    match post_files.standing(library, posts, key, target):
        case Standing.EDITED:
            raise Edited(target, option)
        case Standing.MOVED:
            raise Edited(target, option, moved=True)
        case Standing.FOREIGN:
            raise Foreign(
                f"{clean.name(target)} is there already and no file of this haul; name another file"
            )


def refuse_used(library: Library, number: int) -> None:
    """Raise Refused for a number that a published haul has."""
    if number in library.haul_numbers().values():
        raise Refused(
            f"Number {number} is in use by a published haul; the next free one is {next_number(library)}."
        )


def _closing(
    library: Library, haul: Haul, key: str, papers: Iterable[Record], comments: Sequence[Record]
) -> Iterable[Change]:
    """The changes of a publish: the haul's document, and where its papers, comments and what is held go."""
    yield from document_changes(key, haul)
    known = library.haul(CURRENT) or {}
    for name in NOTED:
        # Named even where there is nothing yet, for an undo takes along what is noted there since.
        yield Change(HAULS, key, (name,), None, known.get(name) or {})
    for record in papers:
        yield from change(PAPERS, record["id"], record, haul=key, note=None)
    yield from freezing(key, comments)
    for comment in comments:
        yield Change(COMMENTS, comment["id"], ("haul",), CURRENT, key)
    for record in library.in_haul(NEXT):
        yield Change(PAPERS, record["id"], ("haul",), NEXT, CURRENT)
    gone: dict[str, Json] = {name: None for name in known if name != "id"}
    held = {record["id"] for record in library.in_haul(NEXT)}
    gone["entries"] = own_parts.of_next(known, held) or None
    yield from change(HAULS, CURRENT, known, **gone)


def document_changes(key: str, haul: Haul) -> Iterable[Change]:
    """The changes that make a published haul's document; every entry is one, so that machines merge them."""
    document = haul.as_document(key)
    entries = document.pop("entries")
    yield from change(HAULS, key, None, **{name: value for name, value in document.items() if name != "id"})
    for entry, record in entries.items():
        yield Change(HAULS, key, ("entries", entry), None, record)


def _known(library: Library) -> str:
    runs: list[list[int]] = []
    for number in sorted({*library.haul_numbers().values()} - {0}):
        if not runs or number != runs[-1][-1] + 1:
            runs.append([])
        runs[-1].append(number)
    if not runs:
        return "none is published yet"
    said = [f"{run[0]}" if len(run) == 1 else f"{run[0]} to {run[-1]}" for run in runs]
    return f"the library holds {', '.join(said)}"
