"""What the first screen does not need, imported behind it or when it is first asked for.

Only the composition root may import inside a function, so it is the one that hands these over.
"""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from textual.screen import Screen

from triage.ports import World

if TYPE_CHECKING:
    from triage.tui.adding import Adding
    from triage.tui.copies import Copies
    from triage.tui.keys import Place
    from triage.tui.screens.comment import CommentScreen
    from triage.tui.screens.days import DaysScreen
    from triage.tui.screens.decisions import DecisionsScreen
    from triage.tui.screens.first_run import Start
    from triage.tui.screens.full_text import FullTextScreen
    from triage.tui.screens.haul import HaulScreen
    from triage.tui.screens.help import HelpScreen
    from triage.tui.screens.link import LinkScreen
    from triage.tui.widgets.blocks import Block
    from triage.tui.widgets.filter_line import FilterLine
    from triage.tui.widgets.note_editor import NoteEditor


class Later(NamedTuple):
    """Ways up, each with what it brings along and nothing else: memory is taken by what is used."""

    note_editor: "Callable[[], type[NoteEditor]]"
    """Imports what notes are typed into."""
    filter_line: "Callable[[], type[FilterLine]]"
    """Imports what filters are typed into."""
    adding: "Callable[[], type[Adding]]"
    """Imports what adding and correcting take."""
    copies: "Callable[[], type[Copies]]"
    """Imports what copying takes."""
    decisions: "Callable[[World], DecisionsScreen]"
    """Imports the screen of decisions."""
    keys: "Callable[[str, Place], HelpScreen]"
    """Imports the screen of keys: of a preset, those of a place first."""
    link: "Callable[[World, str], LinkScreen]"
    """Imports the screen to choose a paper to link to, any but one."""
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
