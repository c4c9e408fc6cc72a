"""The screens above the main one, which are imported when they are first asked for.

They bring a YAML reader and a Markdown parser along, which the first screen has no time for. Only the
composition root may import inside a function, so it is the one that hands them over.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.screen import Screen

from triage.paper import Paper
from triage.ports import Clipboard, World
from triage.tui.keys import Place

if TYPE_CHECKING:
    from triage.tui.screens.add import Added
    from triage.tui.screens.decisions import Chosen
    from triage.tui.screens.first_run import Start


@dataclass(frozen=True, slots=True)
class Later:
    """Makes each screen of its name, as the class of that name does."""

    add: "Callable[[World], Screen[Added | None]]"
    look_up: Callable[[World, str, Callable[[str], None]], Awaitable[None]]
    """`screens.add.look_up`: fills in the details of what was added."""
    comment: Callable[[World], Screen[str]]
    copy: Callable[[Paper, Clipboard], Screen[str]]
    decisions: "Callable[[World], Screen[Chosen | None]]"
    first_run: "Callable[[World], Screen[Start]]"
    haul: Callable[[World], Screen[None]]
    help: Callable[[str, Place], Screen[None]]
