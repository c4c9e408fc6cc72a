"""Keys one by one: a key is handled to its end before the next one is looked at.

Textual forwards a key to the focused widget's queue and takes the next one from the terminal at once. Of keys
that arrive together (a fast typist over SSH, tmux) the second would go where the focus was, not where the
first has put it: `n` and text, or text and Esc and `k`, would run bindings instead of being typed.
"""

import gc
from collections import deque
from collections.abc import Sequence
from itertools import chain

from textual import events
from textual.app import App
from textual.message_pump import MessagePump

_KEYS, _MANY_KEYS = 4, 16
"""Keys whose garbage is collected behind their last paint, in two milliseconds; and those after which what
has outlived that is looked at, too. What a key that is held down for minutes leaves would be a gigabyte."""
_PATIENCE = 0.25
"""Seconds after which the next key goes on though a widget that was removed never answered."""


class KeyGate(App[None]):
    """An app that handles typed keys and pastes in turn."""

    def __init__(self) -> None:
        super().__init__()
        self.keys_typed = 0
        """How many keys were pressed so far."""
        self._typed: deque[events.Key | events.Paste] = deque()
        self._turn = 0
        self._busy = True

    @property
    def types_on(self) -> bool:
        """Whether the next key that waits types a character, too."""
        following = self._typed[0] if self._typed else None
        return isinstance(following, events.Key) and following.is_printable

    def on_mount(self) -> None:
        """Let the first key in when the first screen is there: it may have been typed before."""
        self._wait_for_all()

    async def on_event(self, event: events.Event) -> None:
        """Queue what is typed; everything else goes its way."""
        if isinstance(event, events.Key | events.Paste) and not event.is_forwarded:
            self._typed.append(event)
            if not self._busy:
                await self._next()
        else:
            await super().on_event(event)

    async def _next(self) -> None:
        """Handle what is typed until a widget has to answer first."""
        while self._typed and not self._busy:
            event = self._typed.popleft()
            self.keys_typed += 1
            screen = self.screen
            await super().on_event(event)
            if not gc.isenabled() and self.keys_typed % _KEYS == 0:
                self.screen.call_after_refresh(gc.collect, int(self.keys_typed % _MANY_KEYS == 0))
            if event.is_forwarded or self.screen is not screen:
                self._wait_for_all()

    def _wait_for_all(self) -> None:
        """Go on when the focused widget, all that hold it, and the app have handled what the key set off.

        Twice: what an action posts takes the same way as the key did.
        """
        self._busy = True
        self._turn += 1
        turn = self._turn
        way: Sequence[MessagePump] = [*self._way_up(), self]
        if self.keys_typed:
            self.set_timer(_PATIENCE, lambda: self._answered(turn))
        self._ask(turn, [*way, *way], settled=False)

    def _way_up(self) -> list[MessagePump]:
        node = self.focused or self.screen
        return [step for step in node.ancestors_with_self if step is not self]

    def _ask(self, turn: int, way: Sequence[MessagePump], *, settled: bool) -> None:
        for at, step in enumerate(way):
            if step.is_running and step.call_later(
                lambda rest=way[at + 1 :]: self._ask(turn, rest, settled=settled)
            ):
                return
        if not settled:
            # The key may have opened a screen, or moved the focus: that one has to be ready, too.
            self._ask(turn, [*chain(self._way_up(), [self])], settled=True)
        else:
            self.call_later(self._answered, turn)

    async def _answered(self, turn: int) -> None:
        if turn == self._turn and self._busy:
            self._busy = False
            await self._next()
