"""What the user asks of the command line: one frozen value.

Named tuples and not dataclasses: a score of those would be seven milliseconds before the app's first paint.
"""

from datetime import date
from enum import StrEnum
from typing import NamedTuple, TypeAlias

from triage.cli.opening import OpenApp


class TellVersion(NamedTuple):
    """Print the version."""


class Fetch(NamedTuple):
    """Fetch listings."""

    words: tuple[str, ...] = ()
    json: bool = False
    """Report in JSON Lines, for the app."""
    on: date | None = None
    """This listing day only."""
    since: date | None = None
    """This listing day and all that follow."""
    mail: tuple[str, ...] = ()
    """Files of arXiv's daily mailings to read instead of asking; `-` is standard input."""


class LookUp(NamedTuple):
    """Look up papers and pages and report them in JSON Lines, for the app."""

    keys: tuple[str, ...]


class FullText(NamedTuple):
    """Read the full text of a paper."""

    key: str
    json: bool = False
    """Report in JSON Lines, for the app."""


class Days(NamedTuple):
    """Show the ledger."""

    words: tuple[str, ...] = ()
    """Categories as typed; empty: those of the config."""
    since: date | None = None
    """The first listing day to tell of; None: the first that the ledger has."""
    json: bool = False


class Chosen(StrEnum):
    """The verdict that `list` asks for."""

    KEEP = "keep"
    SKIP = "skip"
    OPEN = "open"
    ALL = "all"


class List(NamedTuple):
    """List papers."""

    day: date | str | None = None
    """A listing day, `all`, or None for what the other choices make of it."""
    verdict: Chosen = Chosen.ALL
    haul: int | str | None = None
    """A number, `current`, `next` or `all`; None: whatever the haul."""
    query: str = ""
    json: bool = False


class Show(NamedTuple):
    """Show papers whole."""

    ids: tuple[str, ...]
    json: bool = False


class Decision(StrEnum):
    """What `keep`, `skip` and `reopen` do."""

    KEEP = "keep"
    HOLD = "hold"
    SKIP = "skip"
    REOPEN = "reopen"


class Decide(NamedTuple):
    """Decide on papers."""

    decision: Decision
    ids: tuple[str, ...]


class Writing(StrEnum):
    """What becomes of the note that is there."""

    REPLACE = "replace"
    APPEND = "append"
    CLEAR = "clear"


class Note(NamedTuple):
    """Write the note on a paper."""

    id: str
    text: str | None = None
    """None: ask for it; `-`: standard input."""
    writing: Writing = Writing.REPLACE


class Comment(NamedTuple):
    """Add a comment to the current haul."""

    text: str | None = None
    """None: ask for it; `-`: standard input."""


class Add(NamedTuple):
    """Add papers and pages to the current haul."""

    ids: tuple[str, ...] = ()
    """Ids, links, or texts that hold some; `-`: standard input. Empty: standard input, else the clipboard."""
    note: str | None = None


class Undo(NamedTuple):
    """Take back so many steps."""

    times: int = 1


class Redo(NamedTuple):
    """Do so many steps again."""

    times: int = 1


class Import(NamedTuple):
    """Read published posts back."""

    places: tuple[str, ...]


HAUL = "haul"
"""The format of the post."""


class Export(NamedTuple):
    """Write a haul in one of the formats, or by a template."""

    format: str = HAUL
    """A format's name, or a template's."""
    output: str | None = None
    """A file, or a folder for one file per paper; None or `-`: standard output."""
    haul: int | None = None
    """A published haul's number; None: the current one."""
    overwrite: bool = False
    read_back: bool = False
    """Take over what was edited by hand in the haul's file, then write it again."""


class Publish(NamedTuple):
    """Close the current haul and write its post."""

    output: str | None = None
    number: int | None = None
    date: str | None = None
    """An ISO date, or date and time, as typed."""
    overwrite: bool = False
    haul: int | None = None
    """A number that two published hauls have: the later one gets another. None: the current haul."""


class Merge(NamedTuple):
    """Take in another library."""

    folder: str


class Check(NamedTuple):
    """Read everything and say what was found."""

    json: bool = False


class Repair(NamedTuple):
    """Set aside what is damaged, and keep all else."""


class Backup(NamedTuple):
    """Make a backup."""

    output: str | None = None
    """A file for everything; None: a backup of the library beside it."""
    overwrite: bool = False
    daily: bool = False
    """Only if the day has none yet, and something was done since the last."""
    json: bool = False


class Restore(NamedTuple):
    """List the backups, or bring one back."""

    name: str | None = None
    """A backup's name or file; None: list them."""
    json: bool = False


class ShowTemplate(NamedTuple):
    """Print the post's own form as a template."""


class ShowConfig(NamedTuple):
    """Print the config's path, or the config as it takes effect."""

    path_only: bool


class InitConfig(NamedTuple):
    """Write a config with every key."""


class ShowKeys(NamedTuple):
    """Print the keys."""

    preset: str | None = None
    """None: the one of the config."""


class Doctor(NamedTuple):
    """Look at everything that the work needs."""

    json: bool = False


AboutUs: TypeAlias = ShowConfig | ShowTemplate | InitConfig | ShowKeys
"""What needs neither library nor network."""
AtDesk: TypeAlias = (
    Days
    | List
    | Show
    | Decide
    | Note
    | Comment
    | Add
    | Undo
    | Redo
    | Import
    | Export
    | Publish
    | Merge
    | Restore
)
"""What the open library answers."""
Command: TypeAlias = Fetch | LookUp | FullText | Doctor | Check | Repair | Backup | AboutUs | AtDesk
Request: TypeAlias = OpenApp | TellVersion | Command


def is_of_the_app(request: Command) -> bool:
    """Tell whether a request is made by the app, which reads what is told of it in JSON Lines."""
    if isinstance(request, Backup):
        return request.daily and request.json
    return isinstance(request, LookUp) or (isinstance(request, Fetch | FullText) and request.json)


def changes(request: Command) -> bool:
    """Tell whether a request may change the library."""
    changing = (Fetch, Decide, Note, Comment, Add, Undo, Redo, Import, Export, Publish, Merge, Restore)
    return isinstance(request, changing)


def is_ended(request: Command, *, touches_arxiv: bool) -> bool:
    """Tell whether a fault in the config ends a request.

    The app's own children run on what is left of a faulty config, as the app does, unless it is not known
    whence to fetch; `check` and `doctor` tell of faults among the rest, and `repair` needs no config. Where
    there are faults there is a config, which is what `config init` says.
    """
    if isinstance(request, Check | Repair | InitConfig | Doctor):
        return False
    return not is_of_the_app(request) or (touches_arxiv and not isinstance(request, Backup))
