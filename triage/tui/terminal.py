"""The terminal as Textual's driver has it, with three of its habits mended, and a quit without a wait."""

import os
import selectors
import signal
from asyncio import get_running_loop, run_coroutine_threadsafe
from codecs import getincrementaldecoder
from collections.abc import Iterable
from typing import Any

from textual import events
from textual._xterm_parser import XTermParser
from textual.app import App
from textual.drivers.linux_driver import LinuxDriver
from textual.geometry import Size

from triage.tui.pastes import Pastes

_SEQUENCES = "[O]P_^X"
"""What follows ESC at the start of a terminal's own sequences: CSI, SS3, OSC, DCS, APC, PM, SOS."""
_TICK = 0.1
"""Seconds between two looks at what is incomplete."""
_ESCAPE_TICK = 0.02
"""The same while an ESC waits for what belongs to it."""


class EscapeFirst(XTermParser):
    """Takes ESC and a key for those two keys.

    Textual takes them for Alt and the key when they come in one read, as tmux and SSH send them; the key of a
    reader who left a note with Esc and went on would be lost. No key of ours is pressed with Alt.
    """

    def _sequence_to_key_events(self, sequence: str, alt: bool = False) -> Iterable[events.Key]:
        if len(sequence) == 2 and sequence[0] == "\x1b" and sequence[1] not in _SEQUENCES:
            sequence, alt = sequence[1], True
        if alt:
            yield events.Key("escape", "\x1b")
        yield from super()._sequence_to_key_events(sequence)


class Terminal(LinuxDriver):
    """Textual's driver with EscapeFirst; a byte that is no UTF-8 is a replacement character, not the end.

    The app's last size is the terminal's last size, however fast they follow each other.
    """

    def __init__(
        self, app: App[Any], *, debug: bool = False, mouse: bool = True, size: tuple[int, int] | None = None
    ) -> None:
        super().__init__(app, debug=debug, mouse=mouse, size=size)
        self._woken, self._wake = os.pipe()

    def start_application_mode(self) -> None:
        """Take the terminal, and have its size read in the app's loop whenever it changes.

        Textual 8.2.8 reads the size in the signal's handler and posts it after that; a signal in between runs
        the handler inside the handler, the newer size is posted first, and the app stays at the older one.
        """
        loop = get_running_loop()
        # Textual's own handler must never run, nor a signal come between its first look and that size's post.
        before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGWINCH})
        try:
            super().start_application_mode()  # type: ignore[no-untyped-call]  # Textual gives it no types
            signal.signal(signal.SIGWINCH, lambda *_: run_coroutine_threadsafe(self._post_size(), loop))
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, before)

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
                    data = os.read(self.fileno, 4096) if key.fd == self.fileno else b""
                    if not data:
                        selector.unregister(key.fd)
                    if text := pastes.feed(decode(data)):
                        for message in parser.feed(text):
                            self.process_message(message)
                for message in parser.tick():
                    self.process_message(message)
