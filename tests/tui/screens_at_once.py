"""The screens above the main one, as the composition root hands them over."""

from triage.actions.haul import post_of
from triage.post import faults_in_note
from triage.tui.adding import Adding
from triage.tui.copies import Copies
from triage.tui.later import Later
from triage.tui.screens.comment import CommentScreen
from triage.tui.screens.days import DaysScreen
from triage.tui.screens.decisions import DecisionsScreen
from triage.tui.screens.first_run import FirstRunScreen
from triage.tui.screens.full_text import FullTextScreen
from triage.tui.screens.haul import HaulScreen
from triage.tui.screens.help import HelpScreen
from triage.tui.screens.link import LinkScreen
from triage.tui.widgets.filter_line import FilterLine
from triage.tui.widgets.markdown_blocks import markdown
from triage.tui.widgets.note_editor import NoteEditor

LATER = Later(
    lambda: NoteEditor,
    lambda: FilterLine,
    lambda: Adding,
    lambda: Copies,
    DecisionsScreen,
    HelpScreen,
    LinkScreen,
    lambda: DaysScreen,
    HaulScreen,
    FirstRunScreen,
    lambda: FullTextScreen,
    CommentScreen,
    faults_in_note,
    markdown,
    lambda world: post_of(world.library, world.settings, world.now()).decode("utf-8"),
)
