"""Work that only waits for others, done off the event loop, in a thread that nobody waits for at the end."""

import asyncio
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import TypeVar

_T = TypeVar("_T")


async def behind(work: Callable[[], _T]) -> _T:
    """What the work comes to; it touches nothing of the app's, and raises nothing.

    Not in asyncio's own threads: the loop waits for those when it ends, and a clipboard tool that hangs would
    keep the app from quitting.
    """
    loop = asyncio.get_running_loop()
    outcome: asyncio.Future[_T] = loop.create_future()

    def finish(result: _T) -> None:
        if not outcome.done():
            outcome.set_result(result)

    def run() -> None:
        result = work()
        with suppress(RuntimeError):  # the loop has ended meanwhile
            loop.call_soon_threadsafe(finish, result)

    threading.Thread(target=run, daemon=True).start()
    return await outcome
