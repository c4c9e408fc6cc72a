"""The lighter screens above the main one, and the widgets for typing: imported together when first needed."""

from triage.actions.add import correct, to_correct
from triage.actions.copy import of_paper
from triage.tui.copying import copy
from triage.tui.looking_up import Report, look_up
from triage.tui.screens.add import AddScreen
from triage.tui.screens.copy import CopyScreen
from triage.tui.screens.correct import CorrectScreen
from triage.tui.screens.decisions import DecisionsScreen
from triage.tui.screens.help import HelpScreen
from triage.tui.screens.link import LinkScreen
from triage.tui.widgets.filter_line import FilterLine
from triage.tui.widgets.note_editor import NoteEditor


class Upstairs:
    """Their names in one place."""

    Add = AddScreen
    look_up = staticmethod(look_up)
    Report = Report
    copy = staticmethod(copy)
    copied_of = staticmethod(of_paper)
    Copy = CopyScreen
    Correct = CorrectScreen
    correct = staticmethod(correct)
    to_correct = staticmethod(to_correct)
    Decisions = DecisionsScreen
    Help = HelpScreen
    Link = LinkScreen
    FilterLine = FilterLine
    NoteEditor = NoteEditor
