"""The screens above the main one, as the composition root hands them over."""

from triage.actions.haul import post_of
from triage.post import faults_in_note
from triage.tui.later import Later
from triage.tui.screens.comment import CommentScreen
from triage.tui.screens.days import DaysScreen
from triage.tui.screens.first_run import FirstRunScreen
from triage.tui.screens.full_text import FullTextScreen
from triage.tui.screens.haul import HaulScreen
from triage.tui.upstairs import Upstairs
from triage.tui.widgets.markdown_blocks import markdown

LATER = Later(
    lambda: Upstairs,
    lambda: DaysScreen,
    HaulScreen,
    FirstRunScreen,
    lambda: FullTextScreen,
    CommentScreen,
    faults_in_note,
    markdown,
    lambda world: post_of(world.library, world.settings, world.now()).decode("utf-8"),
)
