"""The commands that make backups, list them and bring them back."""

import os
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from triage import clean
from triage.actions.restore import Restored, restore
from triage.backup import Backup, Backups, NotBackedUp
from triage.cli import request as ask
from triage.cli.console import Console
from triage.cli.desk import Desk
from triage.cli.status import DISK, DONE
from triage.cli.waiting import slow

_KILO = 1000


def back_up(console: Console, backups: Backups, request: ask.Backup, place: str | None) -> int:
    """`backup`: one line with the path and what it holds; `place` is the whole path of `-o FILE`."""
    made: Backup | None
    with slow(console, "making a backup, and proving it by opening it …"):
        if place is not None:
            made = backups.write(place, overwrite=request.overwrite)
        else:
            made = backups.daily(thorough=True) if request.daily else backups.make()
    if made is None:
        if not request.daily:
            console.tell("there is nothing to back up yet: nothing was decided and no note written")
    elif request.json:
        console.record(_record(made))
    else:
        console.say(f"backed up: {clean.name(made.path)} ({', '.join(_counts(made))}; {_size(made.size)})")
    return DONE


def make_daily(console: Console, backups: Backups) -> None:
    """Make the day's backup after a command; where that fails the command was done all the same."""
    try:
        with slow(console, "making the day's backup …"):
            backups.daily()
    except NotBackedUp as refusal:
        console.tell(str(refusal))


def bring_back(desk: Desk, request: ask.Restore) -> int:
    """`restore`: lists the backups, or brings one back and says what it changed."""
    if request.name is None:
        return list_backups(desk.console, desk.backups, request)
    name = request.name if os.sep not in request.name else desk.posts.whole(request.name)
    with slow(desk.console, "restoring …"):
        done = restore(desk.library, desk.backups, desk.restoring(), name)
    for notice in done.notices:
        desk.console.tell(notice)
    came = "; ".join(_parts(done))
    when = f"the backup of {_moment(done.backup.moment)} ({done.backup.reason})"
    desk.console.say(f"restored {when}: {came}" if came else f"nothing to restore: all is as in {when}")
    if any(done.made):
        desk.console.say("`triage undo` takes it back" + _kept(done.before))
    for name in done.left:
        desk.console.tell(f"{clean.name(name)} here is another one than in the backup, and stays as it is")
    for refusal in done.refusals:
        desk.console.tell(refusal)
    return DISK if done.refusals else DONE


def list_backups(console: Console, backups: Backups, request: ask.Restore) -> int:
    """`restore` without a name: a line for each, newest first."""
    listed = backups.list()
    for notice in listed.notices:
        console.tell(notice)
    if request.json:
        for one in listed.backups:
            console.record(_record(one))
    elif listed.backups:
        for line in _aligned([_row(one) for one in listed.backups]):
            console.say(line)
    else:
        console.tell(f"no backup in {clean.name(backups.folder)} yet; `triage backup` makes one")
    return DISK if listed.notices else DONE


def _row(backup: Backup) -> Sequence[str]:
    """One line of the list; the last word is what `restore` takes."""
    decided, kept, notes, hauls, *_ = _counts(backup)
    return (
        *(_moment(backup.moment), str(backup.reason), decided, kept, notes, hauls),
        *(_size(backup.size), backup.name),
    )


def _aligned(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """The rows as lines with even columns, numbers and what they count to the right."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        cells = [
            cell.ljust(width) if place < 2 or place == len(row) - 1 else cell.rjust(width)
            for place, (cell, width) in enumerate(zip(row, widths, strict=True))
        ]
        yield "  ".join(cells).rstrip()


def _record(backup: Backup) -> dict[str, Any]:
    """A backup as JSON."""
    return {
        "name": backup.name,
        "path": backup.path,
        "moment": backup.moment.isoformat(),
        "reason": str(backup.reason),
        **backup.counts._asdict(),
        "size": backup.size,
    }


def _parts(done: Restored) -> Iterator[str]:
    """What came back, piece by piece."""
    made = done.made
    changed = [
        _counted(count, one)
        for count, one in zip(made, ("paper", "note", "comment", "haul"), strict=True)
        if count
    ]
    if changed:
        yield f"{', '.join(changed)} as then"
    if done.steps:
        yield f"{_counted(done.steps, 'step')} came"
    if done.days:
        yield _counted(done.days, "listing day")
    if done.drafts:
        yield f"{_counted(done.drafts, 'note')} being typed"
    if done.put:
        yield ", ".join(map(clean.name, done.put))


def _kept(before: Backup | None) -> str:
    return f"; what was here is in {clean.name(before.name)}" if before is not None else ""


def _counts(backup: Backup) -> Sequence[str]:
    counts = backup.counts
    return (
        f"{counts.decided:,} decided",
        f"{counts.kept:,} kept",
        _counted(counts.notes, "note"),
        _counted(counts.hauls, "haul"),
        _counted(counts.steps, "step"),
    )


def _counted(number: int, one: str) -> str:
    return f"{number:,} {one}{'' if number == 1 else 's'}"


def _moment(moment: datetime) -> str:
    return f"{moment.astimezone():%Y-%m-%d %H:%M}"


def _size(size: int) -> str:
    """Bytes as a person reads them."""
    if size < _KILO**2:
        return f"{max(1, round(size / _KILO)):,} kB"
    return f"{size / _KILO**2:,.1f} MB"
