"""The full text of a paper: in JSON Lines for the app, and as Markdown for people."""

from triage.actions.full_text import Desk, Ended, Event, Failed, PageCame, PartCame, Said, full_text
from triage.cli import request as ask
from triage.cli.console import Console
from triage.cli.status import DONE, NETWORK
from triage.cli.values import Usage
from triage.paper import PaperId
from triage.ports import Archive

_DEEPEST = 5
"""The level of the smallest heading: the title has the first of Markdown's six."""


class TextTeller:
    """Tells of a full text as it comes: a JSON object for each event, or the text itself."""

    def __init__(self, console: Console, request: ask.FullText) -> None:
        """Raises Usage when the request names no paper of arXiv."""
        self._console = console
        self._json = request.json
        try:
            self._key = PaperId.parse(request.key).key
        except ValueError:
            raise Usage(f"{request.key!r} is no arXiv id; only papers of arXiv are read here") from None

    def follow(self, desk: Desk, archive: Archive) -> int:
        """Tell of everything that happens; the exit status."""
        status = DONE
        seen = archive.find(self._key)
        for event in full_text(desk, self._key, seen.version if seen is not None else None):
            self.tell(event)
            if isinstance(event, Failed):
                status = NETWORK
        return status

    def waiting(self, host: str, seconds: float) -> None:
        """Tell that a host asked to be left alone for so many seconds."""
        self.tell(Said("waiting", f"{host} asks to be left alone for {seconds:.0f} s; waiting …"))

    def pacing(self, host: str, seconds: float) -> None:
        """Tell that some time must pass between two requests to a host."""
        if seconds >= 1:
            self.tell(Said("waiting", f"Waiting {seconds:.0f} s, for {host} is asked slowly …"))

    def tell(self, event: Event) -> None:
        """Tell of one event."""
        if self._json:
            self._console.record(event.as_record())
            return
        match event:
            case Said(_, sentence) | Failed(sentence, _):
                self._console.tell(sentence)
            case PageCame(page):
                self._console.say(f"# {page.title}\n\n{page.url}")
            case PartCame(part):
                if part.heading:
                    self._console.say(f"\n{'#' * (1 + min(part.level, _DEEPEST))} {part.heading}")
                if part.markdown:
                    self._console.say(f"\n{part.markdown}")
            case Ended():
                self._console.flush()
