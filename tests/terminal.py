"""Runs a program in a real pseudo-terminal, presses keys in it and reads its screen."""

import contextlib
import fcntl
import os
import pty
import re
import select
import signal
import struct
import subprocess
import termios
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self, TypeVar

from tests.emulator import Answers, Emulator

Found = TypeVar("Found")

KEYS = {
    "<enter>": b"\r",
    "<esc>": b"\x1b",
    "<tab>": b"\t",
    "<space>": b" ",
    "<backspace>": b"\x7f",
    "<up>": b"\x1b[A",
    "<down>": b"\x1b[B",
    "<right>": b"\x1b[C",
    "<left>": b"\x1b[D",
    "<pgup>": b"\x1b[5~",
    "<pgdn>": b"\x1b[6~",
    "<home>": b"\x1b[H",
    "<end>": b"\x1b[F",
    "<shift+up>": b"\x1b[1;2A",
    "<shift+down>": b"\x1b[1;2B",
    "<f3>": b"\x1bOR",
    "<f4>": b"\x1bOS",
    "<ctrl+a>": b"\x01",
    "<ctrl+c>": b"\x03",
    "<ctrl+e>": b"\x05",
    "<ctrl+l>": b"\x0c",
    "<ctrl+p>": b"\x10",
    "<ctrl+r>": b"\x12",
    "<ctrl+s>": b"\x13",
    "<ctrl+u>": b"\x15",
    "<ctrl+y>": b"\x19",
    "<ctrl+z>": b"\x1a",
}
"""What the named keys send, as xterm does."""

_KEY = re.compile("|".join(map(re.escape, KEYS)) + "|.", re.DOTALL)
_MODES = re.compile(rb"\x1b\[\?([0-9;]+)([hl])")
_ON_IN_A_SHELL = {b"7", b"25"}
"""Modes that are on before a program changes any: lines wrap, the cursor is shown."""
_SLICE = 0.05
"""Seconds between two looks at a condition that the screen alone does not tell."""


def key_bytes(keys: str) -> list[bytes]:
    """What each key of `k<esc>n` sends: names in angle brackets from KEYS, every other character itself."""
    return [KEYS.get(key, key.encode()) for key in _KEY.findall(keys)]


class Terminal:
    """A program in a pseudo-terminal of its own; as a context manager it kills whatever it started."""

    def __init__(
        self,
        argv: Sequence[str | Path],
        *,
        env: Mapping[str, str] | None = None,
        cwd: Path | None = None,
        size: tuple[int, int] = (80, 24),
        controlling: bool = True,
    ) -> None:
        """Start `argv` with `env` on top of this process's environment; `size` is columns and rows.

        A terminal that is not `controlling` sends the program no signal, neither of a size nor of its end.
        """
        self.raw = bytearray()
        """Everything the program wrote, as it wrote it."""
        self._emulator = Emulator(*size)
        self._shown = self._emulator.lines()
        self._answers = Answers()
        self._fd, theirs = pty.openpty()
        _set_size(theirs, *size)
        self._settings = termios.tcgetattr(self._fd)
        self._kept_waiting: float | None = None
        environment = {**os.environ, "TERM": "xterm-256color", "COLORTERM": "truecolor", "LANG": "C.UTF-8"}
        for name in ("COLUMNS", "LINES", "NO_COLOR"):
            environment.pop(name, None)
        self.process = subprocess.Popen(
            [str(word) for word in argv],
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            cwd=cwd,
            env={**environment, **(env or {})},
            start_new_session=True,
            # SIGWINCH and SIGHUP reach a program only on its controlling terminal.
            preexec_fn=(lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0)) if controlling else None,
        )
        os.close(theirs)
        os.set_blocking(self._fd, False)
        self._over = False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def send(self, keys: str) -> None:
        """Press keys: `k`, `<esc>`, or several of them in one write, as a terminal multiplexer does."""
        self.write(b"".join(key_bytes(keys)))

    def drag(self, start: tuple[int, int], end: tuple[int, int]) -> None:
        """Press the mouse at a column and row from 0, draw it elsewhere, let go: SGR 1006, as xterm does."""
        (x, y), (u, v) = start, end
        for code, column, row, last in ((0, x, y, "M"), (32, u, v, "M"), (0, u, v, "m")):
            self.write(f"\x1b[<{code};{column + 1};{row + 1}{last}".encode())

    def paste(self, text: str) -> None:
        """Paste text as a terminal does: bracketed, line ends as carriage returns."""
        self.write(b"\x1b[200~" + text.replace("\n", "\r").encode() + b"\x1b[201~")

    def write(self, data: bytes) -> None:
        """Write bytes to the program's keyboard, reading its output meanwhile so that neither side blocks."""
        while data and not self._over:
            readable, writable, _ = select.select([self._fd], [self._fd], [], 10)
            if readable:
                self._read()
            if writable:
                with contextlib.suppress(BlockingIOError):
                    data = data[os.write(self._fd, data) :]

    def text(self) -> list[str]:
        """The screen's lines as last painted, without the blanks at their ends."""
        return [line.rstrip() for line in self._shown]

    def screen(self) -> str:
        """The screen as one text."""
        return "\n".join(self.text())

    def wait_for(self, what: str | re.Pattern[str] | Callable[[], Found], timeout: float = 20) -> Found | str:
        """Read until the screen matches a regular expression, or until a condition is true; what it gave.

        Fails with the screen when `timeout` seconds pass, or when the program ends, before that.
        """
        pattern = re.compile(what, re.MULTILINE) if isinstance(what, str) else what
        end = time.monotonic() + timeout
        while True:
            found = _look(pattern, self)
            if found:
                return found
            left = end - time.monotonic()
            if left <= 0 or self._over:
                self.drain()
                why = "the program ended" if self._over else f"{timeout} s passed"
                raise AssertionError(f"{why} before {what!r}; the screen:\n{self.screen()}")
            self._pump(left if isinstance(pattern, re.Pattern) else min(left, _SLICE))

    def press(self, keys: str, then: str | Callable[[], object], timeout: float = 20) -> None:
        """Press keys and wait for what they bring."""
        self.send(keys)
        self.wait_for(then, timeout)

    def watch(self, seconds: float) -> None:
        """Take in what the program writes for so long."""
        end = time.monotonic() + seconds
        while not self._over and (left := end - time.monotonic()) > 0:
            self._pump(left)

    def wait(self, timeout: float = 20) -> int:
        """Read until the program has ended; its exit status (negative: the signal that ended it)."""
        end = time.monotonic() + timeout
        while not self._over:
            left = end - time.monotonic()
            if left <= 0:
                raise AssertionError(f"still running after {timeout} s; the screen:\n{self.screen()}")
            self._pump(left)
        return self._reap(max(1.0, end - time.monotonic()))

    def drain(self) -> None:
        """Take in what the program has written so far, without waiting for more."""
        while not self._over and select.select([self._fd], [], [], 0)[0]:
            self._read()

    def left_behind(self) -> list[str]:
        """What is not as the program found it: modes it set, the keyboard's protocol, the line's settings.

        A shell that comes back finds a terminal to work in when this is empty.
        """
        raw, modes = bytes(self.raw), dict[bytes, bool]()
        for found in _MODES.finditer(raw):
            modes.update(dict.fromkeys(found[1].split(b";"), found[2] == b"h"))
        left = [f"mode {mode.decode()}" for mode, on in modes.items() if on is not (mode in _ON_IN_A_SHELL)]
        pushed, popped = len(re.findall(rb"\x1b\[>\d+u", raw)), raw.count(b"\x1b[<u")
        if pushed != popped:
            left.append(f"the keyboard's protocol, pushed {pushed} times, popped {popped} times")
        return left + ["the line's settings"] * (termios.tcgetattr(self._fd) != self._settings)

    def as_a_shell_has_it(self) -> None:
        """Set the line as it was before the program, as a shell does when it takes the terminal."""
        termios.tcsetattr(self._fd, termios.TCSANOW, self._settings)

    def hang_up(self, timeout: float = 5) -> int:
        """Close the terminal, as closing its window does; the program's exit status."""
        os.close(self._fd)
        self._over = True
        return self._reap(timeout)

    def kept_waiting(self) -> float:
        """Seconds for which the program could have run and the machine ran others; 0 where nobody tells.

        Of its main thread, as long as it ran, where /proc tells (Linux).
        """
        if self._kept_waiting is not None:
            return self._kept_waiting
        try:
            return int(Path(f"/proc/{self.process.pid}/schedstat").read_text().split()[1]) / 1e9
        except (OSError, IndexError):
            return 0.0

    def wait_for_stop(self) -> None:
        """Read until the program is stopped, as job control stops it, and everything it wrote is here."""
        self.wait_for(lambda: os.waitpid(self.process.pid, os.WUNTRACED | os.WNOHANG)[0])
        self.drain()

    def resize(self, columns: int, rows: int) -> None:
        """Change the terminal's size, as dragging its corner does."""
        self._emulator.resize(columns, rows)
        _set_size(self._fd, columns, rows)

    def signal(self, number: signal.Signals) -> None:
        """Send the program a signal."""
        self.process.send_signal(number)

    def kill(self) -> None:
        """End the program as a power cut would, then take in what it had still written."""
        self.process.kill()
        self.process.wait()
        self.drain()

    def close(self) -> None:
        """Kill the program and every child in its session that is left, and let go of the terminal."""
        for pid in [*_session(self.process.pid), self.process.pid]:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        self.process.wait()
        with contextlib.suppress(OSError):
            os.close(self._fd)
        self._over = True

    def _reap(self, timeout: float) -> int:
        """The exit status of a program that is about to end; how long it was kept waiting goes with it."""
        with contextlib.suppress(AttributeError, OSError):  # Linux has such handles
            handle = os.pidfd_open(self.process.pid)
            select.select([handle], [], [], timeout)
            os.close(handle)
        self._kept_waiting = self.kept_waiting()
        return self.process.wait(timeout)

    def _pump(self, timeout: float) -> None:
        if select.select([self._fd], [], [], timeout)[0]:
            self._read()

    def _read(self) -> None:
        try:
            data = os.read(self._fd, 65536)
        except BlockingIOError:
            return
        except OSError:  # EIO: on Linux the end of a terminal that nobody has open
            data = b""
        if not data:
            self._over = True
            return
        self.raw += data
        for _ in self._emulator.feed(data):
            self._shown = self._emulator.lines()
        answer = self._answers.to(data)
        if answer:
            with contextlib.suppress(OSError):
                os.write(self._fd, answer)


def _look(what: re.Pattern[str] | Callable[[], Found], terminal: Terminal) -> Found | str | None:
    if not isinstance(what, re.Pattern):
        return what()
    found = what.search(terminal.screen())
    return found[0] or " " if found else None


def _set_size(fd: int, columns: int, rows: int) -> None:
    fcntl.ioctl(fd, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, columns * 9, rows * 18))


def _session(leader: int) -> list[int]:
    """The processes of a session where /proc tells (Linux); elsewhere the terminal's hang-up ends them."""
    found = []
    for status in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError, IndexError, ValueError):
            if int(status.read_text(errors="replace").rsplit(")", 1)[1].split()[3]) == leader:
                found.append(int(status.parent.name))
    return found
