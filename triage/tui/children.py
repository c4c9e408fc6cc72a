"""Children that can be killed: a command that reports in JSON Lines, run in a process group of its own."""

import asyncio
import os
import signal
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import AsyncGenerator, Sequence
from contextlib import suppress

from triage.child_events import LONGEST_LINE, Event, ended_badly, event_in, not_started, silent, too_long

_GRACE = 0.5
"""Seconds between asking a child to end and ending it."""


async def lines(argv: Sequence[str], patience: float | None = None) -> AsyncGenerator[Event, None]:
    """Yield each event that a child writes to its standard output, as it comes.

    What is no JSON object is passed over. A child that cannot be started, that ends badly without having
    said why, or that is ended for it says nothing for `patience` seconds or goes on without an end of line,
    becomes one event of `triage.child_events`. When the listening task is cancelled, or the iterator closed
    (`contextlib.aclosing`), the child and all that it started are ended.
    """
    try:
        child = await asyncio.create_subprocess_exec(
            *argv, stdin=DEVNULL, stdout=PIPE, stderr=DEVNULL, start_new_session=True, limit=LONGEST_LINE
        )
    except OSError as error:
        yield not_started(argv[0], error)
        return
    explained = False
    try:
        assert child.stdout is not None  # noqa: S101  PIPE was asked for
        status: int | None = None
        while status is None:
            async with asyncio.timeout(patience):
                line = await _line(child.stdout)
                status = None if line else await child.wait()
            event = event_in(line)
            if event is not None:
                explained |= bool(event.get("sentence"))
                yield event
        if status and not explained:
            yield ended_badly(status)
    except TimeoutError:
        assert patience is not None  # noqa: S101  without it nothing has an end
        yield silent(patience)
    except _TooLong:
        yield too_long()
    finally:
        await _end(child)


class _TooLong(Exception):
    """A line has no end."""


async def _line(stream: asyncio.StreamReader) -> bytes:
    """The next line, the last one maybe without its end. Raises _TooLong."""
    try:
        return await stream.readline()
    except ValueError:
        raise _TooLong from None


async def _end(child: Process) -> None:
    """End a child with its whole group: asked first, for it may have a lock to let go of."""
    if child.returncode is not None:
        # What it has started may be there still.
        _signal(child, signal.SIGKILL)
        return
    _signal(child, signal.SIGTERM)
    try:
        await asyncio.wait_for(asyncio.shield(child.wait()), _GRACE)
        _signal(child, signal.SIGKILL)
    except TimeoutError:
        _signal(child, signal.SIGKILL)
        # What has left the group may hold the pipes open for ever; nobody waits for that.
        with suppress(TimeoutError):
            await asyncio.wait_for(child.wait(), _GRACE)
    except asyncio.CancelledError:
        _signal(child, signal.SIGKILL)
        # The loop is ending and nobody waits for the child any more: a transport that is still open when the
        # loop is closed complains on the restored terminal.
        child._transport.close()  # type: ignore[attr-defined]  # asyncio has no public way to it
        raise


def _signal(child: Process, what: signal.Signals) -> None:
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(child.pid, what)
