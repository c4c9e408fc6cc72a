"""A fetch as the screen sees it: how far it is, and what is to be said when it has ended."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from triage import listing_day
from triage.ledger import Completeness
from triage.ports import Archive, World

_BAR = 8
"""Cells of the bar."""


@dataclass(frozen=True, slots=True)
class Fetch:
    """One run of the fetching child, told by its events."""

    done: int = 0
    total: int = 0
    doing: str = ""
    papers: int = 0
    """How many papers the listings of this run hold."""
    stored: int = 0
    """How many categories are in the archive by now: the screen reads it again when this grows."""
    faults: tuple[str, ...] = ()
    """A sentence each."""

    def after(self, event: Mapping[str, Any]) -> "Fetch":
        """The fetch after one event of the child."""
        kind = event.get("event")
        if kind == "progress":
            done, total = _number(event.get("done")), _number(event.get("total"))
            return replace(self, done=done, total=total, doing=str(event.get("doing") or ""))
        if kind == "category":
            faults = self.faults
            if event.get("sentence") and event.get("state") != Completeness.COMPLETE:
                faults = (*faults, str(event["sentence"]))
            papers = self.papers + _number(event.get("papers"))
            return replace(self, papers=papers, stored=self.stored + 1, faults=faults)
        if kind == "details":
            return replace(
                self, done=_number(event.get("done")), total=_number(event.get("total")), doing="details"
            )
        if kind == "error":
            return replace(self, faults=(*self.faults, str(event.get("sentence") or "The fetch failed.")))
        return self

    @property
    def state(self) -> str:
        """What the header says while it runs: a bar, and what is being fetched."""
        size = self.done * _BAR // self.total if self.total else 0
        size = max(0, min(size, _BAR))
        return f"fetching {'━' * size}{'─' * (_BAR - size)} {self.doing}".rstrip()

    @property
    def outcome(self) -> tuple[str, bool]:
        """The sentence when it has ended, and whether it is an error."""
        if self.faults:
            return " ".join(dict.fromkeys(self.faults)), True
        return ("Fetched." if self.papers else "Fetched: nothing new."), False


def is_due(world: World) -> bool:
    """Tell whether the listing that should be there by now is not, and may be fetched unasked."""
    arxiv_at_fault = any("[arxiv]" in fault or "arxiv." in fault for fault in world.faults)
    if world.fetch is None or world.demo or world.library.read_only or arxiv_at_fault:
        return False
    day = listing_day.expected(world.now()).isoformat()
    return any(not _complete(world.archive, category, day) for category in world.settings.categories)


def next_listing(now: datetime) -> str:
    """When the next listing comes, in the user's own time: `Mon 23 Nov at 06:00`."""
    at = listing_day.next_listing(now).astimezone(now.tzinfo)
    weekday = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")[at.weekday()]
    months = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
    return f"{weekday} {at.day} {months[at.month - 1]} at {at:%H:%M}"


def _complete(archive: Archive, category: str, day: str) -> bool:
    state = archive.last_state(category)
    return state is not None and state.listed == day and state.completeness is Completeness.COMPLETE


def _number(value: object) -> int:
    return value if isinstance(value, int) else 0
