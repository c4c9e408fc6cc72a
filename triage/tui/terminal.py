"""The terminal as Textual's driver has it, with some of its habits mended, and a quit without a wait."""

import os
import selectors
import signal
import sys
import termios
from asyncio import get_running_loop, run_coroutine_threadsafe
from codecs import getincrementaldecoder
from contextlib import suppress
from functools import partial
from io import TextIOWrapper
from typing import Any, TextIO, cast

from textual import events
from textual.app import App
from textual.drivers.linux_driver import LinuxDriver
from textual.geometry import Size

from triage.tui.ending import HUNG_UP
from triage.tui.pastes import Pastes
from triage.tui.sequences import EscapeFirst

_TICK = 0.1
"""Seconds between two looks at what is incomplete."""
_ESCAPE_TICK = 0.02
"""The same while an ESC waits for what belongs to it."""
_AS_BEFORE = (
    "".join(f"\x1b[?{mode}l" for mode in (1000, 1003, 1004, 1006, 1015, 1016, 2004, 2026, 2048))
    + "\x1b[<u\x1b[?7h\x1b[?1049l\x1b[?25h\x1b[0m"
)
"""Every mode that the driver sets, as a shell has it."""


class _Heard:
    """What is written to the terminal; once that is gone it goes nowhere, and nothing fails.

    A thread of Textual's writes: a fault would end it, and the app wait for ever until it writes on.
    """

    def __init__(self, file: TextIO) -> None:
        self._file = file

    def write(self, text: str) -> None:
        """Write, as long as the terminal is there."""
        try:
            self._file.write(text)
        except OSError:
            self._to_nowhere()

    def flush(self) -> None:
        """Let go of what was written."""
        try:
            self._file.flush()
        except OSError:
            self._to_nowhere()

    def _to_nowhere(self) -> None:
        # What is left in the file's buffer must not fail once more when Python ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), self._file.fileno())

    def fileno(self) -> int:
        """The descriptor."""
        return self._file.fileno()


class Terminal(LinuxDriver):
    """Textual's driver with EscapeFirst; a byte that is no UTF-8 is a replacement character, not the end.

    The app's last size is the terminal's last size, however fast they follow each other. A terminal that is
    gone ends the app, whether a signal says so or not; stopping and going on happen between two messages.
    """

    def __init__(
        self, app: App[Any], *, debug: bool = False, mouse: bool = True, size: tuple[int, int] | None = None
    ) -> None:
        super().__init__(app, debug=debug, mouse=mouse, size=size)
        self._woken, self._wake = os.pipe()
        self._file = cast(TextIOWrapper, _Heard(self._file or sys.stderr))
        self._is_taken = False
        """Whether the terminal is ours now, and not the shell's or an editor's."""
        self._is_suspended = False
        """Whether somebody else has it until we go on."""
        # Textual's own handlers write and wait in whatever was going on, be that half a write.
        signal.signal(signal.SIGTSTP, self._on_stop)
        signal.signal(signal.SIGCONT, self._on_going_on)

    def start_application_mode(self) -> None:
        """Take the terminal, and have its size read in the app's loop whenever it changes.

        Textual 8.2.8 reads the size in the signal's handler and posts it after that; a signal in between runs
        the handler inside the handler, the newer size is posted first, and the app stays at the older one.
        """
        loop = get_running_loop()
        # Textual's own handler must never run, nor a signal come between its first look and that size's post.
        before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGWINCH, signal.SIGCONT})
        try:
            before_us = self._key_thread
            super().start_application_mode()  # type: ignore[no-untyped-call]  # Textual gives it no types
            # In the background it stops instead, and comes back here when it is in the foreground.
            self._is_taken = self._key_thread is not before_us
            signal.signal(signal.SIGWINCH, lambda *_: run_coroutine_threadsafe(self._post_size(), loop))
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, before)

    def stop_application_mode(self) -> None:
        """Give the terminal back, unless it is given back already."""
        if self._is_taken:
            self._is_taken = False
            super().stop_application_mode()

    def suspend_application_mode(self) -> None:
        """Give the terminal back for a while."""
        super().suspend_application_mode()
        self._is_suspended = True

    def resume_application_mode(self) -> None:
        """Take the terminal again and paint all of it; in the background that waits for the foreground."""
        super().resume_application_mode()
        self._is_suspended = not self._is_taken
        # Textual 8.2.8 tells the app its size, and paints nothing when that is the same as before.
        self._loop.call_soon_threadsafe(partial(self._app.refresh, layout=True))

    def give_back(self) -> None:
        """Give the terminal back at once, from any thread, though the loop is stuck or nobody reads it."""
        with suppress(OSError, termios.error):
            if self.attrs_before is not None:
                termios.tcsetattr(self.fileno, termios.TCSANOW, self.attrs_before)
            termios.tcflush(self.fileno, termios.TCOFLUSH)
            # Opened anew: not to wait for room is set for this descriptor only, and not for the shell's.
            handle = os.open(os.ttyname(self.fileno), os.O_WRONLY | os.O_NONBLOCK | os.O_NOCTTY)
            os.write(handle, _AS_BEFORE.encode())

    def _on_stop(self, *_: object) -> None:
        if self._auto_restart:
            self._loop.call_soon_threadsafe(self._sigtstp_application)
        else:
            os.kill(os.getpid(), signal.SIGSTOP)

    def _on_going_on(self, *_: object) -> None:
        if self._auto_restart and self._is_suspended and not self._is_taken:
            # At once: nobody writes until then what the loop would show before that.
            self.resume_application_mode()
        elif self._auto_restart:
            self._loop.call_soon_threadsafe(self._take_again)

    def _take_again(self) -> None:
        """Set the terminal up anew: we were stopped without a word, and a shell had it meanwhile."""
        # One that comes half way would begin in the midst of this.
        before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGCONT})
        try:
            if self._is_taken:
                self.suspend_application_mode()
                self.resume_application_mode()
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, before)

    def _disable_mouse_support(self) -> None:
        """Let go of the mouse, of its place in pixels too, which Textual 8.2.8 forgets."""
        super()._disable_mouse_support()
        if self._mouse_pixels:
            self.write("\x1b[?1016l")

    async def _post_size(self) -> None:
        """Tell the app the size; a coroutine as Textual's first post is, so that they keep their order."""
        if not self._in_band_window_resize:
            size = Size(*self._get_terminal_size())
            self._app.post_message(events.Resize(size, size))

    def disable_input(self) -> None:
        """Stop reading at once, not at the next tick."""
        os.write(self._wake, b"\0")
        super().disable_input()
        os.read(self._woken, 1)

    def _run_input_thread(self) -> None:
        """Read keys; a fault is told like that of any other thread."""
        self.run_input_thread()

    def run_input_thread(self) -> None:
        """Read keys until the driver stops.

        As in Textual 8.2.8, where one stray byte (a Latin-1 paste, an old mouse report) ends the app
        (Textualize/textual#6456), and stopping takes up to two tenths of a second.
        """
        parser, pastes = EscapeFirst(self._debug), Pastes()
        decode = getincrementaldecoder("utf-8")(errors="replace").decode
        with selectors.DefaultSelector() as selector:
            selector.register(self.fileno, selectors.EVENT_READ)
            selector.register(self._woken, selectors.EVENT_READ)
            while not self.exit_event.is_set():
                waiting = parser._timeout_time is not None
                for key, _ in selector.select(_ESCAPE_TICK if waiting else _TICK):
                    data = self._keys() if key.fd == self.fileno else b""
                    if not data:
                        selector.unregister(key.fd)
                    if text := pastes.feed(decode(data)):
                        for message in parser.feed(text):
                            self.process_message(message)
                for message in parser.tick():
                    self.process_message(message)

    def _keys(self) -> bytes:
        """What was typed; nothing when the terminal is gone, which ends the app."""
        with suppress(OSError):
            if data := os.read(self.fileno, 4096):
                return data
        with suppress(RuntimeError):  # the loop has ended meanwhile
            self._loop.call_soon_threadsafe(self._app.exit, None, HUNG_UP)
        return b""
