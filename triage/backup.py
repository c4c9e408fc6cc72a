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
    """What was named is no backup, or cannot be read as one by this triage; the message is fit to show."""


class DamagedBackup(Exception):
    """A backup is not as it was written; the message is a sentence fit to show."""


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

    def before(self, reason: Reason) -> Backup | None:
        """Make one and verify it, then drop the oldest of its kind beyond those that are kept.

        None when there is nothing to back up yet: no journal that holds a byte, and no draft. Raises
        NotBackedUp; what asked must then not go on.
        """

    def daily(self) -> Backup | None:
        """Make the day's, unless there is one already or nothing was done since the last; None: none needed.

        Raises NotBackedUp.
        """

    def list(self) -> Listed:
        """Every backup, by its manifest alone. Raises NoBackup when the folder cannot be read."""
