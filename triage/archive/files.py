"""Files of the archive: replaced whole or not at all, under one short lock, damaged ones set aside."""

import errno
import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from triage import clean

_TEMPORARY = ".writing-"
_CLAIM = ".fetching"


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Hold the folder's lock, made if need be; what killed writers left behind goes.

    Raises OSError when the folder cannot be made or locked. The descriptor is not inherited by children.
    """
    _make(folder)
    descriptor = os.open(folder / ".lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        for left_behind in folder.glob(f"{_TEMPORARY}*"):
            left_behind.unlink(missing_ok=True)
        yield
    finally:
        os.close(descriptor)


def is_claimed(folder: Path) -> bool:
    """Tell whether another process holds the right to fetch into the folder at this moment."""
    try:
        descriptor = os.open(folder / _CLAIM, os.O_RDWR | os.O_CLOEXEC)
    except OSError:
        return False
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return True
    finally:
        os.close(descriptor)
    return False


@contextmanager
def claimed(folder: Path) -> Iterator[None]:
    """Hold the right to fetch into the folder; whoever comes second waits. Raises OSError."""
    _make(folder)
    descriptor = os.open(folder / _CLAIM, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def replace_file(path: Path, content: bytes) -> None:
    """Put the content in the file's place, safe against kills and power cuts; the lock must be held.

    Raises OSError, and then the old file is as it was.
    """
    temporary = path.with_name(f"{_TEMPORARY}{os.getpid()}-{path.name}")
    try:
        with temporary.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    except OSError:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)
        raise
    sync_folder(path.parent)


def set_aside(path: Path, *, copy: bool = False) -> Path | None:
    """Give a damaged file (with `copy`, a second link to it) a free name beside it; None if that fails."""
    for number in range(1, 1000):
        aside = path.with_name(f"{path.name}.damaged-{number}")
        try:
            # A link fails where the name is taken, a rename would overwrite.
            os.link(path, aside)
            if not copy:
                path.unlink()
        except FileExistsError:
            continue
        except OSError:
            return _set_aside_without_links(path, aside, copy=copy)
        return aside
    return None


def _set_aside_without_links(path: Path, aside: Path, *, copy: bool) -> Path | None:
    """Do as `set_aside` does on a disk that knows no links (FAT, many a network's)."""
    try:
        if os.path.lexists(aside):
            return None
        if copy:
            replace_file(aside, path.read_bytes())
        else:
            path.rename(aside)
    except OSError:
        return None
    return aside


def _make(folder: Path) -> None:
    """Make a folder, and those above it, if they are missing; a power cut leaves them."""
    if folder.is_dir():
        return
    if not folder.parent.is_dir():
        _make(folder.parent)
    folder.mkdir(exist_ok=True)
    with suppress(OSError):  # a folder above that may be entered and not read
        sync_folder(folder.parent)


def named(path: Path) -> str:
    """A path fit for a sentence."""
    return clean.name(str(path))


def sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    except OSError as error:
        if error.errno != errno.EINVAL:  # a file system that knows no such thing
            raise
    finally:
        os.close(descriptor)
