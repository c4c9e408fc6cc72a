"""Writing a backup's file: only ever appended to, so that what was verified is never touched again."""

import gzip
import os
import struct
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from triage.digest import sha256
from triage.library import backup_form
from triage.library.backup_form import MANIFEST, MOST_PIECES, Held, Manifest
from triage.library.durable import sync_file

_LEVEL = 6
_LOCAL = struct.Struct("<26xHH")
"""The end of a member's own head: how long its name is, and what else stands there (APPNOTE.TXT, 4.3.7)."""

Before = Callable[[str], tuple[Held, bytes] | None]
"""A file of an earlier backup, with its packed bytes; None where there is none that can be read."""


class Writer:
    """A backup while it is written. Raises OSError throughout."""

    def __init__(self, path: Path, moment: datetime, before: Before) -> None:
        """`path` must not exist yet; what did not change since an earlier backup is copied from there."""
        self._handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
        self._file = _Appended(self._handle)
        self._zip = ZipFile(self._file, "w", ZIP_STORED)
        self._date = moment.astimezone().timetuple()[:6]
        self._before = before
        self._infos: dict[str, ZipInfo] = {}
        self.files: list[Held] = []
        """What was put in so far."""

    def add(self, name: str, data: bytes, modified: int) -> None:
        """Put a file in."""
        held, packed = self._packed(name, data, modified)
        info = ZipInfo(held.packed_name, self._date)
        info.external_attr = 0o100600 << 16
        self._zip.writestr(info, packed)
        self._infos[name] = info
        self.files.append(held)

    def sync(self) -> None:
        """Wait until what was put in is on the disk, and let the next reading ask the disk itself."""
        sync_file(self._handle)
        if hasattr(os, "posix_fadvise"):
            os.posix_fadvise(self._handle, 0, 0, os.POSIX_FADV_DONTNEED)

    def packed(self, held: Held) -> bytes:
        """The packed bytes of a file that was put in, read back."""
        info = self._infos[held.name]
        name, extra = _LOCAL.unpack(os.pread(self._handle, _LOCAL.size, info.header_offset))
        start = info.header_offset + _LOCAL.size + name + extra
        return os.pread(self._handle, info.file_size, start)

    def finish(self, manifest: Manifest) -> None:
        """Put the manifest in and wait until everything is on the disk."""
        info = ZipInfo(MANIFEST, self._date)
        info.compress_type = ZIP_DEFLATED
        info.external_attr = 0o100600 << 16
        self._zip.writestr(info, backup_form.encode(manifest))
        self._zip.close()
        sync_file(self._handle)

    def close(self) -> None:
        """Let go of the file."""
        self._file.is_closed = True
        os.close(self._handle)

    def _packed(self, name: str, data: bytes, modified: int) -> tuple[Held, bytes]:
        held = Held(name, len(data), sha256(data), 1, modified)
        if held.is_packed_itself:
            return held, data
        found = self._before(name)
        if found is not None:
            before, packed = found
            if before.digest == held.digest:
                return held._replace(pieces=before.pieces), packed
            if before.pieces < MOST_PIECES and before.digest == sha256(data[: before.size]):
                more = _folded(data[before.size :])
                return held._replace(pieces=before.pieces + 1), packed + more
        return held, _folded(data)


def _folded(data: bytes) -> bytes:
    return gzip.compress(data, _LEVEL, mtime=0)


class _Appended:
    """A file that can only grow; zipfile then writes each head once, and what it learns later behind."""

    def __init__(self, handle: int) -> None:
        self._handle = handle
        self.is_closed = False
        """Whether nothing is written any more: what zipfile ends a file with when it is given up, for one.

        The handle may be another file's by then.
        """

    def write(self, data: bytes) -> int:
        if self.is_closed:
            return len(data)
        left = memoryview(data)
        while left:
            left = left[os.write(self._handle, left) :]
        return len(data)

    def flush(self) -> None:
        """Nothing is held back."""

    def close(self) -> None:
        """Its owner does that."""
