"""Mailings that a user kept: whole listings of their days, unless a whole one is here."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from tests.actions.test_fetch import NoClock
from triage.actions.asking import Asking
from triage.actions.mailing import take_in
from triage.actions.reports import CategoryDone
from triage.archive import open_archive
from triage.archive.listings import DiskArchive
from triage.ledger import Completeness, ListingState, Sections
from triage.listing_day import Calendar
from triage.network import Announced
from triage.owing import begins, owed
from triage.paper import Kind, Paper
from triage.settings import ArxivSettings
from triage.sources.feeds import ArxivFeeds
from triage.sources.http import Http

NAME = "math.NT"
NOW = datetime(2026, 11, 23, 17, tzinfo=UTC)
DAY = date(2026, 11, 17)


def papers(*numbers: int) -> tuple[Paper, ...]:
    return tuple(Paper(f"2611.{at:05}", f"Title {at}", ("A",), f"We count to {at}.", 1, Kind.NEW)
                 for at in numbers)  # fmt: skip


MAIL = Announced(NAME, "mail", DAY, papers(1, 2, 3), sections=Sections(3))
WITH_UNREAD = MAIL._replace(sections=Sections(4), unread=1)


@pytest.fixture
def archive(tmp_path: Path) -> DiskArchive:
    return open_archive(tmp_path)


def asking(archive: DiskArchive) -> Asking:
    return Asking(archive, ArxivFeeds(Http(NoClock()), ArxivSettings()), Calendar(), NOW)


def taken(archive: DiskArchive, mail: Announced = MAIL) -> CategoryDone:
    (done,) = take_in(asking(archive), [mail])
    assert isinstance(done, CategoryDone)
    return done


def state(how: Completeness, source: str, announced: int = 0, **fields: object) -> ListingState:
    plain = ListingState(NAME, how, DAY.isoformat(), Sections(announced), source)
    return plain._replace(**fields)  # type: ignore[arg-type]  # the fields of a state


def here(archive: DiskArchive) -> tuple[str, Sequence[int]]:
    """The source of the day's listing, and the papers of it."""
    listing = archive.listing(DAY)
    assert listing is not None
    ids = [int(listing.rows[at].id[5:]) for at in listing.members[NAME]]
    assert len(ids) == len(listing.rows), "and no others"
    return archive.states(NAME)[DAY].source, ids


def test_a_mailing_takes_the_place_of_a_reconstruction(archive: DiskArchive) -> None:
    archive.store(DAY, papers(1, 4), {NAME: state(Completeness.COMPLETE, "api", 2)})
    done = taken(archive)
    assert (done.state, done.papers, done.sentence) == (Completeness.COMPLETE, 3, "")
    assert here(archive) == ("mail", [1, 2, 3])


def test_a_mailing_that_lacks_a_paper_does_not(archive: DiskArchive) -> None:
    archive.store(DAY, papers(1, 4), {NAME: state(Completeness.COMPLETE, "api", 2)})
    assert not taken(archive, WITH_UNREAD).asked
    assert here(archive) == ("api", [1, 4])
    assert archive.states(NAME)[DAY].completeness is Completeness.COMPLETE


def test_a_mailing_has_the_word_on_a_day_that_arxiv_was_taken_to_rest_on(archive: DiskArchive) -> None:
    archive.remember(DAY, {NAME: state(Completeness.RESTS, "catchup")})
    assert taken(archive).state is Completeness.COMPLETE
    assert here(archive) == ("mail", [1, 2, 3])


def test_a_whole_listing_stays(archive: DiskArchive) -> None:
    archive.store(DAY, papers(1, 2, 3, 4), {NAME: state(Completeness.COMPLETE, "list", 4)})
    done = taken(archive)
    assert (done.state, done.papers, done.asked) == (Completeness.COMPLETE, 4, False)
    assert here(archive) == ("list", [1, 2, 3, 4])


def test_a_mailing_begins_no_ledger_where_the_day_alone_was_asked_for(archive: DiskArchive) -> None:
    archive.store(DAY, papers(1), {NAME: state(Completeness.CUT_OFF, "catchup", 3, unasked=True)})
    taken(archive)
    assert begins(archive.states(NAME)) is None


def test_a_ledger_that_began_with_a_part_of_the_listing_still_does(archive: DiskArchive) -> None:
    archive.store(DAY, papers(1), {NAME: state(Completeness.CUT_OFF, "rss", 3)})
    taken(archive)
    assert begins(archive.states(NAME)) == DAY
    assert DAY not in owed(archive.states(NAME), Calendar(), NOW)


def test_no_other_process_fetches_while_a_mailing_is_taken_in(archive: DiskArchive, tmp_path: Path) -> None:
    other = open_archive(tmp_path)
    reports = take_in(asking(archive), [MAIL, MAIL])
    next(reports)
    assert other.is_claimed()
    list(reports)
    assert not other.is_claimed()
