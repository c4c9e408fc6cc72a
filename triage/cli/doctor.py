"""The command that tells whether everything that the work needs is there."""

import threading
import time
from collections.abc import Iterator, Mapping
from textwrap import wrap
from typing import Any

from triage.cli import request as ask
from triage.cli.colours import paint
from triage.cli.console import Console
from triage.cli.lines import WIDTH
from triage.cli.progress_bar import ProgressBar
from triage.cli.status import DISK, DONE, NETWORK, USAGE
from triage.looked_at import Breaks, Look, Looked
from triage.weeks import Piece, Role

PATIENCE = 30.0
"""Seconds for everything: a folder on a network that is gone may never answer."""
_SOON = 0.5
"""Seconds after which one wants to know what is waited for."""
_STATUS = {Breaks.LIBRARY: DISK, Breaks.CONFIG: USAGE, Breaks.NETWORK: NETWORK}
"""The exit status of what is broken, the worst first."""
_LABEL = 12


def doctor(console: Console, request: ask.Doctor, looks: Mapping[str, Look]) -> int:
    """`doctor`: a line for each thing, and beneath it what to do; the exit status."""
    broken: set[Breaks] = set()
    bar = ProgressBar(console)
    try:
        for looked in _side_by_side(looks, bar):
            bar.clear()
            if looked.breaks is not None:
                broken.add(looked.breaks)
            if request.json:
                console.record(_as_record(looked))
            else:
                _say(console, looked)
    finally:
        bar.clear()
    return next((status for breaks, status in _STATUS.items() if breaks in broken), DONE)


def _side_by_side(looks: Mapping[str, Look], bar: ProgressBar) -> Iterator[Looked]:
    """What each look comes to, in their order; all begin at once, and one that never ends keeps nobody."""
    end = time.monotonic() + PATIENCE
    found: dict[str, list[Looked]] = {what: [] for what in looks}

    def look_at(what: str, look: Look) -> None:
        for looked in look():
            found[what].append(looked)

    threads = {
        what: threading.Thread(target=look_at, args=(what, look), daemon=True) for what, look in looks.items()
    }
    for thread in threads.values():
        thread.start()
    for what, thread in threads.items():
        told = 0
        thread.join(_SOON)
        while True:
            is_over = not thread.is_alive() or time.monotonic() >= end
            yield from found[what][told:]
            told = len(found[what])
            if is_over:
                break
            bar.tell(f"Looking at {what} …")
            thread.join(_SOON)
        if thread.is_alive():
            yield Looked(what, f"gave no answer within {PATIENCE:g} s", is_well=False)


def _say(console: Console, looked: Looked) -> None:
    mark = "✓" if looked.is_well else "!"
    room = WIDTH - _LABEL - 2
    first, *more = wrap(looked.says, room, break_on_hyphens=False) or [""]
    role = Role.OPEN if looked.is_well else Role.TROUBLE
    paint(console, (Piece(f"{mark} {looked.thing:<{_LABEL}}", role), Piece(first)))
    indent = " " * (_LABEL + 2)
    for line in more:
        console.say(indent + line)
    for line in wrap(looked.remedy, room, break_on_hyphens=False):
        paint(console, (Piece(indent + line, Role.QUIET),))


def _as_record(looked: Looked) -> Mapping[str, Any]:
    return {
        "thing": looked.thing,
        "well": looked.is_well,
        "says": looked.says,
        "remedy": looked.remedy,
        "breaks": looked.breaks and str(looked.breaks),
    }
