"""Every journal of a library read from beginning to end: which Steps there are, and what is damaged."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

from triage.findings import Progress
from triage.library import lost
from triage.library.check_lines import Line, Read, is_cut_short, lines_of, one_bit_off
from triage.library.durable import reason
from triage.library.fold import Folded, distinct
from triage.library.journal import Journal, Mark, Seen
from triage.steps import Step


@dataclass(slots=True)
class File:
    """One journal, as it was when it was read."""

    name: str
    seen: Seen
    data: bytes
    lines: Sequence[Line]
    tail: bytes
    """What a killed write left at the end, or another machine's line that is not all here yet."""
    damaged: list[Line] = field(default_factory=list)
    """Lines that held a Step, and hold none that can be read."""
    leftovers: int = 0
    """Pieces that killed writes left; the Steps around them follow one another."""
    mended: dict[int, tuple[Sequence[Line], Read]] = field(default_factory=dict)
    """By offset the damaged lines that are only one bit off, and the Step they hold."""

    @property
    def steps(self) -> Iterator[Step]:
        """The Steps that can be read as they stand."""
        return (read.step for line in self.lines for read in line.steps)

    @property
    def gone(self) -> Sequence[Line]:
        """The damaged lines whose Steps nothing here brings back."""
        torn = {line.offset for lines, _ in self.mended.values() for line in lines}
        return [line for line in self.damaged if line.offset not in torn]

    def is_in_order(self) -> bool:
        """Tell whether its Steps stand in their order."""
        return all(one.order < two.order for one, two in pairwise(self.steps))

    @property
    def is_of_one(self) -> bool:
        """Whether all Steps are of the machine that it is named for."""
        return all(self.name.startswith(f"{step.machine}-") for step in self.steps)

    @property
    def mark(self) -> Mark:
        """The mark behind all that was read of it."""
        return Mark().after(self.data[: len(self.data) - len(self.tail)])

    def fits(self, mark: Mark) -> bool:
        """Tell whether it holds what was read before a mark, once lines that are one bit off are whole."""
        return self._is_as_at(mark) or (self.may_have_fit(mark) and not self._hit(self.gone, mark))

    def may_have_fit(self, mark: Mark) -> bool:
        """Tell whether it held that, for all that its damage leaves to tell."""
        is_long = mark.offset <= len(self.data)
        return is_long and (self._is_as_at(mark) or self._hit(self.damaged, mark))

    def _is_as_at(self, mark: Mark) -> bool:
        start = mark.offset - mark.checked
        there = self.data[start : mark.offset]
        return mark.offset <= len(self.data) and Mark(start).after(there) == mark

    def _hit(self, lines: Sequence[Line], mark: Mark) -> bool:
        """Tell whether one of these lines is in what a mark's checksum is of."""
        return any(line.end >= mark.offset - mark.checked and line.offset < mark.offset for line in lines)

    def good(self) -> Iterator[bytes]:
        """Every line that holds a Step, byte for byte; of those that are one bit off, as they were."""
        passed: set[int] = set()
        for line in self.lines:
            yield from (read.raw for read in line.steps)
            if line.offset in self.mended:
                torn, read = self.mended[line.offset]
                passed |= {one.offset for one in torn}
                yield read.raw


class Journals:
    """The journals of a folder; reading them changes nothing."""

    def __init__(self, folder: Path, machine: str) -> None:
        self.folder = folder
        self.machine = machine
        self.journal = Journal(folder, machine)
        self.files: dict[str, File] = {}
        self.unreadable: dict[str, str] = {}
        """By file, why it cannot be read."""
        self.refused = ""
        """Why the folder itself cannot be read; empty when it can."""
        self.numbers: dict[str, set[int]] = {}
        """By machine the numbers of its Steps."""
        self.known: dict[str, int] = {}
        """By machine the highest number that it is known to have had, whatever the files hold."""
        self.every: Sequence[Step] = ()
        """Each Step once, in their order."""
        self.mended: Sequence[Step] = ()
        """Those of lines that are one bit off."""
        self._lost: Sequence[lost.Lost] = ()
        self.twice: Sequence[tuple[str, int]] = ()
        """Machine and number that different Steps share."""

    @property
    def path(self) -> Path:
        """Where they are."""
        return self.journal.path

    @property
    def lamport(self) -> int:
        """The highest Lamport number."""
        return max((step.lamport for step in self.every), default=0)

    def read(self, progress: Progress) -> None:
        """Read what was not read yet, or is other than it was."""
        try:
            there = self.journal.files()
        except OSError as error:
            self.refused, there = reason(error), {}
        files: dict[str, File] = {}
        self.unreadable.clear()
        total, done = sum(seen.size for seen in there.values()), 0
        for name, seen in there.items():
            known = self.files.get(name)
            try:
                if known is None or known.seen != seen:
                    heard = _kilobytes(progress, done, total)
                    known = _file(name, seen, (self.path / name).read_bytes(), known, heard)
                files[name] = known
            except OSError as error:
                self.unreadable[name] = reason(error)
            done += seen.size
        is_other = any(files.get(name) is not file for name, file in self.files.items())
        is_other |= len(files) != len(self.files)
        given_up = lost.read(self.folder)
        is_other |= given_up != self._lost
        self.files, self._lost = files, given_up
        if is_other:
            self._account()

    def know(self, numbers: Mapping[str, int]) -> None:
        """Take in the highest numbers that a whole library.json tells of."""
        for machine, number in numbers.items():
            self.known[machine] = max(number, self.known.get(machine, 0))

    def missing(self) -> dict[str, list[range]]:
        """By machine the numbers that no Step has, though it has had higher ones."""
        found = {}
        for machine in {*self.numbers, *self.known}:
            there = self.numbers.get(machine, set())
            top = max([self.known.get(machine, 0), *there])
            gaps = _between((0, *sorted(there), top + 1))
            if gaps:
                found[machine] = gaps
        return dict(sorted(found.items()))

    def missed(self) -> dict[str, list[range]]:
        """Those that no line holds that is one bit off, and that nobody has written down as lost for good."""
        mended = [lost.Lost(step.machine, step.number, step.number, "") for step in self.mended]
        return lost.without(self.missing(), [*self._lost, *mended])

    @property
    def lacks_steps(self) -> bool:
        """Whether Steps are lost that nobody has given up yet."""
        return bool(self.missed()) or any(file.gone for file in self.files.values())

    def given_up(self) -> dict[str, list[range]]:
        """Those of them that were written down."""
        every = self.missing()
        return lost.without(every, _as_lost(lost.without(every, self._lost)))

    def folded(self) -> Folded:
        """What the Steps make, as library.json is written of it."""
        in_order = all(file.is_in_order() and file.is_of_one for file in self.files.values())
        folded = Folded(marks={name: file.mark for name, file in self.files.items()}, in_order=in_order)
        for step in self.every:
            folded.take(step)
        return folded

    def _account(self) -> None:
        self.every, self.twice = distinct(step for file in self.files.values() for step in file.steps)
        self.numbers = {}
        for step in self.every:
            self.numbers.setdefault(step.machine, set()).add(step.number)
        for file in self.files.values():
            self._judge(file)
        self.mended = [read.step for file in self.files.values() for _, read in file.mended.values()]

    def _judge(self, file: File) -> None:
        """Tell the lines that lost a Step from what killed writes left."""
        file.damaged, file.leftovers, file.mended = [], int(bool(file.tail)), {}
        bad: list[Line] = []
        last: dict[str, int] = {}
        for line in file.lines:
            if not line.steps:
                bad.append(line)
                continue
            first = line.steps[0].step
            before = last.get(first.machine, first.number - 1)
            self._put(file, bad, hides=before > 0 and not self._has_all(first.machine, before, first.number))
            bad = []
            last[line.steps[-1].step.machine] = line.steps[-1].step.number
        self._put(file, bad, hides=False)

    def _put(self, file: File, bad: Sequence[Line], *, hides: bool) -> None:
        """Count lines that stand together; `hides`: a Step is missing there."""
        for torn, read in one_bit_off(bad):
            if read.step not in self.every_of(read.step):
                file.mended[torn[0].offset] = (torn, read)
        mended = {line.offset for torn, _ in file.mended.values() for line in torn}
        for line in bad:
            if hides or line.offset in mended or not is_cut_short(line.raw):
                file.damaged.append(line)
            else:
                file.leftovers += 1

    def every_of(self, step: Step) -> Iterator[Step]:
        """The Steps that bear a Step's machine and number."""
        if step.number in self.numbers.get(step.machine, ()):
            yield from (one for one in self.every if (one.machine, one.number) == (step.machine, step.number))

    def _has_all(self, machine: str, first: int, last: int) -> bool:
        there = sorted(number for number in self.numbers.get(machine, ()) if first <= number < last)
        return not lost.without({machine: _between((first - 1, *there, last))}, self._lost)


def _kilobytes(progress: Progress, done: int, total: int) -> Callable[[int], None]:
    """What tells how far a file is, of which so many bytes of all came before."""
    return lambda at: progress("kB of the journal", (done + at) // 1000, total // 1000)


def _file(name: str, seen: Seen, data: bytes, known: File | None, heard: Callable[[int], None]) -> File:
    """A file's lines; those that it had before are not read again."""
    before = {line.raw: line.steps for line in known.lines} if known is not None else {}
    found = lines_of(data, heard, before)
    return File(name, seen, data, found.lines, found.tail)


def _between(numbers: Sequence[int]) -> list[range]:
    """The runs of numbers that are lacking between rising ones."""
    return [range(one + 1, two) for one, two in pairwise(numbers) if two > one + 1]


def _as_lost(missing: Mapping[str, Sequence[range]]) -> list[lost.Lost]:
    return [
        lost.Lost(machine, gap.start, gap.stop - 1, "") for machine, gaps in missing.items() for gap in gaps
    ]
