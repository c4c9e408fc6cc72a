"""A power cut at any moment loses nothing that was shown as saved."""

import json
import os
import shutil
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, TypeAlias

import pytest

from tests.conftest import Count
from tests.library import promised
from tests.library.earlier import to_schema_1
from tests.library.killing import Tell
from tests.library.kinds import KINDS, paper
from tests.library.power import Disk, State
from tests.library.promised import STEP, Promised, back_up, save_draft, store, told
from triage.library.durable import replace_file
from triage.ports import LibraryUnusable

SOME = 150
"""States that are looked at after each day, spread evenly over it, unless `--every-bit` asks for all."""

Day: TypeAlias = Callable[[Path, Tell], object]
"""What is done in a folder while its disk listens."""


def everything(home: Path, tell: Tell) -> None:
    """The first opening of an empty folder, every kind of Step, snapshots, drafts, two closings."""
    names = [name for name in KINDS if name != "restore"]
    for seed, some in enumerate((names[:13], names[13:])):
        desk = promised.desk(home, seed, tell)
        for name in some:
            KINDS[name](desk)
        desk.library.snapshot()
        save_draft(desk.library, paper(1).id, f"Half a note, the {seed}th", tell)
        KINDS["keep"](desk)
        desk.library.close()


def a_post(home: Path, tell: Tell) -> None:
    """An export and a publish, whose files come to stand where they are to be read."""
    desk = promised.desk(home, 1, tell)
    for name in ("note", "export", "comment", "export", "publish", "undo", "publish"):
        KINDS[name](desk)
    desk.library.close()


def a_library(home: Path, tell: Tell) -> None:
    """Some Steps, a snapshot, a draft."""
    for seed in range(2):
        desk = promised.desk(home, seed, tell)
        KINDS["keep"](desk)
        KINDS["note"](desk)
        for wait in desk.library.snapshot_in_slices():
            KINDS["skip"](desk)
            if wait is not None:
                wait()
        KINDS["finish"](desk)
        save_draft(desk.library, paper(1).id, f"Half a note, the {seed}th", tell)
        KINDS["undo"](desk)
        desk.library.close()


def a_migration(home: Path, tell: Tell) -> None:
    """A library whose library.json an earlier triage wrote is opened, worked in and closed."""
    desk = promised.desk(home, 1, tell)
    KINDS["keep"](desk)
    KINDS["note"](desk)
    desk.library.close()
    earlier = home.with_name("earlier")
    shutil.copytree(home / "library", earlier)
    old = to_schema_1(earlier)
    replace_file(home / "library" / "library.json", home / "library" / "it.tmp", [old])
    desk = promised.desk(home, 2, tell)
    KINDS["skip"](desk)
    desk.library.close()
    assert (home / "library" / "library.json.schema-1").read_bytes() == old
    shutil.rmtree(earlier)


def a_backup(home: Path, tell: Tell) -> None:
    """A backup, with work before and after."""
    desk = promised.desk(home, 1, tell)
    for name in ("keep", "note"):
        KINDS[name](desk)
    back_up(home, tell)
    KINDS["skip"](desk)
    desk.library.close()


def a_restore(home: Path, tell: Tell) -> None:
    """A backup that is brought back."""
    desk = promised.desk(home, 1, tell)
    for name in ("keep", "note", "restore"):
        KINDS[name](desk)
    desk.library.close()


def listings(home: Path, tell: Tell) -> None:
    """A listing that comes in two parts, and one of another day."""
    promised.desk(home, 1, tell).library.close()
    store(home, [paper(number) for number in range(3)], tell)
    store(home, [paper(number) for number in range(5)], tell)
    store(home, [paper(number, 2) for number in range(2)], tell)


DAYS: dict[str, Day] = {
    one.__name__: one for one in (everything, a_library, a_post, a_migration, a_backup, a_restore, listings)
}


def recorded(disk: Disk, day: Day, patch: pytest.MonkeyPatch) -> Disk:
    """The disk that listened to a day."""
    disk.root.mkdir()
    with patch.context() as heard:
        disk.watch(heard)
        day(disk.root, disk.tell)
    shutil.rmtree(disk.root)
    return disk


def losses(disk: Disk, root: Path, states: Sequence[State]) -> Iterator[str]:
    """What is wrong after a cut that left one of these states."""
    steps = [line for line in disk.told if json.loads(line)[0] == STEP]
    for number, state in enumerate(states):
        home = root / str(number)
        state.build(home)
        try:
            library = Promised().check(home, disk.told[: state.told])
            there = [told(step) for step in library.history()][::-1]
            library.close()
            assert there == steps[: len(there)]
        except (AssertionError, LibraryUnusable) as error:
            yield f"state {number}: {error}"
        shutil.rmtree(home)


def finds(disk: Disk, root: Path) -> bool:
    """Tell whether something is lost after any cut."""
    return any(losses(disk, root, list(disk.states())))


@pytest.mark.parametrize("day", DAYS.values(), ids=list(DAYS))
def test_no_power_cut_loses_what_was_saved(
    quick_disk: Path,
    monkeypatch: pytest.MonkeyPatch,
    day: Day,
    request: pytest.FixtureRequest,
    counted: Count,
) -> None:
    disk = recorded(Disk(quick_disk / "disk"), day, monkeypatch)
    every = list(disk.states())
    assert len(every) > 40
    states = every if request.config.getoption("--every-bit") else every[:: 1 + len(every) // SOME]
    wrong = list(losses(disk, quick_disk, states))
    assert wrong == []
    counted("states of the disk after a power cut", len(states))
    counted("states of the disk in which something was lost", len(wrong))


@pytest.mark.parametrize("what", ["file", "folder"])
@pytest.mark.parametrize(
    ("where", "day"),
    [
        ("library/journal", a_library),
        ("library/drafts", a_library),
        ("library/posts", a_post),
        ("library/archive", listings),
        ("library/backups", a_backup),
    ],
)
def test_the_same_cuts_find_a_sync_that_is_left_out(
    quick_disk: Path, monkeypatch: pytest.MonkeyPatch, where: str, day: Day, what: str
) -> None:
    def left_out(path: Path, is_folder: bool) -> bool:
        return is_folder == (what == "folder") and path.is_relative_to(where)

    assert finds(recorded(Disk(quick_disk / "disk", left_out), day, monkeypatch), quick_disk)


@pytest.mark.parametrize("where", ["library", "library/archive", ""])
def test_the_same_cuts_find_a_folder_whose_own_name_is_not_synced(
    quick_disk: Path, monkeypatch: pytest.MonkeyPatch, where: str
) -> None:
    def left_out(path: Path, is_folder: bool) -> bool:
        return is_folder and path == Path(where)

    day = listings if where == "library/archive" else a_library
    assert finds(recorded(Disk(quick_disk / "disk", left_out), day, monkeypatch), quick_disk)


@pytest.mark.parametrize(
    ("replacing", "day"),
    [
        ("library.gathering.replacing", a_library),
        ("library.drafts.replace_file", a_library),
        ("archive.files.replace_file", listings),
    ],
)
def test_the_same_cuts_find_a_file_that_takes_its_place_before_it_is_synced(
    quick_disk: Path, monkeypatch: pytest.MonkeyPatch, replacing: str, day: Day
) -> None:
    def too_early(path: Path, *rest: Any) -> Iterator[None]:
        content = rest[-1] if isinstance(rest[-1], bytes) else b"".join(rest[-1])
        temporary = path.with_suffix(".new")
        temporary.write_bytes(content)
        temporary.replace(path)
        for place in (path, path.parent):
            handle = os.open(place, os.O_RDONLY)
            os.fsync(handle)
            os.close(handle)
        return iter(())

    with monkeypatch.context() as mutant:
        mutant.setattr(f"triage.{replacing}", too_early)
        assert finds(recorded(Disk(quick_disk / "disk"), day, mutant), quick_disk)
