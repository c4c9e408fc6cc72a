"""A fetch as the screen sees it: how far it is, and what is to be said when it has ended."""

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from triage.ledger import Completeness
from triage.listing_day import Calendar
from triage.ports import Archive, World

_BAR = 8
"""Cells of the bar."""
_FAILED = "The fetch failed."
_AS_EXPECTED = (Completeness.COMPLETE, Completeness.RESTS)
_BLANK = "\N{NULL}"
"""Where a sentence names its category."""


class Told(NamedTuple):
    """A sentence of the child."""

    category: str
    """What it is about; empty when it is about no single one."""
    sentence: str
    error: bool

    @property
    def form(self) -> str:
        """The sentence with a blank for the category: alike for all categories of which the same is told."""
        if not self.category:
            return self.sentence
        name = rf"(?<![\w.-]){re.escape(self.category)}(?![\w-]|\.\w)"
        return re.sub(name, _BLANK, self.sentence)


class Fetch(NamedTuple):
    """One run of the fetching child, told by its events."""

    done: int = 0
    total: int = 0
    doing: str = ""
    categories: tuple[str, ...] = ()
    """Those that have ended: the screen reads the archive again when there are more."""
    days: tuple[str, ...] = ()
    """The listing days that were stored, as ISO dates, each once."""
    told: tuple["Told", ...] = ()
    failed: bool = False
    """Whether a category, or the fetch itself, came to nothing."""

    def after(self, event: Mapping[str, Any]) -> "Fetch":
        """The fetch after one event of the child."""
        kind = event.get("event")
        if kind == "progress":
            done, total = _number(event.get("done")), _number(event.get("total"))
            return self._replace(done=done, total=total, doing=str(event.get("doing") or ""))
        if kind == "category":
            return self._with_category(event)
        if kind == "details":
            done, total = _number(event.get("done")), _number(event.get("total"))
            told = self._replace(done=done, total=total, doing="details")
            return told._with("", event.get("sentence"), error=False)
        if kind == "error":
            return self._replace(failed=True)._with("", event.get("sentence") or _FAILED, error=True)
        return self

    def _with_category(self, event: Mapping[str, Any]) -> "Fetch":
        name, day, state = str(event.get("category") or ""), event.get("day"), event.get("state")
        days = dict.fromkeys([*self.days, str(day)]) if day else self.days
        ended = self._replace(
            categories=(*self.categories, name),
            days=tuple(days),
            failed=self.failed or state == Completeness.FAILED,
        )
        return ended._with(name, event.get("sentence"), error=state not in _AS_EXPECTED)

    def _with(self, category: str, sentence: object, *, error: bool) -> "Fetch":
        if not sentence:
            return self
        return self._replace(told=(*self.told, Told(category, str(sentence), error)))

    @property
    def state(self) -> str:
        """What the header says while it runs: a bar, and what is being fetched."""
        size = self.done * _BAR // self.total if self.total else 0
        size = max(0, min(size, _BAR))
        return f"fetching {'━' * size}{'─' * (_BAR - size)} {self.doing}".rstrip()

    @property
    def outcome(self) -> tuple[str, bool]:
        """What was told when it has ended, each thing once for all its categories; whether it is an error."""
        grouped: dict[str, list[str]] = {}
        for one in self.told:
            grouped.setdefault(one.form, []).append(one.category)
        said = " ".join(self._of(form, names) for form, names in grouped.items())
        return said, any(one.error for one in self.told)

    def _of(self, form: str, categories: Sequence[str]) -> str:
        names = ", ".join(dict.fromkeys(categories))
        if _BLANK in form:
            return form.replace(_BLANK, names)
        alone = not names or set(categories) == set(self.categories)
        return form if alone else f"{names}: {form}"


def is_due(world: World) -> bool:
    """Tell whether the listing that should be there by now is not, and may be fetched unasked."""
    arxiv_at_fault = any("[arxiv]" in fault or "arxiv." in fault for fault in world.faults)
    if world.fetch is None or world.demo or world.library.read_only or arxiv_at_fault:
        return False
    day = world.calendar.newest(world.now())
    return any(not _complete(world.archive, category, day) for category in world.settings.categories)


def next_listing(calendar: Calendar, now: datetime) -> str:
    """When the next listing comes, in the user's own time: `Mon 23 Nov at 06:00`."""
    at = calendar.next_listing(now).astimezone(now.tzinfo)
    weekday = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")[at.weekday()]
    months = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
    return f"{weekday} {at.day} {months[at.month - 1]} at {at:%H:%M}"


def _complete(archive: Archive, category: str, day: date) -> bool:
    state = archive.states(category).get(day)
    return state is not None and state.completeness is Completeness.COMPLETE


def _number(value: object) -> int:
    return value if isinstance(value, int) else 0
