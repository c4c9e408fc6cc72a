"""What adding papers and correcting cards takes, in one place: imported when it is first asked for."""

from triage.actions.add import correct, to_correct
from triage.tui.looking_up import Report, look_up
from triage.tui.screens.add import AddScreen
from triage.tui.screens.correct import CorrectScreen


class Adding:
    """Its names."""

    Add = AddScreen
    Correct = CorrectScreen
    correct = staticmethod(correct)
    to_correct = staticmethod(to_correct)
    look_up = staticmethod(look_up)
    Report = Report
