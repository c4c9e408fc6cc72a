"""What `check` finds and what `repair` makes of it, and what both ask of the rooms that keep things."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from enum import StrEnum
from types import MappingProxyType
from typing import NamedTuple, Protocol, TypeAlias

REPAIR = "`triage repair` mends it."
NEWER = "newer"
"""The kind of a finding on what a newer triage wrote: none of our business."""

Progress: TypeAlias = Callable[[str, int, int], None]
"""Hears what is being done, and how much of how much of it is done."""


class Weight(StrEnum):
    """How much a finding weighs."""

    DAMAGE = "damage"
    """Something is not as it was written, or cannot be read."""
    REMARK = "remark"
    """Worth knowing; nothing is to be done."""


class Finding(NamedTuple):
    """One thing that is to be said of what was read."""

    kind: str
    """What it is, for programs: `line`, `missing`, `record` ..."""
    sentence: str
    """What and where, for people."""
    remedy: str = ""
    """What to do about it; empty when nothing is to be done."""
    weight: Weight = Weight.DAMAGE
    file: str = ""
    line: int | None = None
    """Counted from 1."""
    size: int | None = None
    """Bytes that are damaged."""

    @property
    def is_damage(self) -> bool:
        """Whether something is wrong."""
        return self.weight is Weight.DAMAGE


class Part(NamedTuple):
    """One thing that was read from its beginning to its end."""

    name: str
    told: str
    """What is there, in a line for people."""
    counts: Mapping[str, int] = MappingProxyType({})
    """The same for programs."""
    findings: Sequence[Finding] = ()


class Mended(NamedTuple):
    """What became of something damaged."""

    sentence: str
    """What it was, where, and what became of it."""
    part: str
    file: str = ""
    line: int | None = None
    size: int | None = None
    kept: str = ""
    """Where the damaged bytes are now."""


class Checking(Protocol):
    """A room that can read everything it keeps, and changes no byte of it."""

    def parts(self, progress: Progress) -> Iterator[Part]:
        """What was found, thing by thing. Never raises for what is damaged."""


class Mending(Protocol):
    """A room that can set aside what is damaged of its own, and keep all else."""

    def mend(self, progress: Progress) -> Iterator[Mended]:
        """What became of each damaged thing, as soon as it is done.

        Ended at any moment it has lost nothing, and doing it again ends it. Raises NotSaved, LibraryUnusable
        or ArchiveUnusable when the disk refuses.
        """


def whole(findings: Sequence[Finding]) -> bool:
    """Tell whether nothing is damaged."""
    return not any(finding.is_damage for finding in findings)


def counted(number: int, one: str, many: str = "") -> str:
    """A number with its word: `1 step`, `1,250 steps`."""
    return f"{number:,} {one if number == 1 else many or f'{one}s'}"
