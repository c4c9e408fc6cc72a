"""What is told of triage itself, its config and its keys: a part of the composition root."""

import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from triage.cli import request as ask
from triage.cli.console import Console
from triage.cli.status import DONE
from triage.settings import Settings


def perform(request: ask.AboutUs, console: Console, settings: Settings, config: Path | None) -> int:
    """Tell what is asked for; the exit status. Raises Unreachable."""
    match request:
        case ask.ShowConfig():
            from triage.config.text import as_toml

            console.put(as_toml(settings))
        case ask.InitConfig():
            from triage.config.initial import write_initial

            if config is not None:
                write_initial(config)
                console.data(os.fsencode(f"{config}\n"))
        case ask.ShowTemplate():
            from triage.export.template import haul_template

            console.put(haul_template())
        case ask.ShowKeys(preset=preset):
            from triage.cli.keys import show_keys

            chosen = preset or settings.keys
            show_keys(console, chosen, _keys(chosen))
    return DONE


def _keys(preset: str) -> Iterator[tuple[str, Sequence[tuple[str, str]]]]:
    """By place its heading, and the rows of the table of keys."""
    from triage.tui.key_row import HEADINGS
    from triage.tui.keys import to_learn

    for place, heading in HEADINGS.items():
        yield heading, [(keys, text) for _, keys, text in to_learn(place, preset)]
