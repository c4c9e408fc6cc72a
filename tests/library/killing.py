"""Work done in a child that is killed with SIGKILL: at a random moment, or at one of its system calls."""

import os
import select
import signal
import time
import traceback
from collections.abc import Callable
from typing import Any, NamedTuple, TypeAlias

Tell: TypeAlias = Callable[[str], None]
"""Tells the parent a line; on return it is out of the child's hands."""
Work: TypeAlias = Callable[[Tell], object]

READY = "ready"
"""What work tells when that has begun which is to be killed."""
CALLS = (
    *("open", "write", "fdatasync", "fsync", "replace", "rename", "link", "unlink", "mkdir", "rmdir"),
    *("truncate", "ftruncate"),
)
"""The system calls that change a file."""


class Killed(NamedTuple):
    """What became of a child."""

    told: list[str]
    """Every line it told of but READY."""
    ended: bool
    """Whether it came to its end before it was killed."""


def killed(work: Work, seconds: float, *, once_ready: bool = False) -> Killed:
    """Do the work in a child that is killed after so many seconds: since its birth, or since it was ready.

    The child is a copy of this process, so that a kill costs no start of an interpreter.
    """
    child, pipe = _born(work)
    told = b""
    if once_ready:
        while READY.encode() not in told and (some := os.read(pipe, 1 << 16)):
            told += some
    # The moment of death is the test: a wait of a random length and not one for something to happen.
    end = time.monotonic() + seconds
    while (left := end - time.monotonic()) > 0 and select.select([pipe], [], [], left)[0]:
        if not (some := os.read(pipe, 1 << 16)):
            break
        told += some
    os.kill(child, signal.SIGKILL)
    return _died(child, pipe, told)


def slow_to_sync(work: Work, seconds: float = 0.0003) -> Work:
    """The same work where each sync takes as long as on a disk: so long a kill finds what is half done."""

    def slowly(tell: Tell) -> None:
        for name in ("fsync", "fdatasync"):
            real = getattr(os, name)

            def synced(handle: int, real: Callable[[int], None] = real) -> None:
                real(handle)
                time.sleep(seconds)

            setattr(os, name, synced)
        work(tell)

    return slowly


def killed_at(call: int, work: Work) -> Killed:
    """Do the work in a child that dies at one of its system calls, half way through if that is a write."""

    def dying(tell: Tell) -> None:
        left = iter(range(call))

        def mortal(name: str) -> Callable[..., object]:
            real = getattr(os, name)

            def made(*given: Any, **named: Any) -> object:
                if next(left, None) is None:
                    if name == "write":
                        real(given[0], given[1][: len(given[1]) // 2])
                    os.kill(os.getpid(), signal.SIGKILL)
                return real(*given, **named)

            return made

        for name in CALLS:
            setattr(os, name, mortal(name))
        work(tell)

    return _died(*_born(dying))


def _born(work: Work) -> tuple[int, int]:
    """A child that does the work, and the pipe from which its lines are read."""
    reading, writing = os.pipe()
    parent = os.getpid()
    child = os.fork()
    if child:
        os.close(writing)
        return child, reading
    status, write = 1, os.write

    def tell(line: str) -> None:
        write(writing, f"{line}\n".encode())
        if os.getppid() != parent:  # nobody is left to kill this one
            os._exit(1)

    try:
        os.close(reading)
        work(tell)
        status = 0
    except BaseException:
        traceback.print_exc()
        raise
    finally:
        os._exit(status)


def _died(child: int, pipe: int, told: bytes = b"") -> Killed:
    while some := os.read(pipe, 1 << 16):
        told += some
    os.close(pipe)
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    assert status in (0, -signal.SIGKILL), f"the child failed by itself ({status}); its traceback is above"
    return Killed([line for line in told.decode().splitlines() if line != READY], status == 0)
