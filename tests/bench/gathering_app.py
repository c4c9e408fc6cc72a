"""triage with library.json written anew all the time: `python -m tests.bench.gathering_app MOMENT WORD ...`.

The app does it once nothing was pressed for a while; here a key is pressed in the middle of it.
"""

import sys
from asyncio import sleep

from tests import at
from triage.library.library import JournaledLibrary
from triage.tui.screens.main import MainScreen

_begin = MainScreen.begin


def begin(screen: MainScreen) -> None:
    """Show the session, and write library.json behind it."""
    _begin(screen)
    screen.run_worker(_gather_on(screen), group="snapshot")


async def _gather_on(screen: MainScreen) -> None:
    library = screen.session.world.library
    assert isinstance(library, JournaledLibrary)
    while True:
        await sleep(0.05)
        library._saved = None
        await screen._gather()


if __name__ == "__main__":
    setattr(MainScreen, "begin", begin)  # noqa: B010  mypy knows its name
    sys.exit(at.main())
