"""The standard streams as the commands use them: lines for people, bytes for files, and what is read."""

import json
import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from io import TextIOWrapper
from pathlib import Path
from typing import Any, Self, TextIO

from triage.cli.arguments import Usage


class NotText(Usage):
    """What came on standard input is no text; the message is a sentence fit to show."""


@dataclass(frozen=True, slots=True)
class Console:
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

    def say(self, line: str = "") -> None:
        """Put one line on standard output."""
        self.output.write(line + "\n")

    def tell(self, sentence: str) -> None:
        """Put a sentence on standard error."""
        self.output.flush()
        self.errors.write(f"triage: {sentence}\n")

    def record(self, record: Mapping[str, Any]) -> None:
        """Put one JSON object on a line of standard output, and let it go at once."""
        unicode = (getattr(self.output, "encoding", None) or "").lower().replace("-", "") == "utf8"
        text = json.dumps(record, ensure_ascii=not unicode, allow_nan=False)
        self.output.write(text.encode("utf-8", "replace").decode("utf-8") + "\n")
        self.output.flush()

    def data(self, data: bytes) -> None:
        """Put bytes on standard output as they are."""
        self.output.flush()
        self.output.buffer.write(data)
        self.output.buffer.flush()

    def read(self) -> str:
        """All of standard input. Raises NotText when it is not UTF-8."""
        if self.input is None:
            return ""
        try:
            return self.input.buffer.read().decode("utf-8-sig")
        except UnicodeDecodeError:
            raise NotText("standard input is not UTF-8; convert it, and try again") from None


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
