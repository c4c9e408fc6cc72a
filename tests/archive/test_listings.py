"""Listings on disk: merged, found again, and whole whatever happens to the files."""

import json
import multiprocessing
import os
import stat
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from triage.archive import day_file, open_archive
from triage.archive.listings import DiskArchive
from triage.ledger import Completeness, Listing, ListingState, Sections
from triage.listing_day import Calendar
from triage.owing import owed
from triage.paper import Kind, Paper
from triage.ports import ArchiveUnusable

DAY = date(2026, 11, 20)
LATER = date(2026, 11, 23)


def paper(number: int, kind: Kind = Kind.NEW, version: int | None = 1, title: str = "") -> Paper:
    return Paper(
        f"2611.{number:05}",
        title or f"Title {number}",
        ("Ann Author",),
        f"Abstract {number}.",
        version,
        kind,
        ("cs.CL",),
        primary="cs.CL",
    )


def state(
    category: str = "cs.CL", how: Completeness = Completeness.COMPLETE, day: date = DAY, announced: int = 2
) -> ListingState:
    fetched_at = "2026-11-20T06:00:00+00:00"
    return ListingState(category, how, day.isoformat(), Sections(announced), "rss", "", fetched_at)


def ids(archive: DiskArchive, day: date = DAY) -> list[str]:
    listing = archive.listing(day)
    return [row.id[-2:] for row in listing.rows] if listing else []


def test_nothing_is_made_before_something_is_stored(tmp_path: Path) -> None:
    archive = open_archive(tmp_path / "data")
    assert list(archive.days()) == []
    assert archive.listing(DAY) is None
    assert archive.find("2611.00001") is None
    assert archive.states("cs.CL") == {}
    assert list(archive.categories()) == []
    assert not (tmp_path / "data").exists()


def test_a_listing_comes_back_as_it_was(tmp_path: Path) -> None:
    papers = [paper(1, title="Ł–𝔽 \\alpha [/INST]"), paper(2, Kind.CROSS)]
    open_archive(tmp_path).store(DAY, papers, {"cs.CL": state()})
    archive = open_archive(tmp_path)
    listing = archive.listing(DAY)
    assert list(archive.days()) == [DAY]
    assert listing is not None
    assert listing.states == {"cs.CL": state()}
    assert [archive.paper(row) for row in listing.rows] == [
        replace(one, listed="2026-11-20") for one in papers
    ]


def test_a_row_shows_title_and_kind_without_the_abstract_being_read(tmp_path: Path) -> None:
    archive = open_archive(tmp_path)
    archive.store(DAY, [paper(1)], {})
    path = tmp_path / "archive" / "2026-11-20.jsonl"
    head = json.loads(path.read_bytes().splitlines()[0])
    assert head["rows"][0][:4] == ["2611.00001", 1, "new", "Title 1"]
    assert "Abstract" not in json.dumps(head)


def test_one_paper_of_several_categories_is_one_row_of_the_strongest_kind(tmp_path: Path) -> None:
    archive = open_archive(tmp_path)
    archive.store(DAY, [paper(1, Kind.CROSS), paper(2), paper(3, Kind.REPLACE_CROSS)], {"cs.CL": state()})
    archive.store(DAY, [paper(3, Kind.REPLACE), paper(1), paper(4)], {"cs.LG": state("cs.LG")})
    listing = archive.listing(DAY)
    assert listing is not None
    assert [(row.id[-1], row.kind) for row in listing.rows] == [
        ("2", Kind.NEW),
        ("1", Kind.NEW),
        ("4", Kind.NEW),
        ("3", Kind.REPLACE),
    ]
    assert set(listing.states) == {"cs.CL", "cs.LG"}


def test_sections_follow_each_other_and_replacements_stand_together(tmp_path: Path) -> None:
    archive = open_archive(tmp_path)
    kinds = [Kind.REPLACE_CROSS, Kind.NEW, Kind.REPLACE, Kind.CROSS, Kind.NEW, Kind.REPLACE_CROSS]
    archive.store(DAY, [paper(number, kind) for number, kind in enumerate(kinds)], {})
    assert ids(archive) == ["01", "04", "03", "00", "02", "05"]


def test_details_outlive_a_feed_that_lacks_them(tmp_path: Path) -> None:
    archive = open_archive(tmp_path)
    feed = replace(paper(1), authors=('K. L\\"aufer',))
    detailed = replace(
        feed, authors=("K. Läufer",), arxiv_comments="9 pages", published="2026-11-18T15:00:00+00:00"
    )
    for papers in ([feed], [detailed], [feed]):
        listing = archive.store(DAY, papers, {})
    kept = archive.paper(listing.rows[0])
    assert (kept.authors, kept.arxiv_comments) == (("K. Läufer",), "9 pages")
    assert kept.published == "2026-11-18T15:00:00+00:00"


def test_a_later_version_brings_its_own_text(tmp_path: Path) -> None:
    archive = open_archive(tmp_path)
    archive.store(DAY, [replace(paper(1, title="Old"), published="2026-11-18T15:00:00+00:00")], {})
    archive.store(DAY, [paper(1, Kind.REPLACE, version=2, title="New")], {})
    archive.store(DAY, [paper(1, version=1, title="Old")], {})
    found = archive.find("2611.00001")
    assert found is not None
    assert (found.title, found.version, found.kind) == ("New", 2, Kind.NEW)
    assert found.published == "2026-11-18T15:00:00+00:00"


def test_find_gives_the_latest_version_of_any_day(tmp_path: Path) -> None:
    archive = open_archive(tmp_path)
    archive.store(DAY, [paper(1), paper(2, version=3)], {})
    archive.store(LATER, [paper(1, Kind.REPLACE, version=2, title="Second"), paper(2, version=1)], {})
    first, second = archive.find("2611.00001"), archive.find("2611.00002")
    assert first is not None
    assert second is not None
    assert (first.title, first.listed) == ("Second", "2026-11-23")
    assert (second.version, second.listed) == (3, "2026-11-20")
    assert archive.find("2611.0000") is None


def test_old_ids_with_a_slash_are_found_and_never_make_a_path(tmp_path: Path) -> None:
    archive = open_archive(tmp_path)
    archive.store(DAY, [replace(paper(1), id="hep-th/9901001"), replace(paper(2), id="../../etc/passwd")], {})
    assert archive.find("hep-th/9901001") is not None
    assert sorted(path.name for path in tmp_path.iterdir()) == ["archive"]


def test_text_to_search_is_as_shown_and_as_received(tmp_path: Path) -> None:
    archive = open_archive(tmp_path)
    archive.store(DAY, [replace(paper(1, title="On $\\mathbb{F}_p$"), authors=("Ren\\'e Poincar\\'e",))], {})
    ((key, text),) = archive.texts(DAY)
    assert key == "2611.00001"
    for part in ("2611.00001", "\\mathbb{f}_p", "𝔽ₚ", "rené poincaré", "abstract 1."):
        assert part.casefold() in text


def test_a_listing_once_complete_stays_so(tmp_path: Path) -> None:
    archive = open_archive(tmp_path)
    archive.store(DAY, [paper(1)], {"cs.CL": state(how=Completeness.CUT_OFF)})
    archive.store(DAY, [paper(1)], {"cs.CL": state(announced=1)})
    listing = archive.store(DAY, [paper(1)], {"cs.CL": state(how=Completeness.STALE)})
    assert listing.states["cs.CL"].completeness is Completeness.COMPLETE
    assert open_archive(tmp_path).states("cs.CL")[DAY].completeness is Completeness.COMPLETE


def test_a_row_still_opens_after_another_process_rewrote_the_file(tmp_path: Path) -> None:
    archive = open_archive(tmp_path)
    listing = archive.store(DAY, [paper(1), paper(2)], {})
    open_archive(tmp_path).store(
        DAY, [paper(number, title="longer " * number) for number in range(3, 30)], {}
    )
    assert archive.paper(listing.rows[1]).abstract == "Abstract 2."
    assert len(ids(archive)) == 29


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\0" * 500,
        b"{}\n",
        b"[]\n",
        b"null\n",
        b"\xef\xbb\xbfnot json\n",
        b"<<<<<<< HEAD\n",
        b'{"form":2,"members":{},"day":"2020-01-01","length":0,"states":{},"rows":[]}\n',
        b'{"form":2,"members":{},"day":"2026-11-20","length":0,"states":{},"rows":[["a",1]]}\n',
        b'{"form":2,"members":{},"day":"2026-11-20","length":0,"states":{"x":{}},"rows":[]}\n',
        b'{"form":2,"members":{"x":[0]},"day":"2026-11-20","length":0,"states":{},"rows":[]}\n',
        b'{"form":1,"day":"2026-11-20","length":0,"states":{"x":{}},"rows":[]}\n',
        b"[" * 100_000 + b"\n",
        b'{"form":' + b"1" * 5000 + b"}\n",
    ],
)
def test_a_damaged_file_is_set_aside_named_and_fetched_anew(tmp_path: Path, content: bytes) -> None:
    archive = open_archive(tmp_path)
    archive.store(DAY, [paper(1)], {})
    archive.store(LATER, [paper(2)], {})
    path = tmp_path / "archive" / "2026-11-20.jsonl"
    path.write_bytes(content)
    again = open_archive(tmp_path)
    assert again.listing(DAY) is None
    assert "2026-11-20.jsonl" in again.notices[0]
    assert "damaged-1" in again.notices[0]
    assert path.with_name("2026-11-20.jsonl.damaged-1").read_bytes() == content
    assert list(again.days()) == [LATER]
    assert ids(again, LATER) == ["02"]
    again.store(DAY, [paper(1)], {})
    assert ids(again) == ["01"]


def test_every_truncation_costs_at_most_what_was_cut(tmp_path: Path) -> None:
    archive = open_archive(tmp_path)
    archive.store(DAY, [paper(number) for number in range(1, 6)], {"cs.CL": state()})
    path = tmp_path / "archive" / "2026-11-20.jsonl"
    whole = path.read_bytes()
    records = whole.splitlines()[1:]
    for end in range(0, len(whole), 23):
        path.write_bytes(whole[:end])
        again = open_archive(tmp_path)
        listing = again.listing(DAY)
        if listing is None:
            assert again.notices
            continue
        readable = 0
        for row in listing.rows:
            try:
                readable += again.paper(row).abstract.startswith("Abstract")
            except ArchiveUnusable as error:
                assert row.id in str(error)  # noqa: PT017 - some rows are readable, some are not
        assert readable == sum(line in records for line in whole[:end].splitlines()[1:])
        assert again.notices


def test_a_damaged_abstract_keeps_its_row_and_is_mended_by_the_next_fetch(tmp_path: Path) -> None:
    archive = open_archive(tmp_path)
    archive.store(DAY, [paper(1), paper(2)], {"cs.CL": state()})
    path = tmp_path / "archive" / "2026-11-20.jsonl"
    path.write_bytes(path.read_bytes().replace(b'"abstract":"Abstract 1', b'"abstract";"Abstract 1'))
    again = open_archive(tmp_path)
    listing = again.listing(DAY)
    assert listing is not None
    with pytest.raises(ArchiveUnusable, match=r"2611\.00001 cannot be read.*every decision is kept"):
        again.paper(listing.rows[0])
    assert again.paper(listing.rows[1]).abstract == "Abstract 2."
    mended = again.store(DAY, [paper(1)], {})
    assert [again.paper(row).abstract for row in mended.rows] == ["Abstract 1.", "Abstract 2."]
    assert path.with_name("2026-11-20.jsonl.damaged-1").exists()


def test_an_abstract_is_read_though_the_file_is_replaced_meanwhile(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive, other = open_archive(tmp_path), open_archive(tmp_path)
    shown = archive.store(DAY, [paper(1), paper(2)], {}).rows[1]
    decode_head = day_file.decode_head
    titles = iter(["Longer", "And longer", "And longer still", "And longest of all"])

    def replaced() -> None:
        monkeypatch.setattr(day_file, "decode_head", decode_head)
        other.store(DAY, [paper(1, title=next(titles))], {})
        monkeypatch.setattr(day_file, "decode_head", replacing)

    def replacing(head: bytes, day: date, size: int) -> Listing:
        replaced()
        return decode_head(head, day, size)

    replaced()
    assert archive.paper(shown).abstract == "Abstract 2."


def test_a_file_of_a_newer_version_is_left_alone(tmp_path: Path) -> None:
    archive = open_archive(tmp_path)
    archive.store(LATER, [paper(2)], {})
    path = tmp_path / "archive" / "2026-11-20.jsonl"
    newer = b'{"form":9,"day":"2026-11-20","magic":true}\n'
    path.write_bytes(newer)
    assert archive.listing(DAY) is None
    assert "newer triage" in archive.notices[0]
    with pytest.raises(ArchiveUnusable, match="left alone"):
        archive.store(DAY, [paper(1)], {})
    assert path.read_bytes() == newer


def test_foreign_files_are_passed_over(tmp_path: Path) -> None:
    archive = open_archive(tmp_path)
    archive.store(DAY, [paper(1)], {})
    for name in ("notes.txt", "2026-13-45.jsonl", "2026-11-20.jsonl.bak", "2026-11-20 (conflict).jsonl"):
        (tmp_path / "archive" / name).write_text("mine")
    assert list(open_archive(tmp_path).days()) == [DAY]
    assert (tmp_path / "archive" / "notes.txt").read_text() == "mine"


def test_what_a_killed_writer_left_behind_goes(tmp_path: Path) -> None:
    archive = open_archive(tmp_path)
    archive.store(DAY, [paper(1)], {})
    left = tmp_path / "archive" / ".writing-1-2026-11-20.jsonl"
    left.write_bytes(b"half")
    archive.store(DAY, [paper(2)], {})
    assert not left.exists()


def test_a_full_disk_changes_nothing_and_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    archive = open_archive(tmp_path)
    archive.store(DAY, [paper(1)], {})

    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(ArchiveUnusable, match="No space left on device"):
        archive.store(DAY, [paper(2)], {})
    monkeypatch.undo()
    assert ids(archive) == ["01"]
    assert sorted(path.name for path in (tmp_path / "archive").iterdir()) == [".lock", "2026-11-20.jsonl"]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    tmp_path.chmod(stat.S_IRUSR | stat.S_IXUSR)
    with pytest.raises(ArchiveUnusable, match="cannot be written"):
        open_archive(tmp_path).store(DAY, [paper(1)], {})


def test_a_file_in_the_folders_place_is_said(tmp_path: Path) -> None:
    (tmp_path / "archive").write_text("in the way")
    archive = open_archive(tmp_path)
    assert list(archive.days()) == []
    with pytest.raises(ArchiveUnusable, match="cannot be written"):
        archive.store(DAY, [paper(1)], {})


def _store(folder: Path, numbers: Sequence[int]) -> None:
    archive = open_archive(folder)
    for number in numbers:
        archive.store(DAY, [paper(number)], {f"cs.{number:02}": state(f"cs.{number:02}")})


def test_several_processes_write_one_day(tmp_path: Path) -> None:
    context = multiprocessing.get_context("fork")
    workers = [context.Process(target=_store, args=(tmp_path, range(start, 24, 3))) for start in range(3)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(60)
    archive = open_archive(tmp_path)
    assert sorted(ids(archive)) == [f"{number:02}" for number in range(24)]
    listing = archive.listing(DAY)
    assert listing is not None
    assert len(listing.states) == 24
    assert list(archive.categories()) == [f"cs.{number:02}" for number in range(24)]
    assert all(DAY in archive.states(f"cs.{number:02}") for number in range(24))


def test_no_child_inherits_the_lock(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[int] = []
    real_open = os.open

    def noting(path: str | Path, flags: int, mode: int = 0o777) -> int:
        opened.append(flags)
        return real_open(path, flags, mode)

    monkeypatch.setattr(os, "open", noting)
    open_archive(tmp_path).store(DAY, [paper(1)], {})
    assert opened
    assert all(flags & os.O_CLOEXEC for flags in opened)


def test_an_archive_that_is_only_read_keeps_its_damaged_files_where_they_are(tmp_path: Path) -> None:
    open_archive(tmp_path).store(DAY, [paper(1)], {"cs.CL": state()})
    folder = tmp_path / "archive"
    for damaged in (folder / f"{DAY}.jsonl", folder / "ledger.json"):
        damaged.write_bytes(b"{" + damaged.read_bytes())
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    archive = open_archive(tmp_path, set_aside=False)
    assert archive.listing(DAY) is None
    assert archive.states("cs.CL") == {}
    assert len(archive.notices) == 2
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


def test_a_kill_between_listing_and_index_loses_no_state(tmp_path: Path) -> None:
    """The listing's file is written first: an index that does not know of it reads it again."""
    archive = open_archive(tmp_path)
    archive.store(DAY, [paper(1)], {"cs.CL": state("cs.CL")})
    index = tmp_path / "archive" / "ledger.json"
    before = index.read_bytes()
    later = date(2026, 11, 23)
    archive.store(later, [paper(2)], {"cs.CL": state("cs.CL")})
    index.write_bytes(before)
    for opened in (archive, open_archive(tmp_path)):
        assert sorted(opened.states("cs.CL")) == [DAY, later]


def test_a_listing_that_is_gone_is_owed_again(tmp_path: Path) -> None:
    archive = open_archive(tmp_path)
    archive.store(DAY, [paper(1)], {"cs.CL": state("cs.CL")})
    rests = ListingState("cs.CL", Completeness.RESTS)
    archive.remember(date(2026, 11, 23), {"cs.CL": rests})
    (tmp_path / "archive" / "2026-11-20.jsonl").unlink()
    for opened in (archive, open_archive(tmp_path)):
        lost, rested = opened.states("cs.CL")[DAY], opened.states("cs.CL")[date(2026, 11, 23)]
        assert (lost.completeness, lost.sentence) == (Completeness.MISSING, "Its file is gone.")
        assert rested == rests
        assert owed(opened.states("cs.CL"), Calendar(), datetime(2026, 11, 20, 17, tzinfo=UTC)) == [DAY]


def test_the_stamp_is_another_when_anything_came(tmp_path: Path) -> None:
    archive, other = open_archive(tmp_path), open_archive(tmp_path)
    stamps = [archive.stamp()]
    other.store(DAY, [paper(1)], {"cs.CL": state("cs.CL")})
    stamps.append(archive.stamp())
    other.remember(date(2026, 11, 23), {"cs.CL": ListingState("cs.CL", Completeness.RESTS)})
    stamps.append(archive.stamp())
    other.store(DAY, [paper(2)], {})
    stamps.append(archive.stamp())
    assert len(set(stamps)) == 4
    assert archive.stamp() == stamps[-1]


def test_a_fetch_holds_its_claim_until_it_ends(tmp_path: Path) -> None:
    archive, other = open_archive(tmp_path), open_archive(tmp_path)
    assert not other.is_claimed()
    with archive.claim():
        assert other.is_claimed()
    assert not other.is_claimed()


def test_a_listing_that_comes_back_as_it_was_is_known_again(tmp_path: Path) -> None:
    archive = open_archive(tmp_path)
    archive.store(DAY, [paper(1)], {"cs.CL": state("cs.CL")})
    path, away = tmp_path / "archive" / "2026-11-20.jsonl", tmp_path / "away"
    path.rename(away)
    archive.remember(date(2026, 11, 23), {"cs.CL": ListingState("cs.CL", Completeness.RESTS)})
    away.rename(path)
    for opened in (archive, open_archive(tmp_path)):
        assert DAY in opened.states("cs.CL")


def test_a_listing_that_is_cut_short_is_owed_again(tmp_path: Path) -> None:
    archive = open_archive(tmp_path)
    archive.store(DAY, [paper(1), paper(2)], {"cs.CL": state("cs.CL")})
    path = tmp_path / "archive" / "2026-11-20.jsonl"
    path.write_bytes(path.read_bytes()[:-40])
    found = open_archive(tmp_path).states("cs.CL")[DAY]
    assert (found.completeness, found.sentence) == (
        Completeness.CUT_OFF,
        "Its file is damaged: some abstracts are missing.",
    )
    archive.store(DAY, [paper(1), paper(2)], {"cs.CL": state("cs.CL")}, anew=True)
    assert archive.states("cs.CL")[DAY].completeness is Completeness.COMPLETE


def test_an_index_of_a_newer_version_is_left_alone(tmp_path: Path) -> None:
    archive = open_archive(tmp_path)
    archive.store(DAY, [paper(1)], {"cs.CL": state("cs.CL")})
    index = tmp_path / "archive" / "ledger.json"
    newer = b'{"form": 99, "magic": true}\n'
    index.write_bytes(newer)
    again = open_archive(tmp_path)
    assert DAY in again.states("cs.CL"), "the listings tell it themselves"
    again.store(date(2026, 11, 23), [paper(2)], {"cs.CL": state("cs.CL")})
    assert sorted(again.states("cs.CL")) == [DAY, date(2026, 11, 23)]
    assert index.read_bytes() == newer
    (notice,) = again.notices
    assert f"{index} was written by a newer triage" in notice
