"""The library as the journals make it: what was read, what it made, and what is damaged.

Steps that come last in the order are brought in at once; of those that come late (another machine's file,
synced) the fields that no later Step has set. Where that is not all, everything is folded anew, for the
result is a function of the set of Steps and of nothing else.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

from triage.late import what_is_left
from triage.library.damage import Damage as DamagedLines
from triage.library.durable import shown
from triage.library.journal import BadLine, Journal, Mark, Part, Seen, Shortened
from triage.library.tables import Damage, Tables
from triage.steps import Step

Order = tuple[int, str, int]


@dataclass(slots=True)
class Folded:
    """The tables, and which Steps they hold."""

    tables: Tables = field(default_factory=Tables)
    marks: dict[str, Mark] = field(default_factory=dict)
    """By file, up to where it is in the tables."""
    numbers: dict[str, int] = field(default_factory=dict)
    """By machine, its highest number."""
    highest: Order = (0, "", 0)
    in_order: bool = True
    """Whether each file holds one machine's Steps in their order, as they are written; hands can mix them."""

    @property
    def lamport(self) -> int:
        """The highest Lamport number seen."""
        return self.highest[0]

    def take(self, step: Step) -> None:
        """Bring in a Step that comes after all that are in."""
        self.tables.apply(step)
        self.count(step)

    def count(self, step: Step) -> None:
        """Note a Step that is in the tables."""
        self.numbers[step.machine] = max(step.number, self.numbers.get(step.machine, 0))
        self.highest = max(self.highest, step.order)


class Fold:
    """Reads the journals and keeps the tables in step with them."""

    def __init__(
        self,
        folder: Path,
        journal: Journal,
        start: Folded,
        tell: Callable[[str], None],
        set_aside: Callable[[Damage], None],
    ) -> None:
        """`tell` takes a sentence for the user; `set_aside` takes library.json away, for it is damaged."""
        self._journal = journal
        self._tell = tell
        self._seen: dict[str, Seen] = {}
        self._gone: set[str] = set()
        self._set_aside = set_aside
        self.state = start
        start.tables.on_damage = self.without_snapshot
        self.damage = DamagedLines(folder, journal, tell)
        self.rebuilt = 0
        """How often everything was folded anew."""
        self._untold: list[Step] = []
        """What came in with a fold that `catch_up` did not ask for."""
        self.awaited: dict[str, Mark] = {}
        """By file of another machine, how much of it another machine's library.json says there is."""
        self.on_fork: Callable[[str], None] = lambda _: None
        """Takes the name of a machine that has numbered different Steps alike."""

    def fits(self) -> bool:
        """Tell whether the files still hold everything that is in the tables. Raises OSError."""
        files = self._journal.files()
        return all(
            name in files and self._journal.fits(name, mark)
            for name, mark in self.state.marks.items()
            if mark.offset
        )

    def coming(self) -> dict[str, Mark]:
        """What does not fit as far as it is other machines' files, missing or shorter than the tables know.

        A syncing program is bringing them. Empty where that is not all that does not fit, or nothing fits:
        such tables are of another library. Raises OSError.
        """
        files, coming, fits = self._journal.files(), {}, False
        for name, mark in self.state.marks.items():
            if name in files and self._journal.fits(name, mark):
                fits = fits or mark.offset > 0
            elif self._journal.is_own(name) or (name in files and files[name].size >= mark.offset):
                return {}
            else:
                coming[name] = mark
        return coming if fits else {}

    @property
    def awaits(self) -> bool:
        """Whether another machine's library.json still knows more than the journals."""
        none = Mark()
        return any(
            self.state.marks.get(name, none).offset < mark.offset for name, mark in self.awaited.items()
        )

    def catch_up(self) -> list[Step]:
        """Take in what was appended since; the Steps that were new, in their order. Raises OSError."""
        fresh = self._catch_up()
        untold, self._untold = self._untold, []
        return list({step.order: step for step in (*untold, *fresh)}.values()) if untold else fresh

    def _catch_up(self) -> list[Step]:
        files = self._journal.files()
        if files == self._seen:
            return []
        parts: dict[str, Part] = {}
        held_back: dict[str, Seen | None] = {}
        whole = True
        for name, seen in files.items():
            before = self._seen.get(name)
            if seen == before:
                continue
            mark = self.state.marks.get(name, Mark())
            if seen.size < mark.offset and not self._journal.is_own(name):
                # A syncing program is writing it anew: the rest comes.
                held_back[name] = before
                continue
            if before is None or seen.inode != before.inode or seen.size < before.size:
                whole = self._still(name, mark) and whole
            if whole:
                parts[name] = self._journal.read(name, mark)
        self._note_gone(files)
        self._gone -= files.keys()
        if not whole:
            return self.rebuild()
        fresh = sorted(
            (line for part in parts.values() for line in part.lines if isinstance(line, Step)),
            key=lambda step: step.order,
        )
        self.state.in_order &= all(_in_order(name, part) for name, part in parts.items())
        left = self._left_of(fresh) if self._adds(parts.values(), fresh) else None
        if left is None:
            known = self.state
            self.rebuild()
            return _unknown(fresh, known)
        for step in left:
            self.state.take(step)
        for name, part in parts.items():
            self.state.marks[name] = part.mark
        self._seen = files  # last: whatever ends this early is begun anew the next time
        for name, before in held_back.items():
            self._seen.pop(name)
            if before is not None:
                self._seen[name] = before
        return fresh

    def appended(
        self, name: str, mark: Mark, seen: Seen, step: Step, doc_ids: Mapping[tuple[str, str], int]
    ) -> None:
        """Bring in a Step that this process wrote."""
        self.state.tables.apply(step, doc_ids)
        self.state.count(step)
        self.state.marks[name] = mark
        self._seen[name] = seen

    def rebuild(self) -> list[Step]:
        """Fold every Step of every file anew; all of them, in their order. Raises OSError."""
        self.rebuilt += 1
        parts: list[Part] = []
        in_order = True
        marks: dict[str, Mark] = {}
        seen = self._journal.files()
        for name in seen:
            part = self._journal.read(name, Mark())
            parts.append(part)
            in_order &= _in_order(name, part)
            marks[name] = part.mark
        every, twice = distinct(line for part in parts for line in part.lines if isinstance(line, Step))
        state = Folded(marks=marks, in_order=in_order)
        for step in every:
            state.take(step)
        self.state = state
        self._seen = seen
        self.damage.report((part.lines for part in parts), every)
        for machine in dict.fromkeys(machine for machine, _ in twice):
            numbers = [number for whose, number in twice if whose == machine]
            more = f", and {len(numbers) - 1} more" if len(numbers) > 1 else ""
            self._tell(
                f"Two different steps of {machine} are numbered {numbers[0]}{more}: its journal was copied "
                "and went on in both places; both are kept."
            )
            self.on_fork(machine)
        return every

    def without_snapshot(self, damage: Damage) -> Tables:
        """Fold every Step anew, for library.json turned out to be damaged. Raises OSError."""
        known = self.state
        if any(table.file.is_there() for table in known.tables.stored.values()):
            self._set_aside(damage)  # unless another process has put a whole one in its place
        self._untold += _unknown(self.rebuild(), known)
        return self.state.tables

    def _left_of(self, fresh: list[Step]) -> list[Step] | None:
        """New Steps as they are to be brought in; None when everything has to be folded anew."""
        if not fresh or fresh[0].order > self.state.highest:
            return fresh
        if not self.state.in_order:
            return None
        ends = {name: mark.offset for name, mark in self.state.marks.items()}
        try:
            return what_is_left(fresh, self._journal.behind(fresh[0].order, ends))
        except (Shortened, FileNotFoundError):  # one that is being written anew, or is gone
            return None

    def _adds(self, parts: Iterable[Part], fresh: list[Step]) -> bool:
        """Tell whether new lines only add to what is there, with no gap and nothing lost."""
        numbers = dict(self.state.numbers)
        for step in fresh:
            if step.number != numbers.get(step.machine, 0) + 1:
                return False
            numbers[step.machine] = step.number
        return not any(
            part.lines and isinstance(last := part.lines[-1], BadLine) and not self.damage.is_torn(last)
            for part in parts
        )

    def _still(self, name: str, mark: Mark) -> bool:
        """Tell whether a replaced or shorter file still begins as it did; else keep what it held."""
        if self._journal.fits(name, mark):
            if self._journal.holds(name):
                self._journal.release()
            return True
        kept = ""
        if self._journal.holds(name):
            kept_in = self.damage.set_aside(f"{name}.{mark.offset}", self._journal.held())
            self._journal.release()
            kept = f" What it held is in {shown(kept_in)}."
        self._tell(
            f"{shown(self._journal.path / name)} was replaced by another file while triage was open; "
            f"the library now shows what is in the files.{kept}"
        )
        return False

    def _note_gone(self, files: dict[str, Seen]) -> None:
        """Put back the own journal when somebody removed it; name any other that is missing."""
        for name in self._seen.keys() - files.keys() - self._gone:
            if self.damage.may_write and self._journal.holds(name):
                self._journal.put_back()
                files[name] = self._journal.files()[name]
                self._tell(
                    f"{shown(self._journal.path / name)} was removed while triage was open; it is back."
                )
            else:
                self._gone.add(name)
                self._tell(
                    f"{shown(self._journal.path / name)} is gone; put it back: what it held is still shown, "
                    "until triage is started again."
                )


def _unknown(steps: Iterable[Step], known: Folded) -> list[Step]:
    """Those Steps that came after what was known of their machine."""
    return [step for step in steps if step.number > known.numbers.get(step.machine, 0)]


def _in_order(name: str, part: Part) -> bool:
    """Tell whether a file's Steps are those of the machine it is named for, in their order."""
    steps = [line for line in part.lines if isinstance(line, Step)]
    return all(name.startswith(f"{step.machine}-") for step in steps) and all(
        one.order < two.order for one, two in pairwise(steps)
    )


def distinct(steps: Iterable[Step]) -> tuple[list[Step], list[tuple[str, int]]]:
    """Steps in their order, equal ones once; and the machine and number that different ones share."""
    found: dict[tuple[str, int], list[Step]] = {}
    twice = []
    for step in steps:
        same = found.setdefault((step.machine, step.number), [])
        if step not in same:
            if same:
                twice.append((step.machine, step.number))
            same.append(step)
    every = [step for same in found.values() for step in same]
    if twice:
        every.sort(key=lambda step: (step.at, repr(step.changes)))
    every.sort(key=lambda step: step.order)
    return every, list(dict.fromkeys(twice))
