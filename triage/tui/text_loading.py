"""Loading a full text: the child's events become blocks, in slices that no frame notices."""

from asyncio import sleep
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Iterator, Sequence
from contextlib import aclosing
from dataclasses import dataclass
from time import perf_counter
from typing import TypeAlias

from triage.clean import line
from triage.full_text import Page, Part
from triage.tui.children import lines
from triage.tui.text_body import TextBody

_SLICE = 0.002
"""Seconds of work in one go."""
_BREATH = 0.001
"""Seconds for everything else between two slices."""
_LONG_BREATH = 0.012
"""The same when a key was pressed meanwhile: it has its whole way to the screen to itself."""


@dataclass(frozen=True, slots=True)
class Told:
    """The child says what it does, or what is to be known of the page."""

    sentence: str


@dataclass(frozen=True, slots=True)
class Came:
    """It is known which page it is; its parts follow."""

    page: Page


@dataclass(frozen=True, slots=True)
class Grown:
    """There is more to read."""

    parts: int
    """How many parts have come."""


@dataclass(frozen=True, slots=True)
class Failed:
    """There will be no more."""

    sentence: str
    pdf: bool
    """Whether the paper has no HTML, so that its PDF is what can be read."""


Fact: TypeAlias = Told | Came | Grown | Failed
_BROKE_OFF = Failed("The text broke off before its end.", pdf=False)
_UNREADABLE = Failed("What came of the page cannot be read.", pdf=False)


async def loaded(
    argv: Sequence[str], body: TextBody, keys_typed: Callable[[], int]
) -> AsyncGenerator[Fact, None]:
    """Append what a child reports to a text, and tell of it; closing this ends the child.

    `keys_typed` counts the keys pressed so far: while they are, they go first.
    """
    pace = _Pace(keys_typed)
    parts = 0
    async with aclosing(lines(argv)) as events:
        async for event in events:
            kind = event.get("event")
            try:
                page = Page.from_record(event) if kind == "page" else None
                part = Part.from_record(event) if kind == "part" else None
            except (KeyError, TypeError, ValueError):
                yield _UNREADABLE
                return
            match kind:
                case "asking" | "waiting" | "notice":
                    yield Told(line(str(event.get("sentence", ""))))
                case "page" if page is not None:
                    yield Came(page)
                case "part" if part is not None:
                    parts += 1
                    async for _ in pace.slices(body.taken_in(part)):
                        yield Grown(parts)
                case "error":
                    yield Failed(line(str(event.get("sentence", ""))), event.get("pdf") is True)
                    return
                case "end":
                    yield Grown(parts)
                    return
            if pace.is_out:
                await pace.rest()
    yield _BROKE_OFF


class _Pace:
    """Parts work into slices, with pauses between them."""

    def __init__(self, keys_typed: Callable[[], int]) -> None:
        self._keys_typed = keys_typed
        self._keys = keys_typed()
        self._begun = perf_counter()

    @property
    def is_out(self) -> bool:
        """Whether it is time for a pause."""
        return perf_counter() - self._begun > _SLICE

    async def slices(self, work: Iterator[None]) -> AsyncIterator[None]:
        """Do the work; gives word before each pause, and when all is done."""
        for _ in work:
            if self.is_out:
                yield
                await self.rest()
        yield

    async def rest(self) -> None:
        """Pause, longer when a key was pressed since the last pause."""
        keys, before = self._keys_typed(), self._keys
        await sleep(_BREATH if keys == before else _LONG_BREATH)
        self._keys, self._begun = keys, perf_counter()
