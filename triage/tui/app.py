"""The full-screen app: composition, and the terminal's own events."""

import gc
import signal
from asyncio import get_running_loop
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import replace
from logging import getLogger
from typing import TYPE_CHECKING, Any

from textual.app import App, SystemCommand
from textual.driver import Driver
from textual.drivers.linux_driver import LinuxDriver
from textual.screen import Screen
from textual.worker import WorkerFailed

from triage.ports import World
from triage.tui.key_gate import KeyGate
from triage.tui.keys import Place, rows
from triage.tui.later import Later
from triage.tui.screens.main import MainScreen
from triage.tui.session import Session
from triage.tui.sheets import sheets
from triage.tui.terminal import Terminal

if TYPE_CHECKING:
    from triage.tui.screens.first_run import Start

_THEME = "nord"
_LAST_SIGNALS = (signal.SIGTERM, signal.SIGHUP)


class TriageApp(KeyGate):
    """The app over a world."""

    CSS_PATH = sheets("main", "panels", "text")
    TITLE = "triage"
    ENABLE_COMMAND_PALETTE = True

    def __init__(self, world: World, later: Later) -> None:
        super().__init__()
        self.world = world
        self._later = later
        self._remembered = world.memory.recall()
        theme = str(self._remembered.get("theme") or _THEME)
        self._begin_with(theme if theme in self.available_themes else _THEME)

    def _begin_with(self, theme: str) -> None:
        """Take a theme before any style is read.

        `self.theme = ...` has every sheet read once more, which the first screen would wait for; what it
        does beside that (Textual 8.2.8, `App._watch_theme`) is done here.
        """
        self.set_reactive(App.theme, theme)
        self.stylesheet.set_variables(self.get_css_variables())
        dark = self.current_theme.dark
        self.set_class(dark, "-dark-mode", update=False)
        self.set_class(not dark, "-light-mode", update=False)
        self.add_class(f"-theme-{theme}", update=False)

    @property
    def crash(self) -> Exception | None:
        """What ended the app; None when the user did."""
        ended = self._exception
        behind = ended.error if isinstance(ended, WorkerFailed) else None
        return behind if isinstance(behind, Exception) else ended

    def _fatal_error(self) -> None:
        """Leave without Textual's traceback: it prints the values of variables, and so the user's notes."""
        # Nor does asyncio have anything to say of children that outlive its loop by a moment.
        getLogger("asyncio").disabled = True
        self._close_messages_no_wait()

    def get_default_screen(self) -> Screen[Any]:
        """The main screen, at the paper where it was left; before the first run an empty one."""
        return Screen() if self._is_first_run else self._main_screen()

    def get_driver_class(self) -> type[Driver]:
        """Our terminal on a real one; what else Textual chooses stands."""
        chosen = super().get_driver_class()
        return Terminal if chosen is LinuxDriver else chosen

    def on_mount(self) -> None:
        """Listen to the signals, and spare the collector what lives for good."""
        loop = get_running_loop()
        for number in _LAST_SIGNALS:
            loop.add_signal_handler(number, self.exit, None, 128 + number)
        if not gc.isenabled():
            gc.freeze()
        if self._is_first_run:
            self.push_screen(self._later.first_run(self.world), self._begin)

    async def _begin(self, start: "Start | None") -> None:
        """Start with what the first run came to."""
        if start is not None:
            self.world = replace(self.world, settings=start.settings, write_settings=None)
            main = self._main_screen()
            await self.push_screen(main)
            main.tell(start.sentence)

    @property
    def _is_first_run(self) -> bool:
        return self.world.write_settings is not None and not self.world.settings.categories

    def _main_screen(self) -> MainScreen:
        session = Session(self.world)
        session.start(self._remembered)
        return MainScreen(session, self._later, self._remembered)

    def get_system_commands(self, screen: Screen[Any]) -> Iterable[SystemCommand]:
        """The keys of the main screen, and the theme."""
        yield SystemCommand("Theme", "Choose the colours", self.action_change_theme)
        if isinstance(screen, MainScreen):
            for row in rows(Place.MAIN):
                if row.text and row.group != "Move":
                    keys = row.shown(self.world.settings.keys)
                    yield SystemCommand(row.label, f"{row.text} ({keys})", _runner(screen, row.action))


def _runner(screen: Screen[Any], action: str) -> Callable[[], Awaitable[None]]:
    async def run() -> None:
        await screen.run_action(action)

    return run
