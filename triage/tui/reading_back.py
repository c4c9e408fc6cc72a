"""The way from a screen to the reading back of a haul's file, whatever stands in it."""

from collections.abc import Callable
from typing import Any, TypeAlias

from textual.screen import Screen

from triage.actions import read_back
from triage.actions.haul import Refused
from triage.actions.read_back import Gone
from triage.ports import NotSaved, Unreachable, World
from triage.tui.looking_up import look_up
from triage.tui.screens.moved import MovedScreen
from triage.tui.screens.read_back import ReadBackScreen, file_name, look

Told: TypeAlias = Callable[[str, bool], None]
"""Takes what came of it: a sentence, and whether it tells of something that went wrong."""


def read_back_on(screen: Screen[Any], world: World, key: str, told: Told, place: str | None = None) -> None:
    """Show the edits of a haul's file above a screen, and ask first where it is if it is gone."""
    try:
        looked = look(world, key, place)
        if not looked.edits:
            read_back.take_over(world.library, looked)
    except Gone as gone:

        def found(there: str | None) -> None:
            if there:
                read_back_on(screen, world, key, told, there)
            else:
                told("", False)

        screen.app.push_screen(MovedScreen(world.posts, gone.gone, gone.place), found)
        return
    except (Refused, Unreachable, NotSaved) as refusal:
        told(str(refusal), True)
        return
    if looked.edits:

        def done(said: str | None) -> None:
            told(said or "", False)
            added = [key for key in looked.added if world.library.paper(key) is not None] if said else []
            if added:
                # What is found shows by itself; what goes wrong leaves the cards as the hand wrote them.
                screen.app.run_worker(look_up(world, added, lambda _outcome: None), group="look up")

        screen.app.push_screen(ReadBackScreen(world, looked), done)
    else:
        more = "" if looked.is_exact else " The library has more to say: e writes the file anew."
        told(f"No edit is in {file_name(looked.place)}.{more}", False)
