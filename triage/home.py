"""Where the user's things are, and the ports that are built on them: the composition root's larger half.

Only it, `__main__`, `screens_above` and `keeping` may join any two rooms. What a command needs is imported
when it is asked for, so that none pays for another's packages.
"""

import gc
import os
from collections.abc import Iterator, Sequence
from contextlib import closing
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from zlib import crc32

from triage.cli import request as ask
from triage.cli.console import Console, check_terminal
from triage.cli.status import DISK, DONE, USAGE

if TYPE_CHECKING:
    from triage.actions.look_up import Begun, LookedUp
    from triage.archive.request_clock import Heard
    from triage.backup import Backups
    from triage.cli.full_text import TextTeller
    from triage.config.reading import Fault
    from triage.full_text import Pages
    from triage.listing_day import Calendar
    from triage.ports import Library, World
    from triage.settings import Settings
    from triage.sources.http import Http, Limits


class Home(NamedTuple):
    """Where the user's things are, and what the config says."""

    console: Console
    data: Path
    state: Path
    config: Path | None
    """None in the demo."""
    settings: "Settings"
    faults: Sequence["Fault"] = ()

    def command(self, request: ask.Command) -> int:
        """Do what a command asks; the exit status."""
        if isinstance(request, ask.ShowConfig) and request.path_only:
            self.console.data(os.fsencode(f"{self.config}\n"))
            return DONE
        faults = [one for one in self.faults if ask.is_ended(request, touches_arxiv=one.touches_arxiv)]
        for fault in faults:
            self.console.tell(fault.sentence)
        if faults:
            return USAGE
        from triage.cli.run import REFUSALS, refused

        try:
            return self._command(request)
        except REFUSALS as refusal:
            return refused(self.console, refusal, request)

    def app(self, request: ask.OpenApp) -> int:
        """Open the full-screen app; the exit status."""
        from triage.cli.words import categories

        named = categories(request.words)
        check_terminal(self.console)
        gc.disable()
        from triage.library import open_library
        from triage.ports import LibraryUnusable
        from triage.tui.without_tls import without_tls

        with without_tls():
            from triage.screens_above import later
            from triage.tui.app import TriageApp

        try:
            library = open_library(self.data, state=self.state, read_only=request.read_only)
        except LibraryUnusable as refusal:
            self.console.tell(str(refusal))
            return DISK
        app = TriageApp(self._world(library, named), later())
        try:
            app.run()
            if app.crash is not None:
                raise app.crash
        finally:
            library.close()
        return app.return_code or DONE

    def _world(self, library: "Library", named: Sequence[str]) -> "World":
        from triage.archive import open_archive
        from triage.config.writing import write_choices
        from triage.desktop import browser, clipboard, editor, interpreter, memory, posts
        from triage.ports import World

        ours = self._ours()
        networked = self.config is not None and not any(fault.touches_arxiv for fault in self.faults)
        # A fetch brings later versions into the library too.
        fetches = networked and not library.read_only
        settings = self.settings._replace(categories=tuple(named) or self.settings.categories)
        return World(
            library=library,
            archive=open_archive(self.data),
            settings=settings,
            clipboard=clipboard.PyperclipClipboard(
                interpreter.command("triage.desktop.clipboard"), self.state / "copied.txt"
            ),
            browser=browser.DesktopBrowser(),
            editor=editor.TerminalEditor(),
            posts=posts.PostFiles(self.data / "posts"),
            memory=memory.StateFile(self.state / f"session-{crc32(os.fsencode(self.data)):08x}.json"),
            now=now,
            calendar=self._calendar(),
            fetch=["nice", *ours, "fetch", "--json", *named] if fetches else None,  # the keys go first
            look_up=[*ours, "look-up", "--json"] if networked else None,
            full_text=[*ours, "full-text", "--json"] if networked else None,
            daily_backup=None if library.read_only or self.config is None else self._daily_command,
            write_settings=partial(write_choices, self.config) if self.config and networked else None,
            faults=[fault.sentence for fault in self.faults],
            demo=self.config is None,
        )

    def _command(self, request: ask.Command) -> int:
        match request:
            case ask.ShowConfig():
                from triage.config.text import as_toml

                self.console.put(as_toml(self.settings))
                return DONE
            case ask.ShowTemplate():
                from triage.export.template import haul_template

                self.console.put(haul_template())
                return DONE
            case ask.Fetch():
                return self._fetch(request)
            case ask.LookUp():
                from triage.cli import fetching
                from triage.desktop.interpreter import become_child

                become_child()
                return fetching.look_up(self.console, self._look_up_here(request.keys))
            case ask.FullText():
                return self._full_text(request)
            case ask.Check() | ask.Repair():
                from triage import check_up

                faults = [fault.sentence for fault in self.faults]
                return check_up.perform(
                    request, self.console, self.data, self.state, faults, self._backups, now()
                )
            case ask.Backup():
                return self._back_up(request)
            case ask.Restore(name=None):
                from triage.cli.backing_up import list_backups

                return list_backups(self.console, self._backups(), request)
            case _:
                return self._at_desk(request)

    def _at_desk(self, request: ask.AtDesk) -> int:
        from triage.archive import open_archive
        from triage.cli.desk import Desk
        from triage.cli.run import perform
        from triage.desktop.clipboard import PyperclipClipboard
        from triage.desktop.editor import TerminalEditor
        from triage.desktop.interpreter import command
        from triage.desktop.posts import PostFiles
        from triage.desktop.templates import TemplateFiles
        from triage.keeping import places
        from triage.library import open_library

        archive, posts = open_archive(self.data), PostFiles(self.data / "posts")
        with closing(open_library(self.data, state=self.state)) as library:
            for notice in library.notices:
                self.console.tell(notice)
            desk = Desk(
                library,
                archive,
                self.settings,
                self._calendar(),
                posts,
                TemplateFiles((self.config or self.data).parent / "templates"),
                TerminalEditor(),
                self.console,
                now,
                lambda folder: open_archive(Path(folder), set_aside=False),
                self._look_up,
                PyperclipClipboard(command("triage.desktop.clipboard")),
                self._backups,
                lambda: places(self.data, self.config, archive),
            )
            status = perform(request, desk)
            may_back_up = ask.changes(request) and not library.read_only
        if may_back_up:
            self._daily_backup()
        return status

    def _daily_command(self) -> Sequence[str] | None:
        """The child of the app that makes the day's backup; None when it is made, or failed today."""
        from triage.keeping import is_due

        due = is_due(self.data, now().date())
        return ["nice", *self._ours(), "backup", "--daily", "--json"] if due else None

    def _back_up(self, request: ask.Backup) -> int:
        from triage.cli.backing_up import back_up
        from triage.desktop.interpreter import end_as_asked
        from triage.desktop.posts import PostFiles

        end_as_asked()
        place = PostFiles(self.data).whole(request.output) if request.output is not None else None
        return back_up(self.console, self._backups(), request, place)

    def _daily_backup(self) -> None:
        """Make the day's backup after a command that changed something."""
        from triage.keeping import is_due

        if is_due(self.data, now().date()):
            from triage.cli.backing_up import make_daily

            make_daily(self.console, self._backups())

    def _backups(self) -> "Backups":
        from triage.keeping import backups

        return backups(self.data, self.config, now)

    def _fetch(self, request: ask.Fetch) -> int:
        from triage.actions.asking import Asking
        from triage.actions.follow import follow
        from triage.archive import open_archive
        from triage.cli import fetching
        from triage.desktop.posts import PostFiles
        from triage.library import open_library
        from triage.sources import arxiv_api, arxiv_mail, feeds

        arxiv, calendar, posts = self.settings.arxiv, self._calendar(), PostFiles(self.data / "posts")
        teller = fetching.Teller(self.console, json=request.json)
        http = self._http(arxiv.delay_seconds, told=teller.waiting)
        asking = Asking(open_archive(self.data), feeds.ArxivFeeds(http, arxiv), calendar, now())
        details, parse_mail = arxiv_api.ArxivApi(http, arxiv), partial(arxiv_mail.parse, calendar=calendar)
        told = fetching.reports(request, asking, details, self.settings, self.console, posts, parse_mail)
        status = teller.follow(told, asking.archive)
        with closing(open_library(self.data, state=self.state)) as library:
            if not library.read_only:
                follow(library, asking.archive)
            may_back_up = not request.json and not library.read_only
        if may_back_up:
            self._daily_backup()
        return status

    def _full_text(self, request: ask.FullText) -> int:
        from triage.actions.full_text import Desk
        from triage.archive import open_archive
        from triage.archive.pages import open_shelf
        from triage.cli.full_text import TextTeller
        from triage.desktop import children, interpreter
        from triage.sources.full_text.apart import ConverterApart

        interpreter.become_child()
        site, teller = self.settings.arxiv.site, TextTeller(self.console, request)
        converter = ConverterApart(partial(children.lines, interpreter.command("triage.sources.full_text")))
        desk = Desk(site, partial(self._pages, teller), open_shelf(self.data), converter, now)
        return teller.follow(desk, open_archive(self.data))

    def _pages(self, teller: "TextTeller") -> "Pages":
        from triage.sources.full_text.fetching import LIMITS, ArxivPages

        arxiv = self.settings.arxiv
        return ArxivPages(self._http(arxiv.delay_seconds, LIMITS, teller.waiting, teller.pacing), arxiv)

    def _ours(self) -> list[str]:
        """The command that runs us again on the same things, to which a request is appended."""
        from triage.desktop.interpreter import command

        return [*command("triage"), "--data", str(self.data), "--config", str(self.config)]

    def _look_up(self, keys: Sequence[str]) -> Iterator["LookedUp"]:
        from triage.actions.look_up import look_up_apart
        from triage.desktop.children import lines

        ours = [*self._ours(), "look-up", "--json"]
        return look_up_apart(lambda some, patience: lines([*ours, *some], patience), keys)

    def _look_up_here(self, keys: Sequence[str]) -> Iterator["Begun | LookedUp"]:
        from triage.actions.look_up import look_up
        from triage.sources.arxiv_api import ArxivApi
        from triage.sources.pages import WebAndArxiv
        from triage.sources.web_page import LIMITS

        arxiv = self.settings.arxiv
        api = ArxivApi(self._http(arxiv.delay_seconds), arxiv)
        # A page's own redirects and second tries need no pause; the clock keeps arXiv's whatever is asked.
        return look_up(WebAndArxiv(api, self._http(0.0, LIMITS)), keys)

    def _http(
        self, delay: float, limits: "Limits | None" = None, told: "Heard" = None, paced: "Heard" = None
    ) -> "Http":
        from triage.archive.request_clock import FileRequestClock
        from triage.sources.http import Http

        return Http(FileRequestClock(self.state / "requests.json", delay, told, paced), limits)

    def _calendar(self) -> "Calendar":
        from triage.listing_day import Calendar

        return Calendar().with_holidays(self.settings.arxiv.holidays)


def home_of(invocation: ask.Invocation, console: Console) -> Home:
    """The home that the arguments, the environment and the config name."""
    from triage.config import places
    from triage.config.reading import load

    data = invocation.data or os.environ.get("TRIAGE_DATA")
    named = invocation.config or os.environ.get("TRIAGE_CONFIG")
    config = places.whole(named) if named else places.config_file()
    settings, faults = load(config)
    library = places.whole(data) if data else places.data_folder()
    return Home(console, library, places.state_folder(), config, settings, faults)


def now() -> datetime:
    """The moment, in the machine's own zone."""
    return datetime.now(UTC).astimezone()
