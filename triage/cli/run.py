"""One request to its command, and every way the world may refuse to an exit status."""

from triage.actions.haul import Refused
from triage.backup import NoBackup, UnreadableBackup
from triage.cli import adding, backing_up, days, deciding, merging, posting, reading
from triage.cli import request as ask
from triage.cli.console import Console
from triage.cli.desk import Desk
from triage.cli.status import DISK, NETWORK, USAGE
from triage.cli.values import Usage
from triage.ports import ArchiveUnusable, LibraryUnusable, NoLibrary, NotSaved, Unreachable


def perform(request: ask.AtDesk, desk: Desk) -> int:
    """Do what was asked; the exit status. Refusals go up, see `refused`."""
    match request:
        case ask.Days():
            return days.show_days(desk, request)
        case ask.List():
            return reading.list_papers(desk, request)
        case ask.Show():
            return reading.show_papers(desk, request)
        case ask.Decide():
            return deciding.decide_on(desk, request)
        case ask.Note():
            return deciding.write_note(desk, request)
        case ask.Comment():
            return deciding.write_comment(desk, request)
        case ask.Add():
            return adding.add_papers(desk, request)
        case ask.Undo():
            return deciding.undo(desk, request)
        case ask.Redo():
            return deciding.redo(desk, request)
        case ask.Import():
            return posting.import_posts(desk, request)
        case ask.Export():
            return posting.export(desk, request)
        case ask.Publish():
            return posting.publish(desk, request)
        case ask.Merge():
            return merging.merge_library(desk, request)
        case ask.Restore():
            return backing_up.bring_back(desk, request)


REFUSALS = (Refused, Usage, NotSaved, LibraryUnusable, NoLibrary, NoBackup, UnreadableBackup, Unreachable)


def refused(console: Console, refusal: Exception, request: ask.Command) -> int:
    """Say why a request was refused; the exit status for it."""
    console.tell(str(refusal))
    if ask.is_of_the_app(request):
        console.record({"event": "error", "sentence": str(refusal)})
    if isinstance(refusal, NotSaved | LibraryUnusable | UnreadableBackup | ArchiveUnusable):
        return DISK
    if isinstance(refusal, Unreachable):
        match request:
            case ask.Fetch(mail=()) | ask.LookUp() | ask.FullText():
                return NETWORK
            case ask.List() | ask.Show():
                return DISK  # a listing in the archive that cannot be read
    return USAGE
