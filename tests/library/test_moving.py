"""A library copied to another computer: whoever goes on there is a machine of its own; nothing is lost."""

import shutil
from pathlib import Path

import pytest

from tests.library.made import decide, note, seen
from triage.library import machine
from triage.library.library import JournaledLibrary
from triage.library.opening import open_library

KEYS = ["2611.00001", "2611.00002", "2611.00003"]


class Computer:
    """A computer with its name and its machine-id, None where it has none; who asks is on it."""

    def __init__(self, patch: pytest.MonkeyPatch, root: Path) -> None:
        self._patch = patch
        self._root = root

    def is_now(self, name: str, number: str | None) -> None:
        """Sit down at another computer."""
        self._patch.setattr("socket.gethostname", lambda: name)
        file = self._root / f"machine-id-{number}"
        if number is not None:
            file.write_text(f"{number}\n")
        self._patch.setattr(machine, "MACHINE_ID", file)


@pytest.fixture
def computer(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Computer:
    made = Computer(monkeypatch, tmp_path)
    made.is_now("desk.example.org", "0123456789abcdef0123456789abcdef")
    return made


def at_home(home: Path) -> JournaledLibrary:
    """The library of a home, with the state beside it."""
    return open_library(home / "data", state=home / "state")


def used(home: Path) -> str:
    """Use a library and close it; the machine's id."""
    library = at_home(home)
    decide(library, KEYS[0], "keep")
    note(library, KEYS[0], "Written on the old computer.")
    library.close()
    return library.machine


@pytest.mark.parametrize(
    ("name", "number"),
    [
        ("lap.example.org", "fedcba9876543210fedcba9876543210"),
        ("lap.example.org", "0123456789abcdef0123456789abcdef"),
        ("desk.example.org", "fedcba9876543210fedcba9876543210"),
        ("desk.example.org", None),
        ("3f0c2b1a9d8e", None),
    ],
    ids=["another computer", "renamed", "cloned with its own machine-id", "container", "named container"],
)
@pytest.mark.parametrize("what", ["data alone", "whole home"])
def test_a_library_copied_whole_goes_on_under_a_new_id_and_everything_is_there(
    tmp_path: Path, computer: Computer, name: str, number: str | None, what: str
) -> None:
    old = used(tmp_path / "old")
    before = seen(at_home(tmp_path / "old"))
    shutil.copytree(tmp_path / "old", tmp_path / "new")
    if what == "data alone":
        shutil.rmtree(tmp_path / "new" / "state")
    journals = {path.name: path.read_bytes() for path in (tmp_path / "new" / "data" / "journal").iterdir()}
    computer.is_now(name, number)
    library = at_home(tmp_path / "new")
    assert library.notices == ()
    assert library.machine != old
    assert seen(library) == before
    # What was done on the old computer is not undone here.
    assert library.undo() is None
    decide(library, KEYS[1], "skip")
    assert decide(library, KEYS[2], "skip").number == 2
    for path, data in journals.items():
        assert (tmp_path / "new" / "data" / "journal" / path).read_bytes() == data
    library.close()
    assert at_home(tmp_path / "new").machine == library.machine
    # The old one goes on as it was, and either takes in what the other did.
    computer.is_now("desk.example.org", "0123456789abcdef0123456789abcdef")
    there = at_home(tmp_path / "old")
    assert there.machine == old
    decide(there, KEYS[1], "keep")
    there.merge(str(tmp_path / "new" / "data"))
    computer.is_now(name, number)
    here = at_home(tmp_path / "new")
    here.merge(str(tmp_path / "old" / "data"))
    assert seen(here) == seen(there)
    assert (here.paper(KEYS[0]) or {})["note"] == "Written on the old computer."


def test_two_homes_on_one_computer_are_two_machines(tmp_path: Path, computer: Computer) -> None:
    assert used(tmp_path / "one") != used(tmp_path / "two")


def test_a_computer_and_its_image_part_their_ways_and_lose_nothing(
    tmp_path: Path, computer: Computer
) -> None:
    old = used(tmp_path / "one")
    shutil.copytree(tmp_path / "one", tmp_path / "two")
    one, two = at_home(tmp_path / "one"), at_home(tmp_path / "two")
    assert one.machine == two.machine == old
    for key in KEYS[1:]:
        decide(one, key, "keep")
    note(two, KEYS[0], "Written on the image.")
    decide(two, KEYS[1], "skip")
    one.close()
    two.close()
    # What Syncthing makes of one file that was changed in two places: the same on both.
    (name,) = (path.name for path in (tmp_path / "one" / "data" / "journal").iterdir())
    ours, theirs = ((tmp_path / home / "data" / "journal" / name).read_bytes() for home in ("one", "two"))
    for home in ("one", "two"):
        journal = tmp_path / home / "data" / "journal"
        (journal / name).write_bytes(theirs)
        (journal / name.replace(".jsonl", ".sync-conflict-20261120-101010-ABC.jsonl")).write_bytes(ours)
    told = []
    for home in ("one", "two"):
        library = at_home(tmp_path / home)
        told += [notice for notice in library.notices if "its journal was copied" in notice]
        assert (library.paper(KEYS[0]) or {})["note"] == "Written on the image."
        assert [library.verdict(key) for key in KEYS] == ["keep", "skip", "keep"]
        library.close()
    assert len(told) == 2
    assert told[0].startswith(f"Two different steps of {old} are numbered 3, and 1 more: ")
    one, two = at_home(tmp_path / "one"), at_home(tmp_path / "two")
    assert one.notices == two.notices == ()
    assert len({one.machine, two.machine, old}) == 3
    assert decide(one, KEYS[2], "skip").number == decide(two, KEYS[2], "skip").number == 1


def test_an_id_is_forgotten_only_where_it_is_the_one_that_is_shared(
    tmp_path: Path, computer: Computer
) -> None:
    kept = machine.machine_id(tmp_path)
    machine.forget_machine(tmp_path, "desk-00000000")
    assert machine.machine_id(tmp_path) == kept
    machine.forget_machine(tmp_path, kept)
    assert machine.machine_id(tmp_path) != kept
    assert len(list(tmp_path.glob("machine-*.json.shared-*"))) == 1
    machine.forget_machine(tmp_path / "nowhere", kept)
