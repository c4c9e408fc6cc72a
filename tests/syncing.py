"""A program that keeps folders in step, as Syncthing, Dropbox and their like do it, on a bad day.

It delivers files late, in any order, half (in place, the rest later), twice, and leaves conflict copies and
temporary files. Of one file a newer version never makes room for an older one: none of them does that.
"""

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from zlib import crc32

CONFLICTS = (
    "{stem}.sync-conflict-20261120-1010{number:02}-ABCDEFG{suffix}",  # Syncthing
    "{stem} (somebody's conflicted copy 2026-11-{number:02}){suffix}",  # Dropbox
    "{stem} {number}{suffix}",  # iCloud
    "{stem} ({number}){suffix}",  # Google Drive
)
TEMPORARY = (".syncthing.{name}.tmp", "~syncthing~{name}.tmp", ".{name}.Xy12Zt", "{name}.4711.tmp")
"""What Syncthing, rsync and this program itself call a file that is being written."""


@dataclass(frozen=True)
class Version:
    """One content of a file, and what it was made of."""

    content: bytes | None
    """None: the file was removed."""
    seen: Mapping[int, int]
    """By folder, how many of its changes are in it."""
    made: tuple[float, int]
    """The time by the clock of the machine that made it, and its folder: which of two that clash stands."""

    @property
    def rank(self) -> tuple[bool, tuple[float, int]]:
        """Which of two that clash stands: what is there above what was removed, then the later one."""
        return self.content is not None, self.made

    def holds(self, other: "Version") -> bool:
        """Tell whether another version went into this one."""
        return all(self.seen.get(folder, 0) >= count for folder, count in other.seen.items())

    def stands_above(self, other: "Version") -> bool:
        """Tell whether nothing is to be done when another version comes where this one is."""
        same = other.holds(self) and self.content != other.content
        return self.holds(other) and not (same and other.rank > self.rank)


_NOTHING = Version(None, {}, (float("-inf"), -1))


@dataclass
class Copier:
    """Copies every file of each folder into all the others."""

    folders: Sequence[Path]
    chance: random.Random
    clocks: Sequence[float]
    """By folder, by how many seconds its machine's clock is wrong."""
    delivered: int = 0
    halves: int = 0
    conflicts: int = 0
    _known: dict[tuple[int, str], Version] = field(default_factory=dict)
    _due: dict[tuple[int, str], list[Version]] = field(default_factory=dict)
    _half: dict[tuple[int, str], bytes] = field(default_factory=dict)
    _moment: int = 0

    def look(self) -> None:
        """See which files have changed, and have them under way to the other folders."""
        for at, folder in enumerate(self.folders):
            here = dict(_files(folder))
            known = {path for number, path in self._known if number == at}
            for path in sorted({*here, *known}):
                before, now = self._known.get((at, path), _NOTHING), here.get(path)
                if now == before.content or now == self._half.get((at, path), b"\0 no half"):
                    continue
                self._half.pop((at, path), None)
                self._moment += 1
                seen = {**before.seen, at: before.seen.get(at, 0) + 1}
                self._set(at, path, Version(now, seen, (self._moment + self.clocks[at], at)))

    def deliver(self, count: int) -> None:
        """Deliver so many of the files that are under way, whichever: whole, half, or twice."""
        for _ in range(count):
            self.look()
            waiting = [place for place, versions in self._due.items() if versions]
            if not waiting:
                return
            place = self.chance.choice(waiting)
            version = self._due[place][0]
            how = self.chance.random()
            if how < 0.25 and version.content and self._is_news(place, version):
                self._put_half(place, version.content)
                continue
            if how < 0.85:
                del self._due[place][0]
            self._put(place, version)

    def deliver_everything(self) -> None:
        """Deliver until every folder holds the same."""
        for _ in range(50):
            self.look()
            if not any(self._due.values()) and self._is_even():
                return
            for place, versions in list(self._due.items()):
                while versions:
                    self.look()
                    self._put(place, versions.pop(0))
            self.look()
            for (at, path), version in list(self._known.items()):
                self._send(at, path, version)
        raise AssertionError("the folders never became the same")

    def litter(self) -> None:
        """Leave a conflict copy of some file, whole or cut off, or a temporary one, in some folder."""
        folder = self.chance.choice(self.folders)
        files = [(path, data) for path, data in _files(folder) if data and "conflict" not in path]
        if not files:
            return
        path, data = self.chance.choice(files)
        data = data[: self.chance.randrange(len(data) + 1)] if self.chance.random() < 0.5 else data
        if self.chance.random() < 0.5:
            self._leave_copy(folder / path, data)
        else:
            name = self.chance.choice(TEMPORARY).format(name=Path(path).name)
            (folder / path).with_name(name).write_bytes(data)

    def _set(self, at: int, path: str, version: Version) -> None:
        self._known[at, path] = version
        self._send(at, path, version)

    def _send(self, at: int, path: str, version: Version) -> None:
        for other in range(len(self.folders)):
            if other != at and not self._known.get((other, path), _NOTHING).stands_above(version):
                self._due.setdefault((other, path), []).append(version)

    def _is_news(self, place: tuple[int, str], version: Version) -> bool:
        known = self._known.get(place, _NOTHING)
        return version.holds(known) and not known.holds(version)

    def _put_half(self, place: tuple[int, str], content: bytes) -> None:
        """Write the beginning of a file in place, as a program does that knows no temporary files."""
        at, path = place
        half = content[: self.chance.randrange(len(content))]
        self._write(self.folders[at] / path, half, in_place=True)
        self._half[place] = half
        self.halves += 1

    def _put(self, place: tuple[int, str], version: Version) -> None:
        at, path = place
        known = self._known.get(place, _NOTHING)
        if known.stands_above(version):
            return
        file = self.folders[at] / path
        content = version.content
        if not version.holds(known):
            first, second = sorted((known, version), key=lambda one: one.rank)
            seen = {
                one: max(known.seen.get(one, 0), version.seen.get(one, 0))
                for one in {*known.seen, *version.seen}
            }
            version = Version(second.content, seen, second.made)
            content = second.content
            if first.content is not None and first.content != content:
                self.conflicts += 1
                self._leave_copy(file, first.content)
        self._half.pop(place, None)
        self._known[place] = version
        self.delivered += 1
        if content is None:
            file.unlink(missing_ok=True)
        else:
            self._write(file, content, in_place=self.chance.random() < 0.3)

    def _write(self, file: Path, content: bytes, *, in_place: bool) -> None:
        file.parent.mkdir(parents=True, exist_ok=True)
        if in_place:
            file.write_bytes(content)
            return
        temporary = file.with_name(f".syncthing.{file.name}.tmp")
        temporary.write_bytes(content)
        temporary.replace(file)

    def _leave_copy(self, file: Path, content: bytes) -> None:
        form = CONFLICTS[crc32(content) % len(CONFLICTS)]
        for number in range(2, 99):
            copy = file.with_name(form.format(stem=file.stem, suffix=file.suffix, number=number))
            if not copy.exists():
                self._write(copy, content, in_place=False)
            if copy.read_bytes() == content:
                return

    def _is_even(self) -> bool:
        first, *others = (dict(_files(folder)) for folder in self.folders)
        return all(other == first for other in others)


def _files(folder: Path) -> Iterator[tuple[str, bytes]]:
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not path.name.startswith((".syncthing.", "~syncthing~")):
            yield str(path.relative_to(folder)), path.read_bytes()
