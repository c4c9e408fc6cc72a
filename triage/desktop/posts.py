"""Posts and other files of the user's on the disk: read whole, written whole or not at all.

A file is written beside its place, synced and renamed: a crash leaves the old file or the new one. A symlink
in the place is replaced or refused, never written through.
"""

import errno
import os
import stat
import tempfile
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path

from triage import clean
from triage.digest import sha256
from triage.ports import Unreachable

MOST_BYTES = 50_000_000
"""A post larger than this is not read."""
SUFFIXES = (".md", ".markdown", ".txt")
"""What a folder of posts is searched for."""


class PostFiles:
    """`ports.Posts` on the file system."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @property
    def folder(self) -> str:
        """Where posts go when the config names no path."""
        return str(self._folder)

    def whole(self, place: str) -> str:
        """The whole path of a place: one for one file. Raises Unreachable for a `~user` nobody knows."""
        try:
            path = Path.cwd() / Path(place).expanduser()
            # Up from a linked folder is not where its name says: only the disk knows.
            return str(path.parent.resolve() / path.name if ".." in path.parts[:-1] else path)
        except (OSError, RuntimeError) as refusal:
            why = getattr(refusal, "strerror", None) or str(refusal)
            raise Unreachable(
                f"{clean.name(place)} leads nowhere ({why}); give the whole path, from / on"
            ) from refusal

    def find(self, places: Sequence[str]) -> Sequence[str]:
        """The posts that files and folders name: a folder stands for its Markdown and text files.

        Anything else stands for itself, there or not: who reads it says what is wrong with it, and goes on.
        """
        found: list[str] = []
        for place in places:
            path = Path(self.whole(place))
            try:
                inside = sorted(path.iterdir()) if path.is_dir() else None
            except OSError as refusal:
                raise Unreachable(_sentence(path, "cannot be read", refusal)) from refusal
            if inside is None:
                found.append(str(path))
            else:
                found += [str(one) for one in inside if one.suffix in SUFFIXES and one.is_file()]
        return found

    def read(self, place: str) -> bytes:
        """A file's bytes. Raises Unreachable when it cannot be read or is too large to be a post."""
        path = Path(self.whole(place))
        try:
            with path.open("rb") as file:
                data = file.read(MOST_BYTES + 1)
        except (OSError, ValueError) as refusal:
            raise Unreachable(_sentence(path, "cannot be read", refusal)) from refusal
        if len(data) > MOST_BYTES:
            most = f"{MOST_BYTES // 1_000_000} MB"
            raise Unreachable(f"{clean.name(str(path))} cannot be read: it is larger than {most}")
        return data

    def hash(self, place: str) -> str | None:
        """The SHA-256 of the file in a place, in hex; None for nothing, empty for no file."""
        path = Path(self.whole(place))
        try:
            if not stat.S_ISREG(path.lstat().st_mode):
                return ""
            with path.open("rb") as file:
                # A file larger than any of ours is none of ours, whatever its rest is.
                return sha256(file.read(MOST_BYTES + 1))
        except (FileNotFoundError, NotADirectoryError):
            return None
        except (OSError, ValueError) as refusal:
            raise Unreachable(_sentence(path, "cannot be read", refusal)) from refusal

    def write(self, place: str, data: bytes, then: Callable[[], None] = lambda: None) -> None:
        """Put a file in its place; its folder is made. `then` runs when the bytes are safe beside it."""
        path = Path(self.whole(place))
        try:
            replace_file(path, data, then)
        except OSError as refusal:
            raise Unreachable(_sentence(path, "cannot be written", refusal)) from refusal
        except ValueError as refusal:
            raise Unreachable(f"{place!r} cannot be written: {refusal}") from refusal


def replace_file(path: Path, data: bytes, then: Callable[[], None] = lambda: None) -> None:
    """Put a file in its place whole or not at all. Raises OSError, and whatever `then` raises."""
    beside = _safe_beside(path, data)
    try:
        then()
        beside.replace(path)
        _sync_folder(path.parent)
    finally:
        beside.unlink(missing_ok=True)


def _safe_beside(path: Path, data: bytes) -> Path:
    """Write and sync a temporary file in the folder of a place that can be replaced; its path."""
    _make(path.parent)
    if path.exists() and not (path.is_symlink() or path.is_file()):
        wrong = errno.EISDIR if path.is_dir() else errno.EEXIST
        raise OSError(wrong, os.strerror(wrong) if path.is_dir() else "it is a device, not a file")
    mode = path.stat().st_mode & 0o777 if path.is_file() else 0o666 & ~_umask()
    handle, name = tempfile.mkstemp(prefix=".triage-", suffix=".tmp", dir=path.parent)
    beside = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fchmod(file.fileno(), mode)
            os.fsync(file.fileno())
    except OSError:
        beside.unlink(missing_ok=True)
        raise
    return beside


def _make(folder: Path) -> None:
    """Make a folder, and those above it, if they are missing; a power cut leaves them."""
    if folder.is_dir():
        return
    if not folder.parent.is_dir():
        _make(folder.parent)
    folder.mkdir(exist_ok=True)
    with suppress(OSError):  # a folder above that may be entered and not read
        _sync_folder(folder.parent)


def _umask() -> int:
    mask = os.umask(0o077)
    os.umask(mask)
    return mask


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY | os.O_CLOEXEC)
    try:
        os.fsync(handle)
    except OSError as error:
        if error.errno != errno.EINVAL:  # a file system that knows no such thing
            raise
    finally:
        os.close(handle)


def _sentence(path: Path, what: str, refusal: Exception) -> str:
    reason = getattr(refusal, "strerror", None) or str(refusal)
    return f"{clean.name(str(path))} {what}: {reason}"
