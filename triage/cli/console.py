"""The standard streams as the commands use them: lines for people, bytes for files, and what is read."""

import json
import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from io import TextIOWrapper
from pathlib import Path
from typing import Any, NamedTuple, Self, TextIO

from triage import clean
from triage.cli.values import Usage

_LONGEST = 1000
"""Characters of a sentence: a name in it may be of any length."""


class Unwritable(Exception):
    """Standard output takes nothing more; the message is a sentence fit to show."""


class NotText(Usage):
    """What came on standard input is no text; the message is a sentence fit to show."""


class Console(NamedTuple):
    """Standard input, output and error."""

    input: TextIO | None
    output: TextIO
    errors: TextIO

    @classmethod
    def standard(cls) -> Self:
        """The process's own; a character that their encoding lacks is a question mark, never an error."""
        output, errors = (
            stream or Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115  open as long as the process
            for stream in (sys.stdout, sys.stderr)
        )
        for stream in (output, errors):
            if isinstance(stream, TextIOWrapper):
                stream.reconfigure(errors="replace")
        return cls(sys.stdin, output, errors)

    @property
    def interactive(self) -> bool:
        """True when a person sits at both ends."""
        return _is_terminal(self.input) and _is_terminal(self.output)

    @property
    def is_fed(self) -> bool:
        """True when standard input is no terminal: a pipe or a file."""
        return not _is_terminal(self.input)

    @property
    def is_watched(self) -> bool:
        """True when a person sees standard error."""
        return _is_terminal(self.errors)

    @property
    def shows_colours(self) -> bool:
        """True when standard output is a terminal that may be coloured (no-color.org)."""
        plain = os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb"
        return _is_terminal(self.output) and not plain

    def say(self, line: str = "") -> None:
        """Put one line on standard output, as it is displayed. Raises Unwritable."""
        self.put(clean.shown(line) + "\n")

    def put(self, text: str) -> None:
        """Put text of ours on standard output. Raises Unwritable."""
        with _writing():
            self.output.write(text)

    def flush(self) -> None:
        """Let go of what was put. Raises Unwritable."""
        with _writing():
            self.output.flush()

    def tell(self, sentence: str) -> None:
        """Put a sentence on standard error; where nobody can read it, that is all."""
        self.flush()
        text = clean.shown(sentence).replace("\n", " ")
        if len(text) > _LONGEST:
            text = f"{text[: _LONGEST * 2 // 3]} … {text[-_LONGEST // 3 :]}"
        try:
            self.errors.write(f"triage: {text}\n")
            self.errors.flush()
        except OSError:
            _to_nowhere(2)

    def draw(self, text: str) -> None:
        """Put text of ours on standard error, without an end of line; where that is gone, that is all."""
        try:
            self.errors.write(text)
            self.errors.flush()
        except OSError:
            _to_nowhere(2)

    def record(self, record: Mapping[str, Any]) -> None:
        """Put one JSON object on a line of standard output, and let it go at once. Raises Unwritable."""
        unicode = (getattr(self.output, "encoding", None) or "").lower().replace("-", "") == "utf8"
        self.put(clean.escaped(json.dumps(record, ensure_ascii=not unicode, allow_nan=False)) + "\n")
        self.flush()

    def data(self, data: bytes) -> None:
        """Put bytes on standard output: as they are, but on a terminal as it may show them.

        Raises Unwritable.
        """
        if _is_terminal(self.output):
            text = data.decode("utf-8", "replace")
            self.put(clean.shown(text))
            if clean.shown(text) != text:
                self.tell("the terminal shows no control characters; -o FILE or a pipe gets every byte")
            return
        self.flush()
        with _writing():
            self.output.buffer.write(data)
            self.output.buffer.flush()

    def read_bytes(self) -> bytes:
        """All of standard input, as it came."""
        return self.input.buffer.read() if self.input is not None else b""

    def read(self) -> str:
        """All of standard input. Raises NotText when it is not UTF-8."""
        try:
            return self.read_bytes().decode("utf-8-sig")
        except UnicodeDecodeError:
            raise NotText("standard input is not UTF-8; convert it, and try again") from None


@contextmanager
def _writing() -> Iterator[None]:
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as refusal:
        # Or Python tries once more when it ends, and ends badly.
        _to_nowhere(1)
        raise Unwritable(
            f"standard output cannot be written ({refusal.strerror or refusal}); what was decided is saved"
        ) from refusal


def _to_nowhere(handle: int) -> None:
    os.dup2(os.open(os.devnull, os.O_WRONLY), handle)


def _is_terminal(stream: TextIO | None) -> bool:
    try:
        return stream is not None and stream.isatty()
    except ValueError:
        return False


def text(word: str) -> str:
    """An argument as text: bytes that were not UTF-8 become U+FFFD."""
    return word.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def check_terminal(console: Console) -> None:
    """Raise Usage, and say why, where the full-screen app cannot open."""
    if not console.interactive:
        raise Usage("the app needs a terminal; `triage list` and the other commands do without, see --help")
    if os.environ.get("TERM") == "dumb":
        raise Usage(
            "the app needs a terminal that can move its cursor, and TERM is dumb; see `triage --help`"
        )
