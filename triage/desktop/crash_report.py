"""A report of a crash for us: where it failed, without the values it failed on."""

import os
import re
import sys
import tempfile
import traceback
from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from triage import clean

_QUOTED = re.compile(r"""(?<!\w)(['"`“]).*['"`”](?!\w)""", re.DOTALL)
_MOST = 300
"""Characters of what a fault says of itself."""
_DEEPEST = 8
"""How far causes, and faults within faults, are followed."""


class Written(NamedTuple):
    """A report, and where it went."""

    sentence: str
    """For the user: what happened, and where the report is."""
    report: str = ""
    """The report itself, where no folder takes it."""


def write(crash: Exception, folder: Path | None, version: str) -> Written:
    """Write a report into the state folder, where that is known, else where temporary files go."""
    now = datetime.now(UTC)
    stack = _without_home("\n".join(_told(crash)))
    report = f"triage {version}, Python {sys.version}\n{now.isoformat()}\n\n{stack}\n"
    name = f"crash-{now:%Y%m%d-%H%M%S}-{os.getpid()}.txt"
    ours = f"this is our fault ({type(crash).__name__}); what is saved is safe, and the report"
    for place in _places(folder):
        with suppress(OSError):
            place.mkdir(mode=0o700, parents=True, exist_ok=True)
            handle = os.open(place / name, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(handle, "w", encoding="utf-8", errors="replace") as file:
                file.write(report)
            return Written(f"{ours} is {place / name}")
    return Written(f"{ours}, which no folder takes, is this:", report)


def _places(folder: Path | None) -> Iterator[Path]:
    if folder is not None:
        yield folder
    with suppress(OSError):  # where nothing can be written there is no such place
        yield Path(tempfile.gettempdir())


def _told(error: BaseException, depth: int = 0) -> Iterator[str]:
    """Where a fault happened and what it says, without values; before it what it came of."""
    cause = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    if cause is not None and depth < _DEEPEST:
        yield from _told(cause, depth + 1)
        yield "\nwhich led to:\n"
    yield "".join(traceback.format_tb(error.__traceback__)) + f"{type(error).__name__}: {_says(error)}"
    inner: Sequence[BaseException] = error.exceptions if isinstance(error, BaseExceptionGroup) else ()
    if depth < _DEEPEST:
        for number, one in enumerate(inner, start=1):
            yield f"\n{number} of {len(inner)} in it:\n"
            yield from _told(one, depth + 1)


def _says(error: BaseException) -> str:
    """What a fault says of itself; what it quotes is the user's, and of a long one the end may be, too."""
    said = clean.shown(_QUOTED.sub("'…'", str(error)))
    return said if len(said) <= _MOST else f"{said[:_MOST]}…"


def _without_home(text: str) -> str:
    with suppress(RuntimeError):  # nobody knows where it is
        home = str(Path.home())
        return text.replace(home, "~") if len(home) > 1 else text
    return text
