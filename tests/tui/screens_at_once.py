"""The screens above the main one, as the composition root hands them over."""

from triage.actions.haul import post_of
from triage.post import faults_in_note
from triage.tui.later import Later
from triage.tui.screens.days import DaysScreen
from triage.tui.screens.first_run import FirstRunScreen
from triage.tui.screens.full_text import FullTextScreen
from triage.tui.screens.haul import HaulScreen
from triage.tui.upstairs import Upstairs

LATER = Later(
    lambda: Upstairs,
    lambda: DaysScreen,
    HaulScreen,
    FirstRunScreen,
    lambda: FullTextScreen,
    faults_in_note,
    lambda world: post_of(world.library, world.settings, world.now()).decode("utf-8"),
)
