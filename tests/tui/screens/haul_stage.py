"""A haul to work on, and what its screen says: for the tests of the haul's screens."""

from pathlib import Path

from tests.tui.screens.stage import NOW, PAPERS, Stage, keep, world_in
from triage.actions import comment, decide, note
from triage.actions.haul import current
from triage.ports import World
from triage.tui.widgets.entry_list import EntryList
from triage.tui.widgets.footer import Footer

WIDE = (120, 40)


def haul_world(folder: Path) -> World:
    """Three entries of which one has a note, one held paper, two comments."""
    made = world_in(folder)
    keep(made, *PAPERS[:3])
    decide.keep(made.library, [PAPERS[4]], NOW, hold=True)
    note.write(made.library, PAPERS[0], "One line.<br/>Another *line*.", NOW)
    comment.add(made.library, "The first comment")
    comment.add(made.library, "The second comment")
    return made


def said(app: Stage) -> str:
    return app.screen.query_one(Footer).said


def under_cursor(app: Stage) -> str:
    item = app.screen.query_one(EntryList).item
    return item.text if item is not None else ""


def titles(world: World) -> list[str]:
    return [entry.title for entry in current(world.library, world.settings, NOW).entries]
