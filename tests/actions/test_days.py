"""The ledger of an archive: every day told once, every paper decided, open or left out."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from tests.ledgers import CL, LATE, LG, NOW, day, filled, papers, put
from triage.actions import decide
from triage.actions.counting import count
from triage.actions.days import Ledger, counted_days
from triage.archive import open_archive
from triage.archive.listings import DiskArchive
from triage.ledger import Account, Completeness, Listing, Tally
from triage.library import open_library
from triage.listing_day import Calendar
from triage.paper import Kind
from triage.ports import Library
from triage.replacement import Mark
from triage.settings import LEAVE_OUT, ListingSettings, Settings

CALENDAR = Calendar()
SETTINGS = Settings(categories=(CL, LG))


@pytest.fixture
def archive(tmp_path: Path) -> DiskArchive:
    """Four weeks in every state."""
    return filled(tmp_path)


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    """A library without a decision."""
    opened = open_library(tmp_path, state=tmp_path / "state")
    yield opened
    opened.close()


def told(
    library: Library,
    archive: DiskArchive,
    settings: Settings = SETTINGS,
    now: datetime = NOW,
    since: date | None = None,
) -> dict[tuple[date, str], Account]:
    """Every line by its day and category."""
    found = counted_days(library, archive, CALENDAR, settings, now, since=since)
    return {(one.day, line.category): line for one in found for line in one.accounts}


def test_every_day_from_the_first_listing_to_the_next_one_is_told_newest_first(
    library: Library, archive: DiskArchive
) -> None:
    days = [one.day for one in counted_days(library, archive, CALENDAR, SETTINGS, NOW)]
    assert days == [*reversed(list(CALENDAR.days(day(2), day(24))))]
    lines = told(library, archive)
    assert (day(4), LG) not in lines, "its ledger begins on the 5th"
    assert (day(5), LG) in lines
    assert lines[day(24), CL].completeness is Completeness.NOT_OUT


def test_each_state_is_told_with_its_sentence(library: Library, archive: DiskArchive) -> None:
    lines = told(library, archive)
    assert lines[day(20), CL].completeness is Completeness.COMPLETE
    assert lines[day(9), LG].completeness is Completeness.CUT_OFF
    assert lines[day(17), LG].completeness is Completeness.MISSING
    assert lines[day(11), LG].completeness is Completeness.RESTS
    assert (lines[day(19), LG].completeness, lines[day(19), LG].sentence) == (Completeness.STALE, LATE)
    assert lines[day(12), CL].completeness is Completeness.FAILED
    assert lines[day(13), CL].is_reconstructed


def test_what_was_announced_is_decided_open_or_left_out(library: Library, archive: DiskArchive) -> None:
    decide.keep(library, [papers(day(20), CL)[0]], NOW)
    decide.skip(library, [papers(day(20), CL)[1]], NOW)
    leaving_out = SETTINGS._replace(listing=ListingSettings(LEAVE_OUT))
    lines = told(library, archive, leaving_out)
    assert lines[day(20), CL].tally == Tally(decided=2, open=2, left_out=2)
    assert lines[day(20), LG].tally == Tally(decided=1, open=3, left_out=2), "one paper, one verdict"
    whole = [line for line in lines.values() if line.completeness is Completeness.COMPLETE]
    assert whole
    assert all(line.announced == sum(line.tally) for line in whole)
    assert told(library, archive)[day(20), CL].tally == Tally(decided=2, open=4)


def test_a_cross_list_that_was_decided_counts_so_though_others_are_left_out(
    library: Library, archive: DiskArchive
) -> None:
    crossed = next(one for one in papers(day(20), CL) if one.kind is Kind.CROSS)
    decide.keep(library, [crossed], NOW)
    line = told(library, archive, SETTINGS._replace(listing=ListingSettings(LEAVE_OUT)))[day(20), CL]
    assert line.tally == Tally(decided=1, open=4, left_out=1)
    assert line.announced == sum(line.tally)


def test_a_listing_that_has_lost_papers_is_not_called_complete(
    library: Library, archive: DiskArchive
) -> None:
    put(archive, day(23), CL, announced=7)
    line = told(library, archive)[day(23), CL]
    assert (line.completeness, line.announced, line.tally.archived) == (Completeness.CUT_OFF, 7, 6)


def test_a_days_papers_are_counted_once_whatever_their_categories(
    library: Library, archive: DiskArchive
) -> None:
    [today] = [one for one in counted_days(library, archive, CALENDAR, SETTINGS, NOW) if one.day == day(20)]
    assert [line.tally.open for line in today.accounts] == [6, 6]
    assert today.papers == Tally(open=10), "two of them stand in both categories"
    only = counted_days(library, archive, CALENDAR, SETTINGS, NOW, categories=(LG,))
    assert {one.day: one.papers for one in only}[day(20)] == Tally(open=6)


def test_days_before_since_are_left_out(library: Library, archive: DiskArchive) -> None:
    assert {on for on, _ in told(library, archive, since=day(20))} == {day(20), day(23), day(24)}
    assert told(library, archive, since=day(25)) == {}


def test_a_new_user_owes_nothing(tmp_path: Path, library: Library) -> None:
    empty = open_archive(tmp_path / "empty")
    assert told(library, empty) == {}
    put(empty, day(20), CL, Completeness.FAILED, sentence="No network.")
    put(empty, day(23), CL)
    lines = told(library, empty, Settings(categories=(CL, LG)))
    assert min(on for on, _ in lines) >= day(20)
    assert {name for _, name in lines} == {CL}


def test_a_weekend_is_told_only_when_something_is_known_of_it(library: Library, archive: DiskArchive) -> None:
    assert not any(on.weekday() > 4 for on, _ in told(library, archive))
    put(archive, day(22), CL, Completeness.RESTS)
    assert told(library, archive)[day(22), CL].completeness is Completeness.RESTS


def test_a_category_that_is_not_followed_is_told_of_on_the_days_it_was_fetched_for(
    library: Library, archive: DiskArchive
) -> None:
    put(archive, date(2026, 10, 30), "math.CO")
    put(archive, day(20), "math.CO")
    lines = told(library, archive)
    assert [key for key in lines if key[1] == "math.CO"] == [
        (day(20), "math.CO"),
        (date(2026, 10, 30), "math.CO"),
    ]
    every = told(library, archive, Settings())
    assert (day(19), "math.CO") in every, "without categories in the config all are followed"


def test_days_before_the_ledger_begins_are_told_and_owe_none_between(
    library: Library, archive: DiskArchive
) -> None:
    put(archive, date(2019, 1, 9), CL, unasked=True)
    lines = told(library, archive)
    assert lines[date(2019, 1, 9), CL].tally.archived == 6
    assert min(on for on, _ in lines if on.year > 2019) == day(2)


def test_a_day_that_came_in_place_of_another_is_told_and_begins_nothing(
    tmp_path: Path, library: Library
) -> None:
    late = open_archive(tmp_path / "late")
    put(late, day(18), CL, unasked=True)
    put(late, day(20), CL)
    assert sorted(on for on, _ in told(library, late, Settings(categories=(CL,)))) == [
        day(18),
        day(20),
        day(23),
        day(24),
    ]


def test_no_listing_is_opened_twice_and_none_before_its_day_is_reached(
    library: Library, archive: DiskArchive, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[date] = []

    def listing(on: date, read: object = archive.listing) -> Listing | None:
        opened.append(on)
        return read(on)  # type: ignore[operator, no-any-return]  # the bound method

    monkeypatch.setattr(archive, "listing", listing)
    found = counted_days(library, archive, CALENDAR, SETTINGS, NOW)
    assert next(found).day == day(24)
    assert opened == [], "the next listing is not out"
    next(found)
    assert opened == [day(23)]
    list(found)
    assert opened == sorted(set(opened), reverse=True)
    assert len(opened) == len(archive.days())


def test_until_it_is_counted_a_day_is_what_arxiv_said_of_it(archive: DiskArchive) -> None:
    ledger = Ledger(archive, CALENDAR, SETTINGS, NOW)
    assert (ledger.days[0], ledger.days[-1]) == (day(2), day(24))
    presumed = ledger.day(day(20), None)
    assert presumed.papers is None
    assert {line.completeness for line in presumed.accounts} == {Completeness.COMPLETE}
    counted = count(archive.listing(day(20)), lambda _row: Mark.OPEN, lambda _key: None, "show")
    assert ledger.day(day(20), counted).papers == Tally(open=10)
    assert counted.by_category == {CL: Tally(open=6), LG: Tally(open=6)}


def test_the_listing_that_comes_next_is_in_the_ledger_at_a_weekend_too(
    library: Library, archive: DiskArchive
) -> None:
    thanksgiving = datetime(2026, 11, 26, 12, tzinfo=UTC)
    lines = told(library, archive, now=thanksgiving)
    assert lines[day(27), CL].completeness is Completeness.RESTS
    assert lines[day(30), CL].completeness is Completeness.NOT_OUT
    assert lines[day(26), CL].completeness is Completeness.MISSING


def test_what_was_said_while_the_clock_ran_ahead_is_not_told_yet(
    library: Library, archive: DiskArchive
) -> None:
    put(archive, date(2027, 10, 18), CL, Completeness.FAILED, sentence="No network.")
    assert max(on for on, _ in told(library, archive)) == day(24)
    put(archive, date(2026, 12, 1), LG)
    assert max(on for on, _ in told(library, archive)) == date(2026, 12, 1), "a listing that is here is told"
