"""Where the user's things are, and the app that is opened on them: a part of the composition root.

Only the root's parts may join any two rooms. What the app needs is imported when it is opened, and nothing
else of ours before its first screen.
"""

import gc
import os
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from zlib import crc32

from triage.cli.console import Console, check_terminal
from triage.cli.status import DISK, DONE
from triage.cli.values import Usage
from triage.without import without

if TYPE_CHECKING:
    from triage.backup import Backups
    from triage.cli.opening import Invocation, OpenApp
    from triage.config.reading import Fault
    from triage.library.library import JournaledLibrary
    from triage.listing_day import Calendar
    from triage.ports import Library, World
    from triage.settings import Settings


class Home(NamedTuple):
    """Where the user's things are, and what the config says."""

    console: Console
    data: Path
    state: Path
    config: Path | None
    """None in the demo."""
    settings: "Settings"
    faults: Sequence["Fault"] = ()

    def app(self, request: "OpenApp") -> int:
        """Open the full-screen app; the exit status."""
        named = self._named(request.words)
        check_terminal(self.console)
        gc.disable()
        # What the screen shows is written by a thread, which waits for its turn: not for the usual 5 ms.
        sys.setswitchinterval(0.0005)
        # A key whose paint follows one from behind the screen waits a quarter of a frame, not a whole one.
        os.environ.setdefault("TEXTUAL_FPS", "240")
        from triage.ports import LibraryUnusable

        with without("ssl"):
            from triage.screens_above import later
            from triage.tui.app import TriageApp

        try:
            library = self._library(read_only=request.read_only)
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

    def _library(self, *, read_only: bool = False) -> "JournaledLibrary":
        from triage.cli.waiting import slow
        from triage.library import open_library

        with slow(self.console, "putting the library together from its journals …"):
            return open_library(
                self.data, state=self.state, read_only=read_only, before_migrating=self._before_migrating
            )

    def _before_migrating(self) -> None:
        from triage.backup import Reason

        self._backups().before(Reason.MIGRATE)

    def _backups(self) -> "Backups":
        from triage.keeping import backups

        return backups(self.data, self.config, now)

    def _named(self, words: Sequence[str]) -> Sequence[str]:
        if not words:
            return ()
        from triage.cli.words import categories

        return categories(words)

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

    def _daily_command(self) -> Sequence[str] | None:
        """The child of the app that makes the day's backup; None when it is made, or failed today."""
        from triage.keeping import is_due

        due = is_due(self.data, now().date())
        return ["nice", *self._ours(), "backup", "--daily", "--json"] if due else None

    def _ours(self) -> list[str]:
        """The command that runs us again on the same things, to which a request is appended."""
        from triage.desktop.interpreter import command

        return [*command("triage"), "--data", str(self.data), "--config", str(self.config)]

    def _calendar(self) -> "Calendar":
        from triage.listing_day import Calendar

        return Calendar().with_holidays(self.settings.arxiv.holidays)


def home_of(invocation: "Invocation", console: Console) -> Home:
    """The home that the arguments, the environment and the config name. Raises Usage."""
    with without("bz2", "lzma"):
        from triage.config import places
        from triage.config.reading import load

    data = invocation.data or os.environ.get("TRIAGE_DATA")
    named = invocation.config or os.environ.get("TRIAGE_CONFIG")
    try:
        config = places.whole(named) if named else places.config_file()
        library = places.whole(data) if data else places.data_folder()
        state = places.state_folder()
    except places.HomeUnknown as unknown:
        raise Usage(str(unknown)) from None
    settings, faults = load(config)
    return Home(console, library, state, config, settings, faults)


def now() -> datetime:
    """The moment, in the machine's own zone."""
    return datetime.now(UTC).astimezone()
