"""The haul: the current one made of what is kept, the published ones as they froze; export, publish."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import uuid4

from triage import clean, front_matter, post, shown
from triage.actions.numbering import current_number, next_number
from triage.digest import sha256
from triage.haul import Comment, Entry, Haul, excerpt, fill, place_new
from triage.paper import Paper
from triage.ports import Library, Posts, Record
from triage.settings import Settings
from triage.steps import COMMENTS, CURRENT, HAULS, NEXT, PAPERS, Change, Json, Step, change

_LONGEST_SLUG = 80


class Refused(ValueError):
    """What was asked for cannot be done; the message is a sentence fit to show: what, why, what to do."""


class Foreign(Refused):
    """A file that we did not write, or that was edited since, is in the way; `overwrite` would replace it."""

    def __init__(self, what: str) -> None:
        super().__init__(f"{what}, or --overwrite it.")
        self.what = what
        """The sentence without its end, which says how one overwrites on the command line."""


@dataclass(frozen=True, slots=True)
class Published:
    """What a publish did."""

    number: int
    place: str
    """The post's file, as a whole path."""
    entries: int


def current(library: Library, settings: Settings, now: datetime) -> Haul:
    """The haul being made, as a post would have it now."""
    known = library.haul(CURRENT) or {}
    entries = place_new((), (_entry(record) for record in library.in_haul(CURRENT)))
    number = current_number(library)
    published_at = known.get("published_at") or front_matter.stamp(now)
    comments = (Comment(one["id"], one["text"]) for one in library.comments(CURRENT))
    front = front_matter.new(settings.haul, number, len(entries), published_at)
    return Haul(number, front, tuple(comments), entries)


def published(library: Library, key: str) -> Haul:
    """A published or imported haul by its id. Raises Refused when there is none."""
    document = library.haul(key)
    if document is None:
        raise Refused(f"No haul {key} is in the library.")
    return Haul.from_document(document, library.comments(key))


def key_of_number(library: Library, number: int) -> str:
    """The id of the published haul with a number. Raises Refused when there is none."""
    found = [haul["id"] for haul in library.hauls() if haul.get("number") == number]
    if not found:
        raise Refused(f"There is no haul {number}; {_known(library)}.")
    return str(found[-1])


def say_number(library: Library, number: int) -> Step | None:
    """Give the current haul its number; None when it has it. Raises Refused for one in use, and NotSaved."""
    _refuse_used(library, number)
    known = library.haul(CURRENT)
    return (
        library.record("number", changes)
        if (changes := list(change(HAULS, CURRENT, known, number=number)))
        else None
    )


def post_of(library: Library, settings: Settings, now: datetime, *, key: str = CURRENT) -> bytes:
    """The post of a haul, as its file holds it.

    The first export of the current haul sets its `published_at`, so that a second gives the same bytes.
    Raises NotSaved, and Refused when there is no such haul.
    """
    if key != CURRENT:
        return _encoded(published(library, key))
    haul = current(library, settings, now)
    known = library.haul(CURRENT)
    if haul.entries or haul.comments:
        stamped = list(change(HAULS, CURRENT, known, published_at=haul.published_at))
        if stamped and settings.haul.front_matter.get("published_at") is None:
            library.record("export", stamped)
    return _encoded(haul)


def export(
    library: Library, posts: Posts, data: bytes, place: str, *, key: str = CURRENT, overwrite: bool = False
) -> str:
    """Write what a haul was exported to into a file, and note that it is ours; the file's whole path.

    Raises Foreign for a file that we did not write or that was edited since, unless `overwrite`; Unreachable;
    NotSaved, and then nothing was written.
    """
    target = posts.whole(place)
    known = library.haul(key) or {}
    _refuse_foreign(posts, target, data, known.get("files") or {}, overwrite=overwrite)
    wrote = _wrote(library, key, target, data)
    if posts.hash(target) == _hash(data):
        wrote()
    else:
        posts.write(target, data, wrote)
    return target


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
    _refuse_used(library, wanted)
    moment = at or now
    haul = _restamped(current(library, settings, now), settings, wanted, moment)
    if not haul.entries and not haul.comments:
        raise Refused("Nothing to publish: the haul is empty; keep a paper or add a comment first.")
    data = _encoded(haul)
    target = posts.whole(place or place_of(posts, settings, haul, moment))
    _refuse_foreign(posts, target, data, known.get("files") or {}, overwrite=overwrite)
    wrote = _wrote(library, CURRENT, target, data)

    def close() -> None:
        wrote()
        library.record("publish", _closing(library, haul))

    posts.write(target, data, close)
    return Published(wanted, target, len(haul.entries))


def _entry(record: Record) -> Entry:
    paper = Paper.from_record(record)
    title = shown.title(paper) or paper.url
    return Entry(paper.id, paper.url, title, excerpt(shown.abstract(paper)), record.get("note") or "")


def _restamped(haul: Haul, settings: Settings, number: int, at: datetime) -> Haul:
    front = front_matter.new(settings.haul, number, len(haul.entries), front_matter.stamp(at))
    return replace(haul, number=number, front=front)


def _encoded(haul: Haul) -> bytes:
    return post.write(haul).encode("utf-8", "replace")


def _hash(data: bytes) -> str:
    return sha256(data)


def _wrote(library: Library, key: str, target: str, data: bytes) -> Callable[[], None]:
    """Notes that a file is ours: a Step of its own, which an undo of the publish leaves alone."""
    before = ((library.haul(key) or {}).get("files") or {}).get(target)

    def note() -> None:
        if before != _hash(data):
            library.record("export", [Change(HAULS, key, ("files", target), before, _hash(data))])

    return note


def _refuse_foreign(
    posts: Posts, target: str, data: bytes, ours: Mapping[str, str], *, overwrite: bool
) -> None:
    there = posts.hash(target)
    if overwrite or there is None or there == _hash(data):
        return
    if target not in ours:
        raise Foreign(f"{clean.name(target)} is there already and no file of this haul; name another file")
    if there != ours[target]:
        raise Foreign(f"{clean.name(target)} was edited since it was written; keep your edit elsewhere")


def _refuse_used(library: Library, number: int) -> None:
    if any(haul.get("number") == number for haul in library.hauls()):
        raise Refused(
            f"Number {number} is in use by a published haul; the next free one is {next_number(library)}."
        )


def _closing(library: Library, haul: Haul) -> Iterable[Change]:
    """The changes of a publish: the haul's document, and where its papers, comments and what is held go."""
    key = f"haul-{uuid4().hex[:12]}"
    yield from document_changes(key, haul)
    known = library.haul(CURRENT) or {}
    if known.get("files"):
        yield Change(HAULS, key, ("files",), None, known["files"])
    for record in library.in_haul(CURRENT):
        yield from change(PAPERS, record["id"], record, haul=key, note=None)
    for comment in library.comments(CURRENT):
        yield Change(COMMENTS, comment["id"], ("haul",), CURRENT, key)
    for record in library.in_haul(NEXT):
        yield Change(PAPERS, record["id"], ("haul",), NEXT, CURRENT)
    gone: dict[str, Json] = {name: None for name in known if name != "id"}
    yield from change(HAULS, CURRENT, known, **gone)


def document_changes(key: str, haul: Haul) -> Iterable[Change]:
    """The changes that make a published haul's document; every entry is one, so that machines merge them."""
    document = haul.as_document(key)
    entries = document.pop("entries")
    yield from change(HAULS, key, None, **{name: value for name, value in document.items() if name != "id"})
    for entry, record in entries.items():
        yield Change(HAULS, key, ("entries", entry), None, record)


def _known(library: Library) -> str:
    numbers = [haul["number"] for haul in library.hauls() if haul.get("number")]
    if not numbers:
        return "none is published yet"
    return (
        f"the library holds {numbers[0]}"
        if len(numbers) == 1
        else f"the library holds {numbers[0]} to {numbers[-1]}"
    )
