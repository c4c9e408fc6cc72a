"""What the first screen does not need, imported behind it or when it is first asked for.

Only the composition root may import inside a function, so it is the one that hands these over.
"""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from textual.screen import Screen

from triage.ports import World

if TYPE_CHECKING:
    from triage.tui.screens.comment import CommentScreen
    from triage.tui.screens.days import DaysScreen
    from triage.tui.screens.first_run import Start
    from triage.tui.screens.full_text import FullTextScreen
    from triage.tui.screens.haul import HaulScreen
    from triage.tui.upstairs import Upstairs
    from triage.tui.widgets.blocks import Block


class Later(NamedTuple):
    """Ways up: to what is light, and to what brings a YAML reader and a Markdown parser along."""

    upstairs: "Callable[[], type[Upstairs]]"
    """Imports `triage.tui.upstairs`."""
    days: "Callable[[], type[DaysScreen]]"
    """Imports the days' screen."""
    haul: "Callable[[World], HaulScreen]"
    """Imports the haul's screen."""
    first_run: "Callable[[World], Screen[Start]]"
    """Imports the first run's screen."""
    full_text: "Callable[[], type[FullTextScreen]]"
    """Imports the screen of full texts."""
    comment: "Callable[[World], CommentScreen]"
    """Imports the screen of comments."""
    faults_in_note: Callable[[str], tuple[int, str] | None]
    """Imports `triage.post` and asks it."""
    markdown: "Callable[[str], Sequence[Block]]"
    """Imports what draws Markdown and draws a text."""
    post_of: Callable[[World], str]
    """Imports what writes posts; that of the haul being made, as its file has it. Raises NotSaved."""
