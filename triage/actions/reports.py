"""What a fetch tells while it runs: facts, for people and as lines of JSON for the app."""

from dataclasses import asdict, dataclass
from typing import ClassVar, TypeAlias

from triage.ledger import Completeness


class _Event:
    """A report as the line of JSON that the app reads from its child."""

    event: ClassVar[str]

    def as_record(self) -> dict[str, object]:
        """The event's name under `event`, and its fields."""
        return {"event": self.event, **asdict(self)}  # type: ignore[call-overload]  # subclasses are dataclasses


@dataclass(frozen=True)
class Progress(_Event):
    """What is being asked for now."""

    event = "progress"
    done: int
    """Listings that have been dealt with."""
    total: int
    """Listings in all, as far as is known."""
    doing: str
    """What is asked for, fit to show: "the feed of cs.CL"."""


@dataclass(frozen=True)
class Waiting(_Event):
    """A host asked to be left alone, and is."""

    event = "waiting"
    host: str
    seconds: float
    """How long from now on."""


@dataclass(frozen=True)
class CategoryDone(_Event):
    """How a category ended on a listing day."""

    event = "category"
    category: str
    day: str | None
    """ISO date of the listing day; None when the category could not be asked for at all."""
    state: Completeness
    sentence: str
    """What the user should know besides; empty for a plain complete listing."""
    papers: int
    """Papers of the category and day in the archive."""
    asked: bool = True
    """False when nothing was left to ask arXiv for."""


@dataclass(frozen=True)
class Stopped(_Event):
    """The listings that are left are not asked for any more: arXiv is out of order."""

    event = "stopped"
    sentence: str


@dataclass(frozen=True)
class DetailsDone(_Event):
    """How far the API's details are."""

    event = "details"
    done: int
    """Papers that have been asked for."""
    total: int
    sentence: str = ""
    """Why some are missing; they are asked for again by the next fetch."""


Report: TypeAlias = Progress | Waiting | CategoryDone | Stopped | DetailsDone
