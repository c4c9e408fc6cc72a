"""Open papers by listing day: remembered, learned, and counted as the ledger counts them."""

import tracemalloc
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from tests import ledgers
from tests.ledgers import CL, NOW, day, papers
from triage.actions import decide
from triage.ledger import Tally
from triage.library import open_library
from triage.ports import Archive, Library
from triage.settings import LEAVE_OUT, SHOW
from triage.tui.days import OpenDays
from triage.tui.listed_on import ListedOn

MONDAY = date(2026, 1, 5)


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    return ledgers.filled(tmp_path)


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    opened = open_library(tmp_path, state=tmp_path / "state")
    yield opened
    opened.close()


def test_a_day_is_counted_once_until_it_is_doubted(archive: Archive, library: Library) -> None:
    days = OpenDays(archive, library)
    assert days.counted(day(20)) is None
    while days.count_on():
        pass
    assert days.changes == len(archive.days())
    assert days.open(day(20)) == 10
    decide.skip(library, [papers(day(20), CL)[0]], NOW)
    assert days.open(day(20)) == 10, "nobody said that anything was decided"
    days.doubt(day(20))
    assert days.count_on()
    assert not days.count_on()
    assert days.open(day(20)) == 9


def test_the_days_that_are_looked_at_are_counted_first(archive: Archive, library: Library) -> None:
    days = OpenDays(archive, library)
    assert days.count_on([day(24), day(6)]), "the 24th has no listing"
    assert days.counted(day(6)) is not None
    assert days.counted(day(23)) is None
    assert days.count_on()
    assert days.counted(day(23)) is not None, "else the newest"


def test_what_is_learned_makes_the_rest_of_a_day_unknown(archive: Archive, library: Library) -> None:
    days = OpenDays(archive, library)
    while days.count_on():
        pass
    days.learn(day(20), 10)
    assert days.counted(day(20)) is not None, "nothing has changed"
    days.learn(day(20), 4)
    assert (days.open(day(20)), days.counted(day(20))) == (4, None)
    assert days.count_on()
    assert not days.count_on()


def test_what_is_left_out_is_not_open(archive: Archive, library: Library) -> None:
    days = OpenDays(archive, library, LEAVE_OUT)
    days.count_on([day(23)])
    counted = days.counted(day(23))
    assert counted is not None
    assert (days.open(day(23)), counted.papers) == (6, Tally(open=6, left_out=4))
    days.count_by(SHOW)
    days.count_on([day(23)])
    assert days.open(day(23)) == 10


def test_what_is_remembered_is_counted_anew(archive: Archive, library: Library) -> None:
    days = OpenDays(archive, library)
    days.recall({"2026-11-20": 3, "2026-11-21": 5, "2026-11-19": "many"})
    assert days.open(day(20)) == 3
    assert days.count_on([day(20)])
    assert days.open(day(20)) == 10
    assert days.to_remember() == {"2026-11-20": 10}


def test_a_decision_counts_on_the_other_days_of_the_paper(archive: Archive, library: Library) -> None:
    paper = papers(day(20), CL)[0]
    archive.store(day(19), [paper], {})
    days = OpenDays(archive, library)
    while days.count_on():
        pass
    before = days.open(day(19))
    decide.skip(library, [paper], NOW)
    days.decided([paper.id], day(20))
    assert days.count_on()
    assert not days.count_on(), "the day that is shown is counted by who shows it"
    assert days.open(day(19)) == before - 1


def test_a_year_of_listings_is_held_in_less_than_three_megabytes() -> None:
    listed = ListedOn()
    tracemalloc.start()
    for on in range(250):
        listed.add(MONDAY + timedelta(days=on), (f"26{on % 12:02d}.{on * 480 + at:05d}" for at in range(500)))
    size, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert size < 3_000_000
    assert set(listed.days(["2600.00490"])) == {MONDAY}
    assert not set(listed.days(["2611.99999x"]))


def test_what_is_noted_twice_is_listed_once() -> None:
    listed = ListedOn()
    listed.add(MONDAY, ["2611.00001"])
    listed.add(MONDAY, ["2611.00001", "2611.00002"])
    listed.add(MONDAY + timedelta(days=1), ["2611.00001"])
    assert list(listed.days(["2611.00001"])) == [MONDAY, MONDAY + timedelta(days=1)]
    assert list(listed.days(["2611.00002"])) == [MONDAY]


def test_the_days_of_the_archive_are_known_by_their_dates(archive: Archive, library: Library) -> None:
    days = OpenDays(archive, library)
    assert days.of("2026-11-20") == day(20)
    assert days.of("20261120") is days.of("2026-11-21") is days.of("yesterday") is None
    assert days.newest() == day(23)
