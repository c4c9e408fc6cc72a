"""The lock under which one append happens; it is never held longer, and no child inherits it."""

import contextlib
import errno
import fcntl
import os
import time
from pathlib import Path
from types import TracebackType

from triage.library.durable import reason, shown
from triage.ports import NotSaved

WAIT_SECONDS = 5.0
_NO_LOCKS = {errno.ENOLCK, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS}


class Lock:
    """`flock` on a file of the library's folder, waited for a few seconds at most."""

    def __init__(self, path: Path, wait: float = WAIT_SECONDS) -> None:
        self._path = path
        self._wait = wait
        self._handle: int | None = None

    def __enter__(self) -> None:
        """Take the lock. Raises NotSaved when another process holds it too long, or it cannot be made."""
        end = time.monotonic() + self._wait
        pause = 0.0005
        try:
            while not self._taken():
                if time.monotonic() >= end:
                    raise NotSaved(
                        f"Not saved: another process has held {shown(self._path)} for {self._wait:g} "
                        "seconds; end it and try again."
                    )
                time.sleep(pause)
                pause = min(pause * 2, 0.02)
        except OSError as error:
            raise NotSaved(f"Not saved: {shown(self._path)} cannot be locked ({reason(error)}).") from error

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._handle is not None:
            with contextlib.suppress(OSError):
                fcntl.flock(self._handle, fcntl.LOCK_UN)

    def close(self) -> None:
        """Let go of the file."""
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None

    def _taken(self) -> bool:
        """Try once; a file that was removed or replaced meanwhile is opened anew: others lock that one."""
        if self._handle is None:
            self._handle = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(self._handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        except OSError as error:
            # Without locks two writers at once may give one number to two Steps; the fold keeps both.
            if error.errno in _NO_LOCKS:
                return True
            raise
        try:
            there = self._path.stat()
            same = os.path.samestat(there, os.fstat(self._handle))
        except FileNotFoundError:
            same = False
        if not same:
            self.close()
        return same
