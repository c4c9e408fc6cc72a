"""The tests' pilot: what it waits for, and what not."""

import asyncio
from time import monotonic

import pytest
from textual import events
from textual.app import App, ComposeResult
from textual.message import Message
from textual.widgets import Static

from tests.tui import pilot as pilots
from tests.tui.screens.stage import shown


class Counter(App[None]):
    """Counts down by messages after paints, works behind the screen, and works without an end."""

    class Left(Message):
        """So many are left."""

        def __init__(self, number: int) -> None:
            super().__init__()
            self.number = number

    def compose(self) -> ComposeResult:
        yield Static("nothing yet")

    async def on_key(self, event: events.Key) -> None:
        match event.key:
            case "9":
                self.post_message(self.Left(9))
            case "w":
                self.run_worker(self.work())
            case "e":
                self.run_worker(self.endless())

    def on_counter_left(self, left: Left) -> None:
        self.query_one(Static).update(f"{left.number} left")
        if left.number:
            self.call_after_refresh(self.post_message, self.Left(left.number - 1))

    async def work(self) -> None:
        for _ in range(5):
            await asyncio.sleep(0.001)
        self.query_one(Static).update("worked")

    async def endless(self) -> None:
        while True:
            await asyncio.sleep(0)


async def test_all_that_a_key_sets_off_is_painted_when_it_is_pressed() -> None:
    async with Counter().run_test(size=(40, 5)) as pilot:
        await pilot.press("9")
        assert shown(pilot.app).splitlines()[0] == "0 left"


async def test_work_behind_the_screen_that_ends_soon_is_waited_for() -> None:
    async with Counter().run_test(size=(40, 5)) as pilot:
        await pilot.press("w")
        assert shown(pilot.app).splitlines()[0] == "worked"


async def test_a_new_size_is_painted() -> None:
    async with Counter().run_test(size=(40, 5)) as pilot:
        await pilot.resize_terminal(7, 3)
        assert shown(pilot.app).splitlines() == ["nothing", "yet"]


async def test_an_app_that_never_rests_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pilots, "_LONGEST", 0.05)
    async with Counter().run_test(size=(40, 5)) as pilot:
        begun = monotonic()
        await pilot.press("e")
        assert monotonic() - begun < 20
