"""The command that tells of the keys."""

from collections.abc import Iterable, Sequence
from textwrap import wrap

from triage.cli.console import Console
from triage.cli.lines import WIDTH

_GAP = 2


def show_keys(console: Console, preset: str, places: Iterable[tuple[str, Sequence[tuple[str, str]]]]) -> None:
    """`keys`: for each place a heading, and beneath it the keys there and what each does."""
    console.say(f'keys = "{preset}"')
    for heading, rows in places:
        width = max(len(keys) for keys, _ in rows) + _GAP
        console.say()
        console.say(heading)
        for keys, text in rows:
            first, *more = wrap(text, WIDTH - _GAP - width)
            console.say(f"{'':{_GAP}}{keys:<{width}}{first}")
            for line in more:
                console.say(" " * (_GAP + width) + line)
