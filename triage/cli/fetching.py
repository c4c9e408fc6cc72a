"""The commands that speak to arXiv: fetch for people, and fetch and look-up in JSON Lines for the app."""

from collections.abc import Iterator, Sequence

from triage.actions.fetch import CategoryDone, DetailsDone, Report
from triage.actions.look_up import Found, LookedUp
from triage.cli.console import Console
from triage.cli.status import DONE, NETWORK
from triage.ledger import Completeness


def fetch(console: Console, reports: Iterator[Report], *, json: bool) -> int:
    """Say how each category ended; 3 when any failed. Raises ArchiveUnusable."""
    status = DONE
    for report in reports:
        if isinstance(report, CategoryDone) and report.state is Completeness.FAILED:
            status = NETWORK
        if json:
            console.record(report.as_record())
        else:
            _say(console, report)
    return status


def look_up(console: Console, told: Iterator[LookedUp]) -> int:
    """One JSON object for each paper found, and one for what was not."""
    status = DONE
    for one in told:
        console.record(one.as_record())
        if not isinstance(one, Found):
            status = NETWORK
    return status


def _say(console: Console, report: Report) -> None:
    match report:
        case CategoryDone():
            failed = report.state is Completeness.FAILED
            parts: Sequence[str] = (
                report.category,
                report.day or "",
                f"{report.papers} papers" if report.day else "",
                str(report.state),
                "" if failed else report.sentence,
            )
            console.say("  ".join(part for part in parts if part))
            if failed:
                console.tell(f"{report.category}: {report.sentence}")
        case DetailsDone() if report.sentence:
            console.tell(report.sentence)
