"""The commands that speak to arXiv: fetch for people, and fetch and look-up in JSON Lines for the app."""

from collections.abc import Callable, Iterator, Sequence

from triage import clean
from triage.actions.asking import Asking
from triage.actions.fetch import Wanted, fetch
from triage.actions.look_up import Begun, LookedUp, NotFound
from triage.actions.mailing import take_in
from triage.actions.reports import CategoryDone, DetailsDone, Progress, Report, Stopped, Waiting
from triage.cli import request as ask
from triage.cli.console import Console
from triage.cli.progress_bar import ProgressBar
from triage.cli.status import DONE, NETWORK
from triage.cli.words import day_to_fetch, to_fetch
from triage.ledger import Completeness
from triage.network import Announced, Details
from triage.ports import Archive, Posts
from triage.settings import Settings


class Teller:
    """Tells of a fetch as it runs: a line for each category and day, or a JSON object for each report."""

    def __init__(self, console: Console, *, json: bool) -> None:
        self._console = console
        self._json = json
        self._bar = ProgressBar(console)
        self.status = DONE
        """The exit status so far: 3 when a listing failed."""

    def follow(self, reports: Iterator[Report], archive: Archive) -> int:
        """Tell of every report, and what is wrong in the archive; the exit status. Raises ArchiveUnusable."""
        try:
            for report in reports:
                self.tell(report)
        finally:
            self._bar.clear()
            for notice in archive.notices:
                self._console.tell(notice)
        return self.status

    def waiting(self, host: str, seconds: float) -> None:
        """Tell that a host asked to be left alone for so many seconds."""
        self.tell(Waiting(host, seconds))

    def tell(self, report: Report) -> None:
        """Tell of one report."""
        if isinstance(report, CategoryDone) and report.state is Completeness.FAILED:
            self.status = NETWORK
        if self._json:
            self._console.record(report.as_record())
            return
        match report:
            case Progress(done, total, doing):
                self._bar.show(done, total, doing)
            case Waiting(host, seconds):
                self._bar.tell(f"{host} asks to be left alone for {seconds:.0f} s; waiting.")
            case CategoryDone():
                self._bar.clear()
                self._say(report)
            case Stopped(sentence):
                self._bar.clear()
                self._console.tell(sentence)
            case DetailsDone(done, total, sentence):
                self._bar.show(done, total, "papers completed")
                if sentence:
                    self._bar.clear()
                    self._console.tell(sentence)

    def _say(self, report: CategoryDone) -> None:
        failed = report.state is Completeness.FAILED
        parts: Sequence[str] = (
            report.category,
            report.day or "",
            f"{report.papers} paper{'' if report.papers == 1 else 's'}" if report.papers else "",
            str(report.state),
            "" if failed else report.sentence,
        )
        self._console.say("  ".join(part for part in parts if part))
        if failed:
            self._console.tell(f"{report.category}: {report.sentence}")


def reports(
    request: ask.Fetch,
    asking: Asking,
    details: Details,
    settings: Settings,
    console: Console,
    posts: Posts,
    parse_mail: Callable[[bytes, str], Sequence[Announced]],
) -> Iterator[Report]:
    """What the fetch that was asked for tells while it runs. Raises Usage, and Unreachable for a mailing."""
    if request.mail:
        read = (
            (place, console.read_bytes() if place == "-" else posts.read(place)) for place in request.mail
        )
        mailings = (parse_mail(data, clean.name(place)) for place, data in read)
        return take_in(asking, [found for mailing in mailings for found in mailing])
    on, since = (day_to_fetch(day, asking.calendar, asking.now) for day in (request.on, request.since))
    return fetch(asking, details, to_fetch(request.words, settings), Wanted(on, since))


def look_up(console: Console, told: Iterator[Begun | LookedUp]) -> int:
    """One JSON object for what is asked for, for each paper found, and for what was not."""
    status = DONE
    for one in told:
        console.record(one.as_record())
        if isinstance(one, NotFound):
            status = NETWORK
    return status
