"""The day's backup behind the reading: made by a child once something was changed and no key is pressed."""

from collections.abc import Sequence
from contextlib import aclosing
from datetime import date, datetime

from triage.tui.children import lines
from triage.tui.key_gate import KeyGate
from triage.tui.screens.adding import AddingScreen

_LOOK = 5.0
"""Seconds between two looks; no key may have been pressed in between, for the child needs the disk."""

_NAMED = "No backup was made"


class BackingUpScreen(AddingScreen):
    """Has the day's backup made, and says so when that fails, once a day."""

    _backed_up: date | None = None
    """The day on which that was seen to last."""
    _keys_at_last_look = -1

    def on_mount(self) -> None:
        """Look now and then whether it is time."""
        if self.session.world.daily_backup is not None:
            self.set_interval(_LOOK, self._look_for_changes)

    def _look_for_changes(self) -> None:
        keys = self.app.keys_typed if isinstance(self.app, KeyGate) else 0
        was_idle, self._keys_at_last_look = keys == self._keys_at_last_look, keys
        world = self.session.world
        today = world.now().date()
        if world.daily_backup is None or not was_idle or self._backed_up == today:
            return
        last = next(world.library.history(), None)
        if last is not None and _day(last.at) == today:
            self._backed_up = today
            command = world.daily_backup()
            if command is not None:
                self.run_worker(self._back_up(command), group="backup")

    async def _back_up(self, command: Sequence[str]) -> None:
        async with aclosing(lines(command)) as events:
            async for event in events:
                if event.get("event") == "error":
                    said = str(event.get("sentence") or "")
                    named = said.startswith(_NAMED)
                    self.tell(said if named else f"{_NAMED}: {said}", error=True)


def _day(at: str) -> date | None:
    """The day on which a Step was made, where the user lives."""
    try:
        return datetime.fromisoformat(at).astimezone().date()
    except (ValueError, OverflowError):
        return None
