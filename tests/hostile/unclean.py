"""`python -m tests.hostile.unclean MODULE WORD ...`: a module run with `clean` switched off.

What the doors do not take away is then only what this walk must find.
"""

import re
import runpy
import sys
from collections.abc import Callable

from triage import clean


def switch_off() -> None:
    """Let every door through: text is as it came, but for the line ends that would tear a line."""
    for name in ("clean", "name", "escaped"):
        setattr(clean, name, lambda text: text)
    setattr(clean, "shown", lambda text: text.replace("\t", "    "))  # noqa: B010  mypy knows its name
    setattr(clean, "line", lambda text: re.sub(r"[ \t\r\n]+", " ", text).strip(" "))  # noqa: B010  likewise


def _children(command: Callable[[str], tuple[str, ...]]) -> Callable[[str], tuple[str, ...]]:
    return lambda module: (sys.executable, "-m", "tests.hostile.unclean", module)


def main() -> None:
    """Switch it off in this process and in its children, and run the module."""
    switch_off()
    from triage.desktop import interpreter

    setattr(interpreter, "command", _children(interpreter.command))  # noqa: B010  likewise
    del sys.argv[0]
    runpy.run_module(sys.argv[0], run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    main()
