"""Whose the papers of a listing day are, and what becomes of those that turn out to be nobody's."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest

from triage.archive import open_archive
from triage.archive.listings import DiskArchive
from triage.ledger import Completeness, ListingState, Sections
from triage.paper import Kind, Paper

DAY = date(2026, 11, 20)
CL, LG = "cs.CL", "cs.LG"


def papers(*numbers: int) -> Sequence[Paper]:
    return [Paper(f"2611.{at:05}", f"Title {at}", ("A",), f"Abstract {at}.", 1, Kind.NEW) for at in numbers]


def state(category: str, announced: int, how: Completeness = Completeness.COMPLETE) -> ListingState:
    return ListingState(category, how, DAY.isoformat(), Sections(announced), "list")


def ids(archive: DiskArchive) -> list[int]:
    listing = archive.listing(DAY)
    return [int(row.id[5:]) for row in listing.rows] if listing is not None else []


@pytest.fixture
def archive(tmp_path: Path) -> DiskArchive:
    """A feed that was cut off, and holds a paper that its listing page does not."""
    opened = open_archive(tmp_path)
    opened.store(DAY, papers(1, 2, 9), {CL: state(CL, 3, Completeness.CUT_OFF)})
    return opened


def test_what_only_a_cut_off_feed_had_goes_once_the_whole_listing_is_here(archive: DiskArchive) -> None:
    archive.store(DAY, papers(1, 2), {CL: state(CL, 3, Completeness.CUT_OFF)._replace(page=2)}, anew=True)
    assert ids(archive) == [1, 2, 9], "it may be on the page that is still to come"
    archive.store(DAY, papers(3), {CL: state(CL, 3)})
    assert ids(archive) == [1, 2, 3]
    assert archive.states(CL)[DAY].completeness is Completeness.COMPLETE


def test_it_stays_while_another_category_is_not_whole(archive: DiskArchive) -> None:
    archive.store(DAY, papers(4), {LG: state(LG, 2, Completeness.CUT_OFF)})
    archive.store(DAY, papers(1, 2), {CL: state(CL, 2)}, anew=True)
    assert ids(archive) == [1, 2, 9, 4]
    archive.store(DAY, papers(4, 9), {LG: state(LG, 2)}, anew=True)
    assert ids(archive) == [1, 2, 9, 4], "it was the other's"


def test_details_and_papers_without_a_state_take_nothing_away(archive: DiskArchive) -> None:
    archive.store(DAY, papers(1, 2), {CL: state(CL, 2)}, anew=True)
    archive.store(DAY, papers(5), {})
    assert ids(archive) == [1, 2, 5]


def test_a_category_that_is_whole_by_word_alone_takes_nothing_away(archive: DiskArchive) -> None:
    archive.store(DAY, papers(1), {CL: state(CL, 2)}, anew=True)
    assert archive.states(CL)[DAY].completeness is Completeness.CUT_OFF, "one of two came"
    assert ids(archive) == [1, 2, 9]
