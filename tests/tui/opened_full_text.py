"""The app over papers with a full text, in a real terminal: `python -m tests.tui.opened_full_text DIR [vim]`.

The text is what DIR/text/events.jsonl holds, as `tests.tui.full_text_child` tells it.
"""

import gc
import sys
from dataclasses import replace
from pathlib import Path

from tests.tui.screens.stage import world_in
from triage.desktop.editor import TerminalEditor
from triage.desktop.memory import StateFile
from triage.screens_above import later
from triage.settings import Settings
from triage.tui.app import TriageApp


def main(folder: Path, keys: str) -> int:
    """Run the app to its end; its exit status."""
    gc.disable()  # as the composition root does: the app collects when nobody types
    world = world_in(folder, settings=Settings(categories=("math.NT",), keys=keys))
    child = [sys.executable, "-m", "tests.tui.full_text_child", str(folder / "text")]
    memory = StateFile(folder / "session.json")
    app = TriageApp(replace(world, editor=TerminalEditor(), memory=memory, full_text=child), later())
    try:
        app.run()
    finally:
        world.library.close()
    return app.return_code or 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), *(sys.argv[2:3] or ["mnemonic"])))
