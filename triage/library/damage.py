"""What is damaged in the journals: which lines hold no Step, and which Steps are missing."""

import os
from collections.abc import Callable, Iterable
from itertools import pairwise
from pathlib import Path

from triage.library import lost
from triage.library.durable import make_folder, reason, replace_file, shown
from triage.library.journal import BadLine, Journal
from triage.steps import Step

_MOST_NAMED = 5


class Damage:
    """Names what is damaged, and keeps its bytes; the journals themselves stay as they are."""

    def __init__(self, folder: Path, journal: Journal, tell: Callable[[str], None]) -> None:
        """`tell` takes a sentence for the user."""
        self._folder = folder
        self._journal = journal
        self._tell = tell
        self.may_write = True
        """False when nothing may be set aside."""

    def is_torn(self, line: BadLine) -> bool:
        """Tell whether a bad line is what a failed write of this process left, which was told of then."""
        return (line.name, line.offset) in self._journal.torn

    def report(self, files: Iterable[Iterable[Step | BadLine]], every: list[Step]) -> None:
        """Set bad lines aside where a Step is missing, and name them; leftovers of kills hide none."""
        missing = lost.without(_missing(every), lost.read(self._folder))
        for lines in files:
            before = 0
            bad: list[BadLine] = []
            for line in lines:
                if isinstance(line, BadLine):
                    bad += [] if self.is_torn(line) else [line]
                    continue
                if any(
                    before < gap.stop and gap.start < line.number for gap in missing.get(line.machine, ())
                ):
                    self._name_bad(bad)
                bad = []
                before = line.number
            self._name_bad(bad)
        for machine, gaps in missing.items():
            if gaps:
                numbers = ", ".join(
                    f"{gap.start}" if len(gap) == 1 else f"{gap.start} to {gap.stop - 1}"
                    for gap in gaps[:_MOST_NAMED]
                )
                self._tell(
                    f"The journal of {machine} lacks steps ({numbers}); everything else is there. "
                    "A backup or another machine's copy of the folder may have them."
                )

    def _name_bad(self, bad: Iterable[BadLine]) -> None:
        for line in bad:
            kept = self.set_aside(f"{line.name}.{line.offset}", line.raw)
            where = f"Line {self._line_number(line)} of {shown(self._journal.path / line.name)}"
            bytes_of = f"its bytes are kept in {shown(kept)}" if kept.exists() else "it stays as it is"
            self._tell(f"{where} is damaged and holds no step; {bytes_of}.")

    def _line_number(self, line: BadLine) -> int:
        with (self._journal.path / line.name).open("rb") as file:
            return file.read(line.offset).count(b"\n") + 1

    def set_aside(self, name: str, data: bytes) -> Path:
        """Keep damaged bytes under their file's name and offset; the same bytes once."""
        first = self._folder / lost.FOLDER / name
        kept = first
        try:
            for count in range(1, 1000):
                if not kept.exists():
                    break
                if kept.read_bytes() == data:
                    return kept
                kept = first.with_name(f"{name}.{count}")
            if self.may_write:
                make_folder(kept.parent)
                replace_file(kept, kept.with_name(f"{kept.name}.{os.getpid()}.tmp"), [data])
        except OSError as error:
            self._tell(f"{shown(kept)} could not be written ({reason(error)}).")
        return kept


def _missing(steps: Iterable[Step]) -> dict[str, list[range]]:
    """By machine, the numbers below its highest that no Step has."""
    numbers: dict[str, set[int]] = {}
    for step in steps:
        numbers.setdefault(step.machine, set()).add(step.number)
    return {
        machine: [
            range(last + 1, number) for last, number in pairwise((0, *sorted(there))) if number > last + 1
        ]
        for machine, there in numbers.items()
    }
