"""Life and death in a real pseudo-terminal: whatever ends the app, nothing of it stays or is lost."""

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.bench import worlds
from tests.scripts import script
from tests.shell import Shell
from tests.terminal import Terminal
from triage.library import open_library

HOUSE = Path(__file__).resolve().parents[1]
SIZE = (100, 30)
AT_ONCE = 1.0
"""Seconds, those for which a busy machine ran others left out."""
MOMENT = f"{worlds.TODAY}T12:00+00:00"
"""When the listing of the day is here, and nothing is fetched."""


@contextmanager
def opened(home: Path, *, controlling: bool = True, **env: str) -> Iterator[Terminal]:
    """The app over five papers, on the screen."""
    world = worlds.make(home, papers=5, decisions=0)
    argv = [sys.executable, "-m", "tests.at", MOMENT, *world.argv[3:]]
    with Terminal(argv, env={**world.env, **env}, cwd=HOUSE, size=SIZE, controlling=controlling) as app:
        app.wait_for("0/5 · 0 kept")
        yield app


def being_typed(home: Path) -> list[str]:
    """The notes that the next start offers to go on with."""
    library = open_library(home / "library", state=home / "state" / "triage", read_only=True)
    try:
        return list(library.drafts().values())
    finally:
        library.close()


def typing(app: Terminal) -> None:
    """Half of a note, of which the last letters are no draft yet."""
    app.press("k", "1/5 · 1 kept")
    app.press("n", "note ─")
    app.press("half a thought", "half a thought")


@contextmanager
def at_once(app: Terminal) -> Iterator[None]:
    """Fail unless what follows ends the app at once."""
    begin, kept_waiting = time.monotonic(), app.kept_waiting()
    yield
    assert time.monotonic() - begin - (app.kept_waiting() - kept_waiting) < AT_ONCE


SHELL = """
import os, signal
from tests.shell import serve
from triage import screens_above
from triage.tui import app
from triage.tui.screens import haul, main
from triage.tui.widgets import note_editor

def told_to_end(make):
    def made(*given):
        screen = make(*given)
        os.kill(os.getpid(), signal.SIGTERM)
        return screen
    return made

def begin(name):
    where, what = {
        "": (main, "_"),
        "starting": (app.TriageApp, "get_default_screen"),
        "opening": (haul.HaulScreen, "__init__"),
    }[name]
    setattr(where, what, told_to_end(getattr(where, what, None)))

serve(begin)
"""


def test_p12_a_signal_gives_the_terminal_back_and_keeps_what_was_being_typed(tmp_path: Path) -> None:
    with Shell(SHELL, size=SIZE) as shell:
        for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT, signal.SIGINT):
            home = tmp_path / number.name
            shell.run("", worlds.make(home, papers=5, decisions=0), MOMENT)
            shell.wait_for("0/5 · 0 kept")
            typing(shell)
            shell.signal(number)
            assert shell.wait() == 128 + number
            assert shell.left_behind() == [], number
            assert being_typed(home) == ["half a thought"]
        for name in ("starting", "opening"):
            shell.run(name, worlds.make(tmp_path / name, papers=5, decisions=0), MOMENT)
            if name == "opening":
                shell.wait_for("0/5 · 0 kept")
                shell.send("h")
            assert shell.wait() == 128 + signal.SIGTERM, shell.screen()
            assert shell.left_behind() == [], name


@pytest.mark.parametrize("controlling", [True, False], ids=["hung up", "hung up without a signal"])
def test_a_terminal_that_is_closed_ends_the_app_within_a_second(controlling: bool, tmp_path: Path) -> None:
    with opened(tmp_path, controlling=controlling) as app:
        typing(app)
        with at_once(app):
            assert app.hang_up() == 128 + signal.SIGHUP
    assert being_typed(tmp_path) == ["half a thought"]


def test_stopping_and_going_on_bring_the_screen_and_the_note_back(tmp_path: Path) -> None:
    with opened(tmp_path) as app:
        typing(app)
        app.watch(2)  # until nothing is left to be done behind the screen, which would paint it anew
        before = app.screen()
        app.signal(signal.SIGTSTP)
        app.wait_for_stop()
        assert app.left_behind() == []
        app.signal(signal.SIGCONT)
        app.wait_for(lambda: app.screen() == before, timeout=8)
        app.press(" more", "half a thought more")
        # Stopped without a word: the shell has the terminal, and gives it back as a shell has it.
        app.signal(signal.SIGSTOP)
        app.wait_for_stop()
        app.as_a_shell_has_it()
        for _ in range(3):
            app.signal(signal.SIGCONT)
        app.wait_for(lambda: "the line's settings" in app.left_behind())

        def is_left() -> bool:
            # Each of the three may take the terminal anew, which drops what is typed in that moment.
            app.send("<esc>")
            return "2/5 · 2 kept" in app.screen()

        app.wait_for(is_left)
        app.send("q")
        assert app.wait() == 0
        assert app.left_behind() == []


def test_ctrl_z_in_the_users_editor_stops_both_and_fg_goes_on_in_it(tmp_path: Path) -> None:
    editor = script(tmp_path / "editor", "echo Outside:", "read line", 'echo "$line" >> "$1"')
    with opened(tmp_path / "home", VISUAL=str(editor)) as app:
        typing(app)
        app.press("<f4>", "Outside:")
        app.send("<ctrl+z>")
        app.wait_for_stop()
        os.killpg(app.process.pid, signal.SIGCONT)
        app.press("and more\r", "half a thoughtand more")
        app.press("<esc>", "2/5 · 2 kept")
        app.send("q")
        assert app.wait() == 0
        assert app.left_behind() == []


def test_an_editor_that_does_not_want_to_end_is_ended_and_what_it_saved_is_there(tmp_path: Path) -> None:
    stubborn = 'echo " and more" >> "$1"', "trap '' TERM", "echo Outside:", "while :; do sleep 0.1; done"
    editor = script(tmp_path / "editor", *stubborn)
    with opened(tmp_path / "home", VISUAL=str(editor)) as app:
        typing(app)
        app.press("<f4>", "Outside:")
        app.signal(signal.SIGTERM)
        assert app.wait(5) == 128 + signal.SIGTERM
        assert app.left_behind() == []
    assert being_typed(tmp_path / "home") == ["half a thought and more\n"]


STUCK = """
import sys, threading
from tests.at import main
from triage.tui.screens.main import MainScreen
MainScreen.action_help = lambda screen: threading.Event().wait(60)
sys.exit(main())
"""


def test_a_loop_that_is_stuck_does_not_keep_the_terminal(tmp_path: Path) -> None:
    world = worlds.make(tmp_path, papers=5, decisions=0)
    argv = [sys.executable, "-c", STUCK, MOMENT, *world.argv[3:]]
    with Terminal(argv, env={**world.env, "PYTHONPATH": str(HOUSE)}, cwd=HOUSE, size=SIZE) as app:
        app.wait_for("0/5 · 0 kept")
        app.press("k", "1/5 · 1 kept")
        app.send("?")
        app.signal(signal.SIGTERM)
        assert app.wait(10) == 128 + signal.SIGTERM
        assert app.left_behind() == []


class Silent:
    """A server on loopback that accepts and never says anything."""

    def __init__(self) -> None:
        self._server = socket.create_server(("127.0.0.1", 0))
        self.address = f"http://127.0.0.1:{self._server.getsockname()[1]}"
        self.callers: list[socket.socket] = []
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self) -> None:
        while True:
            self.callers.append(self._server.accept()[0])

    def is_alone(self) -> bool:
        """Tell whether all that ever called have gone."""
        for caller in self.callers:
            caller.settimeout(2)
            try:
                while caller.recv(65536):
                    pass
            except TimeoutError:
                return False
            except ConnectionResetError:
                pass
        return True


def test_q_ends_the_app_at_once_whatever_is_under_way_and_no_child_stays(tmp_path: Path) -> None:
    world, silent = worlds.make(tmp_path, papers=5, decisions=0), Silent()
    config = tmp_path / "config" / "triage" / "config.toml"
    config.write_text(
        config.read_text().replace("http://127.0.0.1:9", silent.address) + "delay_seconds = 0\n"
    )
    (tmp_path / "bin").mkdir()
    for tool in ("xclip", "xsel", "wl-copy", "hangs"):
        script(tmp_path / "bin" / tool, "exec sleep 4")
    path = f"{tmp_path / 'bin'}:{os.environ['PATH']}"
    env = {**world.env, "PATH": path, "DISPLAY": ":9", "BROWSER": "hangs", "WAYLAND_DISPLAY": ""}
    with Terminal(world.argv, env=env, cwd=HOUSE, size=SIZE) as app:
        app.wait_for("fetching")
        app.wait_for(lambda: len(silent.callers) == 1)
        app.press("a", "Add arXiv ids")
        app.press("2611.99999<enter>", "note ─")
        app.wait_for(lambda: len(silent.callers) == 2)
        app.press("<esc>", "0/5")
        app.press("o", "Opening https")
        app.press("<enter>", lambda: len(silent.callers) == 3)
        app.press("y", "Copy")
        app.press("<enter>", "Copying the")
        app.press("q", "0/5")
        with at_once(app):
            app.send("q")
            assert app.wait() == 0
        assert app.left_behind() == []
        assert silent.is_alone()


def test_undo_of_the_command_and_of_the_app_are_one(tmp_path: Path) -> None:
    with opened(tmp_path) as app:
        world = worlds.World(tmp_path / "library", tmp_path)

        def triage(*words: str) -> str:
            done = subprocess.run(
                [*world.argv, *words],
                env={**os.environ, **world.env},
                cwd=HOUSE,
                capture_output=True,
                text=True,
                check=True,
            )
            return done.stdout

        app.press("ks", "2/5 · 1 kept")
        assert "skip" in triage("undo")
        app.wait_for("1/5 · 1 kept", timeout=5)
        app.press("u", "0/5 · 0 kept")
        app.press("U", "1/5 · 1 kept")
        app.press("U", "2/5 · 1 kept")
        app.press("u", "1/5 · 1 kept")
        assert "skip" in triage("redo")
        app.wait_for("2/5 · 1 kept", timeout=5)
        app.press("U", "Nothing is left to redo")
        app.press("u", "Undone: skip")
