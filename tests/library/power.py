"""A disk as a power cut leaves it: what was not synced may be there, be half there, be zeros, or be gone."""

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest


@dataclass
class File:
    """What a file holds, and how much of it was synced."""

    data: bytes = b""
    synced: bytes = b""


@dataclass
class State:
    """A folder after a power cut."""

    folders: list[Path]
    files: dict[Path, bytes]
    told: int
    """How many Steps had been told of as saved."""

    def build(self, root: Path) -> None:
        """Make the folder below a root."""
        for folder in sorted(self.folders):
            (root / folder).mkdir(parents=True, exist_ok=True)
        for path, data in self.files.items():
            (root / path).write_bytes(data)


DATA: dict[str, Callable[[File], bytes]] = {
    "all": lambda file: file.data,
    "synced": lambda file: file.synced,
    "half": lambda file: file.data[: (len(file.data) + len(file.synced)) // 2],
    "zeros": lambda file: file.synced + bytes(len(file.data) - len(file.synced)),
}


@dataclass
class Disk:
    """Records what a process asks of the files below a folder."""

    root: Path
    names: dict[Path, File] = field(default_factory=dict)
    folders: set[Path] = field(default_factory=set)
    sure_names: dict[Path, File] = field(default_factory=dict)
    sure_folders: set[Path] = field(default_factory=set)
    handles: dict[int, Path | File] = field(default_factory=dict)
    states: list[State] = field(default_factory=list)
    told: int = 0

    def watch(self, patch: pytest.MonkeyPatch) -> None:
        """Listen to the calls that change files."""
        for name in ("open", "close", "write", "fsync", "fdatasync", "replace", "link", "unlink", "mkdir"):
            patch.setattr(os, name, self._heard(name, getattr(os, name)))

    def _heard(self, name: str, real: Callable[..., Any]) -> Callable[..., Any]:
        def call(*given: Any, **named: Any) -> Any:
            result = real(*given, **named)
            getattr(self, f"_{name}")(result, *given)
            if name not in ("open", "close") or (given[1:2] and given[1] & os.O_CREAT):
                self.cut()
            return result

        return call

    def _inside(self, path: Any) -> Path | None:
        whole = Path(path)
        return whole.relative_to(self.root) if whole.is_relative_to(self.root) else None

    def _open(self, handle: int, path: Any, flags: int, *_: Any) -> None:
        where = self._inside(path)
        if where is None:
            return
        if flags & os.O_DIRECTORY:
            self.handles[handle] = where
            return
        file = self.names.setdefault(where, File())
        if flags & os.O_TRUNC:
            file.data = b""
        self.handles[handle] = file

    def _close(self, _: None, handle: int) -> None:
        self.handles.pop(handle, None)

    def _write(self, count: int, handle: int, data: Any) -> None:
        file = self.handles.get(handle)
        if isinstance(file, File):
            file.data += bytes(data)[:count]

    def _fsync(self, _: None, handle: int) -> None:
        synced = self.handles.get(handle)
        if isinstance(synced, File):
            synced.synced = synced.data
        elif synced is not None:
            for path in [one for one in self.sure_names if one.parent == synced and one not in self.names]:
                del self.sure_names[path]
            self.sure_names |= {path: file for path, file in self.names.items() if path.parent == synced}
            self.sure_folders |= {path for path in self.folders if path.parent == synced}

    _fdatasync = _fsync

    def _replace(self, _: None, old: Any, new: Any) -> None:
        if (before := self._inside(old)) is not None and (after := self._inside(new)) is not None:
            self.names[after] = self.names.pop(before)

    def _link(self, _: None, old: Any, new: Any) -> None:
        if (before := self._inside(old)) is not None and (after := self._inside(new)) is not None:
            self.names[after] = self.names[before]

    def _unlink(self, _: None, path: Any, **__: Any) -> None:
        if (where := self._inside(path)) is not None:
            self.names.pop(where, None)

    def _mkdir(self, _: None, path: Any, *__: Any) -> None:
        if (where := self._inside(path)) is not None:
            self.folders.add(where)

    def cut(self) -> None:
        """Cut the power here: every state the folder may be found in."""
        for names, folders in ((self.names, self.folders), (self.sure_names, self.sure_folders)):
            there = {path: file for path, file in names.items() if set(path.parents) - {Path()} <= folders}
            for data in DATA.values():
                files = {path: data(file) for path, file in there.items()}
                self.states.append(State(sorted(folders), files, self.told))

    def distinct(self) -> Iterator[State]:
        """The states, each once, with the most that had been told of by then."""
        last: dict[str, State] = {}
        for state in self.states:
            last[repr((state.folders, sorted(state.files.items())))] = state
        return iter(last.values())
