"""The tests' pilot: it goes on as soon as the app has nothing left to do.

Textual's rests by the clock, twice 20 ms for each key, and takes an app for done when the process used no
time meanwhile: most of what a test takes, and a guess on a machine that is busy with something else.
"""

import asyncio
import unicodedata
from time import monotonic
from typing import Any

from textual import events
from textual.app import App, ScreenStackError
from textual.keys import REPLACED_KEYS, _character_to_key, _get_unicode_name_from_key
from textual.pilot import Pilot

_LONGEST = 1.0
"""Seconds after which an app that never rests is left to itself, as by Textual's pilot."""
_SOON = 0.04
"""Seconds in which work behind the screen ends that has little to do."""
_TICK = 0.001


async def settled(app: App[Any]) -> None:
    """Return when all that was set off is done and painted, but for what waits on a clock or a process.

    That is so when the loop has nothing to run, and got nothing either when it looked once more. Work behind
    the screen is waited for as long as it may be about to end.
    """
    loop = asyncio.get_running_loop()
    begun = monotonic()
    quiet = 0
    while quiet < 2 and (spent := monotonic() - begun) < _LONGEST:
        await asyncio.sleep(0)
        quiet += 1
        if loop._ready or _painted(app):  # type: ignore[attr-defined]  # asyncio's own
            quiet = 0
        # Textual puts off a new size, for more of them may come.
        elif app._resize_timer is not None or (spent < _SOON and _is_working(app)):
            await asyncio.sleep(_TICK)
            quiet = 0


def _is_working(app: App[Any]) -> bool:
    return any(worker.is_running for worker in app.workers)


def _painted(app: App[Any]) -> bool:
    """Whether something was to be painted: now it is, as a timer of Textual's does a little later."""
    try:
        screen = app.screen
    except ScreenStackError:
        return False
    if app._batch_count or not screen.is_running:
        return False
    due = (
        screen._layout_required,
        screen._scroll_required,
        screen._repaint_required,
        screen._recompose_required,
        screen._dirty_widgets,
        screen._callbacks,
    )
    if not any(due):
        return False
    screen._on_timer_update()
    return True


def key_event(key: str) -> events.Key:
    """The event of a key, by its name or its character."""
    if len(key) == 1 and not key.isalnum():
        key = _character_to_key(key)
    try:
        char: str | None = unicodedata.lookup(_get_unicode_name_from_key(REPLACED_KEYS.get(key, key)))
    except KeyError:
        char = key if len(key) == 1 else None
    return events.Key(key, char)


def send(app: App[Any], key: events.Key) -> None:
    """Press a key, and wait for nothing."""
    assert app._driver is not None
    key.set_sender(app)
    app._driver.send_message(key)


async def press(pilot: Pilot[Any], *keys: str) -> None:
    """Press keys, each when the app is done with the one before, the first when it is done with its start."""
    await settled(pilot.app)
    for key in keys:
        send(pilot.app, key_event(key))
        await settled(pilot.app)
        await pilot.app.animator.wait_until_complete()
        await settled(pilot.app)


async def pause(pilot: Pilot[Any], delay: float | None = None) -> None:
    """Let the app do what it has to, after so many seconds."""
    if delay is not None:
        await asyncio.sleep(delay)
    await settled(pilot.app)
    pilot.app.screen._on_timer_update()
