"""Which Step an undo takes back and which undo a redo does again: one machine's Steps as two stacks.

A redo is possible until something else is done. What lies further back than this process is read when it is
needed.
"""

from collections.abc import Callable, Iterator, Sequence

from triage.document import is_text
from triage.steps import NOTED, Change, Json, Step

UNDO = "undo"
REDO = "redo"
DETAILS = "details"
BOOKKEEPING = frozenset({DETAILS, "export"})
"""What the program notes by itself; an undo passes over it, and a redo is still possible after it."""


def opposites(
    changes: Sequence[Change], now: Callable[[Change], Json]
) -> tuple[tuple[Change, ...], tuple[Change, ...]]:
    """What takes changes back, the last one first; and those of them that stay.

    A change stays when its field no longer has the value it was given (`now` tells it): somebody has
    changed it since. A text that was taken away comes back all the same, beside the one written since.
    """
    back, stayed = [], []
    for change in reversed(changes):
        stands = now(change)
        if stands == change.after:
            back.append(change.opposite)
        elif change.before is None and change.path[1:] == () and change.path[0] in NOTED:
            # With the haul that was made goes what was noted of it since.
            back += [change.opposite._replace(before=stands)] if stands is not None else []
        elif change.before is not None and change.after is None and is_text(change.table, change.path):
            # A publish took it to an entry, which goes; it would be nowhere.
            back.append(change.opposite)
        elif change.path[0] not in NOTED:
            # Nobody needs to be told of what the program noted.
            stayed.append(change)
    return tuple(back), tuple(stayed)


class Undoing:
    """One machine's Steps that stand, and those that were taken back."""

    def __init__(self, older: Callable[[], Iterator[Step]]) -> None:
        """`older` gives the Steps from before the first `push`, newest first; it is called when needed."""
        self._older = older
        self._standing: list[Step] = []
        self._before: Iterator[Step] | None = None
        self._gone: set[int] = set()
        """Numbers that do not stand though `older` has them."""
        self._details: list[Step] = []
        """What was looked up for papers, as far back as was read."""
        self._undone: list[tuple[Step, Step]] = []
        """Undos that can be done again, the last one last, each with the Step it took back."""
        self._undone_before = True
        """Whether undos from before the first `push` may be done again, and have not been read yet."""

    def push(self, step: Step) -> None:
        """Take in a Step that was appended."""
        if step.what == UNDO and step.undoes is not None:
            target = self._take(step.undoes)
            self._load_undone()
            if target is not None:
                self._undone.append((step, target))
        elif step.what == REDO and step.undoes is not None:
            found = self.last_undone()
            if found is not None and found[0].number == step.undoes:
                self._undone.pop()
                self._standing.append(found[1])
        elif step.what == DETAILS:
            self._details.append(step)
        elif step.what not in BOOKKEEPING:
            self._standing.append(step)
            self._undone.clear()
            self._undone_before = False

    def last(self) -> Step | None:
        """The last Step that stands: what the next undo takes back."""
        if not self._standing:
            if self._before is None:
                self._before = self._standing_before()
            found = next((step for step in self._before if step.number not in self._gone), None)
            if found is None:
                return None
            self._standing.append(found)
        return self._standing[-1]

    def to_take_back(self, step: Step) -> tuple[Change, ...]:
        """A Step's changes and, for the papers it decided on, what was looked up since; each field once."""
        decided = {(one.table, one.key) for one in step.changes if one.path == ("verdict",)}
        fields = {(one.table, one.key, one.path): one for one in step.changes}
        for details in sorted(self._details, key=lambda one: one.number):
            if details.number < step.number:
                continue
            for one in details.changes:
                if (one.table, one.key) in decided:
                    place = (one.table, one.key, one.path)
                    fields[place] = one._replace(before=fields.get(place, one).before)
        return tuple(fields.values())

    def last_undone(self) -> tuple[Step, Step] | None:
        """The last undo that was not done again, and the Step it took back."""
        self._load_undone()
        return self._undone[-1] if self._undone else None

    def _take(self, number: int) -> Step | None:
        """Take the Step of this number from those that stand: the last one, unless something is damaged."""
        last = self.last()
        if last is not None and last.number == number:
            return self._standing.pop()
        self._gone.add(number)
        for place, step in enumerate(self._standing):
            if step.number == number:
                return self._standing.pop(place)
        return None

    def _standing_before(self) -> Iterator[Step]:
        taken: set[int] = set()
        for step in self._older():
            if step.what == DETAILS:
                self._details.append(step)
            if step.number in taken or step.what in BOOKKEEPING:
                continue
            if step.what in (UNDO, REDO) and step.undoes is not None:
                taken.add(step.undoes)
            else:
                yield step

    def _load_undone(self) -> None:
        """Read which undos from before can be done again: those after which nothing else was done."""
        if not self._undone_before:
            return
        self._undone_before = False
        redone: set[int] = set()
        undos: dict[int, Step] = {}
        targets: dict[int, Step] = {}
        reading = True
        for step in self._older():
            if step.number in undos:
                targets[step.number] = step
            if reading and step.number not in redone and step.what not in BOOKKEEPING:
                if step.what == REDO and step.undoes is not None:
                    redone.add(step.undoes)
                elif step.what == UNDO and step.undoes is not None:
                    undos[step.undoes] = step
                else:
                    reading = False
            if not reading and len(targets) == len(undos):
                break
        self._undone = [(undo, targets[number]) for number, undo in undos.items() if number in targets][::-1]
