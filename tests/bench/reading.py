"""Reading a full text of 600 parts: until it is there, and from a key to its paint."""

import re
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from tests.bench import worlds
from tests.bench.figures import Figure, tail
from tests.bench.ptybench import Program
from tests.bench.rows import TEXT
from tests.tui.full_text_child import PAUSE, command, events
from triage.full_text import Part

PARTS = 600
_A_PART = 5
"""Paragraphs of one part."""
_LONG = 2
"""Lines of one paragraph."""
_WIDTH = 80
_NUMBER = re.compile(r"#(\d{6})")
_LISTED = r"\d/5 · \d kept"
_THERE = r"\d %\s*$"
_ARRIVED = 2.0
"""Seconds in which the whole text is to be there."""


def arrival(scratch: Path) -> Iterator[Figure]:
    """From Enter to the first screen of text, and to all of it."""
    home = scratch / "arrival"
    _write(home, events(parts()))
    with _opened(home) as program:
        pressed = program.press("<enter>")
        first = (program.painted("#000005") - pressed) / 1e9
        whole = (program.painted(_THERE) - pressed) / 1e9
    yield Figure(f"{TEXT}, Enter to its first screen : 1 s", f"{first * 1000:.0f} ms", first, 1.0)
    yield Figure(f"{TEXT}, Enter to all of it : 2 s", f"{whole * 1000:.0f} ms", whole / _ARRIVED, 1.0)


def keys(scratch: Path, presses: int) -> Iterator[Figure]:
    """One line and one page further, while the text comes and when it is there."""
    slow = [told for one in events(parts()) for told in (one, *[PAUSE] * 4)]
    home = scratch / "coming"
    _write(home, slow)
    with _opened(home) as program:
        program.press("<enter>")
        program.painted("part 4")
        program.measure("<down>", 5, at_top)
        yield tail("full text, line down while it comes", program.measure("<down>", presses, at_top))
        if "part" not in program.screen().split("\n")[0]:
            raise RuntimeError("the text was there before the keys were")
        program.painted(_THERE)
        program.press("<home>")
        yield tail("full text, line down", program.measure("<down>", presses, at_top))
        program.press("<home>")
        held = program.measure("<down>", presses, at_top, per_second=30)
        yield tail("full text, line down at 30 keys a second", held)
        program.press("<home>")
        yield tail("full text, page down", program.measure("<pgdn>", presses, pages))


def at_top(screen: str) -> int | None:
    """How many lines stand above the first one of the text in view."""
    for row, line in enumerate(screen.split("\n")[2:]):
        if found := _NUMBER.search(line[30:]):
            return int(found[1]) - row
    return None


def pages(screen: str) -> int | None:
    """How many pages stand above the first one in view; nearly, for the last lines of one stay."""
    top = at_top(screen)
    return None if top is None else round((top + 1) / 35)


def parts() -> list[Part]:
    """Parts whose every line begins with its own number, blank lines counted."""
    made = []
    at = 2  # the title, and what is told of the page
    for number in range(PARTS):
        level = 1 + number % 3
        at += 2 if level == 1 and number else 1  # blank lines
        heading = f"Section #{at:06d}"
        at += 2
        paragraphs = []
        for _ in range(_A_PART):
            lines = [
                f"#{at + line:06d} *small* worlds of **models** θ".ljust(_WIDTH + 5, "x")
                for line in range(_LONG)
            ]
            paragraphs.append(" ".join(lines))
            at += _LONG + 1
        at -= 1
        made.append(Part(f"S{number}", level, heading, "\n\n".join(paragraphs)))
    return made


def _write(home: Path, told: list[Mapping[str, Any]]) -> None:
    """Make a home whose child tells this."""
    home.mkdir()
    command(home / "text", told)


def _opened(home: Path) -> Program:
    program = Program(
        [sys.executable, "-m", "tests.tui.opened_full_text", str(home)], worlds.environment(home)
    )
    program.painted(_LISTED)
    program.settle(1.0)
    return program
