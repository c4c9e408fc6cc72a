"""A full text to read: a screen over a child of our own, and what it says."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from textual.pilot import Pilot

from tests.tui.full_text_child import command, events
from tests.tui.screens.stage import PAPERS, Stage, world_in
from tests.tui.screens_at_once import LATER
from triage.full_text import Part
from triage.ports import World
from triage.settings import Settings
from triage.tui.reading_places import ReadingPlaces
from triage.tui.screens.full_text import FullTextScreen
from triage.tui.session import Session
from triage.tui.widgets.footer import Footer
from triage.tui.widgets.text_line import TextLine

SENTENCES = " ".join(f"Sentence {at} is about things." for at in range(1, 13))
TABLE = "\n".join(
    [
        "|" + "|".join(f" Column {at} " for at in range(1, 20)) + "|",
        "|" + "---|" * 19,
        "|" + "|".join(f" cell {at} " for at in range(1, 20)) + "|",
    ]
)
PARTS = (
    Part("", 0, "", "**Abstract.** We count in *vain* to `n²`."),
    Part("S1", 1, "1 Introduction", f"As in [[3](#bib.bib3)], {SENTENCES}\n\n{SENTENCES}"),
    Part("S2", 1, "2 Methods", f"Attention = softmax(QKᵀ)V  (1)\n\n> **Theorem 1.** It holds.\n\n{TABLE}"),
    Part("S2.SS1", 2, "2.1 Data", "\n\n".join([SENTENCES] * 6)),
    Part("S3", 1, "3 Results", "\n\n".join([SENTENCES] * 12)),
    Part(
        "bib",
        1,
        "References",
        "\n\n".join(f"[{at}] Author {at}. A [title](https://example.org/{at})." for at in range(1, 31)),
        tuple((f"bib.bib{at}", 2 * (at - 1)) for at in range(1, 31)),
    ),
)


def text_world(
    folder: Path, told: Iterable[Mapping[str, Any]] | None = None, settings: Settings | None = None
) -> World:
    """Five papers, and a child that tells of a text."""
    child = command(folder / "text", events(PARTS) if told is None else told)
    return replace(world_in(folder, settings=settings), full_text=child)


def reading(world: World, places: ReadingPlaces | None = None) -> Stage:
    """The screen of the first paper's text."""
    session = Session(world)
    session.start({})
    return Stage(FullTextScreen(session, LATER, PAPERS[0], places or ReadingPlaces()))


def screen_of(app: Stage) -> FullTextScreen:
    """The screen that is played."""
    assert isinstance(app.played, FullTextScreen)
    return app.played


async def all_there(pilot: Pilot[None]) -> None:
    """Wait until the child has told everything."""
    await pilot.pause()
    await pilot.app.workers.wait_for_complete()
    await pilot.pause()


def header(app: Stage) -> str:
    """What the header says."""
    return app.played.query_one("#text-title", TextLine).text


def said(app: Stage) -> str:
    """What the footer says."""
    return app.played.query_one(Footer).said
