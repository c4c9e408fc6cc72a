"""The commands on a paper that was kept before and is listed again: one paper, one verdict."""

import json
from datetime import date
from pathlib import Path

import pytest

from tests.cli.conftest import Triage, paper
from triage.archive import open_archive
from triage.ledger import Completeness, ListingState, Sections
from triage.paper import Kind

AGAIN = date(2026, 11, 23)
STATE = ListingState("cs.CL", Completeness.COMPLETE, AGAIN.isoformat(), Sections(0, 1, 2), "list")


@pytest.fixture
def replaced(listing: list[object], home: Path, triage: Triage) -> Triage:
    """The first paper is kept with a note and replaced on the newest day, beside another and a cross-list."""
    assert listing
    triage("note", "2611.00001", "The old note.")
    again = [
        paper(5, "From elsewhere", AGAIN, kind=Kind.CROSS),
        paper(1, "A new title", AGAIN, kind=Kind.REPLACE, version=3),
        paper(8, "Nobody's", AGAIN, kind=Kind.REPLACE, version=2),
    ]
    open_archive(home / "data").store(AGAIN, again, {"cs.CL": STATE})
    return triage


@pytest.fixture
def published(replaced: Triage) -> Triage:
    """The same with the paper published in haul 1."""
    assert replaced("publish").status == 0
    return replaced


def test_the_replacement_of_a_kept_paper_is_open_until_it_is_seen(replaced: Triage) -> None:
    assert replaced("list").lines == [
        "  2611.00005  From elsewhere",
        "  2611.00001  A new title",
        "  2611.00008  Nobody's",
    ]
    assert "  2611.00001  A new title" in replaced("list", "--verdict", "open").lines
    assert replaced("skip", "2611.00001").lines == [
        "seen, and kept in haul 1 as before: 2611.00001  A new title"
    ]
    assert replaced("list").lines[1] == "· 2611.00001  A new title"
    assert "2611.00001" not in replaced("list", "--verdict", "open").out
    assert replaced("list", "--verdict", "keep").lines == ["✓ 2611.00001  Gauß and O(n²) growth"]
    records = [json.loads(line) for line in replaced("list", "--json").lines]
    assert [record["verdict"] for record in records] == [None, "keep", None]


def test_reopen_takes_back_what_was_done_to_the_replacement_and_then_the_keep(replaced: Triage) -> None:
    replaced("skip", "2611.00001")
    assert replaced("reopen", "2611.00001").lines[0].startswith("unseen again, and kept in haul 1 as before:")
    assert replaced("list", "--verdict", "keep").lines != []
    assert replaced("reopen", "2611.00001").lines[0].startswith("open again:")
    assert replaced("list", "--verdict", "keep").lines == []


def test_keep_says_what_became_of_the_entry(replaced: Triage) -> None:
    assert replaced("keep", "2611.00001").lines == [
        "kept: 2611.00001  A new title",
        "Its entry in haul 1 is now v3.",
    ]
    assert replaced("list", "--haul", "current").lines == ["✓ 2611.00001  A new title"]


def test_keep_of_what_was_published_makes_a_new_entry_and_undo_takes_it_back(published: Triage) -> None:
    old = published("export", "--haul", "1").out
    assert published("keep", "2611.00001").lines[1] == "A new entry in haul 2; that in haul 1 stays."
    assert published("list", "--haul", "current").lines == ["✓ 2611.00001  A new title"]
    assert published("export", "--haul", "1").out == old
    assert published("undo").lines == ["undone: keep of 2611.00001"]
    assert published("list", "--haul", "current").lines == []
    assert published("list").lines[1] == "  2611.00001  A new title"
    published("skip", "2611.00001")
    assert published("undo").lines == ["undone: seen of 2611.00001"]
    assert published("redo").lines == ["done again: seen of 2611.00001"]


def told(triage: Triage, *words: str) -> list[tuple[object, ...]]:
    """Version, title and abstract of the papers that `--json` tells of."""
    records = map(json.loads, triage("list", *words, "--json").lines)
    return [(record["version"], record["title"], record["abstract"]) for record in records]


V1 = (1, "Gauß and O(n²) growth", "We study Gauß and O(n²) growth with care.")
V3 = (3, "A new title", "We study A new title with care.")


def test_json_tells_of_a_haul_what_stands_in_it(published: Triage) -> None:
    assert told(published, "--haul", "1") == [V1], "the replacement was not kept yet"
    published("keep", "2611.00001")
    assert told(published, "--haul", "1") == [V1]
    assert told(published, "--haul", "current") == [V3]
    published("publish")
    assert told(published, "--haul", "1") == [V1]
    assert told(published, "--haul", "2") == [V3]
    assert told(published, "--haul", "all") == [V3]


def test_json_tells_of_the_haul_being_made_what_stands_in_it(replaced: Triage) -> None:
    assert told(replaced, "--haul", "current") == [V1]
    replaced("keep", "2611.00001")
    assert told(replaced, "--haul", "current") == [V3]


def test_the_version_before_is_told_when_its_listing_is_gone(published: Triage, home: Path) -> None:
    published("keep", "2611.00001")
    [file] = (home / "data").rglob("*2026-11-20.jsonl")
    file.unlink()
    assert told(published, "--haul", "1") == [V1]


def test_of_an_entry_whose_version_nobody_knows_its_own_words_are_told(published: Triage) -> None:
    published("skip", "2611.00001")
    published("undo")
    old = published("export", "--haul", "1").out
    published("reopen", "2611.00001")
    assert told(published, "--haul", "1") == [(None, *V1[1:])]
    assert published("export", "--haul", "1").out == old


def test_a_note_on_the_replacement_is_the_new_entrys(published: Triage) -> None:
    old = published("export", "--haul", "1").out
    assert published("note", "2611.00001", "Another thought.").lines == [
        "noted: 2611.00001  A new title",
        "A new entry in haul 2; that in haul 1 stays.",
    ]
    shown = published("show", "2611.00001").out
    assert shown.index("note, haul 1:\nThe old note.") < shown.index("note, current haul:\nAnother thought.")
    assert published("export", "--haul", "1").out == old


def test_what_the_config_leaves_out_is_not_listed_while_it_is_open(replaced: Triage, home: Path) -> None:
    config = home / "config" / "triage" / "config.toml"
    config.write_text(config.read_text() + '[listing]\ncross_lists = "leave out"\n')
    assert "2611.00005" not in replaced("list").out
    assert "2611.00005" not in replaced("list", "--verdict", "open", "--day", "all").out
    replaced("keep", "2611.00005")
    assert "✓ 2611.00005  From elsewhere" in replaced("list").lines, "what was kept is never out of sight"


def test_the_config_as_it_takes_effect_says_what_becomes_of_cross_lists(triage: Triage, home: Path) -> None:
    config = home / "config" / "triage" / "config.toml"
    config.write_text(config.read_text() + 'holidays = [2027-01-18]\n[listing]\ncross_lists = "fold"\n')
    shown = triage("config", "show").lines
    assert shown[shown.index("[listing]") + 1] == 'cross_lists = "fold"'
    assert "holidays = [2027-01-18]" in shown
