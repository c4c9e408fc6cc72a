"""What a syncing program has brought so far: calm on the screen, and nothing is set aside that is whole."""

import shutil
from pathlib import Path

import pytest

from tests.library.made import decide, note, opened, seen
from tests.library.test_merge import bring
from triage.library.library import JournaledLibrary
from triage.ports import NotSaved

KEYS = [f"2611.{number:05}" for number in range(1, 6)]


def twins(root: Path) -> tuple[JournaledLibrary, JournaledLibrary]:
    """Two machines with one past, each with its folder."""
    one = opened(root, "a", "one")
    decide(one, KEYS[0], "keep")
    one.close()
    shutil.copytree(root / "one", root / "two")
    return opened(root, "a", "one"), opened(root, "b", "two")


def journal_of(library: JournaledLibrary, folder: Path) -> Path:
    (found,) = (folder / "journal").glob(f"{library.machine}-2*.jsonl")
    return found


def aside(folder: Path) -> list[Path]:
    return list(folder.rglob("*damaged*"))


def test_library_json_that_came_before_its_journal_waits_for_it(tmp_path: Path) -> None:
    one, two = twins(tmp_path)
    decide(one, KEYS[1], "skip")
    one.close()
    decide(two, KEYS[2], "keep")
    note(two, KEYS[2], "From two.")
    two.close()
    before = (tmp_path / "two" / "library.json").read_bytes()
    (tmp_path / "one" / "library.json").write_bytes(before)
    for _ in range(3):
        one = opened(tmp_path, "a", "one")
        (notice,) = one.notices
        name = journal_of(two, tmp_path / "two").name
        assert notice == (
            f"Another machine has done more than has been synced so far: {name} in the folder journal is not "
            "here as far as it goes. What comes is shown when it is here."
        )
        assert not one.read_only
        assert [one.verdict(key) for key in KEYS[:3]] == ["keep", "skip", None]
        decide(one, KEYS[3], "skip")
        decide(one, KEYS[3], None)
        one.close()
        assert (tmp_path / "one" / "library.json").read_bytes() == before
    # A part of the journal comes, then the rest, to an app that is open.
    one = opened(tmp_path, "a", "one")
    bring(tmp_path / "two", tmp_path / "one", two.machine, 40)
    one.poll()
    bring(tmp_path / "two", tmp_path / "one", two.machine)
    assert [step.what for step in one.poll()] == ["keep", "note"]
    assert one.verdict(KEYS[2]) == "keep"
    one.close()
    assert (tmp_path / "one" / "library.json").read_bytes() != before
    again = opened(tmp_path, "a", "one")
    assert again.notices == ()
    assert seen(again) == seen(one)
    assert aside(tmp_path / "one") == []


def test_library_json_of_quite_another_library_is_set_aside_once(tmp_path: Path) -> None:
    one, _ = twins(tmp_path)
    one.close()
    other = opened(tmp_path, "c", "other")
    decide(other, KEYS[4], "keep")
    other.close()
    shutil.copy(tmp_path / "other" / "library.json", tmp_path / "one" / "library.json")
    library = opened(tmp_path, "a", "one")
    assert "does not fit the journals" in library.notices[0]
    library.close()
    assert len(aside(tmp_path / "one")) == 1
    assert opened(tmp_path, "a", "one").notices == ()


def test_what_is_lost_of_this_machines_own_journal_is_not_waited_for(tmp_path: Path) -> None:
    one, two = twins(tmp_path)
    decide(one, KEYS[1], "skip")
    one.close()
    decide(two, KEYS[2], "keep")
    bring(tmp_path / "two", tmp_path / "one", two.machine)
    opened(tmp_path, "a", "one").close()
    own = journal_of(one, tmp_path / "one")
    own.write_bytes(own.read_bytes()[:-30])
    library = opened(tmp_path, "a", "one")
    assert "does not fit the journals" in library.notices[0]
    assert len(aside(tmp_path / "one")) == 1


def test_a_journal_of_another_machine_that_is_being_written_anew_takes_nothing_off_the_screen(
    tmp_path: Path,
) -> None:
    one, two = twins(tmp_path)
    for key in KEYS[1:]:
        decide(two, key, "skip")
    bring(tmp_path / "two", tmp_path / "one", two.machine)
    one.poll()
    now = seen(one)
    decide(two, KEYS[0], "skip")
    for length in (0, 10, 300, 700):
        bring(tmp_path / "two", tmp_path / "one", two.machine, length)
        assert one.poll() == []
        assert seen(one) == now
    mine = decide(one, KEYS[4], "keep")
    bring(tmp_path / "two", tmp_path / "one", two.machine)
    assert [step.changes[0].key for step in one.poll()] == [KEYS[0]]
    assert one.notices == ()
    undone = one.undo()
    assert undone is not None
    assert undone.target == mine
    one.close()
    assert opened(tmp_path, "a", "one").notices == ()


@pytest.mark.parametrize("length", [0, 250, None])
def test_what_comes_late_while_another_journal_is_half_there_makes_no_other_library(
    tmp_path: Path, length: int | None
) -> None:
    one, two = twins(tmp_path)
    shutil.copytree(tmp_path / "one", tmp_path / "three")
    three = opened(tmp_path, "c", "three")
    decide(three, KEYS[1], "skip")
    for verdict in ("keep", "skip", "keep"):
        decide(two, KEYS[1], verdict)
    bring(tmp_path / "two", tmp_path / "one", two.machine)
    one.poll()
    if length is None:
        journal_of(two, tmp_path / "one").unlink()
    else:
        bring(tmp_path / "two", tmp_path / "one", two.machine, length)
    bring(tmp_path / "three", tmp_path / "one", three.machine)
    one.poll()
    decide(one, KEYS[2], "keep")
    bring(tmp_path / "two", tmp_path / "one", two.machine)
    one.poll()
    assert one.verdict(KEYS[1]) == "keep"
    now = seen(one)
    one._fold.rebuild()
    assert seen(one) == now


def test_on_a_new_computer_library_json_is_shown_until_the_journals_are_there(tmp_path: Path) -> None:
    _, two = twins(tmp_path)
    decide(two, KEYS[2], "keep")
    two.close()
    (tmp_path / "new").mkdir()
    shutil.copy(tmp_path / "two" / "library.json", tmp_path / "new" / "library.json")
    new = opened(tmp_path, "n", "new")
    assert seen(new) == seen(two)
    assert "wait until the folder journal is synced" in new.notices[0]
    with pytest.raises(NotSaved, match="read-only"):
        decide(new, KEYS[0], "skip")
    shutil.copytree(tmp_path / "two" / "journal", tmp_path / "new" / "journal", dirs_exist_ok=True)
    new.poll()
    assert seen(new) == seen(two)
    assert len(new.notices) == 1
    new.close()
    new = opened(tmp_path, "n", "new")
    assert (new.notices, new.read_only) == ((), False)
    assert new.machine != two.machine
    assert seen(new) == seen(two)


def test_any_number_of_copies_of_library_json_is_one_sentence_once(tmp_path: Path) -> None:
    one, _ = twins(tmp_path)
    one.close()
    folder = tmp_path / "one"
    names = ["library 2.json", "library (1).json", "library.sync-conflict-20261120-101010-ABC.json"]
    for name in names:
        shutil.copy(folder / "library.json", folder / name)
    library = opened(tmp_path, "a", "one")
    (notice,) = library.notices
    assert notice.startswith(f"{folder} had 3 copies of library.json that a syncing program made; ")
    assert [path for name in names if (path := folder / name).exists()] == []
    assert len(aside(folder)) == 3
    library.close()
    assert opened(tmp_path, "a", "one").notices == ()


def test_files_of_a_syncing_program_and_of_the_other_machine_harm_nothing(tmp_path: Path) -> None:
    one, two = twins(tmp_path)
    decide(two, KEYS[2], "keep")
    two.save_draft(KEYS[3], "being typed")
    before, folder = seen(one), tmp_path / "one"
    data = journal_of(two, tmp_path / "two").read_bytes()
    for name in (
        ".syncthing.x.jsonl.tmp",
        "~syncthing~x.jsonl.tmp",
        ".x.jsonl.Xy12Zt",
        "x.jsonl.part",
        ".x.jsonl",
    ):
        (folder / "journal" / name).write_bytes(data)
    for name in ("library.json.4711.tmp", ".syncthing.library.json.tmp", "~syncthing~library.json.tmp"):
        (folder / name).write_bytes(b"{")
    for name in ("lock", "drafts/lock"):  # another file takes its place, while the app is open
        (folder / "drafts").mkdir(exist_ok=True)
        (folder / "new").write_bytes(b"of the other machine")
        (folder / "new").replace(folder / name)
    one.poll()
    assert seen(one) == before
    beside = opened(tmp_path, "a", "one")
    numbers = [
        decide(library, KEYS[1], verdict).number for library, verdict in ((one, "keep"), (beside, "skip"))
    ]
    assert numbers == [2, 3]
    one.save_draft(KEYS[3], "typed here")
    assert beside.draft(KEYS[2]) is None
    one.close()
    beside.close()
    again = opened(tmp_path, "a", "one")
    assert (again.notices, again.draft(KEYS[3])) == ((), "typed here")
    assert aside(folder) == []
