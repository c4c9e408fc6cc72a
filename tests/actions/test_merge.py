"""Taking in another library with its archive, and what is told of it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from tests.actions.conftest import DAY, NOW, paper
from triage.actions import decide, note
from triage.actions.merge import Taken, merge
from triage.archive import open_archive
from triage.ledger import Completeness, ListingState, Sections
from triage.library import open_library
from triage.paper import Kind, Paper
from triage.ports import Archive, ArchiveUnusable, Library

BEFORE = date(2026, 11, 19)
COMPLETE = ListingState(
    "math.NT", Completeness.COMPLETE, DAY.isoformat(), Sections(5), "rss", fetched_at="2026-11-20T06"
)
Take = Callable[[], Taken]


@pytest.fixture
def there(tmp_path: Path) -> Path:
    """The folder of another machine's library."""
    return tmp_path / "there"


@pytest.fixture
def take(library: Library, tmp_path: Path, there: Path) -> Take:
    """Takes in what is there."""

    def taken() -> Taken:
        archive = open_archive(tmp_path / "data" / "archive")
        return merge(library, archive, open_archive(there, set_aside=False), str(there))

    open_library(there, state=there.with_name("state-there")).close()
    return taken


def theirs(there: Path) -> Library:
    return open_library(there, state=there.with_name("state-there"))


def stored(there: Path, papers: list[Paper], state: ListingState = COMPLETE, day: date = DAY) -> None:
    open_archive(there).store(day, papers, {state.category: state})


def ids(archive: Archive, day: date = DAY) -> list[str]:
    listing = archive.listing(day)
    return [row.id[-1] for row in listing.rows] if listing else []


def test_what_came_is_counted_by_machine_paper_and_note(library: Library, take: Take, there: Path) -> None:
    other = theirs(there)
    decide.keep(other, [paper(1), paper(2)], NOW)
    decide.skip(other, [paper(1)], NOW)
    note.write(other, paper(2), "A note.", NOW)
    note.write(other, paper(2), "A longer note.", NOW)
    assert take() == Taken({other.machine: 4}, papers=2, notes=1, days=0, notices=())
    assert take() == Taken({}, 0, 0, 0, ())
    assert library.verdict("2611.00001") == "skip"


def test_listing_days_that_are_not_here_come_whole_and_once(
    archive: Archive, take: Take, there: Path
) -> None:
    stored(there, [paper(7), paper(8)], day=BEFORE)
    assert take().days == 1
    assert ids(archive, BEFORE) == ["7", "8"]
    assert archive.paper(archive.listing(BEFORE).rows[0]).abstract == "We count to 7."  # type: ignore[union-attr]  # just seen
    assert take().days == 0


def test_of_a_day_that_is_here_what_is_more_comes(archive: Archive, take: Take, there: Path) -> None:
    stored(there, [paper(1, Kind.CROSS), paper(2)])
    assert take().days == 0
    corrected = replace(paper(3), version=2, title="Corrected")
    stored(there, [paper(6), corrected], COMPLETE._replace(category="math.CO"))
    assert take().days == 1
    listing = archive.listing(DAY)
    assert listing is not None
    assert ids(archive) == ["1", "2", "3", "4", "5", "6"]
    assert {row.title for row in listing.rows if row.id == corrected.id} == {"Corrected"}
    assert set(listing.states) == {"math.NT", "math.CO"}
    assert take().days == 0


def test_papers_of_several_categories_come_with_their_abstracts(
    archive: Archive, take: Take, there: Path
) -> None:
    stored(there, [paper(7), paper(8)], COMPLETE._replace(sections=Sections(2)), BEFORE)
    stored(there, [paper(8), paper(9)], COMPLETE._replace(category="math.CO", sections=Sections(2)), BEFORE)
    assert [take().days for _ in range(2)] == [1, 0]
    listing = archive.listing(BEFORE)
    assert listing is not None
    assert [archive.paper(row).abstract for row in listing.rows] == [
        f"We count to {number}." for number in (7, 8, 9)
    ]
    assert dict(listing.members) == {"math.NT": (0, 1), "math.CO": (1, 2)}


def test_nothing_comes_that_no_category_here_was_announced_with(
    archive: Archive, take: Take, there: Path
) -> None:
    stored(there, [paper(6)])
    open_archive(there).store(DAY, [paper(7)], {})
    assert take().days == 0
    assert ids(archive) == ["1", "2", "3", "4", "5"], "math.NT is whole here, and 7 is nobody's there"


def test_papers_of_no_category_come_while_they_may_be_of_one(
    archive: Archive, take: Take, there: Path
) -> None:
    stored(there, [paper(6)], COMPLETE._replace(category="math.CO"))
    open_archive(there).store(DAY, [paper(7)], {})
    assert [take().days for _ in range(2)] == [1, 0]
    assert ids(archive) == ["1", "2", "3", "4", "5", "6", "7"], "four more of math.CO are to come"


def test_a_whole_listing_there_takes_the_place_of_one_that_was_cut_off_here(
    archive: Archive, take: Take, there: Path
) -> None:
    cut_off = COMPLETE._replace(completeness=Completeness.CUT_OFF, sections=Sections(3))
    archive.store(BEFORE, [paper(6), paper(7), paper(9)], {"math.NT": cut_off})
    stored(there, [paper(6), paper(7), paper(8)], COMPLETE._replace(sections=Sections(3)), BEFORE)
    assert [take().days for _ in range(2)] == [1, 0]
    assert archive.states("math.NT")[BEFORE].completeness is Completeness.COMPLETE
    assert ids(archive, BEFORE) == ["6", "7", "8"]


def test_of_two_listings_that_were_cut_off_what_either_has_is_here_and_asked_for_anew(
    archive: Archive, take: Take, there: Path
) -> None:
    cut_off = COMPLETE._replace(completeness=Completeness.CUT_OFF, page=2)
    archive.store(BEFORE, [paper(6)], {"math.NT": cut_off})
    stored(there, [paper(7)], cut_off, BEFORE)
    assert [take().days for _ in range(2)] == [1, 0]
    assert ids(archive, BEFORE) == ["6", "7"]
    listing = archive.listing(BEFORE)
    assert listing is not None
    assert dict(listing.members) == {"math.NT": (0, 1)}
    assert archive.states("math.NT")[BEFORE].page == 0


@pytest.mark.parametrize("details", [True, False])
def test_a_listing_there_takes_the_place_of_a_reconstruction_here(
    archive: Archive, take: Take, there: Path, details: bool
) -> None:
    rebuilt = COMPLETE._replace(source="api", sections=Sections(2), details=details)
    archive.store(BEFORE, [paper(6), paper(9)], {"math.NT": rebuilt})
    stored(there, [paper(6), paper(7), paper(8)], COMPLETE._replace(sections=Sections(3)), BEFORE)
    assert [take().days for _ in range(2)] == [1, 0]
    known = archive.states("math.NT")[BEFORE]
    assert (known.source, known.completeness) == ("rss", Completeness.COMPLETE)
    assert ids(archive, BEFORE) == ["6", "7", "8"]


@pytest.mark.parametrize("details", [True, False])
def test_a_reconstruction_there_leaves_a_listing_here_as_it_is(
    archive: Archive, take: Take, there: Path, details: bool
) -> None:
    archive.store(
        BEFORE, [paper(6), paper(7), paper(8)], {"math.NT": COMPLETE._replace(sections=Sections(3))}
    )
    known = archive.states("math.NT")[BEFORE]
    rebuilt = COMPLETE._replace(source="api", sections=Sections(2), details=details)
    stored(there, [paper(6), paper(9)], rebuilt, BEFORE)
    assert take().days == 0
    assert archive.states("math.NT")[BEFORE] == known
    assert ids(archive, BEFORE) == ["6", "7", "8"]


def test_details_that_were_fetched_there_come(archive: Archive, take: Take, there: Path) -> None:
    detailed = [replace(paper(number), published="2026-11-18T00:00:00Z") for number in range(1, 6)]
    stored(there, detailed, COMPLETE._replace(details=True))
    assert take().days == 1
    found = archive.find("2611.00004")
    assert found is not None
    assert found.published == "2026-11-18T00:00:00Z"
    assert take().days == 0


def test_damage_there_is_named_and_left_as_it_is(archive: Archive, take: Take, there: Path) -> None:
    stored(there, [paper(7)], day=BEFORE)
    stored(there, [paper(8)], COMPLETE._replace(category="math.CO"))
    hurt, cut = there / "archive" / f"{BEFORE}.jsonl", there / "archive" / f"{DAY}.jsonl"
    hurt.write_bytes(b"{" + hurt.read_bytes())
    cut.write_bytes(cut.read_bytes()[:-30])
    before = {path: path.read_bytes() for path in (there / "archive").iterdir()}
    taken = take()
    assert taken.days == 1
    assert {path: path.read_bytes() for path in (there / "archive").iterdir()} == before
    assert f"{hurt} is damaged; that listing day is left out." in taken.notices
    assert any("1 abstract in the archive" in notice for notice in taken.notices)
    assert ids(archive)[-1] == "8"


def test_what_is_damaged_there_is_not_complete_here_and_comes_once_it_is_whole(
    archive: Archive, take: Take, there: Path
) -> None:
    whole = COMPLETE._replace(sections=Sections(2))
    stored(there, [paper(7), paper(8)], whole, BEFORE)
    path = there / "archive" / f"{BEFORE}.jsonl"
    intact = path.read_bytes()
    path.write_bytes(intact.replace(b'"abstract":"We count to 8', b'"abstract"#"We count to 8'))
    assert [take().days for _ in range(2)] == [1, 0]
    assert archive.states("math.NT")[BEFORE].sentence == "Its file is damaged: some abstracts are missing."
    path.write_bytes(intact)
    assert [take().days for _ in range(2)] == [1, 0]


def test_an_archive_that_takes_nothing_is_told_of_beside_what_came(
    take: Take, there: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    decide.keep(theirs(there), [paper(1)], NOW)
    stored(there, [paper(7)], day=BEFORE)

    def refused(*_given: object) -> None:
        raise ArchiveUnusable("The archive cannot be written.")

    monkeypatch.setattr("triage.archive.listings.DiskArchive.store", refused)
    taken = take()
    assert (taken.papers, taken.days, taken.not_stored) == (1, 0, "The archive cannot be written.")


def test_a_paper_that_one_category_no_longer_has_comes_whole_with_the_other(
    archive: Archive, take: Take, there: Path
) -> None:
    """Here it was put together from submissions, and the paper has been cross-listed since."""
    shared = replace(paper(7, Kind.CROSS), abstract="We count to 7.")
    reconstructed = COMPLETE._replace(source="api")
    archive.store(BEFORE, [paper(6), shared], {"math.NT": reconstructed})
    stored(there, [paper(6)], COMPLETE._replace(sections=Sections(1)), BEFORE)
    other = COMPLETE._replace(category="math.CO", sections=Sections(0, 1))
    stored(there, [shared], other, BEFORE)
    take()
    listing = archive.listing(BEFORE)
    assert listing is not None
    (row,) = [row for row in listing.rows if row.id == shared.id]
    assert (row.title, archive.paper(row).abstract) == (shared.title, "We count to 7.")
    assert [state.completeness for state in listing.states.values()] == [Completeness.COMPLETE] * 2


@pytest.mark.parametrize("here", ["api", "rss"])
def test_a_reconstruction_and_a_listing_that_was_cut_off_lose_nothing_to_each_other(
    archive: Archive, take: Take, there: Path, here: str
) -> None:
    cut_off = COMPLETE._replace(completeness=Completeness.CUT_OFF, sections=Sections(9))
    reconstructed = COMPLETE._replace(source="api", sections=Sections(2))
    ours, those = (reconstructed, cut_off) if here == "api" else (cut_off, reconstructed)
    archive.store(BEFORE, [paper(6), paper(7)], {"math.NT": ours})
    stored(there, [paper(7), paper(8)], those, BEFORE)
    take()
    assert sorted(ids(archive, BEFORE)) == ["6", "7", "8"]
    state = archive.states("math.NT")[BEFORE]
    assert (state.completeness, state.announced) == (Completeness.COMPLETE, 3)
    assert take().days == 0
