"""`triage merge`: another library's folder, by the command line."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import Triage
from tests.library.newer import to_newer_schema

pytestmark = pytest.mark.usefixtures("listing")
HOUSE = Path(__file__).resolve().parents[2]


def elsewhere(home: Path, *words: str) -> str:
    """What `triage` prints on another computer, whose data folder is `copy`."""
    env = {**os.environ, "XDG_STATE_HOME": str(home / "state-elsewhere"), "TRIAGE_DATA": str(home / "copy")}
    command = [sys.executable, "-m", "triage", *words]
    done = subprocess.run(command, env=env, cwd=HOUSE, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_what_another_computer_did_comes_by_one_command(triage: Triage, home: Path) -> None:
    triage("keep", "2611.00001")
    triage("note", "2611.00001", "From here.")
    (home / "copy").symlink_to(home / "data")
    elsewhere(home, "list")
    (home / "copy").unlink()
    elsewhere(home, "add", "2306.07899", "--note", "From there.")
    ran = triage("merge", "copy")
    assert (ran.status, ran.err) == (0, "")
    assert ran.out.startswith("merged: 1 step of ")
    assert ran.out.endswith(" (1 paper decided on, 1 note)\n")
    assert "From there." in triage("show", "2306.07899").out
    assert triage("merge", "copy").out == f"nothing new in {home / 'copy'}\n"
    assert elsewhere(home, "merge", str(home / "data")).endswith(
        "(1 paper decided on, 1 note); 2 listing days\n"
    )
    assert elsewhere(home, "list", "--haul", "current") == triage("list", "--haul", "current").out
    # Undo takes back what was done here: the note, and not what came.
    assert triage("undo").out == "undone: note of 2611.00001\n"


def test_a_second_library_on_this_computer_is_taken_in(triage: Triage, home: Path) -> None:
    triage("keep", "2611.00001")
    triage("--data", str(home / "second"), "add", "2306.07899")
    ran = triage("merge", str(home / "second"))
    assert ran.status == 0
    assert "went on here and in" in ran.err
    assert [line[2:12] for line in triage("list", "--haul", "current").lines] == ["2611.00001", "2306.07899"]
    assert triage("merge", str(home / "second")).lines == [f"nothing new in {home / 'second'}"]


@pytest.mark.parametrize(
    ("where", "status", "says"),
    [
        ("nowhere", 2, "does not exist"),
        ("data", 2, "is the folder of this library itself"),
        ("config", 2, "is no library's folder"),
        ("newer", 4, "newer triage"),
        ("bare", 4, "and no journal"),
    ],
)
def test_what_cannot_be_taken_in_is_one_sentence(
    triage: Triage, home: Path, where: str, status: int, says: str
) -> None:
    triage("--data", str(home / "newer"), "keep", "2306.07899")
    triage("--data", str(home / "bare"), "add", "2306.07899")
    triage("--data", str(home / "newer"), "add", "2306.07899")
    to_newer_schema(home / "newer")
    for path in (home / "bare" / "journal").iterdir():
        path.unlink()
    ran = triage("merge", where)
    assert (ran.status, ran.out, ran.err.count("\n")) == (status, "", 1)
    assert says in ran.err
