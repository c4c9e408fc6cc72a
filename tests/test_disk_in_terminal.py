"""The app in a real terminal on a disk that refuses: mark and cursor stay, and it says so."""

import os
import resource
import sys
from pathlib import Path

import pytest

from tests.bench import worlds
from tests.terminal import Terminal
from tests.test_kills import shown, stored, under_cursor

PAPERS = 20
SIZE = (100, 30)
MOMENT = f"{worlds.TODAY}T12:00+00:00"
"""When the listing of the day is here, and nothing is fetched."""
EIO = """
import errno, os, sys
from pathlib import Path
real, broken = os.fdatasync, Path(sys.argv.pop(1))
def sync(handle):
    if broken.exists():
        raise OSError(errno.EIO, os.strerror(errno.EIO))
    real(handle)
os.fdatasync = sync
from tests.at import main
sys.exit(main())
"""
"""The app on a disk that fails to sync as long as a file is there."""
UNPRIVILEGED = """
import ctypes, os, sys
if sys.platform == "linux":
    for capability in (1, 2):  # CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH (capabilities(7))
        ctypes.CDLL(None).prctl(24, capability, 0, 0, 0)  # PR_CAPBSET_DROP (prctl(2))
os.execv(sys.executable, [sys.executable, "-m", "tests.at", *sys.argv[1:]])
"""
"""The app as somebody to whom permissions apply, root too."""


@pytest.fixture
def world(quick_disk: Path) -> worlds.World:
    quick_disk.chmod(0o755)
    return worlds.make(quick_disk, papers=PAPERS, decisions=0)


def opened(world: worlds.World, program: str = "", *words: str) -> Terminal:
    """The app on a world, started by a program of the test's own."""
    started = ["-c", program] if program else ["-m", "tests.at"]
    argv = [sys.executable, *started, *words, MOMENT, *world.argv[3:]]
    return Terminal(argv, env=world.env, cwd=Path(__file__).parents[1], size=SIZE)


def kept(terminal: Terminal, count: int) -> int:
    """The number of the paper under the cursor once so many are kept."""
    terminal.wait_for(lambda: shown(terminal) == (count, count))
    return under_cursor(terminal)


def refused(terminal: Terminal, why: str, count: int, cursor: int) -> None:
    """A key press brought a sentence, and neither mark nor cursor moved."""
    terminal.wait_for(lambda: why in " ".join(terminal.screen().split()))
    assert shown(terminal) == (count, count)
    assert under_cursor(terminal) == cursor


def test_a_keep_on_a_full_disk_is_refused_and_taken_once_there_is_room(world: worlds.World) -> None:
    with opened(world) as terminal:
        kept(terminal, 0)
        terminal.send("k")
        cursor = kept(terminal, 1)
        (journal,) = (world.data / "journal").iterdir()
        size, pid = journal.stat().st_size, terminal.process.pid
        before = resource.prlimit(pid, resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))
        terminal.send("k")
        refused(terminal, "Not saved", 1, cursor)
        resource.prlimit(pid, resource.RLIMIT_FSIZE, before)
        terminal.send("k")
        assert kept(terminal, 2) == cursor + 1
        terminal.kill()
    assert stored(world.data, world.home / "state" / "triage").progress() == (2, 2)


def test_a_disk_that_fails_to_sync_takes_nothing_more_until_the_app_is_started_anew(
    world: worlds.World,
) -> None:
    broken = world.home / "broken"
    with opened(world, EIO, str(broken)) as terminal:
        kept(terminal, 0)
        terminal.send("k")
        cursor = kept(terminal, 1)
        broken.touch()
        terminal.send("k")
        refused(terminal, "did not reach the disk", 1, cursor)
        broken.unlink()
        terminal.send("s")
        refused(terminal, "read-only", 1, cursor)
        terminal.send("q")
        assert terminal.wait() == 0
    with opened(world) as terminal:
        terminal.wait_for(lambda: shown(terminal) in ((1, 1), (2, 2)))
        before = shown(terminal)
        terminal.send("s")
        terminal.wait_for(lambda: shown(terminal) not in (None, before))


def test_a_folder_that_may_not_be_written_is_shown_and_takes_nothing(world: worlds.World) -> None:
    with opened(world) as terminal:
        kept(terminal, 0)
        terminal.send("kq")
        assert terminal.wait() == 0
    for path in (world.home, *world.home.rglob("*")):
        path.chmod(0o555 if path.is_dir() else 0o444)
    before = {path: path.read_bytes() for path in world.data.rglob("*") if path.is_file()}
    with opened(world, UNPRIVILEGED) as terminal:
        cursor = kept(terminal, 1)
        assert "read-only" in " ".join(terminal.screen().split())
        terminal.send("k")
        refused(terminal, "Not saved", 1, cursor)
        terminal.send("q")
        assert terminal.wait() == 0
    assert {path: path.read_bytes() for path in world.data.rglob("*") if path.is_file()} == before
    for path in (world.home, *world.home.rglob("*")):
        path.chmod(0o755)


def test_the_folder_may_have_any_name(world: worlds.World) -> None:
    odd = Path(os.fsdecode(os.fsencode(world.home) + b"/my caf\xe9\nlibrary"))
    world.data.rename(odd)
    with opened(worlds.World(odd, world.home)) as terminal:
        kept(terminal, 0)
        terminal.send("k")
        kept(terminal, 1)
        terminal.send("q")
        assert terminal.wait() == 0
    assert stored(odd, world.home / "state" / "triage").progress() == (1, 1)
