"""Copying from any screen: by the first way that takes the text, and a sentence on which and how sure."""

from collections.abc import Callable
from typing import Any, NamedTuple

from textual.screen import Screen

from triage.ports import TMUX, Clipboard
from triage.tui.behind import behind
from triage.tui.screens.copied import CopiedScreen

LONGEST_ESCAPE = 74_000
"""Bytes that terminals take in one OSC 52 sequence, before they are encoded for it."""
_SOON = 0.3
"""Seconds after which one wants to know that something is going on."""


class Wanted(NamedTuple):
    """A text to be copied."""

    what: str
    """What it is, in a sentence: `link`, `BibTeX`."""
    text: str


def copy(screen: Screen[Any], clipboard: Clipboard, wanted: Wanted, say: Callable[[str], None]) -> None:
    """Copy behind the screen; `say` shows a sentence on it, and may be called when the screen is gone."""

    def tell(sentence: str) -> None:
        if screen.is_attached:
            say(sentence)

    async def work() -> None:
        waiting = screen.set_timer(_SOON, lambda: tell(f"Copying the {wanted.what} …"))
        tool = await behind(lambda: clipboard.copy(wanted.text))
        waiting.stop()
        tell(await _sent(screen, clipboard, wanted, tool))

    screen.app.run_worker(work(), group="copy")


async def _sent(screen: Screen[Any], clipboard: Clipboard, wanted: Wanted, tool: str | None) -> str:
    """What is to be said when the tools are through; the last ways are taken here."""
    what = f"{wanted.what[:1].upper()}{wanted.what[1:]}"
    if tool == TMUX:
        return f"{what} is in tmux's buffer; whether the terminal took it from there cannot be known."
    if tool is not None:
        return f"{what} copied by {tool}."
    text = wanted.text.encode("utf-8", "replace").decode("utf-8")
    if clipboard.is_terminal_willing and len(text.encode("utf-8")) <= LONGEST_ESCAPE:
        screen.app.copy_to_clipboard(text)
        return f"{what} sent to the terminal's clipboard (OSC 52); whether it took it cannot be known."
    place = await behind(lambda: clipboard.leave(text))
    await screen.app.push_screen(CopiedScreen(wanted.what, text, place))
    where = f"; it is in {place}" if place is not None else ""
    return f"{what} not copied, for nothing here takes it{where}."
