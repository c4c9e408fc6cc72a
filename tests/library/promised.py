"""What a process told of as saved, and what of it is there after it was killed or the power was cut."""

import json
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import takewhile
from pathlib import Path
from typing import Any
from zlib import crc32

from tests.library.killing import Tell
from tests.library.kinds import NOW, Desk, store_listing
from tests.library.made import seen
from triage.archive import open_archive
from triage.backup import Reason
from triage.desktop.posts import PostFiles
from triage.digest import sha256
from triage.library.backups import FolderBackups
from triage.library.library import JournaledLibrary
from triage.library.opening import open_library
from triage.library.tables import Tables
from triage.paper import Paper
from triage.steps import TABLES, Step, encode

STEP, POST, DRAFT, BACKUP, LISTING = "step", "post", "draft", "backup", "listing"
BEGUN = "begun"
"""Told before a post, a draft or a listing is written: from here on it may be the new one."""


def told(step: Step) -> str:
    """A saved Step as it is told of: its number and a checksum of its line."""
    return json.dumps([STEP, step.number, f"{crc32(encode(step)):08x}"])


class ToldPosts(PostFiles):
    """Posts of which each is told that is written."""

    def __init__(self, folder: Path, tell: Tell) -> None:
        super().__init__(folder)
        self._tell_it = tell

    def write(self, place: str, data: bytes, then: Callable[[], None] = lambda: None) -> None:
        """Put a file in its place."""
        line = [POST, Path(place).name, sha256(data)]
        self._tell_it(json.dumps([BEGUN, *line]))
        super().write(place, data, then)
        self._tell_it(json.dumps(line))


def desk(home: Path, seed: int, tell: Tell) -> Desk:
    """A desk that tells of whatever it saves."""
    posts = ToldPosts(home / "library" / "posts", tell)
    opened = Desk.at(home, random.Random(seed), posts)
    write = opened.library._write

    def written(make: Any) -> Step | None:
        step = write(make)
        if step is not None:
            tell(told(step))
        return step

    setattr(opened.library, "_write", written)  # noqa: B010  # mypy lets no method be assigned
    return opened


def save_draft(library: JournaledLibrary, key: str, text: str, tell: Tell) -> None:
    """Keep a draft, and tell of it."""
    tell(json.dumps([BEGUN, DRAFT, key, text]))
    library.save_draft(key, text)
    tell(json.dumps([DRAFT, key, text]))


def back_up(home: Path, tell: Tell) -> None:
    """Make a backup, and tell of it."""
    made = FolderBackups(home / "library", lambda: NOW).before(Reason.IMPORT)
    if made is not None:
        tell(json.dumps([BACKUP, made.name]))


def store(home: Path, papers: Sequence[Paper], tell: Tell) -> None:
    """Put a listing into the archive, and tell of it."""
    line = [LISTING, papers[0].listed, str(len(papers))]
    tell(json.dumps([BEGUN, *line]))
    store_listing(open_archive(home / "library"), papers)
    tell(json.dumps(line))


@dataclass
class Promised:
    """Everything that was told of as saved so far."""

    count: int = 0
    """The number of the last Step."""
    tables: Tables = field(default_factory=Tables)
    others: dict[tuple[str, str], str | None] = field(default_factory=dict)
    """The SHA-256 of every post, the text of every draft, how many papers each listing has."""
    acknowledged: int = 0
    """Steps that were told of."""
    extra: int = 0
    """Steps that were there though nobody was told of them."""

    def check(self, home: Path, lines: Sequence[str], *, all_of_it: bool = True) -> JournaledLibrary:
        """Open what is there and hold it against what was told of since the last time; that is promised then.

        Of what was not told of there is one Step more at most. All documents are compared, or only those
        that were changed. Fails with an AssertionError.
        """
        library = open_library(home / "library", state=home / "state-a")
        assert library.notices == (), library.notices
        assert not library.read_only
        events = [json.loads(line) for line in lines]
        new = self._check_steps(library, [json.dumps(event) for event in events if event[0] == STEP])
        for one in () if all_of_it else {change[:2] for step in new for change in step.changes}:
            assert library.tables.get(*one) == self.tables.get(*one)
        if all_of_it:
            assert seen(library) == {
                name: {one["id"]: one for one in self.tables.all(name)} for name in TABLES
            }
        self._check_others(home, library, events)
        self._check_files(home, events)
        assert not list((home / "library").rglob("*damaged*"))
        return library

    @staticmethod
    def _check_files(home: Path, events: Sequence[list[str]]) -> None:
        backups = FolderBackups(home / "library", lambda: NOW).list()
        assert list(backups.notices) == []
        last = [event[1] for event in events if event[0] == BACKUP][-1:]
        assert {*last} <= {one.name for one in backups.backups}
        archive = open_archive(home / "library")
        listings = [archive.listing(day) for day in archive.days()]
        assert all(listing is not None and listing.is_whole for listing in listings)
        assert list(archive.notices) == []

    def _check_steps(self, library: JournaledLibrary, lines: Sequence[str]) -> list[Step]:
        steps = list(takewhile(lambda step: step.number > self.count, library.history()))[::-1]
        assert [step.number for step in steps] == list(range(self.count + 1, self.count + 1 + len(steps)))
        new = [told(step) for step in steps]
        assert new[: len(lines)] == lines, "a saved Step is missing"
        assert len(new) <= len(lines) + 1
        for step in steps:
            self.tables.apply(step)
        self.count += len(steps)
        self.acknowledged += len(lines)
        self.extra += len(steps) - len(lines)
        return steps

    def _check_others(self, home: Path, library: JournaledLibrary, events: Sequence[list[str]]) -> None:
        possible: dict[tuple[str, str], list[str | None]] = {}
        for event in events:
            if event[0] == BEGUN:
                _, kind, name, value = event
                possible.setdefault((kind, name), [self.others.get((kind, name))]).append(value)
            elif event[0] in (POST, DRAFT, LISTING):
                possible[event[0], event[1]] = [event[2]]
        for (kind, name), values in possible.items():
            there = _there(home / "library", library, kind, name)
            assert there in values, f"the {kind} {name} is not as it was saved"
            self.others[kind, name] = there


def _there(data: Path, library: JournaledLibrary, kind: str, name: str) -> str | None:
    """What is there now of a post, a draft or a listing."""
    if kind == DRAFT:
        return library.draft(name)
    if kind == POST:
        return PostFiles(data / "posts").hash(str(data / "posts" / name))
    listing = open_archive(data).listing(date.fromisoformat(name))
    return str(len(listing.rows)) if listing is not None else None
