"""Every kind of Step, made by the actions that make it: what is killed, cut off, cut up and hit in the tests.

A new kind of Step belongs into KINDS (test_kinds.py says so), and is then in all of those tests at once.
"""

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

from tests.importing import import_post
from triage import keeping
from triage.actions import add, comment, decide, note, read_back
from triage.actions import haul as hauls
from triage.actions.follow import follow
from triage.actions.haul import Refused
from triage.actions.numbering import next_number
from triage.actions.restore import restore
from triage.archive import open_archive
from triage.archive.listings import DiskArchive
from triage.backup import Reason
from triage.desktop.posts import PostFiles
from triage.ledger import Completeness, ListingState, Sections
from triage.library.library import JournaledLibrary
from triage.library.opening import open_library
from triage.paper import Kind, Paper, Row
from triage.ports import Record
from triage.settings import Settings
from triage.steps import CURRENT

NOW = datetime(2026, 11, 20, 8, 30, tzinfo=UTC)
LISTED = NOW.date()
A_LISTING = 200
LONG = "A long note, and a naïve one. " * 100
SETTINGS = Settings()


def paper(number: int, version: int = 1) -> Paper:
    """An invented paper; its second version is announced a month later."""
    return Paper(
        f"2611.{number:05}",
        f"On the number {number}" if version == 1 else f"On the number {number}, again",
        ("Ada Example", "José Pérez"),
        f"We count to {number}. " * 8,
        version,
        Kind.NEW if version == 1 else Kind.REPLACE,
        ("math.NT",),
        listed=f"2026-{10 + version}-20",
    )


@dataclass
class Desk:
    """A library that is open, and all that the actions ask of the world; `chance` says on which paper."""

    data: Path
    library: JournaledLibrary
    posts: PostFiles
    chance: random.Random
    archive: DiskArchive
    numbers: Iterator[int] = field(default_factory=lambda: count(1))

    @classmethod
    def at(cls, home: Path, chance: random.Random, posts: PostFiles | None = None) -> "Desk":
        """Open the library below a folder."""
        data = home / "library"
        library = open_library(data, state=home / "state-a")
        return cls(data, library, posts or PostFiles(data / "posts"), chance, open_archive(data))

    @property
    def any(self) -> Paper:
        """Any paper of the listing."""
        return paper(self.chance.randrange(A_LISTING))

    def in_haul(self) -> Paper:
        """A paper of the current haul; one is kept for it if there is none."""
        kept = [one["id"] for one in self.library.in_haul(CURRENT) if one["id"].startswith("2611.")]
        if kept:
            return paper(int(self.chance.choice(kept)[5:]))
        decide.keep(self.library, [one := self.any], NOW)
        return one

    def comment(self) -> Record:
        """A comment of the current haul; one is written if there is none."""
        if not self.library.comments(CURRENT):
            comment.add(self.library, "Two comments are better than one.")
        return self.chance.choice(self.library.comments(CURRENT))

    def place(self, name: str) -> str:
        """The place of a post."""
        return f"{self.data / 'posts' / name}.md"


def store_listing(archive: DiskArchive, papers: Sequence[Paper]) -> None:
    """Put papers into the archive as the listing of the day that they bear."""
    day = datetime.fromisoformat(papers[0].listed or "").date()
    state = ListingState(
        "math.NT", Completeness.COMPLETE, day.isoformat(), Sections(len(papers)), "rss", details=True
    )
    archive.store(day, papers, {"math.NT": state})


def _skip(desk: Desk) -> None:
    one = desk.any
    if desk.library.verdict(one.id) == "skip":
        decide.reopen(desk.library, [one])
    else:
        decide.skip(desk.library, [one], NOW)


def _finish(desk: Desk) -> None:
    start = desk.chance.randrange(A_LISTING - 60)
    rows = [
        Row(one.id, one.title, Kind.NEW, 1, listed=one.listed or "")
        for one in map(paper, range(start, start + 60))
    ]
    if decide.finish(desk.library, rows, NOW) is None:
        decide.reopen(desk.library, rows[:30])


def _reopen(desk: Desk) -> None:
    one = desk.any
    if desk.library.verdict(one.id) is None:
        decide.skip(desk.library, [one], NOW)
    decide.reopen(desk.library, [one])


def _seen(desk: Desk) -> None:
    later = paper(int(desk.in_haul().id[5:]), 2)
    if decide.skip(desk.library, [later], NOW) is None:
        decide.reopen(desk.library, [later])


def _take_out(desk: Desk) -> None:
    decide.take_out(desk.library, [desk.in_haul()], NOW, skipped=desk.chance.random() < 0.5)


def _note(desk: Desk) -> None:
    one = desk.in_haul()
    long = len(note.note_on(desk.library, one)) > 100
    note.write(desk.library, one, f"Short, {next(desk.numbers)}." if long else LONG, NOW)


def _comment(desk: Desk) -> None:
    comment.add(desk.library, f"Comment {next(desk.numbers)}.")


def _edit_comment(desk: Desk) -> None:
    one = desk.comment()
    comment.edit(desk.library, one, f"{one['text']} And more, {next(desk.numbers)}.")


def _move_comment(desk: Desk) -> None:
    while len(desk.library.comments(CURRENT)) < 2:
        _comment(desk)
    comment.move(desk.library, desk.library.comments(CURRENT)[0], 1)


def _add(desk: Desk) -> None:
    number = next(desk.numbers)
    key = f"https://example.org/{number}" if number % 2 else f"2510.{desk.chance.randrange(10**5):05}"
    add.add(desk.library, desk.archive, [key], NOW, "Added with a note.")


def _details(desk: Desk) -> None:
    key = f"2509.{desk.chance.randrange(10**5):05}"
    add.add(desk.library, desk.archive, [key], NOW)
    add.fill_in(desk.library, replace(paper(1), id=key))


def _correct(desk: Desk) -> None:
    add.correct(desk.library, desk.in_haul().id, title=f"Corrected, {next(desk.numbers)}")


def _number(desk: Desk) -> None:
    hauls.say_number(desk.library, next_number(desk.library) + 1 + next(desk.numbers) % 2)


def _export(desk: Desk) -> None:
    desk.in_haul()
    hauls.export_post(desk.library, desk.posts, SETTINGS, NOW, desk.place("current"), overwrite=True)


def _publish(desk: Desk) -> None:
    desk.in_haul()
    number = next_number(desk.library)
    place = desk.place(f"haul-{number}")
    hauls.publish(desk.library, desk.posts, SETTINGS, NOW, number=number, place=place, overwrite=True)


def _note_in_haul(desk: Desk) -> None:
    written = [one for one in desk.library.hauls() if one.get("entries")]
    if not written:
        _publish(desk)
        written = list(desk.library.hauls())
    entries = written[-1]["entries"]
    key = min(entries)
    before = entries[key].get("note") or ""
    note.write_in_haul(desk.library, written[-1]["id"], key, f"Later, {next(desk.numbers)}.", over=before)


def _import(desk: Desk) -> None:
    number = next_number(desk.library)
    name = desk.place(f"old-{number}")
    keys = [desk.any.id, f"2401.{desk.chance.randrange(10**5):05}"]
    cards = "<hr/>\n\n".join(
        f'<blockquote>\n    <a href="https://arxiv.org/abs/{key}">\n    <h4>A title</h4>\n'
        "    <p>\nIt begins…\n"
        f"    </p>\n    </a>\n</blockquote>\n\nA note on {key}.\n\n"
        for key in keys
    )
    text = (
        f"---\ntitle: ML Arxiv Haul ~{number}\npublished_at: 2023-06-30T03:06:00.000Z\n---\n\n"
        f"## New Paper Content\n\n{cards}<br/>\n<br/>\n<br/>\n"
    )
    desk.posts.write(name, text.encode())
    import_post(desk.library, desk.archive, desk.posts, SETTINGS, name, NOW)


def _read_back(desk: Desk) -> None:
    key = desk.in_haul().id
    note.write(desk.library, paper(int(key[5:])), f"Read back, {next(desk.numbers)}.", NOW)
    _export(desk)
    place = desk.place("current")
    text = desk.posts.read(place).decode()
    desk.posts.write(place, text.replace("Read back,", "By hand,").encode())
    library, world = desk.library, (desk.archive, desk.posts, SETTINGS, NOW)
    read_back.take_over(library, read_back.prepare(library, *world, place=place))


def _follow(desk: Desk) -> None:
    one = desk.in_haul()
    store_listing(desk.archive, [paper(int(one.id[5:]), 2)])
    follow(desk.library, desk.archive)


def _restore(desk: Desk) -> None:
    backups = keeping.backups(desk.data, None, lambda: NOW)
    made = backups.before(Reason.IMPORT)
    assert made is not None
    _skip(desk)
    restore(desk.library, backups, keeping.places(desk.data, None, desk.archive), made.name)


def _by_tinydb(desk: Desk) -> None:
    desk.library.db.upsert(
        {"id": "by hand", "verdict": "skip", "title": f"{next(desk.numbers)}"},
        lambda document: document["id"] == "by hand",
    )


KINDS: dict[str, Callable[[Desk], object]] = {
    "keep": lambda desk: decide.keep(desk.library, [desk.any], NOW),
    "note": _note,
    "hold": lambda desk: decide.keep(desk.library, [desk.any], NOW, hold=True),
    "skip": _skip,
    "undo": lambda desk: desk.library.undo(),
    "redo": lambda desk: desk.library.redo(),
    "reopen": _reopen,
    "finish": _finish,
    "seen": _seen,
    "take out": _take_out,
    "comment": _comment,
    "edit comment": _edit_comment,
    "move comment": _move_comment,
    "remove comment": lambda desk: comment.remove(desk.library, desk.comment()),
    "add": _add,
    "details": _details,
    "correct": _correct,
    "number": _number,
    "export": _export,
    "publish": _publish,
    "note in haul": _note_in_haul,
    "import": _import,
    "read back": _read_back,
    "follow": _follow,
    "restore": _restore,
    "by TinyDB": _by_tinydb,
}
"""What a person does, by its name, in an order in which each can be done."""

_OFTEN = ("keep", "note", "skip", "undo", "redo", "reopen")


def act(desk: Desk) -> None:
    """Do one of the things a person does, a decision most of the time; what is refused is not done."""
    name = desk.chance.choice(_OFTEN if desk.chance.random() < 0.75 else list(KINDS))
    try:
        KINDS[name](desk)
    except Refused:
        return


def each(desk: Desk) -> None:
    """Do everything once."""
    store_listing(desk.archive, [paper(number) for number in range(A_LISTING)])
    for make in KINDS.values():
        make(desk)
