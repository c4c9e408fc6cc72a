"""The app over a world in a folder, for a real terminal: `python -m tests.tui.opened DIR [vim]`."""

import gc
import sys
from dataclasses import replace
from pathlib import Path

from tests.tui.screens.stage import world_in
from triage.desktop.editor import TerminalEditor
from triage.screens_above import later
from triage.settings import Settings
from triage.tui.app import TriageApp


def main(folder: Path, keys: str) -> int:
    """Run the app to its end; its exit status."""
    gc.disable()  # as the composition root does: the app collects when nobody types
    world = world_in(folder, settings=Settings(categories=("math.NT",), keys=keys))
    app = TriageApp(replace(world, editor=TerminalEditor()), later())
    try:
        app.run()
    finally:
        world.library.close()
    return app.return_code or 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), *(sys.argv[2:3] or ["mnemonic"])))
