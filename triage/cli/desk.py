"""What the commands ask of the world."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from triage.actions.look_up import LookedUp
from triage.actions.restore import Places
from triage.actions.template_export import Templates
from triage.backup import Backups, Reason
from triage.cli.console import Console
from triage.cli.waiting import slow
from triage.listing_day import Calendar
from triage.ports import Archive, Clipboard, Editor, Library, Posts
from triage.settings import Settings


@dataclass(frozen=True, slots=True)
class Desk:
    """The ports, handed over by the composition root."""

    library: Library
    archive: Archive
    settings: Settings
    calendar: Calendar
    """With the holidays of the config."""
    posts: Posts
    templates: Templates
    editor: Editor
    console: Console
    now: Callable[[], datetime]
    """The moment, aware of its zone."""
    archive_in: Callable[[str], Archive]
    """The archive of another library's folder, for reading only."""
    look_up: Callable[[Sequence[str]], Iterator[LookedUp]]
    """Asks arXiv and the web for papers and pages, in children that can be killed."""
    clipboard: Clipboard
    keep_backups: Callable[[], Backups]
    """The backups of the library; what they need is imported when they are asked for."""
    restoring: Callable[[], Places]
    """Where what a backup holds beside the library goes."""

    @property
    def backups(self) -> Backups:
        """The backups of the library."""
        return self.keep_backups()

    def back_up(self, reason: Reason) -> None:
        """Make a backup before something that changes much; where there is nothing to lose yet, none.

        Raises NotBackedUp.
        """
        with slow(self.console, f"making a backup {reason} …"):
            self.backups.before(reason)

    def tell_notices(self) -> None:
        """Say what was found damaged in the archive."""
        for notice in self.archive.notices:
            self.console.tell(notice)
