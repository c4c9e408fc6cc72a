"""The journal's files: what was done, one Step a line, appended and never rewritten or truncated.

A line counts once it is whole: what a killed or failed write left behind stays in the file, is closed by a
newline at the next append, and is passed over. A Step whose write was never acknowledged may be there
whole, or not at all.
"""

import contextlib
import errno
import os
import re
from collections.abc import Iterator, Mapping
from itertools import pairwise
from pathlib import Path
from stat import S_ISDIR, S_ISREG
from typing import NamedTuple
from zlib import crc32

from triage.library.durable import reason, replace_file, shown, sync_file, sync_folder
from triage.ports import NotSaved
from triage.steps import MARK, Step, decode

FOLDER = "journal"
SUFFIX = ".jsonl"
_CHECKED = 4096
_CHUNK = 1 << 16


class Mark(NamedTuple):
    """How far a file was read, and how to tell that it is still that file."""

    offset: int = 0
    checked: int = 0
    """The number of bytes before the offset that the checksum is of."""
    check: int = 0
    """Their CRC-32."""

    def after(self, data: bytes) -> "Mark":
        """The mark behind bytes that were read or written at this one."""
        last = data[-_CHECKED:]
        return Mark(self.offset + len(data), len(last), crc32(last)) if data else self


class Seen(NamedTuple):
    """What tells whether a file has changed."""

    size: int
    changed: int
    inode: int


class BadLine(NamedTuple):
    """A line that holds no Step."""

    name: str
    offset: int
    raw: bytes


class Part(NamedTuple):
    """What a file holds behind a mark."""

    lines: tuple[Step | BadLine, ...]
    mark: Mark


class Shortened(OSError):
    """A file that was read is not as long any more as it was then."""


class WriteFailed(NotSaved):
    """A write that did not reach the disk for certain: nothing more may be written by this process."""


class Journal:
    """The files of every machine, and the one that this machine appends to."""

    def __init__(self, folder: Path, machine: str) -> None:
        self.path = folder / FOLDER
        self._machine = machine
        self._own = re.compile(rf"{re.escape(machine)}-(\d{{4,}}){re.escape(SUFFIX)}\Z")
        self._handle: int | None = None
        self._name = ""
        self.torn: set[tuple[str, int]] = set()
        """Files and offsets where a write of this process ended too early."""

    def files(self) -> dict[str, Seen]:
        """Every file by name, sorted; what can be no journal (a pipe, a link to itself) is none.

        Raises OSError when the folder cannot be read.
        """
        found = {}
        try:
            with os.scandir(self.path) as entries:
                for entry in entries:
                    if entry.name.endswith(SUFFIX) and not entry.name.startswith("."):
                        about = _about(Path(entry))
                        if about is not None and (S_ISREG(about.st_mode) or S_ISDIR(about.st_mode)):
                            found[entry.name] = _seen(about)
        except FileNotFoundError:
            return {}
        return dict(sorted(found.items()))

    def read(self, name: str, mark: Mark) -> Part:
        """What a file holds behind a mark. Raises OSError."""
        with (self.path / name).open("rb") as file:
            file.seek(mark.offset)
            return parse(name, file.read(), mark)

    def fits(self, name: str, mark: Mark) -> bool:
        """Tell whether a file still holds what was read before the mark. Raises OSError."""
        if mark.offset == 0:
            return True
        with (self.path / name).open("rb") as file:
            file.seek(mark.offset - mark.checked)
            return crc32(last := file.read(mark.checked)) == mark.check and len(last) == mark.checked

    def own_name(self, year: str) -> str:
        """The file this machine appends to: this year's, or a later one if a clock was set back."""
        years = [found[1] for name in self.files() if (found := self._own.match(name))]
        return f"{self._machine}-{max([year, *years], key=int)}{SUFFIX}"

    def is_own(self, name: str) -> bool:
        """Tell whether a file is one that this machine writes, and no other."""
        return self._own.match(name) is not None

    def append(self, name: str, line: bytes) -> tuple[Mark, Seen]:
        """Write one line and wait until it is on the disk; the mark behind it, and the file as it is then.

        The lock must be held.

        Raises NotSaved when nothing of it counts, WriteFailed when that is not certain.
        """
        path = self.path / name
        try:
            handle = self._open(name)
            about = os.fstat(handle)
            if not os.path.samestat(about, path.stat()):
                raise NotSaved(f"Not saved: {shown(path)} was replaced by another file just now; try again.")
            size = about.st_size
            data = line + b"\n"
            if size and os.pread(handle, 1, size - 1) != b"\n":
                data = b"\n" + data
            written = os.write(handle, data)
        except OSError as error:
            raise NotSaved(f"Not saved: {shown(path)} cannot be written ({reason(error)}).") from error
        # Without its newline the line is whole all the same; the next append closes it.
        if written < len(data) - 1:
            self.torn.add((name, size + len(data) - len(line) - 1))
            raise NotSaved(f"Not saved: {shown(path)} cannot grow; make room on the disk and try again.")
        try:
            sync_file(handle)
        except OSError as error:
            # After a failed fsync the kernel may drop the bytes and call the next fsync good: never try
            # again.
            raise WriteFailed(
                f"Not saved: {shown(path)} did not reach the disk ({reason(error)}). Nothing more is saved "
                "until the disk is mended and triage is started again."
            ) from error
        return Mark(size, 0, 0).after(data[:written]), _seen(os.fstat(handle))

    def hold(self, name: str) -> None:
        """Keep a file that is there open, so that its bytes outlive its name."""
        with contextlib.suppress(OSError):
            if (self.path / name).exists():
                self._open(name)

    def holds(self, name: str) -> bool:
        """Tell whether this is the file last appended to."""
        return self._handle is not None and self._name == name

    def held(self) -> bytes:
        """Everything in the file last appended to, even if its name is gone. Raises OSError."""
        if self._handle is None:
            return b""
        return os.pread(self._handle, os.fstat(self._handle).st_size, 0)

    def put_back(self) -> None:
        """Give the file last appended to its name again, unless somebody else did. Raises OSError."""
        path = self.path / self._name
        temporary = path.with_name(f".{self._name}.{os.getpid()}.tmp")
        self.path.mkdir(mode=0o700, exist_ok=True)
        kept = path.with_name(f".{self._name}.kept.{os.getpid()}.tmp")
        replace_file(kept, temporary, [self.held()])
        try:
            with contextlib.suppress(FileExistsError):
                os.link(kept, path)
        finally:
            kept.unlink()
        sync_folder(self.path)
        self.release()

    def release(self) -> None:
        """Let go of the file appended to."""
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None
            self._name = ""

    def behind(self, order: tuple[int, str, int], ends: Mapping[str, int]) -> Iterator[Step]:
        """The Steps of every file, before the given ends, that stand behind a place in the order.

        In each file the order must rise, so that nothing is read but these. Raises OSError; Shortened,
        FileNotFoundError for a file that has not all that was read.
        """
        for name, end in ends.items():
            for step in self._backwards(name, end):
                if step.order <= order:
                    break
                yield step

    def newest_first(self, ends: Mapping[str, int]) -> Iterator[Step]:
        """This machine's Steps from its own files, backwards from the given ends. Raises OSError."""
        own = [(int(found[1]), name) for name in ends if (found := self._own.match(name))]
        for _, name in sorted(own, reverse=True):
            with contextlib.suppress(FileNotFoundError, Shortened):  # library.json came first, or it is gone
                for step in self._backwards(name, ends[name]):
                    if step.machine == self._machine:
                        yield step

    def _backwards(self, name: str, end: int) -> Iterator[Step]:
        for raw in _lines_backwards(self.path / name, end):
            yield from reversed(steps_of(raw))

    def _open(self, name: str) -> int:
        if self._handle is not None and self._name == name:
            return self._handle
        self.release()
        handle = os.open(self.path / name, os.O_RDWR | os.O_APPEND | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            if not os.fstat(handle).st_size:  # new, or left empty by a process that was killed
                sync_folder(self.path)
        except OSError:
            os.close(handle)
            raise
        self._handle, self._name = handle, name
        return handle


def _about(path: Path) -> os.stat_result | None:
    """What is known of a file; None where a name leads to none. Raises OSError."""
    try:
        return path.stat()
    except OSError as error:
        if error.errno in (errno.ENOENT, errno.ELOOP):
            return None
        raise


def _seen(about: os.stat_result) -> Seen:
    return Seen(about.st_size, about.st_mtime_ns, about.st_ino)


def parse(name: str, data: bytes, mark: Mark) -> Part:
    """Steps and bad lines of bytes read at a mark. A last line without a newline counts if it is whole."""
    lines: list[Step | BadLine] = []
    start = 0
    while (end := data.find(b"\n", start)) >= 0:
        raw = data[start:end]
        if raw:
            steps = steps_of(raw)
            lines += steps or [BadLine(name, mark.offset + start, raw)]
        start = end + 1
    if start < len(data) and (last := _piece_of(data[start:])) is not None:
        lines.append(last[1])
        start = len(data)
    return Part(tuple(lines), mark.after(data[:start]))


def steps_of(raw: bytes) -> list[Step]:
    """The Steps of one line: one, but for lines that lost a newline or have something before the Step."""
    return [step for _, step in pieces_of(raw)]


def pieces_of(raw: bytes) -> list[tuple[bytes, Step]]:
    """The Steps of one line, each with the bytes that hold it."""
    whole = _piece_of(raw)
    if whole is not None:
        return [whole]
    starts = [found.start() for found in re.finditer(re.escape(MARK), raw)]
    pieces = [raw[start:end] for start, end in pairwise([*starts, len(raw)])]
    return [found for piece in pieces if (found := _piece_of(piece)) is not None]


def _piece_of(raw: bytes) -> tuple[bytes, Step] | None:
    """A Step and its bytes; they may bear one too many: a carriage return, or a newline that was hit."""
    for candidate in (raw, raw[:-1]):
        with contextlib.suppress(ValueError):
            return candidate, decode(candidate)
    return None


def _lines_backwards(path: Path, end: int) -> Iterator[bytes]:
    """The lines of a file before an offset, the last one first."""
    with path.open("rb") as file:
        rest: list[bytes] = []
        while end > 0:
            start = max(0, end - _CHUNK)
            file.seek(start)
            data = file.read(end - start)
            if len(data) < end - start:
                raise Shortened(f"{path} is shorter than it was")
            first, *lines = data.split(b"\n")
            if lines:
                yield b"".join([lines.pop(), *reversed(rest)])
                yield from reversed(lines)
                rest = []
            rest.append(first)
            end = start
        yield b"".join(reversed(rest))
