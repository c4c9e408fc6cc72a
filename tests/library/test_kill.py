"""Killed with SIGKILL at any moment, the library has lost nothing that was shown; stock TinyDB has."""

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from itertools import takewhile
from pathlib import Path
from typing import Any

import pytest
from tinydb import TinyDB

from tests.library.kill_child import told
from tests.library.made import decide, finish, folded, note, opened, seen
from triage.library.library import JournaledLibrary
from triage.steps import Step

ROOT = Path(__file__).parents[2]


def killed(which: str, folder: Path, state: Path, seed: int) -> list[str]:
    """Run the child, kill it at a random moment after it began; what it told of until then."""
    chance = random.Random(seed)
    every = str(chance.choice([15, 40]))
    command = [
        sys.executable,
        "-m",
        "tests.library.kill_child",
        which,
        str(folder),
        str(state),
        str(seed),
        every,
    ]
    with subprocess.Popen(command, stdout=subprocess.PIPE, cwd=ROOT) as child:
        assert child.stdout is not None
        assert child.stdout.readline() == b"ready\n"
        # The moment of death is the test: a wait of a random length and not one for something to happen.
        time.sleep(chance.uniform(0, 0.15 if seed % 3 == 0 else 0.03))
        child.send_signal(signal.SIGKILL)
        lines = child.stdout.read().decode().splitlines()
    assert child.returncode == -signal.SIGKILL
    return lines


def newer(library: JournaledLibrary, number: int) -> list[Step]:
    """The Steps after the one of a number, oldest first."""
    return list(takewhile(lambda step: step.number > number, library.history()))[::-1]


def test_no_saved_step_is_missing_after_any_kill(tmp_path: Path, request: pytest.FixtureRequest) -> None:
    kills = request.config.getoption("--kills")
    acknowledged = extra = 0
    checked = 0
    everything: dict[int, str] = {}
    for seed in range(kills):
        lines = killed("ours", tmp_path / "library", tmp_path / "state-a", seed)
        acknowledged += len(lines)
        library = opened(tmp_path)
        assert library.notices == ()
        assert not list((tmp_path / "library").glob("*.damaged-*"))
        new = [told(step) for step in newer(library, checked)]
        assert [line.split()[0] for line in new] == [str(checked + 1 + place) for place in range(len(new))]
        assert new[: len(lines)] == lines, f"a saved Step is missing after kill {seed}"
        assert len(new) <= len(lines) + 1
        extra += len(new) - len(lines)
        everything |= {int(line.split()[0]): line for line in new}
        checked += len(new)
        if seed % 50 == 49 or seed == kills - 1:
            steps = list(library.history())
            assert [told(step) for step in reversed(steps)] == list(everything.values())
            assert seen(library) == folded(steps)
        if seed % 2:
            library.close()
    assert acknowledged > kills, "the child was killed before it could save: the test tells nothing"
    sys.stdout.write(f"{kills} kills, {acknowledged} Steps acknowledged, none lost, {extra} there untold\n")


def readable(folder: Path) -> bool:
    """Tell whether stock TinyDB's file can be read."""
    try:
        json.loads((folder / "stock.json").read_bytes())
    except FileNotFoundError:
        return True
    except ValueError:
        return False
    return True


def test_the_same_kills_leave_stock_tinydb_unreadable(tmp_path: Path) -> None:
    for seed in range(100):
        killed("stock", tmp_path, tmp_path, seed)
        if not readable(tmp_path):
            return
    pytest.fail("stock TinyDB came through 100 kills: this harness would find nothing")


CALLS = ("open", "write", "fdatasync", "fsync", "replace", "rename", "link", "unlink", "mkdir")


def killed_at(call: int, work: Callable[[Callable[[str], None]], None]) -> list[str] | None:
    """Do the work in a child that dies at one of its system calls, half way through if that is a write.

    What it told of until then; None when it made fewer calls and came to its end.
    """
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        left = iter(range(call))
        tell = os.write

        def dying(name: str) -> Callable[..., object]:
            real = getattr(os, name)

            def made(*given: Any, **named: Any) -> object:
                if next(left, None) is None:
                    if name == "write":
                        real(given[0], given[1][: len(given[1]) // 2])
                    os.kill(os.getpid(), signal.SIGKILL)
                return real(*given, **named)

            return made

        for name in CALLS:
            setattr(os, name, dying(name))
        work(lambda line: (tell(writing, f"{line}\n".encode()), None)[1])
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading, encoding="ascii") as file:
        lines = file.read().splitlines()
    _, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status) or os.WEXITSTATUS(status) == 0
    return lines if os.WIFSIGNALED(status) else None


def day(folder: Path) -> Callable[[Callable[[str], None]], None]:
    """A short day with everything in it that writes."""

    def work(tell: Callable[[str], None]) -> None:
        for _ in range(2):
            library = opened(folder)
            tell(told(decide(library, "2611.00001", "keep")))
            tell(told(note(library, "2611.00001", "A note.")))
            tell(told(finish(library, ["2611.00002", "2611.00003"])))
            library.snapshot()
            undone = library.undo()
            assert undone is not None
            tell(told(undone.step))
            tell(told(decide(library, "2611.00001", "skip")))
            library.save_draft("2611.00001", "half a note")
            library.close()

    return work


def test_death_at_every_single_system_call_loses_nothing(tmp_path: Path) -> None:
    for call in range(500):
        folder = tmp_path / str(call)
        folder.mkdir()
        lines = killed_at(call, day(folder))
        if lines is None:
            break
        library = opened(folder)
        steps = [told(step) for step in library.history()][::-1]
        assert steps[: len(lines)] == lines
        assert len(steps) <= len(lines) + 1
        assert seen(library) == folded(library.history())
        assert library.notices == ()
        after = decide(library, "2611.00009", "keep")
        library.close()
        again = opened(folder)
        assert again.notices == ()
        assert [told(step) for step in again.history()][::-1] == [*steps, told(after)]
        assert sorted(path.name for path in (folder / "library").iterdir() if path.suffix == ".tmp") == []
        again.close()
    assert call > 50, "the day made fewer calls than it must"


def test_stock_tinydb_dies_of_a_kill_between_its_fsync_and_its_truncate(tmp_path: Path) -> None:
    def work(tell: Callable[[str], None]) -> None:
        with TinyDB(tmp_path / "stock.json") as database:
            database.insert({"id": "2611.00001", "note": "A long note. " * 50})
            real = os.fsync

            def last(handle: int) -> None:
                real(handle)
                os.kill(os.getpid(), signal.SIGKILL)

            setattr(os, "fsync", last)  # noqa: B010  # its type allows objects with a handle too
            database.update({"note": ""})

    assert killed_at(10_000, work) is not None
    assert not readable(tmp_path)
