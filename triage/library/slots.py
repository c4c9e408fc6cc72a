"""Which process writes which draft: two that write on one note at once have a place each."""

import errno
import fcntl
import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

_PLACES = 8
"""Processes that write on one note at once, and have a place each."""
_BUSY = {errno.EACCES, errno.EAGAIN}


class Slots:
    """Places for drafts by the hash of their key, each locked by who writes there until it closes or ends.

    A lock is on one byte of a file, by POSIX: no child inherits it, and it ends with its process.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._handle: int | None = None
        self._held: dict[str, int] = {}

    def held(self, name: str) -> int:
        """The place that is ours; the first one where none is."""
        return self._held.get(name, 0)

    def readable(self, name: str) -> Iterator[int]:
        """The places that nobody else writes in; ours alone, where one is."""
        if name in self._held:
            yield self._held[name]
            return
        for place in range(_PLACES):
            if self._lock(name, place, fcntl.LOCK_SH):
                self._unlock(name, place)
                yield place

    def take(self, name: str) -> int:
        """A place that is ours from now on."""
        if self._handle is None:
            with suppress(OSError):
                self._handle = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        if name not in self._held:
            free = (place for place in range(_PLACES) if self._lock(name, place, fcntl.LOCK_EX))
            self._held[name] = next(free, _PLACES - 1)
        return self._held[name]

    def let_go(self, name: str) -> None:
        """Leave our place."""
        place = self._held.pop(name, None)
        if place is not None:
            self._unlock(name, place)

    def close(self) -> None:
        """Leave every place that is ours."""
        self._held.clear()
        if self._handle is not None:
            with suppress(OSError):
                os.close(self._handle)
            self._handle = None

    def _lock(self, name: str, place: int, how: int) -> bool:
        """Try to lock; where there are no locks, every place is free."""
        if self._handle is None:
            try:
                self._handle = os.open(self._path, os.O_RDWR | os.O_CLOEXEC)
            except OSError:
                return True
        try:
            fcntl.lockf(self._handle, how | fcntl.LOCK_NB, 1, _byte(name, place))
        except OSError as error:
            return error.errno not in _BUSY
        return True

    def _unlock(self, name: str, place: int) -> None:
        if self._handle is not None:
            with suppress(OSError):
                fcntl.lockf(self._handle, fcntl.LOCK_UN, 1, _byte(name, place))


def _byte(name: str, place: int) -> int:
    return int(name[:14], 16) * _PLACES + place
