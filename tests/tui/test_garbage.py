"""The collector is off while keys are pressed, and what they leave behind does not grow."""

import gc
from collections.abc import Iterator
from pathlib import Path
from time import monotonic

import pytest

from tests.tui.screens_at_once import LATER
from tests.tui.test_main_screen import WIDE, opened
from triage.tui.app import TriageApp


@pytest.fixture
def _no_collector() -> Iterator[None]:
    gc.disable()
    yield
    gc.enable()


@pytest.mark.usefixtures("_no_collector")
async def test_what_a_key_that_is_held_down_leaves_behind_is_collected_meanwhile(tmp_path: Path) -> None:
    app = TriageApp(opened(tmp_path), LATER)
    async with app.run_test(size=WIDE) as pilot:
        end, most, now = monotonic() + 5, 0, 0
        while now >= most and monotonic() < end:
            most = max(most, now)
            await pilot.press("down", "up")
            now = gc.get_count()[0]
        assert now < most
