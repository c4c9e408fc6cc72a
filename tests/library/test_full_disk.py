"""The disk is full, or fails: nothing changes on the screen, nothing saved is lost, and it says so."""

import errno
import os
import resource
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.library.made import decide, folded, note, opened, seen
from triage.ports import NotSaved

KEY = "2611.00001"


def in_child(work: Callable[[], None]) -> int:
    """Do something in a process of its own, whose limits are its own; its exit status."""
    child = os.fork()
    if child == 0:
        status = 1
        try:
            work()
            status = 0
        finally:
            os._exit(status)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


@pytest.mark.parametrize("room", [0, 1, 50, 500])
def test_a_full_disk_takes_nothing_and_loses_nothing_and_goes_on_when_there_is_room(
    tmp_path: Path, room: int
) -> None:
    def work() -> None:
        library = opened(tmp_path)
        decide(library, KEY, "keep")
        (path,) = (tmp_path / "library" / "journal").iterdir()
        most = resource.getrlimit(resource.RLIMIT_FSIZE)[1]
        resource.setrlimit(resource.RLIMIT_FSIZE, (path.stat().st_size + room, most))
        for _ in range(3):
            with pytest.raises(NotSaved, match=r"room on the disk|cannot be written"):
                note(library, KEY, "A note that is too long. " * 40)
            assert library.paper(KEY) == {"id": KEY, "verdict": "keep", "haul": "current"}
            assert not library.read_only
            library.poll()
        assert library.notices == ()
        library.snapshot()
        resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))
        assert decide(library, KEY, "skip").number == 2
        assert note(library, KEY, "A note.").number == 3
        os._exit(0)  # as if killed

    assert in_child(work) == 0
    library = opened(tmp_path)
    assert library.paper(KEY) == {"id": KEY, "verdict": "skip", "note": "A note."}
    assert library.notices == ()
    assert seen(library) == folded(library.history())
    library.close()
    (tmp_path / "library" / "library.json").unlink()
    again = opened(tmp_path)
    assert seen(again) == seen(library)
    assert len(again.notices) == 1


def test_a_snapshot_that_does_not_fit_leaves_the_old_one_whole(tmp_path: Path) -> None:
    library = opened(tmp_path)
    decide(library, KEY, "keep")
    library.close()
    path = tmp_path / "library" / "library.json"
    before = path.read_bytes()

    def work() -> None:
        library = opened(tmp_path)
        decide(library, KEY, "skip")
        most = resource.getrlimit(resource.RLIMIT_FSIZE)[1]
        resource.setrlimit(resource.RLIMIT_FSIZE, (100, most))
        library.close()
        assert any("could not be written" in notice for notice in library.notices)

    assert in_child(work) == 0
    assert path.read_bytes() == before
    assert sorted(one.name for one in path.parent.iterdir()) == ["journal", "library.json", "lock"]
    assert opened(tmp_path).verdict(KEY) == "skip"


def test_a_disk_that_fails_to_sync_turns_the_library_read_only_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    library = opened(tmp_path)
    decide(library, KEY, "keep")

    def fails(handle: int) -> None:
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    monkeypatch.setattr("triage.library.journal.sync_file", fails)
    with pytest.raises(NotSaved, match="did not reach the disk"):
        decide(library, KEY, "skip")
    monkeypatch.undo()
    assert library.read_only
    assert library.verdict(KEY) == "keep"
    assert any("did not reach the disk" in notice for notice in library.notices)
    with pytest.raises(NotSaved, match="read-only"):
        decide(library, KEY, "skip")
    assert library.poll() == []
    assert library.verdict(KEY) == "keep"
    library.close()
    again = opened(tmp_path)
    assert again.verdict(KEY) in ("keep", "skip")
    assert decide(again, KEY, "keep").number in (2, 3)
