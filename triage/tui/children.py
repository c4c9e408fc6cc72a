"""Children that can be killed: a command that reports in JSON Lines, run in a process group of its own."""

import asyncio
import json
import os
import signal
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import suppress
from typing import Any

_LONGEST_LINE = 32 * 1024 * 1024
"""Bytes; a page of details is one line."""
_GRACE = 0.5
"""Seconds between asking a child to end and ending it."""


async def lines(
    argv: Sequence[str], patience: float | None = None
) -> AsyncGenerator[Mapping[str, Any], None]:
    """Yield each event that a child writes to its standard output, as it comes.

    What is no JSON object is passed over. A child that cannot be started, that ends badly without having
    said why, or that says nothing for `patience` seconds and is ended, becomes one event
    {"event": "error", "sentence": ...}. When the listening task is cancelled, or
    the iterator closed (`contextlib.aclosing`), the child and all that it started are ended.
    """
    try:
        child = await asyncio.create_subprocess_exec(
            *argv, stdin=DEVNULL, stdout=PIPE, stderr=DEVNULL, start_new_session=True, limit=_LONGEST_LINE
        )
    except OSError as error:
        yield {"event": "error", "sentence": f"{argv[0]} could not be started: {error.strerror}"}
        return
    explained = False
    try:
        assert child.stdout is not None  # noqa: S101  PIPE was asked for
        status: int | None = None
        while status is None:
            async with asyncio.timeout(patience):
                line = await child.stdout.readline()
                status = None if line else await child.wait()
            event = _event(line)
            if event is not None:
                explained |= bool(event.get("sentence"))
                yield event
        if status and not explained:
            yield {"event": "error", "sentence": f"the helper process ended with status {status}; try again"}
    except TimeoutError:
        yield {"event": "error", "sentence": f"nothing came for {patience:g} s"}
    finally:
        await _end(child)


def _event(line: bytes) -> Mapping[str, Any] | None:
    try:
        event = json.loads(line)
    except ValueError:
        return None
    return event if isinstance(event, dict) else None


async def _end(child: Process) -> None:
    """End a child with its whole group: asked first, for it may have a lock to let go of."""
    if child.returncode is not None:
        return
    _signal(child, signal.SIGTERM)
    try:
        await asyncio.wait_for(asyncio.shield(child.wait()), _GRACE)
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
    try:
        os.killpg(child.pid, what)
    except ProcessLookupError:
        return
