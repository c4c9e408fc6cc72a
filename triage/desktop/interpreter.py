"""A child that is one of our own modules: how it is started, how much memory it may take, and how it ends."""

import signal
import sys
from contextlib import suppress
from pathlib import Path
from types import FrameType

MEMORY = 1024**3
"""Bytes of address space for a child that reads what strangers wrote."""


def command(module: str) -> tuple[str, ...]:
    """The command that runs a module of ours as this process found it.

    With -P, so that no folder named triage in the working folder is taken for us, unless that one is us.
    """
    ours = Path(__file__).resolve().parents[2]
    try:
        here = Path.cwd()
    except OSError:
        return (sys.executable, "-P", "-m", module)
    return (sys.executable, "-m", module) if ours == here else (sys.executable, "-P", "-m", module)


def become_child() -> None:
    """Be a process that the app or a command of ours has started: with an end to its memory and its children.

    Asked to end, it ends as by an exit, so that what it has started itself is ended, too.
    """
    limit_memory()
    end_as_asked()


def end_as_asked() -> None:
    """End as by an exit when asked to end, so that nothing is left behind."""
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _exit)


def _exit(number: int, _frame: FrameType | None) -> None:
    raise SystemExit(128 + number)


def limit_memory() -> None:
    """Let this process take no more than `MEMORY`, where the system knows such a limit."""
    import resource

    most = resource.getrlimit(resource.RLIMIT_AS)[1]
    # macOS refuses it.
    with suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, most))
