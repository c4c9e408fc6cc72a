"""A real library and a real archive in a folder of the test's own."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from tests.zones import machine_in
from triage.archive import open_archive
from triage.desktop.posts import PostFiles
from triage.ledger import Completeness, ListingState, Sections
from triage.library import open_library
from triage.paper import Kind, Paper
from triage.ports import Archive, Library

NOW = datetime(2026, 11, 20, 8, 30, tzinfo=UTC)
DAY = date(2026, 11, 20)


def paper(number: int, kind: Kind = Kind.NEW) -> Paper:
    """An invented paper of the listing day."""
    return Paper(
        id=f"2611.{number:05}",
        title=f"On the number {number}",
        authors=("Ada Example",),
        abstract=f"We count to {number}.",
        version=1,
        kind=kind,
        categories=("math.NT",),
        listed=DAY.isoformat(),
    )


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    opened = open_library(tmp_path / "data", state=tmp_path / "state")
    yield opened
    opened.close()


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    opened = open_archive(tmp_path / "data" / "archive")
    state = ListingState(
        "math.NT", Completeness.COMPLETE, DAY.isoformat(), sections=Sections(5), source="rss"
    )
    opened.store(DAY, [paper(number) for number in range(1, 6)], {"math.NT": state})
    return opened


@pytest.fixture
def posts(tmp_path: Path) -> PostFiles:
    return PostFiles(tmp_path / "posts")


@pytest.fixture
def berlin() -> Iterator[None]:
    """The machine stands in Berlin, and tells its times so."""
    with machine_in("Europe/Berlin"):
        yield
