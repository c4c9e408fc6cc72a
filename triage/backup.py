"""A backup of the library: what it is called, when and why it was made, and what it holds.

`Backups` keeps them in the library's own folder and is asked before anything that changes much at once.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from enum import Enum, StrEnum
from typing import NamedTuple, Protocol

from triage.ports import NotSaved
from triage.steps import Change


class NotBackedUp(NotSaved):
    """No backup could be made, so nothing else was done; the message is a sentence fit to show."""


class NoBackup(Exception):
    """What was named is no backup of triage's; the message is a sentence fit to show."""


class UnreadableBackup(Exception):
    """A backup is damaged, or a newer triage wrote it; the message is a sentence fit to show."""


class Reason(StrEnum):
    """Why a backup was made, as it is shown."""

    DAILY = "daily"
    ASKED = "asked for"
    IMPORT = "before import"
    MERGE = "before merge"
    REPAIR = "before repair"
    RESTORE = "before restore"
    MIGRATE = "before migrate"


class Counts(NamedTuple):
    """What a backup holds."""

    decided: int
    """Papers with a verdict, the kept ones among them."""
    kept: int
    notes: int
    """Those on papers, and those in the hauls."""
    hauls: int
    """Hauls with a number."""
    steps: int
    drafts: int


class Backup(NamedTuple):
    """One backup that was verified by opening it."""

    name: str
    """The file's name in the folder of backups; what `triage restore` takes."""
    path: str
    moment: datetime
    """When it was begun, aware of its zone."""
    reason: Reason
    counts: Counts
    size: int
    """Bytes."""


class Listed(NamedTuple):
    """The backups there are."""

    backups: Sequence[Backup]
    """Newest first."""
    notices: Sequence[str]
    """Sentences on files that are damaged or of a newer triage, one each."""


class Draft(NamedTuple):
    """A note that was being typed."""

    key: str
    text: str
    over: str | None
    """The text that it is to take the place of; None when nobody knows."""


class Unpacked(Protocol):
    """A backup that was unpacked and found whole, in a folder that goes when it is let go of."""

    @property
    def backup(self) -> Backup:
        """What it is."""

    @property
    def library(self) -> str | None:
        """The folder of its library; None: it holds no Step."""

    @property
    def archive(self) -> str | None:
        """A folder with its archive; None: it holds none."""

    @property
    def config(self) -> Mapping[str, bytes]:
        """Its config and templates, by name: `config.toml`, `templates/links.md`."""

    @property
    def drafts(self) -> Sequence[Draft]:
        """The notes that were being typed."""

    def lay(self) -> bool:
        """Put its journals in the place of ours, where we have none at all; whether that was so.

        Raises NotSaved.
        """

    def changes(self) -> Iterator[Change]:
        """What makes of the documents that are here now those that it holds."""


class Came(Enum):
    """What became of a file that a backup holds."""

    PUT = "put"
    SAME = "same"
    """It is here to the byte."""
    LEFT = "left"
    """Another one is in its place, and stays."""


class ConfigFiles(Protocol):
    """The config and the templates beside it."""

    def put(self, name: str, data: bytes) -> Came:
        """Put a file of `Unpacked.config` where there is none. Raises Unreachable when the disk refuses."""


class Backups(Protocol):
    """The backups of one library, in DIR/backups; it is open meanwhile, and others may write to it."""

    @property
    def folder(self) -> str:
        """Where they are."""

    def make(self) -> Backup | None:
        """Make one because the user asks for it; None when there is nothing to back up yet.

        What the user asked for is never dropped. Raises NotBackedUp.
        """

    def before(self, reason: Reason) -> Backup | None:
        """Make one and verify it, then drop the oldest of its kind beyond those that are kept.

        None when there is nothing to back up yet: no journal that holds a byte, and no draft. Raises
        NotBackedUp; what asked must then not go on.
        """

    def daily(self, *, thorough: bool = False) -> Backup | None:
        """Make the day's, unless there is one already or nothing was done since the last; None: none needed.

        `thorough`, where nobody waits: fold everything anew, however lately that was done. Raises
        NotBackedUp.
        """

    def write(self, place: str, *, overwrite: bool) -> Backup:
        """Write one file with library, archive and config to a path, and prove it as any other.

        A backup that is there is replaced when this one holds all that it holds; anything else only with
        `overwrite`. Raises NoBackup for a place that is not free, NotBackedUp.
        """

    def unpacked(self, name: str) -> AbstractContextManager[Unpacked]:
        """Unpack a backup by its name, or any file by its path, and read all of it.

        Raises NoBackup, UnreadableBackup, and NotSaved when there is no room to unpack it.
        """

    def list(self) -> Listed:
        """Every backup, by its manifest alone."""
