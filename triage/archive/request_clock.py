"""The request clock: one request at a time to arXiv, however many processes ask, across restarts."""

import errno
import fcntl
import json
import os
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol, Self, TypeAlias

from triage.pace import ARXIV_DELAY, LONGEST_HOLD, is_arxiv_host
from triage.ports import Unreachable

PATIENCE = 120.0
"""Seconds: who is asked to wait longer is told so instead."""
_BLOCK = 4096
"""Bytes that the file grows by: it seldom does, and what is written over needs no room on a full disk."""
_MOST = 1 << 16
"""Bytes: no file of ours is longer."""


Heard: TypeAlias = Callable[[str, float], None] | None
"""Hears of a wait: for which host, and how many seconds."""


class Time(Protocol):
    """What the clock needs of the machine's time."""

    def wall(self) -> float:
        """Seconds since 1970; it can be set back."""

    def monotonic(self) -> float:
        """Seconds since some moment; it only grows, and means nothing to another process after a restart."""

    def sleep(self, seconds: float) -> None:
        """Let so many seconds pass."""


class MachineTime:
    """The machine's own time."""

    def wall(self) -> float:
        """Seconds since 1970."""
        return time.time()

    def monotonic(self) -> float:
        """Seconds since the machine started."""
        return time.monotonic()

    def sleep(self, seconds: float) -> None:
        """Let so many seconds pass."""
        time.sleep(seconds)


@dataclass(slots=True)
class _Host:
    """What is known of one host: wall times, in seconds since 1970."""

    last: float = 0.0
    held_at: float = 0.0
    held_for: float = 0.0

    def hold(self, now: float) -> float:
        """Seconds the host wants to be left alone; all it asked for, once, if the clock was set back."""
        self.held_at = min(self.held_at, now)
        return max(0.0, self.held_at + min(self.held_for, LONGEST_HOLD) - now)

    def gap(self, now: float, delay: float) -> float:
        """Seconds until the delay has passed; the whole delay if the clock was set back."""
        return max(0.0, min(delay, delay - (now - self.last)))

    def is_spent(self, now: float) -> bool:
        """Tell whether nothing is left to wait for, whatever the delay."""
        return self.hold(now) <= 0 and now - self.last > LONGEST_HOLD

    def join(self, written: Self, now: float) -> None:
        """Take in what the file knows of the same host, where this could not be written to it."""
        self.last = max(self.last, written.last)
        # A hold from a time to come is from before the clock was set back, and is known here already.
        if self.held_at + self.held_for < written.held_at + written.held_for and written.held_at <= now:
            self.held_at, self.held_for = written.held_at, written.held_for


class FileRequestClock:
    """`network.RequestClock` on one small file in the user's state folder, read and written under a lock."""

    def __init__(
        self,
        path: Path,
        delay_seconds: float,
        told: Heard = None,
        paced: Heard = None,
        *,
        machine: Time | None = None,
    ) -> None:
        """`told` hears of every wait longer than the pace that a host asked for: the host and the seconds.

        `paced` hears likewise of every wait for the pace itself.
        """
        self._path = path
        self._delay = delay_seconds
        self._told = told
        self._paced = paced
        self._time = machine or MachineTime()
        self._here: dict[str, float] = {}
        """Monotonic time of this process's own last requests: holds when the wall clock jumps."""
        self._unwritten: dict[str, _Host] = {}
        """What is known here and could not be written: it stands beside the file, or in its place."""

    def wait(self, host: str) -> None:
        """Return when a request may go to this host; it counts as sent then.

        Raises Unreachable when the host asked for more than `PATIENCE` seconds.
        """
        name, delay = _clocked(host), self._delay_of(host)
        while True:
            descriptor = self._open()
            try:
                hosts = self._read(descriptor)
                known = hosts.setdefault(name, _Host())
                hold = known.hold(self._time.wall())
                if hold <= 0:
                    # Slept under the lock, so that another process gets its turn after this one.
                    self._space(known, name, delay)
                    known.last = self._time.wall()
                    self._here[name] = self._time.monotonic()
                    self._write(descriptor, hosts)
                    return
                self._write(descriptor, hosts)
            finally:
                if descriptor is not None:
                    os.close(descriptor)
            if self._told is not None and hold > delay:
                # A shorter one is no more than the pace, and mostly our own after a failure.
                self._told(host, hold)
            if hold > PATIENCE:
                until = datetime.fromtimestamp(self._time.wall() + hold, UTC).astimezone()
                raise Unreachable(f"{host} asks to be left alone until {until:%H:%M}; try again then.")
            self._time.sleep(hold)

    def held(self, host: str) -> float:
        """For how many seconds a host wants to be left alone; 0: a request may go there at the usual pace."""
        descriptor = self._open()
        try:
            known = self._read(descriptor).get(_clocked(host))
            return known.hold(self._time.wall()) if known is not None else 0.0
        finally:
            if descriptor is not None:
                os.close(descriptor)

    def hold_back(self, host: str, seconds: float) -> None:
        """Let nothing go to this host for so many seconds, at most an hour, from now."""
        descriptor = self._open()
        try:
            hosts = self._read(descriptor)
            known = hosts.setdefault(_clocked(host), _Host())
            now = self._time.wall()
            asked = max(0.0, min(seconds, LONGEST_HOLD))
            if asked >= known.hold(now):
                known.held_at, known.held_for = now, asked
            self._write(descriptor, hosts)
        finally:
            if descriptor is not None:
                os.close(descriptor)

    def _delay_of(self, host: str) -> float:
        return max(ARXIV_DELAY, self._delay) if is_arxiv_host(host) else max(0.0, self._delay)

    def _space(self, known: _Host, name: str, delay: float) -> None:
        here = self._here.get(name)
        own = 0.0 if here is None else delay - (self._time.monotonic() - here)
        gap = max(known.gap(self._time.wall(), delay), own)
        if gap > 0:
            if self._paced is not None:
                self._paced(name, gap)
            self._time.sleep(gap)

    def _open(self) -> int | None:
        """The file, locked; None where that cannot be."""
        with suppress(OSError):
            self._path.parent.mkdir(parents=True, exist_ok=True)
            return _locked(self._path)
        return None

    def _read(self, descriptor: int | None) -> dict[str, _Host]:
        hosts = _read(descriptor, self._time.wall()) if descriptor is not None else {}
        for name, known in self._unwritten.items():
            if name in hosts:
                known.join(hosts[name], self._time.wall())
            hosts[name] = known
        return hosts

    def _write(self, descriptor: int | None, hosts: dict[str, _Host]) -> None:
        now = self._time.wall()
        self._unwritten = {name: known for name, known in hosts.items() if not known.is_spent(now)}
        # A full disk must not stop a fetch; this process then still keeps its own pace.
        with suppress(OSError):
            if descriptor is not None:
                _write(descriptor, self._unwritten)
                self._unwritten = {}


def _clocked(host: str) -> str:
    """All of arXiv's hosts share one clock; every other host has its own."""
    return "arxiv.org" if is_arxiv_host(host) else host


def _locked(path: Path) -> int:
    """The file under its lock, made if need be. Raises OSError."""
    flags = os.O_RDWR | os.O_CREAT | os.O_CLOEXEC
    try:
        descriptor, is_new = os.open(path, flags | os.O_EXCL, 0o600), True
    except FileExistsError:
        descriptor, is_new = os.open(path, flags, 0o600), False
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        if is_new and os.fstat(descriptor).st_size == 0:
            # Said at once that nobody asked yet: an empty file is one whose content was lost.
            with suppress(OSError):
                _write(descriptor, {})
    except OSError:
        os.close(descriptor)
        raise
    return descriptor


def _read(descriptor: int, now: float) -> dict[str, _Host]:
    try:
        return {
            str(name): _Host(float(known["last"]), float(known["held_at"]), float(known["held_for"]))
            for name, known in json.loads(os.pread(descriptor, _MOST, 0)).items()
        }
    except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError, OverflowError):
        # A torn write: somebody sent a request, and nobody knows when.
        return {"arxiv.org": _Host(last=now)}


def _write(descriptor: int, hosts: Mapping[str, _Host]) -> None:
    """Write over what stands there, in one go, once there is room: a kill or a full disk leaves the old.

    Raises OSError.
    """
    content = json.dumps({name: asdict(known) for name, known in hosts.items()}).encode()
    size = os.fstat(descriptor).st_size
    wanted = max(size, -(-len(content) // _BLOCK) * _BLOCK)
    room = b" " * (wanted - size)
    if os.pwrite(descriptor, room, size) < len(room):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    if os.pwrite(descriptor, content.ljust(wanted), 0) < wanted:
        raise OSError(errno.EIO, os.strerror(errno.EIO))
