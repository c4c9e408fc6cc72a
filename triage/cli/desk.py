"""What the commands ask of the world."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from triage.actions.look_up import LookedUp
from triage.actions.template_export import Templates
from triage.cli.console import Console
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

    def tell_notices(self) -> None:
        """Say what was found damaged in the archive."""
        for notice in self.archive.notices:
            self.console.tell(notice)
