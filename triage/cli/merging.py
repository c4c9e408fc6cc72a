"""The command that takes in another library."""

from collections.abc import Iterator

from triage import clean
from triage.actions.merge import Taken, merge
from triage.backup import Reason
from triage.cli import request as ask
from triage.cli.desk import Desk
from triage.cli.status import DISK, DONE
from triage.cli.which_haul import tell_twice


def merge_library(desk: Desk, request: ask.Merge) -> int:
    """`merge`: one line that says what came, by machine."""
    folder = desk.posts.whole(request.folder)
    desk.back_up(Reason.MERGE)
    taken = merge(desk.library, desk.archive, desk.archive_in(folder), folder)
    for notice in taken.notices:
        desk.console.tell(notice)
    came = "; ".join(_parts(taken))
    desk.console.say(f"merged: {came}" if came else f"nothing new in {clean.name(folder)}")
    if taken.steps:
        tell_twice(desk)
    if taken.not_stored:
        desk.console.tell(taken.not_stored)
        return DISK
    return DONE


def _parts(taken: Taken) -> Iterator[str]:
    if taken.steps:
        steps = ", ".join(
            f"{_counted(count, 'step')} of {clean.name(machine)}" for machine, count in taken.steps.items()
        )
        inside = [
            f"{_counted(count, one)}{more}"
            for count, one, more in ((taken.papers, "paper", " decided on"), (taken.notes, "note", ""))
            if count
        ]
        yield steps + (f" ({', '.join(inside)})" if inside else "")
    if taken.days:
        yield _counted(taken.days, "listing day")


def _counted(number: int, one: str) -> str:
    return f"{number} {one}{'' if number == 1 else 's'}"
