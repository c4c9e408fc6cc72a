"""The converter in a process of its own, which has an end whatever a page does to it."""

import json
import signal
import tempfile
from collections.abc import Callable, Generator, Iterator, Mapping
from contextlib import closing
from typing import IO, Any, TypeAlias

from triage.full_text import Fetched, Head, NoPage, Part
from triage.ports import Unreachable
from triage.sources.full_text import VERSION

SECONDS = 10.0
"""For one page, from its arrival to its last part."""
_GRACE = 2.0
"""Seconds more until a child that did not end of itself is ended."""
_INSTEAD = "read it in the browser."

Child: TypeAlias = Callable[[float, IO[bytes]], Generator[Mapping[str, Any], None, None]]
"""Runs the converter and yields its events, waiting for each so many seconds at most; its input is a file.

A child that ends badly yields an error last, with its "status", or with "late" when it was ended.
"""


class ConverterApart:
    """`full_text.Converter` in a child."""

    version = VERSION

    def __init__(self, child: Child, seconds: float = SECONDS) -> None:
        self._child = child
        self._seconds = seconds

    def convert(self, fetched: Fetched) -> Generator[Head | Part, None, None]:
        """The head of the page, then its parts. Raises NoPage, and Unreachable, at once or later."""
        about = {
            "key": fetched.key,
            "url": fetched.url,
            "charset": fetched.charset,
            "seconds": self._seconds,
        }
        with tempfile.TemporaryFile() as file:
            file.write(json.dumps(about).encode() + b"\n" + fetched.html)
            file.seek(0)
            with closing(self._child(self._seconds + _GRACE, file)) as events:
                yield from self._read(events, fetched.key)

    def _read(self, events: Iterator[Mapping[str, Any]], key: str) -> Iterator[Head | Part]:
        for event in events:
            match event.get("event"):
                case "head":
                    yield Head(str(event["title"]), event["version"])
                case "part":
                    yield Part.from_record(event)
                case "end":
                    return
                case "none":
                    raise NoPage(str(event["sentence"]), pdf=event["pdf"] is True)
                case "memory":
                    raise Unreachable(f"The page of {key} takes more memory than it may have; {_INSTEAD}")
                case _:
                    raise Unreachable(self._why(event, key))
        raise Unreachable(f"The page of {key} could not be converted to its end; {_INSTEAD}")

    def _why(self, event: Mapping[str, Any], key: str) -> str:
        if event.get("status") == -signal.SIGALRM or event.get("late"):
            return f"The page of {key} takes longer than {self._seconds:g} s to convert; {_INSTEAD}"
        if event.get("status") is not None:
            return f"The page of {key} could not be converted; {_INSTEAD}"
        return str(event.get("sentence", ""))
