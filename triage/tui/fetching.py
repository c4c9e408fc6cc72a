"""A fetch as the screen sees it: how far it is, and what is to be said when it has ended."""

import re
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from triage import owing
from triage.ledger import Completeness
from triage.ports import World

_BAR = 8
"""Cells of the bar."""
_FAILED = "The fetch failed."
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
    last_day: str = ""
    """The listing day of the category that ended last, as ISO date."""
    days: tuple[str, ...] = ()
    """The listing days that were asked for, as ISO dates, each once."""
    told: tuple["Told", ...] = ()
    failed: bool = False
    """Whether a category, or the fetch itself, came to nothing."""
    held_until: float = 0.0
    """When the host that asked to be left alone may be asked again, on the clock of `after`."""

    def after(self, event: Mapping[str, Any], now: float = 0.0) -> "Fetch":
        """The fetch after one event of the child, that came now; in seconds, by a clock that only grows."""
        kind = event.get("event")
        if kind == "waiting":
            return self._replace(held_until=now + _seconds(event.get("seconds")))
        if kind == "stopped":
            return self._replace(failed=True)._with("", event.get("sentence"), error=True)
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
            last_day=str(day or ""),
            days=tuple(days) if event.get("asked", True) else self.days,
            failed=self.failed or state == Completeness.FAILED,
        )
        return ended._with(name, event.get("sentence"), error=not _is_settled(state))

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


def may_fetch(world: World) -> bool:
    """Tell whether anything may be fetched unasked."""
    arxiv_at_fault = any("[arxiv]" in fault or "arxiv." in fault for fault in world.faults)
    return not (world.fetch is None or world.demo or world.library.read_only or arxiv_at_fault)


def is_due(world: World) -> bool:
    """Tell whether a listing that should be here by now is not, and may be fetched unasked."""
    if not may_fetch(world):
        return False
    now = world.now()
    return any(
        owing.is_due(world.archive.states(category), world.calendar, now)
        for category in world.settings.categories
    )


def days_to_catch_up(world: World) -> int:
    """How many listing days that are owed a fetch would ask for beside the newest."""
    now = world.now()
    states = (world.archive.states(category) for category in world.settings.categories)
    return len({day for known in states for day in owing.to_catch_up(known, world.calendar, now)})


def countdown(seconds: float) -> str:
    """What the header says while arXiv wants to be left alone: `arXiv asks to wait 1:59`."""
    left = max(0, round(seconds))
    return f"arXiv asks to wait {left // 60}:{left % 60:02d}"


def _is_settled(state: object) -> bool:
    return any(state == one for one in Completeness if one.is_settled)


def _seconds(value: object) -> float:
    return float(value) if isinstance(value, int | float) else 0.0


def _number(value: object) -> int:
    return value if isinstance(value, int) else 0
