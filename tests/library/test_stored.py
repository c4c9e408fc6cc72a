"""library.json is read document by document: what is there is found, and what is damaged is not believed."""

import json
import random
from pathlib import Path

import pytest
from tinydb import TinyDB, where

from tests.library.earlier import to_schema_1
from tests.library.made import decide, finish, folded, note, opened, seen
from triage.library import blocks, snapshot, stored
from triage.library.opening import open_library
from triage.ports import NotSaved
from triage.steps import HAULS, PAPERS, Change

KEYS = [f"2611.{number:05}" for number in range(400)]


SIZE = 1 << 10


@pytest.fixture(autouse=True)
def _small_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Many blocks of few papers."""
    monkeypatch.setattr(blocks, "SIZE", SIZE)


def large(folder: Path) -> dict[str, dict[str, object]]:
    """A closed library of many blocks; what is in it."""
    library = opened(folder)
    finish(library, KEYS[::2])
    for key in KEYS[:120:6]:
        decide(library, key, "keep")
        note(library, key, f"On {key}: “naïve”. " * 10)
    library.record(
        "publish",
        [
            Change(HAULS, "h1", ("number",), None, 20),
            Change(HAULS, "h1", ("entries",), None, {KEYS[0]: {"title": "A"}, 'https://a.example/"': {}}),
        ],
    )
    library.close()
    return seen(library)


def blocks_of(folder: Path) -> list[list[object]]:
    """The blocks of the papers, as library.json tells of them."""
    meta = json.loads((folder / "library" / "library.json").read_bytes())["meta"]["1"]
    found: list[list[object]] = meta["blocks"][PAPERS]
    return found


@pytest.mark.parametrize("often", [2, 1000])
def test_every_document_is_found_and_none_that_is_not_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, often: int
) -> None:
    monkeypatch.setattr(stored, "_ASKED_OFTEN", often)
    before = large(tmp_path)
    assert len(blocks_of(tmp_path)) > 10
    library = opened(tmp_path)
    assert {key: library.paper(key) for key in KEYS if library.paper(key)} == before[PAPERS]
    assert [library.paper(key) for key in ("", "1", "2611.000001", "2611.00001", "9")] == [None] * 5
    assert seen(library) == before
    assert library.notices == ()


def test_what_was_not_read_costs_no_memory(tmp_path: Path) -> None:
    large(tmp_path)
    library = opened(tmp_path)
    library.paper(KEYS[100])
    assert library.tables.changed == {name: {} for name in library.tables.changed}


def test_hauls_are_found_by_number_and_by_paper_without_being_read(tmp_path: Path) -> None:
    large(tmp_path)
    library = opened(tmp_path)
    assert library.haul_numbers() == {"h1": 20}
    assert [haul["id"] for haul in library.hauls_of('https://a.example/"')] == ["h1"]
    assert library.hauls_of(KEYS[1]) == []
    assert len(library.in_haul("current")) == 20


def test_a_snapshot_after_changes_holds_them_and_leaves_other_blocks_as_they_are(tmp_path: Path) -> None:
    large(tmp_path)
    path = tmp_path / "library" / "library.json"
    old, old_blocks = path.read_bytes(), blocks_of(tmp_path)
    library = opened(tmp_path)
    decide(library, KEYS[201], "keep")
    decide(library, KEYS[200], None)
    decide(library, "0000.00000", "skip")
    decide(library, "9999.99999", "skip")
    library.close()
    after = seen(library)
    new, new_blocks = path.read_bytes(), blocks_of(tmp_path)
    same = {block[3] for block in old_blocks} & {block[3] for block in new_blocks}
    assert len(same) >= len(old_blocks) - 4
    assert len(new) - len(old) < 1_000
    again = opened(tmp_path)
    assert seen(again) == after == folded(again.history())
    with TinyDB(path) as stock:
        assert {one["id"]: dict(one) for one in stock} == after[PAPERS]


@pytest.mark.parametrize("seed", range(3))
def test_random_changes_and_snapshots_by_turns_make_what_the_steps_make(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    large(tmp_path)
    for _ in range(6):
        library = opened(tmp_path)
        for _ in range(20):
            match chance.randrange(4):
                case 0:
                    decide(library, chance.choice(KEYS), chance.choice(["keep", "skip", None]))
                case 1:
                    note(library, chance.choice(KEYS), "long " * chance.choice([0, 10, 900]) or None)
                case 2:
                    library.undo()
                case _:
                    library.snapshot()
        library.close()
        assert seen(library) == folded(library.history())
    sizes = [int(str(block[2])) for block in blocks_of(tmp_path)]
    assert sorted(sizes)[len(sizes) // 2] > SIZE // 4, "the blocks wear down"


def test_tinydb_finds_and_changes_what_lies_in_the_file(tmp_path: Path) -> None:
    large(tmp_path)
    library = opened(tmp_path)
    table = library.db.table(PAPERS)
    (found,) = table.search(where("id") == KEYS[300])
    assert table.get(doc_id=found.doc_id) == found
    assert len(table) == 200
    table.update({"verdict": "keep"}, doc_ids=[found.doc_id])
    table.insert({"id": "2612.00001", "verdict": "skip"})
    table.remove(where("id") == KEYS[302])
    assert (library.paper(KEYS[300]) or {})["verdict"] == "keep"
    assert library.paper(KEYS[302]) is None
    assert len(table) == 200
    assert table.get(doc_id=found.doc_id)["verdict"] == "keep"  # type: ignore[index]  # one document


def damage_block(folder: Path, number: int) -> None:
    """Change one byte in a block."""
    path = folder / "library" / "library.json"
    offset = int(str(blocks_of(folder)[number][1]))
    data = bytearray(path.read_bytes())
    data[offset + 20] ^= 1
    path.write_bytes(data)


@pytest.fixture
def read_late(monkeypatch: pytest.MonkeyPatch) -> None:
    """As with a large file: a part of it is looked at when it is read, and not when it is opened."""
    monkeypatch.setattr(snapshot, "_AT_ONCE", 0)


@pytest.mark.usefixtures("read_late")
def test_damage_found_late_is_mended_from_the_journals_and_told(tmp_path: Path) -> None:
    before = large(tmp_path)
    damage_block(tmp_path, 3)
    library = opened(tmp_path)
    assert not library.notices
    first = str(blocks_of(tmp_path)[3][0])
    assert library.paper(first) == before[PAPERS][first]
    (notice,) = library.notices
    assert "library.json was changed by another program; the library is rebuilt from the journals" in notice
    assert seen(library) == before
    library.close()
    again = opened(tmp_path)
    assert (seen(again), again.notices) == (before, ())


@pytest.mark.usefixtures("read_late")
@pytest.mark.parametrize("act", ["decide", "finish", "undo", "snapshot", "all"])
def test_damage_met_by_any_act_changes_nothing_of_what_it_does(tmp_path: Path, act: str) -> None:
    large(tmp_path)
    for number in range(len(blocks_of(tmp_path))):
        damage_block(tmp_path, number)
    library = opened(tmp_path)
    match act:
        case "decide":
            decide(library, KEYS[7], "keep")
        case "finish":
            finish(library, KEYS[1::2])
        case "undo":
            library.undo()
        case "snapshot":
            decide(library, "9999.99999", "keep")
            library.snapshot()
        case _:
            assert len(list(library.papers())) == 200
    assert seen(library) == folded(library.history())
    assert len(library.notices) == 1


@pytest.mark.usefixtures("read_late")
def test_a_block_that_was_hit_since_it_was_read_is_found_by_whoever_reads_all(tmp_path: Path) -> None:
    before = large(tmp_path)
    library = opened(tmp_path)
    assert library.verdict(KEYS[0])
    damage_block(tmp_path, 0)
    assert seen(library) == before
    assert len(library.notices) == 1


@pytest.mark.usefixtures("read_late")
def test_what_took_the_place_of_a_damaged_file_is_not_set_aside_for_it(tmp_path: Path) -> None:
    before = large(tmp_path)
    damage_block(tmp_path, 3)
    first, second = opened(tmp_path), opened(tmp_path)
    assert seen(first) == before
    first.close()
    mended = (tmp_path / "library" / "library.json").read_bytes()
    assert seen(second) == before
    assert second.notices == ()
    assert (tmp_path / "library" / "library.json").read_bytes() == mended
    assert len(list((tmp_path / "library").glob("*.damaged-*"))) == 1


@pytest.mark.usefixtures("read_late")
def test_what_another_process_did_is_told_and_undone_though_damage_was_met_first(tmp_path: Path) -> None:
    large(tmp_path)
    damage_block(tmp_path, 3)
    library, other = opened(tmp_path), opened(tmp_path)
    step = decide(other, KEYS[1], "keep")
    assert library.verdict(KEYS[1]) is None
    assert library.paper(str(blocks_of(tmp_path)[3][0]))
    assert library.notices
    assert library.poll() == [step]
    assert library.poll() == []
    undone = library.undo()
    assert undone is not None
    assert undone.target == step
    assert library.verdict(KEYS[1]) is None


def old_library(folder: Path) -> tuple[dict[str, dict[str, object]], bytes]:
    """A library whose snapshot is of schema 1: what is in it, and the snapshot."""
    before = large(folder)
    return before, to_schema_1(folder / "library")


def test_an_earlier_schema_is_read_kept_and_written_anew(tmp_path: Path) -> None:
    before, old = old_library(tmp_path)
    library = opened(tmp_path)
    assert (seen(library), library.notices) == (before, ())
    library.close()
    folder = tmp_path / "library"
    assert json.loads((folder / "library.json").read_bytes())["meta"]["1"]["schema"] == snapshot.SCHEMA
    assert (folder / "library.json.schema-1").read_bytes() == old
    assert seen(opened(tmp_path)) == before


def test_an_earlier_schema_that_cannot_be_kept_is_left_as_it_is(tmp_path: Path) -> None:
    before, old = old_library(tmp_path)

    def full() -> None:
        raise NotSaved("there is no room")

    folder = tmp_path / "library"
    library = open_library(folder, state=tmp_path / "state-a", before_migrating=full)
    assert seen(library) == before
    assert library.read_only
    assert "there is no room" in library.notices[0]
    library.close()
    assert (folder / "library.json").read_bytes() == old


def test_a_snapshot_that_another_process_wrote_is_not_written_again(tmp_path: Path) -> None:
    large(tmp_path)
    one, two = opened(tmp_path), opened(tmp_path)
    decide(one, KEYS[1], "keep")
    two.poll()
    two.snapshot()
    path = tmp_path / "library" / "library.json"
    written = path.stat().st_ino
    one.snapshot()
    assert path.stat().st_ino == written
    path.write_bytes(b"")
    one.snapshot()
    assert seen(opened(tmp_path)) == seen(two)


def test_what_is_decided_while_a_snapshot_is_written_is_in_the_next_one(tmp_path: Path) -> None:
    large(tmp_path)
    library = opened(tmp_path)
    decide(library, KEYS[1], "keep")
    for number, wait in enumerate(library.snapshot_in_slices()):
        if wait is not None:
            wait()
        elif number < 40:
            decide(library, KEYS[number], "skip" if number % 2 else None)
            note(library, KEYS[399 - number], "meanwhile")
    stored = snapshot.read(tmp_path / "library")
    assert stored is not None
    assert stored.state.tables.get(PAPERS, KEYS[1]) == {"id": KEYS[1], "verdict": "keep", "haul": "current"}
    assert seen(opened(tmp_path)) == seen(library) == folded(library.history())
    library.close()
    assert seen(opened(tmp_path)) == seen(library)


def test_a_disk_that_refuses_while_a_snapshot_is_written_is_told_of(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    large(tmp_path)
    library = opened(tmp_path)
    decide(library, KEYS[1], "keep")
    before = (tmp_path / "library" / "library.json").read_bytes()

    def refuse(_: int) -> None:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr("triage.library.durable.sync_file", refuse)
    library.snapshot()
    assert "library.json could not be written (Input/output error)" in library.notices[0]
    assert (tmp_path / "library" / "library.json").read_bytes() == before
    assert not [path for path in (tmp_path / "library").iterdir() if path.suffix == ".tmp"]


def test_a_journal_that_was_replaced_a_moment_ago_is_what_the_snapshot_is_made_of(tmp_path: Path) -> None:
    library = opened(tmp_path)
    for key in KEYS[:3]:
        decide(library, key, "keep")
    (journal,) = (tmp_path / "library" / "journal").iterdir()
    first, _, last = journal.read_bytes().splitlines(keepends=True)
    repaired = tmp_path / "repaired"
    repaired.write_bytes(first + last)
    repaired.replace(journal)
    library.close()
    again = opened(tmp_path)
    assert [one["id"] for one in again.papers()] == [KEYS[0], KEYS[2]]
    assert not [notice for notice in again.notices if "library.json" in notice]
