"""The ports that are built for a command, on the user's things: the composition root's larger half.

What a command needs is imported when it is asked for, so that none pays for another's packages.
"""

import os
from collections.abc import Iterator, Sequence
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from triage import home
from triage.cli import request as ask
from triage.cli.status import DONE, USAGE

if TYPE_CHECKING:
    from triage.actions.look_up import Begun, LookedUp
    from triage.archive.request_clock import Heard
    from triage.cli.full_text import TextTeller
    from triage.full_text import Pages
    from triage.sources.http import Http, Limits


class CommandHome(home.Home):
    """Where the user's things are, with what the commands do to them."""

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

    def _command(self, request: ask.Command) -> int:
        match request:
            case ask.ShowConfig() | ask.InitConfig() | ask.ShowTemplate() | ask.ShowKeys():
                from triage import about

                return about.perform(request, self.console, self.settings, self.config)
            case ask.Doctor():
                from triage.cli.doctor import doctor
                from triage.doctor import looks

                config = self.config or self.data / "config.toml"
                return doctor(
                    self.console,
                    request,
                    looks(self.data, self.state, config, self.settings, tuple(self.faults), home.now()),
                )
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
                    request, self.console, self.data, self.state, faults, self._backups, home.now()
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

        archive, posts = open_archive(self.data), PostFiles(self.data / "posts")
        with closing(self._library()) as library:
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
                home.now,
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

        if is_due(self.data, home.now().date()):
            from triage.cli.backing_up import make_daily

            make_daily(self.console, self._backups())

    def _fetch(self, request: ask.Fetch) -> int:
        from triage.actions.asking import Asking
        from triage.actions.follow import follow
        from triage.archive import open_archive
        from triage.cli import fetching
        from triage.desktop.posts import PostFiles
        from triage.sources import arxiv_api, arxiv_mail, feeds

        arxiv, calendar, posts = self.settings.arxiv, self._calendar(), PostFiles(self.data / "posts")
        teller = fetching.Teller(self.console, json=request.json)
        http = self._http(arxiv.delay_seconds, told=teller.waiting)
        asking = Asking(open_archive(self.data), feeds.ArxivFeeds(http, arxiv), calendar, home.now())
        details, parse_mail = arxiv_api.ArxivApi(http, arxiv), partial(arxiv_mail.parse, calendar=calendar)
        told = fetching.reports(request, asking, details, self.settings, self.console, posts, parse_mail)
        status = teller.follow(told, asking.archive)
        with closing(self._library()) as library:
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
        convert = partial(children.lines, interpreter.command("triage.sources.full_text"), leads=False)
        converter = ConverterApart(convert)
        desk = Desk(site, partial(self._pages, teller), open_shelf(self.data), converter, home.now)
        return teller.follow(desk, open_archive(self.data))

    def _pages(self, teller: "TextTeller") -> "Pages":
        from triage.sources.full_text.fetching import LIMITS, ArxivPages

        arxiv = self.settings.arxiv
        return ArxivPages(self._http(arxiv.delay_seconds, LIMITS, teller.waiting, teller.pacing), arxiv)

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
