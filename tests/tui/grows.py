"""The app in a terminal that grows to 120x40 while its size is read as 90x24: `... tests.tui.grows DIR`."""

import os
import shutil
import sys
import termios
from pathlib import Path

from tests.tui.opened import main

_read = shutil.get_terminal_size


def _read_and_grow(fallback: tuple[int, int] = (80, 24)) -> os.terminal_size:
    size = _read(fallback)
    if size == (90, 24):
        # The kernel sends the signal: this process runs the handler before it goes on.
        termios.tcsetwinsize(0, (40, 120))
    return size


if __name__ == "__main__":
    shutil.get_terminal_size = _read_and_grow
    sys.exit(main(Path(sys.argv[1]), "mnemonic"))
