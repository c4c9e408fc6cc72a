"""Children that can be killed, for the commands: each reports in JSON Lines, and nothing of it stays."""

import os
import selectors
import signal
import subprocess
import time
from collections.abc import Generator, Iterator, Sequence
from contextlib import suppress
from typing import IO

from triage.child_events import LONGEST_LINE, Event, ended_badly, event_in, not_started, silent, too_long

_GRACE = 0.5
"""Seconds between asking a child to end and ending it."""
_MOST = 64 * 1024


def lines(
    argv: Sequence[str], patience: float, given: IO[bytes] | None = None, *, leads: bool = True
) -> Generator[Event, None, None]:
    """Yield each event that a child writes to its standard output, as it comes; `given` is its input.

    It leads a process group of its own, with all that it starts, or is in ours, so that what ends us by force
    ends it too.

    What is no JSON object is passed over. A child that cannot be started, that ends badly without having
    said why, or that is ended for it says nothing for `patience` seconds or goes on without an end of line,
    becomes one event of `triage.child_events`. When the iterator is closed, the child and all that it started
    are ended.
    """
    try:
        child = subprocess.Popen(
            list(argv),
            stdin=subprocess.DEVNULL if given is None else given,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            start_new_session=leads,
        )
    except OSError as error:
        yield not_started(argv[0], error)
        return
    explained = False
    try:
        for line in _lines(child, patience):
            event = event_in(line)
            if event is not None:
                explained |= bool(event.get("sentence"))
                yield event
        status = child.wait(patience)
        if status and not explained:
            yield ended_badly(status)
    except (TimeoutError, subprocess.TimeoutExpired):
        yield silent(patience)
    except _TooLong:
        yield too_long()
    finally:
        _end(child, leads=leads)


class _TooLong(Exception):
    """A line has no end."""


def _lines(child: subprocess.Popen[bytes], patience: float) -> Iterator[bytes]:
    """Each line as it comes. Raises TimeoutError when none comes for so many seconds, and _TooLong."""
    assert child.stdout is not None  # noqa: S101  PIPE was asked for
    begun, deadline = bytearray(), time.monotonic() + patience
    with selectors.DefaultSelector() as ready:
        ready.register(child.stdout, selectors.EVENT_READ)
        while True:
            if not ready.select(max(0.0, deadline - time.monotonic())):
                raise TimeoutError
            data = os.read(child.stdout.fileno(), _MOST)
            *whole, rest = data.split(b"\n")
            for line in whole:
                yield bytes(begun + line)
                begun.clear()
                deadline = time.monotonic() + patience
            begun += rest
            if len(begun) > LONGEST_LINE:
                raise _TooLong
            if not data:
                return


def _end(child: subprocess.Popen[bytes], *, leads: bool) -> None:
    """End a child, with its whole group if it leads one: asked first, for it may have a lock to let go of."""
    kill = os.killpg if leads else os.kill
    if child.poll() is None:
        with suppress(ProcessLookupError, subprocess.TimeoutExpired):
            kill(child.pid, signal.SIGTERM)
            child.wait(_GRACE)
    # What it has started may be there still, whether it ended of itself or not.
    if leads or child.returncode is None:
        with suppress(ProcessLookupError, PermissionError):
            kill(child.pid, signal.SIGKILL)
    with suppress(subprocess.TimeoutExpired):
        child.wait(_GRACE)
    if child.stdout is not None:
        child.stdout.close()
