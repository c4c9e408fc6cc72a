"""A backup of the library: what it is called, when and why it was made, and what it holds.

`Backups` keeps them in the library's own folder and is asked before anything that changes much at once.
"""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple, Protocol

from triage.ports import NotSaved


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
    """Papers with a note."""
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

    def list(self) -> Listed:
        """Every backup, by its manifest alone."""
