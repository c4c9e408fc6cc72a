"""Several processes on one library, and files that are taken away from under an open one."""

import errno
import fcntl
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.library.made import decide, finish, folded, note, opened, seen
from triage.library.lock import Lock
from triage.ports import NotSaved
from triage.steps import PAPERS, Change, Step

ROOT = Path(__file__).parents[2]
KEYS = [f"2611.{number:05}" for number in range(1, 6)]
WRITER = """
import sys
from pathlib import Path
from tests.library.made import decide, opened
library = opened(Path(sys.argv[1]))
for number in range(100):
    decide(library, f"{sys.argv[2]}.{number:05}", "keep")
    if number % 40 == 0:
        library.snapshot()
library.close()
"""


TYPING = """
import sys
from pathlib import Path
from tests.library.made import opened
library = opened(Path(sys.argv[1]))
library.save_draft(sys.argv[2], "theirs", "seen")
print(library.draft_file(sys.argv[2]), flush=True)
sys.stdin.read()
"""


TYPED = """
import sys
from pathlib import Path
from tests.library.made import opened
print(opened(Path(sys.argv[1])).draft(sys.argv[2]))
"""


def test_who_types_a_note_at_the_same_time_has_a_draft_of_their_own(tmp_path: Path) -> None:
    library = opened(tmp_path)
    words = [sys.executable, "-c", TYPING, str(tmp_path), KEYS[0]]
    pipe = subprocess.PIPE
    with subprocess.Popen(words, cwd=ROOT, stdin=pipe, stdout=pipe, text=True) as child:
        assert child.stdout is not None
        file = child.stdout.readline().strip()
        assert library.draft(KEYS[0]) is None, "nobody was killed"
        assert library.drafts() == {}
        library.save_draft(KEYS[0], "ours")
        assert library.draft(KEYS[0]) == "ours"
        assert library.draft_file(KEYS[0]) != file
        library.save_draft(KEYS[0], None)
        child.kill()
    assert library.drafts() == {KEYS[0]: "theirs"}
    assert library.draft_over(KEYS[0]) == "seen"
    library.save_draft(KEYS[0], None)
    assert opened(tmp_path).drafts() == {}


def test_a_draft_of_a_library_that_was_closed_is_there_for_the_next_process(tmp_path: Path) -> None:
    library = opened(tmp_path)
    library.save_draft(KEYS[0], "ours")
    library.close()
    words = [sys.executable, "-c", TYPED, str(tmp_path), KEYS[0]]
    assert subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=True).stdout == "ours\n"


def test_three_processes_side_by_side_lose_no_step_and_all_are_seen(tmp_path: Path) -> None:
    watching = opened(tmp_path)
    commands = [[sys.executable, "-c", WRITER, str(tmp_path), name] for name in ("2601", "2602", "2603")]
    running = [subprocess.Popen(command, cwd=ROOT) for command in commands]
    told: list[Step] = []
    mine = [f"2604.{number:05}" for number in range(50)]
    for key in mine:
        decide(watching, key, "skip")
        told += watching.poll()
    assert [child.wait() for child in running] == [0, 0, 0]
    told += watching.poll()
    steps = list(watching.history())[::-1]
    assert [step.number for step in steps] == list(range(1, 351))
    assert [step.lamport for step in steps] == list(range(1, 351))
    assert [step.number for step in told] == [step.number for step in steps if step.what == "keep"]
    assert seen(watching) == folded(steps) == seen(opened(tmp_path))
    assert len(seen(watching)["_default"]) == 350


def test_what_another_process_did_is_undone_by_whoever_asks_and_seen_by_both(tmp_path: Path) -> None:
    one, two = opened(tmp_path), opened(tmp_path)
    decide(one, KEYS[0], "keep")
    decide(two, KEYS[1], "skip")
    undone = one.undo()
    assert undone is not None
    assert undone.target.changes[0].key == KEYS[1]
    assert [step.what for step in two.poll()] == ["keep", "undo"]
    assert two.verdict(KEYS[1]) is None
    redone = two.redo()
    assert redone is not None
    assert redone.target == undone.target
    assert one.undo() is not None
    assert [step.what for step in one.poll()] == ["skip", "redo"]
    assert two.poll()[-1].what == "undo"
    assert two.poll() == []


def test_a_note_typed_over_an_older_one_does_not_replace_what_another_process_wrote(tmp_path: Path) -> None:
    one, two = opened(tmp_path), opened(tmp_path)
    note(one, KEYS[0], "old")
    two.poll()
    note(two, KEYS[0], "by two")
    one.record("note", [Change(PAPERS, KEYS[0], ("note",), "old", "by one")])
    text = (one.paper(KEYS[0]) or {})["note"]
    assert text.startswith("by two\n\n---\n\n")
    assert text.endswith("by one")
    two.poll()
    assert seen(one) == seen(two)


def test_a_verdict_is_changed_from_what_it_is_and_not_from_what_was_seen(tmp_path: Path) -> None:
    one, two = opened(tmp_path), opened(tmp_path)
    decide(two, KEYS[0], "keep")
    step = decide(one, KEYS[0], "skip")
    assert step.changes[0].before == "keep"
    one.undo()
    assert one.verdict(KEYS[0]) == "keep"


def test_a_lock_held_too_long_is_named_and_nothing_is_saved(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    library = opened(tmp_path)
    decide(library, KEYS[0], "keep")
    lock = tmp_path / "library" / "lock"
    library._lock = Lock(lock, wait=0.05)
    with lock.open("rb") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        with pytest.raises(NotSaved, match=re.escape(str(lock))):
            decide(library, KEYS[0], "skip")
    assert library.verdict(KEYS[0]) == "keep"
    assert decide(library, KEYS[0], "skip").number == 2


HOLDER = """
import os, signal, subprocess, sys
from pathlib import Path
from tests.library.made import decide, opened
library = opened(Path(sys.argv[1]))
decide(library, "2611.00001", "keep")
with library._lock:
    subprocess.Popen([sys.executable, "-c", "import sys; sys.stdin.read()"], close_fds=False)
    print("held", flush=True)
    os.kill(os.getpid(), signal.SIGKILL)
"""


def test_a_child_left_behind_by_a_killed_process_holds_no_lock(tmp_path: Path) -> None:
    command = [sys.executable, "-c", HOLDER, str(tmp_path)]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == b"held\n"
        holder.wait()
        library = opened(tmp_path)
        library._lock = Lock(tmp_path / "library" / "lock", wait=0.05)
        assert decide(library, KEYS[1], "keep").number == 2


def test_a_lock_file_that_was_removed_is_made_again_for_all(tmp_path: Path) -> None:
    one, two = opened(tmp_path), opened(tmp_path)
    decide(one, KEYS[0], "keep")
    (tmp_path / "library" / "lock").unlink()
    assert decide(two, KEYS[1], "keep").number == 2
    assert decide(one, KEYS[2], "keep").number == 3


def journal(folder: Path) -> Path:
    """The one journal of a library."""
    (path,) = (folder / "library" / "journal").glob("*.jsonl")
    return path


def test_a_journal_removed_while_open_is_put_back(tmp_path: Path) -> None:
    library = opened(tmp_path)
    for key in KEYS[:3]:
        decide(library, key, "keep")
    path = journal(tmp_path)
    path.unlink()
    assert decide(library, KEYS[3], "skip").number == 4
    assert any("it is back" in notice for notice in library.notices)
    assert len(list(library.history())) == 4
    before = seen(library)
    library.close()
    (tmp_path / "library" / "library.json").unlink()
    again = opened(tmp_path)
    assert seen(again) == before
    assert not any("lacks" in notice for notice in again.notices)


def test_the_whole_journal_folder_removed_while_open_is_put_back(tmp_path: Path) -> None:
    library = opened(tmp_path)
    decide(library, KEYS[0], "keep")
    path = journal(tmp_path)
    path.unlink()
    path.parent.rmdir()
    decide(library, KEYS[1], "keep")
    assert len(list(library.history())) == 2


def test_a_journal_replaced_by_an_older_one_is_kept_aside_and_said(tmp_path: Path) -> None:
    library = opened(tmp_path)
    decide(library, KEYS[0], "keep")
    path = journal(tmp_path)
    old = path.read_bytes()
    decide(library, KEYS[1], "keep")
    whole = path.read_bytes()
    path.unlink()
    path.write_bytes(old)
    library.poll()
    assert library.verdict(KEYS[1]) is None
    (kept,) = (tmp_path / "library" / "journal-damaged").iterdir()
    assert kept.read_bytes() == whole
    assert any("was replaced" in notice and str(kept) in notice for notice in library.notices)
    assert decide(library, KEYS[2], "keep").number == 2
    assert len(list(library.history())) == 2
    assert library.undo() is not None
    assert library.verdict(KEYS[2]) is None


def test_a_journal_replaced_by_the_same_one_is_simply_read_on(tmp_path: Path) -> None:
    library = opened(tmp_path)
    decide(library, KEYS[0], "keep")
    path = journal(tmp_path)
    copy = path.with_suffix(".copy")
    copy.write_bytes(path.read_bytes())
    copy.replace(path)
    assert decide(library, KEYS[1], "keep").number == 2
    assert library.notices == ()
    assert path.read_bytes().count(b"\n") == 2


def test_another_machines_journal_that_disappears_is_named_and_still_shown(tmp_path: Path) -> None:
    other = opened(tmp_path, "b")
    decide(other, KEYS[0], "keep")
    other.close()
    path = journal(tmp_path)
    library = opened(tmp_path)
    data = path.read_bytes()
    path.unlink()
    library.poll()
    assert library.verdict(KEYS[0]) == "keep"
    assert any("put it back" in notice for notice in library.notices)
    path.write_bytes(data)
    assert library.poll() == []
    assert library.verdict(KEYS[0]) == "keep"


def test_a_snapshot_removed_while_open_is_written_again_on_closing(tmp_path: Path) -> None:
    library = opened(tmp_path)
    finish(library, KEYS)
    library.snapshot()
    (tmp_path / "library" / "library.json").unlink()
    decide(library, KEYS[0], "keep")
    library.close()
    assert opened(tmp_path).notices == ()


@pytest.mark.parametrize("size", [3, 3000])
@pytest.mark.parametrize("how", ["another library's", "garbage", "nothing"])
def test_a_snapshot_replaced_while_open_changes_nothing(quick_disk: Path, how: str, size: int) -> None:
    library, other = opened(quick_disk), opened(quick_disk, "b", "other")
    finish(library, [f"2610.{number:05}" for number in range(size)])
    finish(other, [f"2609.{number:05}" for number in range(size)])
    for one in (library, other):
        one.close()
    library = opened(quick_disk)
    path = quick_disk / "library" / "library.json"
    theirs = (quick_disk / "other" / "library.json").read_bytes()
    path.with_suffix(".new").write_bytes({"another library's": theirs, "garbage": b"{", "nothing": b""}[how])
    path.with_suffix(".new").replace(path)
    decide(library, "2610.00001", "keep")
    assert library.verdict("2610.00002") == "skip"
    assert seen(library) == folded(library.history())
    assert library.notices == ()
    library.close()
    again = opened(quick_disk)
    assert again.notices == ()
    assert seen(again) == seen(library)


MOMENTS = {
    "set back by an hour": "2026-11-20T07:30:00Z",
    "set back by ten years": "2016-11-20T08:30:00Z",
    "past the end of 32 bits": "2038-01-19T03:14:08Z",
    "in the hour that summer time has twice": "2026-10-25T01:30:00Z",
    "at the turn of the year": "2026-12-31T23:59:60Z",
    "long before there were papers": "0001-01-01T00:00:00Z",
}


@pytest.mark.parametrize("moment", MOMENTS.values(), ids=list(MOMENTS))
def test_what_was_done_last_is_the_last_whatever_the_clock_says(
    quick_disk: Path, monkeypatch: pytest.MonkeyPatch, moment: str
) -> None:
    library = opened(quick_disk)
    for number, at in enumerate(("2026-11-20T08:30:00Z", moment, "2026-11-20T08:30:01Z", moment)):
        monkeypatch.setattr("triage.library.library._now", lambda at=at: at)
        decide(library, KEYS[0], "keep" if number % 2 else "skip")
        note(library, KEYS[0], f"Note {number}")
        library.close()
        library = opened(quick_disk)
        assert library.notices == ()
    assert [step.number for step in library.history()] == [8, 7, 6, 5, 4, 3, 2, 1]
    assert (library.paper(KEYS[0]) or {})["note"] == "Note 3"
    (quick_disk / "library" / "library.json").unlink()
    library = opened(quick_disk)
    for number in (2, 1, 0):
        library.undo()
        assert (library.paper(KEYS[0]) or {})["note"] == f"Note {number}"
        library.undo()
    assert library.verdict(KEYS[0]) == "skip"


def test_a_journal_that_cannot_be_put_back_takes_nothing_until_it_can(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    library = opened(tmp_path)
    decide(library, KEYS[0], "keep")
    path = journal(tmp_path)
    path.unlink()

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as disk:
        disk.setattr("triage.library.journal.replace_file", full)
        for _ in range(2):
            with pytest.raises(NotSaved, match="No space"):
                decide(library, KEYS[1], "keep")
    assert library.verdict(KEYS[1]) is None
    decide(library, KEYS[1], "keep")
    assert path.read_bytes().count(b"\n") == 2


def test_a_journal_that_could_not_be_read_once_is_read_the_next_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, two = opened(tmp_path), opened(tmp_path)
    decide(one, KEYS[0], "keep")

    def fails(*_: object) -> None:
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    with monkeypatch.context() as disk:
        disk.setattr(two._journal, "read", fails)
        assert two.poll() == []
        assert any("cannot be read" in notice for notice in two.notices)
    assert [step.what for step in two.poll()] == ["keep"]


def test_two_replaced_journals_are_both_kept(tmp_path: Path) -> None:
    library = opened(tmp_path)
    decide(library, KEYS[0], "keep")
    path = journal(tmp_path)
    for key in KEYS[1:3]:
        decide(library, key, "keep")
        old = path.read_bytes()
        path.unlink()
        path.write_bytes(old[: old.index(b"\n") + 1])
        library.poll()
    kept = list((tmp_path / "library" / "journal-damaged").iterdir())
    assert sum(KEYS[1].encode() in one.read_bytes() for one in kept) == 1
    assert sum(KEYS[2].encode() in one.read_bytes() for one in kept) == 1


def test_a_journal_removed_in_the_very_moment_of_saving_takes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    library = opened(tmp_path)
    decide(library, KEYS[0], "keep")
    path = journal(tmp_path)
    catch_up = library._fold.catch_up

    def removed() -> list[Step]:
        steps = catch_up()
        path.unlink()
        return steps

    with monkeypatch.context() as moment:
        moment.setattr(library._fold, "catch_up", removed)
        with pytest.raises(NotSaved):
            decide(library, KEYS[1], "keep")
    assert decide(library, KEYS[1], "keep").number == 2
    assert path.read_bytes().count(b"\n") == 2
