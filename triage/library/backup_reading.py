"""Reading a backup's file, which may be damaged, or made by somebody who means harm.

Nothing of it is believed: names that lead elsewhere, links, files that unfold to more than they say or the
disk holds, and files that the manifest does not list are refused before anything is put anywhere.
"""

import os
import shutil
import struct
import zlib
from collections.abc import Callable
from pathlib import Path
from stat import S_ISREG
from zipfile import ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from triage.backup import NoBackup, UnreadableBackup
from triage.digest import sha256
from triage.library import backup_form
from triage.library.backup_form import MANIFEST, MOST_FILES, MOST_MANIFEST, Held, Manifest, NewerForm
from triage.library.durable import reason, shown

_MAGIC = b"PK\x03\x04"
_END = struct.Struct("<4s4xHHII")
"""How a zip ends: mark, files on this disk and in all, bytes of its directory, and where that begins."""
_END_MARK = b"PK\x05\x06"
_TAIL = 70_000
_MOST_OF_A_HEAD = 1300
"""Bytes of a file's entry in a zip's directory, with the longest name that is taken."""
_SMALL = 1024**3
_MOST_FOLDED = 200
"""How many times its packed size a large backup may unfold to; texts come to 5, a journal of skips to 20."""
_ENCRYPTED = 0x1
_BAD = (BadZipFile, ValueError, NotImplementedError, RuntimeError, EOFError, struct.error, zlib.error)


class BackupFile:
    """A backup's file that is open for reading, and its manifest."""

    def __init__(self, path: Path) -> None:
        """Read the manifest.

        Raises NoBackup for what is none or is refused, UnreadableBackup, OSError.
        """
        self.path = path
        if not S_ISREG(path.stat().st_mode):  # nobody waits for a pipe
            raise NoBackup(f"{shown(path)} is no file, and so no backup: name one that triage wrote.")
        with path.open("rb") as file:
            start = file.read(len(_MAGIC))
            file.seek(0, os.SEEK_END)
            self.size = file.tell()
            file.seek(max(0, self.size - _TAIL))
            tail = file.read()
        if start != _MAGIC:
            raise NoBackup(f"{shown(path)} is no backup of triage's: name one that `triage backup` wrote.")
        try:
            _check_directory(tail, self.size)
            self._zip = ZipFile(path)
        except _BAD as error:
            raise self._damaged("it was cut off, or its end is damaged") from error
        try:
            self.manifest = self._manifest()
            self._infos = self._listed()
        except BaseException:
            self._zip.close()
            raise

    def __enter__(self) -> "BackupFile":
        return self

    def __exit__(self, *_: object) -> None:
        self._zip.close()

    def packed(self, held: Held) -> bytes:
        """The packed bytes of a file. Raises UnreadableBackup, OSError."""
        try:
            return self._zip.read(self._infos[held.packed_name])
        except _BAD as error:
            raise self._damaged(f"{held.name} in it is not as it was written") from error

    def read(self, held: Held) -> bytes:
        """The bytes of a file, which are those that were put in. Raises UnreadableBackup, OSError."""
        return opened(self.packed(held), held, self._damaged)

    def check(self) -> None:
        """Read everything. Raises UnreadableBackup, OSError."""
        for held in self.manifest.files:
            self.read(held)

    def unpack(self, folder: Path, top: str = "") -> None:
        """Put the files below one of `backup_form.TOPS` into a new folder; without one, all of them.

        Raises NoBackup when there is not room for them, UnreadableBackup, OSError.
        """
        wanted = [one for one in self.manifest.files if one.name.startswith(top)]
        folder.mkdir(mode=0o700)
        size = sum(one.size for one in wanted)
        if size > shutil.disk_usage(folder).free:
            raise NoBackup(
                f"{shown(self.path)} unfolds to {size // 1_000_000 + 1} MB, and there is no room for that in "
                f"{shown(folder.parent)}: make some and try again."
            )
        for held in wanted:
            put(folder, held, self.read(held))

    def _manifest(self) -> Manifest:
        names = [info for info in self._zip.infolist() if info.filename == MANIFEST]
        if len(names) != 1:
            raise NoBackup(
                f"{shown(self.path)} is a zip, but no backup of triage's: it has no {MANIFEST} of ours."
            )
        if names[0].file_size > MOST_MANIFEST:
            raise NoBackup(f"{shown(self.path)} is refused: its {MANIFEST} is larger than any of ours.")
        try:
            return backup_form.decode(self._zip.read(names[0]))
        except NewerForm as newer:
            raise UnreadableBackup(
                f"{shown(self.path)} was written by a newer triage ({newer or 'of no version'}): "
                "install that. Nothing was changed."
            ) from newer
        except _BAD as error:
            why = shown(str(error)[:120])
            raise self._damaged(f"its {MANIFEST} is not as it was written ({why})") from error

    def _listed(self) -> dict[str, ZipInfo]:
        """The zip's files by name, which must be those of the manifest and none besides. Raises NoBackup."""
        files = {one.packed_name: one for one in self.manifest.files}
        found = {info.filename: info for info in self._zip.infolist() if info.filename != MANIFEST}
        wrong = self._wrong(files, found)
        if wrong:
            raise NoBackup(f"{shown(self.path)} is refused: {wrong}; triage wrote no such backup.")
        for name in files:
            if name not in found:
                raise self._damaged(f"{name} is missing in it")
        return found

    def _wrong(self, files: dict[str, Held], found: dict[str, ZipInfo]) -> str:
        """What no backup of ours has, as the middle of a sentence; empty: nothing."""
        if len(found) + 1 != len(self._zip.infolist()):
            return "it holds two files of one name"
        for name, info in found.items():
            kind = info.external_attr >> 16 & 0o170000
            if name not in files:
                return f"it holds {shown(name[:80])}, which its {MANIFEST} does not list"
            if kind not in (0, 0o100000):
                return f"{shown(name[:80])} in it is a link or a device"
            if info.compress_type != ZIP_STORED or info.flag_bits & _ENCRYPTED:
                return f"{shown(name[:80])} in it is packed in another way"
            if info.file_size > self.size:
                return f"{shown(name[:80])} in it is larger than all of it"
        unfolded = sum(one.size for one in files.values())
        if unfolded > _SMALL and unfolded > _MOST_FOLDED * self.size:
            return f"its {self.size // 1_000_000} MB would unfold to {unfolded // 1_000_000_000} GB"
        return ""

    def _damaged(self, why: str) -> UnreadableBackup:
        return UnreadableBackup(f"{shown(self.path)} is damaged: {why}. The other backups stand.")


def opened(packed: bytes, held: Held, damaged: Callable[[str], UnreadableBackup]) -> bytes:
    """The bytes of a file of its packed ones. Raises UnreadableBackup unless they are those it had."""
    try:
        data = packed if held.is_packed_itself else _unfolded(packed, held.size, held.pieces)
    except ValueError as error:
        raise damaged(f"{held.name} in it is not as it was written ({error})") from error
    if len(data) != held.size or sha256(data) != held.digest:
        raise damaged(f"{held.name} in it is not as it was written")
    return data


def put(folder: Path, held: Held, data: bytes) -> None:
    """Write a file of a backup into a folder, never over one that is there. Raises OSError."""
    path = folder / held.name
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
    try:
        left = memoryview(data)
        while left:
            left = left[os.write(handle, left) :]
        os.utime(handle, ns=(held.modified, held.modified))
    finally:
        os.close(handle)


def _unfolded(packed: bytes, size: int, pieces: int) -> bytes:
    """The bytes of so many pieces of gzip, of which there must be so many.

    Raises ValueError for anything else; never more than `size` bytes and one are made.
    """
    parts: list[bytes] = []
    left = size
    rest = packed
    for _ in range(pieces):
        piece = zlib.decompressobj(wbits=31)
        try:
            part = piece.decompress(rest, left + 1)
        except zlib.error as error:
            raise ValueError("it is damaged") from error
        left -= len(part)
        if left < 0:
            raise ValueError("it holds more than it says")
        if not piece.eof:
            raise ValueError("it is cut off")
        parts.append(part)
        rest = piece.unused_data
    if left or rest:
        raise ValueError("it holds another number of bytes than it says")
    return b"".join(parts)


def _check_directory(tail: bytes, size: int) -> None:
    """Look at what a zip says of its directory before that is read. Raises ValueError."""
    at = tail.rfind(_END_MARK)
    if at < 0:
        raise ValueError("it has no end")
    _, _, count, length, _ = _END.unpack_from(tail, at)
    if length > size or (length != 0xFFFFFFFF and length > MOST_FILES * _MOST_OF_A_HEAD) or count == 0:
        raise ValueError("its directory cannot be as it says")


def unreadable(path: Path, error: OSError) -> NoBackup:
    """What to say of a file that the system does not let us read."""
    return NoBackup(f"{shown(path)} cannot be read as a backup ({reason(error)}).")
