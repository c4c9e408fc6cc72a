"""What library.json still shows of Steps that the journals have lost: taken over as one Step."""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path

from triage.library import check_snapshot, lost, snapshot
from triage.library.check import Looked
from triage.library.check_journal import Journals, distinct
from triage.library.check_snapshot import Shot
from triage.library.stored import DamagedSnapshot
from triage.ports import LibraryUnusable
from triage.steps import Step

_STAMP = len("20261120T083000Z")
"""How long the moment in a name is."""


def taken_over(looked: Looked, found: Sequence[Step], name: str, now: str) -> Step | None:
    """One Step that makes the documents what library.json shows, where no Step that can be read does.

    `found` are the Steps that just came back; `name` is the journal that the Step is to go into. A field that
    a later Step has set stays.
    """
    if not (found or looked.journals.lacks_steps):
        return None
    made = (_of(looked.journals, shot, found, name, now) for shot in _shots(looked))
    return next((step for step in made if step is not None), None)


def _shots(looked: Looked) -> Iterator[Shot]:
    """Each library.json that may show what lost Steps did: that which stands, and those set aside.

    One that opened as damaged is set aside because a journal was hit; it is whole. None that is older
    than a journal's last replacement tells by the places in it.
    """
    if looked.shot is not None and looked.belongs:
        yield looked.shot
    for name, when in snapshot.aside(looked.folder):
        with suppress(DamagedSnapshot, LibraryUnusable, OSError):
            shot = check_snapshot.read(looked.folder, name)
            if (
                shot is not None
                and shot.may_have_fit(looked.journals)
                and not _replaced(looked.folder, shot, when)
            ):
                yield shot


def _replaced(folder: Path, shot: Shot, since: str) -> bool:
    """Tell whether a journal that is in it was replaced by a repair since then."""
    kept = [path.name for path in (folder / lost.FOLDER).glob("*")]
    whens = [
        one.removeprefix(f"{name}.") for name in shot.marks for one in kept if one.startswith(f"{name}.")
    ]
    return any(len(when) >= _STAMP and when >= since[:_STAMP] for when in whens)


def _of(journals: Journals, shot: Shot, found: Sequence[Step], name: str, now: str) -> Step | None:
    held = [step for step in found if step.number <= shot.numbers.get(step.machine, 0)]
    made = check_snapshot.made(distinct([*shot.made_of(journals), *held])[0])
    back = [*found, *journals.mended]
    later = [step for step in shot.newer(journals) if step not in held]
    later += [step for step in journals.mended if step.number > shot.numbers.get(step.machine, 0)]
    changes = check_snapshot.untouched(check_snapshot.changes(made.documents, shot.documents), later)
    if not changes:
        return None
    machine = name.rpartition("-")[0]
    numbers = [step.number for step in back if step.machine == machine]
    number = max([0, *journals.numbers.get(machine, ()), shot.numbers.get(machine, 0), *numbers]) + 1
    lamport = max([journals.lamport, shot.highest[0], *(step.lamport for step in back)]) + 1
    return Step(machine, number, lamport, now, "repair", tuple(changes))
