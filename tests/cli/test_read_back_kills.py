"""`triage export` and `publish`, killed while the file takes its place: no edit comes of it."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import Triage

A, B = "2611.00001", "2611.00002"
KILLED = """
import os, signal, sys
from pathlib import Path
from triage.__main__ import main
replace = Path.replace
def killed(here, there):
    if str(there).endswith(".md"):
        if sys.argv[1] == "after":
            replace(here, there)
        os.kill(os.getpid(), signal.SIGKILL)
    return replace(here, there)
Path.replace = killed
sys.exit(main(sys.argv[2:]))
"""
SIGKILL = -9


@pytest.fixture
def post(triage: Triage, listing: object, home: Path) -> Path:
    """The exported post of two papers, one of them noted; since then the notes say more than the file."""
    triage("keep", A, B)
    triage("note", A, "The first note.")
    path = home / "haul.md"
    assert triage("export", "-o", str(path)).status == 0
    triage("note", A, "The second note.")
    triage("note", B, "Noted since.")
    return path


def kill(home: Path, moment: str, *words: str) -> None:
    command = [sys.executable, "-c", KILLED, moment, "--data", str(home / "data"), *words]
    assert subprocess.run(command, capture_output=True, check=False).returncode == SIGKILL


@pytest.mark.parametrize("moment", ["before", "after"])
@pytest.mark.parametrize("words", [("export",), ("publish",)])
def test_a_file_that_nobody_edited_is_none_that_was_edited(
    triage: Triage, post: Path, home: Path, words: tuple[str, ...], moment: str
) -> None:
    kill(home, moment, *words, "-o", str(post))
    assert ("The second note." in post.read_text()) == (moment == "after")
    haul = ("--haul", "1") if words == ("publish",) else ()
    assert triage("export", "--read-back", *haul).lines[0] == f"haul 1: {post} was not edited"
    assert "The second note." in triage("export", *haul).out
    assert triage("export", "-o", str(post), *haul).status == 0
    assert "The second note." in post.read_text()


@pytest.mark.parametrize("moment", ["before", "after"])
@pytest.mark.parametrize("words", [("export",), ("publish",)])
def test_an_edit_that_is_made_after_the_kill_is_taken_over_and_nothing_else(
    triage: Triage, post: Path, home: Path, words: tuple[str, ...], moment: str
) -> None:
    kill(home, moment, *words, "-o", str(post))
    post.write_text(post.read_text().replace("tags: arxiv", "tags: maths"))
    haul = ("--haul", "1") if words == ("publish",) else ()
    assert triage("export", "-o", str(post), *haul).status == 2
    ran = triage("export", "--read-back", *haul)
    assert f"haul 1: 1 edit in {post}" in ran.lines
    assert "tags: maths" in (now := triage("export", *haul).out)
    assert "The second note." in now
    assert "Noted since." in now
    assert post.read_text() == now


def test_two_kills_one_after_the_other_leave_the_file_ours(triage: Triage, post: Path, home: Path) -> None:
    kill(home, "after", "export", "-o", str(post))
    triage("note", A, "The third note.")
    kill(home, "before", "export", "-o", str(post))
    assert "The second note." in post.read_text()
    assert triage("export", "-o", str(post)).status == 0
    assert "The third note." in post.read_text()


def test_a_file_of_somebody_elses_that_was_not_replaced_is_theirs_still(
    triage: Triage, post: Path, home: Path
) -> None:
    other = home / "other.md"
    other.write_text("# My own\n")
    kill(home, "before", "export", "--overwrite", "-o", str(other))
    assert other.read_text() == "# My own\n"
    refused = triage("export", "-o", str(other))
    assert refused.status == 2
    assert "is there already and no file of this haul" in refused.err
    assert triage("export", "--read-back").lines[0] == f"haul 1: {post} was not edited"


def test_an_undo_of_a_publish_leaves_no_haul_behind_that_was_exported_since(
    triage: Triage, post: Path, home: Path
) -> None:
    other = home / "other.md"
    triage("publish", "-o", str(post))
    triage("export", "--haul", "1", "-o", str(other))
    assert triage("undo").status == 0
    assert triage("export", "--read-back", "-o", str(other)).status == 0
    assert triage("publish", "-o", str(post)).status == 0
    assert triage("export", "--haul", "1", "-o", str(post)).status == 0
