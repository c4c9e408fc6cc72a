"""`triage merge` with what people merge: a twin, an old copy, a stick; both ways, twice, killed half way."""

import shutil
import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import DAY, Triage, paper
from tests.library.killing import Tell, killed_at
from tests.library.made import decide, note, seen
from tests.library.test_merging import files
from triage.actions.merge import merge
from triage.archive import open_archive
from triage.ledger import Completeness, ListingState, Sections
from triage.library import open_library
from triage.library.library import JournaledLibrary

pytestmark = pytest.mark.usefixtures("listing")
KEYS = ["2611.00001", "2611.00002", "2611.00003"]
AnotherComputer = Callable[[str], JournaledLibrary]


@pytest.fixture
def elsewhere(home: Path) -> AnotherComputer:
    """Opens the library in a folder of the home as another computer does."""
    return lambda folder: open_library(home / folder, state=home / f"state of {folder}")


def shown(triage: Triage, folder: Path) -> list[str]:
    """All that a library lists."""
    return triage("--data", str(folder), "list", "--day", "all", "--json").lines


def test_twins_that_were_used_apart_are_the_same_after_one_merge_each_way(
    triage: Triage, home: Path, elsewhere: AnotherComputer
) -> None:
    triage("keep", KEYS[0])
    triage("note", KEYS[0], "As it was.")
    shutil.copytree(home / "data", home / "twin")
    triage("note", KEYS[0], "From here.")
    triage("skip", KEYS[1])
    triage("keep", KEYS[2])
    triage("publish")
    twin = elsewhere("twin")
    note(twin, KEYS[0], "From there.")
    decide(twin, KEYS[1], "keep")
    twin.close()
    assert triage("merge", "twin").status == 0
    twin = elsewhere("twin")
    twin.merge(str(home / "data"))
    twin.close()
    assert shown(triage, home / "data") == shown(triage, home / "twin")
    for folder in ("data", "twin"):
        there = triage("--data", str(home / folder), "show", KEYS[0]).out
        assert "From here." in there
        assert "From there." in there
    assert triage("merge", "twin").lines == [f"nothing new in {home / 'twin'}"]
    assert elsewhere("twin").merge(str(home / "data")).steps == ()


def test_an_old_copy_brings_nothing_and_changes_nothing(triage: Triage, home: Path) -> None:
    triage("keep", KEYS[0])
    shutil.copytree(home / "data", home / "old")
    triage("skip", KEYS[0])
    before = shown(triage, home / "data")
    old = files(home / "old")
    ran = triage("merge", "old")
    assert (ran.status, ran.lines) == (0, [f"nothing new in {home / 'old'}"])
    assert shown(triage, home / "data") == before
    assert files(home / "old") == old
    # The copy gets what came since by the same command.
    assert triage("--data", str(home / "old"), "merge", str(home / "data")).status == 0
    assert shown(triage, home / "old") == before


def test_a_stick_that_cannot_be_written_is_taken_in_with_its_listings(
    triage: Triage, home: Path, elsewhere: AnotherComputer
) -> None:
    there = elsewhere("stick")
    decide(there, "2611.00077", "keep")
    there.close()
    state = ListingState("cs.LG", Completeness.COMPLETE, DAY.isoformat(), sections=Sections(1), source="rss")
    open_archive(home / "stick").store(DAY, [paper(77, "On the stick")], {"cs.LG": state})
    before = files(home / "stick")
    everything = [home / "stick", *(home / "stick").rglob("*")]
    for path in everything:
        path.chmod(0o555 if path.is_dir() else 0o444)
    try:
        ran = triage("merge", "stick")
        assert (ran.status, ran.err) == (0, "")
        assert ran.out.endswith("(1 paper decided on); 1 listing day\n")
        assert triage("merge", "stick").lines == [f"nothing new in {home / 'stick'}"]
        assert files(home / "stick") == before
    finally:
        for path in everything:
            path.chmod(stat.S_IRWXU)
    assert "On the stick" in triage("list", "--day", "all").out


def test_an_open_app_goes_on_while_the_command_takes_another_library_in(
    triage: Triage, home: Path, elsewhere: AnotherComputer
) -> None:
    app = open_library(home / "data", state=home / "state" / "triage")
    mine = decide(app, KEYS[0], "keep")
    there = elsewhere("stick")
    for key in KEYS:
        decide(there, key, "skip")
    assert triage("merge", "stick").status == 0
    assert {step.changes[0].key for step in app.poll() if step.machine == there.machine} == set(KEYS)
    assert app.notices == ()
    assert [app.verdict(key) for key in KEYS[1:]] == ["skip", "skip"]
    decide(app, KEYS[1], "keep")
    app.close()
    undone = open_library(home / "data", state=home / "state" / "triage").undo()
    assert undone is not None
    assert undone.target.machine == mine.machine


def test_killed_at_any_system_call_a_merge_is_begun_again_and_ends_the_same(
    tmp_path: Path, elsewhere: AnotherComputer
) -> None:
    there = elsewhere("there")
    for key in KEYS:
        decide(there, key, "keep")
        note(there, key, f"A note on {key}.")
    there.close()
    state = ListingState("cs.LG", Completeness.COMPLETE, DAY.isoformat(), sections=Sections(1), source="rss")
    theirs = open_archive(tmp_path / "there", set_aside=False)
    theirs.store(DAY, [paper(77, "Listed there")], {"cs.LG": state})
    before = files(tmp_path / "there")

    def merge_into(folder: Path) -> JournaledLibrary:
        library = open_library(folder, state=tmp_path / "state of here")
        merge(library, open_archive(folder), theirs, str(tmp_path / "there"))
        return library

    here = open_library(tmp_path / "here", state=tmp_path / "state of here")
    decide(here, KEYS[0], "skip")
    here.close()
    shutil.copytree(tmp_path / "here", tmp_path / "whole")
    whole = merge_into(tmp_path / "whole")
    for call in range(200):
        folder = tmp_path / f"killed-{call}"
        shutil.copytree(tmp_path / "here", folder)

        def work(_tell: Tell, folder: Path = folder) -> None:
            merge_into(folder)

        ended = killed_at(call, work).ended
        library = open_library(folder, state=tmp_path / "state of here")
        assert library.notices == ()
        library.close()
        again = merge_into(folder)
        assert seen(again) == seen(whole)
        assert (again.notices, open_archive(folder).notices) == ((), ())
        assert open_archive(folder).listing(DAY) == open_archive(tmp_path / "whole").listing(DAY)
        again.close()
        shutil.rmtree(folder)
        if ended:
            break
    assert call > 15, "the merge made fewer calls than it must"
    assert files(tmp_path / "there") == before
