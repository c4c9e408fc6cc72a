"""A fault of ours in the open app: the terminal is given back, one sentence says where the report is."""

import sys
from pathlib import Path

import pytest

from tests.bench import worlds
from tests.terminal import Terminal

HOUSE = Path(__file__).resolve().parents[1]
FAULTY = """
import sys
from triage.__main__ import main
from triage.tui.screens.main import MainScreen

def at_once(screen):
    secret = "what the note says"
    raise RuntimeError("boom \\x1b]52;c;SE9T\\x07")

async def behind(screen):
    async def work():
        at_once(screen)
    screen.run_worker(work())

def in_a_timer(screen):
    screen.set_timer(0.01, lambda: at_once(screen))

MainScreen.action_help = {name}
sys.exit(main())
"""


@pytest.mark.parametrize("name", ["at_once", "behind", "in_a_timer"])
def test_a_fault_in_the_app_is_one_sentence_and_keeps_what_was_decided(name: str, tmp_path: Path) -> None:
    world = worlds.make(tmp_path, papers=5, decisions=0)
    argv = [sys.executable, "-c", FAULTY.replace("{name}", name), *world.argv[3:]]
    env = {**world.env, "PYTHONPATH": str(HOUSE)}
    with Terminal(argv, env=env, cwd=tmp_path, size=(200, 20)) as app:
        app.wait_for(r"\b0/5 · 0 kept")
        app.press("k", r"\b1/5 · 1 kept")
        app.send("?")
        assert app.wait() == 1
        last = [line for line in app.text() if line][-1]
        assert last.startswith("triage: this is our fault (RuntimeError)")
        assert "Traceback" not in app.screen()
        assert "what the note says" not in app.screen()
        assert all(end in app.raw for end in (b"\x1b[?1049l", b"\x1b[?25h", b"\x1b[?1003l"))
        assert b"\x1b]52" not in app.raw
    (report,) = (tmp_path / "state" / "triage").glob("crash-*.txt")
    assert "at_once" in report.read_text()
    assert "what the note says" not in report.read_text()
    with Terminal(world.argv, env=env, cwd=tmp_path, size=(120, 20)) as app:
        app.wait_for(r"\b1/5 · 1 kept")
