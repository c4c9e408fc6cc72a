"""The README's picture of the main screen, from the running app: `python -m tests.picture`."""

import asyncio
import tempfile
from datetime import UTC, date, datetime
from pathlib import Path

from tests.tui.screens_at_once import LATER
from triage.archive import open_archive
from triage.desktop.browser import DesktopBrowser
from triage.desktop.clipboard import PyperclipClipboard
from triage.desktop.editor import TerminalEditor
from triage.desktop.interpreter import command
from triage.desktop.memory import StateFile
from triage.desktop.posts import PostFiles
from triage.library import open_library
from triage.listing_day import Calendar
from triage.ports import World
from triage.settings import Settings
from triage.sources import sample
from triage.tui.app import TriageApp

PICTURE = Path(__file__).parent / "pictures" / "main.svg"
SIZE = (120, 32)
MORNING = (
    "s",
    "k",
    "s",
    "s",
    "n",
    *"Worth a second look: the *ablation* is what one would want from every paper on subwords.",
    "escape",
    "s",
    "k",
    "up",
    "up",
    "up",
)
"""What was pressed before the picture is taken."""


def world(folder: Path) -> World:
    """The sample as it was listed on a Friday morning."""
    day = date(2026, 11, 20)
    archive = open_archive(folder)
    archive.store(day, *sample.listing(day))
    return World(
        library=open_library(folder, state=folder.with_name("state")),
        archive=archive,
        settings=Settings(categories=sample.CATEGORIES),
        clipboard=PyperclipClipboard(command("triage.desktop.clipboard")),
        browser=DesktopBrowser(),
        editor=TerminalEditor(),
        posts=PostFiles(folder / "posts"),
        memory=StateFile(folder / "session.json"),
        now=lambda: datetime(2026, 11, 20, 8, 30, tzinfo=UTC),
        calendar=Calendar(),
        fetch=None,
        look_up=None,
        write_settings=None,
    )


async def taken(folder: Path) -> str:
    """The main screen after MORNING, as SVG."""
    at = world(folder)
    app = TriageApp(at, LATER)
    async with app.run_test(size=SIZE) as pilot:
        for key in MORNING:
            await pilot.press("space" if key == " " else key)
        await pilot.pause()
        svg = app.export_screenshot(title="triage")
    at.library.close()
    return svg


def main() -> None:
    """Take the picture anew."""
    with tempfile.TemporaryDirectory() as folder:
        PICTURE.write_text(asyncio.run(taken(Path(folder) / "data")), encoding="utf-8")


if __name__ == "__main__":
    main()
