"""The composition root: builds the ports and hands them over. The only module that may join any two rooms."""

import gc
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from triage import __version__
from triage.cli import request as ask
from triage.cli.arguments import HelpWanted, Usage, near_command, parse
from triage.cli.console import Console

if TYPE_CHECKING:
    from textual.screen import Screen

    from triage.actions.look_up import LookedUp
    from triage.config.reading import Fault
    from triage.paper import Paper
    from triage.ports import Archive, Clipboard, Library, Memory, World
    from triage.settings import Settings
    from triage.tui.keys import Place
    from triage.tui.later import Later
    from triage.tui.screens.add import Added
    from triage.tui.screens.decisions import Chosen
    from triage.tui.screens.first_run import Start

DONE, OUR_FAULT, USAGE, DISK, INTERRUPTED = 0, 1, 2, 4, 130
INSTALL = "To have triage on your PATH for good: pipx install . (or uv tool install .)"
"""As the README's third line has it; a test holds them equal."""


def main(argv: Sequence[str] | None = None) -> int:
    """Do what the arguments ask; the exit status. The edge of the process: nothing gets past it."""
    console = Console.standard()
    try:
        status = _obey(list(sys.argv[1:] if argv is None else argv), console)
        console.output.flush()
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        # Whoever read our output has had enough; the flush at exit must not fail again.
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        return DONE
    except Exception as crash:  # noqa: BLE001  the edge of the process
        from triage.config.places import state_folder
        from triage.desktop import crash_report

        console.tell(crash_report.write(crash, state_folder(), __version__))
        return OUR_FAULT
    return status


def _obey(argv: list[str], console: Console) -> int:
    try:
        invocation = parse(argv)
    except HelpWanted as wanted:
        console.output.write(str(wanted))
        return DONE
    except Usage as wrong:
        console.tell(str(wrong))
        return USAGE
    request = invocation.request
    match request:
        case ask.TellVersion():
            console.say(f"triage {__version__}")
            return DONE
        case ask.OpenApp(demo=True):
            return _demo(console)
        case _:
            return _Home(invocation, console).obey(request)


class _Home:
    """Where the user's things are, and what the config says."""

    def __init__(self, invocation: ask.Invocation, console: Console) -> None:
        from triage.config import places
        from triage.config.reading import load

        self.console = console
        data = invocation.data or os.environ.get("TRIAGE_DATA")
        self.data = places.whole(data) if data else places.data_folder()
        config = invocation.config or os.environ.get("TRIAGE_CONFIG")
        self.config = places.whole(config) if config else places.config_file()
        self.state = places.state_folder()
        self.settings, self.faults = load(self.config)

    def obey(self, request: ask.Request) -> int:
        """Do what was asked; the exit status."""
        match request:
            case ask.ShowConfig(path_only=True):
                self.console.say(str(self.config))
                return DONE
            case ask.OpenApp():
                return self._app(request)
            case ask.Fetch() | ask.LookUp():
                # The app's own children run on what is left of a faulty config, as the app does.
                faults = [fault for fault in self.faults if fault.touches_arxiv or not _is_child(request)]
            case _:
                faults = list(self.faults)
        if faults:
            return self._faulty(faults)
        from triage.cli.run import REFUSALS, refused

        try:
            return self._command(request)
        except REFUSALS as refusal:
            return refused(self.console, refusal, request)

    def _faulty(self, faults: Sequence["Fault"]) -> int:
        for fault in faults:
            self.console.tell(fault.sentence)
        return USAGE

    def _command(self, request: ask.Request) -> int:
        match request:
            case ask.ShowConfig():
                from triage.config.text import as_toml

                self.console.output.write(as_toml(self.settings))
                return DONE
            case ask.Fetch():
                return self._fetch(request)
            case ask.LookUp():
                from triage.cli import fetching

                return fetching.look_up(self.console, self._look_up(request.keys))
            case _:
                return self._at_desk(request)

    def _at_desk(self, request: ask.Request) -> int:
        from triage.archive import open_archive
        from triage.cli.desk import Desk
        from triage.cli.run import perform
        from triage.desktop.editor import TerminalEditor
        from triage.desktop.posts import PostFiles
        from triage.library import open_library

        library = open_library(self.data, state=self.state)
        try:
            for notice in library.notices:
                self.console.tell(notice)
            return perform(
                request,
                Desk(
                    library=library,
                    archive=open_archive(self.data),
                    settings=self.settings,
                    posts=PostFiles(self.data / "posts"),
                    editor=TerminalEditor(),
                    console=self.console,
                    now=_now,
                    look_up=self._look_up,
                ),
            )
        finally:
            library.close()

    def _fetch(self, request: ask.Fetch) -> int:
        from triage.actions.fetch import fetch
        from triage.archive import open_archive
        from triage.archive.request_clock import FileRequestClock
        from triage.cli import fetching
        from triage.sources.arxiv_api import ArxivApi
        from triage.sources.feeds import ArxivFeeds
        from triage.sources.http import Http

        try:
            categories = self._categories(request.words)
        except ValueError as unknown:
            self.console.tell(str(unknown))
            return USAGE
        if not categories:
            self.console.tell(
                f"no category: name one, as in `triage fetch cs.CL`, or set them in {self.config}"
            )
            return USAGE
        http = Http(FileRequestClock(self.state / "requests.json", self.settings.arxiv.delay_seconds))
        reports = fetch(
            open_archive(self.data),
            ArxivFeeds(http, self.settings.arxiv),
            ArxivApi(http, self.settings.arxiv),
            now=_now(),
            categories=categories,
        )
        return fetching.fetch(self.console, reports, json=request.json)

    def _look_up(self, keys: Sequence[str]) -> Iterator["LookedUp"]:
        from triage.actions.look_up import look_up
        from triage.archive.request_clock import FileRequestClock
        from triage.sources.arxiv_api import ArxivApi
        from triage.sources.http import Http
        from triage.sources.pages import WebAndArxiv
        from triage.sources.web_page import LIMITS

        clock = FileRequestClock(self.state / "requests.json", self.settings.arxiv.delay_seconds)
        pages = WebAndArxiv(ArxivApi(Http(clock), self.settings.arxiv), Http(clock, LIMITS))
        return look_up(pages, keys)

    def _categories(self, words: Sequence[str]) -> tuple[str, ...]:
        """The categories that words name, else those of the config. Raises ValueError."""
        from triage.taxonomy import category

        return tuple(dict.fromkeys(category(word) for word in words)) or self.settings.categories

    def _app(self, request: ask.OpenApp) -> int:
        try:
            categories = self._categories(request.words)
        except ValueError as unknown:
            near = next(filter(None, map(near_command, request.words)), None)
            hint = f"; or did you mean `triage {near}`?" if near else ""
            self.console.tell(f"{unknown}{hint}")
            return USAGE
        if (sentence := _no_terminal(self.console)) is not None:
            self.console.tell(sentence)
            return USAGE
        gc.disable()
        from dataclasses import replace

        from triage.archive import open_archive
        from triage.desktop.interpreter import command
        from triage.desktop.memory import StateFile
        from triage.library import open_library
        from triage.ports import LibraryUnusable

        try:
            library = open_library(self.data, state=self.state, read_only=request.read_only)
        except LibraryUnusable as refusal:
            self.console.tell(str(refusal))
            return DISK
        asked = [*command("triage"), "--data", str(self.data), "--config", str(self.config)]
        may_fetch = not any(fault.touches_arxiv for fault in self.faults)
        world = _world(
            library=library,
            archive=open_archive(self.data),
            data=self.data,
            settings=replace(self.settings, categories=categories),
            memory=StateFile(self.state / "session.json"),
            fetch=[*asked, "fetch", "--json", *categories] if may_fetch else None,
            look_up=[*asked, "look-up", "--json"] if may_fetch else None,
            write_settings=None if self.config.exists() else self._write_settings,
            faults=[fault.sentence for fault in self.faults],
        )
        return _run(world)

    def _write_settings(self, chosen: "Settings") -> "Settings":
        """Put the first run's choices into the config. Raises Unreachable when it cannot be written."""
        from triage.config.reading import load
        from triage.config.text import with_choices
        from triage.desktop.posts import replace_file
        from triage.ports import Unreachable

        try:
            # The user's config may be a link into a folder of theirs; the file it leads to is the config.
            place = self.config.resolve()
            there = place.read_text(encoding="utf-8") if place.exists() else ""
            replace_file(place, with_choices(there, chosen.categories, chosen.keys).encode())
        except OSError as refusal:
            raise Unreachable(
                f"{self.config} cannot be written: {refusal.strerror}; choose again later"
            ) from refusal
        return load(self.config)[0]


def _demo(console: Console) -> int:
    """The app on the bundled sample: no network, and a library that is gone afterwards."""
    from tempfile import TemporaryDirectory

    if (sentence := _no_terminal(console)) is not None:
        console.tell(sentence)
        return USAGE
    gc.disable()
    from triage.archive import open_archive
    from triage.desktop.memory import NoMemory
    from triage.library import open_library
    from triage.settings import Settings
    from triage.sources import sample

    with TemporaryDirectory(prefix="triage-demo-") as folder:
        data = Path(folder) / "data"
        today = _now().date()
        archive = open_archive(data)
        archive.store(today, *sample.listing(today))
        status = _run(
            _world(
                library=open_library(data, state=Path(folder) / "state"),
                archive=archive,
                data=data,
                settings=Settings(categories=sample.CATEGORIES),
                memory=NoMemory(),
                demo=True,
            )
        )
    console.say(INSTALL)
    return status


def _world(
    *,
    library: "Library",
    archive: "Archive",
    data: Path,
    settings: "Settings",
    memory: "Memory",
    fetch: Sequence[str] | None = None,
    look_up: Sequence[str] | None = None,
    write_settings: Callable[["Settings"], "Settings"] | None = None,
    faults: Sequence[str] = (),
    demo: bool = False,
) -> "World":
    """The world on this desktop."""
    from triage.desktop.browser import DesktopBrowser
    from triage.desktop.clipboard import PyperclipClipboard
    from triage.desktop.editor import TerminalEditor
    from triage.desktop.interpreter import command
    from triage.desktop.posts import PostFiles
    from triage.ports import World

    return World(
        library=library,
        archive=archive,
        settings=settings,
        clipboard=PyperclipClipboard(command("triage.desktop.clipboard")),
        browser=DesktopBrowser(),
        editor=TerminalEditor(),
        posts=PostFiles(data / "posts"),
        memory=memory,
        now=_now,
        fetch=fetch,
        look_up=look_up,
        write_settings=write_settings,
        faults=faults,
        demo=demo,
    )


def _run(world: "World") -> int:
    from triage.tui.app import TriageApp

    app = TriageApp(world, _later())
    try:
        app.run()
    finally:
        world.library.close()
    return app.return_code or DONE


def _later() -> "Later":
    """The screens above the main one, each imported when it is first asked for."""
    from triage.tui.later import Later

    def add(world: "World") -> "Screen[Added | None]":
        from triage.tui.screens.add import AddScreen

        return AddScreen(world)

    async def look_up(world: "World", key: str, told: Callable[[str], None]) -> None:
        from triage.tui.screens.add import look_up

        await look_up(world, key, told)

    def comment(world: "World") -> "Screen[str]":
        from triage.tui.screens.comment import CommentScreen

        return CommentScreen(world)

    def copy(paper: "Paper", clipboard: "Clipboard") -> "Screen[str]":
        from triage.tui.screens.copy import CopyScreen

        return CopyScreen(paper, clipboard)

    def decisions(world: "World") -> "Screen[Chosen | None]":
        from triage.tui.screens.decisions import DecisionsScreen

        return DecisionsScreen(world)

    def first_run(world: "World") -> "Screen[Start]":
        from triage.tui.screens.first_run import FirstRunScreen

        return FirstRunScreen(world)

    def haul(world: "World") -> "Screen[None]":
        from triage.tui.screens.haul import HaulScreen

        return HaulScreen(world)

    def help_(preset: str, place: "Place") -> "Screen[None]":
        from triage.tui.screens.help import HelpScreen

        return HelpScreen(preset, place)

    return Later(add, look_up, comment, copy, decisions, first_run, haul, help_)


def _now() -> datetime:
    return datetime.now(UTC).astimezone()


def _is_child(request: ask.Request) -> bool:
    return isinstance(request, ask.LookUp) or (isinstance(request, ask.Fetch) and request.json)


def _no_terminal(console: Console) -> str | None:
    """Why the full-screen app cannot open here; None when it can."""
    if not console.interactive:
        return (
            "the app needs a terminal; `triage list` and the other commands do without, see `triage --help`"
        )
    if os.environ.get("TERM") == "dumb":
        return "the app needs a terminal that can move its cursor, and TERM is dumb; see `triage --help`"
    return None


if __name__ == "__main__":
    sys.exit(main())
