"""A word on what takes longer than a second."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Timer

from triage.cli.console import Console

_SECONDS = 1.0


@contextmanager
def slow(console: Console, sentence: str) -> Iterator[None]:
    """Say what is being done when it has taken a second, and nothing when it is over sooner."""
    timer = Timer(_SECONDS, console.tell, [sentence])
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
