"""How a child that is one of our own modules is started."""

import sys
from pathlib import Path


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
