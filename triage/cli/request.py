"""What the user asks of the command line: one frozen value."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class OpenApp:
    """Open the full-screen app."""

    words: tuple[str, ...] = ()
    """Categories as typed; empty: those of the config."""
    demo: bool = False
    read_only: bool = False


@dataclass(frozen=True, slots=True)
class TellVersion:
    """Print the version."""


@dataclass(frozen=True, slots=True)
class Fetch:
    """Fetch today's listings."""

    words: tuple[str, ...] = ()
    json: bool = False
    """Report in JSON Lines, for the app."""


@dataclass(frozen=True, slots=True)
class LookUp:
    """Look up papers and pages and report them in JSON Lines, for the app."""

    keys: tuple[str, ...]


class Chosen(StrEnum):
    """The verdict that `list` asks for."""

    KEEP = "keep"
    SKIP = "skip"
    OPEN = "open"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class List:
    """List papers."""

    day: date | str | None = None
    """A listing day, `all`, or None for what the other choices make of it."""
    verdict: Chosen = Chosen.ALL
    haul: int | str | None = None
    """A number, `current`, `next` or `all`; None: whatever the haul."""
    query: str = ""
    json: bool = False


@dataclass(frozen=True, slots=True)
class Show:
    """Show papers whole."""

    ids: tuple[str, ...]
    json: bool = False


class Decision(StrEnum):
    """What `keep`, `skip` and `reopen` do."""

    KEEP = "keep"
    HOLD = "hold"
    SKIP = "skip"
    REOPEN = "reopen"


@dataclass(frozen=True, slots=True)
class Decide:
    """Decide on papers."""

    decision: Decision
    ids: tuple[str, ...]


class Writing(StrEnum):
    """What becomes of the note that is there."""

    REPLACE = "replace"
    APPEND = "append"
    CLEAR = "clear"


@dataclass(frozen=True, slots=True)
class Note:
    """Write the note on a paper."""

    id: str
    text: str | None = None
    """None: ask for it; `-`: standard input."""
    writing: Writing = Writing.REPLACE


@dataclass(frozen=True, slots=True)
class Comment:
    """Add a comment to the current haul."""

    text: str | None = None
    """None: ask for it; `-`: standard input."""


@dataclass(frozen=True, slots=True)
class Add:
    """Add papers and pages to the current haul."""

    ids: tuple[str, ...]
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Undo:
    """Take back so many steps."""

    count: int = 1


@dataclass(frozen=True, slots=True)
class Redo:
    """Do so many steps again."""

    count: int = 1


@dataclass(frozen=True, slots=True)
class Import:
    """Read published posts back."""

    places: tuple[str, ...]


class Format(StrEnum):
    """How `export` writes a haul."""

    HAUL = "haul"
    BIBTEX = "bibtex"
    JSON = "json"


@dataclass(frozen=True, slots=True)
class Export:
    """Write a haul in one of the formats."""

    format: Format = Format.HAUL
    output: str | None = None
    """A file; None or `-`: standard output."""
    haul: int | None = None
    """A published haul's number; None: the current one."""
    overwrite: bool = False


@dataclass(frozen=True, slots=True)
class Publish:
    """Close the current haul and write its post."""

    output: str | None = None
    number: int | None = None
    date: str | None = None
    """An ISO date, or date and time, as typed."""
    overwrite: bool = False


@dataclass(frozen=True, slots=True)
class ShowConfig:
    """Print the config's path, or the config as it takes effect."""

    path_only: bool


AtDesk: TypeAlias = List | Show | Decide | Note | Comment | Add | Undo | Redo | Import | Export | Publish
"""What the open library answers."""
Command: TypeAlias = Fetch | LookUp | ShowConfig | AtDesk
Request: TypeAlias = OpenApp | TellVersion | Command


@dataclass(frozen=True, slots=True)
class Invocation:
    """A request, and where the user's things are."""

    request: Request
    data: str | None = None
    """`--data`: the library's folder."""
    config: str | None = None
    """`--config`: the config's file."""
