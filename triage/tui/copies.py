"""What copying a paper takes, in one place: imported when it is first asked for."""

from triage.actions.copy import of_paper
from triage.tui.copying import copy
from triage.tui.screens.copy import CopyScreen


class Copies:
    """Its names."""

    Copy = CopyScreen
    of_paper = staticmethod(of_paper)
    copy = staticmethod(copy)
