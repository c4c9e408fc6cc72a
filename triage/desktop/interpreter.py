"""A child that is one of our own modules: how it is started, and how much memory it may take."""

import resource
import sys
from contextlib import suppress
from pathlib import Path

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


def limit_memory() -> None:
    """Let this process take no more than `MEMORY`, where the system knows such a limit."""
    most = resource.getrlimit(resource.RLIMIT_AS)[1]
    # macOS refuses it.
    with suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, most))
