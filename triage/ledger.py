"""What arXiv announced for a listing day, and how completely it was fetched."""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import NamedTuple

from triage.paper import Row


class Completeness(StrEnum):
    """How a category's fetch for a listing day ended."""

    COMPLETE = "complete"
    CUT_OFF = "cut off"
    STALE = "stale"
    RESTS = "arXiv rests"
    FAILED = "failed"


class ListingState(NamedTuple):
    """What arXiv said of one category on one listing day."""

    category: str
    completeness: Completeness
    listed: str | None = None
    """ISO date the listing itself bears; None when it could not be read."""
    announced: int = 0
    """Papers the source announced for this category."""
    source: str = ""
    """`rss` or `list`."""
    sentence: str = ""
    """Why it failed, or what else the user should know."""
    fetched_at: str = ""
    """ISO 8601, UTC."""
    details: bool = False
    """True when the API's details (comments, dates, Unicode authors) were added."""

    def as_record(self) -> dict[str, object]:
        """The state as JSON knows it."""
        return self._asdict()


class Listing(NamedTuple):
    """One listing day as it lies in the archive."""

    day: date
    rows: tuple[Row, ...]
    """Within New, Cross-lists, Replacements in arXiv's order."""
    states: Mapping[str, ListingState] = MappingProxyType({})
    """By category."""


_STANDING = (
    Completeness.FAILED,
    Completeness.RESTS,
    Completeness.CUT_OFF,
    Completeness.STALE,
    Completeness.COMPLETE,
)


def standing(before: ListingState | None, after: ListingState) -> ListingState:
    """Of two states of a category on one day the one that stands: once complete is complete.

    Equally complete, the second stands, which was fetched later.
    """
    if before is None:
        return after
    later = _STANDING.index(after.completeness) >= _STANDING.index(before.completeness)
    stands = after if later else before
    return stands._replace(details=before.details or after.details)
