"""Two and three machines that share a folder by a syncing program are one library, whatever it does."""

import random
import shutil
from datetime import timedelta
from itertools import pairwise
from pathlib import Path
from unittest.mock import patch

import pytest

from tests.library.made import seen
from tests.machines import Machine, unreplaced
from tests.syncing import Copier
from triage.library.journal import Journal, Mark
from triage.library.machine import machine_id
from triage.steps import Step

CLOCKS = (timedelta(), timedelta(hours=-5), timedelta(days=366))


def steps_in(folder: Path) -> set[str]:
    """What the Steps of every journal say."""
    journal = Journal(folder, "")
    lines = [line for name in journal.files() for line in journal.read(name, Mark()).lines]
    return {repr(line) for line in lines if isinstance(line, Step)}


def used_apart(
    root: Path, seed: int, acts: int = 40, *, cloned: bool = False
) -> tuple[list[Machine], Copier]:
    """Machines on which something is done while a syncing program works between their folders.

    `cloned`: one is the image of another, and both think they are that one.
    """
    chance = random.Random(seed)
    names = "abc"[: 2 + (seed % 3 == 2)]
    clocks = chance.sample(CLOCKS, len(names))
    machines = [Machine(root, name, clock, chance) for name, clock in zip(names, clocks, strict=True)]
    for machine in machines:
        machine.folder.mkdir(parents=True)
    copier = Copier([one.folder for one in machines], chance, [clock.total_seconds() for clock in clocks])
    pace = chance.choice([0, 1, 3, 8])
    # Ids are the same when a seed is tried again, and no power is cut here.
    with (
        patch("os.urandom", random.Random(seed).randbytes),
        patch("os.fsync", lambda _: None),
        patch("os.fdatasync", lambda _: None),
    ):
        machine_id(machines[0].state)
        for machine in machines[1:] if cloned else ():
            shutil.copytree(machines[0].state, machine.state)
        for _ in range(acts):
            chance.choice(machines).act()
            if chance.random() < 0.06:
                copier.litter()
            copier.deliver(chance.randint(0, pace))
    copier.deliver_everything()
    return machines, copier


def check(machines: list[Machine]) -> None:
    """Everything is on every machine, once, and the same."""
    saved: dict[str, Step] = {}
    for machine in machines:
        saved |= machine.saved
    for machine in machines:
        machine.library.poll()
        machine.read()
    for one, two in pairwise(machines):
        assert seen(one.library) == seen(two.library)
    now = seen(machines[0].library)
    for machine in machines:
        assert steps_in(machine.folder) == saved.keys()
    shown = repr(now)
    for text in unreplaced(saved.values()):
        assert text in shown, text
    for machine in machines:
        machine.close()
        assert seen(machine.library) == now
        machine.close()
        (machine.folder / "library.json").unlink(missing_ok=True)
        assert seen(machine.library) == now
        machine.close()


def test_what_two_or_three_machines_did_is_the_same_on_all_of_them(
    tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    for seed in range(request.config.getoption("--merges")):
        try:
            check(used_apart(tmp_path / str(seed), seed)[0])
        except BaseException as error:
            error.add_note(f"seed {seed}")
            raise


def test_the_images_of_one_computer_lose_nothing_and_part_their_ways(
    tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    for seed in range(request.config.getoption("--merges") // 2):
        try:
            check(used_apart(tmp_path / str(seed), seed, cloned=True)[0])
        except BaseException as error:
            error.add_note(f"seed {seed}")
            raise
