"""The app in a real terminal, killed at random moments: nothing that the screen had shown is missing."""

import random
import re
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import pytest

from tests.bench import worlds
from tests.conftest import Count
from tests.terminal import Terminal
from triage.library import open_library

PAPERS = 120
PROGRESS = re.compile(r"\b(\d+)/\d+ · (\d+) kept")
CURSOR = re.compile(r"▌.*?#(\d{6})")
LONGEST_WAIT = 0.35
"""Seconds until the kill, at most: long enough for a start or a quit to come to its end now and then."""


@dataclass(frozen=True)
class State:
    """What the library holds: the verdict and the note of each paper that has one."""

    papers: frozenset[tuple[str, str, str]] = frozenset()

    def progress(self) -> tuple[int, int]:
        verdicts = [verdict for _, verdict, _ in self.papers if verdict]
        return len(verdicts), verdicts.count("keep")

    def after(self, key: str, verdict: str, note: str | None = None) -> "State":
        """The state with another verdict on a paper; its note stays unless one is given."""
        rest = frozenset(paper for paper in self.papers if paper[0] != key)
        kept = next((text for other, _, text in self.papers if other == key), "")
        return State(rest | {(key, verdict, kept if note is None else note)})

    def finished(self) -> "State":
        decided = {key for key, verdict, _ in self.papers if verdict}
        state = self
        for number in range(PAPERS):
            if (key := worlds.paper(number).id) not in decided:
                state = state.after(key, "skip")
        return state


@dataclass
class User:
    """Somebody at the keyboard, who knows what each key must have done."""

    chance: random.Random
    done: list[State] = field(default_factory=lambda: [State()])
    """The states that undo goes back through; the last is the one the screen has shown."""

    def act(self, terminal: Terminal) -> tuple[str, State]:
        """Keys, and the state that they lead to; the progress on the screen tells it from the one before."""
        paper = worlds.paper(under_cursor(terminal)).id
        now = self.done[-1]
        verdict = next((verdict for key, verdict, _ in now.papers if key == paper), "")
        text = f"note {self.chance.randrange(10**6)}"
        ways = [("k", now.after(paper, "keep")), ("s", now.after(paper, "skip"))]
        if not verdict:
            ways += [(f"n{text}<esc>", now.after(paper, "keep", text)), ("F", now.finished())]
        if len(self.done) > 1:
            ways += [("u", self.done[-2])] * 2
        return self.chance.choice([way for way in ways if way[1].progress() != now.progress()])

    def did(self, keys: str, state: State) -> None:
        """The keys had their effect: undo goes one state back, everything else one on."""
        if keys == "u":
            self.done.pop()
        else:
            self.done.append(state)


def under_cursor(terminal: Terminal) -> int:
    """The number of the paper under the cursor, as the list shows it."""
    row = str(terminal.wait_for(CURSOR))
    return int(row.rpartition("#")[2])


def shown(terminal: Terminal) -> tuple[int, int] | None:
    """Decided and kept, as the screen shows them."""
    found = PROGRESS.search(terminal.screen())
    return (int(found[1]), int(found[2])) if found else None


def shows(terminal: Terminal, state: State) -> bool:
    """Tell whether the screen shows a state's progress."""
    return shown(terminal) == state.progress()


def stored(data: Path, state: Path) -> State:
    """What a library that is opened anew holds; nothing of it may be damaged."""
    library = open_library(data, state=state, read_only=True)
    assert not [notice for notice in library.notices if "damaged" in notice]
    held = State(
        frozenset(
            (str(paper["id"]), str(paper.get("verdict") or ""), str(paper.get("note") or ""))
            for paper in library.papers()
            if paper.get("verdict") or paper.get("note")
        )
    )
    library.close()
    return held


def test_no_decision_that_was_shown_is_missing_after_a_kill(
    tmp_path: Path, pytestconfig: pytest.Config, counted: Count
) -> None:
    world = worlds.make(tmp_path, papers=PAPERS, decisions=0)
    user = User(random.Random(20))
    kills = max(10, int(pytestconfig.getoption("--kills")) // 10)  # each costs a start of the app
    for number in range(kills):
        with Terminal(world.argv, env=world.env, cwd=tmp_path, size=(100, 30)) as terminal:
            last = live_and_be_killed(terminal, user)
            painted = shown(terminal)
        before = user.done[-1]
        held = stored(world.data, tmp_path / "state" / "triage")
        if last is not None and held == last[1]:
            user.did(*last)
        else:
            assert held == before, (
                f"kill {number}: {held.progress()} is stored, {before.progress()} was shown"
            )
            assert painted in (None, before.progress()), f"kill {number}: {painted} was shown, but not stored"
    counted("kills with SIGKILL of the app in a terminal", kills)


def live_and_be_killed(terminal: Terminal, user: User) -> tuple[str, State] | None:
    """Some keys, and a kill while starting, deciding or quitting; the keys whose effect nobody waited for."""
    way = user.chance.choice(["starting", "quitting", "deciding", "deciding", "deciding"])
    last = None
    if way != "starting":
        terminal.wait_for(partial(shows, terminal, user.done[-1]))
        for _ in range(user.chance.randrange(4)):
            keys, state = user.act(terminal)
            terminal.press(keys, partial(shows, terminal, state))
            user.did(keys, state)
        last = user.act(terminal) if way == "deciding" else None
        terminal.send(last[0] if last is not None else "q")
    terminal.watch(user.chance.uniform(0, LONGEST_WAIT if last is None else 0.03))
    terminal.kill()
    return last
