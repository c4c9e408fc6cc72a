"""A stage for one screen: a real library, archive and folder of posts, and hands that only take notes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from textual import events
from textual.app import App
from textual.keys import _character_to_key
from textual.pilot import Pilot
from textual.screen import Screen

from tests.tui.pilot import send
from triage.actions import decide
from triage.archive import open_archive
from triage.desktop.posts import PostFiles
from triage.ledger import Completeness, ListingState, Sections
from triage.library import open_library
from triage.listing_day import Calendar
from triage.paper import Kind, Paper
from triage.ports import Edited, Library, World
from triage.settings import Settings
from triage.tui.sheets import sheets

NOW = datetime(2026, 11, 20, 8, 30, tzinfo=UTC)
DAY = date(2026, 11, 20)
SIZES = ((1, 1), (2, 3), (5, 2), (11, 4), (20, 6), (40, 12), (80, 24), (100, 30), (200, 60))


def paper(number: int, title: str = "", abstract: str = "", kind: Kind = Kind.NEW) -> Paper:
    """An invented paper of the listing day."""
    return Paper(
        id=f"2611.{number:05}",
        title=title or f"On the number {number}",
        authors=("Ada Example",),
        abstract=abstract or f"We count to {number}.",
        version=1,
        kind=kind,
        categories=("math.NT",),
        listed=DAY.isoformat(),
    )


PAPERS = (
    paper(1, "Counting to $n^2$ in linear time", "Counting is slow. " * 12),
    paper(2, "A survey of surveys"),
    paper(3, "Brackets [/INST] [@click=app.quit] and [red]colour[/red]"),
    paper(4, "Dimensions of a haul"),
    paper(5, "Estimating what nobody asked"),
)


@dataclass
class Clip:
    """A clipboard of the test's own."""

    holds: str | None = None
    tool: str | None = "tool"
    copied: list[str] = field(default_factory=list)
    is_terminal_willing: bool = True
    place: str | None = "/state/copied.txt"

    def copy(self, text: str) -> str | None:
        if self.tool is not None:
            self.copied.append(text)
        return self.tool

    def paste(self) -> str | None:
        return self.holds

    def leave(self, text: str) -> str | None:
        if self.place is not None:
            self.copied.append(text)
        return self.place


@dataclass
class Hands:
    """Browser, editor and memory that only take notes."""

    opened: list[str] = field(default_factory=list)
    edited: list[str] = field(default_factory=list)
    places: list[str] = field(default_factory=list)

    def open(self, url: str) -> str | None:
        self.opened.append(url)
        return None

    def edit(self, text: str, place: str = "") -> Edited:
        self.edited.append(text)
        self.places.append(place)
        return Edited(None)

    def recall(self) -> Mapping[str, Any]:
        return {}

    def remember(self, state: Mapping[str, Any]) -> None:
        """Nothing is remembered."""


@dataclass
class Written:
    """Takes the settings that the first run writes."""

    settings: Settings | None = None

    def __call__(self, settings: Settings) -> Settings:
        self.settings = settings
        return settings


OPENED: list[Library] = []
"""What the running test opened; `tests/tui/conftest.py` closes it."""


def world_in(
    folder: Path,
    *,
    clip: Clip | None = None,
    settings: Settings | None = None,
    look_up: Sequence[str] | None = None,
    written: Written | None = None,
) -> World:
    """A world with five papers in its archive and nothing decided."""
    archive = open_archive(folder / "data" / "archive")
    state = ListingState(
        "math.NT", Completeness.COMPLETE, DAY.isoformat(), sections=Sections(5), source="rss"
    )
    archive.store(DAY, list(PAPERS), {"math.NT": state})
    hands = Hands()
    library = open_library(folder / "data", state=folder / "state")
    OPENED.append(library)
    return World(
        library=library,
        archive=archive,
        settings=settings or Settings(),
        clipboard=clip or Clip(),
        browser=hands,
        editor=hands,
        posts=PostFiles(folder / "data" / "posts"),
        memory=hands,
        now=lambda: NOW,
        calendar=Calendar(),
        fetch=None,
        look_up=look_up,
        write_settings=written,
    )


def keep(world: World, *papers: Paper) -> None:
    """Keep papers, a step each."""
    for one in papers:
        decide.keep(world.library, [one], NOW)


class Stage(App[None]):
    """Shows one screen and keeps what it was dismissed with."""

    CSS_PATH = sheets("main", "panels", "text")

    def __init__(self, screen: Screen[Any]) -> None:
        super().__init__()
        self.played = screen
        self.result: Any = "not dismissed"

    def on_mount(self) -> None:
        self.push_screen(self.played, self._dismissed)

    def _dismissed(self, result: Any) -> None:
        self.result = result


async def typed(pilot: Pilot[None], text: str) -> None:
    """Type a text key by key, as fast as a terminal sends it: the pilot would wait after each key."""
    for char in text[:-1]:
        name = _NAMES.get(char) or _character_to_key(char)
        send(pilot.app, events.Key(name, None if char == "\n" else char))
    await pilot.press(*(_NAMES.get(char, char) for char in text[-1:]))


async def through_all_sizes(pilot: Pilot[None]) -> None:
    """Show the screen at ever smaller sizes, down to one cell; the app must live on."""
    for size in reversed(SIZES):
        await pilot.resize_terminal(*size)
        await pilot.pause()
        assert pilot.app.is_running


_NAMES = {" ": "space", "\n": "enter"}


def shown(app: App[Any]) -> str:
    """What stands on the screen, line by line."""
    width, height = app.size
    rows = app.screen._compositor.render_strips()
    return "\n".join(strip.text[:width].rstrip() for strip in rows[:height])
