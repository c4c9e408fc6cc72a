"""Looking up behind the screen what papers and pages say of themselves, in children that can be killed."""

import asyncio
from collections.abc import Callable, Sequence
from contextlib import aclosing
from dataclasses import dataclass

from triage import shown
from triage.actions import add
from triage.actions.look_up import Errand, Found, LookedUp, errands
from triage.clean import line
from triage.paper import Paper
from triage.ports import NotSaved, World
from triage.tui.children import lines

_AT_ONCE = 3
"""Children at a time: pages come from other hosts each, and the machine has other work."""

_MOST_WRONG = 2
"""Sentences on what went wrong that are shown whole; of more than these they are counted."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a look-up came to."""

    keys: tuple[str, ...]
    """The papers or pages it tells of."""
    sentence: str
    error: bool = False
    """Whether the sentence tells of something that went wrong."""


class Report:
    """What adding and looking up came to so far: one sentence that grows, in the place of what it was."""

    def __init__(self, added: str, wanted: int) -> None:
        """`added` is what is to be said before anything is found; `wanted` are looked up."""
        self._added = added
        self._wanted = wanted
        self._found: list[str] = []
        self._wrong: list[str] = []
        self._is_over = False
        self._said = ""

    @property
    def is_error(self) -> bool:
        """Whether something went wrong."""
        return bool(self._wrong)

    def take(self, outcome: Outcome) -> None:
        """Take in one more outcome."""
        (self._wrong if outcome.error else self._found).append(outcome.sentence)

    def end(self) -> None:
        """Nothing more comes."""
        self._is_over = True

    def within(self, said: str, hint: str) -> str:
        """What is said on the screen, with this sentence where it was; `hint` follows what was found."""
        before, self._said = self._said, self._sentence(hint)
        if before and before in said:
            return said.replace(before, self._said)
        return f"{said} {self._said}".strip()

    def _sentence(self, hint: str) -> str:
        if not self._found and not self._wrong:
            what = "it" if self._wanted == 1 else "them"
            return self._added if self._is_over else f"{self._added} Looking {what} up …"
        told = [self._found[-1] + hint] if self._found else []
        if told and self._wanted > 1:
            told = [told[0].replace("Found", f"Found {len(self._found)} of {self._wanted}", 1)]
        wrong = " ".join(self._wrong)
        if len(self._wrong) > _MOST_WRONG:
            wrong = f"{len(self._wrong)} were not found, the last: {self._wrong[-1]}"
        return " · ".join([*told, *([wrong] if wrong else ())])


async def look_up(world: World, keys: Sequence[str], told: Callable[[Outcome], None]) -> None:
    """Fill in what papers and pages in the haul say of themselves; `told` takes what came of each.

    Runs the children of `world.look_up`; cancelling ends them. What was added is in the haul whatever happens
    here, and what the user corrected meanwhile stays.
    """
    free = asyncio.Semaphore(_AT_ONCE)

    async def run(command: Sequence[str], errand: Errand) -> None:
        async with free, aclosing(lines([*command, *errand.keys], errand.patience)) as events:
            async for event in events:
                answer = errand.answer(event)
                outcome = _outcome(world, answer) if answer is not None else None
                if outcome is not None:
                    told(outcome)

    if world.look_up is not None:
        async with asyncio.TaskGroup() as group:
            for errand in errands(keys):
                group.create_task(run(world.look_up, errand))


def _outcome(world: World, answer: LookedUp) -> Outcome | None:
    """Fill an answer in, and what is to be said of that; None when it told nothing new."""
    if not isinstance(answer, Found):
        return Outcome(answer.keys, line(answer.sentence), error=True)
    keys = (answer.paper.id,)
    try:
        step = add.fill_in(world.library, answer.paper)
    except NotSaved as refusal:
        return Outcome(keys, str(refusal), error=True)
    if step is None:
        return None
    # Under the title it has now: the user may have given it one.
    now = Paper.from_record(world.library.paper(answer.paper.id) or {"id": answer.paper.id})
    where = f" at {line(answer.host)}" if answer.host else ""
    return Outcome(keys, f"Found{where}: {shown.title(now)}")
