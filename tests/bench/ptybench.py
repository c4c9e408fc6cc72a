"""Measures a full-screen program from outside, through a pseudo-terminal: start, key to paint, quit.

A reader thread stamps each piece of output the moment it arrives; the terminal emulation that tells which
piece completed the expected change runs afterwards, so that parsing is never on the measured path. Output
inside a synchronized update counts as painted when the update ends.
"""

import contextlib
import fcntl
import os
import pty
import re
import signal
import struct
import subprocess
import termios
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Self, TypeVar

from pyte.screens import Char

from tests.emulator import Answers, Emulator
from tests.terminal import key_bytes

Value = TypeVar("Value")

_RESTORED = b"\x1b[?1049l"
_QUIET_SECONDS = 0.03
"""A program that has written nothing for so long has painted what a key brought."""


@dataclass
class Latencies:
    """Key to paint, in milliseconds, and what went missing."""

    milliseconds: list[float] = field(default_factory=list)
    missed: int = 0
    """Keys whose change was never seen."""
    frames: int = 0
    """Different positions seen on the screen: with one a key no row was skipped."""

    def quantile(self, share: float) -> float:
        """The value that this share of the keys does not exceed (linear between two of them)."""
        values = sorted(self.milliseconds)
        if not values:
            return float("nan")
        place = (len(values) - 1) * share
        low = int(place)
        high = min(low + 1, len(values) - 1)
        return values[low] + (values[high] - values[low]) * (place - low)


class Program:
    """A program under measurement; as a context manager it ends the program with its children."""

    def __init__(
        self,
        argv: Sequence[str],
        env: Mapping[str, str],
        size: tuple[int, int] = (120, 40),
        *,
        bar: int | None = None,
        alone: bool = False,
    ) -> None:
        """Start it. `bar` is a column in which the row under the cursor differs by its colours alone.

        `alone` has its children scheduled as they are outside of a benchmark that runs with `--rt`.
        """
        self._bar = bar
        self._pieces: list[tuple[int, bytes]] = []
        self._parsed = 0
        self._emulator = Emulator(*size)
        self._arrived = threading.Event()
        self._ended_ns = 0
        self._fd, theirs = pty.openpty()
        columns, rows = size
        fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, columns * 9, rows * 18))
        environment = {
            **os.environ,
            "TERM": "xterm-256color",
            "COLORTERM": "truecolor",
            "LANG": "C.UTF-8",
            **env,
        }
        self.started_ns = time.perf_counter_ns()
        self._process = subprocess.Popen(
            list(argv),
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            env=environment,
            start_new_session=True,
            preexec_fn=_real_time_alone if alone and os.sched_getscheduler(0) == os.SCHED_RR else None,
        )
        os.close(theirs)
        self._thread = threading.Thread(target=self._read, daemon=True)
        self._thread.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
        self._thread.join(1)
        os.close(self._fd)

    def painted(self, pattern: str, timeout: float = 60) -> int:
        """Wait until the screen matches; the moment (perf_counter_ns) at which it was painted."""
        wanted = re.compile(pattern, re.MULTILINE)

        def matches(screen: str) -> bool:
            return wanted.search(screen) is not None

        if self._parsed and matches(self.screen()):
            return self._last_ns()
        end = time.perf_counter() + timeout
        while time.perf_counter() < end:
            self._arrived.clear()
            for moment, found in self._replay(matches):
                if found:
                    return moment
            if self._ended_ns and self._parsed >= len(self._pieces):
                break
            self._arrived.wait(0.2)
        raise TimeoutError(f"{pattern!r} did not appear; the screen:\n{self.screen()}")

    def screen(self) -> str:
        """The screen as far as it was parsed; rows that differ by their colours have the cursor's sign."""
        lines = self._emulator.lines()
        if self._bar is not None:
            cells = self._emulator.screen.buffer
            lines = [_marked(line, cells[row][self._bar]) for row, line in enumerate(lines)]
        return "\n".join(lines)

    def settle(self, seconds: float = 0.3) -> None:
        """Wait until nothing was written for so long, and take it in."""
        self._wait_quiet(time.perf_counter_ns(), seconds, 20, after_output=False)
        for _ in self._replay(lambda _: None):
            pass

    def press(self, keys: str) -> int:
        """Press keys; the moment (perf_counter_ns)."""
        now = time.perf_counter_ns()
        os.write(self._fd, b"".join(key_bytes(keys)))
        return now

    def measure(
        self, key: str, times: int, position: Callable[[str], int | None], *, per_second: float | None = None
    ) -> Latencies:
        """Press one key so many times, each after the last one's paint or at a steady rate.

        `position` reads off the screen how many keys have had their effect, up to a constant; None while
        the screen's parts do not agree.
        """
        self.settle()
        base = position(self.screen())
        if base is None:
            raise ValueError(f"no position on the screen:\n{self.screen()}")
        data = b"".join(key_bytes(key))
        sent = []
        begun = time.perf_counter()
        for number in range(times):
            if per_second is not None:
                time.sleep(max(0.0, begun + number / per_second - time.perf_counter()))
            sent.append(time.perf_counter_ns())
            os.write(self._fd, data)
            if per_second is None:
                self._wait_quiet(sent[-1], _QUIET_SECONDS, 5)
        self._wait_quiet(sent[-1], 0.4, 60)
        states = [(moment, value) for moment, value in self._replay(position) if value is not None]
        return _latencies(sent, states, base)

    def quit(self, key: str) -> tuple[int, int]:
        """Press the key that ends the program; nanoseconds to the restored terminal, and to the end."""
        self.settle()
        pressed = self.press(key)
        self._process.wait(60)
        ended = time.perf_counter_ns()
        self._thread.join(1)
        restored = next((moment for moment, data in self._pieces[self._parsed :] if _RESTORED in data), ended)
        return restored - pressed, ended - pressed

    def memory(self) -> float:
        """Resident memory of the program itself, in MB; not a number where /proc is missing."""
        try:
            with Path(f"/proc/{self._process.pid}/status").open(encoding="ascii") as status:
                return next(int(line.split()[1]) / 1024 for line in status if line.startswith("VmRSS"))
        except OSError:
            return float("nan")

    def cpu(self) -> float:
        """Processor time it has taken, in milliseconds; not a number where /proc is missing."""
        try:
            fields = Path(f"/proc/{self._process.pid}/stat").read_text().rpartition(")")[2].split()
        except OSError:
            return float("nan")
        return sum(map(int, fields[11:13])) * 1000 / os.sysconf("SC_CLK_TCK")

    def _read(self) -> None:
        answers = Answers()
        while True:
            try:
                data = os.read(self._fd, 65536)
            except OSError:
                data = b""
            now = time.perf_counter_ns()
            if not data:
                self._ended_ns = now
                self._arrived.set()
                return
            self._pieces.append((now, data))
            self._arrived.set()
            if answer := answers.to(data):
                os.write(self._fd, answer)

    def _last_ns(self) -> int:
        return self._pieces[-1][0] if self._pieces else self.started_ns

    def _wait_quiet(self, since: int, seconds: float, timeout: float, *, after_output: bool = True) -> None:
        end = time.perf_counter() + timeout
        while not self._ended_ns and (now := time.perf_counter()) < end:
            last = self._last_ns()
            idle = now - max(last, since) / 1e9
            ready = last > since or not after_output
            if ready and idle >= seconds:
                return
            self._arrived.clear()
            self._arrived.wait(min(max(seconds - idle, 0.001) if ready else 0.05, end - now))

    def _replay(self, probe: Callable[[str], Value]) -> Iterator[tuple[int, Value]]:
        while self._parsed < len(self._pieces):
            moment, data = self._pieces[self._parsed]
            self._parsed += 1
            for _ in self._emulator.feed(data):
                yield moment, probe(self.screen())


def _real_time_alone() -> None:
    os.sched_setscheduler(0, os.SCHED_RR | os.SCHED_RESET_ON_FORK, os.sched_getparam(0))


def _marked(line: str, cell: Char) -> str:
    return "▌" + line if cell.reverse or cell.bg != "default" else line


def _latencies(sent: Sequence[int], states: Sequence[tuple[int, int]], base: int) -> Latencies:
    """Key number i counts as painted when the screen first shows position base + i or more."""
    found = Latencies(frames=len({value for _, value in states} - {base}))
    at = 0
    for number, moment in enumerate(sent, start=1):
        while at < len(states) and (states[at][1] < base + number or states[at][0] < moment):
            at += 1
        if at == len(states):
            found.missed += 1
        else:
            found.milliseconds.append((states[at][0] - moment) / 1e6)
    return found
