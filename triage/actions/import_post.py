"""Read a published post back: a haul with its number, comments, entries and notes."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TypeAlias

from triage import clean, post
from triage.actions import haul as hauls
from triage.actions.decide import keeping
from triage.actions.haul import Refused
from triage.digest import sha256
from triage.haul import Entry, Haul, is_web_link, key_of
from triage.paper import Paper
from triage.ports import Library, Posts
from triage.post import Reading, Unread
from triage.settings import Settings
from triage.steps import COMMENTS, CURRENT, NEXT, Change, change, stamp


@dataclass(frozen=True, slots=True)
class Imported:
    """What the import of a post did."""

    number: int
    entries: int
    comments: int
    unread: tuple[Unread, ...] = ()
    """What was kept as it stands because it could not be read."""
    known: bool = False
    """True when the library held this very post already: nothing was changed."""


@dataclass(frozen=True, slots=True)
class OldPost:
    """A published post that was read, and is not in the library yet."""

    place: str
    key: str
    """Its haul's id in the library: the same for the same bytes, on every machine."""
    number: int
    reading: Reading


Find: TypeAlias = Callable[[str], Paper | None]
"""Finds a paper in the archive by its id."""


def read_post(posts: Posts, settings: Settings, place: str) -> OldPost:
    """Read one post. Raises Refused for what is no post or has no number, Unreachable."""
    data = posts.read(place)
    name = clean.name(place)
    try:
        reading = post.read(data.decode("utf-8"), settings.haul.title)
    except UnicodeDecodeError as wrong:
        line = data.count(b"\n", 0, wrong.start) + 1
        raise Refused(
            f"{name}, line {line}: not UTF-8; save the post as UTF-8 and import it again."
        ) from None
    haul = reading.haul
    if not haul.entries and not haul.comments:
        raise Refused(f"{name} is no post of a haul: {_without_parts(reading)}.")
    if haul.number is None:
        raise Refused(
            f"{name} bears no number in its title {haul.title[:80]!r}; write one in and import it again."
        )
    return OldPost(place, f"import-{sha256(data)[:12]}", haul.number, reading)


def _without_parts(reading: Reading) -> str:
    """Why neither an entry nor a comment could be read in a file."""
    if reading.haul.verbatim.headless:
        return f"no line in it is exactly `{post.CONTENT}`, under which the cards stand"
    like = next((one.line for one in reading.unread if one.why == post.NO_FIRST_CARD), None)
    further = f"; line {like} looks like a card but has not its exact form" if like is not None else ""
    return f"no entry and no comment could be read in it{further}"


def bring_in(library: Library, find: Find, settings: Settings, old: OldPost, now: datetime) -> Imported:
    """Bring a post that was read into the library as one Step.

    Raises Refused for one that has the number of another haul, and NotSaved.
    """
    haul = old.reading.haul
    same = [known["id"] for known in library.hauls() if known.get("number") == old.number]
    if _holds(library, settings, same, old, now):
        return Imported(old.number, len(haul.entries), len(haul.comments), known=True)
    if same:
        raise Refused(
            f"{clean.name(old.place)} is haul {old.number}, but the library has another haul {old.number}; "
            f"edits of that one are taken over with `triage export --read-back --haul {old.number} -o FILE`."
        )
    library.record("import", _changes(library, find, old.key, haul, now))
    return Imported(old.number, len(haul.entries), len(haul.comments), old.reading.unread)


def _holds(library: Library, settings: Settings, same: Sequence[str], old: OldPost, now: datetime) -> bool:
    """Tell whether this very post is in the library: imported before, or published from it."""
    if old.key in same or not same:
        return bool(same)
    data = post.write(old.reading.haul).encode()
    return any(hauls.post_of(library, settings, now, key=one) == data for one in same)


def _changes(library: Library, find: Find, key: str, haul: Haul, now: datetime) -> Iterator[Change]:
    yield from hauls.document_changes(key, haul)
    for comment in haul.comment_documents(key):
        fields = {name: value for name, value in comment.items() if name != "id" and value is not False}
        yield from change(COMMENTS, comment["id"], None, **fields)
    for entry in haul.entries:
        yield from keeping_entry(library, find, key, haul, entry, now)


def keeping_entry(
    library: Library, find: Find, key: str, haul: Haul, entry: Entry, now: datetime
) -> Iterator[Change]:
    """The changes that keep the paper of an entry of a published haul, as of the day of that.

    None for a second card of one paper, for a card that leads nowhere, and where a later haul has the paper.
    """
    if entry.key != key_of(entry.link) or not is_web_link(entry.link):
        return
    at = _moment(haul.published_at) or now
    record = library.paper(entry.key) or {}
    place = _place(library, record.get("haul"), key, haul.number or 0)
    if record.get("haul") == place:
        return
    paper = find(entry.key)
    if paper is None or paper.is_bare:
        told = {"id": entry.key, "title": entry.title, "abstract": entry.excerpt}
        listed = paper.as_record() if paper is not None else {}
        paper = Paper.from_record(told | listed | dict(record))
    if (paper.listed or "") > stamp(at)[:10]:
        # It was announced after the post, and is still to be looked at.
        paper = replace(paper, kind=None, listed=None)
    yield from keeping(record, paper, at, place)


def _place(library: Library, now_in: str | None, key: str, number: int) -> str:
    """The haul a paper is in when a post with this number has it too: the latest one."""
    if now_in is None:
        return key
    if now_in in (CURRENT, NEXT):
        return now_in
    return now_in if ((library.haul(now_in) or {}).get("number") or 0) > number else key


def _moment(published_at: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(published_at)
        # YAML takes a time without a zone for UTC (https://yaml.org/type/timestamp.html).
        return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
    except (ValueError, OverflowError):
        return None
