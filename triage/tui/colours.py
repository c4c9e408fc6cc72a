"""How many colours the app will use on this terminal."""

from typing import Any

from rich.console import Console
from textual.constants import COLOR_SYSTEM

_TOLD = {"truecolor": "16 million", "256": "256", "standard": "16", "windows": "16"}


def colours() -> str:
    """What Textual makes of the environment, in words."""
    # Asked as on a terminal, for the answer may be wanted on a pipe.
    system: Any = COLOR_SYSTEM
    known = Console(force_terminal=True, color_system=system)
    if known.no_color:
        return "none, for NO_COLOR is set; marks and weight tell as much"
    return _TOLD.get(known.color_system or "", "none")
