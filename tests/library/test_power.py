"""A power cut at any moment loses nothing that was shown as saved."""

from pathlib import Path

import pytest

from tests.library.made import decide, finish, folded, note, opened, seen
from tests.library.power import Disk
from tests.library.promised import told
from triage.library.library import JournaledLibrary
from triage.steps import Step


def a_day(disk: Disk, root: Path, patch: pytest.MonkeyPatch) -> list[str]:
    """Work while the disk listens; the Steps that were saved."""
    opened(root, folder="elsewhere").close()  # the machine's id is there already
    saved: list[str] = []

    def save(step: Step) -> None:
        saved.append(told(step))
        disk.told = len(saved)
        disk.cut()

    with patch.context() as listening:
        disk.watch(listening)
        for _ in range(2):
            library = opened(root, folder="disk/library")
            save(decide(library, "2611.00001", "keep"))
            save(note(library, "2611.00001", "A note. " * 20))
            library.snapshot()
            save(finish(library, ["2611.00002", "2611.00003"]))
            undone = library.undo()
            assert undone is not None
            save(undone.step)
            save(decide(library, "2611.00001", None))
            library.close()
    return saved


def losses(root: Path, patch: pytest.MonkeyPatch) -> tuple[int, int]:
    """Cut the power everywhere; how many states the folder can be in, and in how many something is wrong."""
    (root / "disk").mkdir()
    disk = Disk(root / "disk")
    saved = a_day(disk, root, patch)
    states = wrong = 0
    for number, state in enumerate(disk.distinct()):
        where = f"cut-{number}"
        (root / where).mkdir()
        state.build(root / where)
        states += 1
        wrong += not is_whole(opened(root, folder=f"{where}/library"), saved, state.told)
    return states, wrong


def is_whole(library: JournaledLibrary, saved: list[str], count: int) -> bool:
    """Tell whether a library holds the first `count` saved Steps, at most one more, and nothing else."""
    try:
        steps = list(library.history())[::-1]
    except FileNotFoundError:
        return False
    lines = [told(step) for step in steps]
    return (
        lines == saved[: len(lines)]
        and count <= len(lines) <= count + 1
        and seen(library) == folded(steps)
        and not library.read_only
        and library.notices == ()
    )


def test_no_power_cut_loses_a_saved_step(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    states, wrong = losses(tmp_path, monkeypatch)
    assert wrong == 0
    assert states > 50


@pytest.mark.parametrize(
    "left_out",
    [
        "triage.library.journal.sync_file",
        "triage.library.journal.sync_folder",
        "triage.library.durable.sync_file",
    ],
)
def test_the_same_cuts_find_a_sync_that_is_left_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, left_out: str
) -> None:
    with monkeypatch.context() as mutant:
        mutant.setattr(left_out, lambda _: None)
        assert losses(tmp_path, monkeypatch)[1] > 0
