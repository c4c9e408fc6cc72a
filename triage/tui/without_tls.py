"""asyncio without TLS: the app's own process opens no connection, its children do."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def without_tls() -> Iterator[None]:
    """What is imported here for the first time does without `ssl`, as on a Python built without it.

    asyncio, which Textual imports, would load OpenSSL for it: 5 ms and 4 MB. Afterwards it can be imported.
    """
    if "ssl" in sys.modules or "asyncio" in sys.modules:
        yield
        return
    sys.modules["ssl"] = None  # type: ignore[assignment]  # what has an import say that there is none
    try:
        yield
    finally:
        del sys.modules["ssl"]
