"""`python -m tests.at MOMENT WORD ...`: triage with its clock set to a moment, that of its children too."""

import sys
import time
from collections.abc import Callable
from datetime import datetime, timedelta

from triage import home
from triage.__main__ import main as triage
from triage.desktop import interpreter


def main() -> int:
    """Run triage; the clock goes on from MOMENT, an ISO date and time with its zone."""
    moment, *words = sys.argv[1:]
    begun, started = datetime.fromisoformat(moment), time.monotonic()
    setattr(home, "now", lambda: begun + timedelta(seconds=time.monotonic() - started))  # noqa: B010  likewise
    setattr(interpreter, "command", _set_too(interpreter.command, moment))  # noqa: B010  mypy knows its name
    return triage(words)


def _set_too(command: Callable[[str], tuple[str, ...]], moment: str) -> Callable[[str], tuple[str, ...]]:
    """The commands of children; triage itself is started with the clock set again."""

    def ours(module: str) -> tuple[str, ...]:
        if module == "triage":
            return (sys.executable, "-m", "tests.at", moment)
        return command(module)

    return ours


if __name__ == "__main__":
    sys.exit(main())
