"""A part of the program that reads bytes from outside, as a fuzzer sees it."""

import signal
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import gettempdir
from types import FrameType

from triage import clean

SECONDS = 10.0
"""Of the processor's time that one input may take: one that takes longer has found something quadratic."""


class Hangs(Exception):
    """An input took longer than any may."""


@dataclass(frozen=True)
class Target:
    """One of them, with what it may raise and what it is fed with first."""

    name: str
    check: Callable[[bytes], object]
    """Reads the bytes, and asserts what has to hold of what it made of them."""
    seeds: Sequence[bytes]
    """Right inputs, which a fuzzer changes."""
    refusals: tuple[type[Exception], ...] = ()
    """What it says that it raises; the message is a sentence to be shown."""
    words: Sequence[bytes] = ()
    """What means something there."""
    longest: int = 4096

    def __call__(self, data: bytes) -> bool:
        """Try one input; whether it was taken, and not refused. Raises whatever nobody declared."""
        with within(SECONDS):
            try:
                self.check(data)
            except self.refusals as refusal:
                said = str(refusal)
                assert said, "a refusal says something"
                assert clean.shown(said) == said, repr(said)
                return False
        return True


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """Raise Hangs when what is inside takes so much of the processor's time."""

    def stop(_number: int, _frame: FrameType | None) -> None:
        raise Hangs

    before = signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def text(data: bytes) -> str:
    """Bytes as a text; those that are no UTF-8 are lone surrogates, as in a record of another program."""
    return data.decode("utf-8", "surrogateescape")


def texts(data: bytes, count: int) -> list[str]:
    """So many texts, parted by bytes that no UTF-8 has."""
    parts = [text(part) for part in data.split(b"\xff", count - 1)]
    return parts + [""] * (count - len(parts))


def memory() -> str:
    """A folder in memory where there is one: thousands of files are written."""
    return "/dev/shm" if Path("/dev/shm").is_dir() else gettempdir()  # noqa: S108 - the files lie in a folder of ours
