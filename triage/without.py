"""Imports that do without what they could use: a part of the composition root.

asyncio imports `ssl` where there is one, for connections that the app never makes itself (OpenSSL: 5 ms
and 5 MB); shutil imports `bz2` and `lzma`, for archives that nobody asks it for (2 ms); hashlib OpenSSL, for
digests that Python has itself. Each does without on a Python that was built so.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def without(*names: str) -> Iterator[None]:
    """What is imported here for the first time finds no modules of these names; later imports find them."""
    absent = [name for name in names if name not in sys.modules]
    for name in absent:
        sys.modules[name] = None  # type: ignore[assignment]  # what has an import say that there is none
    try:
        yield
    finally:
        for name in absent:
            del sys.modules[name]
