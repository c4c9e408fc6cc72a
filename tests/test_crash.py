"""A fault of ours in the open app: the terminal is given back, one sentence says where the report is."""

import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from tests.bench import worlds
from tests.shell import Shell
from triage.__main__ import main
from triage.desktop.crash_report import write
from triage.library import open_library
from triage.library.library import JournaledLibrary

FAULTY = """
import asyncio, threading
from tests.shell import serve
from triage import screens_above
from triage.tui import app
from triage.tui.fetching import Fetch
from triage.tui.screens.haul import HaulScreen
from triage.tui.screens.main import MainScreen
from triage.tui.sequences import EscapeFirst
from triage.tui.widgets import note_editor

SECRET = "what the note says"

def at_once(screen):
    secret = SECRET
    raise RuntimeError(f"boom '{secret}' \\x1b]52;c;SE9T\\x07")

class Drawn(Exception):
    def __rich__(self):
        return SECRET

def drawing_itself(screen):
    raise Drawn(repr(SECRET))

async def behind(screen):
    async def work():
        at_once(screen)
    screen.run_worker(work())

def in_a_thread_worker(screen):
    screen.run_worker(lambda: at_once(screen), thread=True)

def in_a_timer(screen):
    screen.set_timer(0.01, lambda: at_once(screen))

def in_a_thread(screen):
    threading.Thread(target=at_once, args=(screen,)).start()

def in_a_task(screen):
    async def work():
        at_once(screen)
    asyncio.get_running_loop().create_task(work())

def in_a_group_of_tasks(screen):
    async def one():
        at_once(screen)
    async def work():
        async with asyncio.TaskGroup() as group:
            group.create_task(one())
            group.create_task(one())
    screen.run_worker(work())

def of_the_keyboard(screen):
    EscapeFirst.tick = at_once

def of_a_childs_reader(screen):
    Fetch.after = lambda self, event, now: at_once(screen)
    screen.action_fetch()

def begin(name):
    MainScreen.action_help = HaulScreen.action_preview = globals()[name]

serve(begin)
"""
SECRET = " ".join(("what", "the note", "says"))
"""Put together, for the report shows lines of source."""
FAULTS = (
    *("at_once", "behind", "in_a_thread", "in_a_task", "in_a_group_of_tasks", "of_the_keyboard"),
    *("drawing_itself", "in_a_thread_worker", "in_a_timer", "of_a_childs_reader"),
)


def begun(shell: Shell, name: str, home: Path) -> None:
    """The app over five papers, one of them kept, with a fault behind `?` and, in the haul, behind F3."""
    # When the listing of the day is here, and nothing is fetched.
    shell.run(name, worlds.make(home, papers=5, decisions=0), f"{worlds.TODAY}T12:00+00:00")
    shell.wait_for(r"\b0/5 · 0 kept")
    shell.press("k", r"\b1/5 · 1 kept")


@contextmanager
def opened(home: Path) -> Iterator[JournaledLibrary]:
    """What the app has left."""
    with closing(open_library(home / "library", state=home / "state" / "triage", read_only=True)) as library:
        yield library


def test_p13_a_fault_is_one_sentence_and_keeps_what_was_decided_and_typed(tmp_path: Path) -> None:
    with Shell(FAULTY, size=(240, 20)) as shell:
        for name in FAULTS:
            begun(shell, name, tmp_path / name)
            shell.send("?")
            assert shell.wait() == 1, name
            is_told_and_decided(shell, name, tmp_path / name)
        home = tmp_path / "typing"
        begun(shell, "at_once", home)
        shell.press("h", "1 entry")
        shell.press("n", "Esc Save")
        shell.send("half a thought<f3>")
        assert shell.wait() == 1
        is_told_and_decided(shell, "at_once", home)
        with opened(home) as library:
            assert list(library.drafts().values()) == ["half a thought"]


def is_told_and_decided(shell: Shell, name: str, home: Path) -> None:
    """Check what a fault has left on the terminal and on the disk."""
    last = [line for line in shell.text() if line][-1]
    assert "triage: this is our fault (" in last
    assert "Traceback" not in shell.screen()
    assert "what the note says" not in shell.screen()
    assert shell.left_behind() == [], name
    assert b"\x1b]52" not in shell.raw
    (report,) = (home / "state" / "triage").glob("crash-*.txt")
    assert str(report) in last
    assert ("drawing_itself" if name == "drawing_itself" else "at_once") in report.read_text()
    assert "what the note says" not in report.read_text()
    assert report.stat().st_mode & 0o077 == 0
    with opened(home) as library:
        assert library.verdict(worlds.paper(0).id) == "keep"


def crash() -> Exception:
    """A fault with one within it and one that it came of, each of which holds what is nobody's business."""

    def fail(secret: str) -> None:
        raise KeyError(secret)

    try:
        try:
            fail(SECRET)
        except KeyError as first:
            inner = ValueError(f"cannot read '{SECRET}' and \"{SECRET}'s more\"")
            raise ExceptionGroup("two faults", [inner, RuntimeError("plain")]) from first
    except ExceptionGroup as group:
        return group
    raise AssertionError


def test_the_report_tells_causes_and_faults_within_and_no_value(tmp_path: Path) -> None:
    written = write(crash(), tmp_path / "state", "1.2.3")
    (report,) = (tmp_path / "state").iterdir()
    assert str(report) in written.sentence
    assert written.report == ""
    text = report.read_text()
    assert SECRET not in text
    for part in (
        "KeyError: '…'",
        "in fail",
        "which led to",
        "two faults",
        "ValueError: cannot read '…'",
        "plain",
    ):
        assert part in text


def test_where_the_state_folder_takes_nothing_the_report_is_among_temporary_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").touch()
    (tmp_path / "tmp").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "tmp"))
    written = write(crash(), tmp_path / "file" / "state", "1.2.3")
    (report,) = (tmp_path / "tmp").iterdir()
    assert str(report) in written.sentence


def test_where_no_folder_takes_it_the_report_is_on_standard_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").touch()

    def fails(*_: object) -> int:
        raise crash()

    with monkeypatch.context() as here:
        here.setattr(tempfile, "tempdir", str(tmp_path / "file" / "tmp"))
        here.setenv("XDG_STATE_HOME", str(tmp_path / "file" / "state"))
        here.setattr("triage.command_home.CommandHome.command", fails)
        assert main(["list"]) == 1
    told = capfd.readouterr().err
    assert "which no folder takes, is this:" in told
    assert "in fail" in told
    assert SECRET not in told
