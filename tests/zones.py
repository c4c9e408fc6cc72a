"""Where the machine of a test stands: times are told in its zone."""

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from unittest import mock


@contextmanager
def machine_in(zone: str) -> Iterator[None]:
    """Let this process and its children take a zone for the machine's own."""
    try:
        with mock.patch.dict(os.environ, TZ=zone):
            time.tzset()
            yield
    finally:
        time.tzset()
