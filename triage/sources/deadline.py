"""An end to work that nobody can know the length of, such as making sense of a strange page."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from triage.ports import Unreachable


@contextmanager
def within(seconds: float, sentence: str) -> Iterator[None]:
    """Raise Unreachable with the sentence if what is inside takes longer, in seconds of wall time.

    By the process's alarm, so in its main thread only and not one inside another. A single call into C is
    not cut short.
    """

    def ring(_signal: int, _frame: FrameType | None) -> None:
        raise Unreachable(sentence)

    before = signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
