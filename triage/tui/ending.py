"""What ends the app from outside or unseen: signals, and faults that no handler of Textual's is told of."""

import asyncio
import os
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from types import FrameType
from typing import Any

LAST_SIGNALS = (signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT, signal.SIGINT)
"""Whoever sends one wants us to end, with 128 and its number as the exit status."""
HUNG_UP = 128 + signal.SIGHUP
"""The exit status where the terminal is gone and no signal said so."""
_DRIVERS = (signal.SIGTSTP, signal.SIGCONT, signal.SIGWINCH)
"""Those that Textual's driver listens to and never lets go of."""
PATIENCE = 3.0
"""Seconds that a loop may take to end us; one that is stuck does not keep the terminal longer."""


@contextmanager
def watched(
    leave: Callable[[int], object],
    failed: Callable[[Exception], object],
    give_back: Callable[[], object],
) -> Iterator[None]:
    """Within the running loop, call `leave` with a status for each last signal, and `failed` for each fault.

    A fault is one in a thread, in a callback of the loop, or in a task that nobody waits for. Both are
    called in the loop. When it does not end us in time, `give_back` is called in a thread, and we end.
    """
    loop, over = asyncio.get_running_loop(), threading.Event()

    def soon(call: Callable[[], object]) -> None:
        with suppress(RuntimeError):  # the loop has ended meanwhile
            loop.call_soon_threadsafe(call)

    def on_signal(number: int, _frame: FrameType | None) -> None:
        soon(lambda: leave(128 + number))
        threading.Thread(target=guard, args=(128 + number,), daemon=True).start()

    def guard(status: int) -> None:
        if not over.wait(PATIENCE):
            give_back()
            os._exit(status)

    def in_thread(fault: threading.ExceptHookArgs) -> None:
        if isinstance(fault.exc_value, Exception):
            error = fault.exc_value
            soon(lambda: failed(error))

    def in_loop(_loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
        if isinstance(error := context.get("exception"), Exception):
            failed(error)

    before = {number: signal.getsignal(number) for number in (*LAST_SIGNALS, *_DRIVERS)}
    hook, threading.excepthook = threading.excepthook, in_thread
    # A handler of Python's own and not the loop's: it runs between any two steps of what keeps the loop busy.
    for number in LAST_SIGNALS:
        signal.signal(number, on_signal)
    loop.set_exception_handler(in_loop)
    try:
        yield
    finally:
        over.set()
        loop.set_exception_handler(None)
        threading.excepthook = hook
        for number, handler in before.items():
            signal.signal(number, handler if handler is not None else signal.SIG_DFL)
