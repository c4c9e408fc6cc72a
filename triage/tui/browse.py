"""Opening a link in the browser from any screen, without waiting for the browser."""

from collections.abc import Callable
from typing import Any

from textual.screen import Screen

from triage.ports import Browser
from triage.tui.behind import behind


def browse(screen: Screen[Any], browser: Browser, url: str, say: Callable[[str, bool], None]) -> None:
    """Open a link; `say` shows a sentence on it, and whether that tells of an error."""

    async def work() -> None:
        refusal = await behind(lambda: browser.open(url))
        if screen.is_attached:
            say(refusal or f"Opened {url}", refusal is not None)

    say(f"Opening {url} …", False)
    screen.app.run_worker(work(), group="browser")
