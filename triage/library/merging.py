"""Taking in another library: which Steps its journals hold that ours lack, and under which machine's name.

The result is the union of both sets of Steps; nothing of ours is changed. Where one machine's journal went
on in two places (a second library of one machine, a copy that was used further), different Steps bear one
number. From there on those that ours lack are taken in as a machine of their own, numbered from 1 and named
for the first of them, so that the same Steps are found again the next time.
"""

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from triage import clean
from triage.digest import sha256
from triage.library import snapshot
from triage.library.durable import reason, shown
from triage.library.fold import Order
from triage.library.journal import FOLDER, SUFFIX, BadLine, Journal, Mark, Part, parse
from triage.library.stored import DamagedSnapshot
from triage.ports import LibraryUnusable, NoLibrary
from triage.steps import Step, encode

_MARK_DIGITS = 8
_LONGEST_NAME = 60


class Held:
    """The Steps of our journals, with those about to be taken in."""

    def __init__(self, journal: Journal) -> None:
        self._journal = journal
        self._marks: dict[str, Mark] = {}
        self._ends: dict[str, Order] = {}
        self._numbers: dict[str, set[int]] = {}
        self._by_lamport: dict[int, list[Step]] = {}

    def read_on(self) -> None:
        """Take in what was appended since this was called last. Raises OSError."""
        for name in self._journal.files():
            mark = self._marks.get(name, Mark())
            part = self._journal.read(name, mark if self._journal.fits(name, mark) else Mark())
            self._marks[name] = part.mark
            for line in part.lines:
                if isinstance(line, Step):
                    self.add(name, line)

    def add(self, name: str, step: Step) -> None:
        """Take in a Step of one of our files."""
        self._numbers.setdefault(step.machine, set()).add(step.number)
        self._by_lamport.setdefault(step.lamport, []).append(step)
        self._ends[name] = max(step.order, self._ends.get(name, step.order))

    @property
    def machines(self) -> Iterable[str]:
        """The machines that have Steps here."""
        return self._numbers.keys()

    def has(self, machine: str, number: int) -> bool:
        """Tell whether a machine has a Step of this number."""
        return number in self._numbers.get(machine, ())

    def last(self, machine: str) -> int:
        """A machine's highest number, 0 if it has no Step."""
        return max(self._numbers.get(machine, ()), default=0)

    def ends_before(self, name: str, step: Step) -> bool:
        """Tell whether a Step at the end of a file leaves that in order."""
        return name not in self._ends or self._ends[name] < step.order

    def same_as(self, step: Step) -> Iterator[Step]:
        """The Steps that say what this one says, whatever machine and number they bear."""
        for one in self._by_lamport.get(step.lamport, ()):
            if (one.at, one.what, one.changes) == (step.at, step.what, step.changes):
                yield one


class Other:
    """Another library's journals. They are only read: no file is made beside them."""

    def __init__(self, folder: Path, ours: Path, journal: Journal) -> None:
        """Read what is there beyond what the files of our `journal`, in the folder `ours`, begin with.

        Raises NoLibrary for a folder in which there is nothing to take in, LibraryUnusable for a library that
        cannot be read.
        """
        self.notices: list[str] = []
        """Sentences on what could not be read, and on what was taken in under another name."""
        self._folder = folder
        self._chains: dict[tuple[str, str], list[tuple[str, Step]]] = {}
        try:
            _check(folder, ours)
            theirs = Journal(folder, "")
            for name in theirs.files():
                data = (theirs.path / name).read_bytes()
                if not _begins_with(journal.path / name, data):
                    self._read(theirs.path / name, data, parse(name, data, Mark()))
        except OSError as error:
            raise LibraryUnusable(
                f"{shown(folder)} cannot be read ({reason(error)}); nothing was taken in."
            ) from error

    @property
    def is_known(self) -> bool:
        """True when our files begin with all that the others hold."""
        return not self._chains

    def lacking(self, held: Held, own: str) -> dict[str, list[Step]]:
        """The Steps that ours lack as they are to be appended, by file of ours.

        `own` is this machine's id: under it nothing is taken in but what was lost from its journal.
        """
        lacking: dict[str, list[Step]] = {}
        machines = {*held.machines, *(machine for machine, _ in self._chains)}
        for (machine, _), chain in sorted(self._chains.items()):
            root = _root(machine, machines)
            branch, shift = machine, 0
            for name, step in chain:
                same = [one for one in held.same_as(step) if _root(one.machine, machines) == root]
                if same:
                    # A Step of ours, be it under the name that a library it was taken into gave it.
                    here = next((one for one in same if one.machine == branch), same[0])
                    branch, shift = here.machine, step.number - here.number
                    continue
                number = step.number - shift
                if held.has(branch, number) or number < 1 or (branch == own and number > held.last(own)):
                    branch, shift, number = _branch(root, step, held), step.number - 1, 1
                    machines.add(branch)
                    self._tell(
                        f"{clean.name(machine)} went on here and in {shown(self._folder)} under one name; "
                        f"what was done there is taken in as {clean.name(branch)}."
                    )
                undoes = step.undoes - shift if step.undoes is not None and step.undoes > shift else None
                taken = step._replace(machine=branch, number=number, undoes=undoes)
                target = _file(name if branch == machine else "", taken, held, own)
                held.add(target, taken)
                lacking.setdefault(target, []).append(taken)
        return lacking

    def _tell(self, sentence: str) -> None:
        if sentence not in self.notices:
            self.notices.append(sentence)

    def _read(self, path: Path, data: bytes, part: Part) -> None:
        bad: list[BadLine] = []
        before = 0
        for line in part.lines:
            if isinstance(line, Step) and _can_be_written(line):
                # What a killed process left is no loss: the Steps around it follow one another.
                if line.number != before + 1:
                    self._name(path, data, bad)
                bad, before = [], line.number
                self._chains.setdefault((line.machine, _chain(path.name, line.machine)), []).append(
                    (path.name, line)
                )
            elif isinstance(line, BadLine):
                bad.append(line)
        self._name(path, data, bad)
        if part.mark.offset < len(data):
            self._tell(f"The last line of {shown(path)} is cut off and holds no step; it is left out.")

    def _name(self, path: Path, data: bytes, bad: Iterable[BadLine]) -> None:
        for line in bad:
            number = data.count(b"\n", 0, line.offset) + 1
            self._tell(f"Line {number} of {shown(path)} is damaged and holds no step; it is left out.")


def _check(folder: Path, ours: Path) -> None:
    """Raise NoLibrary, LibraryUnusable or OSError unless a folder has journals that can be taken in."""
    if not os.path.lexists(folder):
        raise NoLibrary(f"{shown(folder)} does not exist: name the folder of another library.")
    if not folder.is_dir():
        raise NoLibrary(f"{shown(folder)} is not a folder: name the folder of another library.")
    if folder.samefile(ours):
        raise NoLibrary(f"{shown(folder)} is the folder of this library itself: name that of another one.")
    there = (folder / FOLDER).is_dir()
    if not there and not (folder / snapshot.NAME).exists():
        raise NoLibrary(
            f"{shown(folder)} is no library's folder, for it holds no folder {FOLDER}: name one that does."
        )
    damaged, marks = False, False
    try:
        found = snapshot.read(folder)
        marks = found is not None and any(mark.offset for mark in found.state.marks.values())
    except DamagedSnapshot:
        damaged = True  # which the journals do without
    if (damaged or marks) and not any(seen.size for seen in Journal(folder, "").files().values()):
        raise LibraryUnusable(
            f"{shown(folder)} holds {snapshot.NAME} and no journal, and only journals can be taken in: "
            f"put its folder {FOLDER} back from where it was copied."
        )


def _begins_with(path: Path, data: bytes) -> bool:
    """Tell whether our file of that name holds all this already. Raises OSError."""
    try:
        with path.open("rb") as file:
            return file.read(len(data)) == data
    except FileNotFoundError:
        return False


def _can_be_written(step: Step) -> bool:
    """Tell whether a Step has no more in it than this version writes: another may have written NaN."""
    try:
        encode(step)
    except (ValueError, RecursionError):
        return False
    return True


def _chain(name: str, machine: str) -> str:
    """What a file's Steps follow on: a machine's years follow one another, any other file nothing."""
    return "" if _is_years(name, machine) else name


def _is_years(name: str, machine: str) -> bool:
    """Tell whether a file is the one that a machine writes in a year."""
    return name.startswith(f"{machine}-") and name[len(machine) + 1 : -len(SUFFIX)].isdigit()


def _root(machine: str, machines: Iterable[str]) -> str:
    """The machine that one made by `_branch` went on from; any other is its own."""
    root, _, digits = machine.rpartition("-")
    if root in machines and len(digits) == _MARK_DIGITS and set(digits) <= set("0123456789abcdef"):
        return _root(root, machines)
    return machine


def _branch(root: str, first: Step, held: Held) -> str:
    """The machine whose first Step this is to be: the same for the same Step, wherever it is taken in."""
    digest = sha256(encode(first._replace(machine="", number=0, undoes=None)))
    names = [f"{root}-{digest[at : at + _MARK_DIGITS]}" for at in range(0, len(digest), _MARK_DIGITS)]
    return next((name for name in names if not held.has(name, 1)), names[0])


def _file(name: str, step: Step, held: Held, own: str) -> str:
    """The file of ours that a Step goes into: the one of that name, unless it is this machine's own.

    What would leave that file out of order, because it was lost from the middle, goes into one beside it.
    """
    machine = "".join(
        letter if letter.isascii() and (letter.isalnum() or letter in "-_") else "-"
        for letter in step.machine[:_LONGEST_NAME]
    )
    year = step.at[:4]
    if not name:
        name = f"{machine}-{year if year.isascii() and year.isdigit() else '0000'}{SUFFIX}"
    if _is_years(name, own) or not held.ends_before(name, step):
        name = f"{machine}-found{SUFFIX}"
    return name
