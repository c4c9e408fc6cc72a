"""What is damaged in the archive: the ledger says so, and the next fetch brings it back, whole."""

import json
from collections.abc import Sequence
from contextlib import AbstractContextManager
from datetime import date
from pathlib import Path

import pytest

from triage.archive import files, open_archive
from triage.archive.listings import DiskArchive
from triage.ledger import Completeness, ListingState, Sections
from triage.paper import Kind, Paper
from triage.ports import ArchiveUnusable

DAY, LATER = date(2026, 11, 20), date(2026, 11, 23)
CL, LG = "cs.CL", "cs.LG"
DAMAGED = (Completeness.CUT_OFF, "Its file is damaged: some abstracts are missing.")
COMPLETE = (Completeness.COMPLETE, "")


def paper(number: int, version: int = 1) -> Paper:
    return Paper(
        f"2611.{number:05}",
        f"Title {number}",
        ("Ann Author",),
        f"Abstract {number}.",
        version,
        Kind.NEW,
        (CL,),
    )


def papers(*numbers: int) -> Sequence[Paper]:
    return [paper(number) for number in numbers]


def state(category: str, announced: int, how: Completeness = Completeness.COMPLETE) -> ListingState:
    return ListingState(category, how, DAY.isoformat(), Sections(announced), "list", polls=1)


def file_of(folder: Path, day: date = DAY) -> Path:
    return folder / "archive" / f"{day}.jsonl"


def flip(folder: Path, number: int, day: date = DAY) -> None:
    """Damage one record, and leave the file as long as it was."""
    path = file_of(folder, day)
    known = path.read_bytes()
    path.write_bytes(known.replace(f'"abstract":"Abstract {number}'.encode(), b'"abstract"#"Abstract 1', 1))
    assert path.read_bytes() != known


def said(archive: DiskArchive, category: str, day: date = DAY) -> tuple[Completeness, str]:
    """What the ledger says, which is what the file says too once it was written."""
    known = archive.states(category)[day]
    return known.completeness, known.sentence


def said_by_file(archive: DiskArchive, category: str) -> tuple[Completeness, str]:
    listing = archive.listing(DAY)
    assert listing is not None
    return listing.states[category].completeness, listing.states[category].sentence


def read(archive: DiskArchive, number: int) -> str | None:
    listing = archive.listing(DAY)
    assert listing is not None
    (row,) = [row for row in listing.rows if row.id == paper(number).id]
    try:
        return archive.paper(row).abstract
    except ArchiveUnusable:
        return None


@pytest.fixture
def two(tmp_path: Path) -> DiskArchive:
    """A day of two categories, with one paper in both."""
    archive = open_archive(tmp_path)
    archive.store(DAY, papers(1, 2), {CL: state(CL, 2)}, anew=True)
    archive.store(DAY, papers(2, 3), {LG: state(LG, 2)}, anew=True)
    assert (said(archive, CL), said(archive, LG)) == (COMPLETE, COMPLETE)
    return archive


def cut_short(folder: Path) -> None:
    path = file_of(folder)
    path.write_bytes(path.read_bytes()[:-300])


@pytest.mark.parametrize("is_seen", [True, False])
def test_what_one_category_does_not_bring_back_the_other_still_lacks(
    tmp_path: Path, two: DiskArchive, is_seen: bool
) -> None:
    cut_short(tmp_path)
    archive = open_archive(tmp_path)
    if is_seen:
        assert said(archive, LG) == DAMAGED
    archive.store(DAY, papers(1, 2), {CL: state(CL, 2)}, anew=True)
    aside = f"{file_of(tmp_path).name}.damaged-1"
    assert list(archive.notices) == [
        f"{file_of(tmp_path)} had 2 damaged abstracts; the damaged file is kept as {aside}."
    ]
    for opened in (archive, two, open_archive(tmp_path)):
        assert (said(opened, CL), said(opened, LG)) == (COMPLETE, DAMAGED)
        assert (said_by_file(opened, CL), said_by_file(opened, LG)) == (COMPLETE, DAMAGED)
        assert opened.states(LG)[DAY].polls == 0, "so that it is asked for again"
    archive.store(DAY, papers(2, 3), {LG: state(LG, 2)}, anew=True)
    for opened in (archive, two, open_archive(tmp_path)):
        assert (said(opened, CL), said(opened, LG)) == (COMPLETE, COMPLETE)
        assert [read(opened, number) for number in (1, 2, 3)] == [f"Abstract {at}." for at in (1, 2, 3)]


def test_a_damaged_abstract_that_nobody_opened_is_found_when_the_day_is_written(
    tmp_path: Path, two: DiskArchive
) -> None:
    flip(tmp_path, 3)
    two.store(DAY, papers(1, 2), {CL: state(CL, 2)}, anew=True)
    (tmp_path / "archive" / "ledger.json").unlink()
    for opened in (two, open_archive(tmp_path)):
        assert (said(opened, CL), said(opened, LG)) == (COMPLETE, DAMAGED)
        assert read(opened, 3) is None, "and no paper without an abstract"


def test_a_damaged_abstract_stays_lost_until_it_comes_and_its_file_is_kept_once(
    tmp_path: Path, two: DiskArchive
) -> None:
    flip(tmp_path, 3)
    for _ in range(3):
        two.store(DAY, papers(1), {})
        two.store(DAY, (), {LG: state(LG, 2)._replace(details=True)})
        assert said(two, LG) == DAMAGED, "though the details are there"
    assert len(list((tmp_path / "archive").glob("*.damaged-*"))) == 1
    two.store(DAY, [Paper(paper(3).id, "Title 3")], {})
    assert read(two, 3) is None, "a title alone is what was left of it"
    two.store(DAY, papers(2, 3), {LG: state(LG, 2)}, anew=True)
    assert (said(two, LG), read(two, 3)) == (COMPLETE, "Abstract 3.")
    assert not two.states(LG)[DAY].details, "they were lost too"


def test_the_first_page_of_two_does_not_stand_as_the_whole_listing(tmp_path: Path, two: DiskArchive) -> None:
    flip(tmp_path, 1)
    first = state(CL, 1, Completeness.CUT_OFF)._replace(page=2, sentence="Page 2 is still to come.")
    two.store(DAY, papers(1), {CL: first}, anew=True)
    known = two.states(CL)[DAY]
    assert (known.completeness, known.page, known.sentence) == (
        Completeness.CUT_OFF,
        2,
        "Page 2 is still to come.",
    )
    two.store(DAY, papers(2), {CL: state(CL, 2)})
    assert said(two, CL) == said_by_file(two, CL) == COMPLETE


def test_a_page_that_is_damaged_before_the_last_one_came_is_asked_for_again(tmp_path: Path) -> None:
    archive = open_archive(tmp_path)
    archive.store(DAY, papers(1), {CL: state(CL, 1, Completeness.CUT_OFF)._replace(page=2)}, anew=True)
    flip(tmp_path, 1)
    archive.store(DAY, papers(2), {CL: state(CL, 2)})
    assert said(archive, CL) == DAMAGED
    assert archive.states(CL)[DAY].page == 0


def test_an_abstract_that_cannot_be_read_is_owed_again_by_whom_it_was_announced(
    tmp_path: Path, two: DiskArchive
) -> None:
    flip(tmp_path, 3)
    archive = open_archive(tmp_path)
    assert (said(archive, CL), said(archive, LG)) == (COMPLETE, COMPLETE), "nobody looked yet"
    assert read(archive, 3) is None
    for opened in (archive, two, open_archive(tmp_path)):
        assert (said(opened, CL), said(opened, LG)) == (COMPLETE, DAMAGED)
    written = (tmp_path / "archive" / "ledger.json").stat().st_ino
    assert read(archive, 3) is None
    assert read(two, 3) is None
    assert (tmp_path / "archive" / "ledger.json").stat().st_ino == written, "it is said once"
    archive.store(DAY, papers(1, 2), {CL: state(CL, 2)}, anew=True)
    assert (said(archive, CL), said(archive, LG)) == (COMPLETE, DAMAGED), "the file said complete"
    archive.store(DAY, papers(2, 3), {LG: state(LG, 2)}, anew=True)
    for opened in (archive, two, open_archive(tmp_path)):
        assert (said(opened, LG), read(opened, 3)) == (COMPLETE, "Abstract 3.")


def test_an_abstract_in_both_is_owed_by_both(tmp_path: Path, two: DiskArchive) -> None:
    flip(tmp_path, 2)
    assert sum(text == "" for _, text in two.texts(DAY)) == 0
    assert (said(two, CL), said(two, LG)) == (DAMAGED, DAMAGED)


def test_what_another_process_brings_back_meanwhile_is_not_owed(
    tmp_path: Path, two: DiskArchive, monkeypatch: pytest.MonkeyPatch
) -> None:
    flip(tmp_path, 3)
    locked = files.locked

    def after_the_other(folder: Path) -> AbstractContextManager[None]:
        monkeypatch.undo()
        two.store(DAY, papers(2, 3), {LG: state(LG, 2)}, anew=True)
        return locked(folder)

    monkeypatch.setattr(files, "locked", after_the_other)
    archive = open_archive(tmp_path)
    assert read(archive, 3) is None, "it was damaged when it was looked for"
    assert (said(archive, LG), read(archive, 3)) == (COMPLETE, "Abstract 3.")


def test_damage_found_in_an_archive_that_is_only_read_changes_nothing(
    tmp_path: Path, two: DiskArchive
) -> None:
    flip(tmp_path, 3)
    before = {path.name: path.read_bytes() for path in (tmp_path / "archive").iterdir()}
    archive = open_archive(tmp_path, set_aside=False)
    assert read(archive, 3) is None
    assert archive.find(paper(3).id) is not None
    assert {path.name: path.read_bytes() for path in (tmp_path / "archive").iterdir()} == before
    assert said(two, LG) == COMPLETE


def test_a_disk_that_takes_nothing_still_shows_what_it_can(
    tmp_path: Path, two: DiskArchive, monkeypatch: pytest.MonkeyPatch
) -> None:
    flip(tmp_path, 3)

    def full(_path: Path, _content: bytes) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("triage.archive.files.replace_file", full)
    assert read(two, 3) is None
    assert said(two, LG) == DAMAGED


def test_a_paper_that_is_gone_from_a_file_takes_no_state_down(tmp_path: Path, two: DiskArchive) -> None:
    listing = two.listing(DAY)
    assert listing is not None
    file_of(tmp_path).unlink()
    with pytest.raises(ArchiveUnusable):
        two.paper(listing.rows[0])
    assert two.states(CL)[DAY].sentence == "Its file is gone."


def test_a_listing_with_other_than_the_announced_papers_is_not_complete(
    tmp_path: Path, two: DiskArchive
) -> None:
    path = file_of(tmp_path)
    head, _, rest = path.read_bytes().partition(b"\n")
    record = json.loads(head)
    record["members"][LG] = record["members"][LG][:1]
    path.write_bytes(json.dumps(record).encode() + b"\n" + rest)
    archive = open_archive(tmp_path)
    assert said(archive, CL) == COMPLETE
    assert said(archive, LG) == (Completeness.CUT_OFF, ""), "the ledger tells how many are here"
    archive.store(DAY, papers(2, 3), {LG: state(LG, 2)}, anew=True)
    assert said(archive, LG) == COMPLETE


def test_find_prefers_a_version_that_can_be_read(tmp_path: Path) -> None:
    archive = open_archive(tmp_path)
    archive.store(DAY, [paper(1)], {CL: state(CL, 1)})
    archive.store(LATER, [paper(1, version=2)], {CL: state(CL, 1)})
    flip(tmp_path, 1, LATER)
    found = archive.find(paper(1).id)
    assert found is not None
    assert (found.version, found.abstract, found.listed) == (1, "Abstract 1.", DAY.isoformat())
    assert not archive.notices
    assert said(archive, CL, LATER) == DAMAGED


def test_find_tells_what_the_row_tells_where_no_record_can_be_read(tmp_path: Path) -> None:
    archive = open_archive(tmp_path)
    archive.store(DAY, [paper(1)], {CL: state(CL, 1)})
    flip(tmp_path, 1)
    for _ in range(2):
        found = archive.find(paper(1).id)
        assert found == Paper(paper(1).id, "Title 1", version=1, kind=Kind.NEW, listed=DAY.isoformat())
    (notice,) = archive.notices
    assert paper(1).id in notice
    assert file_of(tmp_path).name in notice
    assert "Fetching again" in notice


@pytest.mark.parametrize("how", ["of others", "garbage", "nothing", "gone"])
def test_a_listing_replaced_while_open_is_never_taken_for_what_it_was(
    tmp_path: Path, two: DiskArchive, how: str
) -> None:
    listing = two.listing(DAY)
    assert listing is not None
    # As long as it was in every part, but of other papers.
    others = file_of(tmp_path).read_bytes().replace(b"2611.0000", b"2610.0000")
    path = file_of(tmp_path)
    path.unlink()
    if how != "gone":
        path.write_bytes({"of others": others, "garbage": b"{\n" * 900, "nothing": b""}[how])
    for row in listing.rows:
        with pytest.raises(ArchiveUnusable, match="Fetching again may bring it back"):
            two.paper(row)
    two.store(DAY, papers(1, 2), {CL: state(CL, 2)}, anew=True)
    two.store(DAY, papers(2, 3), {LG: state(LG, 2)}, anew=True)
    assert [read(two, number) for number in (1, 2, 3)] == ["Abstract 1.", "Abstract 2.", "Abstract 3."]
    assert said(two, LG) == COMPLETE
