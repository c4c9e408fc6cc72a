"""The screens above the main one, as the composition root hands them over."""

from triage.tui.later import Later
from triage.tui.screens.add import AddScreen, look_up
from triage.tui.screens.comment import CommentScreen
from triage.tui.screens.copy import CopyScreen
from triage.tui.screens.decisions import DecisionsScreen
from triage.tui.screens.first_run import FirstRunScreen
from triage.tui.screens.haul import HaulScreen
from triage.tui.screens.help import HelpScreen

LATER = Later(
    add=AddScreen,
    look_up=look_up,
    comment=CommentScreen,
    copy=CopyScreen,
    decisions=DecisionsScreen,
    first_run=FirstRunScreen,
    haul=HaulScreen,
    help=HelpScreen,
)
