"""The full-screen app: composition, and the terminal's own events."""

import gc
from asyncio import get_running_loop
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import replace
from logging import getLogger
from typing import TYPE_CHECKING, Any

from textual.app import SystemCommand
from textual.driver import Driver
from textual.drivers.linux_driver import LinuxDriver
from textual.reactive import Reactive
from textual.screen import Screen
from textual.worker import WorkerFailed

from triage.ports import World
from triage.tui.ending import watched
from triage.tui.key_gate import KeyGate
from triage.tui.keys import Place, rows
from triage.tui.later import Later
from triage.tui.screens.main import MainScreen
from triage.tui.screens.writing import Writes
from triage.tui.session import Session
from triage.tui.sheets import sheets
from triage.tui.terminal import Terminal

if TYPE_CHECKING:
    from triage.tui.screens.first_run import Start

_THEME = "nord"
_SOON = 0.01
"""Seconds until it is looked anew whether one may leave."""


class TriageApp(KeyGate):
    """The app over a world."""

    CSS_PATH = sheets("main")
    TITLE = "triage"
    theme = Reactive(_THEME)
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
        if theme != self.theme:
            self.set_reactive(TriageApp.theme, theme)
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

    async def run_async(self, **how: Any) -> None:
        """Run until the user or something else ends it; whatever does, the terminal is given back."""
        with watched(self._leave, self._failed_unseen, self._give_back):
            await super().run_async(**how)

    def exit(self, result: None = None, return_code: int = 0, message: Any = None) -> None:
        """Leave once no screen is half made; what is being typed is there at the next start."""
        if not (self._exit or self._is_whole):
            # Textual 8.2.8 mounts nothing more then, and what a screen does when it is mounted would fail.
            get_running_loop().call_later(_SOON, self.exit, result, return_code, message)
            return
        self._keep_drafts()
        super().exit(result, return_code, message)

    @property
    def _is_whole(self) -> bool:
        return bool(self.screen_stack) and all(screen.is_mounted for screen in self.screen_stack)

    def _leave(self, status: int) -> None:
        self.exit(return_code=status)

    def _failed_unseen(self, error: Exception) -> None:
        """End with a fault that nobody was told of; on the way out there is nothing left for it to harm."""
        if not self._exit:
            self._handle_exception(error)

    def _give_back(self) -> None:
        if isinstance(self._driver, Terminal):
            self._driver.give_back()

    def _keep_drafts(self) -> None:
        for screen in self.screen_stack:
            if isinstance(screen, Writes):
                screen.keep_draft()

    def panic(self, *_: Any) -> None:
        """Leave as for any other fault: Textual prints those that know how to draw themselves."""
        self._return_code = 1
        self._fatal_error()

    def _fatal_error(self) -> None:
        """Leave without Textual's traceback: it prints the values of variables, and so the user's notes."""
        # Nor does asyncio have anything to say of children that outlive its loop by a moment.
        getLogger("asyncio").disabled = True
        try:
            self._keep_drafts()
        finally:
            self._close_messages_no_wait()

    def get_default_screen(self) -> Screen[Any]:
        """The main screen, at the paper where it was left; before the first run an empty one."""
        return Screen() if self._is_first_run else self._main_screen()

    def get_driver_class(self) -> type[Driver]:
        """Our terminal on a real one; what else Textual chooses stands."""
        chosen = super().get_driver_class()
        return Terminal if chosen is LinuxDriver else chosen

    def on_mount(self) -> None:
        """Spare the collector what lives for good."""
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
