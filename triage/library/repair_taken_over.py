"""What library.json still shows of Steps that the journals have lost: taken over as one Step."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from triage.library import check_snapshot
from triage.library.check import Looked
from triage.library.check_journal import Journals
from triage.library.check_snapshot import Shot, untouched
from triage.library.fold import distinct
from triage.steps import Change, Step


class TakenOver(NamedTuple):
    """What one library.json shows of lost Steps."""

    shot: Shot
    changes: Sequence[Change]
    held: Sequence[Step]
    """Steps that just came back and were in it."""

    def step(self, journals: Journals, found: Sequence[Step], name: str, now: str) -> Step | None:
        """One Step that makes the documents so, to go into the journal of a name; None: nothing is left.

        A field that a later Step has set stays; `found` are all Steps that just came back.
        """
        back = [*found, *journals.mended]
        changes = untouched(self.changes, self._later(journals))
        if not changes:
            return None
        machine = name.rpartition("-")[0]
        numbers = [step.number for step in back if step.machine == machine]
        known = self.shot.numbers.get(machine, 0)
        number = max([known, *journals.numbers.get(machine, ()), *numbers]) + 1
        lamport = max([journals.lamport, self.shot.highest[0], *(step.lamport for step in back)]) + 1
        return Step(machine, number, lamport, now, "repair", tuple(changes))

    def _later(self, journals: Journals) -> Sequence[Step]:
        newer = [step for step in self.shot.newer(journals) if step not in self.held]
        mended = (step for step in journals.mended if step.number > self.shot.numbers.get(step.machine, 0))
        return [*newer, *mended]


def taken_over(looked: Looked, found: Sequence[Step]) -> TakenOver | None:
    """What is to be taken over of what library.json shows, for no Step that can be read makes it so.

    `found` are the Steps that just came back. This takes a while, and needs no lock.
    """
    journals = looked.journals
    if not (found or journals.lacks_steps):
        return None
    for shot in _shots(looked):
        held = [step for step in found if step.number <= shot.numbers.get(step.machine, 0)]
        made = looked.made(distinct([*shot.made_of(journals), *held])[0])
        lost_changes = list(check_snapshot.changes(made.documents, shot.documents))
        if lost_changes:
            return TakenOver(shot, lost_changes, held)
    return None


def _shots(looked: Looked) -> Iterator[Shot]:
    """Each library.json that may show what lost Steps did: that which stands, and those set aside."""
    if looked.shot is not None and looked.belongs:
        yield looked.shot
    yield from check_snapshot.set_aside(looked.folder, looked.journals)
