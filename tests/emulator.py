"""What a terminal makes of a full-screen program's output: the screen, and the answers to its questions."""

import codecs
import re
from collections.abc import Callable, Iterator
from copy import deepcopy

import pyte
from pyte.screens import Char, StaticDefaultDict

# Sequences that pyte would print or take for others: private CSI, DCS, APC, PM, SOS, window reports.
_UNKNOWN_TO_PYTE = re.compile(
    rb"\x1b\[[<=>][0-9;]*[ -/]*[@-~]|\x1b\[\?[0-9;]*[ -/]+[@-~]|\x1b\[\?[0-9;]*[uSnm]|"
    rb"\x1b\[[0-9;]* q|\x1bP.*?\x1b\\|\x1b[_^X].*?\x1b\\|\x1b\[[0-9;]*t",
    re.DOTALL,
)
_UNFINISHED = re.compile(rb"\x1b(?:\[[0-9;:<=>?]*[ -/]*|P[^\x1b]*|\][^\x07\x1b]*|[_^X][^\x1b]*)?\Z")
_SYNCHRONIZED = re.compile(rb"\x1b\[\?2026([hl])")
_ALTERNATE_SCREEN = 1049

# What programs write most, told apart by one expression: pyte takes every byte through a generator.
_PIECE = re.compile(
    r"\x1b\[(?P<style>[0-9;]*)m|\x1b\[(?P<row>\d+);(?P<column>\d+)H|(?P<text>[^\x00-\x1f\x7f-\x9f]+)|"
    r"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)?|[ -/]*[0-Z\\^-~])|.",
    re.DOTALL,
)

_ANSWERS = (
    (re.compile(rb"\x1b\[0?c"), b"\x1b[?62;22c"),
    (re.compile(rb"\x1b\[>0?c"), b"\x1b[>41;380;0c"),
    (re.compile(rb"\x1b\[>0?q"), b"\x1bP>|XTerm(380)\x1b\\\\"),
    (re.compile(rb"\x1b\[5n"), b"\x1b[0n"),
    (re.compile(rb"\x1b\[6n"), b"\x1b[1;1R"),
    (re.compile(rb"\x1b\[\?2026\$p"), b"\x1b[?2026;2$y"),
    (re.compile(rb"\x1b\[\?(?!2026\$)(\d+)\$p"), b"\x1b[?\\1;0$y"),
    (re.compile(rb"\x1b\]10;\?(?:\x07|\x1b\\)"), b"\x1b]10;rgb:cccc/cccc/cccc\x1b\\\\"),
    (re.compile(rb"\x1b\]11;\?(?:\x07|\x1b\\)"), b"\x1b]11;rgb:0000/0000/0000\x1b\\\\"),
    (re.compile(rb"\x1bP\+q[0-9A-Fa-f;]*\x1b\\"), b"\x1bP0+r\x1b\\\\"),
)


class Answers:
    """Answers as xterm does what programs ask of it: DA1, DA2, DSR, DECRQM, XTVERSION, OSC 10 and 11."""

    def __init__(self) -> None:
        self._tail = b""

    def to(self, data: bytes) -> bytes:
        """What the terminal writes back to the program for this piece of its output."""
        whole = self._tail + data
        unfinished = _UNFINISHED.search(whole)
        self._tail = whole[unfinished.start() :] if unfinished else b""
        complete = whole[: unfinished.start()] if unfinished else whole
        asked = ((found, answer) for question, answer in _ANSWERS for found in question.finditer(complete))
        return b"".join(found.expand(answer) for found, answer in asked)


class _Screen(pyte.Screen):
    """pyte's screen with what Textual writes besides: scrolling, repetition, the alternate screen."""

    _last = " "
    _main: dict[int, "StaticDefaultDict[int, Char]"] | None = None

    def __init__(self, columns: int, rows: int) -> None:
        super().__init__(columns, rows)
        self._styles: dict[tuple[Char, str], Char] = {}

    def draw(self, data: str) -> None:
        self._last = data[-1]
        here, stop = self.cursor.x, self.cursor.x + len(data)
        if stop >= self.columns or not data.isascii() or self.charset:
            super().draw(data)
            return
        line, style = self.buffer[self.cursor.y], self.cursor.attrs
        cells = {char: style._replace(data=char) for char in set(data)}
        line.update(zip(range(here, stop), map(cells.__getitem__, data), strict=True))
        self.dirty.add(self.cursor.y)
        self.cursor.x = stop

    def style(self, codes: str) -> None:
        """Select graphic rendition; each style is worked out once."""
        known = (self.cursor.attrs, codes)
        if known not in self._styles:
            self.select_graphic_rendition(*(int(code or 0) for code in codes.split(";")))
            self._styles[known] = self.cursor.attrs
        self.cursor.attrs = self._styles[known]

    def scroll_up(self, count: int = 1, **_: bool) -> None:
        self._at_top_margin(super().delete_lines, count)

    def scroll_down(self, count: int = 1, **_: bool) -> None:
        self._at_top_margin(super().insert_lines, count)

    def repeat(self, count: int = 1, **_: bool) -> None:
        super().draw(self._last * (count or 1))

    def set_mode(self, *modes: int, **private: bool) -> None:
        if private.get("private") and _ALTERNATE_SCREEN in modes and self._main is None:
            self._main = deepcopy(dict(self.buffer))
            self.erase_in_display(2)
        super().set_mode(*modes, **private)

    def reset_mode(self, *modes: int, **private: bool) -> None:
        if private.get("private") and _ALTERNATE_SCREEN in modes and self._main is not None:
            self.erase_in_display(2)
            self.buffer.update(self._main)
            self.dirty.update(range(self.lines))
            self._main = None
            self.cursor_position(1, 1)
        super().reset_mode(*modes, **private)

    def _at_top_margin(self, move: Callable[[int], None], count: int) -> None:
        top = self.margins.top if self.margins else 0
        here, self.cursor.y = self.cursor.y, top
        move(count or 1)
        self.cursor.y = here


class _Stream(pyte.Stream):
    csi = {**pyte.Stream.csi, "S": "scroll_up", "T": "scroll_down", "b": "repeat"}  # noqa: RUF012 - pyte's own
    events = frozenset(pyte.Stream.events | {"scroll_up", "scroll_down", "repeat"})


class Emulator:
    """A screen that a program's output is fed to; a synchronized update counts as painted when it ends."""

    def __init__(self, columns: int, rows: int) -> None:
        self.screen = _Screen(columns, rows)
        self._stream = _Stream(self.screen)
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self._tail = b""
        self._updating = False
        self._lines: list[str] = []

    def feed(self, data: bytes) -> Iterator[None]:
        """Take in output; yields each time that a real terminal would show the result now."""
        data = self._tail + data
        unfinished = _UNFINISHED.search(data)
        self._tail = data[unfinished.start() :] if unfinished else b""
        data = data[: unfinished.start()] if unfinished else data
        start = 0
        for mark in _SYNCHRONIZED.finditer(data):
            self._draw(data[start : mark.start()])
            start = mark.end()
            was_updating, self._updating = self._updating, mark[1] == b"h"
            if was_updating and not self._updating:
                yield
        if data[start:]:
            self._draw(data[start:])
            if not self._updating:
                yield

    def resize(self, columns: int, rows: int) -> None:
        """Change the size of the screen, in cells."""
        self.screen.resize(rows, columns)

    def lines(self) -> list[str]:
        """The screen's lines, each as wide as the screen; only those drawn anew are made anew."""
        screen, columns = self.screen, range(self.screen.columns)
        if len(self._lines) != screen.lines:
            self._lines = [""] * screen.lines
            screen.dirty.update(range(screen.lines))
        for row in screen.dirty:
            if row < screen.lines:
                # The second cell of a wide character is empty.
                self._lines[row] = "".join([screen.buffer[row][column].data for column in columns])
        screen.dirty.clear()
        return list(self._lines)

    def _draw(self, data: bytes) -> None:
        screen = self.screen
        for piece in _PIECE.finditer(self._decoder.decode(_UNKNOWN_TO_PYTE.sub(b"", data))):
            if (text := piece["text"]) is not None:
                screen.draw(text)
            elif (codes := piece["style"]) is not None:
                screen.style(codes)
            elif piece["row"] is not None:
                screen.cursor_position(int(piece["row"]), int(piece["column"]))
            else:
                self._stream.feed(piece[0])
