"""A shell in a pseudo-terminal that runs triage again and again, each time in a process of its own.

All are forked from one that has imported what they need, which is most of what a start costs. A plain start
is `tests.terminal`'s; this one is for tests that only differ in how the app ends.
"""

import json
import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path

from tests.bench.worlds import World
from tests.terminal import Terminal

HOUSE = Path(__file__).resolve().parents[1]


class Shell(Terminal):
    """The terminal, and in it the app that was run last; `signal` and `wait` are for that one."""

    def __init__(self, code: str, *, size: tuple[int, int]) -> None:
        """Run `code` with Python, which ends in a call of `serve`."""
        environment = {"PYTHONPATH": str(HOUSE)}
        super().__init__([sys.executable, "-c", code], env=environment, cwd=HOUSE, size=size)
        self._told = Path()

    def run(self, name: str, world: World, moment: str) -> None:
        """Run the app on a world at a moment, after what the code does for a name."""
        self._told = world.home / "told"
        words = [moment, *world.argv[3:]]
        self.write(json.dumps([name, words, world.env, str(self._told)]).encode() + b"\n")

    def signal(self, number: signal.Signals) -> None:
        """Send the app a signal."""
        os.kill(int((self._told / "pid").read_text()), number)

    def wait(self, timeout: float = 20) -> int:
        """Read until the app has ended; its exit status (negative: the signal that ended it)."""
        status = self._told / "status"
        self.wait_for(status.exists, timeout)
        self.drain()
        return int(status.read_text())


def serve(begin: Callable[[str], object]) -> None:
    """Run triage for each line of standard input; `begin` is called with its name first."""
    from tests.at import main

    for line in sys.stdin:
        name, words, env, folder = json.loads(line)
        told = Path(folder)
        told.mkdir()
        pid = os.fork()
        if pid == 0:
            os.write(1, b"\x1b[H\x1b[2J")  # what was typed is no line of the app's
            os.environ.update(env)
            begin(name)
            sys.argv[1:] = words
            sys.exit(main())
        (told / "pid").write_text(str(pid))
        status = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
        (told / "new").write_text(str(status))
        (told / "new").rename(told / "status")
