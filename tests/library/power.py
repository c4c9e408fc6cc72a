"""A disk as a power cut leaves it: what was not synced may be there, be half there, be zeros, or be gone."""

import _pyio  # type: ignore[import-not-found]  # typeshed leaves it out
import builtins
import io
import os
import shutil
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import product
from pathlib import Path
from typing import Any, TypeAlias

import pytest


@dataclass(eq=False)
class File:
    """What a file holds, and how much of it was synced."""

    data: bytes = b""
    synced: bytes = b""

    def after_a_cut(self) -> list[bytes]:
        """What may be found in it: everything, what was synced, half of the rest, zeros for the rest."""
        size = len(self.data)
        half = self.data[: (size + len(self.synced)) // 2]
        zeros = self.synced + bytes(max(0, size - len(self.synced)))
        return list(dict.fromkeys((self.data, self.synced, half, zeros)))


Names: TypeAlias = dict[Path, File | None]
"""Files by their paths; None for a folder."""
_MOST_APART = 2
"""So many files may be found each in another way than the others; of more, one at a time is."""


_HEARD = (
    *("open", "close", "write", "ftruncate", "fsync", "fdatasync"),
    *("replace", "rename", "link", "unlink", "mkdir", "rmdir"),
)


@dataclass(frozen=True)
class State:
    """A folder after a power cut."""

    files: dict[Path, bytes | None]
    """None for a folder."""
    told: int
    """How many lines had been told."""

    def build(self, root: Path) -> None:
        """Make the folder."""
        root.mkdir()
        for path, data in sorted(self.files.items()):
            if data is None:
                (root / path).mkdir()
            else:
                (root / path).write_bytes(data)


@dataclass
class _Change:
    """Something that happened to names, and is lost in a cut until one of its folders is synced."""

    folders: set[Path]
    come: Names
    gone: list[Path]

    def apply(self, names: Names) -> None:
        for path in self.gone:
            names.pop(path, None)
        names |= self.come


@dataclass
class Disk:
    """Records what this process asks of the files below a folder, which is empty at first."""

    root: Path
    deaf: Callable[[Path, bool], bool] = lambda _path, _is_folder: False
    """Which syncs are not heard, as if the program left them out: of which path, and whether of a folder."""
    told: list[str] = field(default_factory=list)
    """The lines that were told."""
    _names: Names = field(default_factory=dict)
    _sure: Names = field(default_factory=dict)
    """The names that every cut leaves."""
    _waiting: list[_Change] = field(default_factory=list)
    """What happened to names since, in order."""
    _handles: dict[int, Path] = field(default_factory=dict)
    _states: dict[object, State] = field(default_factory=dict)

    def watch(self, patch: pytest.MonkeyPatch) -> None:
        """Listen to the calls that change files."""
        calls = (
            "open",
            "close",
            "write",
            "fsync",
            "fdatasync",
            "replace",
            "rename",
            "link",
            "unlink",
            "rmdir",
        )
        for name in (*calls, "mkdir", "ftruncate"):
            patch.setattr(os, name, self._heard(name, getattr(os, name)))
        # Files that Python opens are written in Python, so that each of their calls is one of os.
        patch.setattr(io, "open", _pyio.open)
        patch.setattr(builtins, "open", _pyio.open)
        patch.setattr(shutil, "_USE_CP_SENDFILE", False)
        patch.setattr(shutil, "_use_fd_functions", False)

    def tell(self, line: str) -> None:
        """Take a line for told: from here on what it says must outlive a cut."""
        self.told.append(line)
        self._cut()

    def states(self) -> Iterator[State]:
        """Every state the folder may be found in, each once, with the most that had been told by then."""
        return iter(self._states.values())

    def _heard(self, name: str, real: Callable[..., Any]) -> Callable[..., Any]:
        def call(*given: Any, **named: Any) -> Any:
            result = real(*given, **named)
            if getattr(self, f"_{name}")(result, *given):
                self._cut()
            return result

        return call

    def _inside(self, path: Any) -> Path | None:
        whole = Path(os.fsdecode(path)) if isinstance(path, (str, bytes, Path)) else Path()
        return whole.relative_to(self.root) if whole.is_relative_to(self.root) else None

    def _change(self, *, come: Names | None = None, gone: Sequence[Path] = ()) -> bool:
        change = _Change({path.parent for path in (*(come or {}), *gone)}, come or {}, list(gone))
        change.apply(self._names)
        self._waiting.append(change)
        return True

    def _open(self, handle: int, path: Any, flags: int, *_: Any) -> bool:
        where = self._inside(path)
        if where is None:
            return False
        self._handles[handle] = where
        if flags & os.O_DIRECTORY or (self.root / where).is_dir():
            return False
        file = self._names.get(where)
        if file is None:
            return self._change(come={where: File()})
        if flags & os.O_TRUNC and file.data:
            file.data = b""
            return True
        return False

    def _close(self, _: None, handle: int) -> bool:
        self._handles.pop(handle, None)
        return False

    def _file(self, handle: int) -> File | None:
        return self._names.get(self._handles.get(handle, Path()))

    def _write(self, count: int, handle: int, data: Any) -> bool:
        file = self._file(handle)
        if file is None:
            return False
        file.data += bytes(data)[:count]
        return True

    def _ftruncate(self, _: None, handle: int, length: int) -> bool:
        file = self._file(handle)
        if file is None:
            return False
        file.data = file.data[:length] + bytes(max(0, length - len(file.data)))
        return True

    def _fsync(self, _: None, handle: int) -> bool:
        where = self._handles.get(handle)
        file = self._file(handle)
        if where is None or self.deaf(where, file is None):
            return False
        if file is not None:
            file.synced = file.data
            return True
        left = []
        for change in self._waiting:
            if where in change.folders:
                change.apply(self._sure)
            else:
                left.append(change)
        self._waiting = left
        return True

    _fdatasync = _fsync

    def _replace(self, _: None, old: Any, new: Any) -> bool:
        before, after = self._inside(old), self._inside(new)
        if before is None or after is None:
            return False
        moved = {path: file for path, file in self._names.items() if path == before or before in path.parents}
        self._handles = {
            handle: after / where.relative_to(before) if where in moved else where
            for handle, where in self._handles.items()
        }
        come = {after / path.relative_to(before): file for path, file in moved.items()}
        return self._change(come=come, gone=list(moved))

    _rename = _replace

    def _link(self, _: None, old: Any, new: Any) -> bool:
        before, after = self._inside(old), self._inside(new)
        return before is not None and after is not None and self._change(come={after: self._names[before]})

    def _unlink(self, _: None, path: Any) -> bool:
        where = self._inside(path)
        return where is not None and self._change(gone=[where])

    _rmdir = _unlink

    def _mkdir(self, _: None, path: Any, *__: Any) -> bool:
        where = self._inside(path)
        return where is not None and self._change(come={where: None})

    def _cut(self) -> None:
        """Cut the power here: take down every state the folder may be found in."""
        for names in self._names_after_a_cut():
            there = {
                path: file for path, file in names.items() if set(path.parents) - {Path()} <= names.keys()
            }
            for files in _found(there):
                key = frozenset(files.items())
                self._states[key] = State(files, len(self.told))

    def _names_after_a_cut(self) -> Iterator[Names]:
        """What was synced, with what waits in its order up to some point; with what waits in one folder."""
        names = dict(self._sure)
        yield dict(names)
        for change in self._waiting:
            change.apply(names)
            yield dict(names)
        for folder in {folder for change in self._waiting for folder in change.folders}:
            names = dict(self._sure)
            for change in self._waiting:
                if folder in change.folders:
                    change.apply(names)
            yield names


def _found(names: Names) -> Iterator[dict[Path, bytes | None]]:
    """What is in files that are there after a cut: each of those that were not synced in each way."""
    whole = {path: file.data if file is not None else None for path, file in names.items()}
    torn = {
        path: file.after_a_cut()
        for path, file in names.items()
        if file is not None and file.data != file.synced
    }
    if len(torn) <= _MOST_APART:
        for ways in product(*torn.values()):
            yield whole | dict(zip(torn, ways, strict=True))
        return
    yield whole
    yield whole | {path: found[1] for path, found in torn.items()}
    for path, found in torn.items():
        for one in found[1:]:
            yield whole | {path: one}
