"""Damage in the archive: `check` says which line, `repair` keeps what it can, a fetch brings the rest."""

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from tests.check_ups import BEFORE, DAY, KEYS, damage, findings, made, mend, paper, store, sums
from triage.archive import open_archive
from triage.archive.pages import open_shelf
from triage.ledger import Completeness


def day_file(data: Path, day: date = DAY) -> Path:
    """The file of a listing day."""
    return data / "archive" / f"{day}.jsonl"


def hit(path: Path, old: bytes, new: bytes) -> None:
    """Damage a file in one place, and leave it as long as it was."""
    known = path.read_bytes()
    assert old in known
    assert len(old) == len(new)
    path.write_bytes(known.replace(old, new, 1))


def state(data: Path, day: date = DAY) -> Completeness:
    """What the ledger says of a day."""
    return open_archive(data).states("math.NT")[day].completeness


def abstracts(data: Path, day: date = DAY) -> dict[str, str]:
    """The abstracts of a day that can be read, by id."""
    archive = open_archive(data)
    listing = archive.listing(day)
    assert listing is not None
    found = (archive.find(row.id) for row in listing.rows)
    return {one.id: one.abstract for one in found if one is not None}


def test_a_letter_that_changed_is_found_and_the_paper_comes_again(quick_disk: Path) -> None:
    data = made(quick_disk)
    whole = abstracts(data)
    hit(day_file(data), b"to 5, and back", b"up 5, bnd back")
    before = sums(data)
    (found,) = damage(data)
    assert found.sentence == f"Line 3 of {day_file(data)} is damaged: the abstract of 2611.00005."
    assert (found.file, found.line) == (f"archive/{DAY}.jsonl", 3)
    assert sums(data) == before
    damaged = day_file(data).read_bytes()
    done = mend(data)
    assert "1 abstract could not be read" in done.mended[0].sentence
    assert Path(done.mended[0].kept).read_bytes() == damaged
    assert damage(data) == []
    assert state(data) is Completeness.CUT_OFF, "so that it is owed"
    assert abstracts(data) == whole | {"2611.00005": ""}
    store(data, DAY, range(4, 8))
    assert state(data) is Completeness.COMPLETE
    assert abstracts(data) == whole


def test_a_letter_that_changed_in_a_title_is_found_and_one_bit_of_it_turned_back(quick_disk: Path) -> None:
    data = made(quick_disk)
    known = day_file(data).read_bytes()
    hit(day_file(data), b'"On the na\xc3\xafve number 6"', b'"On the na\xc3\xafve numbes 6"')
    (found,) = damage(data)
    assert (found.kind, found.line) == ("head", 1)
    (mended,) = mend(data).mended
    assert mended.sentence == f"{day_file(data)} was one bit off, and is whole again."
    assert day_file(data).read_bytes() == known
    hit(day_file(data), b'"On the na\xc3\xafve number 6"', b'"On the na\xc3\xafve nimbus 6"')
    mend(data)
    assert damage(data) == []
    assert state(data) is Completeness.CUT_OFF, "so that it is owed"
    listing = open_archive(data).listing(DAY)
    assert listing is not None
    assert listing.rows[2].title == paper(6).title, "as its record has it"


def test_of_a_day_whose_first_line_is_gone_the_papers_stay(quick_disk: Path) -> None:
    data = made(quick_disk)
    whole = abstracts(data)
    head, *records = day_file(data).read_bytes().split(b"\n")
    day_file(data).write_bytes(b"\n".join([b"\0" * len(head), *records]))
    (found,) = damage(data)
    assert (found.kind, found.line) == ("head", 1)
    mend(data)
    assert damage(data) == []
    assert abstracts(data) == whole
    assert state(data) is Completeness.MISSING, "so that it is owed"
    assert state(data, BEFORE) is Completeness.COMPLETE
    store(data, DAY, range(4, 8))
    assert state(data) is Completeness.COMPLETE
    assert abstracts(data) == whole


def test_a_day_that_was_cut_short_keeps_the_titles_of_what_is_gone(quick_disk: Path) -> None:
    data = made(quick_disk)
    path = day_file(data)
    path.write_bytes(path.read_bytes()[:-400])
    assert {finding.kind for finding in damage(data)} == {"length", "record"}
    mend(data)
    assert damage(data) == []
    assert state(data) is Completeness.CUT_OFF
    assert sorted(abstracts(data)) == [paper(number).id for number in range(4, 8)]


@pytest.mark.parametrize(
    "hurt",
    [lambda whole: whole[: len(whole) // 2], lambda whole: whole.replace(b"arXiv rests.", b"arXiv tests.")],
)
def test_a_ledger_that_was_hit_is_made_anew_of_the_listing_days(
    quick_disk: Path, hurt: Callable[[bytes], bytes]
) -> None:
    data = made(quick_disk)
    path = data / "archive" / "ledger.json"
    damaged = hurt(path.read_bytes())
    path.write_bytes(damaged)
    assert [finding.file for finding in damage(data)] == ["archive/ledger.json"]
    (mended,) = mend(data).mended
    assert Path(mended.kept).read_bytes() == damaged
    assert damage(data) == []
    assert state(data) is state(data, BEFORE) is Completeness.COMPLETE


def test_a_kept_page_that_was_hit_is_set_aside(quick_disk: Path) -> None:
    data = made(quick_disk)
    (path,) = (data / "archive" / "pages").glob("*.html.gz")
    damaged = path.read_bytes()[:-9]
    path.write_bytes(damaged)
    (found,) = damage(data)
    assert found.file == f"archive/pages/{path.name}"
    (mended,) = mend(data).mended
    assert Path(mended.kept).read_bytes() == damaged
    assert damage(data) == []
    assert open_shelf(data).find(KEYS[0]) is None


def test_what_an_earlier_version_wrote_without_sums_is_whole(quick_disk: Path) -> None:
    data = made(quick_disk)
    for path in (*(data / "archive").glob("*.jsonl"), data / "archive" / "ledger.json"):
        text = path.read_text()
        head, newline, rest = text.partition("\n") if path.suffix == ".jsonl" else (text, "", "")
        record = json.loads(head)
        del record["sum"]
        record.pop("sums", None)
        indent = None if newline else 0
        path.write_text(
            json.dumps(record, separators=(",", ":") if newline else None, indent=indent) + newline + rest
        )
    assert findings(data) == []
    assert state(data) is Completeness.COMPLETE
    hit(day_file(data), b'"abstract":"We count to 5', b'"abstract"#"We count to 5')
    assert [finding.line for finding in damage(data)] == [3]


def test_what_a_newer_version_wrote_is_left_alone(quick_disk: Path) -> None:
    data = made(quick_disk)
    newer = b'{"form":9,"day":"2026-11-20","magic":true}\n'
    day_file(data).write_bytes(newer)
    (found,) = findings(data)
    assert found.kind == "newer"
    assert not found.is_damage
    hit(day_file(data, BEFORE), b"to 2, and back", b"up 2, bnd back")
    mend(data)
    assert day_file(data).read_bytes() == newer


def test_the_ends_of_lines_that_git_or_an_editor_changed_cost_no_abstract(quick_disk: Path) -> None:
    data = made(quick_disk)
    archive = data / "archive"
    before = {path: path.read_bytes() for path in archive.glob("*.json*")}
    for path, written in before.items():
        path.write_bytes(written.replace(b"\n", b"\r\n"))
    assert len(damage(data)) > len(before)
    told = [one.sentence for one in mend(data).mended]
    assert len(told) == len(before)
    assert all("had other ends of lines than were written, and is whole again." in one for one in told)
    assert damage(data) == []
    assert [path.read_bytes() for path in archive.glob("2026*.jsonl")] == [
        written for path, written in before.items() if path.suffix == ".jsonl"
    ]
    rests = open_archive(data).states("math.NT")[date(2026, 11, 26)]
    assert rests.completeness is Completeness.RESTS


def test_a_disk_without_links_is_repaired_like_any_other(
    quick_disk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = made(quick_disk)
    day = data / "archive" / f"{DAY}.jsonl"
    damaged = day.read_bytes()[:-40]
    day.write_bytes(damaged)
    (data / "archive" / "pages" / f"{KEYS[0]}.html.gz").write_bytes(b"no page")

    def refuse(*_: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr("os.link", refuse)
    kept = [Path(one.kept).read_bytes() for one in mend(data).mended]
    assert kept == [damaged, b"no page"]
    assert damage(data) == []
