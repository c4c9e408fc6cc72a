"""Data folders to measure on, made by the real archive and library: so many papers, so many decisions."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from triage.actions import decide, haul, note
from triage.archive.listings import DiskArchive
from triage.desktop.posts import PostFiles
from triage.ledger import Completeness, ListingState, Sections
from triage.library import open_library
from triage.paper import Kind, Paper, Row
from triage.settings import Settings

TODAY = date(2026, 11, 20)
A_DAY = 200
"""Decisions in one finished day of the past."""
KEPT = 5
"""Keeps among them, where nothing else is said."""
_A_HAUL = 25
"""Finished days in one published haul."""
_TEX = 20
"""Of so many papers one has TeX in its title, as in arXiv's listings of computer science."""

_WORDS = (
    "we study how large models learn to reason about small worlds when data is scarce and labels are noisy "
)
_ABSTRACT = (_WORDS * 14).strip()
"""About 1,400 characters, as arXiv's abstracts have."""


@dataclass(frozen=True)
class World:
    """A data folder with what belongs to it."""

    data: Path
    home: Path

    @property
    def env(self) -> dict[str, str]:
        """The environment in which `triage` finds this world and nothing of the user's."""
        return environment(self.home)

    @property
    def argv(self) -> list[str]:
        """The full-screen app on this world."""
        return [sys.executable, "-m", "triage", "--data", str(self.data)]


def environment(home: Path) -> dict[str, str]:
    """An environment that keeps everything of the user's out."""
    folders = {"XDG_STATE_HOME": "state", "XDG_CONFIG_HOME": "config", "XDG_DATA_HOME": "data"}
    return {"HOME": str(home), **{name: str(home / folder) for name, folder in folders.items()}}


def make(home: Path, *, papers: int, decisions: int, kept: int = 0) -> World:
    """A world with one open listing day of so many papers, and so many decisions in the past.

    `kept` of these are keeps with a note, in published hauls; without it a few, in the current one.
    """
    world = World(home / "library", home)
    config = home / "config" / "triage" / "config.toml"
    config.parent.mkdir(parents=True)
    # Nothing listens there: what is measured asks no network, and is told so at once.
    nowhere = "http://127.0.0.1:9"
    config.write_text(
        f'categories = ["cs.CL"]\n[arxiv]\nrss = "{nowhere}/rss"\napi = "{nowhere}/api"\nsite = "{nowhere}"\n'
    )
    library(home, decisions, kept)
    listing = [paper(number) for number in range(papers)]
    state = ListingState(
        "cs.CL", Completeness.COMPLETE, TODAY.isoformat(), Sections(papers), "rss", details=True
    )
    DiskArchive(world.data / "archive").store(TODAY, listing, {"cs.CL": state})
    return world


def library(home: Path, decisions: int, kept: int = 0) -> Path:
    """A library of so many decisions, left as a clean exit leaves it; its folder. `kept` as in `make`."""
    folder = home / "library"
    posts = PostFiles(folder / "posts")
    with _nothing_synced():
        opened = open_library(folder, state=home / "state" / "triage")
        keeps = max(KEPT, kept * A_DAY // max(1, decisions))
        for at, start in enumerate(range(0, decisions, A_DAY), start=1):
            day = TODAY - timedelta(days=at)
            keys = [past(number) for number in range(start, min(start + A_DAY, decisions))]
            now = datetime(day.year, day.month, day.day, 8, tzinfo=UTC)
            papers = [
                Paper(key, f"Paper {key}, kept on {day}", ("A. Author",), _ABSTRACT, 1, Kind.NEW)
                for key in keys[:keeps]
            ]
            decide.keep(opened, papers, now)
            decide.finish(
                opened, [Row(key, "", Kind.NEW, listed=day.isoformat()) for key in keys[keeps:]], now
            )
            for one in papers if kept else ():
                note.write(opened, one, f"What I think of {one.id}: *more* of it.", now)
            if kept and at % _A_HAUL == 0:
                haul.publish(opened, posts, Settings(), now)
        opened.close()
    return folder


@contextmanager
def _nothing_synced() -> Iterator[None]:
    """No write waits for the disk: a library of years is made in seconds."""
    syncing = {name: getattr(os, name) for name in ("fsync", "fdatasync") if hasattr(os, name)}
    for name in syncing:
        setattr(os, name, lambda _fd: None)
    try:
        yield
    finally:
        for name, sync in syncing.items():
            setattr(os, name, sync)


def past(number: int) -> str:
    """The id of a paper decided on in the past."""
    return f"{10 + number // 1_000_000:02d}{1 + number // 100_000 % 10:02d}.{number % 100_000:05d}"


def paper(number: int) -> Paper:
    """An invented paper whose number stands in its title and in its abstract."""
    subject = r"the $\ell_{2}$ norm" if number % _TEX == 1 else "small worlds"
    return Paper(
        id=f"2611.{number:05d}" if number < 100_000 else f"2612.{number - 100_000:05d}",
        title=f"#{number:06d} An invented paper on models of {subject}",
        authors=("Ada Author", "Ben Writer", "Cleo Scribe"),
        abstract=f"Abstract {number:06d}: {_ABSTRACT}",
        version=1,
        kind=Kind.NEW,
        categories=("cs.CL", "cs.LG"),
        primary="cs.CL",
        listed=TODAY.isoformat(),
    )
