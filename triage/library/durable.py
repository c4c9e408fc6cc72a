"""Files that are on the disk when the call returns, and paths fit to show."""

import contextlib
import errno
import fcntl
import os
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from triage import clean

_LEFT_AFTER_SECONDS = 600.0


def sync_file(handle: int) -> None:
    """Wait until a file's bytes are on the disk. Raises OSError.

    macOS's fsync leaves them in the drive's cache; F_FULLFSYNC does not (fsync(2), Apple).
    """
    if sys.platform == "darwin":
        try:
            fcntl.fcntl(handle, fcntl.F_FULLFSYNC)
        except OSError:  # a network volume that does not know it
            os.fsync(handle)
    else:
        os.fdatasync(handle)


def sync_folder(folder: Path) -> None:
    """Wait until a folder's names are on the disk. Raises OSError.

    Some file systems know no such thing, and say EINVAL (SMB, FUSE); nothing more can be done there.
    """
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(handle)
    except OSError as error:
        if error.errno != errno.EINVAL:
            raise
    finally:
        os.close(handle)


def make_folder(folder: Path) -> None:
    """Make a folder, for its owner alone, and those above it, if they are missing. Raises OSError.

    Their names are on the disk then: what is written into a folder is lost with its name.
    """
    if folder.is_dir():
        return
    if not folder.parent.is_dir():
        make_folder(folder.parent)
    folder.mkdir(mode=0o700, exist_ok=True)
    with contextlib.suppress(OSError):  # a folder above that may be entered and not read
        sync_folder(folder.parent)


class Wait:
    """Something to be called that waits for the disk, be it in another thread."""

    def __init__(self, wait: Callable[[], None]) -> None:
        """`wait` may raise OSError."""
        self._wait = wait
        self._error: OSError | None = None

    def __call__(self) -> None:
        """Wait; what the disk refuses is told by `check`."""
        try:
            self._wait()
        except OSError as error:
            self._error = error

    def check(self) -> None:
        """Raise the OSError that waiting met."""
        if self._error is not None:
            raise self._error


def replace_file(path: Path, temporary: Path, parts: Iterable[bytes]) -> None:
    """Put a file in the place of another, whole or not at all. Raises OSError; the old file then stands."""
    for wait in replacing(path, temporary, parts):
        if wait is not None:
            wait()


def replacing(path: Path, temporary: Path, parts: Iterable[bytes]) -> Iterator[Wait | None]:
    """Do as `replace_file` does a part at a time, so that something else can be done in between.

    What is given and is not None is to be called before this goes on. Raises OSError.
    """
    try:
        handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, 0o600)
        try:
            for part in parts:
                left = memoryview(part)
                while left:
                    left = left[os.write(handle, left) :]
                yield None
            yield (wait := Wait(lambda: sync_file(handle)))
            wait.check()
        finally:
            os.close(handle)
        temporary.replace(path)
    except BaseException:
        with contextlib.suppress(OSError):
            temporary.unlink()
        raise
    yield (wait := Wait(lambda: sync_folder(path.parent)))
    wait.check()


def aside_name(path: Path) -> Path:
    """A free name beside a file, under which nothing reads it; it bears the time.

    Raises OSError when there is none.
    """
    stamp = time.strftime("%Y%m%dT%H%M%SZ", time.gmtime())
    for count in range(1000):
        aside = path.with_name(f"{path.name}.damaged-{stamp}{f'-{count}' if count else ''}")
        if not os.path.lexists(aside):
            return aside
    raise FileExistsError(f"{path} has been set aside too often")


def remove_leftovers(folder: Path) -> None:
    """Remove what killed processes left of files being replaced (`*.PID.tmp`); never one that is under way.

    Raises OSError when the folder cannot be read.
    """
    try:
        left = [path for path in folder.iterdir() if path.suffix == ".tmp"]
    except FileNotFoundError:
        return
    for path in left:
        process = path.stem.rpartition(".")[2]
        with contextlib.suppress(OSError):
            if process.isdecimal() and (
                not is_running(int(process)) or time.time() - path.stat().st_mtime > _LEFT_AFTER_SECONDS
            ):
                path.unlink()


def is_running(process: int) -> bool:
    """Tell whether a process may still be at work."""
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except (OSError, OverflowError):
        return True
    return True


def shown(path: Path | str) -> str:
    """A path as one line of text that any terminal can show."""
    return clean.name(str(path))


def reason(error: OSError) -> str:
    """What the system says of an error, without the path."""
    return error.strerror or str(error)
