"""Which Steps a repair looks for, and where it finds them."""

from collections.abc import Iterable

from triage.findings import Progress
from triage.library.check_journal import Journals
from triage.library.check_lines import lines_of
from triage.library.journal import SUFFIX
from triage.steps import Step


class Wanted:
    """Which Steps are missing, or may be: those of missing numbers, and those behind a damaged end."""

    def __init__(self, journals: Journals) -> None:
        self._missing = journals.missed()
        self._behind: dict[str, int] = {}
        """By machine the number behind which Steps may have stood that a damaged end held."""
        for file in journals.files.values():
            good = [line for line in file.lines if line.steps]
            if file.gone and (not good or file.gone[-1].offset > good[-1].offset):
                whose = file.name.removesuffix(SUFFIX).rpartition("-")[0]
                machine = good[-1].steps[-1].step.machine if good else whose
                self._behind[machine] = max(journals.numbers.get(machine, ()), default=0)

    @property
    def anything(self) -> bool:
        """Whether any may be missing."""
        return bool(self._missing) or bool(self._behind)

    def found_in(
        self, copies: Iterable[tuple[str, bytes]], progress: Progress
    ) -> dict[str, list[tuple[str, Step]]]:
        """The wanted Steps by machine, in their order, each with the copy that holds it."""
        found: dict[tuple[str, int], tuple[str, Step]] = {}
        for place, (name, data) in enumerate(copies):
            progress("looking through the backups", place, place + 1)
            for line in lines_of(data).lines:
                for read in line.steps:
                    key = (read.step.machine, read.step.number)
                    if self._wants(*key):
                        found.setdefault(key, (name, read.step))
        by_machine: dict[str, list[tuple[str, Step]]] = {}
        for name, step in sorted(found.values(), key=lambda one: one[1].order):
            by_machine.setdefault(step.machine, []).append((name, step))
        return by_machine

    def _wants(self, machine: str, number: int) -> bool:
        gaps = self._missing.get(machine, ())
        return any(number in gap for gap in gaps) or number > self._behind.get(machine, number)
