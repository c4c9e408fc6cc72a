"""`merge`: another library's folder is taken in, whatever happened to either since they were one."""

import os
import shutil
import stat
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.library.killing import killed_at
from tests.library.made import decide, note, opened, seen
from tests.library.test_merge import KEYS, Acts, act, acts
from triage.library import gathering, snapshot
from triage.library.journal import Journal, Mark
from triage.library.library import JournaledLibrary
from triage.ports import LibraryUnusable, NoLibrary, NotSaved
from triage.steps import Step, encode


def merged(library: JournaledLibrary, folder: Path) -> int:
    """Take a folder in; how many Steps came."""
    return len(library.merge(str(folder)).steps)


def journal_of(library: JournaledLibrary, folder: Path) -> Path:
    """The file that a library writes."""
    (found,) = (folder / "journal").glob(f"{library.machine}-2*.jsonl")
    return found


def files(folder: Path) -> dict[str, bytes]:
    """Every file of a folder with what is in it."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def deeds(folder: Path) -> list[tuple[int, str, str, str]]:
    """What a library's journals say was done, whoever did it: each deed as often as it is said."""
    journal = Journal(folder, "")
    steps = [one for name in journal.files() for one in journal.read(name, Mark()).lines]
    return sorted(
        (one.lamport, one.at, one.what, repr(one.changes)) for one in steps if isinstance(one, Step)
    )


@settings(max_examples=60, deadline=None)
@given(past=acts, first=acts, second=acts, more=acts, machines=st.permutations("abc"))
def test_libraries_of_several_machines_merged_in_any_order_are_the_same(
    past: Acts, first: Acts, second: Acts, more: Acts, machines: list[str]
) -> None:
    with tempfile.TemporaryDirectory() as name:
        root = Path(name)
        a, b, c = machines
        with_past = opened(root, a, "one")
        act(with_past, past)
        with_past.close()
        shutil.copytree(root / "one", root / "two")
        one, two, three = opened(root, a, "one"), opened(root, b, "two"), opened(root, c, "three")
        act(one, first)
        act(two, second)
        before = files(root / "two")
        merged(one, root / "two")
        assert files(root / "two") == before
        merged(two, root / "one")
        assert seen(one) == seen(two)
        act(two, more)
        merged(three, root / "two")
        merged(one, root / "three")
        assert seen(one) == seen(two) == seen(three)
        assert [merged(one, root / "two"), merged(two, root / "three"), merged(three, root / "one")] == [
            0
        ] * 3
        for library in (one, two, three):
            library.close()
        for folder, machine in (("one", a), ("two", b), ("three", c)):
            (root / folder / "library.json").unlink()
            again = opened(root, machine, folder)
            assert seen(again) == seen(one)
            assert len(again.notices) == (1 if any(files(root / folder / "journal").values()) else 0)


@settings(max_examples=100, deadline=None)
@given(past=acts, first=acts, second=acts, third=acts, more=acts, again=acts)
def test_libraries_of_one_machine_lose_nothing_and_have_everything_once(
    past: Acts, first: Acts, second: Acts, third: Acts, more: Acts, again: Acts
) -> None:
    with tempfile.TemporaryDirectory() as name:
        root = Path(name)
        with_past = opened(root, "a", "one")
        act(with_past, past)
        with_past.close()
        shutil.copytree(root / "one", root / "two")
        one, two, other = opened(root, "a", "one"), opened(root, "a", "two"), opened(root, "b", "other")
        act(one, first)
        act(two, second)
        merged(one, root / "two")
        assert merged(one, root / "two") == 0
        act(two, third)
        act(one, more)
        merged(one, root / "two")
        merged(two, root / "one")
        act(two, again)
        merged(other, root / "two")
        merged(other, root / "one")
        merged(one, root / "other")
        merged(two, root / "one")
        every = deeds(root / "one")
        assert deeds(root / "two") == deeds(root / "other") == every
        assert len(set(every)) == len(every)
        for library, folder in ((one, "two"), (one, "other"), (two, "one"), (other, "one"), (other, "two")):
            assert merged(library, root / folder) == 0
        for library, folder in ((one, "one"), (two, "two"), (other, "other")):
            now = seen(library)
            library.close()
            (root / folder / "library.json").unlink()
            machine = "b" if folder == "other" else "a"
            anew = opened(root, machine, folder)
            assert seen(anew) == now
            anew.close()
            assert opened(root, machine, folder).notices == ()


def test_a_second_library_of_this_machine_is_a_machine_of_its_own(tmp_path: Path) -> None:
    one = opened(tmp_path, "a", "one")
    decide(one, KEYS[0], "keep")
    shutil.copytree(tmp_path / "one", tmp_path / "two")
    two = opened(tmp_path, "a", "two")
    two.undo()
    decide(two, KEYS[1], "skip")
    note(two, KEYS[0], "from two")
    two.undo()
    mine = note(one, KEYS[0], "from one")
    took = one.merge(str(tmp_path / "two"))
    (machine,) = {step.machine for step in took.steps}
    assert machine.startswith(f"{one.machine}-")
    assert [(step.number, step.what, step.undoes) for step in took.steps] == [
        (1, "undo", None),
        (2, "skip", None),
        (3, "note", None),
        (4, "undo", 3),
    ]
    assert took.notices == (
        f"{one.machine} went on here and in {tmp_path / 'two'} under one name; "
        f"what was done there is taken in as {machine}.",
    )
    decide(two, KEYS[2], "keep")
    grown = one.merge(str(tmp_path / "two"))
    assert [(step.machine, step.number) for step in grown.steps] == [(machine, 5)]
    assert grown.notices == ()
    assert (one.paper(KEYS[0]) or {})["note"] == "from one"
    # What is undone here is what was done here.
    undone = one.undo()
    assert undone is not None
    assert undone.target == mine
    one.close()
    assert opened(tmp_path, "a", "one").notices == ()


def test_a_library_put_back_from_a_backup_gets_what_came_later_and_goes_on_by_itself(tmp_path: Path) -> None:
    one = opened(tmp_path, "a", "one")
    decide(one, KEYS[0], "keep")
    shutil.copytree(tmp_path / "one", tmp_path / "backup")
    decide(one, KEYS[1], "keep")
    back = opened(tmp_path, "a", "backup")
    took = back.merge(str(tmp_path / "one"))
    assert [(step.machine == back.machine, step.number) for step in took.steps] == [(False, 1)]
    mine = decide(back, KEYS[2], "skip")
    assert (mine.machine, mine.number) == (back.machine, 2)
    decide(one, KEYS[1], "skip")
    assert merged(back, tmp_path / "one") == 1
    assert [back.verdict(key) for key in KEYS] == ["keep", "skip", "skip"]
    back.close()
    assert opened(tmp_path, "a", "backup").notices == ()


def test_two_copies_of_another_machines_journal_that_went_on_apart_both_come(tmp_path: Path) -> None:
    first = opened(tmp_path, "b", "first")
    decide(first, KEYS[0], "keep")
    shutil.copytree(tmp_path / "first", tmp_path / "second")
    second = opened(tmp_path, "b", "second")
    decide(first, KEYS[1], "keep")
    decide(second, KEYS[2], "skip")
    theirs = journal_of(second, tmp_path / "second")
    copy = tmp_path / "first" / "journal" / f"{theirs.stem} (conflicted copy).jsonl"
    copy.write_bytes(theirs.read_bytes())
    one = opened(tmp_path, "a", "one")
    assert [merged(one, tmp_path / "first"), merged(one, tmp_path / "second")] == [3, 0]
    assert [one.verdict(key) for key in KEYS] == ["keep", "keep", "skip"]
    one.close()
    assert opened(tmp_path, "a", "one").notices == ()


def test_notes_written_apart_both_stand_once(tmp_path: Path) -> None:
    one = opened(tmp_path, "a", "one")
    note(one, KEYS[0], "as it was")
    shutil.copytree(tmp_path / "one", tmp_path / "two")
    two = opened(tmp_path, "b", "two")
    note(one, KEYS[0], "from one")
    note(two, KEYS[0], "from two")
    for _ in range(2):
        merged(one, tmp_path / "two")
        merged(two, tmp_path / "one")
    text = (one.paper(KEYS[0]) or {})["note"]
    assert sorted(part.split("\n\n")[-1] for part in text.split("\n\n---\n\n")) == ["from one", "from two"]
    assert seen(one) == seen(two)


def test_an_open_app_sees_what_another_process_took_in(tmp_path: Path) -> None:
    one, beside = opened(tmp_path, "a", "one"), opened(tmp_path, "a", "one")
    two = opened(tmp_path, "b", "two")
    decide(two, KEYS[0], "keep")
    merged(one, tmp_path / "two")
    assert [step.changes[0].key for step in beside.poll()] == [KEYS[0]]
    decide(two, KEYS[1], "skip")
    decide(beside, KEYS[2], "skip")
    merged(one, tmp_path / "two")
    assert [step.changes[0].key for step in beside.poll()] == [KEYS[1]]
    assert seen(beside) == seen(one)
    assert beside.notices == ()


def test_a_journal_that_grew_is_taken_in_byte_for_byte(tmp_path: Path) -> None:
    one, two = opened(tmp_path, "a", "one"), opened(tmp_path, "b", "two")
    for key in KEYS:
        decide(two, key, "keep")
        note(two, key, 'Ünïcode \ud800 \\ "quotes" and 🦉')
        assert merged(one, tmp_path / "two") == 2
        name = f"journal/{journal_of(two, tmp_path / 'two').name}"
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()


def test_a_copy_cut_off_in_a_line_gives_what_is_whole_and_the_rest_later(tmp_path: Path) -> None:
    one, two = opened(tmp_path, "a", "one"), opened(tmp_path, "b", "two")
    for key in KEYS:
        decide(two, key, "keep")
    shutil.copytree(tmp_path / "two", tmp_path / "copy")
    cut = journal_of(two, tmp_path / "copy")
    cut.write_bytes(cut.read_bytes()[:-20])
    took = one.merge(str(tmp_path / "copy"))
    assert len(took.steps) == 2
    assert took.notices == (f"The last line of {cut} is cut off and holds no step; it is left out.",)
    assert merged(one, tmp_path / "two") == 1
    one.close()
    assert opened(tmp_path, "a", "one").notices == ()


def test_a_damaged_line_is_named_and_whatever_is_whole_comes(tmp_path: Path) -> None:
    one, two = opened(tmp_path, "a", "one"), opened(tmp_path, "b", "two")
    for key in KEYS:
        decide(two, key, "keep")
    shutil.copytree(tmp_path / "two", tmp_path / "copy")
    damaged = journal_of(two, tmp_path / "copy")
    lines = damaged.read_bytes().split(b"\n")
    damaged.write_bytes(b"\n".join([lines[0], lines[1].replace(b"keep", b"kelp"), *lines[2:]]))
    took = one.merge(str(tmp_path / "copy"))
    assert [step.number for step in took.steps] == [1, 3]
    assert took.notices[0] == f"Line 2 of {damaged} is damaged and holds no step; it is left out."
    assert took.notices[1].startswith(f"The journal of {two.machine} lacks steps (2)")
    assert len(took.notices) == 2
    assert merged(one, tmp_path / "two") == 1
    assert merged(one, tmp_path / "two") == 0
    # Each file is still in order, so that what comes late need not have everything folded anew.
    assert one._fold.state.in_order
    one.close()
    again = opened(tmp_path, "a", "one")
    assert again.notices == ()
    assert seen(again) == seen(two)


def test_what_was_lost_from_this_machines_journal_comes_back_from_a_copy_of_it(tmp_path: Path) -> None:
    one = opened(tmp_path, "a", "one")
    for key in KEYS:
        decide(one, key, "keep")
    one.close()
    shutil.copytree(tmp_path / "one", tmp_path / "copy")
    before = seen(one)
    damaged = journal_of(one, tmp_path / "one")
    lines = damaged.read_bytes().split(b"\n")
    damaged.write_bytes(b"\n".join([lines[0], b"x" * len(lines[1]), *lines[2:]]))
    (tmp_path / "one" / "library.json").unlink()
    mended = opened(tmp_path, "a", "one")
    assert mended.verdict(KEYS[1]) is None
    last = decide(mended, KEYS[0], "skip")
    took = mended.merge(str(tmp_path / "copy"))
    assert [(step.machine, step.number) for step in took.steps] == [(one.machine, 2)]
    assert mended.verdict(KEYS[1]) == "keep"
    undone = mended.undo()
    assert undone is not None
    assert undone.target == last
    assert seen(mended) == before
    mended.close()
    assert opened(tmp_path, "a", "one").notices == ()


def test_a_folder_that_cannot_be_written_is_taken_in(tmp_path: Path) -> None:
    one, two = opened(tmp_path, "a", "one"), opened(tmp_path, "b", "two")
    decide(two, KEYS[0], "keep")
    two.close()
    folders = [tmp_path / "two", tmp_path / "two" / "journal"]
    for folder in folders:
        folder.chmod(stat.S_IRUSR | stat.S_IXUSR)
    try:
        before = files(tmp_path / "two")
        assert merged(one, tmp_path / "two") == 1
        assert files(tmp_path / "two") == before
    finally:
        for folder in folders:
            folder.chmod(stat.S_IRWXU)


def test_steps_of_a_strange_machine_go_into_a_file_of_ours_and_nowhere_else(tmp_path: Path) -> None:
    one, two = opened(tmp_path, "a", "one"), opened(tmp_path, "b", "two")
    step = decide(two, KEYS[0], "keep")
    strange = [
        encode(step._replace(machine="../../../out", number=1, lamport=7)),
        encode(step._replace(machine=one.machine + "x", number=1, lamport=8)),
        encode(step._replace(machine="", number=1, lamport=9, at="../..")),
    ]
    mixed = tmp_path / "two" / "journal" / f"{one.machine}-2026.jsonl"
    mixed.write_bytes(b"\n".join(strange) + b"\n")
    outside = {path for path in tmp_path.rglob("*") if "one" not in path.parts}
    assert merged(one, tmp_path / "two") == 4
    assert merged(one, tmp_path / "two") == 0
    assert {path for path in tmp_path.rglob("*") if "one" not in path.parts} == outside
    decide(one, KEYS[1], "keep")
    (own,) = (tmp_path / "one" / "journal").glob(f"{one.machine}-2*.jsonl")
    assert own.read_bytes().count(b"\n") == 1
    one.close()
    assert opened(tmp_path, "a", "one").notices == ()


@pytest.mark.parametrize(
    ("where", "says"),
    [
        ("nowhere", "does not exist"),
        ("file", "is not a folder"),
        ("empty", "is no library's folder"),
        ("one", "is the folder of this library itself"),
        ("link", "is the folder of this library itself"),
    ],
)
def test_what_is_no_other_library_is_refused_in_a_sentence(tmp_path: Path, where: str, says: str) -> None:
    one = opened(tmp_path, "a", "one")
    (tmp_path / "file").write_text("")
    (tmp_path / "empty").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "one")
    with pytest.raises(NoLibrary, match=says) as refused:
        one.merge(str(tmp_path / where))
    assert str(tmp_path / where) in str(refused.value)


def test_a_library_without_its_journals_is_refused_and_a_new_one_has_nothing(tmp_path: Path) -> None:
    one, two = opened(tmp_path, "a", "one"), opened(tmp_path, "b", "two")
    assert merged(one, tmp_path / "two") == 0
    decide(two, KEYS[0], "keep")
    two.close()
    shutil.rmtree(tmp_path / "two" / "journal")
    with pytest.raises(LibraryUnusable, match="no journal"):
        one.merge(str(tmp_path / "two"))


def test_a_library_of_a_newer_triage_is_refused_and_nothing_comes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, two = opened(tmp_path, "a", "one"), opened(tmp_path, "b", "two")
    decide(two, KEYS[0], "keep")
    with monkeypatch.context() as newer:
        newer.setattr(gathering, "SCHEMA", snapshot.SCHEMA + 1)
        two.close()
    with pytest.raises(LibraryUnusable, match="newer triage"):
        one.merge(str(tmp_path / "two"))
    assert one.verdict(KEYS[0]) is None


def test_a_damaged_snapshot_of_the_other_library_costs_nothing(tmp_path: Path) -> None:
    one, two = opened(tmp_path, "a", "one"), opened(tmp_path, "b", "two")
    decide(two, KEYS[0], "keep")
    (tmp_path / "two" / "library.json").write_text("{")
    assert merged(one, tmp_path / "two") == 1


def test_a_library_that_is_open_read_only_takes_nothing_in(tmp_path: Path) -> None:
    two = opened(tmp_path, "b", "two")
    decide(two, KEYS[0], "keep")
    one = opened(tmp_path, "a", "one")
    one.close()
    with pytest.raises(NotSaved, match="read-only"):
        one.merge(str(tmp_path / "two"))


def test_death_at_every_system_call_loses_nothing_and_merging_again_brings_the_rest(tmp_path: Path) -> None:
    ours, theirs = opened(tmp_path, "a", "ours"), opened(tmp_path, "a", "theirs")
    third = opened(tmp_path, "b", "theirs")
    for key in KEYS:
        decide(ours, key, "keep")
        decide(theirs, key, "skip")
        note(third, key, f"A note on {key}.")
    ours.close()
    whole = opened(tmp_path, "a", "ours")
    shutil.copytree(tmp_path / "ours", tmp_path / "start")
    assert merged(whole, tmp_path / "theirs") == 6
    for call in range(100):
        folder = f"killed-{call}"
        shutil.copytree(tmp_path / "start", tmp_path / folder)

        def work(_tell: object, folder: str = folder) -> None:
            merged(opened(tmp_path, "a", folder), tmp_path / "theirs")

        if killed_at(call, work).ended:
            break
        library = opened(tmp_path, "a", folder)
        assert library.notices == ()
        assert [step.what for step in library.history()] == ["keep"] * 3
        merged(library, tmp_path / "theirs")
        assert seen(library) == seen(whole)
        library.close()
        again = opened(tmp_path, "a", folder)
        assert again.notices == ()
        assert seen(again) == seen(whole)
        again.close()
    assert call > 8, "the merge made fewer calls than it must"


def test_a_full_disk_takes_in_a_part_and_the_rest_when_there_is_room(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, two = opened(tmp_path, "a", "one"), opened(tmp_path, "b", "two")
    for key in KEYS:
        decide(two, key, "keep")
    real = os.write
    with monkeypatch.context() as full:
        full.setattr(os, "write", lambda handle, data: real(handle, data[: len(data) // 2]))
        with pytest.raises(NotSaved, match="make room"):
            one.merge(str(tmp_path / "two"))
    assert merged(one, tmp_path / "two") == 2
    assert seen(one) == seen(two)
    one.close()
    assert opened(tmp_path, "a", "one").notices == ()
